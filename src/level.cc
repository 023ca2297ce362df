// src/level.cc — the service level of a queue: a word before it is missed, and when it is.

#include <algorithm>

#include "effects.h"

namespace parley::internal {

// Counts from the task's age, and goes on while it is offered.
void WatchLevel(State& s, TaskId id) {
  Task& task = s.tasks[id];
  PARLEY_CHECK(task.state == TaskState::kPending || task.state == TaskState::kReserved);
  const QueueRules& rules = s.queues[task.queue].rules;
  const bool watched = rules.target > Duration::zero() && task.level != LevelState::kMissed;
  if (!watched || task.level_limit != TimerId{}) return;
  const bool warns = rules.warn_before > Duration::zero() && task.level == LevelState::kMet;
  const Instant at = task.since + rules.target - (warns ? rules.warn_before : Duration::zero());
  task.level_limit = s.Arm(std::max(at, s.time), Timer::kLevel, id.slot());
}

void ForgetLevel(State& s, Task& task) {
  s.Disarm(task.level_limit);
  task.level = LevelState::kMet;
}

void TellLevel(State& s, TaskId id) {
  Task& task = s.tasks[id];
  const QueueRules& rules = s.queues[task.queue].rules;
  PARLEY_CHECK(task.level != LevelState::kMissed);
  const Instant missed_at = task.since + rules.target;
  if (missed_at <= s.time) {
    task.level = LevelState::kMissed;
    return s.Emit(ServiceLevelMissed{id, task.queue});
  }
  task.level = LevelState::kWarned;
  s.Emit(ServiceLevelAtRisk{id, task.queue, missed_at});
  WatchLevel(s, id);
}

}  // namespace parley::internal
