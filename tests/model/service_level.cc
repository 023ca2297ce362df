// Service levels: accepted within the target of its queue, by its age; a word before, a word when
// it is missed (P27).

#include "model.h"

namespace parley::model {

// It waits in a queue, maybe another than before, or its age is another.
void Model::WatchLevel(Task& task) {
  const QueueRules& rules = queues_[task.queue].rules;
  Disarm(task.level_limit);
  if (rules.target == Duration::zero() || task.level == LevelState::kMissed) return;
  const Instant missed = task.since + rules.target;
  const bool warns = task.level == LevelState::kMet && rules.warn_before > Duration::zero();
  const Instant next = warns && missed > now_ ? missed - rules.warn_before : missed;
  task.level_limit = Arm(next, Due::kLevel, task.id.value);
}

// Its queue, or its age, or the promise of its queue is another: all begins again.
void Model::WatchLevelAnew(Task& task) {
  task.level = LevelState::kMet;
  WatchLevel(task);
}

void Model::OnLevel(Task& task) {
  task.level_limit = {};
  const Instant missed = task.since + queues_[task.queue].rules.target;
  if (now_ >= missed) {
    task.level = LevelState::kMissed;
    return Emit(ServiceLevelMissed{task.id, task.queue});
  }
  task.level = LevelState::kWarned;
  Emit(ServiceLevelAtRisk{task.id, task.queue, missed});
  WatchLevel(task);
}

}  // namespace parley::model
