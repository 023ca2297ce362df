// src/agent_commands.cc — agents: who they are, whether they can be heard, what they can take.

#include <algorithm>
#include <utility>

#include "capacity.h"
#include "commands.h"
#include "effects.h"
#include "eligibility.h"
#include "room.h"

namespace parley::internal {
namespace {

const Session* FindSession(const Agent& agent, SessionId id) {
  const auto found = std::ranges::find(agent.sessions, id, &Session::id);
  return found == agent.sessions.end() ? nullptr : &*found;
}

void TellCapacity(State& s, AgentId id, Medium medium) {
  const Capacity& capacity = s.agents[id].For(medium);
  s.Emit(CapacityChanged{id, medium, capacity.configured, capacity.available});
}

}  // namespace

Refusal CheckAttributes(std::string_view json) {
  if (json.empty()) return Refusal::kNone;
  return Attributes::Parse(json).ok() ? Refusal::kNone : Refusal::kAttributesInvalid;
}

void RecountAgent(State& s, AgentId id) {
  Agent& agent = s.agents[id];
  for (size_t m = 0; m < kMedia; ++m) {
    Capacity& capacity = agent.media[m];
    capacity.over = UsedBy(s, agent, static_cast<Medium>(m)) > capacity.configured;
  }
  Refile(s, id);
}

Refusal Check(const State& s, const AddAgent& command) {
  if (const Refusal r = CheckName(command.name); r != Refusal::kNone) return r;
  if (FindAgentByName(s, command.name)) return Refusal::kNameTaken;
  if (const Refusal r = CheckSkills(s, command.skills); r != Refusal::kNone) return r;
  if (command.activity) {
    if (const Refusal r = CheckActivity(s, command.activity); r != Refusal::kNone) return r;
  }
  if (const Refusal r = CheckAttributes(command.attributes); r != Refusal::kNone) return r;
  return s.agents.size() < s.settings.limits.agents ? Refusal::kNone : Refusal::kLimitReached;
}
void Do(State& s, const AddAgent& command) {
  Agent made;
  made.name = command.name;
  made.skills = command.skills;
  made.attributes = *Attributes::Parse(command.attributes);
  MakeRoomForAgent(s);

  const AgentId id = s.agents.Add();
  Agent& agent = s.agents[id];
  agent = std::move(made);
  agent.activity = command.activity ? command.activity : s.RoleOf(ActivityRole::kDefault);
  agent.activity_since = s.time;
  ++s.activities[agent.activity.slot()].agents;
  for (size_t m = 0; m < kMedia; ++m) {
    agent.media[m].configured = s.settings.media[m].capacity;
  }
  s.agent_names.Insert(SipHash13(s.key, command.name), id.slot());
  JudgeAgent(s, id);
  s.Emit(AgentAdded{id, agent.activity});
  Refile(s, id);
}

Refusal Check(const State& s, const SetAgentSkills& command) {
  if (const Refusal r = CheckId(s.agents, command.agent); r != Refusal::kNone) return r;
  return CheckSkills(s, command.skills);
}
void Do(State& s, const SetAgentSkills& command) {
  s.agents[command.agent].skills = command.skills;
  s.Emit(AgentSkillsChanged{command.agent});
  JudgeAgent(s, command.agent);
}

Refusal Check(const State& s, const SetAgentAttributes& command) {
  if (const Refusal r = CheckId(s.agents, command.agent); r != Refusal::kNone) return r;
  return CheckAttributes(command.attributes);
}
void Do(State& s, const SetAgentAttributes& command) {
  s.agents[command.agent].attributes = *Attributes::Parse(command.attributes);
  s.Emit(AgentAttributesChanged{command.agent});
  JudgeAgent(s, command.agent);
}

Refusal Check(const State& s, const RemoveAgent& command) {
  return CheckId(s.agents, command.agent);
}
void Do(State& s, const RemoveAgent& command) { s.Post(command.agent, PresenceTrigger::kRemove); }

Refusal Check(const State& s, const SetCapacity& command) {
  if (const Refusal r = CheckId(s.agents, command.agent); r != Refusal::kNone) return r;
  const bool in_range = IsNamed(command.medium) && command.capacity <= kHighestCapacity;
  return in_range ? Refusal::kNone : Refusal::kOutOfRange;
}
void Do(State& s, const SetCapacity& command) {
  s.agents[command.agent].For(command.medium).configured = command.capacity;
  TellCapacity(s, command.agent, command.medium);
  RecountAgent(s, command.agent);
}

Refusal Check(const State& s, const SetBudget& command) {
  if (const Refusal r = CheckId(s.agents, command.agent); r != Refusal::kNone) return r;
  return command.budget <= kHighestBudget ? Refusal::kNone : Refusal::kOutOfRange;
}
void Do(State& s, const SetBudget& command) {
  s.agents[command.agent].budget = command.budget;
  s.Emit(BudgetChanged{command.agent, command.budget});
  Refile(s, command.agent);
  Freshen(s, command.agent);
}

Refusal Check(const State& s, const SetMediumAvailable& command) {
  if (const Refusal r = CheckId(s.agents, command.agent); r != Refusal::kNone) return r;
  return IsNamed(command.medium) ? Refusal::kNone : Refusal::kOutOfRange;
}
void Do(State& s, const SetMediumAvailable& command) {
  s.agents[command.agent].For(command.medium).available = command.available;
  TellCapacity(s, command.agent, command.medium);
  Refile(s, command.agent);
}

Refusal Check(const State& s, const Connect& command) {
  if (const Refusal r = CheckId(s.agents, command.agent); r != Refusal::kNone) return r;
  if (command.session == SessionId{}) return Refusal::kOutOfRange;
  const Agent& agent = s.agents[command.agent];
  if (FindSession(agent, command.session) != nullptr) return Refusal::kAlreadyConnected;
  return agent.sessions.size() < s.settings.limits.sessions_per_agent ? Refusal::kNone
                                                                      : Refusal::kLimitReached;
}
void Do(State& s, const Connect& command) {
  Agent& agent = s.agents[command.agent];
  agent.sessions.push_back({command.session, command.version});
  s.Emit(SessionOpened{command.agent, command.session});
  if (agent.sessions.size() == 1) s.Post(command.agent, PresenceTrigger::kConnect);
}

Refusal Check(const State& s, const Disconnect& command) {
  if (const Refusal r = CheckId(s.agents, command.agent); r != Refusal::kNone) return r;
  if (!IsNamed(command.reason)) return Refusal::kOutOfRange;
  if (FindSession(s.agents[command.agent], command.session) == nullptr) {
    return Refusal::kNotConnected;
  }
  const bool away =
      command.reason != DisconnectReason::kLocked && command.reason != DisconnectReason::kIdle;
  return away ? Refusal::kNone : Refusal::kNotADisconnect;
}
void Do(State& s, const Disconnect& command) {
  Agent& agent = s.agents[command.agent];
  std::erase_if(agent.sessions, [&](const Session& x) { return x.id == command.session; });
  s.Emit(SessionClosed{command.agent, command.session, command.reason});
  if (agent.sessions.empty()) s.Post(command.agent, PresenceTrigger::kDisconnect);
}

Refusal Check(const State& s, const SetActivity& command) {
  if (const Refusal r = CheckId(s.agents, command.agent); r != Refusal::kNone) return r;
  if (const Refusal r = CheckActivity(s, command.activity); r != Refusal::kNone) return r;
  const bool available = s.activities[command.activity.slot()].available;
  return command.reject_pending && available ? Refusal::kActivityAvailable : Refusal::kNone;
}
void Do(State& s, const SetActivity& command) {
  ChangeActivity(s, command.agent, command.activity, ActivityCause::kManual);
  if (command.reject_pending) RejectPending(s, command.agent);
}

Refusal Check(const State& s, const Logout& command) { return CheckId(s.agents, command.agent); }
void Do(State& s, const Logout& command) { s.Post(command.agent, PresenceTrigger::kLogOut); }

}  // namespace parley::internal
