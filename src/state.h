// src/state.h — everything an engine holds, and the order of one step.
//
// The state is plain data with a few small verbs: emit, post, arm. What they are used for stands in
// four places: commands.h (may it?), machine/*.h (can it?), effects.h (what follows?) and
// matching.h (who is next?).
//
// A step never calls from one machine into another. A command or an effect posts triggers; Run()
// takes them one by one, finds the row, and puts its effects where the trigger was. So what follows
// from the first effect is told before the second one begins, and nothing ever runs half-way
// through something else.

#ifndef PARLEY_SRC_STATE_H_
#define PARLEY_SRC_STATE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
#include "parley/model/queue.h"
#include "parley/model/settings.h"
#include "parley/model/task.h"
#include "parley/routing/reroute.h"
#include "parley/store/bit_set.h"
#include "parley/store/index.h"
#include "parley/store/slot_map.h"
#include "parley/store/text_pool.h"
#include "parley/store/waiting_line.h"
#include "parley/timer/timer_wheel.h"

namespace parley::internal {

struct NeedTag {};
using NeedId = Id<NeedTag>;

struct Queue {
  std::string name;
  SkillSet skills;
  QueueRules rules;      // Its texts are empty: they stand below.
  uint32_t needs = 0;    // That name it.
  uint32_t waiting = 0;  // Tasks in its lines, and in those of single agents.
  uint32_t asked = UINT32_MAX;  // Slot of the agent who was asked last, for round robin.
  bool known = false;           // `members` is kept.
  BitSet members;               // Slots of the agents who serve it.
};

// All tasks of one queue and medium that need the same: whoever fits one fits all.
struct Need {
  QueueId queue;
  Medium medium = Medium::kVoice;
  SkillSet extra;                // What the tasks need beyond the queue.
  uint32_t users = 0;            // Conversations and tasks that have it.
  uint32_t listed = UINT32_MAX;  // Its place in State::waiting_needs while it is there.
  bool hot = false;              // To be looked at by the next matching.
  bool known = false;            // `fits` is kept: a task of it has waited.
  BitSet fits;                   // Slots of the agents who could ever take its tasks.
  WaitingLine<Place> line;
  WaitingLine<Place> returned;  // Offered before, and let go by someone.
};

// Where an agent stands among those who can take one more: longest without an offer first.
struct Idle {
  Instant last_reserved;
  AgentId agent;
  friend auto operator<=>(const Idle&, const Idle&) = default;
};

// Who can take one more of a medium.
struct IdleLine {
  WaitingLine<Idle> line;
  BitSet slots;  // The same agents.
};

// The marks in force when a pause began; a later change of the settings does not reach them.
struct PauseTerms {
  std::array<Duration, 4> marks = {};
  uint32_t users = 0;
};

// One thing still to be done in this step: a trigger to find a row for, or an effect of a row.
struct Order {
  enum class Kind : uint8_t {
    kChannel,
    kTask,
    kReservation,
    kPresence,  // Triggers,
    kChannelEffect,
    kTaskEffect,
    kReservationEffect,
    kPresenceEffect,  // effects.
  };
  Kind kind;
  uint8_t what;      // The trigger, or the effect.
  uint8_t on = 0;    // Of an effect: the trigger that led to it,
  uint8_t from = 0;  // and the state in which it came.
  uint64_t id = 0;
};

// How the next task of a conversation is to be made.
struct Plan {
  AgentId agent;  // For him alone at first,
  Instant until;  // until then; Instant::max() for ever.
  AgentId exclude;             // Is not asked,
  Instant exclude_until;       // until then.
  std::optional<int32_t> priority;  // Of this task; else the conversation's.
  bool keep_age = false;
  Duration waited = Duration::zero();
};

// What the current command or timer is about, for the effects that need to know.
struct Matter {
  AgentId author;
  uint64_t ref = 0;
  AgentId chosen;       // Who the task is offered to,
  AgentId runner_up;    // and who would have been next.
  ActivityId activity;  // Named with a decline.
  CancelReason reason = CancelReason::kNone;
  PauseEnd pause_end = PauseEnd::kExpired;
  RerouteCause asked_because = RerouteCause::kReplied;
  bool at_once = false;  // Leave and Pause complete the task themselves.
  Plan plan;
};

// Where a task stands among all that wait, whatever their queues' orders are: smallest first.
struct Rank {
  uint8_t group = 0;  // 1: of the kind of queue that comes second.
  int64_t first = 0;
  int64_t second = 0;
  uint64_t tie = 0;
  friend auto operator<=>(const Rank&, const Rank&) = default;
};

// Where the matching stands in one line. The smallest rank of all is tried next.
struct Cursor {
  enum class Line : uint8_t { kNeed, kReturned, kAgent };
  Rank rank;
  Place at;
  Line line;
  uint64_t owner;  // The need's slot, or the agent's id.
};

enum class Timer : uint8_t { kConversation, kTask, kTaskWait, kReservation, kOffline, kRequeue };

struct State {
  State(const Settings& settings, const Clock& clock, const ReroutePolicy& policy, HashKey key,
        Instant now);

  // ---- Verbs ----
  template <class T>
  void Emit(const T& happening) {
    events.push_back(Event{time, happening});
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
  void Run();

  // Brings the wheel, and with it all that is due, up to `now`, instant by instant.
  void PassTime(Instant now);

  // Finishes the present instant: timers due in it, then routing, until both are quiet.
  void Settle();

  TimerId Arm(Instant deadline, Timer kind, uint32_t slot) {
    return wheel.Arm(deadline, static_cast<uint64_t>(kind) << 32 | slot);
  }
  void Disarm(TimerId& timer) {
    wheel.Disarm(timer);
    timer = TimerId{};
  }

  ActivityId RoleOf(ActivityRole role) const { return roles[static_cast<size_t>(role)]; }
  const Activity* FindActivity(ActivityId id) const {
    const bool there = id && id.generation() == 0 && id.slot() < activities.size();
    return there && !activities[id.slot()].name.empty() ? &activities[id.slot()] : nullptr;
  }
  const Need& NeedOf(uint32_t slot) const { return needs[needs.IdAt(slot)]; }
  Need& NeedOf(uint32_t slot) { return needs[needs.IdAt(slot)]; }

  // ---- Data ----
  Settings settings;
  const Clock* clock;
  const ReroutePolicy* policy;
  HashKey key;
  Instant time;  // How far this engine has come.
  TimerWheel wheel;

  std::vector<std::string> skills;
  std::vector<Activity> activities;  // A removed one has no name.
  std::array<ActivityId, 3> roles = {};
  SlotMap<QueueId, Queue> queues;
  SlotMap<AgentId, Agent> agents;
  SlotMap<ConversationId, Conversation> conversations;
  SlotMap<TaskId, Task> tasks;
  SlotMap<ReservationId, Reservation> reservations;
  SlotMap<NeedId, Need> needs;
  std::array<IdleLine, kMedia> idle;
  std::vector<PauseTerms> terms;
  TextPool texts;
  HistoryPool histories;
  DeclinedPool declined;
  uint64_t tasks_made = 0;
  uint64_t events_emitted = 0;

  Index by_address;  // Of conversations that are not over.
  Index by_need;
  Index queue_names;
  Index agent_names;

  // ---- One step's own; empty between steps but for waiting_needs ----
  std::vector<Event> events;
  std::vector<Order> posted;
  std::vector<Order> agenda;
  Matter matter;
  std::vector<uint32_t> waiting_needs;  // Slots of needs where someone waits whom someone fits.
  std::vector<uint32_t> hot_needs;
  std::vector<Cursor> cursors;          // A heap.
  std::vector<AgentId> fresh_agents;   // Who gained something since the last matching.
  std::vector<TaskId> returned_tasks;  // Let go in this instant: is there nobody else?
  std::vector<ConversationId> ended_conversations;
  std::vector<TaskId> ended_tasks;
  std::vector<ReservationId> ended_reservations;
  std::vector<AgentId> ended_agents;

 private:
  template <class Trigger>
  void Post(Order::Kind kind, Trigger trigger, uint64_t id) {
    posted.push_back({.kind = kind, .what = static_cast<uint8_t>(trigger), .id = id});
  }
  void Flush();
  void Do(const Order& order);
  void Fire(const DueTimer& due);
  void ReleaseEnded();
};

// ---- Shared by commands, effects and queries (src/records.cc) --------------------------------

// The need of these; made when it is new. Counts one more user.
uint32_t TakeNeed(State& s, QueueId queue, Medium medium, const SkillSet& extra);
void ReturnNeed(State& s, uint32_t need);

uint32_t TakeTerms(State& s, const std::array<Duration, 4>& marks);

uint64_t AddressHash(const State& s, Medium medium, std::string_view customer,
                     std::string_view business);
ConversationId FindOpen(const State& s, Medium medium, std::string_view customer,
                        std::string_view business);
std::string_view CustomerOf(const State& s, const Conversation& c);
std::string_view BusinessOf(const State& s, const Conversation& c);

AgentId FindAgentByName(const State& s, std::string_view name);
QueueId FindQueueByName(const State& s, std::string_view name);
ActivityId FindActivityByName(const State& s, std::string_view name);
SkillId FindSkillByName(const State& s, std::string_view name);

uint32_t UsedBy(const State& s, const Agent& agent, Medium medium);
bool HasRoom(const State& s, const Agent& agent, Medium medium);
bool IsAvailable(const State& s, const Agent& agent);

}  // namespace parley::internal

#endif  // PARLEY_SRC_STATE_H_
