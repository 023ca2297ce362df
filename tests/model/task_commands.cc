// Commands about tasks and offers (B1, B2).

#include <algorithm>

#include "model.h"

namespace parley::model {

Refused Model::Take(const parley::CreateTask& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  Conversation& c = conversations_[command.conversation];
  if (const Refused bad = BadDirect(command.direct); bad != Refused()) return bad;
  if (const Refused bad = BadRoute(command.route); bad != Refused()) return bad;
  if (c.live_task) return {Refusal::kHasLiveTask};
  if (c.state != ChannelState::kActive) return {Refusal::kWrongState};
  if (tasks_.size() >= settings_.limits.tasks) return {Refusal::kLimitReached};
  SetRoute(c, command.route);
  Order order = UsualOrder(c);
  order.since = now_ - command.route.waited;
  Prefer(order, command.direct);
  SendOn(c, order);
  return {};
}

Refused Model::Take(const IgnoreRouting& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  Conversation& c = conversations_[command.conversation];
  if (!c.asked) return {Refusal::kNotAsked};
  StopAsking(c);
  MakeOrphan(c);
  return {};
}

// B1 T17.
Refused Model::Take(const UpdateTask& command) {
  if (const Refusal bad = Missing(tasks_, command.task); bad != Refusal::kNone) return {bad};
  Task& task = tasks_[command.task];
  if (IsOver(task.state)) return {Refusal::kGone};
  const bool open = task.state == TaskState::kPending || task.state == TaskState::kReserved;
  if (!open || task.invitation) return {Refusal::kWrongState};
  if (const Refused bad = BadRoute(command.route); bad != Refused()) return bad;
  Conversation& c = conversations_[task.conversation];
  const Route& route = command.route;
  const QueueId queue = task.queue;
  SetRoute(c, route);
  if (NamesAny(route)) {
    LeaveWorkflow(task);
    task.workflow = c.workflow;
    task.queue = c.queue;
    task.skills = c.skills;
    task.priority = c.priority;
  }
  task.since -= route.waited;
  c.since = task.since;
  Emit(TaskUpdated{task.id, task.queue, task.priority});
  if (task.queue != queue || route.waited != Duration::zero()) WatchLevelAnew(task);
  if (task.state == TaskState::kPending) {
    StopWaiting(task);
    SendThrough(task);
    return {};
  }
  if (task.workflow) {  // Where it goes is found when the offer fails.
    LeaveWorkflow(task);
    return {};
  }
  for (const ReservationId id : std::vector(task.offers)) {
    Reservation& r = reservations_[id];
    if (Fits(task, agents_[r.agent])) continue;
    EndOffer(r, ReservationState::kRescinded);
    Returned(task);
  }
  return {};
}

Refused Model::Take(const CancelTask& command) {
  if (const Refusal bad = Missing(tasks_, command.task); bad != Refusal::kNone) return {bad};
  Task& task = tasks_[command.task];
  if (IsOver(task.state)) return {Refusal::kGone};
  if (task.state != TaskState::kPending && task.state != TaskState::kReserved) {
    return {Refusal::kWrongState};  // B1 T14.
  }
  Cancel(task, CancelReason::kApi);
  return {};
}

Refused Model::Take(const parley::Complete& command) {
  if (const Refusal bad = Missing(tasks_, command.task); bad != Refusal::kNone) return {bad};
  Task& task = tasks_[command.task];
  if (IsOver(task.state)) return {Refusal::kGone};
  const bool held = task.state == TaskState::kAssigned || task.state == TaskState::kWrapping;
  if (!held) return {Refusal::kWrongState};
  if (command.agent) {
    if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  }
  if (command.agent && command.agent != task.agent) return {Refusal::kNotOwner};
  Finish(task);
  return {};
}

Refused Model::Take(const Accept& command) {
  if (const Refusal bad = Missing(reservations_, command.reservation); bad != Refusal::kNone) {
    return {bad};
  }
  Reservation& r = reservations_[command.reservation];
  if (r.state != ReservationState::kPending) return {Refusal::kWrongState};
  if (!command.hold) {
    AcceptOffer(r);
    return {};
  }
  r.state = ReservationState::kOnHold;  // P6.
  Disarm(r.limit);
  r.limit = Arm(now_ + settings_.reservation.hold_limit, Due::kOffer, r.id.value);
  TellReservation(r);
  for (const ReservationId other : std::vector(tasks_[r.task].offers)) {
    if (other != r.id) EndOffer(reservations_[other], ReservationState::kRescinded);
  }
  return {};
}

Refused Model::Take(const Decline& command) {
  if (const Refusal bad = Missing(reservations_, command.reservation); bad != Refusal::kNone) {
    return {bad};
  }
  Reservation& r = reservations_[command.reservation];
  if (r.state != ReservationState::kPending) return {Refusal::kWrongState};
  if (command.activity) {
    const Refusal bad = Missing(activities_, command.activity);
    if (bad != Refusal::kNone) return {bad};
  }
  decline_to_ = command.activity;
  LetGo(r, ReservationState::kDeclined);
  decline_to_ = {};
  return {};
}

Refused Model::Take(const MediaReady& command) {
  if (const Refusal bad = Missing(reservations_, command.reservation); bad != Refusal::kNone) {
    return {bad};
  }
  Reservation& r = reservations_[command.reservation];
  if (r.state != ReservationState::kOnHold) return {Refusal::kWrongState};
  AcceptOffer(r);
  return {};
}

Refused Model::Take(const MediaFailed& command) {
  if (const Refusal bad = Missing(reservations_, command.reservation); bad != Refusal::kNone) {
    return {bad};
  }
  Reservation& r = reservations_[command.reservation];
  if (r.state != ReservationState::kOnHold) return {Refusal::kWrongState};
  EndOffer(r, ReservationState::kCanceled);
  Returned(tasks_[r.task]);
  return {};
}

}  // namespace parley::model
