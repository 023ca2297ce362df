// src/workflow.h — workflows made ready, and the way of a task through one (B4).

#ifndef PARLEY_SRC_WORKFLOW_H_
#define PARLEY_SRC_WORKFLOW_H_

#include <string>

#include "state.h"

namespace parley::internal {

// The definition with its names looked up and its expressions read. If that is refused, the reason,
// and what to tell a person.
struct Compiled {
  Course course;
  Refusal refusal = Refusal::kNone;
  TextError error;     // The place: in the definition, or in the expression.
  size_t unknown = 0;  // Keys that mean nothing.
  std::string within;  // Which expression: "filter 2, step 1, skip_if".
};
Compiled Compile(const State& s, std::string_view definition);

// The queue in which a task is at home before it has entered a step.
QueueId HomeQueue(const Course& course);

// The one agent whom the task's attribute names, if the queue has him.
AgentId KnownAgent(const State& s, const Task& task, const CourseStep& step);

// Moves on to the step after the one it is in, from `now` on; false if there is none. Touches only
// where the task is, so that a copy of it can be sent ahead.
bool MoveOn(const State& s, Task& task, Instant now);

// When the step that the task comes into at `now` ends; Instant::max() if time does not end it.
Instant StepDeadline(const State& s, const Task& task, const CourseStep& step, Instant now);

const Course* CourseOf(const State& s, WorkflowId workflow);
const CourseStep* StepOf(const State& s, const Task& task);

// Counts one more course in use, or one less; its queues count with it.
uint32_t AddCourse(State& s, std::shared_ptr<const Course> course);
void UseCourse(State& s, uint32_t slot);
void ReturnCourse(State& s, uint32_t slot);

// The task goes by this workflow (none: by none) from now on, with its newest version.
void SetWorkflow(State& s, Task& task, WorkflowId workflow);
void SetWorkflow(State& s, Conversation& c, WorkflowId workflow);

// The orders of the task's machine.
void EnterWorkflow(State& s, TaskId id, Task& task);
void NextStep(State& s, TaskId id, Task& task);

// Tasks that came into a step and could not be offered to anyone go on, if the step says so (F9).
void SkipSteps(State& s);

// Tells what is legal in a workflow and probably not meant.
void Warn(State& s, WorkflowId workflow, const Course& course, size_t unknown);

}  // namespace parley::internal

#endif  // PARLEY_SRC_WORKFLOW_H_
