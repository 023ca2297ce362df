// src/workspace_read.cc — a workspace from the vendor's JSON: see annex/workspace.h.

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "json_tree.h"
#include "parley/annex/workspace.h"
#include "workflow_json.h"
#include "workspace_document.h"

namespace parley {
namespace {

using internal::Below;
using internal::Book;
using internal::Json;
using internal::JsonFields;
using internal::JsonProblem;
using internal::JsonType;

// Documented keys without effect here.
constexpr std::string_view kOfWorkspace[] = {"event_callback_url", "events_filter",
                                             "multi_task_enabled", "prioritize_queue_order"};
constexpr std::string_view kOfChannel[] = {"channel_optimized_routing"};
constexpr std::string_view kOfQueue[] = {"event_callback_url", "reservation_activity_sid",
                                         "reservation_activity_name", "assignment_activity_sid",
                                         "assignment_activity_name"};
constexpr std::string_view kOfWorkflow[] = {
    "assignment_callback_url", "fallback_assignment_callback_url", "document_content_type"};
constexpr std::string_view kOfAgent[] = {"available", "date_status_changed"};
constexpr std::string_view kOfCapacity[] = {"sid", "worker_sid", "assigned_tasks",
                                            "available_capacity_percentage"};

constexpr int64_t kMaxReservationSeconds = int64_t{24} * 60 * 60;
constexpr int64_t kMaxPointEvery = int64_t{24} * 60 * 60 * 1000;  // Milliseconds.
constexpr int64_t kMaxTarget = 14 * kMaxPointEvery;
constexpr int64_t kMaxCapacity = 10'000;
constexpr int64_t kMaxBudget = 1'000'000;
constexpr size_t kMaxSkills = 256;

class WorkspaceReader {
 public:
  Workspace Read(const Json& json) {
    JsonFields top(json, "", problem());
    document_.ForEach(top, {"activities"}, {"activities"}, {},
                      [this](JsonFields& fields) { ReadActivity(fields); });
    document_.ForEach(top, {"task_channels", "channels"}, {"channels", "task_channels"}, kOfChannel,
                      [this](JsonFields& fields) { ReadChannel(fields); });
    document_.ForEach(top, {"task_queues"}, {"task_queues"}, kOfQueue,
                      [this](JsonFields& fields) { ReadQueue(fields); });
    document_.ForEach(top, {"workflows"}, {"workflows"}, kOfWorkflow,
                      [this](JsonFields& fields) { ReadWorkflow(fields); });
    document_.ForEach(top, {"workers"}, {"workers"}, kOfAgent,
                      [this](JsonFields& fields) { ReadAgent(fields); });
    if (const Json* const self = top.Take({"workspace"})) {
      JsonFields fields(*self, top.Pointer(), problem());
      ReadSelf(*self, fields);
    }
    top.TellRest(&document_.report().unknown);
    document_.Finish();
    return std::move(workspace_);
  }
  JsonProblem& problem() { return document_.problem(); }
  WorkspaceReport& report() { return document_.report(); }

 private:
  void ReadSelf(const Json& json, JsonFields& fields) {
    workspace_.sid = fields.Text({"sid"});
    workspace_.name = fields.Text({"friendly_name"});
    workspace_.default_activity = document_.Reference(fields, activities_, {"default_activity_sid"},
                                                      {"default_activity_name"});
    workspace_.timeout_activity = document_.Reference(fields, activities_, {"timeout_activity_sid"},
                                                      {"timeout_activity_name"});
    workspace_.logout_activity =
        document_.Reference(fields, activities_, {"logout_activity_sid"}, {"logout_activity_name"});
    const Json* const order = json.Find("prioritize_queue_order");
    if (order != nullptr && order->text == "LIFO") {
      document_.Warn(Below(fields.pointer(), "prioritize_queue_order"),
                     "LIFO queues do not go before others here");
    }
    const Json* const multi = json.Find("multi_task_enabled");
    if (multi != nullptr && multi->type == JsonType::kBoolean && !multi->truth) {
      document_.Warn(Below(fields.pointer(), "multi_task_enabled"),
                     "agents have a capacity for each medium, and can have several tasks");
    }
    document_.Ignore(fields, kOfWorkspace);
  }

  void ReadActivity(JsonFields& fields) {
    WorkspaceActivity activity;
    document_.ReadNames(fields, activities_, {"friendly_name"}, activity.sid, activity.name);
    activity.available = fields.Truth({"available"}).value_or(false);
    workspace_.activities.push_back(std::move(activity));
  }

  void ReadChannel(JsonFields& fields) {
    WorkspaceChannel channel;
    document_.ReadNames(fields, channels_, {"unique_name"}, channel.sid, channel.unique_name);
    channel.name = fields.Text({"friendly_name"});
    WarnIfCustom(fields.pointer(), channel.unique_name);
    workspace_.channels.push_back(std::move(channel));
  }

  void ReadQueue(JsonFields& fields) {
    constexpr int64_t kMost = std::numeric_limits<int32_t>::max();
    WorkspaceQueue queue;
    document_.ReadNames(fields, queues_, {"friendly_name"}, queue.sid, queue.name);
    queue.skills = fields.Texts({"skills"}, kMaxSkills);
    queue.agents = fields.Text({"target_workers"});
    document_.AddExpression(fields.Pointer(), queue.agents);
    queue.order = static_cast<TaskOrder>(fields.Word({"task_order"}, internal::kVendorOrders, 0));
    queue.max_offers =
        static_cast<uint32_t>(fields.Whole({"max_reserved_workers"}, 1, kMostOffers).value_or(1));
    if (const auto every = fields.Whole({"point_every"}, 1, kMaxPointEvery)) {
      queue.point_every = Duration(*every);
    }
    queue.target = Duration(fields.Whole({"target"}, 0, kMaxTarget).value_or(0));
    queue.warn_before =
        Duration(fields.Whole({"warn_before"}, 0, queue.target.count()).value_or(0));
    queue.credit = static_cast<int32_t>(fields.Whole({"credit"}, 0, kMost).value_or(0));
    queue.agent_order = static_cast<AgentOrder>(fields.Word({"agent_order"}, kAgentOrderNames, 0));
    queue.by = fields.Text({"agent_order_by"});
    document_.AddExpression(fields.Pointer(), queue.by);
    workspace_.queues.push_back(std::move(queue));
  }

  void ReadWorkflow(JsonFields& fields) {
    WorkspaceWorkflow workflow;
    document_.ReadNames(fields, workflows_, {"friendly_name"}, workflow.sid, workflow.name);
    workflow.reservation_timeout = std::chrono::seconds(
        fields.Whole({"task_reservation_timeout"}, 0, kMaxReservationSeconds).value_or(0));
    if (const Json* const json = fields.Take({"configuration"})) {
      workflow.definition = ReadDefinition(*json, fields.Pointer());
    } else {
      problem().Expect(fields.At(), "a workflow", fields.Pointer());
    }
    workspace_.workflows.push_back(std::move(workflow));
  }

  // As an object, or as a text that is one.
  Workflow ReadDefinition(const Json& json, const std::string& pointer) {
    const auto name_of = [this](std::string& queue) {
      const std::string* const name = queues_.Find(queue);
      if (name != nullptr) queue = *name;
      return name != nullptr;
    };
    Workflow workflow;
    if (json.type != JsonType::kText) {
      workflow = internal::ReadWorkflow(json, pointer, name_of, report().unknown, problem());
    } else {
      TextError error;
      const auto inside = internal::ReadJson(json.text, {Workflow::kMaxBytes}, &error);
      JsonProblem wrong;
      if (inside.ok()) {
        workflow = internal::ReadWorkflow(*inside, pointer, name_of, report().unknown, wrong);
        error = wrong.error();
      }
      if (!inside.ok() || !wrong.ok()) ExpectInside(json, pointer, "a workflow", error);
    }
    AddExpressions(workflow, pointer);
    return workflow;
  }

  void AddExpressions(const Workflow& workflow, const std::string& pointer) {
    const std::string routing = Below(pointer, "task_routing");
    for (size_t i = 0; i < workflow.filters.size(); ++i) {
      const std::string filter = Below(Below(routing, "filters"), i);
      document_.AddExpression(Below(filter, "expression"), workflow.filters[i].expression);
      const auto& steps = workflow.filters[i].steps;
      for (size_t k = 0; k < steps.size(); ++k) {
        AddExpressions(steps[k], Below(Below(filter, "targets"), k));
      }
    }
    if (workflow.otherwise) AddExpressions(*workflow.otherwise, Below(routing, "default_filter"));
  }

  void AddExpressions(const WorkflowStep& step, const std::string& pointer) {
    document_.AddExpression(Below(pointer, "expression"), step.expression);
    document_.AddExpression(Below(pointer, "skip_if"), step.skip_if);
    document_.AddExpression(Below(pointer, "order_by"), step.order_by);
    if (!step.known_agent_id.empty()) {
      document_.Warn(Below(pointer, "known_worker_sid"),
                     "agents have ids of their own here, and no sids");
    }
  }

  void ReadAgent(JsonFields& fields) {
    WorkspaceAgent agent;
    document_.ReadNames(fields, agents_, {"friendly_name"}, agent.sid, agent.name);
    agent.activity = document_.Reference(fields, activities_, {"activity_sid"}, {"activity_name"});
    agent.skills = fields.Texts({"skills"}, kMaxSkills);
    if (const Json* const json = fields.Take({"attributes"})) {
      agent.attributes = ReadAttributes(*json, fields.Pointer());
    }
    agent.budget = static_cast<uint32_t>(fields.Whole({"budget"}, 0, kMaxBudget).value_or(0));
    document_.ForEach(fields, {"channels"}, {"channels"}, kOfCapacity,
                      [&](JsonFields& channel) { ReadCapacity(channel, agent); });
    workspace_.agents.push_back(std::move(agent));
  }

  // As an object, or as a text that is one.
  Attributes ReadAttributes(const Json& json, const std::string& pointer) {
    TextError error;
    const bool text = json.type == JsonType::kText;
    auto attributes = Attributes::Parse(text ? json.text : WriteJson(json), &error);
    if (attributes.ok()) return *std::move(attributes);
    ExpectInside(json, pointer, "attributes", error);
    return {};
  }

  void ReadCapacity(JsonFields& fields, WorkspaceAgent& agent) {
    WorkspaceCapacity capacity;
    capacity.channel = document_.Reference(fields, channels_, {"task_channel_sid"},
                                           {"task_channel_unique_name"}, /*declared=*/false);
    if (capacity.channel.empty()) {
      problem().Expect(fields.place(), "a task channel", fields.pointer());
    }
    if (std::ranges::count(agent.capacities, capacity.channel, &WorkspaceCapacity::channel) > 0) {
      problem().Expect(fields.place(), "a task channel that nothing before it has",
                       fields.pointer());
    }
    capacity.capacity =
        static_cast<uint32_t>(fields.Whole({"configured_capacity"}, 0, kMaxCapacity).value_or(0));
    capacity.available = fields.Truth({"available"}).value_or(true);
    WarnIfCustom(fields.pointer(), capacity.channel);
    agent.capacities.push_back(std::move(capacity));
  }

  // Once for each channel.
  void WarnIfCustom(std::string_view pointer, const std::string& channel) {
    if (MediumOf(channel) != Medium::kCustom || channel == Name(Medium::kCustom)) return;
    if (!custom_.insert(channel).second) return;
    document_.Warn(pointer, fmt::format("the task channel {} is custom here", channel));
  }

  // Something is wrong within a text or an object that is read for itself.
  void ExpectInside(const Json& json, std::string_view pointer, std::string_view what,
                    const TextError& inside) {
    problem().Expect(json.at,
                     fmt::format("{}, with {} at byte {} of it,", what, inside.expected, inside.at),
                     pointer);
  }

  internal::WorkspaceDocument document_;
  Book activities_{"an activity"};
  Book channels_{"a task channel"};
  Book queues_{"a queue"};
  Book workflows_{"a workflow"};
  Book agents_{"a worker"};
  std::set<std::string> custom_;  // Channels that were told to be custom.
  Workspace workspace_;
};

}  // namespace

absl::StatusOr<Workspace> Workspace::Parse(std::string_view json, WorkspaceReport* report,
                                           TextError* error) {
  const absl::StatusOr<Json> document = internal::ReadJson(json, {kMaxBytes}, error);
  if (!document.ok()) return document.status();
  WorkspaceReader reader;
  Workspace workspace = reader.Read(*document);
  if (!reader.problem().ok()) {
    if (error != nullptr) *error = reader.problem().error();
    return ToStatus(reader.problem().error());
  }
  if (report != nullptr) *report = std::move(reader.report());
  return workspace;
}

}  // namespace parley
