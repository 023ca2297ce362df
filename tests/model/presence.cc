// What becomes of an agent's activity and of his work when he goes (B3, E-33, E-34).

#include <algorithm>

#include "model.h"

namespace parley::model {

bool Model::IsAvailable(const Agent& agent) const { return activities_[agent.activity].available; }

bool Model::IsHere(AgentId id) const {
  const Agent* agent = agents_.Find(id);
  return agent != nullptr && agent->presence != PresenceState::kRemoved;
}

bool Model::IsLoggedOut(AgentId id) const {
  return agents_[id].activity == RoleOf(ActivityRole::kLogout);
}

void Model::MoveTo(Agent& agent, ActivityId to, ActivityCause cause) {
  const ActivityId from = agent.activity;
  if (from == to) return;
  const Duration spent = now_ - agent.activity_since;
  agent.spent[from] += spent;
  agent.activity = to;
  agent.activity_since = now_;
  Emit(ActivityChanged{agent.id, from, to, cause, spent});
  Disarm(agent.requeue);
  for (Task* task : Waiting()) {
    if (task->waits_for == agent.id) ArmWait(*task);
  }
  if (to != RoleOf(ActivityRole::kLogout)) return;
  const auto& logout = settings_.logout;
  const bool any = logout.assigned_work == WorkAtLogout::kRequeue ||
                   logout.paused_work == WorkAtLogout::kRequeue;
  if (any)
    agent.requeue = Arm(now_ + settings_.logout.requeue_after, Due::kRequeue, agent.id.value);
}

void Model::LogOut(Agent& agent, ActivityCause cause) {
  MoveTo(agent, RoleOf(ActivityRole::kLogout), cause);
}

void Model::RejectPending(Agent& agent) {
  if (!settings_.logout.reject_pending) return;
  for (const ReservationId id : std::vector(agent.reservations)) {
    Reservation& r = reservations_[id];
    if (r.state == ReservationState::kPending) LetGo(r, ReservationState::kDeclined);
  }
}

// He has been logged out for as long as his work waits for him.
void Model::RequeueWork(Agent& agent) {
  const auto& logout = settings_.logout;
  if (logout.assigned_work == WorkAtLogout::kRequeue) {
    for (const ReservationId id : std::vector(agent.reservations)) {
      Reservation* r = reservations_.Find(id);
      if (r == nullptr) continue;
      Task& task = tasks_[r->task];
      if (r->state == ReservationState::kAccepted) {
        if (OneOfSeveral(task)) {
          Finish(task);
        } else {
          OnTakenAway(conversations_[task.conversation], RerouteCause::kAgentGone);
        }
      } else if (r->state == ReservationState::kWrapping) {
        Finish(task);
      }
    }
  }
  if (logout.paused_work == WorkAtLogout::kRequeue) {
    for (const ConversationId id : std::vector(agent.paused)) {
      Requeue(conversations_[id], PauseEnd::kOwnerLoggedOut);
    }
  }
}

// All that he holds goes to others: he is about to be removed.
void Model::ReleaseWork(Agent& agent) {
  for (const ReservationId id : std::vector(agent.reservations)) {
    Reservation& r = reservations_[id];
    Task& task = tasks_[r.task];
    if (IsOver(r.state)) continue;
    if (r.state == ReservationState::kWrapping) {
      Finish(task);
    } else if (r.state == ReservationState::kAccepted) {
      if (OneOfSeveral(task)) {
        Finish(task);
      } else {
        OnTakenAway(conversations_[task.conversation], RerouteCause::kAgentGone);
      }
    } else {
      EndOffer(r, ReservationState::kRescinded);
      Returned(task);
    }
  }
  for (const ConversationId id : std::vector(agent.paused)) {
    Requeue(conversations_[id], PauseEnd::kOwnerRemoved);
  }
}

// What waits for him alone is anyone's.
void Model::SendBackWaiting(AgentId agent) {
  for (Task* task : Waiting()) {
    if (task->waits_for != agent || task->state != TaskState::kPending) continue;
    EndWait(*task);
  }
}

}  // namespace parley::model
