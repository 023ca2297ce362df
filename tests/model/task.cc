// The life of a task: it waits, is offered, is worked on, ends (B1).

#include <algorithm>

#include "model.h"

namespace parley::model {

Task& Model::MakeTask(Conversation& c, const Order& order, bool invitation) {
  Task& task = tasks_.Add();
  task.conversation = c.id;
  task.medium = c.medium;
  task.queue = order.queue;
  task.skills = order.skills;
  task.priority = order.priority;
  task.workflow = order.workflow;
  task.created = now_;
  task.since = order.since;
  task.waits_for = order.agent;
  task.waits_until = order.until;
  task.over_by = order.over_by;
  for (const auto& [agent, until] : c.silent) {
    if (!invitation) task.let_go[agent] = until;
  }
  for (const auto& [agent, until] : order.excluded) {  // The later of both.
    Instant& at = task.let_go.try_emplace(agent, until).first->second;
    at = std::max(at, until);
  }
  task.never = order.never;
  task.previous = c.last_task;
  task.invitation = invitation;
  task.number = ++tasks_made_;
  task.limit = Arm(now_ + settings_.task.ttl, Due::kTaskLimit, task.id.value);
  c.last_task = task.id;
  ++c.open_tasks;
  if (invitation) {
    c.invitation = task.id;
  } else {
    c.live_task = task.id;
    c.since = task.since;
    ++c.reroutes;
  }
  Emit(TaskCreated{task.id, c.id, task.queue, task.medium, task.previous, task.priority,
                   invitation});
  return task;
}

// It waits in its line, or goes on waiting.
void Model::Enter(Task& task) {
  Disarm(task.wait);
  task.state = TaskState::kPending;
  if (task.waits_for && agents_.Find(task.waits_for) == nullptr) {
    task.waits_for = {};
    task.waits_until = {};
    task.over_by = 0;
  }
  const Instant until = WaitsUntil(task);
  Emit(TaskQueued{task.id, task.queue, task.waits_for, until == Instant::max() ? Instant() : until,
                  task.priority, task.over_by});
  if (!task.level_limit) WatchLevel(task);
  ArmWait(task);
}

// For one who is logged out it waits no longer than work waits after logout.
Instant Model::WaitsUntil(const Task& task) const {
  if (!task.waits_for) return Instant::max();
  const auto& logout = settings_.logout;
  const bool sent_back = logout.waiting_work == WorkAtLogout::kRequeue;
  if (!sent_back || !IsLoggedOut(task.waits_for)) return task.waits_until;
  return std::min(task.waits_until, now_ + logout.requeue_after);
}

// Until the one for whom it waits has had his time; or until somebody may be asked again.
void Model::ArmWait(Task& task) {
  Disarm(task.wait);
  Instant wait = Instant::max();
  if (task.waits_for) {
    wait = WaitsUntil(task);
  } else {
    for (const auto& [agent, until] : task.let_go) {
      if (std::ranges::count(task.never, agent) > 0) continue;  // Nothing to wait for.
      if (until > now_) wait = std::min(wait, until);
    }
  }
  if (wait != Instant::max()) task.wait = Arm(wait, Due::kTaskWait, task.id.value);
}

void Model::StopWaiting(Task& task) { Disarm(task.wait); }

void Model::OnTaskWait(Task& task) {
  task.wait = {};
  if (task.waits_for) return EndWait(task);
  ArmWait(task);
}

// The one for whom it waited has had his time: it is anyone's.
void Model::EndWait(Task& task) {
  if (task.for_one) return Cancel(task, CancelReason::kNotAccepted);
  task.waits_for = {};
  task.waits_until = {};
  task.over_by = 0;
  task.step == 0 ? SendThrough(task) : Enter(task);
}

// B1 T10, T11: an offer ended without an agent who has it.
void Model::Returned(Task& task) {
  if (!task.offers.empty()) return;
  task.state = TaskState::kPending;
  if (task.assignments >= settings_.task.max_assignments) {
    return Cancel(task, CancelReason::kMaxAssignments);  // B1 T7.
  }
  if (task.for_one) return Cancel(task, CancelReason::kNotAccepted);
  if (task.step_over) return LeaveStepByTime(task);
  if (task.step == 0 && task.workflow && !task.waits_for) return SendThrough(task);
  Enter(task);
  std::erase(returned_, task.id);
  returned_.push_back(task.id);
}

// It came back, and nobody else can be asked now (E-37).
void Model::OnNobodyElse(Task& task) {
  if (!task.invitation) {
    return Reroute(conversations_[task.conversation], RerouteCause::kNobodyElse);
  }
  if (!task.waits_for) Cancel(task, CancelReason::kNotAccepted);
}

void Model::Cancel(Task& task, CancelReason reason) {
  StopWaiting(task);
  for (const ReservationId id : std::vector(task.offers)) {
    EndOffer(reservations_[id], ReservationState::kCanceled);
  }
  task.state = TaskState::kCanceled;
  task.reason = reason;
  Emit(TaskCanceled{task.id, reason});
  if (task.invitation) Emit(InvitationFailed{task.conversation, task.id, reason});
  Retire(task);
}

// Its agent is done with the customer (B1 T12).
void Model::WrapUp(Task& task) {
  Reservation& r = reservations_[task.offers.front()];
  r.state = ReservationState::kWrapping;
  TellReservation(r);
  Disarm(task.limit);
  Disarm(task.answer);
  const bool several = OneOfSeveral(task);
  task.state = TaskState::kWrapping;
  if (several) StepOut(task);
  Emit(TaskWrapUp{task.id, task.agent});
  const Duration most = settings_.For(task.medium).wrap_up_limit;
  if (most > Duration::zero()) task.limit = Arm(now_ + most, Due::kTaskLimit, task.id.value);
  Conversation& c = conversations_[task.conversation];
  c.unread = 0;
  if (!several) Uninvite(task);
}

// Its agent is done (B1 T13).
void Model::Finish(Task& task) {
  Reservation& r = reservations_[task.offers.front()];
  agents_[r.agent].last_released = now_;
  const bool several = task.state == TaskState::kAssigned && OneOfSeveral(task);
  const bool assigned = task.state == TaskState::kAssigned;
  EndOffer(r, ReservationState::kCompleted);
  task.state = TaskState::kCompleted;
  if (several) StepOut(task);
  Emit(TaskCompleted{task.id, task.agent});
  if (assigned && !several) Uninvite(task);
  Retire(task);
}

// It is over: its channel hears of it, and it can be looked up for a while (E-23).
void Model::Retire(Task& task) {
  Disarm(task.limit);
  Disarm(task.wait);
  Disarm(task.level_limit);
  Disarm(task.answer);
  Disarm(task.step_limit);
  Conversation& c = conversations_[task.conversation];
  --c.open_tasks;
  const Duration kept = settings_.task.retention;
  if (kept == Duration::zero()) {
    over_tasks_.push_back(task.id);
  } else {
    task.limit = Arm(now_ + kept, Due::kTaskLimit, task.id.value);
  }
  if (c.invitation == task.id) c.invitation = {};
  if (c.live_task == task.id) {
    c.live_task = {};
    if (task.state == TaskState::kCanceled) {
      OnTaskCanceled(c);
    } else {
      OnTaskDone(c);
    }
  }
  DropIfOver(c);
}

void Model::OnTaskLimit(Task& task) {
  task.limit = {};
  switch (task.state) {
    case TaskState::kPending:
    case TaskState::kReserved:
      return Cancel(task, CancelReason::kTtl);  // B1 T6.
    case TaskState::kAssigned:                  // B1 T15, P20.
      if (OneOfSeveral(task)) return Finish(task);
      return OnTakenAway(conversations_[task.conversation], RerouteCause::kOverdue);
    case TaskState::kWrapping:  // P3.
      Emit(WrapUpExpired{task.id, task.agent});
      return Finish(task);
    case TaskState::kCompleted:
    case TaskState::kCanceled:
      return tasks_.Remove(task.id);  // B1 T16.
  }
}

// Its agent is not alone in the channel (E-36).
bool Model::OneOfSeveral(const Task& task) const {
  const Conversation& c = conversations_[task.conversation];
  return task.guest || (c.live_task == task.id && !c.guests.empty());
}

// Its agent goes, others stay: if his is the live task, the oldest guest's is now (P17).
void Model::StepOut(Task& task) {
  Conversation& c = conversations_[task.conversation];
  if (c.live_task == task.id) PassLive(c);
  std::erase(c.guests, task.id);
  task.guest = false;
  Emit(ParticipantLeft{c.id, task.agent});
}

// Nobody is left in the channel to whom somebody could come.
void Model::Uninvite(Task& task) {
  Conversation& c = conversations_[task.conversation];
  if (c.invitation) Cancel(tasks_[c.invitation], CancelReason::kUninvited);
}

}  // namespace parley::model
