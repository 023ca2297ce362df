// Who is first in line: of all tasks that wait, before which others does one go?

#include <algorithm>
#include <utility>

#include "model.h"

namespace parley::model {

// LIFO queues go before all others or after them, as routing.first says; in them the newest task is
// first (E-22). In all others who has most points, down to a thousandth: in a FIFO queue its
// priority, in an ageing one the queue's credit, too, and one more for every `point_every` of its
// age. Then the oldest, as if each point of its priority were age, too; then who was made first.
// Who waits for one agent alone does so as in a FIFO queue.
Turn Model::TurnOf(const Task& task) const {
  const QueueRules& rules = queues_[task.queue].rules;
  const auto number = static_cast<int64_t>(task.number);
  const TaskOrder order = task.waits_for ? TaskOrder::kFifo : rules.order;
  const bool lifo = order == TaskOrder::kLifo;
  const bool later = lifo != (settings_.routing.first == FirstKind::kLifo);
  if (lifo) return {later, 0, {}, -number};
  int64_t points = int64_t{task.priority} * 1000;
  if (order != TaskOrder::kAgeing) return {later, -points, task.since, number};
  const int64_t age = (now_ - task.since).count(), each = rules.point_every.count();
  points += int64_t{rules.credit} * 1000 + age / each * 1000 + age % each * 1000 / each;
  return {later, -points, task.since - task.priority * rules.point_every, number};
}

// All tasks that wait, first in line first.
std::vector<Task*> Model::Waiting() const {
  std::vector<std::pair<Turn, Task*>> line;
  for (Task* task : tasks_.All()) {
    if (task->state == TaskState::kPending) line.emplace_back(TurnOf(*task), task);
  }
  std::ranges::sort(line, {}, [](const auto& each) { return each.first; });
  std::vector<Task*> waiting;
  for (const auto& [turn, task] : line) waiting.push_back(task);
  return waiting;
}

}  // namespace parley::model
