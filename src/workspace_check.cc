// src/workspace_check.cc — whether a workspace fits an engine: see workspace_check.h.

#include "workspace_check.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "parley/routing/expression.h"
#include "parley/routing/order_by.h"

namespace parley::internal {
namespace {

// The first text that does not read.
class ExpressionCheck {
 public:
  const absl::Status& status() const { return status_; }

  void Check(const WorkspaceQueue& queue) {
    const std::string where = fmt::format("queue {}", queue.name);
    Read<Expression>(where, "target_workers", queue.agents, Scope::kAgent, ExpressionOptions{});
    if (queue.agent_order == AgentOrder::kScore) {
      Read<ScoreExpression>(where, "agent_order_by", queue.by, ExpressionOptions{});
    } else if (queue.agent_order == AgentOrder::kOrderBy) {
      Read<AgentOrderBy>(where, "agent_order_by", queue.by);
    }
  }

  void Check(const WorkspaceWorkflow& workflow) {
    const auto& filters = workflow.definition.filters;
    for (size_t i = 0; i < filters.size(); ++i) {
      const std::string where = fmt::format("workflow {}, filter {}", workflow.name, i + 1);
      Read<Expression>(where, "expression", filters[i].expression, Scope::kTask,
                       ExpressionOptions{});
      for (size_t k = 0; k < filters[i].steps.size(); ++k) {
        Check(filters[i].steps[k], fmt::format("{}, target {}", where, k + 1));
      }
    }
    if (const auto& otherwise = workflow.definition.otherwise) {
      Check(*otherwise, fmt::format("workflow {}, default filter", workflow.name));
    }
  }

 private:
  void Check(const WorkflowStep& step, const std::string& where) {
    Read<Expression>(where, "expression", step.expression, Scope::kTarget, ExpressionOptions{});
    Read<Expression>(where, "skip_if", step.skip_if, Scope::kSkip, ExpressionOptions{});
    Read<AgentOrderBy>(where, "order_by", step.order_by);
  }

  template <class T, class... Options>
  void Read(const std::string& where, std::string_view key, const std::string& text,
            Options... options) {
    TextError error;
    if (!status_.ok() || text.empty() || T::Parse(text, options..., &error).ok()) return;
    status_ = absl::InvalidArgumentError(
        fmt::format("{}, {}: at byte {}: expected {}", where, key, error.at, error.expected));
  }

  absl::Status status_;
};

absl::Status Taken(std::string_view kind, std::string_view name) {
  return absl::AlreadyExistsError(fmt::format("{} {}: the engine has one", kind, name));
}

absl::Status CheckRoom(std::string_view kind, size_t there, size_t more, size_t limit) {
  if (there + more <= limit) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      fmt::format("{}: {} and {} more are over the limit of {}", kind, there, more, limit));
}

}  // namespace

absl::Status CheckExpressions(const Workspace& workspace) {
  ExpressionCheck check;
  for (const WorkspaceQueue& queue : workspace.queues) check.Check(queue);
  for (const WorkspaceWorkflow& workflow : workspace.workflows) check.Check(workflow);
  return check.status();
}

absl::Status CheckConflicts(const Workspace& workspace, const Engine& engine) {
  const std::vector<ActivityView> there = engine.Activities();
  for (const WorkspaceActivity& activity : workspace.activities) {
    const auto same =
        std::ranges::find(there, engine.FindActivity(activity.name), &ActivityView::activity);
    if (same != there.end() && same->available != activity.available) {
      return absl::FailedPreconditionError(
          fmt::format("activity {}: the engine has one that is {}", activity.name,
                      same->available ? "available" : "not available"));
    }
  }
  for (const WorkspaceQueue& queue : workspace.queues) {
    if (engine.FindQueue(queue.name)) return Taken("queue", queue.name);
  }
  for (const WorkspaceWorkflow& workflow : workspace.workflows) {
    if (engine.FindWorkflow(workflow.name)) return Taken("workflow", workflow.name);
  }
  for (const WorkspaceAgent& agent : workspace.agents) {
    if (engine.FindAgent(agent.name)) return Taken("worker", agent.name);
  }
  const auto& limits = engine.settings().limits;
  absl::Status status =
      CheckRoom("queues", engine.Queues().size(), workspace.queues.size(), limits.queues);
  status.Update(CheckRoom("workflows", engine.Workflows().size(), workspace.workflows.size(),
                          limits.workflows));
  status.Update(
      CheckRoom("workers", engine.Agents().size(), workspace.agents.size(), limits.agents));
  return status;
}

}  // namespace parley::internal
