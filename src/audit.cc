// src/audit.cc — every invariant, recomputed from scratch (F7).
//
// Nothing here uses the lines, lists or counts that it checks: each is compared with what the
// records say, found by going through all of them.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "audit.h"
#include "capacity.h"
#include "commands.h"
#include "lists.h"
#include "order.h"
#include "parley/engine/engine.h"
#include "state.h"

namespace parley {
namespace {

using internal::Need;
using internal::State;

using internal::ShowId;

class Auditor {
 public:
  explicit Auditor(const State& s) : s_(s), counts_(s.agents.slots()) {}

  std::string Run() {
    s_.reservations.ForEach([&](ReservationId id, const Reservation& r) { Check(id, r); });
    s_.tasks.ForEach([&](TaskId id, const Task& t) { Check(id, t); });
    s_.conversations.ForEach([&](ConversationId id, const Conversation& c) { Check(id, c); });
    s_.agents.ForEach([&](AgentId id, const Agent& a) { Check(id, a); });
    CheckSharedRecords();
    CheckTimers();
    if (first_.empty()) first_ = internal::AuditRouting(s_);
    return first_;
  }

 private:
  struct Counts {
    std::array<Capacity, kMedia> media = {};
    uint32_t paused = 0;
    uint32_t waiting = 0;
    uint32_t reservations = 0;
  };

  // Keeps the first one that does not hold.
  template <class IdType>
  void Expect(bool holds, std::string_view what, IdType about) {
    if (!holds && first_.empty()) first_ = fmt::format("{}: {}", what, ShowId(about));
  }
  void Expect(bool holds, std::string_view what) {
    if (!holds && first_.empty()) first_ = what;
  }

  // ---- I5: a task and its reservation tell one story ----
  void Check(ReservationId id, const Reservation& r) {
    const Task* task = s_.tasks.Find(r.task);
    Expect(task != nullptr && s_.agents.Find(r.agent) != nullptr, "I5 reservation of nothing", id);
    if (!first_.empty()) return;
    Expect(!IsOver(r.state), "I5 ended reservation is kept", id);
    const bool open = r.state == ReservationState::kPending || r.state == ReservationState::kOnHold;
    const TaskState wanted = open                                     ? TaskState::kReserved
                             : r.state == ReservationState::kAccepted ? TaskState::kAssigned
                                                                      : TaskState::kWrapping;
    Expect(task->state == wanted, "I5 task is not in its reservation's state", id);
    Expect(open || task->agent == r.agent, "I5 task is another agent's", id);
    Expect(open == (r.limit != TimerId{}), "I8 offer and its time-out", id);
    Counts& counts = counts_[r.agent.slot()];
    Capacity& capacity = counts.media[static_cast<size_t>(r.medium)];
    ++(open                                     ? capacity.pending
       : r.state == ReservationState::kAccepted ? capacity.accepted
                                                : capacity.wrapping);
    ++counts.reservations;
  }

  void Check(TaskId id, const Task& t) {
    const bool held = t.state == TaskState::kReserved || t.state == TaskState::kAssigned ||
                      t.state == TaskState::kWrapping;
    Expect(held == (s_.reservations.Find(t.reservation) != nullptr), "I5 task and reservation", id);
    Expect((t.line != LineKind::kNone) == (t.state == TaskState::kPending), "I5 task in line", id);
    if (IsOver(t.state)) return;
    const std::optional<Conversation> c = s_.conversations.Find(t.conversation);
    Expect(c.has_value(), "I5 task of no conversation", id);
    if (!c) return;
    ++open_tasks_;
    const bool live = c->live_task == id;
    const bool waits = t.state == TaskState::kPending || t.state == TaskState::kReserved;
    const bool joining = c->invitation == id && waits && t.invitation;
    const bool joined = t.guest && t.state == TaskState::kAssigned;
    Expect(live || joining || joined || t.state == TaskState::kWrapping, "I2 second live task", id);
    if (t.guest) ++guests_;
    Expect(!waits || t.limit != TimerId{}, "I8 waiting task without ttl", id);
    if (t.line == LineKind::kAgent && s_.agents.Find(t.waits_for) != nullptr) {
      ++counts_[t.waits_for.slot()].waiting;
      Expect(InLine(s_.agents[t.waits_for].waiting, t), "I5 task not in its agent's line", id);
    }
    const Need& need = s_.NeedOf(t.need);
    if (t.line == LineKind::kNeed) Expect(InLine(need.line, t), "I5 task not in line", id);
    if (t.line == LineKind::kReturned) {
      Expect(InLine(need.returned, t), "I5 task not in the returned line", id);
    }
    Expect(need.queue == t.queue, "I5 task of another queue", id);
    Expect(t.line == LineKind::kNone || (need.known && t.place == internal::PlaceOf(s_, id)),
           "I5 place in line", id);
  }

  bool InLine(const PlacePool::Line& line, const Task& t) const {
    return s_.places.Has(line, t.spot, t.place);
  }

  // ---- I2, I3, I4: every conversation is covered by exactly one thing ----
  void Check(ConversationId id, const Conversation& c) {
    const bool parked = c.state == ChannelState::kInactive || c.state == ChannelState::kPause;
    const int covers = (c.live_task ? 1 : 0) + (parked ? 1 : 0) + (c.asked ? 1 : 0) +
                       (c.orphan ? 1 : 0) + (c.state == ChannelState::kSetup ? 1 : 0);
    Expect(IsOver(c.state) ? covers == 0 && c.open_tasks > 0 : covers == 1, "I3 coverage", id);
    Expect(IsOver(c.state) == c.ended, "I3 end", id);
    Expect((c.state == ChannelState::kPause) == static_cast<bool>(c.owner), "I2 owner", id);
    Expect((c.state == ChannelState::kPause) == (c.terms != UINT32_MAX), "I7 marks", id);
    if (c.owner) {
      Expect(s_.agents.Find(c.owner) != nullptr, "I2 owner is not here", id);
      if (s_.agents.Find(c.owner) != nullptr) ++counts_[c.owner.slot()].paused;
    }
    const bool timed = parked || c.asked || c.orphan || c.state == ChannelState::kSetup;
    Expect(timed == (c.limit != TimerId{}), "I8 conversation and its timer", id);
    Expect(!timed || c.deadline > s_.time, "I8 deadline is past", id);
    const Task* live = s_.tasks.Find(c.live_task);
    Expect(!c.live_task || (live != nullptr && !IsOver(live->state) && live->conversation == id),
           "I2 live task", id);
    const bool with_agent = live != nullptr && (live->state == TaskState::kAssigned ||
                                                live->state == TaskState::kWrapping);
    Expect(with_agent ? c.participant == live->agent : !c.participant, "I2 participant", id);
    CheckGuests(id, c, live);
    claimed_tasks_ += c.open_tasks;
    CheckHistory(id, c);
    const internal::Label address = s_.conversations.AddressesOf(id.slot());
    const ConversationId found =
        internal::FindOpen(s_, c.medium, address.customer, address.business);
    Expect(IsOver(c.state) ? found != id : found == id, "I4 address index", id);
  }

  // ---- I2: an invitation and guests, beside an assigned live task and no other (E-36) ----
  void CheckGuests(ConversationId id, const Conversation& c, const Task* live) {
    const bool held = c.state == ChannelState::kActive && live != nullptr &&
                      live->state == TaskState::kAssigned && !live->guest;
    Expect(held || (!c.invitation && c.guests.size == 0), "I2 guests of nobody", id);
    Expect(!c.invitation || s_.tasks.Find(c.invitation) != nullptr, "I2 invitation", id);
    std::vector<AgentId> here = {c.participant};
    ForEachGuest(s_, c, [&](TaskId, const Task& guest) {
      Expect(guest.guest && guest.conversation == id, "I2 guest of another", id);
      Expect(std::ranges::count(here, guest.agent) == 0, "I2 an agent is in it twice", id);
      here.push_back(guest.agent);
    });
    Expect(here.size() == c.guests.size + size_t{1}, "I2 guests", id);
    claimed_guests_ += c.guests.size;
  }

  void CheckHistory(ConversationId id, const Conversation& c) {
    uint32_t size = 0;
    Instant last = Instant::min();
    s_.conversations.ForEachMessage(c, [&](const HistoryEntry& entry) {
      Expect(entry.at >= last && entry.at <= s_.time, "I9 history order", id);
      last = entry.at;
      ++size;
    });
    Expect(size == c.messages, "I9 history size", id);
    messages_ += size;
    recent_ += c.recent.size;
  }

  // ---- I1, I6: capacity, activity, idle lines ----
  void Check(AgentId id, const Agent& a) {
    const Counts& counts = counts_[id.slot()];
    const bool wraps = s_.settings.task.wrapping_uses_capacity;
    for (size_t m = 0; m < kMedia; ++m) {
      const Capacity& has = a.media[m];
      const Capacity& is = counts.media[m];
      Expect(
          has.pending == is.pending && has.accepted == is.accepted && has.wrapping == is.wrapping,
          "I1 capacity count", id);
      Expect(has.Used(wraps) <= has.configured || has.over, "I1 over capacity", id);
      const bool idle =
          internal::IsAvailable(s_, a) && internal::HasRoom(s_, a, static_cast<Medium>(m));
      Expect(idle == ((a.idle_in >> m & 1) != 0), "I6 idle line", id);
    }
    uint32_t paused = 0;
    ForEachPaused(s_, a, [&](ConversationId c) { paused += s_.conversations[c].owner == id; });
    Expect(paused == counts.paused && paused == a.paused.size, "I2 paused list", id);
    uint32_t held = 0;
    ForEachReservation(s_, a, [&](ReservationId, const Reservation& r) { held += r.agent == id; });
    Expect(held == counts.reservations && held == a.reservations.size, "I1 reservation list", id);
    Expect(a.waiting.size == counts.waiting, "I5 agent's line", id);
    Expect((a.presence == PresenceState::kConnected) == !a.sessions.empty(), "I10 presence", id);
    Expect((a.presence == PresenceState::kLost) == (a.offline != TimerId{}), "I8 threshold", id);
    Expect(a.presence != PresenceState::kLost || s_.settings.logout.enforce, "I10 enforce", id);
    Expect(s_.FindActivity(a.activity) != nullptr, "I6 activity", id);
  }

  void CheckSharedRecords() {
    Expect(open_tasks_ == claimed_tasks_, "I5 open tasks of conversations");
    Expect(guests_ == claimed_guests_, "I2 guests of conversations");
    Expect(messages_ == s_.conversations.messages(), "I9 messages");
    Expect(recent_ == s_.conversations.nodes(), "I9 messages that are not packed");
    Expect(s_.conversations.cells() == s_.conversations.size(), "I4 addresses");
    uint64_t users = 0;
    uint64_t listed = 0;
    s_.needs.ForEach([&](internal::NeedId, const Need& need) {
      users += need.users;
      const bool waits = !(need.line.empty() && need.returned.empty());
      Expect(need.listed == (waits && !need.fits.empty()), "I4 lines that wait");
      listed += need.listed ? 1u : 0u;
      Expect(need.users > 0 && (need.known || !waits), "I5 need");
    });
    for (const QueueId id : s_.waiting_queues) {
      const internal::Queue& queue = s_.queues[id];
      Expect(s_.waiting_queues[queue.listed] == id && queue.first != UINT32_MAX, "I4 queues", id);
      for (uint32_t at = queue.first; at != UINT32_MAX; at = s_.NeedOf(at).next) {
        Expect(s_.NeedOf(at).listed && s_.NeedOf(at).queue == id, "I4 list", id);
        --listed;
      }
    }
    Expect(listed == 0, "I4 lists of queues");
    Expect(users == uint64_t{s_.tasks.size()} + s_.conversations.size(), "I5 users of needs");
    std::vector<uint32_t> in_activity(s_.activities.size());
    s_.agents.ForEach([&](AgentId, const Agent& a) { ++in_activity[a.activity.slot()]; });
    for (size_t i = 0; i < in_activity.size(); ++i) {
      Expect(in_activity[i] == s_.activities[i].agents, "I6 agents in an activity");
    }
    Expect(s_.agenda.empty() && s_.hot_needs.empty() && s_.fresh_agents.empty() &&
               s_.returned_tasks.empty(),
           "I11 a step is not finished");
  }

  // ---- I8: each timer belongs to something, and none is due ----
  void CheckTimers() {
    uint32_t owned = 0;
    const auto count = [&owned](TimerId timer) { owned += timer != TimerId{}; };
    s_.conversations.ForEach([&](ConversationId, const Conversation& c) { count(c.limit); });
    s_.tasks.ForEach([&](TaskId, const Task& t) {
      count(t.limit);
      count(t.wait);
      count(t.step_limit);
      count(t.level_limit);
    });
    s_.reservations.ForEach([&](ReservationId, const Reservation& r) { count(r.limit); });
    s_.agents.ForEach([&](AgentId, const Agent& a) {
      count(a.offline);
      count(a.requeue);
      count(a.wake);
    });
    Expect(owned == s_.wheel.size(), "I8 timers and their owners");
    s_.wheel.ForEach(
        [&](Instant deadline, uint64_t) { Expect(deadline > s_.time, "I8 a timer is overdue"); });
  }

  const State& s_;
  std::vector<Counts> counts_;  // By agent slot, from the records.
  uint64_t open_tasks_ = 0;
  uint64_t claimed_tasks_ = 0;
  uint64_t guests_ = 0;
  uint64_t claimed_guests_ = 0;
  uint64_t messages_ = 0;
  uint64_t recent_ = 0;
  std::string first_;
};

}  // namespace

absl::Status Engine::Audit() const {
  const std::string first = Auditor(*state_).Run();
  return first.empty() ? absl::OkStatus() : absl::InternalError(first);
}

}  // namespace parley
