// Floor 3 · model/agent.h — who answers: activities, presence, capacity.
//
// An agent is always in exactly one activity, which says whether he may be offered work, and in one
// state of presence, which says whether anyone could hear him. The two are separate: only the
// logout settings join them.

#ifndef PARLEY_MODEL_AGENT_H_
#define PARLEY_MODEL_AGENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/attributes.h"
#include "parley/model/medium.h"
#include "parley/model/skill_set.h"
#include "parley/model/task.h"
#include "parley/model/version.h"
#include "parley/store/chain.h"
#include "parley/store/slot_list.h"
#include "parley/timer/timer_wheel.h"

namespace parley {

enum class PresenceState : uint8_t {
  kAbsent,     // No session, and no threshold is running.
  kConnected,  // At least one session.
  kLost,       // The last session has gone; the offline threshold is running.
  kRemoved,
};
inline constexpr std::array<std::string_view, 4> kPresenceStateNames = {"Absent", "Connected",
                                                                        "Lost", "Removed"};
constexpr const auto& NamesOf(PresenceState) { return kPresenceStateNames; }

enum class PresenceTrigger : uint8_t {
  kConnect,     // The first session.
  kDisconnect,  // The last session has gone.
  kThreshold,   // He stayed away for the whole offline threshold.
  kEnforceOn,   // logout.enforce was switched on.
  kEnforceOff,
  kLogOut,     // He logged out himself.
  kWorkLimit,  // He has been logged out for as long as his work waits for him.
  kRemove,
};
inline constexpr std::array<std::string_view, 8> kPresenceTriggerNames = {
    "Connect",    "Disconnect", "Threshold", "EnforceOn",
    "EnforceOff", "LogOut",     "WorkLimit", "Remove"};
constexpr const auto& NamesOf(PresenceTrigger) { return kPresenceTriggerNames; }

// Why an activity changed. There is no change without a cause.
enum class ActivityCause : uint8_t {
  kManual,
  kLogout,
  kDisconnectThreshold,
  kReservationTimeout,
  kDeclineOption,
};
inline constexpr std::array<std::string_view, 5> kActivityCauseNames = {
    "manual", "logout", "disconnect-threshold", "reservation-timeout", "decline-option"};
constexpr const auto& NamesOf(ActivityCause) { return kActivityCauseNames; }

enum class DisconnectReason : uint8_t {
  kShutdown,
  kSleep,
  kNetwork,
  kTabClosed,
  kLocked,  // Refused: neither this nor the next is a disconnect (R-LO-05).
  kIdle,
};
inline constexpr std::array<std::string_view, 6> kDisconnectReasonNames = {
    "shutdown", "sleep", "network", "tab-closed", "locked", "idle"};
constexpr const auto& NamesOf(DisconnectReason) { return kDisconnectReasonNames; }

enum class ActivityRole : uint8_t { kDefault, kTimeout, kLogout };
inline constexpr std::array<std::string_view, 3> kActivityRoleNames = {"default", "timeout",
                                                                       "logout"};
constexpr const auto& NamesOf(ActivityRole) { return kActivityRoleNames; }

struct Activity {
  std::string name;
  bool available = false;  // Fixed when it is made.
  uint32_t agents = 0;     // In it now.
};

struct Session {
  SessionId id{};
  Version version;
  friend bool operator==(const Session&, const Session&) = default;
};

// An agent's capacity for one medium (B3).
struct Capacity {
  uint32_t configured = 0;  // 0: never.
  bool available = true;    // Switched off, the number is kept.
  uint32_t pending = 0;
  uint32_t accepted = 0;
  uint32_t wrapping = 0;
  bool over = false;  // Above `configured`: by force, a lowered number, or a changed setting.

  constexpr uint32_t Used(bool wrapping_counts) const {
    return pending + accepted + (wrapping_counts ? wrapping : 0);
  }
  // floor((1 - used / configured) * 100), from 0 to 100 (E-20).
  constexpr uint32_t PercentFree(bool wrapping_counts) const {
    const uint32_t used = Used(wrapping_counts);
    if (used >= configured) return 0;
    return static_cast<uint32_t>(uint64_t{configured - used} * 100 / configured);
  }
};

// How long an agent has been in an activity altogether, up to his last change.
struct TimeSpent {
  ActivityId activity;
  Duration time{};
};
using TimesPool = ChainPool<TimeSpent>;
using WakesPool = ChainPool<Instant>;

// The record. The fields above the line are for everyone to read; those below are the engine's.
struct Agent {
  std::string name;
  SkillSet skills;
  Attributes attributes;
  ActivityId activity;
  Instant activity_since;
  PresenceState presence = PresenceState::kAbsent;
  std::vector<Session> sessions;
  std::array<Capacity, kMedia> media = {};
  uint32_t budget = 0;  // Shared by all media, each task at its cost; 0: each medium by itself.
  Instant last_reserved = Instant::min();  // min(): never. Longest idle goes first (E-21).
  Instant last_assigned = Instant::min();  // When he last accepted a task,
  Instant last_released = Instant::min();  // and when one of his last ended.
  SlotList paused;                         // Conversations.
  SlotList reservations;                   // Open ones.

  const Capacity& For(Medium medium) const { return media[static_cast<size_t>(medium)]; }
  Capacity& For(Medium medium) { return media[static_cast<size_t>(medium)]; }

  // ---- The engine's own ----
  TimesPool::Chain spent;     // By activity, up to activity_since.
  uint16_t idle_in = 0;       // Bit m: he can take one more of medium m.
  uint32_t idle_spot = 0;     // If any: where he is found in the line of the idle ones.
  bool fresh = false;         // He gained something since the last matching.
  TimerId offline;            // The offline threshold.
  WakesPool::Chain wakes;     // When he was last offered what waited for him alone; 60 s of it.
  TimerId wake;               // When he may be offered more of that.
  uint32_t waiting_over = 0;  // Of those that wait for him, above his capacity if need be.
  TimerId requeue;            // When his work is taken away after logout.
  PlacePool::Line waiting;    // Tasks for him alone.
};

}  // namespace parley

#endif  // PARLEY_MODEL_AGENT_H_
