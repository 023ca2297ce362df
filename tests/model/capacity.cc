// Who has room: per medium, and in a budget shared by all media (B3, P13).

#include <algorithm>

#include "model.h"

namespace parley::model {

uint32_t Model::Count(const Agent& agent, Medium medium, ReservationState state) const {
  uint32_t count = 0;
  for (const ReservationId id : agent.reservations) {
    const Reservation& r = reservations_[id];
    if (r.medium == medium && r.state == state) ++count;
  }
  return count;
}

// B3: from the offer on, wrap-up included if the settings say so (E-5, E-19).
uint32_t Model::Used(const Agent& agent, Medium medium) const {
  uint32_t used = 0;
  for (const ReservationId id : agent.reservations) {
    const Reservation& r = reservations_[id];
    const bool counts =
        r.state != ReservationState::kWrapping || settings_.task.wrapping_uses_capacity;
    if (r.medium == medium && counts) ++used;
  }
  return used;
}

// B3: a free place on the medium.
bool Model::HasRoom(const Agent& agent, Medium medium, uint32_t over_by) const {
  const Desk& desk = agent.desks[static_cast<size_t>(medium)];
  if (Used(agent, medium) >= uint64_t{desk.configured} + over_by) return false;
  return FitsBudget(agent, medium, over_by);
}

// Tasks of media that may be interrupted by this one cost nothing beside it.
bool Model::FitsBudget(const Agent& agent, Medium medium, uint32_t over_by) const {
  const uint64_t cost = settings_.For(medium).cost;
  if (agent.budget == 0) return true;
  uint64_t spent = 0;
  for (size_t m = 0; m < kMedia; ++m) {
    const auto& other = settings_.media[m];
    if (other.interrupted_by.Has(medium)) continue;
    spent += uint64_t{Used(agent, static_cast<Medium>(m))} * other.cost;
  }
  return spent + cost <= agent.budget + over_by * cost;
}

// P13: while a task of a medium that goes first waits for room in his budget, and would find it if
// he had nothing else, he is offered nothing else that costs.
bool Model::IsHeldBack(const Task& task, const Agent& agent) const {
  const auto& medium = settings_.For(task.medium);
  if (agent.budget == 0 || medium.cost == 0 || medium.goes_first) return false;
  for (const Task* other : tasks_.All()) {
    if (other->state == TaskState::kPending && WaitsForRoom(*other, agent)) return true;
  }
  return false;
}

bool Model::WaitsForRoom(const Task& task, const Agent& agent) const {
  const auto& medium = settings_.For(task.medium);
  const Desk& desk = agent.desks[static_cast<size_t>(task.medium)];
  if (!medium.goes_first || medium.cost > agent.budget) return false;
  if (!desk.available || Used(agent, task.medium) >= desk.configured) return false;
  if (FitsBudget(agent, task.medium, task.over_by)) return false;
  return IsFor(task, agent) && Fits(task, agent);
}

}  // namespace parley::model
