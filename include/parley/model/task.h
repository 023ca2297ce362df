// Floor 3 · model/task.h — one piece of work, and the offers of it to agents.
//
// A task carries a conversation from the moment that it needs an agent until that agent is done
// with it. A reservation is one offer of one task to one agent. Every new turn of a conversation
// (a reply after Leave, a Resume) is a new task; the conversation stays the same.

#ifndef PARLEY_MODEL_TASK_H_
#define PARLEY_MODEL_TASK_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/medium.h"
#include "parley/model/queue.h"
#include "parley/store/chain.h"
#include "parley/store/line_pool.h"
#include "parley/store/slot_list.h"
#include "parley/timer/timer_wheel.h"

namespace parley {

enum class TaskState : uint8_t { kPending, kReserved, kAssigned, kWrapping, kCompleted, kCanceled };
inline constexpr std::array<std::string_view, 6> kTaskStateNames = {
    "Pending", "Reserved", "Assigned", "Wrapping", "Completed", "Canceled"};
constexpr const auto& NamesOf(TaskState) { return kTaskStateNames; }

constexpr bool IsOver(TaskState s) {
  return s == TaskState::kCompleted || s == TaskState::kCanceled;
}

enum class TaskTrigger : uint8_t {
  kEnter,        // It was made, or its routing changed: it belongs in a line.
  kRoute,        // It goes through its workflow, from the top.
  kStepLimit,    // It has been in a step of its workflow for as long as that allows.
  kSkip,         // Nobody could be offered it on entering the step, and the step says go on.
  kExhausted,    // No step is left.
  kOffered,      // An agent was found for it.
  kTake,         // An agent was chosen who has it without being asked.
  kHeld,         // An agent said yes; the medium is being set up.
  kAccepted,     // The offer was accepted.
  kReturned,     // An offer ended without that.
  kWrapUp,       // The agent is done with the customer.
  kComplete,     // The agent is done.
  kCancel,       // It is not wanted any more.
  kTtl,          // It has waited as long as it may.
  kOverdue,      // It was assigned for as long as it may be.
  kAnswerLimit,  // Its agent has left the customer without an answer for as long as he may.
  kWrapUpLimit,  // It was in wrap-up for as long as it may be.
};
inline constexpr std::array<std::string_view, 17> kTaskTriggerNames = {
    "Enter",  "Route", "StepLimit", "Skip",        "Exhausted",  "Offered",
    "Take",   "Held",  "Accepted",  "Returned",    "WrapUp",     "Complete",
    "Cancel", "Ttl",   "Overdue",   "AnswerLimit", "WrapUpLimit"};
constexpr const auto& NamesOf(TaskTrigger) { return kTaskTriggerNames; }

enum class CancelReason : uint8_t {
  kNone,
  kApi,
  kTtl,
  kMaxAssignments,
  kRerouted,
  kConversationClosed,
  kWorkflowExhausted,  // No step of its workflow is left (B1 T5).
  kNotAccepted,        // An invitation that all who could be asked let go.
  kUninvited,          // An invitation to a channel that nobody is in any more.
};
inline constexpr std::array<std::string_view, 9> kCancelReasonNames = {"none",
                                                                       "api",
                                                                       "ttl",
                                                                       "max-assignments",
                                                                       "rerouted",
                                                                       "conversation-closed",
                                                                       "workflow-exhausted",
                                                                       "not-accepted",
                                                                       "uninvited"};
constexpr const auto& NamesOf(CancelReason) { return kCancelReasonNames; }

enum class ReservationState : uint8_t {
  kPending,
  kOnHold,  // Accepted by the agent; the medium is being set up.
  kAccepted,
  kWrapping,
  kCompleted,
  kDeclined,
  kTimedOut,
  kCanceled,
  kRescinded,
};
inline constexpr std::array<std::string_view, 9> kReservationStateNames = {
    "Pending",  "OnHold",   "Accepted", "Wrapping", "Completed",
    "Declined", "TimedOut", "Canceled", "Rescinded"};
constexpr const auto& NamesOf(ReservationState) { return kReservationStateNames; }

constexpr bool IsOver(ReservationState s) { return s >= ReservationState::kCompleted; }

enum class ReservationTrigger : uint8_t {
  kAccept,
  kHold,  // Accepted, but the medium is not there yet.
  kMediaReady,
  kMediaFailed,
  kDecline,
  kTimeout,
  kWrapUp,
  kComplete,
  kCancel,   // Its task is not wanted any more.
  kRescind,  // Its task is wanted elsewhere.
  kOutrun,   // Another agent took the task.
};
inline constexpr std::array<std::string_view, 11> kReservationTriggerNames = {
    "Accept", "Hold",     "MediaReady", "MediaFailed", "Decline", "Timeout",
    "WrapUp", "Complete", "Cancel",     "Rescind",     "Outrun"};
constexpr const auto& NamesOf(ReservationTrigger) { return kReservationTriggerNames; }

// An agent who let an offer of this task go, and when he may be asked again.
struct Declined {
  AgentId agent;
  Instant until;  // Instant::max(): never.
};
using DeclinedPool = ChainPool<Declined>;

// Where a task stands in the line of its queue: smallest first. What the numbers are depends on the
// queue's TaskOrder, so only places of one queue can be compared.
struct Place {
  int64_t first = 0;
  int64_t second = 0;
  uint64_t tie = 0;  // From the task's number: no two are alike.
  TaskId task;

  friend constexpr std::strong_ordering operator<=>(const Place& a, const Place& b) {
    if (const auto order = a.first <=> b.first; order != 0) return order;
    if (const auto order = a.second <=> b.second; order != 0) return order;
    return a.tie <=> b.tie;
  }
  friend constexpr bool operator==(const Place& a, const Place& b) { return (a <=> b) == 0; }
};
using PlacePool = LinePool<Place>;

enum class LevelState : uint8_t { kMet, kWarned, kMissed };

enum class LineKind : uint8_t {
  kNone,      // In no line: not pending.
  kNeed,      // With all tasks of the same need, for anyone who fits.
  kReturned,  // The same, but some agents let it go before.
  kAgent,     // For one agent alone.
};

// The record. The fields above the line are for everyone to read; those below are the engine's.
struct Task {
  ConversationId conversation;
  TaskState state = TaskState::kPending;
  Medium medium = Medium::kVoice;
  CancelReason reason = CancelReason::kNone;
  QueueId queue;
  int32_t priority = 0;
  Instant created;
  Instant since;              // What its age counts from; created, less what it was credited.
  ReservationId reservation;  // The open one; of several offers the newest.
  AgentId agent;              // Whom it is, or was, assigned to.
  AgentId waits_for;          // For him alone, until `waits_until`.
  Instant waits_until;        // His logout may end it sooner (logout.waiting_work).
  uint32_t over_by = 0;       // ... and so far above his capacity; kUnlimited: whatever he does.
  TaskId previous;            // The conversation's task before this one.
  uint32_t assignments = 0;   // Offers so far.
  WorkflowId workflow;        // That it goes through; none: its queue alone.
  uint32_t filter = 0;      // Where it is there: number of the filter, from 1 (0: the default one),
  uint32_t step = 0;        // and of the step in it, from 1 (0: not entered yet).
  bool invitation = false;  // Made by Invite: whoever accepts joins those who are in the channel,
  bool hand_over = false;   // and takes the place of who invited him.
  AgentId invited_by;       // None: a supervisor.
  bool guest = false;       // Its agent is in the channel, beside the live task's.

  // ---- The engine's own ----
  uint32_t need = 0;
  uint32_t attributes = UINT32_MAX;  // Slot.
  uint32_t course = UINT32_MAX;      // Slot of the workflow as it was when the task entered it.
  Instant filter_since;              // What the time-outs of the filter count from.
  bool left_by_time = false;         // Some filter ended so: the default one is closed (F8).
  bool step_over = false;            // The step ended while an offer stood (V12).
  TimerId step_limit;
  LevelState level = LevelState::kMet;  // Of its queue's service level.
  TimerId level_limit;
  uint64_t number = 0;       // Tasks count from 1 over the engine's life.
  Place place;               // In its line, while it stands in one,
  PlacePool::Spot spot = 0;  // and where it is found there.
  SlotList offers;           // Its open reservations, newest first.
  LineKind line = LineKind::kNone;
  bool for_one = false;                  // An invitation that ends when its one agent lets it go.
  uint32_t previous_guest = UINT32_MAX;  // Slots, in the conversation's list, oldest first.
  uint32_t next_guest = UINT32_MAX;
  TimerId limit;  // Its ttl, its time assigned, its time in wrap-up, then its retention.
  TimerId wait;   // When somebody else may be asked.
  DeclinedPool::Chain declined;
};

// What put the agent of an offer before the one who would have been asked instead.
enum class DecidedBy : uint8_t {
  kName,          // He was named: the task was for him alone, or given to him.
  kNobodyElse,    // Nobody else could have been asked.
  kLetGo,         // The other one had let this task go before.
  kOrder,         // The order of agents, as `Decision::order` says.
  kLastReserved,  // There they were equal; he had been without an offer longer.
  kId,            // And there; his id is lower.
};
inline constexpr std::array<std::string_view, 6> kDecidedByNames = {
    "name", "nobody-else", "let-go", "order", "last-reserved", "id"};
constexpr const auto& NamesOf(DecidedBy) { return kDecidedByNames; }

// The comparison that chose him, with both sides as they were then. The smaller one won; of scores
// and of attributes listed DESC the larger one. `order` is the one in force, the step's or else the
// queue's, where two were compared.
struct Decision {
  DecidedBy by = DecidedBy::kName;
  AgentOrder order = AgentOrder::kLastReserved;
  uint32_t key = 0;  // kOrderBy: which attribute of the list, from 1; 0: else.
  // Milliseconds since the origin (INT64_MIN: never); a slot; a load in millionths of the capacity;
  // a score; the attribute. If `missing`, the other one lacked it. Not set by name, id and let-go.
  int64_t chosen = 0;
  int64_t other = 0;
  bool missing = false;
  friend bool operator==(const Decision&, const Decision&) = default;
};

struct Reservation {
  TaskId task;
  AgentId agent;
  ReservationState state = ReservationState::kPending;
  Medium medium = Medium::kVoice;
  Instant created;
  AgentId runner_up;  // Who would have been asked instead; none if there was nobody else.
  Decision decision;  // Why he and not that one.

  // ---- The engine's own ----
  TimerId limit;
  uint32_t previous = UINT32_MAX;  // Slots, in the agent's list, newest first.
  uint32_t next = UINT32_MAX;
  uint32_t previous_offer = UINT32_MAX;  // Slots, in the task's list, newest first.
  uint32_t next_offer = UINT32_MAX;
};

}  // namespace parley

#endif  // PARLEY_MODEL_TASK_H_
