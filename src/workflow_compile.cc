// src/workflow_compile.cc — a definition becomes something to run: names found, expressions read.

#include <utility>

#include <fmt/format.h>

#include "workflow.h"

namespace parley::internal {
namespace {

class Compiler {
 public:
  explicit Compiler(const State& s) : s_(s) {}

  Compiled Run(std::string_view definition) {
    std::vector<std::string> unknown;
    const auto workflow = Workflow::Parse(definition, &unknown, &out_.error);
    out_.unknown = unknown.size();
    if (!workflow.ok()) return Fail(Refusal::kWorkflowInvalid), std::move(out_);
    out_.course.clock = workflow->clock;
    for (size_t i = 0; i < workflow->filters.size() && IsFine(); ++i) {
      where_ = fmt::format("filter {}", i + 1);
      Filter(workflow->filters[i]);
    }
    where_ = "default filter";
    if (workflow->otherwise && IsFine()) {
      out_.course.otherwise = Step(*workflow->otherwise, QueueId{});
      out_.course.otherwise->timeout = Duration::zero();
    }
    if (IsFine() && workflow->filters.empty() && !workflow->otherwise) {
      out_.error.expected = "a filter or a default filter";
      Fail(Refusal::kWorkflowInvalid);
    }
    return std::move(out_);
  }

 private:
  bool IsFine() const { return out_.refusal == Refusal::kNone; }
  void Fail(Refusal refusal) {
    if (IsFine()) out_.refusal = refusal;
  }

  // Reads `text`, if there is one, with T's own parser.
  template <class T, class... Options>
  std::optional<T> Read(std::string_view what, const std::string& text, Options... options) {
    if (text.empty() || !IsFine()) return std::nullopt;
    auto read = T::Parse(text, options..., &out_.error);
    if (read.ok()) return *std::move(read);
    out_.within = fmt::format("{}, {}", where_, what);
    Fail(Refusal::kExpressionInvalid);
    return std::nullopt;
  }

  void Filter(const WorkflowFilter& filter) {
    CourseFilter made;
    made.test =
        Read<Expression>("expression", filter.expression, Scope::kTask, ExpressionOptions());
    QueueId queue;
    for (size_t i = 0; i < filter.steps.size() && IsFine(); ++i) {
      made.steps.push_back(Step(filter.steps[i], queue));
      queue = made.steps.back().queue;
    }
    out_.course.filters.push_back(std::move(made));
  }

  CourseStep Step(const WorkflowStep& step, QueueId before) {
    CourseStep made;
    made.queue = step.queue.empty() ? before : FindQueueByName(s_, step.queue);
    if (!made.queue) Lacks(fmt::format("a queue named '{}'", step.queue));
    auto test =
        Read<Expression>("expression", step.expression, Scope::kTarget, ExpressionOptions());
    if (test) made.test = std::make_shared<const Expression>(*std::move(test));
    made.skip = Read<Expression>("skip_if", step.skip_if, Scope::kSkip, ExpressionOptions());
    made.order_by = Read<AgentOrderBy>("order_by", step.order_by);
    for (const std::string& name : step.skills) {
      const SkillId skill = FindSkillByName(s_, name);
      if (!skill) {
        Lacks(fmt::format("a skill named '{}'", name));
      } else {
        made.skills.Add(skill);
      }
    }
    made.priority = step.priority;
    made.timeout = step.timeout;
    made.known_by_id = !step.known_agent_id.empty();
    made.known_agent = made.known_by_id ? step.known_agent_id : step.known_agent_name;
    made.skip_unknown = step.skip_unknown;
    return made;
  }

  void Lacks(std::string what) {
    if (!IsFine()) return;
    out_.within = where_;
    out_.error.expected = std::move(what);
    Fail(Refusal::kNotFound);
  }

  const State& s_;
  std::string where_;
  Compiled out_;
};

bool AlwaysHolds(const CourseFilter& filter) {
  if (!filter.test) return true;
  const Uses& uses = filter.test->uses();
  return uses == Uses{} && filter.test->Evaluate({});  // Constants only, as in 1==1.
}

}  // namespace

Compiled Compile(const State& s, std::string_view definition) {
  return Compiler(s).Run(definition);
}

void Warn(State& s, WorkflowId id, const Course& course, size_t unknown) {
  const auto warn = [&](WorkflowTrap trap, size_t filter, size_t step) {
    s.Emit(WorkflowWarning{id, trap, static_cast<uint32_t>(filter), static_cast<uint32_t>(step)});
  };
  bool open = true;
  for (size_t f = 1; f <= course.filters.size(); ++f) {
    const auto& steps = course.filters[f - 1].steps;
    if (!open) warn(WorkflowTrap::kFilterUnreachable, f, 0);
    for (size_t i = 1; i <= steps.size(); ++i) {
      const CourseStep& step = steps[i - 1];
      const bool ends = step.timeout > Duration::zero() || step.skip || step.skip_unknown;
      if (!ends && i < steps.size()) warn(WorkflowTrap::kStepUnreachable, f, i + 1);
      if (!step.known_agent.empty() && !step.skip_unknown) {
        warn(WorkflowTrap::kKnownAgentWaits, f, i);
      }
      const bool lifo = s.queues[step.queue].rules.order == TaskOrder::kLifo;
      if (step.priority && lifo) warn(WorkflowTrap::kPriorityInLifo, f, i);
    }
    const bool times_out = steps.back().timeout > Duration::zero();
    if (times_out && course.otherwise) warn(WorkflowTrap::kNoFallback, f, steps.size());
    // A later filter is reached if this one does not hold for all, or can be left.
    const bool left = times_out || steps.back().skip || steps.back().skip_unknown;
    open = open && (!AlwaysHolds(course.filters[f - 1]) || left);
  }
  if (!course.otherwise && open) warn(WorkflowTrap::kNoDefault, 0, 0);
  for (; unknown > 0; --unknown) warn(WorkflowTrap::kUnknownKey, 0, 0);
}

}  // namespace parley::internal
