// src/workflow_json.cc — workflows from the vendor's JSON and back (B4): see routing/workflow.h.

#include "workflow_json.h"

#include <limits>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace parley::internal {
namespace {

constexpr std::string_view kSkip = "skip";
// By StepClock.
constexpr std::array<std::string_view, 2> kTimeoutModes = {"cumulative_task_age", "per_target"};

constexpr int64_t kMaxSeconds = int64_t{366} * 24 * 60 * 60;
constexpr size_t kMaxSkills = 256;
constexpr std::string_view kTask = "task.";  // The vendor's documents put it before an attribute.

class WorkflowReader {
 public:
  WorkflowReader(const QueueNames& queues, std::vector<std::string>& unknown, JsonProblem& problem)
      : queues_(queues), unknown_(unknown), problem_(problem) {}

  void ReadRouting(const Json& json, const std::string& pointer, Workflow& workflow) {
    JsonFields routing(json, pointer, problem_);
    workflow.clock = static_cast<StepClock>(routing.Word({"timeout_mode"}, kTimeoutModes, 0));
    const auto& filters = routing.List({"filters"}, Workflow::kMaxFilters);
    for (size_t i = 0; i < filters.size(); ++i) {
      workflow.filters.push_back(ReadFilter(filters[i], Below(routing.Pointer(), i)));
    }
    if (const Json* const otherwise = routing.Take({"default_filter"})) {
      JsonFields fields(*otherwise, routing.Pointer(), problem_);
      workflow.otherwise = ReadStep(fields);
      NeedQueue(*workflow.otherwise, fields);
      fields.TellRest(&unknown_);
    }
    if (workflow.filters.empty() && !workflow.otherwise) {
      problem_.Expect(json.at, "a filter or a default_filter", pointer);
    }
    routing.TellRest(&unknown_);
  }

 private:
  WorkflowFilter ReadFilter(const Json& json, std::string pointer) {
    WorkflowFilter filter;
    JsonFields fields(json, std::move(pointer), problem_);
    filter.name = fields.Text({"filter_friendly_name", "friendly_name"});
    filter.expression = fields.Text({"expression"});
    const auto& targets = fields.List({"targets"}, Workflow::kMaxSteps);
    if (targets.empty()) problem_.Expect(fields.At(), "at least one target", fields.Pointer());
    const std::string list = fields.Pointer();
    for (size_t i = 0; i < targets.size(); ++i) {
      JsonFields target(targets[i], Below(list, i), problem_);
      filter.steps.push_back(ReadStep(target));
      WorkflowStep& step = filter.steps.back();
      step.timeout = std::chrono::seconds(target.Whole({"timeout"}, 0, kMaxSeconds).value_or(0));
      step.skip_if = target.Text({"skip_if"});
      if (i == 0) NeedQueue(step, target);
      target.TellRest(&unknown_);
    }
    fields.TellRest(&unknown_);
    return filter;
  }

  // What a target and the default filter have in common.
  WorkflowStep ReadStep(JsonFields& fields) {
    WorkflowStep step;
    step.queue = fields.Text({"queue", "task_queue_sid"});
    if (!step.queue.empty() && !queues_(step.queue)) {
      problem_.Expect(fields.At(), "a queue of this document", fields.Pointer());
    }
    step.expression = fields.Text({"expression"});
    step.skills = fields.Texts({"skills"}, kMaxSkills);
    if (const auto priority = fields.Whole({"priority"}, 0, std::numeric_limits<int32_t>::max())) {
      step.priority = static_cast<int32_t>(*priority);
    }
    step.order_by = fields.Text({"order_by"});
    step.known_agent_name = Attribute(fields, "known_worker_friendly_name");
    step.known_agent_id = Attribute(fields, "known_worker_sid");
    if (!step.known_agent_name.empty() && !step.known_agent_id.empty()) {
      problem_.Expect(fields.At(), "known_worker_sid or known_worker_friendly_name, not both",
                      fields.pointer());
    }
    step.skip_unknown = fields.Word({"known_worker_unknown"}, std::span(&kSkip, 1), 1) == 0;
    return step;
  }

  // The name of a task attribute.
  std::string Attribute(JsonFields& fields, std::string_view key) {
    std::string name = fields.Text({key});
    if (name.starts_with(kTask)) name.erase(0, kTask.size());
    if (name.empty() && fields.Has(key)) {
      problem_.Expect(fields.At(), "the name of a task attribute", fields.Pointer());
    }
    return name;
  }

  void NeedQueue(const WorkflowStep& step, const JsonFields& fields) {
    if (step.queue.empty()) problem_.Expect(fields.place(), "a queue", fields.pointer());
  }

  const QueueNames& queues_;
  std::vector<std::string>& unknown_;
  JsonProblem& problem_;
};

Json ToTree(const WorkflowStep& step) {
  Json json = JsonObject();
  PutText(json, "queue", step.queue);
  PutText(json, "expression", step.expression);
  if (!step.skills.empty()) Put(json, "skills", JsonTexts(step.skills));
  if (step.priority) Put(json, "priority", JsonWhole(*step.priority));
  if (step.timeout != Duration::zero()) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(step.timeout).count();
    Put(json, "timeout", JsonWhole(seconds));
  }
  PutText(json, "skip_if", step.skip_if);
  PutText(json, "order_by", step.order_by);
  if (!step.known_agent_name.empty()) {
    PutText(json, "known_worker_friendly_name", fmt::format("{}{}", kTask, step.known_agent_name));
  }
  if (!step.known_agent_id.empty()) {
    PutText(json, "known_worker_sid", fmt::format("{}{}", kTask, step.known_agent_id));
  }
  if (step.skip_unknown) PutText(json, "known_worker_unknown", kSkip);
  return json;
}

Json ToTree(const WorkflowFilter& filter) {
  Json json = JsonObject();
  PutText(json, "filter_friendly_name", filter.name);
  PutText(json, "expression", filter.expression);
  Json targets = JsonList({});
  for (const WorkflowStep& step : filter.steps) targets.items.push_back(ToTree(step));
  Put(json, "targets", std::move(targets));
  return json;
}

}  // namespace

Workflow ReadWorkflow(const Json& json, std::string pointer, const QueueNames& queues,
                      std::vector<std::string>& unknown, JsonProblem& problem) {
  Workflow workflow;
  JsonFields top(json, std::move(pointer), problem);
  if (const Json* const routing = top.Take({"task_routing"})) {
    WorkflowReader(queues, unknown, problem).ReadRouting(*routing, top.Pointer(), workflow);
  } else {
    problem.Expect(json.at, "an object with task_routing", top.pointer());
  }
  top.TellRest(&unknown);
  return workflow;
}

Json WorkflowTree(const Workflow& workflow) {
  Json routing = JsonObject();
  if (workflow.clock != StepClock::kTaskAge) {
    PutText(routing, "timeout_mode", kTimeoutModes[static_cast<size_t>(workflow.clock)]);
  }
  Json list = JsonList({});
  for (const WorkflowFilter& filter : workflow.filters) list.items.push_back(ToTree(filter));
  Put(routing, "filters", std::move(list));
  if (workflow.otherwise) Put(routing, "default_filter", ToTree(*workflow.otherwise));
  Json document = JsonObject();
  Put(document, "task_routing", std::move(routing));
  return document;
}

}  // namespace parley::internal

namespace parley {

absl::StatusOr<Workflow> Workflow::Parse(std::string_view json, std::vector<std::string>* unknown,
                                         TextError* error) {
  const absl::StatusOr<internal::Json> document = internal::ReadJson(json, {kMaxBytes}, error);
  if (!document.ok()) return document.status();
  internal::JsonProblem problem;
  std::vector<std::string> meaningless;
  const auto any = [](std::string&) { return true; };  // The engine knows which queues there are.
  Workflow workflow = internal::ReadWorkflow(*document, "", any, meaningless, problem);
  if (!problem.ok()) {
    if (error != nullptr) *error = problem.error();
    return ToStatus(problem.error());
  }
  if (unknown != nullptr) *unknown = std::move(meaningless);
  return workflow;
}

std::string Workflow::ToJson() const { return WriteJson(internal::WorkflowTree(*this)); }

}  // namespace parley
