// src/workflow_commands.cc — workflows are made, replaced and removed.

#include <memory>
#include <string>
#include <utility>

#include "commands.h"
#include "effects.h"
#include "room.h"
#include "workflow.h"

namespace parley::internal {
namespace {

Refusal CheckDefinition(const State& s, std::string_view definition, Duration timeout) {
  if (timeout < Duration::zero() || timeout > kDay) return Refusal::kOutOfRange;
  return Compile(s, definition).refusal;
}

// A version, ready to be added: what needs memory comes first.
struct Version {
  Version(State& s, std::string_view text, Duration timeout) : definition(text) {
    Compiled compiled = Compile(s, text);
    unknown = compiled.unknown;
    compiled.course.reservation_timeout = timeout;
    course = std::make_shared<const Course>(std::move(compiled.course));
    MakeRoomForCourse(s);
  }

  std::string definition;
  std::shared_ptr<const Course> course;
  size_t unknown = 0;  // Keys of the text that nobody knows.
};

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
  Version made(s, command.definition, command.reservation_timeout);
  std::string name(command.name);

  const WorkflowId id = s.workflows.Add();
  WorkflowRecord& record = s.workflows[id];
  record.name = std::move(name);
  record.definition = std::move(made.definition);
  record.course = AddCourse(s, std::move(made.course));
  s.workflow_names.Insert(SipHash13(s.key, command.name), id.slot());
  s.Emit(WorkflowAdded{id});
  Warn(s, id, *CourseOf(s, id), made.unknown);
}

Refusal Check(const State& s, const UpdateWorkflow& command) {
  if (const Refusal r = CheckId(s.workflows, command.workflow); r != Refusal::kNone) return r;
  return CheckDefinition(s, command.definition, command.reservation_timeout);
}
void Do(State& s, const UpdateWorkflow& command) {
  Version made(s, command.definition, command.reservation_timeout);

  WorkflowRecord& record = s.workflows[command.workflow];
  const uint32_t course = AddCourse(s, std::move(made.course));
  ReturnCourse(s, std::exchange(record.course, course));
  record.definition = std::move(made.definition);
  s.Emit(WorkflowUpdated{command.workflow});
  Warn(s, command.workflow, *CourseOf(s, command.workflow), made.unknown);
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
