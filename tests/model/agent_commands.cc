// Agents: who they are, what they can do, where they are (B3, R-LO).

#include <algorithm>
#include <string>

#include "attributes.h"
#include "model.h"

namespace parley::model {
namespace {

constexpr uint32_t kMostCapacity = 10'000;
constexpr uint32_t kMostBudget = 1'000'000;

bool IsMedium(Medium medium) { return static_cast<size_t>(medium) < kMedia; }

}  // namespace

Refused Model::Take(const AddAgent& command) {
  if (IsBadName(command.name)) return {Refusal::kNameInvalid};
  for (const Agent* agent : agents_.All()) {
    if (agent->name == command.name) return {Refusal::kNameTaken};
  }
  if (const Refusal bad = BadSkills(command.skills); bad != Refusal::kNone) return {bad};
  if (command.activity) {
    const Refusal bad = Missing(activities_, command.activity);
    if (bad != Refusal::kNone) return {bad};
  }
  Value attributes;
  if (const auto at = ReadAttributes(command.attributes, attributes)) {
    return {Refusal::kAttributesInvalid, kUnlimited, *at};
  }
  if (agents_.size() >= settings_.limits.agents) return {Refusal::kLimitReached};
  Agent& agent = agents_.Add();
  agent.name = command.name;
  agent.skills = command.skills;
  agent.attributes = attributes;
  agent.activity = command.activity ? command.activity : RoleOf(ActivityRole::kDefault);
  agent.activity_since = now_;
  for (size_t m = 0; m < kMedia; ++m) agent.desks[m].configured = settings_.media[m].capacity;
  Emit(AgentAdded{agent.id, agent.activity});
  return {};
}

Refused Model::Take(const SetAgentSkills& command) {
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  if (const Refusal bad = BadSkills(command.skills); bad != Refusal::kNone) return {bad};
  agents_[command.agent].skills = command.skills;
  Emit(AgentSkillsChanged{command.agent});
  return {};
}

Refused Model::Take(const SetAgentAttributes& command) {
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  Value attributes;
  if (const auto at = ReadAttributes(command.attributes, attributes)) {
    return {Refusal::kAttributesInvalid, kUnlimited, *at};
  }
  agents_[command.agent].attributes = attributes;
  Emit(AgentAttributesChanged{command.agent});
  return {};
}

Refused Model::Take(const RemoveAgent& command) {
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  Agent& agent = agents_[command.agent];
  agent.presence = PresenceState::kRemoved;
  Disarm(agent.offline);
  ReleaseWork(agent);
  Disarm(agent.requeue);
  Disarm(agent.wake);
  agents_.Remove(command.agent);
  Emit(AgentRemoved{command.agent});
  SendBackWaiting(command.agent);
  return {};
}

Refused Model::Take(const SetCapacity& command) {
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  if (!IsMedium(command.medium) || command.capacity > kMostCapacity) return {Refusal::kOutOfRange};
  Desk& desk = agents_[command.agent].desks[static_cast<size_t>(command.medium)];
  desk.configured = command.capacity;
  Emit(CapacityChanged{command.agent, command.medium, desk.configured, desk.available});
  return {};
}

Refused Model::Take(const SetBudget& command) {
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  if (command.budget > kMostBudget) return {Refusal::kOutOfRange};
  agents_[command.agent].budget = command.budget;
  Emit(BudgetChanged{command.agent, command.budget});
  return {};
}

Refused Model::Take(const SetMediumAvailable& command) {
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  if (!IsMedium(command.medium)) return {Refusal::kOutOfRange};
  Desk& desk = agents_[command.agent].desks[static_cast<size_t>(command.medium)];
  desk.available = command.available;
  Emit(CapacityChanged{command.agent, command.medium, desk.configured, desk.available});
  return {};
}

Refused Model::Take(const Connect& command) {
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  Agent& agent = agents_[command.agent];
  if (command.session == SessionId{}) return {Refusal::kOutOfRange};
  for (const Session& session : agent.sessions) {
    if (session.id == command.session) return {Refusal::kAlreadyConnected};
  }
  if (agent.sessions.size() >= settings_.limits.sessions_per_agent) {
    return {Refusal::kLimitReached};
  }
  agent.sessions.push_back({command.session, command.version});
  Emit(SessionOpened{agent.id, command.session});
  if (agent.presence == PresenceState::kLost) {  // R-LO-16.
    Disarm(agent.offline);
    Emit(AgentReconnected{agent.id});
  } else if (agent.presence == PresenceState::kAbsent) {
    Emit(AgentConnected{agent.id});
  }
  agent.presence = PresenceState::kConnected;
  return {};
}

Refused Model::Take(const Disconnect& command) {
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  if (static_cast<size_t>(command.reason) >= kDisconnectReasonNames.size()) {
    return {Refusal::kOutOfRange};
  }
  Agent& agent = agents_[command.agent];
  const auto is_it = [&](const Session& s) { return s.id == command.session; };
  if (std::ranges::none_of(agent.sessions, is_it)) return {Refusal::kNotConnected};
  if (command.reason == DisconnectReason::kLocked || command.reason == DisconnectReason::kIdle) {
    return {Refusal::kNotADisconnect};  // R-LO-05.
  }
  std::erase_if(agent.sessions, is_it);
  Emit(SessionClosed{agent.id, command.session, command.reason});
  if (!agent.sessions.empty()) return {};  // E-31.
  Emit(AgentDisconnected{agent.id});
  agent.presence = PresenceState::kAbsent;
  if (!settings_.logout.enforce) return {};
  agent.presence = PresenceState::kLost;
  agent.offline = Arm(now_ + settings_.logout.offline_threshold, Due::kThreshold, agent.id.value);
  return {};
}

Refused Model::Take(const SetActivity& command) {
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  if (const Refusal bad = Missing(activities_, command.activity); bad != Refusal::kNone) {
    return {bad};
  }
  if (command.reject_pending && activities_[command.activity].available) {
    return {Refusal::kActivityAvailable};
  }
  Agent& agent = agents_[command.agent];
  MoveTo(agent, command.activity, ActivityCause::kManual);
  if (command.reject_pending) {  // B2 V8.
    for (const ReservationId id : std::vector(agent.reservations)) {
      Reservation& r = reservations_[id];
      if (r.state == ReservationState::kPending) LetGo(r, ReservationState::kDeclined);
    }
  }
  return {};
}

Refused Model::Take(const Logout& command) {
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  Agent& agent = agents_[command.agent];  // B3 W8.
  Disarm(agent.offline);
  if (agent.presence == PresenceState::kLost) agent.presence = PresenceState::kAbsent;
  RejectPending(agent);
  LogOut(agent, ActivityCause::kLogout);
  return {};
}

}  // namespace parley::model
