// Floor 4 · machine/channel_machine.h — the life of a channel, Leave and Pause included.
//
// The table says what can happen to a channel. Who may ask for it (the owner? is Pause switched
// on?) is settled before, in the engine, and answered with a Refusal of its own.

#ifndef PARLEY_MACHINE_CHANNEL_MACHINE_H_
#define PARLEY_MACHINE_CHANNEL_MACHINE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/machine/table.h"
#include "parley/model/conversation.h"

namespace parley {

// A question about the channel that a row may depend on.
enum class ChannelGuard : uint8_t {
  kAlways,
  kAtOnce,        // The task is completed by the command itself, without wrap-up.
  kOwnerHasRoom,  // The agent who paused it has capacity for one more task, or is forced to.
  kWrappingUp,    // Its live task is in wrap-up after End.
  kHeld,          // An agent has its live task.
  kHandsOver,     // The invitation takes the place of who invited, and he is still there.
  kUncovered,     // No live task, and the host is not being asked.
  kUnanswered,    // The customer wrote during wrap-up, and that reopens.
};
inline constexpr std::array<std::string_view, 8> kChannelGuardNames = {
    "", "AtOnce", "OwnerHasRoom", "WrappingUp", "Held", "HandsOver", "Uncovered", "Unanswered"};
constexpr const auto& NamesOf(ChannelGuard) { return kChannelGuardNames; }

// An order to the engine. Each is carried out in one place, src/channel_effects.cc, and emits at
// most one event.
enum class ChannelEffect : uint8_t {
  kNone,
  kAnnounce,           // Tell that the channel's state has changed.
  kAppend,             // Add the message to the history.
  kTellWrapUp,         // A message came during wrap-up.
  kTellPaused,         // A message came during the pause.
  kFollowMessage,      // Resume or requeue because of it, if the settings say so.
  kCreateTask,         // A new task for this conversation.
  kQueueTask,          // ... enters its line.
  kGiveToOwner,        // ... goes to the owner, accepted.
  kGive,               // ... goes to the agent whom the command names, accepted.
  kReroute,            // Ask the reroute policy where this conversation goes now.
  kFallBack,           // The host was silent: do what was agreed for that.
  kAsk,                // Ask the host, and wait for its answer.
  kStopAsking,         // It was decided.
  kAddAgent,           // The agent becomes a participant.
  kRemoveAgent,        // He is no longer one.
  kCreateInvitation,   // A further task, beside the live one.
  kQueueInvitation,    // ... enters its line.
  kAddGuest,           // The invited agent becomes a participant.
  kHandOver,           // Who invited goes to wrap-up; the live task's route is the new one.
  kPassLive,           // Another participant's task becomes the live one.
  kWrapUp,             // His task goes to wrap-up.
  kComplete,           // His task is completed and its capacity is free.
  kWrapUpAndComplete,  // Both, at once: wrap-up is told, and over (E-2).
  kEndTasks,           // The live task is completed or canceled.
  kStartLeave,         // Begin to wait for the customer.
  kStartPause,         // Begin to wait for the owner.
  kStopLimit,          // Stop the timer of the state that is left.
  kReactivated,        // The wait for the customer is over.
  kMark,               // Tell that the end of the pause is near, and wait for what comes next.
  kTellLeaveExpired,
  kTellPauseExpired,
  kTellResumed,
  kForgetOwner,  // Nobody owns it any more.
  kOrphan,       // Tell that nothing covers it.
  kEnd,          // Close the conversation.
};
inline constexpr std::array<std::string_view, 36> kChannelEffectNames = {"",
                                                                         "Announce",
                                                                         "Append",
                                                                         "TellWrapUp",
                                                                         "TellPaused",
                                                                         "FollowMessage",
                                                                         "CreateTask",
                                                                         "QueueTask",
                                                                         "GiveToOwner",
                                                                         "Give",
                                                                         "Reroute",
                                                                         "FallBack",
                                                                         "Ask",
                                                                         "StopAsking",
                                                                         "AddAgent",
                                                                         "RemoveAgent",
                                                                         "CreateInvitation",
                                                                         "QueueInvitation",
                                                                         "AddGuest",
                                                                         "HandOver",
                                                                         "PassLive",
                                                                         "WrapUp",
                                                                         "Complete",
                                                                         "WrapUpAndComplete",
                                                                         "EndTasks",
                                                                         "StartLeave",
                                                                         "StartPause",
                                                                         "StopLimit",
                                                                         "Reactivated",
                                                                         "Mark",
                                                                         "TellLeaveExpired",
                                                                         "TellPauseExpired",
                                                                         "TellResumed",
                                                                         "ForgetOwner",
                                                                         "Orphan",
                                                                         "End"};
constexpr const auto& NamesOf(ChannelEffect) { return kChannelEffectNames; }

struct ChannelMachine {
  using S = ChannelState;
  using T = ChannelTrigger;
  using G = ChannelGuard;
  using E = ChannelEffect;
  using Row = TransitionRow<S, T, G, E>;

  static constexpr std::string_view kName = "Channel";
  static constexpr S kStart = S::kSetup;
  static constexpr size_t kStates = kChannelStateNames.size();
  static constexpr size_t kTriggers = kChannelTriggerNames.size();

  // clang-format off
  static constexpr auto kRows = std::to_array<Row>({
    // from         on                 when              to             does, in order
    {S::kSetup,     T::kReady,         G::kAlways,       S::kActive,    {E::kStopLimit, E::kAnnounce, E::kCreateTask, E::kQueueTask}},
    {S::kSetup,     T::kFail,          G::kAlways,       S::kFailed,    {E::kStopLimit, E::kAnnounce, E::kEnd}},
    {S::kSetup,     T::kMessage,       G::kAlways,       S::kSetup,     {E::kAppend}},
    {S::kSetup,     T::kSetupLimit,    G::kAlways,       S::kFailed,    {E::kAnnounce, E::kEnd}},
    {S::kSetup,     T::kClose,         G::kAlways,       S::kClosed,    {E::kStopLimit, E::kAnnounce, E::kEnd}},

    {S::kActive,    T::kMessage,       G::kWrappingUp,   S::kActive,    {E::kAppend, E::kTellWrapUp}},
    {S::kActive,    T::kMessage,       G::kUncovered,    S::kActive,    {E::kAppend, E::kReroute}},
    {S::kActive,    T::kMessage,       G::kAlways,       S::kActive,    {E::kAppend}},
    {S::kActive,    T::kReply,         G::kAlways,       S::kActive,    {E::kAppend}},
    {S::kActive,    T::kAccepted,      G::kAlways,       S::kActive,    {E::kAddAgent}},
    {S::kActive,    T::kLeave,         G::kAtOnce,       S::kInactive,  {E::kRemoveAgent, E::kComplete, E::kAnnounce, E::kStartLeave}},
    {S::kActive,    T::kLeave,         G::kAlways,       S::kInactive,  {E::kRemoveAgent, E::kWrapUp, E::kAnnounce, E::kStartLeave}},
    {S::kActive,    T::kPause,         G::kAtOnce,       S::kPause,     {E::kRemoveAgent, E::kWrapUpAndComplete, E::kAnnounce, E::kStartPause}},
    {S::kActive,    T::kPause,         G::kAlways,       S::kPause,     {E::kRemoveAgent, E::kWrapUp, E::kAnnounce, E::kStartPause}},
    {S::kActive,    T::kTransfer,      G::kAlways,       S::kTransfer,  {E::kRemoveAgent, E::kWrapUp, E::kAnnounce, E::kCreateTask, E::kQueueTask}},
    {S::kActive,    T::kReassign,      G::kHeld,         S::kActive,    {E::kRemoveAgent, E::kComplete, E::kCreateTask, E::kQueueTask}},
    {S::kActive,    T::kReassign,      G::kAlways,       S::kActive,    {E::kStopAsking, E::kCreateTask, E::kQueueTask}},
    {S::kActive,    T::kAssign,        G::kAlways,       S::kActive,    {E::kStopAsking, E::kCreateTask, E::kGive}},
    {S::kActive,    T::kInvite,        G::kAlways,       S::kActive,    {E::kCreateInvitation, E::kQueueInvitation}},
    {S::kActive,    T::kJoined,        G::kHandsOver,    S::kActive,    {E::kAddGuest, E::kHandOver}},
    {S::kActive,    T::kJoined,        G::kAlways,       S::kActive,    {E::kAddGuest}},
    {S::kActive,    T::kPassOn,        G::kAlways,       S::kActive,    {E::kPassLive}},
    {S::kActive,    T::kTaskDone,      G::kUnanswered,   S::kActive,    {E::kRemoveAgent, E::kReroute}},
    {S::kActive,    T::kTaskDone,      G::kAlways,       S::kClosed,    {E::kRemoveAgent, E::kAnnounce, E::kEnd}},
    {S::kActive,    T::kTaskCanceled,  G::kAlways,       S::kActive,    {E::kOrphan, E::kReroute}},
    {S::kActive,    T::kAgentGone,     G::kAlways,       S::kActive,    {E::kRemoveAgent, E::kComplete, E::kReroute}},
    {S::kActive,    T::kOverdue,       G::kAlways,       S::kActive,    {E::kRemoveAgent, E::kComplete, E::kReroute}},
    {S::kActive,    T::kAgentSilent,   G::kAlways,       S::kActive,    {E::kRemoveAgent, E::kComplete, E::kReroute}},
    {S::kActive,    T::kRouted,        G::kAlways,       S::kActive,    {E::kStopAsking, E::kCreateTask, E::kQueueTask}},
    {S::kActive,    T::kUnroute,       G::kAlways,       S::kActive,    {E::kStopAsking, E::kOrphan}},
    {S::kActive,    T::kAsk,           G::kAlways,       S::kActive,    {E::kAsk}},
    {S::kActive,    T::kRoutingLimit,  G::kAlways,       S::kActive,    {E::kFallBack}},
    {S::kActive,    T::kPark,          G::kAlways,       S::kInactive,  {E::kStopLimit, E::kAnnounce, E::kStartLeave}},
    {S::kActive,    T::kOrphanLimit,   G::kAlways,       S::kClosed,    {E::kAnnounce, E::kEnd}},
    {S::kActive,    T::kClose,         G::kAlways,       S::kClosed,    {E::kStopLimit, E::kRemoveAgent, E::kEndTasks, E::kAnnounce, E::kEnd}},

    {S::kInactive,  T::kMessage,       G::kAlways,       S::kActive,    {E::kAppend, E::kStopLimit, E::kAnnounce, E::kReactivated, E::kReroute}},
    {S::kInactive,  T::kReassign,      G::kAlways,       S::kActive,    {E::kStopLimit, E::kAnnounce, E::kCreateTask, E::kQueueTask}},
    {S::kInactive,  T::kAssign,        G::kAlways,       S::kActive,    {E::kStopLimit, E::kAnnounce, E::kCreateTask, E::kGive}},
    {S::kInactive,  T::kLeaveLimit,    G::kAlways,       S::kClosed,    {E::kTellLeaveExpired, E::kAnnounce, E::kEnd}},
    {S::kInactive,  T::kClose,         G::kAlways,       S::kClosed,    {E::kStopLimit, E::kAnnounce, E::kEnd}},

    {S::kPause,     T::kMessage,       G::kAlways,       S::kPause,     {E::kAppend, E::kTellPaused, E::kFollowMessage}},
    {S::kPause,     T::kResume,        G::kOwnerHasRoom, S::kActive,    {E::kStopLimit, E::kAnnounce, E::kCreateTask, E::kGiveToOwner, E::kTellResumed, E::kForgetOwner}},
    {S::kPause,     T::kResume,        G::kAlways,       S::kActive,    {E::kStopLimit, E::kAnnounce, E::kReroute, E::kTellResumed, E::kForgetOwner}},
    {S::kPause,     T::kReassign,      G::kAlways,       S::kActive,    {E::kStopLimit, E::kTellPauseExpired, E::kAnnounce, E::kForgetOwner, E::kCreateTask, E::kQueueTask}},
    {S::kPause,     T::kAssign,        G::kAlways,       S::kActive,    {E::kStopLimit, E::kTellPauseExpired, E::kAnnounce, E::kForgetOwner, E::kCreateTask, E::kGive}},
    {S::kPause,     T::kRequeue,       G::kAlways,       S::kActive,    {E::kStopLimit, E::kTellPauseExpired, E::kAnnounce, E::kForgetOwner, E::kReroute}},
    {S::kPause,     T::kPauseMark,     G::kAlways,       S::kPause,     {E::kMark}},
    {S::kPause,     T::kPauseLimit,    G::kAlways,       S::kActive,    {E::kTellPauseExpired, E::kAnnounce, E::kForgetOwner, E::kReroute}},
    {S::kPause,     T::kClose,         G::kAlways,       S::kClosed,    {E::kStopLimit, E::kForgetOwner, E::kAnnounce, E::kEnd}},

    {S::kTransfer,  T::kMessage,       G::kAlways,       S::kTransfer,  {E::kAppend}},
    {S::kTransfer,  T::kAccepted,      G::kAlways,       S::kActive,    {E::kAddAgent, E::kAnnounce}},
    {S::kTransfer,  T::kTaskCanceled,  G::kAlways,       S::kActive,    {E::kAnnounce, E::kOrphan, E::kReroute}},
    {S::kTransfer,  T::kAsk,           G::kAlways,       S::kActive,    {E::kAnnounce, E::kAsk}},
    {S::kTransfer,  T::kPark,          G::kAlways,       S::kInactive,  {E::kAnnounce, E::kStartLeave}},
    {S::kTransfer,  T::kClose,         G::kAlways,       S::kClosed,    {E::kEndTasks, E::kAnnounce, E::kEnd}},
  });
  // clang-format on
};

static_assert(RowsAreInOrder<ChannelMachine>());
static_assert(EveryPairIsDecided<ChannelMachine>());
static_assert(TheEndIsFinal<ChannelMachine>());
static_assert(EveryPathCanEnd<ChannelMachine>());
static_assert(EffectsAreInARow<ChannelMachine>());

// Nothing that is said is lost.
static_assert(EveryRow<ChannelMachine>([](const auto& row) {
  const bool said = row.on == ChannelTrigger::kMessage || row.on == ChannelTrigger::kReply;
  return said == Does(row, ChannelEffect::kAppend);
}));
// Every change of state is told, and nothing else is told as one.
static_assert(EveryRow<ChannelMachine>([](const auto& row) {
  return (row.from != row.to) == Does(row, ChannelEffect::kAnnounce);
}));
// A conversation is parked with a limit to it, and a pause has an owner as long as it lasts.
static_assert(EveryRow<ChannelMachine>([](const auto& row) {
  return Enters(row, ChannelState::kInactive) == Does(row, ChannelEffect::kStartLeave);
}));
static_assert(EveryRow<ChannelMachine>([](const auto& row) {
  return Enters(row, ChannelState::kPause) == Does(row, ChannelEffect::kStartPause);
}));
static_assert(EveryRow<ChannelMachine>([](const auto& row) {
  return Leaves(row, ChannelState::kPause) == Does(row, ChannelEffect::kForgetOwner);
}));
// No timer is left behind: who leaves a state that has one stops it, but when it has just fired.
static_assert(EveryRow<ChannelMachine>([](const auto& row) {
  const bool timed = Leaves(row, ChannelState::kSetup) || Leaves(row, ChannelState::kInactive) ||
                     Leaves(row, ChannelState::kPause);
  const bool fired = row.on == ChannelTrigger::kSetupLimit ||
                     row.on == ChannelTrigger::kLeaveLimit || row.on == ChannelTrigger::kPauseLimit;
  return !timed || fired != Does(row, ChannelEffect::kStopLimit);
}));
// What is made goes somewhere.
static_assert(EveryRow<ChannelMachine>([](const auto& row) {
  const bool goes = Does(row, ChannelEffect::kQueueTask) || Does(row, ChannelEffect::kGive) ||
                    Does(row, ChannelEffect::kGiveToOwner);
  return Does(row, ChannelEffect::kCreateTask) == goes;
}));
static_assert(EveryRow<ChannelMachine>([](const auto& row) {
  return IsOver(row.to) == Does(row, ChannelEffect::kEnd);
}));

}  // namespace parley

#endif  // PARLEY_MACHINE_CHANNEL_MACHINE_H_
