// Floor 3 · model/conversation.h — what a conversation is, and what can happen to its channel.
//
// A conversation is one customer address meeting one of our addresses over one medium, with all
// that was said since. Its channel is the live side of it; the state of the channel is the state of
// the conversation. While an agent deals with it there is a task; parked (left or paused), it is
// only a few bytes, from which this record is made when it is asked for, one timer and one index
// entry.
//
// Invariant  A conversation that is not over is covered by exactly one of: a live task, a leave
//            record (inactive), a pause record (pause), setup, a question to the host, or the
//            orphan mark. An invitation and guests there are only beside an assigned live task.

#ifndef PARLEY_MODEL_CONVERSATION_H_
#define PARLEY_MODEL_CONVERSATION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/medium.h"
#include "parley/model/settings.h"
#include "parley/model/task.h"
#include "parley/store/cell_pool.h"
#include "parley/store/chain.h"
#include "parley/store/slot_list.h"
#include "parley/timer/timer_wheel.h"

namespace parley {

enum class ChannelState : uint8_t {
  kSetup,     // Being made; nobody is offered it yet.
  kActive,    // Open: with an agent, waiting for one, or waiting for the host's decision.
  kInactive,  // Left: the agent has answered and nobody owns the reply.
  kPause,     // Paused: its agent will come back to it.
  kTransfer,  // Open, on its way to another agent.
  kFailed,    // Over before it began: the medium could not be set up.
  kClosed,    // Over. A new message starts a new conversation.
};
inline constexpr std::array<std::string_view, 7> kChannelStateNames = {
    "Setup", "Active", "Inactive", "Pause", "Transfer", "Failed", "Closed"};
constexpr const auto& NamesOf(ChannelState) { return kChannelStateNames; }

constexpr bool IsOver(ChannelState s) {
  return s == ChannelState::kFailed || s == ChannelState::kClosed;
}

enum class ChannelTrigger : uint8_t {
  kReady,         // The medium works.
  kFail,          // The medium does not.
  kMessage,       // The customer wrote.
  kReply,         // The agent wrote.
  kAccepted,      // An agent accepted the live task.
  kLeave,         // The agent left it until the customer writes.
  kPause,         // The agent put it aside.
  kResume,        // The agent took it up again.
  kTransfer,      // The agent sent it on.
  kReassign,      // A supervisor takes it from whoever has it.
  kAssign,        // ... gives it to an agent.
  kInvite,        // One more agent is asked to join.
  kJoined,        // ... and accepted.
  kPassOn,        // The agent with the live task goes, and another one is still there.
  kTaskDone,      // The live task was completed.
  kTaskCanceled,  // The live task was canceled before anyone finished it.
  kAgentGone,     // The agent who has it was logged out for good, or removed.
  kOverdue,       // The live task was assigned for as long as one may be.
  kAgentSilent,   // Its agent has left the customer without an answer for too long.
  kRouted,        // It was decided that it gets a new task.
  kUnroute,       // Nothing shall happen to it.
  kAsk,           // The host shall decide where it goes.
  kRoutingLimit,  // The host was asked and stayed silent.
  kPark,          // Nobody shall have it until the customer writes.
  kRequeue,       // A pause ended early, and not by its owner.
  kSetupLimit,    // The medium has been in setup as long as it may.
  kLeaveLimit,    // The customer has been silent as long as he may.
  kOrphanLimit,   // Nothing has happened to an orphan for as long as a left one may wait.
  kPauseMark,     // The end of the pause is near.
  kPauseLimit,    // The pause has lasted as long as it may.
  kClose,         // The host ended it.
};
inline constexpr std::array<std::string_view, 31> kChannelTriggerNames = {
    "Ready",     "Fail",         "Message",   "Reply",   "Accepted",    "Leave",      "Pause",
    "Resume",    "Transfer",     "Reassign",  "Assign",  "Invite",      "Joined",     "PassOn",
    "TaskDone",  "TaskCanceled", "AgentGone", "Overdue", "AgentSilent", "Routed",     "Unroute",
    "Ask",       "RoutingLimit", "Park",      "Requeue", "SetupLimit",  "LeaveLimit", "OrphanLimit",
    "PauseMark", "PauseLimit",   "Close"};
constexpr const auto& NamesOf(ChannelTrigger) { return kChannelTriggerNames; }

// How near the end of a pause is (R-HL-01 to 03, E-15).
enum class ReassignLevel : uint8_t { kNormal, kWithin24h, kWithin1h };
inline constexpr std::array<std::string_view, 3> kReassignLevelNames = {"normal", "within-24h",
                                                                        "within-1h"};
constexpr const auto& NamesOf(ReassignLevel) { return kReassignLevelNames; }

constexpr ReassignLevel LevelOf(Duration remaining) {
  if (remaining <= std::chrono::hours(1)) return ReassignLevel::kWithin1h;
  return remaining <= kDay ? ReassignLevel::kWithin24h : ReassignLevel::kNormal;
}

// One message of a history: who wrote, when, and where the host keeps the body.
struct HistoryEntry {
  AgentId author;  // None: the customer.
  Instant at;
  uint64_t ref = 0;
  friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};
using HistoryPool = ChainPool<HistoryEntry>;

// The record. The fields above the line are for everyone to read; those below are the engine's.
struct Conversation {
  Medium medium = Medium::kVoice;
  ChannelState state = ChannelState::kSetup;
  bool orphan = false;  // Open, and nothing happens to it until the customer writes, or `deadline`.
  bool ended = false;   // Over, and told so; kept only for tasks that wrap up.
  bool asked = false;   // The host was asked where it goes; `deadline` is when we stop waiting.
  TaskId live_task;     // The task that carries it now. A left task that wraps up is not it.
  TaskId last_task;     // The newest one, over or not.
  TaskId invitation;    // The open one: a task beside the live one, until it is accepted or ends.
  SlotList guests;      // Tasks of the agents who were invited and joined, oldest first.
  AgentId participant;  // The agent who is in it now with the live task.
  AgentId owner;        // Who paused it.
  AgentId last_agent;   // Who dealt with it last.
  Instant parked_at;    // When it was left or paused.
  Instant deadline;     // When the leave, pause, setup or question runs out.
  Instant opened;
  WorkflowId workflow;  // Its new tasks go through it; none: into its queue.
  int32_t priority = 0;
  uint32_t reroutes = 0;    // New tasks since an agent last accepted one himself, or wrote.
  uint32_t unread = 0;      // Customer messages since the pause, or since wrap-up, began.
  uint32_t open_tasks = 0;  // Not completed or canceled: live, invitation, guests', in wrap-up.
  uint32_t messages = 0;    // In its history.

  // ---- The engine's own ----
  uint32_t need = 0;                 // Slot of what its tasks require,
  uint32_t attributes = UINT32_MAX;  // and of what was said about it; UINT32_MAX: nothing.
  Instant since;                     // What its tasks' age counts from when they keep it.
  Cell cell;                         // Its addresses, and its older messages,
  uint16_t packed_at = 0;            // which begin at this byte.
  WhenSilent when_silent = WhenSilent::kNewTask;
  uint8_t marks_given = 0;
  uint32_t terms = UINT32_MAX;  // The marks that hold for this pause.
  bool answered = false;        // The agent wrote last.
  DeclinedPool::Chain silent;   // Who did not answer in time, since somebody last did.
  TimerId limit;                // Setup, leave, pause (or its next mark), or question to the host.
  HistoryPool::Chain recent;    // Its messages since.
  uint32_t pause = UINT32_MAX;  // Slot: its place in its owner's list.
};

}  // namespace parley

#endif  // PARLEY_MODEL_CONVERSATION_H_
