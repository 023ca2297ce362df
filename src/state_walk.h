// src/state_walk.h — a walk over the whole state, for whoever sums it up.
//
// Everything that can make a difference to what happens next is visited, in an order that the state
// itself gives: slots, lines and lists, never a hash table's. Each value is visited for what it is
// to the future, so that a sum may take it as it stands (digest.cc), or as it looks from now and
// under another name (shape.cc):
//
//   sum.Add(values...)         decides what happens next;
//   sum.When(does, values...)  decides only then;
//   sum.Told(values...)        is told to whoever asks, or follows from the rest: decides nothing;
//   sum.Barred(list, number)   agents who are not asked, each until then; and how many, if
//   `number`.
//
// An Instant that decides says in which way: as Due, Exact, Since or Turn. A bare one does not
// compile. A count that matters at its limit is Left, one that matters by being there is Some.

#ifndef PARLEY_SRC_STATE_WALK_H_
#define PARLEY_SRC_STATE_WALK_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "commands.h"
#include "lists.h"
#include "parley/model/settings_fields.h"
#include "state.h"

namespace parley::internal {

struct Due {  // Decides until it has passed.
  Instant at;
};
struct Exact {  // How long ago it was decides.
  Instant at;
};
struct Since {  // What an age counts from: only which age is the longer one, unless they grow.
  Instant at;
};
struct Turn {  // Only the order among those of a kind decides.
  enum Kind : uint8_t { kReserved, kAssigned, kReleased, kActivity, kCreated };
  static constexpr size_t kKinds = 5;
  Kind kind;
  Instant at;
};
struct Left {  // How much there is left to the limit.
  uint64_t used;
  uint64_t limit;
  bool any = false;  // And whether there is one at all.
};
struct Some {  // Whether there is one.
  uint64_t count;
};

// What every sum takes as it stands.
class ValueSum {
 public:
  uint64_t value() const { return digest_.value(); }

 protected:
  template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
  void One(T value) { digest_.Add(static_cast<uint64_t>(value)); }
  template <class Tag>
  void One(Id<Tag> id) {
    digest_.Add(id.value);
  }
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
  void One(const Version& v) {
    One(v.major);
    One(v.minor);
    One(v.patch);
  }
  void One(const std::array<Duration, 4>& marks) {
    for (const Duration mark : marks) One(mark);
  }

 private:
  Digest64 digest_;
};

inline bool HasAgentOrder(const State& s, AgentOrder order) {
  bool found = false;
  s.queues.ForEach([&](QueueId, const Queue& q) { found |= q.rules.agent_order == order; });
  return found;
}

template <class Sum>
void WalkSetUp(const State& s, Sum& sum) {
  sum.Told(s.time, s.tasks_made, s.events_emitted);
  VisitSettings(s.settings, [&sum](const SettingInfo&, const auto& field) { sum.Add(field); });
  for (const std::string& skill : s.skills) sum.Add(skill);
  for (const Activity& a : s.activities) {
    sum.Add(a.name, a.available);
    sum.Told(a.agents);
  }
  for (const ActivityId role : s.roles) sum.Add(role);
  s.queues.ForEach([&sum](QueueId id, const Queue& q) {
    sum.Add(id, q.name, q.skills);
    sum.Told(q.needs, q.waiting);
    sum.When(q.rules.agent_order == AgentOrder::kRoundRobin, q.asked);
    sum.Add(q.rules.order, q.rules.point_every, q.rules.credit, q.rules.agent_order);
    const QueueRules rules = RulesOf(q);
    sum.Add(rules.max_offers, rules.agents, rules.by, rules.target, rules.warn_before);
  });
  s.workflows.ForEach([&](WorkflowId id, const WorkflowRecord& w) {
    sum.Add(id, w.name, w.definition);
    sum.Told(w.users);
    sum.Add(s.courses[s.courses.IdAt(w.course)].course->reservation_timeout);
  });
}

template <class Sum>
void WalkAgents(const State& s, Sum& sum) {
  const bool by_activity = HasAgentOrder(s, AgentOrder::kAvailableSince);
  const bool by_assigned = HasAgentOrder(s, AgentOrder::kLastAssigned);
  const bool by_released = HasAgentOrder(s, AgentOrder::kLastReleased);
  const bool wakes = s.settings.routing.wakes_per_minute > 0;
  sum.Each(s.agents, [&](AgentId id, const Agent& a) {
    sum.Add(id, a.name, a.skills, a.attributes.bytes(), a.activity);
    sum.When(by_activity, Turn{Turn::kActivity, a.activity_since});
    sum.Add(a.presence, Turn{Turn::kReserved, a.last_reserved}, a.budget);
    s.wakes.ForEach(a.wakes, [&](Instant wake) {
      sum.When(wakes && wake > s.time - std::chrono::minutes(1), Exact{wake});
    });
    sum.When(by_assigned, Turn{Turn::kAssigned, a.last_assigned});
    sum.When(by_released, Turn{Turn::kReleased, a.last_released});
    for (const Session& session : a.sessions) sum.Add(session.id, session.version);
    for (const Capacity& c : a.media) {
      sum.Add(c.configured, c.available, c.pending, c.accepted, c.wrapping, c.over);
    }
    s.times.ForEach(a.spent, [&sum](const TimeSpent& t) { sum.Told(t.activity, t.time); });
    sum.Add(a.paused.size, a.reservations.size, a.idle_in, a.waiting.size);
    ForEachPaused(s, a, [&sum](ConversationId c) { sum.Add(c); });
    ForEachReservation(s, a, [&sum](ReservationId r, const Reservation&) { sum.Add(r); });
  });
}

template <class Sum>
void WalkConversation(const State& s, Sum& sum, ConversationId id, const Conversation& c) {
  const Need& need = s.NeedOf(c.need);
  const bool paused = c.state == ChannelState::kPause;
  const bool parked = paused || c.state == ChannelState::kInactive;
  sum.Add(id, c.medium, c.state, c.orphan, c.ended, c.asked, c.live_task);
  sum.Told(c.last_task);
  sum.Add(c.invitation, c.guests.size);
  ForEachGuest(s, c, [&sum](TaskId guest, const Task&) { sum.Add(guest); });
  sum.When(!c.ended, c.participant, c.owner, c.last_agent);
  sum.When(parked, Exact{c.parked_at});
  sum.When(c.limit != TimerId{}, Due{c.deadline});
  sum.Told(c.opened);
  sum.When(!c.ended, c.priority);
  sum.Barred(c.silent, /*number=*/true);
  sum.When(!c.ended, c.answered, c.workflow, AttributesAt(s, c.attributes).bytes(),
           Left{c.reroutes, s.settings.conversation.max_reroutes}, Some{c.unread});
  sum.Told(c.open_tasks);
  sum.When(!c.ended, need.queue, need.extra, Since{c.since});
  const Label address = s.conversations.AddressesOf(id.slot());
  sum.Add(address.both(), address.customer.size());
  sum.When(c.asked, c.when_silent);
  sum.When(paused, c.marks_given);
  if (c.terms != UINT32_MAX) sum.Add(s.terms[c.terms].marks);
  sum.When(!c.ended, Left{c.messages, s.settings.limits.messages_per_conversation, true});
  s.conversations.ForEachMessage(
      c, [&sum](const HistoryEntry& h) { sum.Told(h.author, h.at, h.ref); });
}

// A task that an agent has never waits again; one that is over does nothing more.
template <class Sum>
void WalkTask(const State& s, Sum& sum, TaskId id, const Task& t) {
  const Need& need = s.NeedOf(t.need);
  const bool waits = t.state == TaskState::kPending || t.state == TaskState::kReserved;
  const bool lifo = s.queues[t.queue].rules.order == TaskOrder::kLifo;
  sum.Add(id, t.conversation, t.state, t.medium);
  sum.Told(t.reason);
  sum.Add(t.queue, t.priority);
  sum.When(waits && lifo, Turn{Turn::kCreated, t.created});
  sum.When(waits, Since{t.since});
  sum.Add(t.reservation);
  sum.When(!waits, t.agent);
  sum.When(waits, t.waits_for);
  sum.When(waits && t.waits_for, Due{t.waits_until});
  sum.Told(t.previous);
  sum.When(waits, t.workflow, t.filter, t.step);
  sum.When(waits && t.workflow && t.step > 0, Exact{t.filter_since});
  sum.When(waits, t.left_by_time, t.step_over, t.over_by, t.level,
           AttributesAt(s, t.attributes).bytes(), need.alone, need.only,
           Left{t.assignments, s.settings.task.max_assignments});
  sum.Add(need.extra);
  sum.Told(t.number);
  sum.Add(t.line, t.offers.size, Some{t.declined.size}, t.invitation);
  sum.When(waits, t.hand_over, t.invited_by);
  sum.Add(t.guest);
  sum.When(waits, t.for_one);
  sum.Barred(t.declined, /*number=*/false);
}

template <class Sum>
void WalkReservation(Sum& sum, ReservationId id, const Reservation& r) {
  const Decision& d = r.decision;
  sum.Add(id, r.task, r.agent, r.state, r.medium);
  sum.Told(r.created, r.runner_up, d.by, d.order, d.key, d.chosen, d.other, d.missing);
}

template <class Sum>
void Walk(const State& s, Sum& sum) {
  WalkSetUp(s, sum);
  WalkAgents(s, sum);
  sum.Each(s.conversations,
           [&](ConversationId id, const Conversation& c) { WalkConversation(s, sum, id, c); });
  sum.Each(s.tasks, [&](TaskId id, const Task& t) { WalkTask(s, sum, id, t); });
  sum.Each(s.reservations,
           [&](ReservationId id, const Reservation& r) { WalkReservation(sum, id, r); });
  sum.Free(s.queues);  // Which id comes next is state, too.
  sum.Free(s.workflows);
  sum.Free(s.agents);
  sum.Free(s.conversations);
  sum.Free(s.tasks);
  sum.Free(s.reservations);
  sum.Timers(s.wheel);
}

}  // namespace parley::internal

#endif  // PARLEY_SRC_STATE_WALK_H_
