// The way of a task through the filters and steps of its workflow (B4).

#include <algorithm>
#include <utility>

#include "model.h"

namespace parley::model {

// None if it goes by no workflow, or has not entered it yet.
const Step* Model::StepOf(const Task& task) const {
  if (task.step == 0) return nullptr;
  if (task.filter == 0) return &*task.course->otherwise;
  return &task.course->filters[task.filter - 1].steps[task.step - 1];
}

void Model::LeaveWorkflow(Task& task) {
  Disarm(task.step_limit);
  task.course = nullptr;
  task.filter = task.step = 0;
  task.left_by_time = task.step_over = false;
}

// From the top of its workflow, if it has one and waits for nobody alone.
void Model::SendThrough(Task& task) {
  if (!task.workflow || task.waits_for) return Enter(task);
  StopWaiting(task);
  LeaveWorkflow(task);
  task.state = TaskState::kPending;
  task.course = workflows_[task.workflow].course;
  Emit(WorkflowEntered{task.id, task.workflow});
  NextStep(task, false);
}

// F1, F2, F7 to F9: the next step, else the next filter that takes it, else the default one.
void Model::NextStep(Task& task, bool by_time) {
  Disarm(task.step_limit);
  task.step_over = false;
  const auto& filters = task.course->filters;
  if (task.step != 0 && task.step < filters[task.filter - 1].steps.size()) {
    return EnterStep(task, task.filter, task.step + 1);
  }
  task.left_by_time = task.left_by_time || by_time;
  for (uint32_t filter = task.filter + 1; filter <= filters.size(); ++filter) {
    if (!Holds(filters[filter - 1].takes, Asking(task, nullptr))) continue;
    task.filter_since = now_;
    return EnterStep(task, filter, 1);
  }
  if (task.course->otherwise && !task.left_by_time) return EnterStep(task, 0, 1);
  Emit(WorkflowTimedOut{task.id, task.workflow});
  Cancel(task, CancelReason::kWorkflowExhausted);
}

void Model::EnterStep(Task& task, uint32_t filter, uint32_t number) {
  const QueueId from = task.step == 0 ? QueueId() : task.queue;
  task.filter = filter;
  task.step = number;
  const Step& step = *StepOf(task);
  if (task.queue != step.queue) {
    task.level = LevelState::kMet;
    Disarm(task.level_limit);
  }
  task.queue = step.queue;
  conversations_[task.conversation].queue = step.queue;
  task.known = KnownAgent(task, step);
  if (step.priority) task.priority = *step.priority;  // F4.
  Emit(StepEntered{task.id, filter, number, step.queue, from == step.queue ? QueueId() : from});
  if (step.timeout > Duration::zero()) {  // F10, E-16.
    Instant end = now_ + step.timeout;
    if (!task.course->per_step) {
      end = task.filter_since;
      for (uint32_t s = 0; s < number; ++s)
        end += task.course->filters[filter - 1].steps[s].timeout;
    }
    task.step_limit = Arm(end, Due::kStep, task.id.value);
  }
  entered_.push_back(task.id);
  Enter(task);
}

void Model::OnStepLimit(Task& task) {
  task.step_limit = {};
  if (task.state == TaskState::kReserved) {  // B2 V12.
    task.step_over = true;
    return;
  }
  StopWaiting(task);
  LeaveStepByTime(task);
}

void Model::LeaveStepByTime(Task& task) {
  Emit(StepTimedOut{task.id, task.filter, task.step, task.queue});
  NextStep(task, true);
}

// F9, P23: those who entered a step and could not be offered to anyone. True if one goes on.
bool Model::SkipAll() {
  bool skipped = false;
  for (const TaskId id : std::exchange(entered_, {})) {
    Task* task = tasks_.Find(id);
    if (task == nullptr || task->state != TaskState::kPending) continue;
    const Step* step = StepOf(*task);
    if (step == nullptr || !IsSkipped(*task, *step)) continue;
    StopWaiting(*task);
    Emit(StepSkipped{task->id, task->filter, task->step, task->queue});
    NextStep(*task, false);
    Bury();
    skipped = true;
  }
  return skipped;
}

bool Model::IsSkipped(const Task& task, const Step& step) const {
  if (step.skip_if && Holds(*step.skip_if, Asking(task, nullptr))) return true;
  if (!step.skip_unknown) return false;
  const Agent* known = agents_.Find(task.known);
  return known == nullptr || !Serves(queues_[step.queue], *known);
}

// F12: whom an attribute of the task names.
AgentId Model::KnownAgent(const Task& task, const Step& step) const {
  const Value name = At(conversations_[task.conversation].attributes, step.known);
  if (name.type != Value::kText) return {};
  for (const Agent* agent : agents_.All()) {
    if (!IsHere(agent->id)) continue;
    if ((step.known_by_id ? TextOf('a', agent->id) : agent->name) == name.text) return agent->id;
  }
  return {};
}

}  // namespace parley::model
