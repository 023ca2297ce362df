// src/invite_commands.cc — one more agent is asked to join, and no longer asked.

#include "commands.h"
#include "effects.h"
#include "eligibility.h"

namespace parley::internal {
namespace {

// Whether the agent who is named could be offered it: nobody else will be.
Refusal CheckInvitee(const State& s, const Conversation& c, const Invite& command) {
  if (!command.to) return Refusal::kNone;
  if (SeatOf(s, c, command.to)) return Refusal::kAlreadyWithAgent;
  const Need& need = s.NeedOf(c.need);
  const QueueId queue = command.route.queue ? command.route.queue : need.queue;
  const SkillSet& skills = NamesNothing(command.route) ? need.extra : command.route.skills;
  const bool fits =
      Serves(s, s.queues[queue], command.to) && s.agents[command.to].skills.HasAll(skills);
  return fits ? Refusal::kNone : Refusal::kNotQualified;
}

// Both agents of the command are known, and who invites is in the channel.
Refusal CheckInviter(const State& s, ConversationId id, AgentId agent) {
  if (const Refusal r = CheckId(s.conversations, id); r != Refusal::kNone) return r;
  if (!agent) return Refusal::kNone;
  if (const Refusal r = CheckId(s.agents, agent); r != Refusal::kNone) return r;
  return SeatOf(s, s.conversations[id], agent) ? Refusal::kNone : Refusal::kNotOwner;
}

}  // namespace

Refusal Check(const State& s, const Invite& command) {
  if (const Refusal r = CheckInviter(s, command.conversation, command.agent); r != Refusal::kNone) {
    return r;
  }
  if (command.to) {
    if (const Refusal r = CheckId(s.agents, command.to); r != Refusal::kNone) return r;
  }
  if (const Refusal r = CheckRoute(s, command.route); r != Refusal::kNone) return r;
  // Those are the conversation's, which goes on beside it.
  if (command.route.workflow || !command.route.attributes.empty()) return Refusal::kOutOfRange;
  const Conversation& c = s.conversations[command.conversation];
  if (IsOver(c.state)) return Refusal::kGone;
  const bool held = c.live_task && s.tasks[c.live_task].state == TaskState::kAssigned;
  if (!held || !Allows<ChannelMachine>(c.state, ChannelTrigger::kInvite)) {
    return Refusal::kWrongState;
  }
  if (const Refusal r = CheckInvitee(s, c, command); r != Refusal::kNone) return r;
  if (c.invitation) return Refusal::kAlreadyInvited;
  const auto& limits = s.settings.limits;
  const bool room =
      s.tasks.size() < limits.tasks && c.guests.size + 1 < limits.agents_per_conversation;
  return room ? Refusal::kNone : Refusal::kLimitReached;
}
void Do(State& s, const Invite& command) {
  s.matter.invite = &command;
  s.Post(command.conversation, ChannelTrigger::kInvite);
}

Refusal Check(const State& s, const CancelInvite& command) {
  if (const Refusal r = CheckInviter(s, command.conversation, command.agent); r != Refusal::kNone) {
    return r;
  }
  const Conversation& c = s.conversations[command.conversation];
  if (IsOver(c.state)) return Refusal::kGone;
  return c.invitation ? Refusal::kNone : Refusal::kNotInvited;
}
void Do(State& s, const CancelInvite& command) {
  Uninvite(s, s.conversations[command.conversation], CancelReason::kApi);
}

}  // namespace parley::internal
