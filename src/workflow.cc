// src/workflow.cc — the way of a task through its workflow: see workflow.h.

#include "workflow.h"

#include <algorithm>
#include <utility>

#include "effects.h"
#include "eligibility.h"
#include "facts.h"
#include "room.h"

namespace parley::internal {
namespace {

const Course& CourseAt(const State& s, uint32_t slot) { return *s.courses.At(slot).course; }

template <class F>
void ForEachStep(const Course& course, F f) {
  for (const CourseFilter& filter : course.filters) {
    for (const CourseStep& step : filter.steps) f(step);
  }
  if (course.otherwise) f(*course.otherwise);
}

bool Matches(const State& s, const CourseFilter& filter, const Task& task) {
  PARLEY_CHECK(!filter.steps.empty());
  return !filter.test || filter.test->Evaluate({.task = &AttributesAt(s, task.attributes)});
}

// The task needs from now on what the step asks for.
void TakeStep(State& s, Task& task, const CourseStep& step) {
  PARLEY_CHECK(task.line == LineKind::kNone && task.state == TaskState::kPending);
  Conversation& c = s.conversations[task.conversation];
  Wish wish{step.queue, task.medium, s.NeedOf(c.need).extra | step.skills};
  wish.rule = FindRule(s, step.test, task.attributes);
  wish.alone = !step.known_agent.empty();
  if (wish.alone) wish.only = KnownAgent(s, task, step);
  const uint32_t need = TakeNeed(s, wish);
  ReturnNeed(s, task.need);
  task.need = need;
  if (task.queue != step.queue) ForgetLevel(s, task);
  task.queue = step.queue;
  if (step.priority) task.priority = *step.priority;
  SetRoute(s, c, step.queue, s.NeedOf(c.need).extra, c.priority);
}

// The next filter that matches from `first` on; 0 if none does.
uint32_t FindFilter(const State& s, const Course& course, const Task& task, uint32_t first) {
  PARLEY_CHECK(first > 0);
  for (uint32_t i = first; i <= course.filters.size(); ++i) {
    if (Matches(s, course.filters[i - 1], task)) return i;
  }
  return 0;
}

// Whether the step that it has come into is left at once.
bool IsSkipped(const State& s, TaskId id) {
  const Task* task = s.tasks.Find(id);
  if (task == nullptr || task->state != TaskState::kPending) return false;
  const CourseStep* step = StepOf(s, *task);
  if (step == nullptr || task->filter == 0) return false;
  const Need& need = s.NeedOf(task->need);
  if (step->skip_unknown && need.alone && !need.only) return true;
  if (!step->skip) return false;
  const CrowdSheet crowd(s, step->queue);
  return step->skip->Evaluate(
      {.task = &AttributesAt(s, task->attributes), .crowd = &crowd.facts()});
}

}  // namespace

AgentId KnownAgent(const State& s, const Task& task, const CourseStep& step) {
  const AttributeView value = AttributesAt(s, task.attributes).Find(step.known_agent);
  if (value.type() != AttributeType::kText) return {};
  AgentId found;
  if (!step.known_by_id) {
    found = FindAgentByName(s, value.text());
  } else {
    s.agents.ForEach([&](AgentId id, const Agent&) {
      if (IdText(id).text() == value.text()) found = id;
    });
  }
  return IsHere(s, found) && Serves(s, s.queues[step.queue], found) ? found : AgentId{};
}

Instant StepDeadline(const State& s, const Task& task, const CourseStep& step, Instant now) {
  if (step.timeout == Duration::zero() || task.filter == 0) return Instant::max();
  const Course& course = CourseAt(s, task.course);
  if (course.clock == StepClock::kPerStep) return now + step.timeout;
  Instant deadline = task.filter_since;
  const auto& steps = course.filters[task.filter - 1].steps;
  PARLEY_CHECK(task.step <= steps.size());
  for (uint32_t i = 0; i < task.step; ++i) deadline += steps[i].timeout;
  return std::max(deadline, now);
}

bool MoveOn(const State& s, Task& task, Instant now) {
  const Course& course = CourseAt(s, task.course);
  const bool entered = task.step > 0;
  PARLEY_CHECK(task.filter <= course.filters.size());
  if (entered && task.filter == 0) return false;
  if (entered && task.step < course.filters[task.filter - 1].steps.size()) {
    ++task.step;
    return true;
  }
  task.filter = FindFilter(s, course, task, task.filter + 1);
  task.step = 1;
  task.filter_since = now;
  return task.filter != 0 || (course.otherwise && !task.left_by_time);
}

QueueId HomeQueue(const Course& course) {
  PARLEY_CHECK(course.otherwise || !course.filters.empty());
  return course.filters.empty() ? course.otherwise->queue : course.filters[0].steps[0].queue;
}

const Course* CourseOf(const State& s, WorkflowId workflow) {
  const WorkflowRecord* record = s.workflows.Find(workflow);
  return record == nullptr ? nullptr : &CourseAt(s, record->course);
}

const CourseStep* StepOf(const State& s, const Task& task) {
  if (!task.workflow || task.step == 0) return nullptr;
  const Course& course = CourseAt(s, task.course);
  PARLEY_CHECK(task.filter > 0 || course.otherwise);
  return task.filter == 0 ? &*course.otherwise
                          : &course.filters[task.filter - 1].steps[task.step - 1];
}

uint32_t AddCourse(State& s, std::shared_ptr<const Course> course) {
  const CourseId id = s.courses.Add();
  ForEachStep(*course, [&s](const CourseStep& step) { ++s.queues[step.queue].needs; });
  s.courses[id] = {std::move(course), 1};
  return id.slot();
}
void UseCourse(State& s, uint32_t slot) {
  CourseRecord& course = s.courses.At(slot);
  PARLEY_CHECK(course.users > 0);
  ++course.users;
}
void ReturnCourse(State& s, uint32_t slot) {
  const CourseId id = s.courses.IdAt(slot);
  PARLEY_CHECK(s.courses[id].users > 0);
  if (--s.courses[id].users > 0) return;
  ForEachStep(*s.courses[id].course, [&s](const CourseStep& step) {
    PARLEY_CHECK(s.queues[step.queue].needs > 0);
    --s.queues[step.queue].needs;
  });
  s.courses.Remove(id);
}

void SetWorkflow(State& s, Task& task, WorkflowId workflow) {
  if (!workflow) workflow = {};  // Whatever else its bits are.
  const uint32_t old = task.course;
  const WorkflowId before = std::exchange(task.workflow, workflow);
  s.Disarm(task.step_limit);
  task.filter = task.step = 0;
  task.step_over = false;
  task.course = UINT32_MAX;
  if (workflow) {
    WorkflowRecord& record = s.workflows[workflow];
    ++record.users;
    UseCourse(s, task.course = record.course);
  }
  if (!before) return;
  PARLEY_CHECK(old != UINT32_MAX && s.workflows[before].users > 0);
  --s.workflows[before].users;
  ReturnCourse(s, old);
}

void SetWorkflow(State& s, Conversation& c, WorkflowId workflow) {
  if (!workflow) workflow = {};
  if (workflow) ++s.workflows[workflow].users;
  const WorkflowId before = std::exchange(c.workflow, workflow);
  if (!before) return;
  PARLEY_CHECK(s.workflows[before].users > 0);
  --s.workflows[before].users;
}

void EnterWorkflow(State& s, TaskId id, Task& task) {
  PARLEY_CHECK(task.workflow && task.line == LineKind::kNone);
  SetWorkflow(s, task, task.workflow);  // Its newest version, from the top.
  task.filter_since = s.time;
  task.left_by_time = false;
  s.Emit(WorkflowEntered{id, task.workflow});
}

void NextStep(State& s, TaskId id, Task& task) {
  PARLEY_CHECK(task.workflow && task.line == LineKind::kNone);
  s.Disarm(task.step_limit);
  task.step_over = false;
  const QueueId from = task.step == 0 ? QueueId{} : task.queue;
  if (!MoveOn(s, task, s.time)) {
    s.matter.reason = CancelReason::kWorkflowExhausted;
    s.Post(id, TaskTrigger::kExhausted);
    return s.Emit(WorkflowTimedOut{id, task.workflow});
  }
  const CourseStep& step = *StepOf(s, task);
  TakeStep(s, task, step);
  const Instant deadline = StepDeadline(s, task, step, s.time);
  if (deadline != Instant::max()) task.step_limit = s.Arm(deadline, Timer::kTaskStep, id.slot());
  if (step.skip || step.skip_unknown) s.entered_tasks.push_back(id);
  s.Emit(
      StepEntered{id, task.filter, task.step, step.queue, from == step.queue ? QueueId{} : from});
  s.Post(id, TaskTrigger::kEnter);
}

void SkipSteps(State& s) {
  TakeRound(s.entered_tasks, s.entered_before);
  while (!s.entered_before.empty()) {
    MakeRoom(s);
    const TaskId id = s.entered_before.back();
    const bool skips = IsSkipped(s, id);
    s.entered_before.pop_back();
    if (!skips) continue;
    s.matter = {};
    s.Post(id, TaskTrigger::kSkip);
    s.Run();
  }
}

}  // namespace parley::internal
