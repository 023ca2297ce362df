// Transfer, reassign, assign, and several agents in one channel (C14, E-36, P16).

#include <algorithm>

#include "model.h"

namespace parley::model {

// To one agent first, if he is available and fits: for one offer's time-out; then to anyone.
void Model::PreferIfThere(Order& order, AgentId to, const Conversation& c) {
  if (!to) return;
  Task probe;
  probe.conversation = c.id;
  probe.queue = order.queue;
  probe.skills = order.skills;
  probe.medium = c.medium;
  if (!IsAvailable(agents_[to]) || !Fits(probe, agents_[to])) return;
  order.agent = to;
  order.until = now_ + settings_.reservation.timeout;
}

Refused Model::Take(const Transfer& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  if (command.to) {
    if (const Refusal bad = Missing(agents_, command.to); bad != Refusal::kNone) return {bad};
  }
  Conversation& c = conversations_[command.conversation];
  if (command.to == command.agent) return {Refusal::kOutOfRange};
  if (const Refused bad = BadRoute(command.route); bad != Refused()) return bad;
  if (const Refusal bad = MayLetGo(c, command.agent); bad != Refusal::kNone) return {bad};
  if (!c.guests.empty()) return {Refusal::kSeveralAgents};
  if (tasks_.size() >= settings_.limits.tasks) return {Refusal::kLimitReached};
  Task& task = tasks_[c.live_task];
  RemoveParticipant(c);
  c.live_task = {};
  WrapUp(task);
  Announce(c, ChannelState::kTransfer);
  SetRoute(c, command.route);
  Order order = UsualOrder(c);
  order.since = now_ - command.route.waited;
  order.excluded[command.agent] = now_ + settings_.reservation.retry_after;
  PreferIfThere(order, command.to, c);
  SendOn(c, order);
  return {};
}

Refused Model::Take(const Reassign& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  Conversation& c = conversations_[command.conversation];
  if (command.to) {
    if (const Refusal bad = Missing(agents_, command.to); bad != Refusal::kNone) return {bad};
  }
  if (const Refused bad = BadRoute(command.route); bad != Refused()) return bad;
  Task* live = tasks_.Find(c.live_task);
  const bool waits = live != nullptr &&
                     (live->state == TaskState::kPending || live->state == TaskState::kReserved);
  if (c.ended) return {Refusal::kGone};
  if (c.state == ChannelState::kSetup || waits) return {Refusal::kWrongState};
  const AgentId had = c.state == ChannelState::kPause ? c.owner : c.participant;
  if (!c.guests.empty()) return {Refusal::kSeveralAgents};
  if (command.to && command.to == c.participant) return {Refusal::kAlreadyWithAgent};
  if (tasks_.size() >= settings_.limits.tasks) return {Refusal::kLimitReached};
  if (c.state == ChannelState::kInactive) {
    StopLimit(c);
    Announce(c, ChannelState::kActive);
  } else if (c.state == ChannelState::kPause) {
    EndPauseFor(c, command.route);
  } else if (live != nullptr) {
    RemoveParticipant(c);
    c.live_task = {};
    Finish(*live);
  }
  SetRoute(c, command.route);
  Order order = UsualOrder(c);
  order.since = c.since - command.route.waited;
  if (had && had != command.to) order.excluded[had] = now_ + settings_.reservation.retry_after;
  PreferIfThere(order, command.to, c);
  SendOn(c, order);
  return {};
}

// A supervisor ends the pause: it goes where the route says.
void Model::EndPauseFor(Conversation& c, const Route& route) {
  SetRoute(c, route);
  EndPause(c, PauseEnd::kReassigned);
}

Refused Model::Take(const Assign& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  Conversation& c = conversations_[command.conversation];
  if (c.ended) return {Refusal::kGone};
  if (c.state == ChannelState::kSetup) return {Refusal::kWrongState};
  Task* live = tasks_.Find(c.live_task);
  if (live != nullptr &&
      (live->state == TaskState::kAssigned || live->state == TaskState::kWrapping)) {
    return {live->agent == command.agent ? Refusal::kAlreadyWithAgent : Refusal::kWrongState};
  }
  if (live != nullptr) {
    for (const ReservationId id : live->offers) {
      Reservation& r = reservations_[id];
      if (r.agent != command.agent) continue;
      if (r.state == ReservationState::kOnHold) return {Refusal::kAlreadyWithAgent};
      AcceptOffer(r);
      return {};
    }
    Give(*live, command.agent);
    return {};
  }
  if (tasks_.size() >= settings_.limits.tasks) return {Refusal::kLimitReached};
  if (c.state == ChannelState::kInactive) {
    StopLimit(c);
    Announce(c, ChannelState::kActive);
  } else if (c.state == ChannelState::kPause) {
    EndPause(c, PauseEnd::kReassigned);
  }
  StopAsking(c);
  Order order = UsualOrder(c);
  order.since = c.since;
  Give(MakeTask(c, order, false), command.agent);
  return {};
}

Refused Model::Take(const Invite& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  if (command.agent) {
    if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  }
  Conversation& c = conversations_[command.conversation];
  const Task* his = tasks_.Find(TaskOf(c, command.agent));
  if (command.agent && (his == nullptr || his->state != TaskState::kAssigned)) {
    return {Refusal::kNotOwner};
  }
  if (command.to) {
    if (const Refusal bad = Missing(agents_, command.to); bad != Refusal::kNone) return {bad};
  }
  if (const Refused bad = BadRoute(command.route); bad != Refused()) return bad;
  if (command.route.workflow || !command.route.attributes.empty()) return {Refusal::kOutOfRange};
  if (c.ended) return {Refusal::kGone};
  const Task* live = tasks_.Find(c.live_task);
  if (c.state != ChannelState::kActive || live == nullptr || live->state != TaskState::kAssigned) {
    return {Refusal::kWrongState};
  }
  if (command.to && TaskOf(c, command.to)) return {Refusal::kAlreadyWithAgent};
  Order order = UsualOrder(c);
  order.workflow = {};
  const Route& route = command.route;
  if (route.queue || !route.skills.empty() || route.priority != 0) {
    if (route.queue) order.queue = route.queue;
    order.skills = route.skills;
    order.priority = route.priority;
  }
  order.since = now_ - route.waited;
  if (command.to) {
    Task probe;
    probe.conversation = c.id;
    probe.queue = order.queue;
    probe.skills = order.skills;
    probe.medium = c.medium;
    if (!Fits(probe, agents_[command.to])) return {Refusal::kNotQualified};
    order.agent = command.to;
    order.until = Instant::max();
  }
  if (c.invitation) return {Refusal::kAlreadyInvited};
  if (c.guests.size() + 2 > settings_.limits.agents_per_conversation ||
      tasks_.size() >= settings_.limits.tasks) {
    return {Refusal::kLimitReached};
  }
  order.never = Participants(c.id);
  Task& task = MakeTask(c, order, true);
  task.for_one = static_cast<bool>(command.to);
  if (command.agent) task.invited_by = command.agent;
  task.hand_over = command.hand_over;
  Enter(task);
  return {};
}

Refused Model::Take(const CancelInvite& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  if (command.agent) {
    if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  }
  Conversation& c = conversations_[command.conversation];
  const Task* his = tasks_.Find(TaskOf(c, command.agent));
  if (command.agent && (his == nullptr || his->state != TaskState::kAssigned)) {
    return {Refusal::kNotOwner};
  }
  if (c.ended) return {Refusal::kGone};
  if (!c.invitation) return {Refusal::kNotInvited};
  Cancel(tasks_[c.invitation], CancelReason::kApi);
  return {};
}

}  // namespace parley::model
