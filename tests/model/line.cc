// Who is first in line: of all tasks that wait, before which others does one go?

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "model.h"

namespace parley::model {

// LIFO queues go before all others or after them, as routing.first says; in them the newest task is
// first (E-22). In all others who has most points, down to a thousandth: in a FIFO queue its
// priority, in an ageing one the queue's credit, too, and one more for every `point_every` of its
// age. Then the oldest, then who was made first.
Turn Model::TurnOf(const Task& task) const {
  const QueueRules& rules = queues_[task.queue].rules;
  const auto number = static_cast<int64_t>(task.number);
  const bool lifo = rules.order == TaskOrder::kLifo;
  const bool later = lifo != (settings_.routing.first == FirstKind::kLifo);
  if (lifo) return {later, 0, {}, -number};
  int64_t points = int64_t{task.priority} * 1000;
  if (rules.order == TaskOrder::kAgeing) {
    const int64_t age = (now_ - task.since).count(), each = rules.point_every.count();
    points += int64_t{rules.credit} * 1000 + age / each * 1000 + age % each * 1000 / each;
  }
  return {later, -points, task.since, number};
}

// All tasks that wait, first in line first.
std::vector<Task*> Model::Waiting() const {
  std::vector<std::pair<Turn, Task*>> line;
  for (Task* task : tasks_.All()) {
    if (task->state == TaskState::kPending) line.emplace_back(TurnOf(*task), task);
  }
  std::ranges::sort(line, {}, [](const auto& each) { return each.first; });
  std::vector<Task*> waiting;
  for (const auto& [turn, task] : line) {
    for (const Task* before : waiting) disputed_ = disputed_ || AreDisputed(*before, *task);
    waiting.push_back(task);
  }
  return waiting;
}

// Where the engine has more than one opinion on who of two is first: of two that wait for the same
// agent alone in queues of different orders, and of two in one ageing queue whose points differ by
// less than a thousandth (tests/differential_profile.h).
bool Model::AreDisputed(const Task& a, const Task& b) const {
  const QueueRules &rules = queues_[a.queue].rules, &others = queues_[b.queue].rules;
  const bool ages = rules.order == TaskOrder::kAgeing;
  if (a.queue != b.queue) {
    return a.waits_for && a.waits_for == b.waits_for && (ages || rules.order != others.order);
  }
  const int64_t more = int64_t{a.priority} - b.priority;
  const int64_t ahead = more * rules.point_every.count() + (b.since - a.since).count();
  if (!ages || std::abs(ahead) > rules.point_every.count() / 1000) return false;
  const bool has_more = ahead > 0 || (ahead == 0 && a.number < b.number);
  return has_more != (std::tie(a.since, a.number) < std::tie(b.since, b.number));
}

}  // namespace parley::model
