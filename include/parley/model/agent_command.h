// Floor 3 · model/agent_command.h — commands about agents.

#ifndef PARLEY_MODEL_AGENT_COMMAND_H_
#define PARLEY_MODEL_AGENT_COMMAND_H_

#include <cstdint>
#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/model/agent.h"
#include "parley/model/medium.h"
#include "parley/model/skill_set.h"
#include "parley/model/version.h"

namespace parley {

// Makes an agent, disconnected, with the capacities of Settings::media; activity none: the default
// one. Attributes are JSON (model/attributes.h). Refuses: as AddSkill; kAttributesInvalid.
struct AddAgent {
  std::string_view name{};
  SkillSet skills{};
  ActivityId activity{};
  std::string_view attributes{};
  friend bool operator==(const AddAgent&, const AddAgent&) = default;
  static constexpr std::string_view kName = "add-agent";
  static constexpr auto kFields =
      std::tuple(Arg("name", &AddAgent::name), Opt("skills", &AddAgent::skills),
                 Opt("activity", &AddAgent::activity), Opt("attributes", &AddAgent::attributes));
};

// Changes what an agent can do. What he has stays with him (E-34). Refuses: kNotFound.
struct SetAgentSkills {
  AgentId agent{};
  SkillSet skills{};
  friend bool operator==(const SetAgentSkills&, const SetAgentSkills&) = default;
  static constexpr std::string_view kName = "set-agent-skills";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &SetAgentSkills::agent), Opt("skills", &SetAgentSkills::skills));
};

// Replaces his attributes (model/attributes.h): expressions are judged again. What he has stays
// with him. Refuses: kAttributesInvalid, with the place.
struct SetAgentAttributes {
  AgentId agent{};
  std::string_view attributes{};
  friend bool operator==(const SetAgentAttributes&, const SetAgentAttributes&) = default;
  static constexpr std::string_view kName = "set-agent-attributes";
  static constexpr auto kFields = std::tuple(Arg("agent", &SetAgentAttributes::agent),
                                             Arg("attributes", &SetAgentAttributes::attributes));
};

// Takes an agent out for good. His offers are rescinded, his assigned work goes to the reroute
// policy, his wrap-ups are completed, his paused work goes back to its queue at once (E-34).
struct RemoveAgent {
  AgentId agent{};
  friend bool operator==(const RemoveAgent&, const RemoveAgent&) = default;
  static constexpr std::string_view kName = "remove-agent";
  static constexpr auto kFields = std::tuple(Arg("agent", &RemoveAgent::agent));
};

// How many tasks of a medium at once; 0 to 10 000, 0 for never. Below what he has, he keeps it and
// gets no more. Refuses: kOutOfRange.
struct SetCapacity {
  AgentId agent{};
  Medium medium = Medium::kVoice;
  uint32_t capacity = 0;
  friend bool operator==(const SetCapacity&, const SetCapacity&) = default;
  static constexpr std::string_view kName = "set-capacity";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &SetCapacity::agent), Arg("medium", &SetCapacity::medium),
                 Arg("capacity", &SetCapacity::capacity));
};

// What an agent's tasks of all media may cost together (X.cost); up to 1 000 000, 0: as much as the
// capacities allow. Capacities hold as well. Refuses: kOutOfRange.
struct SetBudget {
  AgentId agent{};
  uint32_t budget = 0;
  friend bool operator==(const SetBudget&, const SetBudget&) = default;
  static constexpr std::string_view kName = "set-budget";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &SetBudget::agent), Arg("budget", &SetBudget::budget));
};

// Switches a medium off or on for an agent, without losing the number.
struct SetMediumAvailable {
  AgentId agent{};
  Medium medium = Medium::kVoice;
  bool available = false;
  friend bool operator==(const SetMediumAvailable&, const SetMediumAvailable&) = default;
  static constexpr std::string_view kName = "set-medium-available";
  static constexpr auto kFields = std::tuple(Arg("agent", &SetMediumAvailable::agent),
                                             Arg("medium", &SetMediumAvailable::medium),
                                             Arg("available", &SetMediumAvailable::available));
};

// One more session of an agent. His activity does not change (E-30).
// Refuses: kOutOfRange for session 0, kAlreadyConnected, kLimitReached.
struct Connect {
  AgentId agent{};
  SessionId session{};
  Version version{};
  friend bool operator==(const Connect&, const Connect&) = default;
  static constexpr std::string_view kName = "connect";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &Connect::agent), Arg("session", &Connect::session),
                 Opt("version", &Connect::version));
};

// A session is gone. With the last one, the offline threshold starts (R-LO-14, E-31).
// Refuses: kNotConnected, kNotADisconnect for a locked or idle computer (R-LO-05).
struct Disconnect {
  AgentId agent{};
  SessionId session{};
  DisconnectReason reason = DisconnectReason::kNetwork;
  friend bool operator==(const Disconnect&, const Disconnect&) = default;
  static constexpr std::string_view kName = "disconnect";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &Disconnect::agent), Arg("session", &Disconnect::session),
                 Arg("reason", &Disconnect::reason));
};

// Changes an agent's activity. With reject_pending his offers are declined, once he has changed.
// Refuses: kActivityAvailable for reject_pending with an available activity.
struct SetActivity {
  AgentId agent{};
  ActivityId activity{};
  bool reject_pending = false;
  friend bool operator==(const SetActivity&, const SetActivity&) = default;
  static constexpr std::string_view kName = "set-activity";
  static constexpr auto kFields =
      std::tuple(Arg("agent", &SetActivity::agent), Arg("activity", &SetActivity::activity),
                 Opt("reject-pending", &SetActivity::reject_pending));
};

// Moves an agent to the logout activity at once.
struct Logout {
  AgentId agent{};
  friend bool operator==(const Logout&, const Logout&) = default;
  static constexpr std::string_view kName = "logout";
  static constexpr auto kFields = std::tuple(Arg("agent", &Logout::agent));
};

}  // namespace parley

#endif  // PARLEY_MODEL_AGENT_COMMAND_H_
