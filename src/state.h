// src/state.h — everything an engine holds, and the order of one step.
//
// The state is plain data with a few small verbs: emit, post, arm. What they are used for stands in
// four places: commands.h (may it?), machine/*.h (can it?), effects.h (what follows?) and
// matching.h (who is next?).
//
// A step never calls from one machine into another. A command or an effect posts triggers; Run()
// takes them one by one, finds the row, and carries out its effects; when an effect has posted
// something, the rest of the row waits until that is done. So what follows from the first effect is
// told before the second one begins, and nothing ever runs half-way through something else.

#ifndef PARLEY_SRC_STATE_H_
#define PARLEY_SRC_STATE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conversations.h"
#include "parley/base/hash.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/machine/channel_machine.h"
#include "parley/machine/presence_machine.h"
#include "parley/machine/reservation_machine.h"
#include "parley/machine/task_machine.h"
#include "parley/model/agent.h"
#include "parley/model/conversation.h"
#include "parley/model/event.h"
#include "parley/model/settings.h"
#include "parley/model/task.h"
#include "parley/routing/reroute.h"
#include "parley/store/index.h"
#include "parley/store/slot_map.h"
#include "parley/timer/timer_wheel.h"
#include "shared_records.h"
#include "step.h"

namespace parley::internal {

struct State {
  State(const Settings& settings, const Clock& clock, const ReroutePolicy& policy, HashKey key,
        Instant now);

  // ---- Verbs ----
  template <class T>
  void Emit(const T& happening) {
    events.emplace_back(time, happening);
  }

  // What is posted is done in the order it was posted, after the present effect and before
  // whatever was to follow it.
  void Post(ConversationId id, ChannelTrigger t) { Post(Order::Kind::kChannel, t, id.value); }
  void Post(TaskId id, TaskTrigger t) { Post(Order::Kind::kTask, t, id.value); }
  void Post(ReservationId id, ReservationTrigger t) {
    Post(Order::Kind::kReservation, t, id.value);
  }
  void Post(AgentId id, PresenceTrigger t) { Post(Order::Kind::kPresence, t, id.value); }
  // Carries out all that was posted and all that follows from it. Then lets go of the records that
  // ended, which nobody refers to any more.
  void Run() noexcept;

  // What was put on the agenda behind the first `before` is done in that order.
  void PutFirstLast(size_t before) {
    PARLEY_CHECK(before <= agenda.size());
    std::reverse(agenda.begin() + static_cast<ptrdiff_t>(before), agenda.end());
  }

  // Brings the wheel, and with it all that is due, up to `now`, instant by instant. Throws
  // std::bad_alloc between two steps only, and goes on from there when called again.
  void PassTime(Instant now) {
    PARLEY_CHECK(now >= time);
    if (now != time || !settled) PassTimeTo(now);  // Nothing is due in an instant that is settled.
  }

  // If time could not be passed to its end, as far as the wheel has come before what is due next.
  void KeepUpWithTheWheel() {
    if (time >= wheel.now()) return;
    time = wheel.now();
    settled = false;
  }

  // Finishes the present instant: timers due in it, then routing, until both are quiet. Throws as
  // PassTime().
  void Settle();

  TimerId Arm(Instant deadline, Timer kind, uint32_t slot) {
    return wheel.Arm(deadline, static_cast<uint64_t>(kind) << 32 | slot);
  }
  void Disarm(TimerId& timer) {
    if (timer == TimerId{}) return;  // As most are.
    wheel.Disarm(timer);
    timer = TimerId{};
  }

  // Nobody will refer to it when this step is over.
  void End(ReservationId id) { EndIn(ended_reservations, id); }
  void End(TaskId id) { EndIn(ended_tasks, id); }
  void End(ConversationId id) { EndIn(ended_conversations, id); }
  void End(AgentId id) { EndIn(ended_agents, id); }

  ActivityId RoleOf(ActivityRole role) const { return roles[static_cast<size_t>(role)]; }
  const Activity* FindActivity(ActivityId id) const {
    const bool there = id && id.generation() == 0 && id.slot() < activities.size();
    return there && !activities[id.slot()].name.empty() ? &activities[id.slot()] : nullptr;
  }
  const Need& NeedOf(uint32_t slot) const { return needs.At(slot); }
  Need& NeedOf(uint32_t slot) { return needs.At(slot); }

  // ---- Data ----
  Settings settings;
  const Clock* clock;
  const ReroutePolicy* policy;
  HashKey key;
  Instant time;  // How far this engine has come.
  TimerWheel wheel;

  std::vector<std::string> skills;
  std::array<BitSet, SkillSet::kMax> skilled;  // By skill: the slots of the agents who have it.
  std::vector<Activity> activities;            // A removed one has no name.
  std::array<ActivityId, 3> roles = {};
  SlotMap<QueueId, Queue> queues;
  SlotMap<AgentId, Agent> agents;
  Conversations conversations;
  SlotMap<TaskId, Task> tasks;
  SlotMap<ReservationId, Reservation> reservations;
  SlotMap<PauseId, PauseLink> pauses;
  SlotMap<NeedId, Need> needs;
  SlotMap<RuleId, Rule> rules;
  SlotMap<WorkflowId, WorkflowRecord> workflows;
  SlotMap<CourseId, CourseRecord> courses;
  SlotMap<AttributesId, SharedAttributes> attributes;
  IdlePool::Line idle_line;         // Who can take one more of some medium,
  std::array<BitSet, kMedia> idle;  // and the slots of those who can of this one.
  std::vector<PauseTerms> terms;
  PlacePool places;
  IdlePool idlers;
  TimesPool times;
  WakesPool wakes;
  DeclinedPool declined;
  uint64_t tasks_made = 0;
  uint64_t events_emitted = 0;

  Index by_address;  // Of conversations that are not over.
  Index by_need;
  Index by_rule;
  Index queue_names;
  Index workflow_names;
  Index agent_names;

  // ---- One step's own; empty between steps but for waiting_queues ----
  std::vector<Event> events;
  std::vector<size_t> ends;   // Of a batch: how many events there were after each command.
  std::vector<Order> agenda;  // The last one is done first.
  mutable Sought sought;
  mutable Sought hashed;  // The address of a batch's next command; its hash is known already.
  Matter matter;
  std::vector<QueueId> waiting_queues;  // With needs where someone waits whom someone fits.
  std::vector<uint32_t> hot_needs;
  std::vector<QueueId> fickle_queues;  // Known ones that depend on activities or capacities,
  std::vector<uint32_t> fickle_needs;  // and known needs that do.
  std::vector<Cursor> cursors;         // A heap.
  std::vector<Cursor> cursors_before;
  std::vector<AgentId> fresh_agents;    // Who gained something since the last matching.
  std::vector<TaskId> returned_tasks;   // Let go in this instant: is there nobody else?
  std::vector<TaskId> entered_tasks;    // Came into a step in this instant that may be skipped.
  std::vector<TaskId> returned_before;  // Those of the round before, last first,
  std::vector<TaskId> entered_before;   // and of these.
  std::vector<ConversationId> ended_conversations;
  std::vector<TaskId> ended_tasks;
  std::vector<ReservationId> ended_reservations;
  std::vector<AgentId> ended_agents;
  bool has_ended = false;  // One of these four is not empty.
  Spare spare;
  bool settled = true;  // No: there was no memory to go on; the next call does.

 private:
  template <class Trigger>
  void Post(Order::Kind kind, Trigger trigger, uint64_t id) {
    agenda.push_back({.kind = kind, .what = static_cast<uint8_t>(trigger), .id = id});
  }
  template <class Id>
  void EndIn(std::vector<Id>& ended, Id id) {
    ended.push_back(id);
    has_ended = true;
  }
  void Do(const Order& order);
  void PassTimeTo(Instant now);
  void FireFirst(const DueTimer& due) noexcept;
  // What is due in the present instant.
  void FireDue() {
    if (wheel.DueNow()) FireAllDue();
  }
  void FireAllDue();
  bool HasToRoute() const;
  void Fire(const DueTimer& due);
  void Forget(TimerId& timer);
  void ReleaseEnded();
};

// Whatever has come up joins those of `round`, which is taken from the end: first come, first out.
inline void TakeRound(std::vector<TaskId>& came, std::vector<TaskId>& round) {
  round.insert(round.begin(), came.rbegin(), came.rend());
  came.clear();
}

// ---- Shared by commands, effects and queries (src/records.cc) --------------------------------

// What a task or conversation needs of its agent.
struct Wish {
  QueueId queue;
  Medium medium = Medium::kVoice;
  SkillSet extra{};
  uint32_t rule = UINT32_MAX;
  bool alone = false;
  AgentId only{};
};

// The need of this wish; made when it is new. Counts one more user.
uint32_t TakeNeed(State& s, const Wish& wish);
uint32_t UseNeed(State& s, uint32_t need);  // One more user of the same.
void ReturnNeed(State& s, uint32_t need);
// A conversation's next task goes by this route from now on.
void SetRoute(State& s, Conversation& c, QueueId queue, const SkillSet& extra, int32_t priority);

// The rule of this test for a task with these attributes (a slot); UINT32_MAX without a test. The
// need that is made with it counts as its user.
uint32_t FindRule(State& s, const std::shared_ptr<const Expression>& test, uint32_t attributes);

// Shared attributes, by slot; UINT32_MAX is none.
uint32_t AddAttributes(State& s, Attributes value);
void UseAttributes(State& s, uint32_t slot);
void ReturnAttributes(State& s, uint32_t slot);
const Attributes& AttributesAt(const State& s, uint32_t slot);

uint32_t TakeTerms(State& s, const std::array<Duration, 4>& marks);

uint64_t AddressHash(const State& s, Medium medium, std::string_view customer,
                     std::string_view business);
ConversationId FindOpen(const State& s, Medium medium, std::string_view customer,
                        std::string_view business);

// What the agent has spent in the activity, up to his last change.
Duration SpentIn(const State& s, const Agent& agent, ActivityId activity);
void Spend(State& s, Agent& agent, ActivityId activity, Duration time);

AgentId FindAgentByName(const State& s, std::string_view name);
WorkflowId FindWorkflowByName(const State& s, std::string_view name);
QueueId FindQueueByName(const State& s, std::string_view name);
ActivityId FindActivityByName(const State& s, std::string_view name);
SkillId FindSkillByName(const State& s, std::string_view name);

bool IsAvailable(const State& s, const Agent& agent);
// He is known, and not just being removed.
bool IsHere(const State& s, AgentId id);

}  // namespace parley::internal

#endif  // PARLEY_SRC_STATE_H_
