// src/digest.cc — one number for the whole state.
//
// Everything that can make a difference to what happens next goes in, in an order that the state
// itself gives: slots, lines and lists, never a hash table's.

#include "commands.h"
#include "lists.h"
#include "parley/engine/engine.h"
#include "parley/model/settings_fields.h"
#include "state.h"

namespace parley {
namespace {

using internal::State;

class Sum {
 public:
  template <class... Values>
  void Add(const Values&... values) {
    (One(values), ...);
  }
  uint64_t value() const { return digest_.value(); }

 private:
  template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
  void One(T value) { digest_.Add(static_cast<uint64_t>(value)); }
  template <class Tag>
  void One(Id<Tag> id) {
    digest_.Add(id.value);
  }
  void One(Instant at) { One(at.time_since_epoch().count()); }
  void One(Duration duration) { One(duration.count()); }
  void One(const SkillSet& skills) {
    for (const uint64_t word : skills.words()) One(word);
  }
  void One(std::string_view text) {
    One(text.size());
    for (const char c : text) One(static_cast<unsigned char>(c));
  }
  void One(const std::string& text) { One(std::string_view(text)); }
  void One(MediumSet media) { One(media.bits()); }
  void One(const Version& v) { Add(v.major, v.minor, v.patch); }
  void One(const std::array<Duration, 4>& marks) {
    for (const Duration mark : marks) One(mark);
  }

  Digest64 digest_;
};

void AddSetUp(const State& s, Sum& sum) {
  sum.Add(s.time, s.tasks_made, s.events_emitted);
  VisitSettings(s.settings, [&sum](const SettingInfo&, const auto& field) { sum.Add(field); });
  for (const std::string& skill : s.skills) sum.Add(skill);
  for (const Activity& a : s.activities) sum.Add(a.name, a.available, a.agents);
  for (const ActivityId role : s.roles) sum.Add(role);
  s.queues.ForEach([&sum](QueueId id, const internal::Queue& q) {
    sum.Add(id, q.name, q.skills, q.needs, q.waiting, q.asked);
    sum.Add(q.rules.order, q.rules.point_every, q.rules.credit, q.rules.agent_order);
    const QueueRules rules = internal::RulesOf(q);
    sum.Add(rules.max_offers, rules.agents, rules.by, rules.target, rules.warn_before);
  });
  s.workflows.ForEach([&](WorkflowId id, const internal::WorkflowRecord& w) {
    sum.Add(id, w.name, w.definition, w.users);
    sum.Add(s.courses[s.courses.IdAt(w.course)].course->reservation_timeout);
  });
}

void AddAgents(const State& s, Sum& sum) {
  s.agents.ForEach([&](AgentId id, const Agent& a) {
    sum.Add(id, a.name, a.skills, a.attributes.bytes(), a.activity, a.activity_since, a.presence,
            a.last_reserved, a.budget);
    for (const Instant wake : a.wakes) sum.Add(wake);
    sum.Add(a.last_assigned, a.last_released);
    for (const Session& session : a.sessions) sum.Add(session.id, session.version);
    for (const Capacity& c : a.media) {
      sum.Add(c.configured, c.available, c.pending, c.accepted, c.wrapping, c.over);
    }
    for (const Duration spent : a.spent) sum.Add(spent);
    sum.Add(a.paused.size, a.reservations.size, a.idle_in, a.waiting.size());
    ForEachPaused(s, a, [&sum](ConversationId c, const Conversation&) { sum.Add(c); });
    ForEachReservation(s, a, [&sum](ReservationId r, const Reservation&) { sum.Add(r); });
  });
}

void AddConversations(const State& s, Sum& sum) {
  s.conversations.ForEach([&](ConversationId id, const Conversation& c) {
    const internal::Need& need = s.NeedOf(c.need);
    sum.Add(id, c.medium, c.state, c.orphan, c.ended, c.asked, c.live_task, c.last_task);
    sum.Add(c.invitation, c.guests.size);
    ForEachGuest(s, c, [&sum](TaskId guest, const Task&) { sum.Add(guest); });
    sum.Add(c.participant, c.owner, c.last_agent, c.parked_at, c.deadline, c.opened, c.priority);
    s.declined.ForEach(c.silent, [&sum](const Declined& d) { sum.Add(d.agent, d.until); });
    sum.Add(c.answered, c.workflow, internal::AttributesAt(s, c.attributes).bytes());
    sum.Add(c.reroutes, c.unread, c.open_tasks, need.queue, need.extra, c.since);
    sum.Add(s.texts.View(c.key), c.customer_size, c.when_silent, c.marks_given);
    if (c.terms != UINT32_MAX) sum.Add(s.terms[c.terms].marks);
    sum.Add(c.history.size);
    s.histories.ForEach(c.history,
                        [&sum](const HistoryEntry& h) { sum.Add(h.author, h.at, h.ref); });
  });
}

void AddTasks(const State& s, Sum& sum) {
  s.tasks.ForEach([&](TaskId id, const Task& t) {
    const internal::Need& need = s.NeedOf(t.need);
    sum.Add(id, t.conversation, t.state, t.medium, t.reason, t.queue, t.priority, t.created);
    sum.Add(t.since, t.reservation, t.agent, t.waits_for, t.waits_until, t.previous);
    sum.Add(t.workflow, t.filter, t.step, t.filter_since, t.left_by_time, t.step_over, t.over_by,
            t.level);
    sum.Add(internal::AttributesAt(s, t.attributes).bytes(), need.alone, need.only);
    sum.Add(t.assignments, need.extra, t.number, t.line, t.offers.size, t.declined.size);
    sum.Add(t.invitation, t.hand_over, t.invited_by, t.guest, t.for_one);
    s.declined.ForEach(t.declined, [&sum](const Declined& d) { sum.Add(d.agent, d.until); });
  });
  s.reservations.ForEach([&sum](ReservationId id, const Reservation& r) {
    sum.Add(id, r.task, r.agent, r.state, r.medium, r.created, r.runner_up);
    const Decision& d = r.decision;
    sum.Add(d.by, d.order, d.key, d.chosen, d.other, d.missing);
  });
}

// Which id comes next is state, too.
template <class Map>
void AddFree(const Map& map, Sum& sum) {
  sum.Add(map.slots());
  map.ForEachFree([&sum](uint32_t slot, uint32_t generation) { sum.Add(slot, generation); });
}

}  // namespace

uint64_t Engine::Digest() const {
  const State& s = *state_;
  Sum sum;
  AddSetUp(s, sum);
  AddAgents(s, sum);
  AddConversations(s, sum);
  AddTasks(s, sum);
  AddFree(s.queues, sum);
  AddFree(s.workflows, sum);
  AddFree(s.agents, sum);
  AddFree(s.conversations, sum);
  AddFree(s.tasks, sum);
  AddFree(s.reservations, sum);
  s.wheel.ForEach([&](Instant deadline, uint64_t tag) { sum.Add(deadline, tag); });
  return sum.value();
}

}  // namespace parley
