// Why an agent cannot take a task now: the first reason, in the order of WhyNot.

#include <algorithm>

#include "model.h"

namespace parley::model {

WhyNot Model::Why(const Task& task, const Agent& agent) const {
  const uint32_t over_by = task.waits_for == agent.id ? task.over_by : 0;
  if (over_by == kUnlimited) return WhyNot::kNothing;
  const Desk& desk = agent.desks[static_cast<size_t>(task.medium)];
  if (!IsAvailable(agent)) return WhyNot::kActivity;
  if (!desk.available) return WhyNot::kMediumOff;
  if (Used(agent, task.medium) >= uint64_t{desk.configured} + over_by) return WhyNot::kMediumFull;
  if (!FitsBudget(agent, task.medium, over_by)) return WhyNot::kBudgetFull;
  if (IsHeldBack(task, agent)) return WhyNot::kHeldBack;
  const WhyNot unfit = WhyUnfit(task, agent);
  if (unfit != WhyNot::kNothing) return unfit;
  if (task.waits_for && task.waits_for != agent.id) return WhyNot::kWaitsForAnother;
  if (!IsFor(task, agent)) return WhyNot::kLetGo;
  if (task.waits_for && !MayBeWoken(agent)) return WhyNot::kWakes;
  return WhyNot::kNothing;
}

// Why he is none of those whom the task is for.
WhyNot Model::WhyUnfit(const Task& task, const Agent& agent) const {
  const Queue& queue = queues_[task.queue];
  const Step* step = StepOf(task);
  const bool skilled = agent.skills.HasAll(queue.skills) && agent.skills.HasAll(task.skills) &&
                       (step == nullptr || agent.skills.HasAll(step->skills));
  if (!skilled) return WhyNot::kSkills;
  if (!Serves(queue, agent)) return WhyNot::kQueueExpression;
  if (step == nullptr) return WhyNot::kNothing;
  if (!Holds(step->wants, Asking(task, &agent))) return WhyNot::kStepExpression;
  const bool known = step->known.empty() || task.known == agent.id;
  return known ? WhyNot::kNothing : WhyNot::kKnownAgent;
}

}  // namespace parley::model
