// src/supervisor_commands.cc — a supervisor moves conversations between agents.

#include <algorithm>

#include "commands.h"
#include "lists.h"

namespace parley::internal {
namespace {

Refusal CheckNewTask(const State& s) {
  return s.tasks.size() < s.settings.limits.tasks ? Refusal::kNone : Refusal::kLimitReached;
}

bool Waits(TaskState state) {
  return state == TaskState::kPending || state == TaskState::kReserved;
}

Refusal CheckAssignLive(const State& s, const Task& task, AgentId agent) {
  const Reservation* his = s.reservations.Find(ReservationFor(s, task, agent));
  const bool has = his != nullptr && his->state != ReservationState::kPending;
  if (has) return Refusal::kAlreadyWithAgent;
  return Waits(task.state) ? Refusal::kNone : Refusal::kWrongState;
}

}  // namespace

Refusal Check(const State& s, const Reassign& command) {
  if (const Refusal r = CheckId(s.conversations, command.conversation); r != Refusal::kNone) {
    return r;
  }
  if (command.to) {
    if (const Refusal r = CheckId(s.agents, command.to); r != Refusal::kNone) return r;
  }
  if (const Refusal r = CheckRoute(s, command.route); r != Refusal::kNone) return r;
  const Conversation& c = s.conversations[command.conversation];
  if (IsOver(c.state)) return Refusal::kGone;
  if (!Allows<ChannelMachine>(c.state, ChannelTrigger::kReassign)) return Refusal::kWrongState;
  if (c.live_task && Waits(s.tasks[c.live_task].state)) return Refusal::kWrongState;
  if (c.guests.size > 0) return Refusal::kSeveralAgents;
  if (command.to && command.to == c.participant) return Refusal::kAlreadyWithAgent;
  return CheckNewTask(s);
}
void Do(State& s, const Reassign& command) {
  Conversation& c = s.conversations[command.conversation];
  ApplyRoute(s, c, command.route);
  PreferAgent(s, c, command.to);
  c.since = std::max(c.since - command.route.waited, kEarliest);
  s.matter.plan.keep_age = true;
  const AgentId had = c.owner ? c.owner : c.participant;
  if (had && had != command.to) {
    s.matter.plan.exclude = had;
    s.matter.plan.exclude_until = s.time + s.settings.reservation.retry_after;
  }
  s.matter.pause_end = PauseEnd::kReassigned;
  s.Post(command.conversation, ChannelTrigger::kReassign);
}

Refusal Check(const State& s, const Assign& command) {
  if (const Refusal r = CheckBoth(s, command.conversation, command.agent); r != Refusal::kNone) {
    return r;
  }
  const Conversation& c = s.conversations[command.conversation];
  if (IsOver(c.state)) return Refusal::kGone;
  if (c.live_task) return CheckAssignLive(s, s.tasks[c.live_task], command.agent);
  if (!Allows<ChannelMachine>(c.state, ChannelTrigger::kAssign)) return Refusal::kWrongState;
  return CheckNewTask(s);
}
void Do(State& s, const Assign& command) {
  s.matter.by_hand = true;
  const Conversation& c = s.conversations[command.conversation];
  s.matter.chosen = command.agent;
  if (!c.live_task) {
    s.matter.plan.keep_age = true;
    s.matter.pause_end = PauseEnd::kReassigned;
    return s.Post(command.conversation, ChannelTrigger::kAssign);
  }
  const ReservationId his = ReservationFor(s, s.tasks[c.live_task], command.agent);
  if (!his) return s.Post(c.live_task, TaskTrigger::kTake);
  s.Post(his, ReservationTrigger::kAccept);  // It is offered to him already.
}

}  // namespace parley::internal
