// Floor 3 · model/setup_event.h — what happened to the set-up and to agents.

#ifndef PARLEY_MODEL_SETUP_EVENT_H_
#define PARLEY_MODEL_SETUP_EVENT_H_

#include <cstdint>
#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/agent.h"

namespace parley {

// ---- Set-up ----------------------------------------------------------------------------------

struct SkillAdded {
  SkillId skill{};
  friend bool operator==(const SkillAdded&, const SkillAdded&) = default;
  static constexpr std::string_view kName = "SkillAdded";
  static constexpr auto kFields = std::tuple(Arg("skill", &SkillAdded::skill));
};

struct ActivityAdded {
  ActivityId activity{};
  bool available = false;
  friend bool operator==(const ActivityAdded&, const ActivityAdded&) = default;
  static constexpr std::string_view kName = "ActivityAdded";
  static constexpr auto kFields = std::tuple(Arg("activity", &ActivityAdded::activity),
                                             Opt("available", &ActivityAdded::available));
};

struct ActivityRenamed {
  ActivityId activity{};
  friend bool operator==(const ActivityRenamed&, const ActivityRenamed&) = default;
  static constexpr std::string_view kName = "ActivityRenamed";
  static constexpr auto kFields = std::tuple(Arg("activity", &ActivityRenamed::activity));
};

struct ActivityRemoved {
  ActivityId activity{};
  friend bool operator==(const ActivityRemoved&, const ActivityRemoved&) = default;
  static constexpr std::string_view kName = "ActivityRemoved";
  static constexpr auto kFields = std::tuple(Arg("activity", &ActivityRemoved::activity));
};

struct ActivityRoleSet {
  ActivityRole role = ActivityRole::kDefault;
  ActivityId activity{};
  friend bool operator==(const ActivityRoleSet&, const ActivityRoleSet&) = default;
  static constexpr std::string_view kName = "ActivityRoleSet";
  static constexpr auto kFields =
      std::tuple(Arg("role", &ActivityRoleSet::role), Arg("activity", &ActivityRoleSet::activity));
};

struct QueueAdded {
  QueueId queue{};
  friend bool operator==(const QueueAdded&, const QueueAdded&) = default;
  static constexpr std::string_view kName = "QueueAdded";
  static constexpr auto kFields = std::tuple(Arg("queue", &QueueAdded::queue));
};

struct QueueUpdated {
  QueueId queue{};
  friend bool operator==(const QueueUpdated&, const QueueUpdated&) = default;
  static constexpr std::string_view kName = "QueueUpdated";
  static constexpr auto kFields = std::tuple(Arg("queue", &QueueUpdated::queue));
};

struct QueueRemoved {
  QueueId queue{};
  friend bool operator==(const QueueRemoved&, const QueueRemoved&) = default;
  static constexpr std::string_view kName = "QueueRemoved";
  static constexpr auto kFields = std::tuple(Arg("queue", &QueueRemoved::queue));
};

struct SettingsApplied {
  friend bool operator==(const SettingsApplied&, const SettingsApplied&) = default;
  static constexpr std::string_view kName = "SettingsApplied";
  static constexpr auto kFields = std::tuple();
};

// ---- Agents ----------------------------------------------------------------------------------

// He begins in `activity`.
struct AgentAdded {
  AgentId agent{};
  ActivityId activity{};
  friend bool operator==(const AgentAdded&, const AgentAdded&) = default;
  static constexpr std::string_view kName = "AgentAdded";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &AgentAdded::agent), Arg("activity", &AgentAdded::activity));
};

struct AgentSkillsChanged {
  AgentId agent{};
  friend bool operator==(const AgentSkillsChanged&, const AgentSkillsChanged&) = default;
  static constexpr std::string_view kName = "AgentSkillsChanged";
  static constexpr auto kFields = std::tuple(Arg("agent", &AgentSkillsChanged::agent));
};

struct AgentAttributesChanged {
  AgentId agent{};
  friend bool operator==(const AgentAttributesChanged&, const AgentAttributesChanged&) = default;
  static constexpr std::string_view kName = "AgentAttributesChanged";
  static constexpr auto kFields = std::tuple(Arg("agent", &AgentAttributesChanged::agent));
};

struct AgentRemoved {
  AgentId agent{};
  friend bool operator==(const AgentRemoved&, const AgentRemoved&) = default;
  static constexpr std::string_view kName = "AgentRemoved";
  static constexpr auto kFields = std::tuple(Arg("agent", &AgentRemoved::agent));
};

struct CapacityChanged {
  AgentId agent{};
  Medium medium = Medium::kVoice;
  uint32_t capacity = 0;
  bool available = false;
  friend bool operator==(const CapacityChanged&, const CapacityChanged&) = default;
  static constexpr std::string_view kName = "CapacityChanged";
  static constexpr auto kFields = std::tuple(
      Arg("agent", &CapacityChanged::agent), Arg("medium", &CapacityChanged::medium),
      Arg("capacity", &CapacityChanged::capacity), Arg("available", &CapacityChanged::available));
};

struct BudgetChanged {
  AgentId agent{};
  uint32_t budget = 0;
  friend bool operator==(const BudgetChanged&, const BudgetChanged&) = default;
  static constexpr std::string_view kName = "BudgetChanged";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &BudgetChanged::agent), Arg("budget", &BudgetChanged::budget));
};

struct SessionOpened {
  AgentId agent{};
  SessionId session{};
  friend bool operator==(const SessionOpened&, const SessionOpened&) = default;
  static constexpr std::string_view kName = "SessionOpened";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &SessionOpened::agent), Arg("session", &SessionOpened::session));
};

struct SessionClosed {
  AgentId agent{};
  SessionId session{};
  DisconnectReason reason = DisconnectReason::kNetwork;
  friend bool operator==(const SessionClosed&, const SessionClosed&) = default;
  static constexpr std::string_view kName = "SessionClosed";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &SessionClosed::agent), Arg("session", &SessionClosed::session),
                 Arg("reason", &SessionClosed::reason));
};

// His first session, and nobody had missed him.
struct AgentConnected {
  AgentId agent{};
  friend bool operator==(const AgentConnected&, const AgentConnected&) = default;
  static constexpr std::string_view kName = "AgentConnected";
  static constexpr auto kFields = std::tuple(Arg("agent", &AgentConnected::agent));
};

// His last session has gone.
struct AgentDisconnected {
  AgentId agent{};
  friend bool operator==(const AgentDisconnected&, const AgentDisconnected&) = default;
  static constexpr std::string_view kName = "AgentDisconnected";
  static constexpr auto kFields = std::tuple(Arg("agent", &AgentDisconnected::agent));
};

// He is back within the offline threshold (R-LO-16).
struct AgentReconnected {
  AgentId agent{};
  friend bool operator==(const AgentReconnected&, const AgentReconnected&) = default;
  static constexpr std::string_view kName = "AgentReconnected";
  static constexpr auto kFields = std::tuple(Arg("agent", &AgentReconnected::agent));
};

// `spent` is how long he was in `from` this time.
struct ActivityChanged {
  AgentId agent{};
  ActivityId from{};
  ActivityId to{};
  ActivityCause cause = ActivityCause::kManual;
  Duration spent = Duration::zero();
  friend bool operator==(const ActivityChanged&, const ActivityChanged&) = default;
  static constexpr std::string_view kName = "ActivityChanged";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &ActivityChanged::agent), Arg("from", &ActivityChanged::from),
                 Arg("to", &ActivityChanged::to), Arg("cause", &ActivityChanged::cause),
                 Arg("spent", &ActivityChanged::spent));
};

}  // namespace parley

#endif  // PARLEY_MODEL_SETUP_EVENT_H_
