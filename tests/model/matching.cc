// Who is next: of all tasks that wait, the first that somebody can take goes to the best of those
// who can, until none can be taken.

#include <algorithm>
#include <tuple>
#include <utility>

#include "model.h"

namespace parley::model {

// True if something was sent on that may be matched once what is due now has happened.
bool Model::Match() {
  while (OfferOne()) {
  }
  return AskAll();
}

// All tasks that wait, first in line first: by priority, then age, then who came first (E-22).
std::vector<Task*> Model::Waiting() const {
  std::vector<Task*> waiting;
  for (Task* task : tasks_.All()) {
    if (task->state == TaskState::kPending) waiting.push_back(task);
  }
  const auto place = [](const Task* task) {
    return std::tuple(-int64_t{task->priority}, task->since, task->number);
  };
  std::ranges::sort(waiting, {}, place);
  return waiting;
}

// B3: a free place on the medium.
bool Model::HasRoom(const Agent& agent, Medium medium, uint32_t over_by) const {
  const Desk& desk = agent.desks[static_cast<size_t>(medium)];
  return Used(agent, medium) < uint64_t{desk.configured} + over_by;
}

// Whether he is one of those whom the task is for (R-WR-05).
bool Model::Fits(const Task& task, const Agent& agent) const {
  return agent.skills.HasAll(queues_[task.queue].skills | task.skills);
}

bool Model::CanTake(const Task& task, const Agent& agent) const {
  const auto let_go = task.let_go.find(agent.id);
  if (task.waits_for) {
    if (task.waits_for != agent.id) return false;
  } else if (std::ranges::find(task.never, agent.id) != task.never.end()) {
    return false;
  } else if (let_go != task.let_go.end() && let_go->second > now_) {
    return false;
  }
  const uint32_t over_by = task.waits_for ? task.over_by : 0;
  if (over_by == kUnlimited) return true;  // B1, direct routing: whatever he does.
  if (!IsAvailable(agent)) return false;
  if (!agent.desks[static_cast<size_t>(task.medium)].available) return false;
  return HasRoom(agent, task.medium, over_by) && Fits(task, agent);
}

// Of those who can take it, the one who has been without an offer longest; who let it go comes
// after all who did not (E-21, E-37).
Agent* Model::Best(const Task& task) const {
  const auto key = [&](const Agent* agent) {
    return std::tuple(task.let_go.contains(agent->id), agent->last_reserved, agent->id);
  };
  Agent* best = nullptr;
  for (Agent* agent : agents_.All()) {
    if (CanTake(task, *agent) && (best == nullptr || key(agent) < key(best))) best = agent;
  }
  return best;
}

bool Model::OfferOne() {
  for (Task* task : Waiting()) {
    const Agent* agent = Best(*task);
    if (agent == nullptr) continue;
    StopWaiting(*task);
    std::erase(returned_, task->id);
    const ReservationId offer = Offer(*task, agent->id);
    if (settings_.For(task->medium).auto_accept) AcceptOffer(reservations_[offer]);  // P4.
    Bury();
    return true;
  }
  return false;
}

// Where do those go that came back, and that nobody else can take now?
bool Model::AskAll() {
  const auto returned = std::exchange(returned_, {});
  for (const TaskId id : returned) {
    Task* task = tasks_.Find(id);
    if (task == nullptr || task->state != TaskState::kPending) continue;
    OnNobodyElse(*task);
    Bury();
  }
  return !returned.empty();
}

}  // namespace parley::model
