// Commands about workflows, and what is told of those that are probably not meant so.

#include <algorithm>
#include <memory>

#include "model.h"

namespace parley::model {
namespace {

constexpr Duration kMostOffered = kDay;

// Whether it takes every task; and keeps it, in a step that is never left.
bool TakesAll(const Filter& filter) {
  const auto nothing = [](const Operand&) { return Value(); };
  return IsConstant(filter.takes) && Holds(filter.takes, nothing);
}

bool IsLast(const Step& step) {
  return step.timeout == Duration::zero() && !step.skip_if && !step.skip_unknown;
}
bool KeepsAll(const Filter& filter) {
  return TakesAll(filter) && std::ranges::any_of(filter.steps, IsLast);
}

}  // namespace

Refused Model::BadWorkflow(std::string_view definition, Duration timeout, Course& out) const {
  const Names names = {[&](std::string_view name) {
                         for (const Queue* queue : queues_.All()) {
                           if (queue->name == name) return queue->id;
                         }
                         return QueueId();
                       },
                       [&](std::string_view name) {
                         for (const Skill* skill : skills_.All()) {
                           if (skill->name == name) return skill->id;
                         }
                         return SkillId();
                       }};
  if (timeout < Duration::zero() || timeout > kMostOffered) return {Refusal::kOutOfRange};
  return ReadCourse(definition, names, out);
}

// What is legal and yet a trap.
void Model::Warn(const Workflow& workflow) {
  const Course& course = *workflow.course;
  const auto warn = [&](WorkflowTrap trap, size_t filter = 0, size_t step = 0) {
    Emit(WorkflowWarning{workflow.id, trap, static_cast<uint32_t>(filter),
                         static_cast<uint32_t>(step)});
  };
  const auto is_lifo = [&](const Step& step) {
    return queues_[step.queue].rules.order == TaskOrder::kLifo;
  };
  bool all = false;
  for (size_t f = 0; f < course.filters.size(); ++f) {
    const auto& steps = course.filters[f].steps;
    if (all) warn(WorkflowTrap::kFilterUnreachable, f + 1);
    all = all || TakesAll(course.filters[f]);
    for (size_t s = 0; s < steps.size(); ++s) {
      if (s > 0 && IsLast(steps[s - 1])) warn(WorkflowTrap::kStepUnreachable, f + 1, s + 1);
      if (!steps[s].known.empty() && !steps[s].skip_unknown) {
        warn(WorkflowTrap::kKnownAgentWaits, f + 1, s + 1);
      }
      if (steps[s].priority && is_lifo(steps[s])) {
        warn(WorkflowTrap::kPriorityInLifo, f + 1, s + 1);
      }
    }
    if (course.otherwise && steps.back().timeout > Duration::zero()) {
      warn(WorkflowTrap::kNoFallback, f + 1, steps.size());
    }
  }
  if (!course.otherwise && std::ranges::none_of(course.filters, KeepsAll))
    warn(WorkflowTrap::kNoDefault);
  if (course.otherwise && course.otherwise->priority && is_lifo(*course.otherwise)) {
    warn(WorkflowTrap::kPriorityInLifo, 0, 1);
  }
  for (size_t key = 0; key < course.unknown_keys; ++key) warn(WorkflowTrap::kUnknownKey);
}

Refused Model::Take(const AddWorkflow& command) {
  if (IsBadName(command.name)) return {Refusal::kNameInvalid};
  for (const Workflow* workflow : workflows_.All()) {
    if (workflow->name == command.name) return {Refusal::kNameTaken};
  }
  if (workflows_.size() >= settings_.limits.workflows) return {Refusal::kLimitReached};
  Course course;
  const Refused bad = BadWorkflow(command.definition, command.reservation_timeout, course);
  if (bad != Refused()) return bad;
  Workflow& workflow = workflows_.Add();
  workflow.name = command.name;
  workflow.definition = command.definition;
  workflow.reservation_timeout = command.reservation_timeout;
  workflow.course = std::make_shared<const Course>(course);
  Emit(WorkflowAdded{workflow.id});
  Warn(workflow);
  return {};
}

// B1 T18.
Refused Model::Take(const UpdateWorkflow& command) {
  if (const Refusal bad = Missing(workflows_, command.workflow); bad != Refusal::kNone) {
    return {bad};
  }
  Course course;
  const Refused bad = BadWorkflow(command.definition, command.reservation_timeout, course);
  if (bad != Refused()) return bad;
  Workflow& workflow = workflows_[command.workflow];
  workflow.definition = command.definition;
  workflow.reservation_timeout = command.reservation_timeout;
  workflow.course = std::make_shared<const Course>(course);
  Emit(WorkflowUpdated{workflow.id});
  Warn(workflow);
  if (!command.reevaluate) return {};
  for (Task* task : tasks_.All()) {
    if (task->workflow != workflow.id || task->step == 0) continue;
    if (task->state == TaskState::kPending) SendThrough(*task);
  }
  return {};
}

Refused Model::Take(const RemoveWorkflow& command) {
  const WorkflowId id = command.workflow;
  if (const Refusal bad = Missing(workflows_, id); bad != Refusal::kNone) return {bad};
  const auto tasks = tasks_.All();
  const auto conversations = conversations_.All();
  const bool used =
      std::ranges::any_of(tasks, [&](const Task* t) { return t->workflow == id; }) ||
      std::ranges::any_of(conversations, [&](const Conversation* c) { return c->workflow == id; });
  if (used) return {Refusal::kInUse};
  workflows_.Remove(id);
  Emit(WorkflowRemoved{id});
  return {};
}

}  // namespace parley::model
