// Floor 4 · machine/presence_machine.h — whether an agent can be reached (B3, R-LO).
//
// Only the loss of the last session starts the offline threshold, and only its whole length without
// any session ends in the logout activity. Short gaps do not add up: every reconnect starts anew.

#ifndef PARLEY_MACHINE_PRESENCE_MACHINE_H_
#define PARLEY_MACHINE_PRESENCE_MACHINE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/machine/table.h"
#include "parley/model/agent.h"

namespace parley {

constexpr bool IsOver(PresenceState s) { return s == PresenceState::kRemoved; }

enum class PresenceGuard : uint8_t {
  kAlways,
  kEnforced,  // logout.enforce is on.
};
inline constexpr std::array<std::string_view, 2> kPresenceGuardNames = {"", "Enforced"};
constexpr const auto& NamesOf(PresenceGuard) { return kPresenceGuardNames; }

// Each is carried out in one place, src/presence_effects.cc, and emits at most one event.
enum class PresenceEffect : uint8_t {
  kNone,
  kTellConnected,
  kTellReconnected,
  kTellDisconnected,
  kArmThreshold,
  kStopThreshold,
  kRejectPending,  // Offers are taken back, if the settings say so.
  kLogOut,         // He goes to the logout activity.
  kRequeueWork,    // What the settings take away after logout goes to others.
  kReleaseWork,    // All that he holds goes to others.
  kRemove,
};
inline constexpr std::array<std::string_view, 11> kPresenceEffectNames = {"",
                                                                          "TellConnected",
                                                                          "TellReconnected",
                                                                          "TellDisconnected",
                                                                          "ArmThreshold",
                                                                          "StopThreshold",
                                                                          "RejectPending",
                                                                          "LogOut",
                                                                          "RequeueWork",
                                                                          "ReleaseWork",
                                                                          "Remove"};
constexpr const auto& NamesOf(PresenceEffect) { return kPresenceEffectNames; }

struct PresenceMachine {
  using S = PresenceState;
  using T = PresenceTrigger;
  using G = PresenceGuard;
  using E = PresenceEffect;
  using Row = TransitionRow<S, T, G, E>;

  static constexpr std::string_view kName = "Presence";
  static constexpr S kStart = S::kAbsent;
  static constexpr size_t kStates = kPresenceStateNames.size();
  static constexpr size_t kTriggers = kPresenceTriggerNames.size();

  // clang-format off
  static constexpr auto kRows = std::to_array<Row>({
    // from          on                when           to              does, in order
    {S::kAbsent,     T::kConnect,      G::kAlways,    S::kConnected,  {E::kTellConnected}},
    {S::kAbsent,     T::kEnforceOn,    G::kAlways,    S::kLost,       {E::kArmThreshold}},
    {S::kAbsent,     T::kLogOut,       G::kAlways,    S::kAbsent,     {E::kRejectPending, E::kLogOut}},
    {S::kAbsent,     T::kWorkLimit,    G::kAlways,    S::kAbsent,     {E::kRequeueWork}},
    {S::kAbsent,     T::kRemove,       G::kAlways,    S::kRemoved,    {E::kReleaseWork, E::kRemove}},

    {S::kConnected,  T::kDisconnect,   G::kEnforced,  S::kLost,       {E::kTellDisconnected, E::kArmThreshold}},
    {S::kConnected,  T::kDisconnect,   G::kAlways,    S::kAbsent,     {E::kTellDisconnected}},
    {S::kConnected,  T::kLogOut,       G::kAlways,    S::kConnected,  {E::kRejectPending, E::kLogOut}},
    {S::kConnected,  T::kWorkLimit,    G::kAlways,    S::kConnected,  {E::kRequeueWork}},
    {S::kConnected,  T::kRemove,       G::kAlways,    S::kRemoved,    {E::kReleaseWork, E::kRemove}},

    {S::kLost,       T::kConnect,      G::kAlways,    S::kConnected,  {E::kStopThreshold, E::kTellReconnected}},
    {S::kLost,       T::kThreshold,    G::kAlways,    S::kAbsent,     {E::kRejectPending, E::kLogOut}},
    {S::kLost,       T::kEnforceOff,   G::kAlways,    S::kAbsent,     {E::kStopThreshold}},
    {S::kLost,       T::kLogOut,       G::kAlways,    S::kAbsent,     {E::kStopThreshold, E::kRejectPending, E::kLogOut}},
    {S::kLost,       T::kWorkLimit,    G::kAlways,    S::kLost,       {E::kRequeueWork}},
    {S::kLost,       T::kRemove,       G::kAlways,    S::kRemoved,    {E::kStopThreshold, E::kReleaseWork, E::kRemove}},
  });
  // clang-format on
};

static_assert(RowsAreInOrder<PresenceMachine>());
static_assert(EveryPairIsDecided<PresenceMachine>());
static_assert(TheEndIsFinal<PresenceMachine>());
static_assert(EveryPathCanEnd<PresenceMachine>());
static_assert(EffectsAreInARow<PresenceMachine>());

// The threshold runs while the agent is lost, and at no other time.
static_assert(EveryRow<PresenceMachine>([](const auto& row) {
  return Enters(row, PresenceState::kLost) == Does(row, PresenceEffect::kArmThreshold);
}));
static_assert(EveryRow<PresenceMachine>([](const auto& row) {
  const bool stops = Leaves(row, PresenceState::kLost) && row.on != PresenceTrigger::kThreshold;
  return stops == Does(row, PresenceEffect::kStopThreshold);
}));
static_assert(EveryRow<PresenceMachine>([](const auto& row) {
  return Enters(row, PresenceState::kRemoved) == Does(row, PresenceEffect::kRemove);
}));

}  // namespace parley

#endif  // PARLEY_MACHINE_PRESENCE_MACHINE_H_
