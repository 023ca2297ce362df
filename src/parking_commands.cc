// src/parking_commands.cc — an agent leaves, pauses and resumes.

#include <algorithm>

#include "capacity.h"
#include "commands.h"
#include "effects.h"

namespace parley::internal {
namespace {

enum class Act { kLeave, kPause, kResume };

// The version gate (R-VG): what the client that asks may do. No session is named: no gate.
Refusal CheckClient(const State& s, const Conversation& c, Act act, AgentId agent_id,
                    SessionId session_id, bool programmatic) {
  if (session_id == SessionId{}) return Refusal::kNone;
  const Agent& agent = s.agents[agent_id];
  const auto session = std::ranges::find(agent.sessions, session_id, &Session::id);
  if (session == agent.sessions.end()) return Refusal::kNotConnected;
  if (!s.settings.versions_gate) return Refusal::kNone;
  const bool can = act == Act::kLeave ? CanLeave(session->version, c.medium)
                                      : CanPause(session->version, c.medium);
  const bool allowed = can && (!programmatic || AllowsPrograms(session->version));
  return allowed ? Refusal::kNone : Refusal::kNotInThisVersion;
}

bool IsLoggedOut(const State& s, const Agent& agent) {
  return agent.activity == s.RoleOf(ActivityRole::kLogout);
}

}  // namespace

Refusal Check(const State& s, const Leave& command) {
  if (const Refusal r = CheckId(s.conversations, command.conversation); r != Refusal::kNone) {
    return r;
  }
  const Conversation& c = s.conversations[command.conversation];
  if (!s.settings.leave.enabled) return Refusal::kFeatureOff;
  AgentId agent = command.agent;
  if (!agent) {  // The host's own: for whoever has it (E-35).
    agent = c.participant;
  } else {
    if (const Refusal r = CheckId(s.agents, agent); r != Refusal::kNone) return r;
    if (const Refusal r =
            CheckClient(s, c, Act::kLeave, agent, command.session, command.programmatic);
        r != Refusal::kNone) {
      return r;
    }
  }
  if (const Refusal r = CheckHeld(s, c, agent, ChannelTrigger::kLeave); r != Refusal::kNone) {
    return r;
  }
  return command.agent || c.guests.size == 0 ? Refusal::kNone : Refusal::kSeveralAgents;
}
void Do(State& s, const Leave& command) {
  s.matter.at_once = !command.agent || s.settings.leave.mode == ParkMode::kCompleteNow;
  const Conversation& c = s.conversations[command.conversation];
  if (c.guests.size == 0) return s.Post(command.conversation, ChannelTrigger::kLeave);
  s.Post(s.tasks[SeatOf(s, c, command.agent)].reservation,
         s.matter.at_once ? ReservationTrigger::kComplete : ReservationTrigger::kWrapUp);
}

Refusal Check(const State& s, const Pause& command) {
  if (const Refusal r = CheckBoth(s, command.conversation, command.agent); r != Refusal::kNone) {
    return r;
  }
  if (!s.settings.pause.enabled) return Refusal::kFeatureOff;
  const Conversation& c = s.conversations[command.conversation];
  if (const Refusal r =
          CheckClient(s, c, Act::kPause, command.agent, command.session, command.programmatic);
      r != Refusal::kNone) {
    return r;
  }
  if (const Refusal r = CheckHeld(s, c, command.agent, ChannelTrigger::kPause);
      r != Refusal::kNone) {
    return r;
  }
  if (c.guests.size > 0) return Refusal::kSeveralAgents;
  const uint32_t paused = s.agents[command.agent].paused.size;
  return paused < s.settings.pause.max_per_agent ? Refusal::kNone : Refusal::kTooManyPaused;
}
void Do(State& s, const Pause& command) {
  s.matter.at_once = s.settings.pause.mode == ParkMode::kCompleteNow;
  s.Post(command.conversation, ChannelTrigger::kPause);
}

Refusal CheckResume(const State& s, const Conversation& c) {
  const Agent& owner = s.agents[c.owner];
  if (owner.sessions.empty() || IsLoggedOut(s, owner)) return Refusal::kAgentOffline;
  const auto& rule = s.settings.pause;
  if (rule.resume_requires_available && !IsAvailable(s, owner)) return Refusal::kAgentUnavailable;
  const bool refused =
      rule.resume_at_capacity == ResumeAtCapacity::kRefuse && !HasRoom(s, owner, c.medium);
  return refused ? Refusal::kAtCapacity : Refusal::kNone;
}

Refusal Check(const State& s, const Resume& command) {
  if (const Refusal r = CheckBoth(s, command.conversation, command.agent); r != Refusal::kNone) {
    return r;
  }
  const Conversation& c = s.conversations[command.conversation];
  if (!Allows<ChannelMachine>(c.state, ChannelTrigger::kResume)) return Refusal::kNotPaused;
  if (c.owner != command.agent) return Refusal::kNotOwner;
  if (const Refusal r =
          CheckClient(s, c, Act::kResume, command.agent, command.session, command.programmatic);
      r != Refusal::kNone) {
    return r;
  }
  if (const Refusal r = CheckResume(s, c); r != Refusal::kNone) return r;
  return s.tasks.size() < s.settings.limits.tasks ? Refusal::kNone : Refusal::kLimitReached;
}
void Do(State& s, const Resume& command) {
  s.matter.by_hand = true;
  s.Post(command.conversation, ChannelTrigger::kResume);
}

}  // namespace parley::internal
