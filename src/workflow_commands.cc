// src/workflow_commands.cc — workflows are made, replaced and removed.

#include <utility>

#include "commands.h"
#include "effects.h"
#include "workflow.h"

namespace parley::internal {
namespace {

Refusal CheckDefinition(const State& s, std::string_view definition, Duration timeout) {
  if (timeout < Duration::zero() || timeout > kDay) return Refusal::kOutOfRange;
  return Compile(s, definition).refusal;
}

uint32_t CourseFor(State& s, Compiled&& compiled, Duration timeout) {
  compiled.course.reservation_timeout = timeout;
  return AddCourse(s, std::move(compiled.course));
}

// Those that wait in it go again, from the top.
void Reevaluate(State& s, WorkflowId workflow) {
  s.tasks.ForEach([&](TaskId id, const Task& task) {
    const bool waits = task.state == TaskState::kPending && task.step > 0;
    if (waits && task.workflow == workflow) s.Post(id, TaskTrigger::kRoute);
  });
}

}  // namespace

Refusal Check(const State& s, const AddWorkflow& command) {
  if (const Refusal r = CheckNewName(command.name, FindWorkflowByName(s, command.name),
                                     s.workflows.size(), s.settings.limits.workflows);
      r != Refusal::kNone) {
    return r;
  }
  return CheckDefinition(s, command.definition, command.reservation_timeout);
}
void Do(State& s, const AddWorkflow& command) {
  const WorkflowId id = s.workflows.Add();
  WorkflowRecord& record = s.workflows[id];
  record.name = command.name;
  record.definition = command.definition;
  Compiled compiled = Compile(s, command.definition);
  const size_t unknown = compiled.unknown;
  record.course = CourseFor(s, std::move(compiled), command.reservation_timeout);
  s.workflow_names.Insert(SipHash13(s.key, command.name), id.slot());
  s.Emit(WorkflowAdded{id});
  Warn(s, id, *CourseOf(s, id), unknown);
}

Refusal Check(const State& s, const UpdateWorkflow& command) {
  if (const Refusal r = CheckId(s.workflows, command.workflow); r != Refusal::kNone) return r;
  return CheckDefinition(s, command.definition, command.reservation_timeout);
}
void Do(State& s, const UpdateWorkflow& command) {
  WorkflowRecord& record = s.workflows[command.workflow];
  Compiled compiled = Compile(s, command.definition);
  const size_t unknown = compiled.unknown;
  const uint32_t made = CourseFor(s, std::move(compiled), command.reservation_timeout);
  ReturnCourse(s, std::exchange(record.course, made));
  record.definition = command.definition;
  s.Emit(WorkflowUpdated{command.workflow});
  Warn(s, command.workflow, *CourseOf(s, command.workflow), unknown);
  if (command.reevaluate) Reevaluate(s, command.workflow);
}

Refusal Check(const State& s, const RemoveWorkflow& command) {
  if (const Refusal r = CheckId(s.workflows, command.workflow); r != Refusal::kNone) return r;
  return s.workflows[command.workflow].users > 0 ? Refusal::kInUse : Refusal::kNone;
}
void Do(State& s, const RemoveWorkflow& command) {
  const WorkflowRecord& record = s.workflows[command.workflow];
  ReturnCourse(s, record.course);
  s.workflow_names.Erase(SipHash13(s.key, record.name), command.workflow.slot());
  s.workflows.Remove(command.workflow);
  s.Emit(WorkflowRemoved{command.workflow});
}

}  // namespace parley::internal
