// Offers: made, accepted, let go, taken back (B2).

#include <algorithm>

#include "model.h"

namespace parley::model {

void Model::TellReservation(const Reservation& r) {
  switch (r.state) {
    case ReservationState::kPending:
      return Emit(ReservationCreated{r.id, r.task, r.agent});
    case ReservationState::kOnHold:
      return Emit(ReservationOnHold{r.id, r.task, r.agent});
    case ReservationState::kAccepted:
      return Emit(ReservationAccepted{r.id, r.task, r.agent});
    case ReservationState::kWrapping:
      return Emit(ReservationWrapUp{r.id, r.task, r.agent});
    case ReservationState::kCompleted:
      return Emit(ReservationCompleted{r.id, r.task, r.agent});
    case ReservationState::kDeclined:
      return Emit(ReservationDeclined{r.id, r.task, r.agent});
    case ReservationState::kTimedOut:
      return Emit(ReservationTimedOut{r.id, r.task, r.agent});
    case ReservationState::kCanceled:
      return Emit(ReservationCanceled{r.id, r.task, r.agent});
    case ReservationState::kRescinded:
      return Emit(ReservationRescinded{r.id, r.task, r.agent});
  }
}

ReservationId Model::Offer(Task& task, AgentId id) {
  Agent& agent = agents_[id];
  Reservation& r = reservations_.Add();
  r.task = task.id;
  r.agent = id;
  r.medium = task.medium;
  r.created = now_;
  Duration stands = Duration::zero();
  if (task.step != 0) stands = workflows_[task.workflow].reservation_timeout;
  if (stands == Duration::zero()) stands = settings_.reservation.timeout;
  r.limit = Arm(now_ + stands, Due::kOffer, r.id.value);
  agent.last_reserved = now_;
  queues_[task.queue].asked_last = id.slot();
  if (task.waits_for == id) NoteWake(agent);
  agent.reservations.insert(agent.reservations.begin(), r.id);
  task.offers.insert(task.offers.begin(), r.id);
  if (task.state == TaskState::kPending) ++task.assignments;  // B1 T2: once for all of them.
  task.state = TaskState::kReserved;
  TellReservation(r);
  return r.id;
}

// His without being asked: Resume, Assign (E-40).
void Model::Give(Task& task, AgentId agent) {
  if (task.state == TaskState::kPending) StopWaiting(task);
  for (const ReservationId id : std::vector(task.offers)) {
    EndOffer(reservations_[id], ReservationState::kRescinded);
  }
  task.state = TaskState::kPending;
  AcceptOffer(reservations_[Offer(task, agent)]);
}

// B1 T9: the first yes rescinds the rest.
void Model::AcceptOffer(Reservation& r) {
  r.state = ReservationState::kAccepted;
  Disarm(r.limit);
  TellReservation(r);
  Task& task = tasks_[r.task];
  for (const ReservationId other : std::vector(task.offers)) {
    if (other != r.id) EndOffer(reservations_[other], ReservationState::kRescinded);
  }
  task.state = TaskState::kAssigned;
  task.agent = r.agent;
  agents_[r.agent].last_assigned = now_;
  Disarm(task.limit);
  Disarm(task.level_limit);
  Disarm(task.step_limit);
  Conversation& c = conversations_[task.conversation];
  if (!task.invitation) StartAnswer(c);
  const Duration most = settings_.task.max_assigned;
  if (most > Duration::zero()) task.limit = Arm(now_ + most, Due::kTaskLimit, task.id.value);
  if (task.invitation) return OnJoined(c, task);
  if (by_hand_) c.reroutes = 0;
  OnAccepted(c, task);
}

// The offer is over: its capacity is free.
void Model::Free(Reservation& r) {
  Disarm(r.limit);
  std::erase(agents_[r.agent].reservations, r.id);
  std::erase(tasks_[r.task].offers, r.id);
  over_reservations_.push_back(r.id);
}

void Model::EndOffer(Reservation& r, ReservationState how) {
  r.state = how;
  Free(r);
  TellReservation(r);
}

// When one who let a task go may be asked again (E-37).
Instant Model::NotBefore() const {
  const auto& rule = settings_.reservation;
  return rule.exclude_previous ? now_ + rule.retry_after : now_;
}

// B2 V4, V5: somebody else is asked (R-RV-02, E-37).
void Model::LetGo(Reservation& r, ReservationState how) {
  EndOffer(r, how);
  Task& task = tasks_[r.task];
  task.let_go[r.agent] = NotBefore();
  if (task.waits_for == r.agent) {
    task.waits_for = {};
    task.waits_until = {};
    task.over_by = 0;
  }
  Agent& agent = agents_[r.agent];
  if (how == ReservationState::kTimedOut) {
    const ActivityId to = RoleOf(ActivityRole::kTimeout);
    if (to) MoveTo(agent, to, ActivityCause::kReservationTimeout);
  } else if (decline_to_) {
    MoveTo(agent, decline_to_, ActivityCause::kDeclineOption);
  }
  Returned(task);
}

}  // namespace parley::model
