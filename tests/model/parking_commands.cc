// Commands by which agents let go of conversations and come back to them: leave, pause, resume,
// end.

#include <algorithm>

#include "model.h"

namespace parley::model {

// Whether this agent may let go of it now: his task must be assigned (E-41).
Refusal Model::MayLetGo(const Conversation& c, AgentId agent) const {
  if (c.state != ChannelState::kActive) return Refusal::kWrongState;
  const Task* live = tasks_.Find(c.live_task);
  const bool held =
      live != nullptr && live->state != TaskState::kPending && live->state != TaskState::kReserved;
  if (!held) return Refusal::kWrongState;
  const TaskId his = TaskOf(c, agent);
  if (!his) return Refusal::kNotOwner;
  return tasks_[his].state == TaskState::kAssigned ? Refusal::kNone : Refusal::kWrongState;
}

// R-VG: what the client that asks can do.
Refusal Model::BadSession(const Agent& agent, SessionId id, bool programmatic, bool pause,
                          Medium medium) const {
  if (id == SessionId{}) return Refusal::kNone;
  for (const Session& session : agent.sessions) {
    if (session.id != id) continue;
    if (!settings_.versions_gate) return Refusal::kNone;
    if (programmatic && !AllowsPrograms(session.version)) return Refusal::kNotInThisVersion;
    const bool can = pause ? CanPause(session.version, medium) : CanLeave(session.version, medium);
    return can ? Refusal::kNone : Refusal::kNotInThisVersion;
  }
  return Refusal::kNotConnected;
}

Refused Model::Take(const Leave& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  const bool by_host = !command.agent;
  if (!settings_.leave.enabled) return {Refusal::kFeatureOff};
  if (!by_host) {
    if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  }
  Conversation& c = conversations_[command.conversation];
  if (!by_host) {
    const Refusal bad =
        BadSession(agents_[command.agent], command.session, command.programmatic, false, c.medium);
    if (bad != Refusal::kNone) return {bad};
  }
  const AgentId agent = by_host ? c.participant : command.agent;
  if (by_host && !agent) return {Refusal::kWrongState};
  if (const Refusal bad = MayLetGo(c, agent); bad != Refusal::kNone) return {bad};
  if (by_host && !c.guests.empty()) return {Refusal::kSeveralAgents};
  const bool at_once = by_host || settings_.leave.mode == ParkMode::kCompleteNow;
  Task& task = tasks_[TaskOf(c, agent)];
  if (OneOfSeveral(task)) {  // E-36.
    at_once ? Finish(task) : WrapUp(task);
    return {};
  }
  RemoveParticipant(c);
  c.live_task = {};
  at_once ? Finish(task) : WrapUp(task);
  Announce(c, ChannelState::kInactive);
  StartLeave(c, agent);
  return {};
}

Refused Model::Take(const Pause& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  if (!settings_.pause.enabled) return {Refusal::kFeatureOff};
  Conversation& c = conversations_[command.conversation];
  const Agent& agent = agents_[command.agent];
  const Refusal old = BadSession(agent, command.session, command.programmatic, true, c.medium);
  if (old != Refusal::kNone) return {old};
  if (const Refusal bad = MayLetGo(c, command.agent); bad != Refusal::kNone) return {bad};
  if (!c.guests.empty()) return {Refusal::kSeveralAgents};
  if (agent.paused.size() >= settings_.pause.max_per_agent) return {Refusal::kTooManyPaused};
  Task& task = tasks_[c.live_task];
  RemoveParticipant(c);
  c.live_task = {};
  WrapUp(task);
  if (settings_.pause.mode == ParkMode::kCompleteNow) Finish(task);  // E-2.
  Announce(c, ChannelState::kPause);
  StartPause(c, command.agent);
  return {};
}

// E-8, R-RS-01.
Refusal Model::MayBeResumed(const Conversation& c, AgentId agent) const {
  if (c.state != ChannelState::kPause) return Refusal::kNotPaused;
  if (c.owner != agent) return Refusal::kNotOwner;
  const Agent& owner = agents_[agent];
  if (IsLoggedOut(agent) || owner.sessions.empty()) return Refusal::kAgentOffline;
  if (settings_.pause.resume_requires_available && !IsAvailable(owner)) {
    return Refusal::kAgentUnavailable;
  }
  const bool refuse = settings_.pause.resume_at_capacity == ResumeAtCapacity::kRefuse;
  if (refuse && !HasRoomToResume(c)) return Refusal::kAtCapacity;
  return Refusal::kNone;
}

Refused Model::Take(const Resume& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  Conversation& c = conversations_[command.conversation];
  if (c.state != ChannelState::kPause) return {Refusal::kNotPaused};
  if (c.owner != command.agent) return {Refusal::kNotOwner};
  const Refusal old =
      BadSession(agents_[command.agent], command.session, command.programmatic, true, c.medium);
  if (old != Refusal::kNone) return {old};
  if (const Refusal bad = MayBeResumed(c, command.agent); bad != Refusal::kNone) return {bad};
  if (tasks_.size() >= settings_.limits.tasks) return {Refusal::kLimitReached};
  DoResume(c);
  return {};
}

Refused Model::Take(const End& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  Conversation& c = conversations_[command.conversation];
  if (const Refusal bad = MayLetGo(c, command.agent); bad != Refusal::kNone) return {bad};
  WrapUp(tasks_[TaskOf(c, command.agent)]);
  return {};
}

Refused Model::Take(const Close& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  if (static_cast<size_t>(command.mode) >= kParkModeNames.size()) return {Refusal::kOutOfRange};
  Conversation& c = conversations_[command.conversation];
  if (c.ended) return {Refusal::kGone};
  OnClose(c, command.mode);
  return {};
}

}  // namespace parley::model
