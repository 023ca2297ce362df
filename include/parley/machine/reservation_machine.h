// Floor 4 · machine/reservation_machine.h — the life of one offer to one agent (B2).
//
// A reservation uses capacity from the moment it is made, and gives it back exactly once, on the
// way to one of its ends. On hold is the time between the agent's yes and the medium's: a state of
// its own with a limit of its own, so that an offer never ends in a way nobody can explain.

#ifndef PARLEY_MACHINE_RESERVATION_MACHINE_H_
#define PARLEY_MACHINE_RESERVATION_MACHINE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/machine/table.h"
#include "parley/model/task.h"

namespace parley {

enum class ReservationGuard : uint8_t { kAlways };
inline constexpr std::array<std::string_view, 1> kReservationGuardNames = {""};
constexpr const auto& NamesOf(ReservationGuard) { return kReservationGuardNames; }

// Each is carried out in one place, src/reservation_effects.cc, and emits at most one event.
enum class ReservationEffect : uint8_t {
  kNone,
  kTell,    // Tell the state it has come to.
  kAccept,  // Count it as accepted, and stop its timer.
  kHold,    // Wait for the medium, for reservation.hold_limit at most.
  kCountWrapping,
  kFree,           // Give its capacity back, stop its timer, take it off the agent's list.
  kRemember,       // The agent let it go: somebody else is asked next.
  kMoveToTimeout,  // The agent goes to the time-out activity, if there is one.
  kMoveAsAsked,    // ... to the activity that came with his decline, if one did.
  kHoldTask,       // Tell the task that it is about to be accepted.
  kAssignTask,     // ... that it was accepted.
  kReturnTask,     // ... that it was not.
  kWrapUpTask,     // ... to wrap up.
  kCompleteTask,   // ... that it is complete.
};
inline constexpr std::array<std::string_view, 14> kReservationEffectNames = {
    "",           "Tell",       "Accept",        "Hold",        "CountWrapping",
    "Free",       "Remember",   "MoveToTimeout", "MoveAsAsked", "HoldTask",
    "AssignTask", "ReturnTask", "WrapUpTask",    "CompleteTask"};
constexpr const auto& NamesOf(ReservationEffect) { return kReservationEffectNames; }

struct ReservationMachine {
  using S = ReservationState;
  using T = ReservationTrigger;
  using G = ReservationGuard;
  using E = ReservationEffect;
  using Row = TransitionRow<S, T, G, E>;

  static constexpr std::string_view kName = "Reservation";
  static constexpr S kStart = S::kPending;
  static constexpr size_t kStates = kReservationStateNames.size();
  static constexpr size_t kTriggers = kReservationTriggerNames.size();

  // clang-format off
  static constexpr auto kRows = std::to_array<Row>({
    // from         on                when         to              does, in order
    {S::kPending,   T::kAccept,       G::kAlways,  S::kAccepted,   {E::kAccept, E::kTell, E::kAssignTask}},
    {S::kPending,   T::kHold,         G::kAlways,  S::kOnHold,     {E::kHold, E::kTell, E::kHoldTask}},
    {S::kPending,   T::kDecline,      G::kAlways,  S::kDeclined,   {E::kFree, E::kTell, E::kRemember, E::kMoveAsAsked, E::kReturnTask}},
    {S::kPending,   T::kTimeout,      G::kAlways,  S::kTimedOut,   {E::kFree, E::kTell, E::kRemember, E::kMoveToTimeout, E::kReturnTask}},
    {S::kPending,   T::kCancel,       G::kAlways,  S::kCanceled,   {E::kFree, E::kTell}},
    {S::kPending,   T::kRescind,      G::kAlways,  S::kRescinded,  {E::kFree, E::kTell, E::kReturnTask}},
    {S::kPending,   T::kOutrun,       G::kAlways,  S::kRescinded,  {E::kFree, E::kTell}},

    {S::kOnHold,    T::kMediaReady,   G::kAlways,  S::kAccepted,   {E::kAccept, E::kTell, E::kAssignTask}},
    {S::kOnHold,    T::kMediaFailed,  G::kAlways,  S::kCanceled,   {E::kFree, E::kTell, E::kReturnTask}},
    {S::kOnHold,    T::kTimeout,      G::kAlways,  S::kCanceled,   {E::kFree, E::kTell, E::kReturnTask}},
    {S::kOnHold,    T::kCancel,       G::kAlways,  S::kCanceled,   {E::kFree, E::kTell}},
    {S::kOnHold,    T::kRescind,      G::kAlways,  S::kRescinded,  {E::kFree, E::kTell, E::kReturnTask}},
    {S::kOnHold,    T::kOutrun,       G::kAlways,  S::kRescinded,  {E::kFree, E::kTell}},

    {S::kAccepted,  T::kWrapUp,       G::kAlways,  S::kWrapping,   {E::kCountWrapping, E::kTell, E::kWrapUpTask}},
    {S::kAccepted,  T::kComplete,     G::kAlways,  S::kCompleted,  {E::kFree, E::kTell, E::kCompleteTask}},

    {S::kWrapping,  T::kComplete,     G::kAlways,  S::kCompleted,  {E::kFree, E::kTell, E::kCompleteTask}},
  });
  // clang-format on
};

static_assert(RowsAreInOrder<ReservationMachine>());
static_assert(EveryPairIsDecided<ReservationMachine>());
static_assert(TheEndIsFinal<ReservationMachine>());
static_assert(EveryPathCanEnd<ReservationMachine>());
static_assert(EffectsAreInARow<ReservationMachine>());

// Every change is told, and the end frees the capacity, once.
static_assert(EveryRow<ReservationMachine>([](const auto& row) {
  return (row.from != row.to) == Does(row, ReservationEffect::kTell);
}));
static_assert(EveryRow<ReservationMachine>([](const auto& row) {
  return IsOver(row.to) == Does(row, ReservationEffect::kFree);
}));
// E-37: who let it go is not asked next; whose medium failed did not let it go.
static_assert(EveryRow<ReservationMachine>([](const auto& row) {
  const bool let_go =
      row.to == ReservationState::kDeclined || row.to == ReservationState::kTimedOut;
  return let_go == Does(row, ReservationEffect::kRemember);
}));

}  // namespace parley

#endif  // PARLEY_MACHINE_RESERVATION_MACHINE_H_
