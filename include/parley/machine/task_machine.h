// Floor 4 · machine/task_machine.h — the life of a task (B1).
//
// A task follows its reservation: accepting, wrapping up and completing are said to the
// reservation, which passes them on. So the two can never tell different stories.

#ifndef PARLEY_MACHINE_TASK_MACHINE_H_
#define PARLEY_MACHINE_TASK_MACHINE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/machine/table.h"
#include "parley/model/task.h"

namespace parley {

enum class TaskGuard : uint8_t {
  kAlways,
  kOthersAsked,    // Other offers of it stand.
  kTooManyOffers,  // It has been offered task.max_assignments times.
  kLetGo,          // An invitation of one agent, who let it go.
  kStepIsOver,     // Its step ran out while it was offered.
  kNotRouted,      // Its workflow is still before it.
  kAutoAccept,     // Offers of its medium are accepted at once.
  kOftenTaken,     // It was taken from silent agents as often as that may be.
  kOneOfSeveral,   // Its agent is not alone in the channel.
};
inline constexpr std::array<std::string_view, 9> kTaskGuardNames = {
    "",          "OthersAsked", "TooManyOffers", "LetGo",        "StepIsOver",
    "NotRouted", "AutoAccept",  "OftenTaken",    "OneOfSeveral"};
constexpr const auto& NamesOf(TaskGuard) { return kTaskGuardNames; }

// Each is carried out in one place, src/task_effects.cc, and emits at most one event.
enum class TaskEffect : uint8_t {
  kNone,
  kEnterLine,  // It waits for an agent.
  kLeaveLine,
  kOffer,        // A reservation for the agent who was found.
  kTakeOffer,    // That reservation is accepted at once.
  kAssign,       // The agent has it.
  kJoinChannel,  // Tell the channel that its task was accepted.
  kCancelOffers,   // The open reservations are canceled.
  kRescindOthers,  // All of them but the one that was taken are rescinded.
  kRescindOffers,  // All of them are.
  kTellWrapUp,
  kTellCompleted,
  kTellCanceled,
  kRetire,  // It is over: tell the channel, if it was the live task, and keep the record a while.
  kEnterWorkflow,    // It begins at the top of its workflow.
  kNextStep,         // It goes on to the next step, and says so; or there is none.
  kTellStepTimeout,  // It was in a step for as long as that allows.
  kTellSkipped,
  kNoteStepIsOver,  // ... while offered: it goes on if the offer fails.
  kTellOverdue,  // Tell the channel that its task was assigned for too long.
  kTellSilent,   // Tell that its agent does not answer.
  kTakeAway,     // The channel takes it away from him.
  kLimitWrapUp,  // Complete it after X.wrap_up_limit, if there is one.
  kTellExpired,  // Tell that the limit is reached.
  kFinish,       // Its reservation is completed, and so is it.
  kTellNotJoined,  // If it is an invitation: tell that it failed.
  kUninvite,       // Its agent was alone in the channel: the open invitation to it is canceled.
  kPassLive,       // If it is the live one: another agent's becomes that, and it a guest's.
  kStepOut,        // Its agent is no longer a participant.
};
inline constexpr std::array<std::string_view, 29> kTaskEffectNames = {
    "",           "EnterLine",       "LeaveLine",    "Offer",          "TakeOffer",
    "Assign",     "JoinChannel",     "CancelOffers", "RescindOthers",  "RescindOffers",
    "TellWrapUp", "TellCompleted",   "TellCanceled", "Retire",         "EnterWorkflow",
    "NextStep",   "TellStepTimeout", "TellSkipped",  "NoteStepIsOver", "TellOverdue",
    "TellSilent", "TakeAway",        "LimitWrapUp",  "TellExpired",    "Finish",
    "TellNotJoined", "Uninvite",     "PassLive",     "StepOut"};
constexpr const auto& NamesOf(TaskEffect) { return kTaskEffectNames; }

struct TaskMachine {
  using S = TaskState;
  using T = TaskTrigger;
  using G = TaskGuard;
  using E = TaskEffect;
  using Row = TransitionRow<S, T, G, E>;

  static constexpr std::string_view kName = "Task";
  static constexpr S kStart = S::kPending;
  static constexpr size_t kStates = kTaskStateNames.size();
  static constexpr size_t kTriggers = kTaskTriggerNames.size();

  // clang-format off
  static constexpr auto kRows = std::to_array<Row>({
    // from         on                when                to              does, in order
    {S::kPending,   T::kEnter,        G::kAlways,         S::kPending,    {E::kLeaveLine, E::kEnterLine}},
    {S::kPending,   T::kRoute,        G::kAlways,         S::kPending,    {E::kLeaveLine, E::kEnterWorkflow, E::kNextStep}},
    {S::kPending,   T::kStepLimit,    G::kAlways,         S::kPending,    {E::kLeaveLine, E::kTellStepTimeout, E::kNextStep}},
    {S::kPending,   T::kSkip,         G::kAlways,         S::kPending,    {E::kLeaveLine, E::kTellSkipped, E::kNextStep}},
    {S::kPending,   T::kExhausted,    G::kAlways,         S::kCanceled,   {E::kTellCanceled, E::kTellNotJoined, E::kRetire}},
    {S::kPending,   T::kOffered,      G::kAutoAccept,     S::kReserved,   {E::kLeaveLine, E::kOffer, E::kTakeOffer}},
    {S::kPending,   T::kOffered,      G::kAlways,         S::kReserved,   {E::kLeaveLine, E::kOffer}},
    {S::kPending,   T::kTake,         G::kAlways,         S::kReserved,   {E::kLeaveLine, E::kOffer, E::kTakeOffer}},
    {S::kPending,   T::kCancel,       G::kAlways,         S::kCanceled,   {E::kLeaveLine, E::kTellCanceled, E::kTellNotJoined, E::kRetire}},
    {S::kPending,   T::kTtl,          G::kAlways,         S::kCanceled,   {E::kLeaveLine, E::kTellCanceled, E::kTellNotJoined, E::kRetire}},

    {S::kReserved,  T::kStepLimit,    G::kAlways,         S::kReserved,   {E::kNoteStepIsOver}},
    {S::kReserved,  T::kOffered,      G::kAlways,         S::kReserved,   {E::kOffer}},
    {S::kReserved,  T::kTake,         G::kAlways,         S::kReserved,   {E::kRescindOffers, E::kOffer, E::kTakeOffer}},
    {S::kReserved,  T::kHeld,         G::kAlways,         S::kReserved,   {E::kRescindOthers}},
    {S::kReserved,  T::kAccepted,     G::kAlways,         S::kAssigned,   {E::kRescindOthers, E::kAssign, E::kJoinChannel}},
    {S::kReserved,  T::kReturned,     G::kOthersAsked,    S::kReserved,   {}},
    {S::kReserved,  T::kReturned,     G::kTooManyOffers,  S::kCanceled,   {E::kTellCanceled, E::kTellNotJoined, E::kRetire}},
    {S::kReserved,  T::kReturned,     G::kLetGo,          S::kCanceled,   {E::kTellCanceled, E::kTellNotJoined, E::kRetire}},
    {S::kReserved,  T::kReturned,     G::kStepIsOver,     S::kPending,    {E::kTellStepTimeout, E::kNextStep}},
    {S::kReserved,  T::kReturned,     G::kNotRouted,      S::kPending,    {E::kEnterWorkflow, E::kNextStep}},
    {S::kReserved,  T::kReturned,     G::kAlways,         S::kPending,    {E::kEnterLine}},
    {S::kReserved,  T::kCancel,       G::kAlways,         S::kCanceled,   {E::kCancelOffers, E::kTellCanceled, E::kTellNotJoined, E::kRetire}},
    {S::kReserved,  T::kTtl,          G::kAlways,         S::kCanceled,   {E::kCancelOffers, E::kTellCanceled, E::kTellNotJoined, E::kRetire}},

    {S::kAssigned,  T::kWrapUp,       G::kOneOfSeveral,   S::kWrapping,   {E::kPassLive, E::kStepOut, E::kTellWrapUp, E::kLimitWrapUp}},
    {S::kAssigned,  T::kWrapUp,       G::kAlways,         S::kWrapping,   {E::kTellWrapUp, E::kLimitWrapUp, E::kUninvite}},
    {S::kAssigned,  T::kComplete,     G::kOneOfSeveral,   S::kCompleted,  {E::kPassLive, E::kStepOut, E::kTellCompleted, E::kRetire}},
    {S::kAssigned,  T::kComplete,     G::kAlways,         S::kCompleted,  {E::kTellCompleted, E::kUninvite, E::kRetire}},
    {S::kAssigned,  T::kOverdue,      G::kOneOfSeveral,   S::kAssigned,   {E::kFinish}},
    {S::kAssigned,  T::kOverdue,      G::kAlways,         S::kAssigned,   {E::kTellOverdue}},
    {S::kAssigned,  T::kAnswerLimit,  G::kOftenTaken,     S::kAssigned,   {E::kTellSilent}},
    {S::kAssigned,  T::kAnswerLimit,  G::kAlways,         S::kAssigned,   {E::kTellSilent, E::kTakeAway}},

    {S::kWrapping,  T::kComplete,     G::kAlways,         S::kCompleted,  {E::kTellCompleted, E::kRetire}},
    {S::kWrapping,  T::kWrapUpLimit,  G::kAlways,         S::kWrapping,   {E::kTellExpired, E::kFinish}},
  });
  // clang-format on
};

static_assert(RowsAreInOrder<TaskMachine>());
static_assert(EveryPairIsDecided<TaskMachine>());
static_assert(TheEndIsFinal<TaskMachine>());
static_assert(EveryPathCanEnd<TaskMachine>());
static_assert(EffectsAreInARow<TaskMachine>());

static_assert(EveryRow<TaskMachine>([](const auto& row) {
  return IsOver(row.to) == Does(row, TaskEffect::kRetire);
}));
static_assert(EveryRow<TaskMachine>([](const auto& row) {
  return Enters(row, TaskState::kCanceled) == Does(row, TaskEffect::kTellCanceled);
}));
// B1 T14: an assigned task can only end as completed.
static_assert(EveryRow<TaskMachine>([](const auto& row) {
  const bool his = row.from == TaskState::kAssigned || row.from == TaskState::kWrapping;
  return !his || row.to != TaskState::kCanceled;
}));
// Only what is pending stands in a line. One that has run out of steps has left it before.
static_assert(EveryRow<TaskMachine>([](const auto& row) {
  const bool stands = row.from == TaskState::kPending && row.on != TaskTrigger::kExhausted;
  return stands == Does(row, TaskEffect::kLeaveLine);
}));
static_assert(EveryRow<TaskMachine>([](const auto& row) {
  const bool waits = Does(row, TaskEffect::kEnterLine) || Does(row, TaskEffect::kNextStep);
  return (row.to == TaskState::kPending) == waits;
}));
static_assert(EveryRow<TaskMachine>([](const auto& row) {
  return !Enters(row, TaskState::kReserved) || Does(row, TaskEffect::kOffer);
}));

}  // namespace parley

#endif  // PARLEY_MACHINE_TASK_MACHINE_H_
