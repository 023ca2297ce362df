// src/figures.cc — the fold, one event at a time.

#include "parley/annex/figures.h"

#include <utility>
#include <variant>

namespace parley {
namespace {

template <class Map, class Id>
auto* FindIn(Map& map, const Id& id) {
  const auto found = map.find(id);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

// Who may change the figures, and the time of the event that does.
struct Figures::Fold {
  Figures& f;
  Instant at;

  template <class T>
  void On(const T&) {}  // Says nothing that is counted.

  // ---- Tasks ----
  void On(const TaskCreated& e) {
    const Key key{e.queue, e.medium};
    f.Open(e.task, {.key = key, .priority = e.priority, .created = at, .entered = at});
    ++f.At(key).tasks.created;
  }
  void On(const TaskQueued& e) {
    OpenTask* task = FindIn(f.tasks_, e.task);
    if (task == nullptr) return;
    Change(*task, e.queue, e.priority);
    if (!std::exchange(task->stood, true)) Enter(*task);
  }
  void On(const TaskUpdated& e) {
    if (OpenTask* task = FindIn(f.tasks_, e.task)) Change(*task, e.queue, e.priority);
  }
  void On(const TaskWrapUp& e) {
    OpenTask* task = FindIn(f.tasks_, e.task);
    if (task == nullptr) return;
    if (task->since) f.At(task->key).handling.Add(at - *task->since);
    task->since = at;
    Shift(*task, TaskState::kWrapping);
  }
  void On(const TaskCompleted& e) {
    OpenTask* task = FindIn(f.tasks_, e.task);
    if (task == nullptr) return;
    QueueFigures& q = f.At(task->key);
    ++q.tasks.completed;
    const bool wrapped = task->state == TaskState::kWrapping;
    if (task->since) (wrapped ? q.wrap_up : q.handling).Add(at - *task->since);
    Close(e.task, *task);
  }
  void On(const TaskCanceled& e) {
    OpenTask* task = FindIn(f.tasks_, e.task);
    if (task == nullptr) return;
    QueueFigures& q = f.At(task->key);
    ++q.tasks.canceled;
    q.tasks.exhausted += e.reason == CancelReason::kWorkflowExhausted;
    if (task->stood) {
      const Duration wait = at - task->created;
      q.until_canceled.Add(wait);
      for (Split& split : q.splits) split.canceled += wait <= split.threshold;
    }
    Close(e.task, *task);
  }

  void On(const ServiceLevelAtRisk& e) {
    if (const OpenTask* task = FindIn(f.tasks_, e.task)) ++f.At(task->key).tasks.at_risk;
  }
  void On(const ServiceLevelMissed& e) {
    if (const OpenTask* task = FindIn(f.tasks_, e.task)) ++f.At(task->key).tasks.missed;
  }

  void Enter(OpenTask& task) {
    task.entered = at;
    ++f.At(task.key).tasks.entered;
  }
  void Shift(OpenTask& task, TaskState to) {
    auto& by_state = f.At(task.key).by_state;
    --by_state[static_cast<size_t>(task.state)];
    ++by_state[static_cast<size_t>(to)];
    task.state = to;
  }
  // Takes it out of the real-time figures.
  void Uncount(const OpenTask& task) {
    QueueFigures& q = f.At(task.key);
    --q.by_state[static_cast<size_t>(task.state)];
    const auto priority = q.by_priority.find(task.priority);
    if (--priority->second == 0) q.by_priority.erase(priority);
  }
  void Count(const OpenTask& task) {
    QueueFigures& q = f.At(task.key);
    ++q.by_state[static_cast<size_t>(task.state)];
    ++q.by_priority[task.priority];
  }
  void Change(OpenTask& task, QueueId queue, int32_t priority) {
    Uncount(task);
    const bool moves = task.key.queue != queue;
    if (moves) ++f.At(task.key).tasks.moved;
    task.key.queue = queue;
    task.priority = priority;
    Count(task);
    if (!moves) return;
    task.stood = true;
    Enter(task);
  }
  void Close(TaskId id, const OpenTask& task) {
    Uncount(task);
    f.tasks_.erase(id);
  }

  // ---- Offers ----
  void On(const ReservationCreated& e) {
    OpenTask* task = FindIn(f.tasks_, e.task);
    if (task == nullptr) return;
    f.offers_[e.reservation] = {task->key, e.task, at};
    ++f.At(task->key).offers.created;
    ++task->offers;
    if (task->state == TaskState::kPending) Shift(*task, TaskState::kReserved);
  }
  void On(const ReservationAccepted& e) {
    const std::optional<Offer> offer = Take(e.reservation);
    if (!offer) return;
    ++f.At(offer->key).offers.accepted;
    f.At(offer->key).offer_until_accepted.Add(at - offer->made);
    OpenTask* task = FindIn(f.tasks_, e.task);
    if (task == nullptr) return;
    Shift(*task, TaskState::kAssigned);
    task->since = at;
    if (!task->stood) return;
    QueueFigures& q = f.At(task->key);
    const Duration wait = at - task->created;
    q.until_accepted.Add(wait);
    q.in_queue_until_accepted.Add(at - task->entered);
    for (Split& split : q.splits) split.accepted += wait <= split.threshold;
  }
  void On(const ReservationDeclined& e) { Lose(e.reservation, &QueueFigures::Offers::declined); }
  void On(const ReservationTimedOut& e) { Lose(e.reservation, &QueueFigures::Offers::timed_out); }
  void On(const ReservationCanceled& e) { Lose(e.reservation, &QueueFigures::Offers::canceled); }
  void On(const ReservationRescinded& e) { Lose(e.reservation, &QueueFigures::Offers::rescinded); }

  // The offer, which stands no more.
  std::optional<Offer> Take(ReservationId id) {
    const auto found = f.offers_.find(id);
    if (found == f.offers_.end()) return std::nullopt;
    const Offer offer = found->second;
    f.offers_.erase(found);
    if (OpenTask* task = FindIn(f.tasks_, offer.task)) --task->offers;
    return offer;
  }
  void Lose(ReservationId id, uint64_t QueueFigures::Offers::*count) {
    const std::optional<Offer> offer = Take(id);
    if (!offer) return;
    ++(f.At(offer->key).offers.*count);
    OpenTask* task = FindIn(f.tasks_, offer->task);
    const bool reserved = task != nullptr && task->state == TaskState::kReserved;
    if (reserved && task->offers == 0) Shift(*task, TaskState::kPending);
  }

  // ---- Agents ----
  void On(const ActivityAdded& e) { f.activities_[e.activity] = {e.available, 0}; }
  void On(const AgentAdded& e) {
    f.agents_[e.agent] = {.activity = e.activity, .since = at};
    ++f.activities_[e.activity].agents;
  }
  void On(const ActivityChanged& e) {
    AgentTimes* agent = FindIn(f.agents_, e.agent);
    if (agent == nullptr) return;
    Leave(*agent);
    agent->activity = e.to;
    agent->since = at;
    ++f.activities_[e.to].agents;
  }
  void On(const AgentRemoved& e) {
    AgentTimes* agent = FindIn(f.agents_, e.agent);
    if (agent == nullptr) return;
    Leave(*agent);
    agent->here = false;
  }
  void Leave(AgentTimes& agent) {
    agent.spent[agent.activity] += at - agent.since;
    --f.activities_[agent.activity].agents;
  }
};

void Figures::Add(const Event& event) {
  Fold fold{*this, event.at};
  std::visit([&fold](const auto& what) { fold.On(what); }, event.what);
}

QueueFigures& Figures::At(const Key& key) {
  return queues_.try_emplace(key, nothing_).first->second;
}

void Figures::Open(TaskId id, const OpenTask& task) {
  tasks_[id] = task;
  Fold{*this, task.created}.Count(task);
}

Figures Figures::From(const Engine& engine, std::vector<Duration> thresholds) {
  Figures f(std::move(thresholds));
  f.activities_.clear();
  for (const ActivityView& view : engine.Activities()) {
    f.activities_[view.activity] = {view.available, view.agents};
  }
  for (const AgentView& view : engine.Agents()) {
    AgentTimes& agent = f.agents_[view.agent];
    agent = {.activity = view.activity, .since = engine.Now()};
    for (const auto& [activity, figures] : f.activities_) {
      const Duration spent = engine.TimeIn(view.agent, activity);
      if (spent > Duration::zero()) agent.spent[activity] = spent;
    }
  }
  for (const TaskId id : engine.Tasks()) {
    const Task& task = *engine.Find(id);
    if (IsOver(task.state)) continue;
    f.Open(id, {.key = {task.queue, task.medium},
                .state = task.state,
                .priority = task.priority,
                .created = task.created,
                .stood = true,
                .entered = task.created});
  }
  for (const ReservationId id : engine.Reservations()) {
    const Reservation& r = *engine.Find(id);
    if (r.state != ReservationState::kPending && r.state != ReservationState::kOnHold) continue;
    OpenTask& task = f.tasks_[r.task];
    ++task.offers;
    f.offers_[id] = {task.key, r.task, r.created};
  }
  return f;
}

}  // namespace parley
