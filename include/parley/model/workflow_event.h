// Floor 3 · model/workflow_event.h — what happened to workflows, and to tasks in them.
//
// Filters and steps are counted from 1, as they stand in the definition; filter 0 is the default
// one.

#ifndef PARLEY_MODEL_WORKFLOW_EVENT_H_
#define PARLEY_MODEL_WORKFLOW_EVENT_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"

namespace parley {

struct WorkflowAdded {
  WorkflowId workflow{};
  friend bool operator==(const WorkflowAdded&, const WorkflowAdded&) = default;
  static constexpr std::string_view kName = "WorkflowAdded";
  static constexpr auto kFields = std::tuple(Arg("workflow", &WorkflowAdded::workflow));
};
struct WorkflowUpdated {
  WorkflowId workflow{};
  friend bool operator==(const WorkflowUpdated&, const WorkflowUpdated&) = default;
  static constexpr std::string_view kName = "WorkflowUpdated";
  static constexpr auto kFields = std::tuple(Arg("workflow", &WorkflowUpdated::workflow));
};
struct WorkflowRemoved {
  WorkflowId workflow{};
  friend bool operator==(const WorkflowRemoved&, const WorkflowRemoved&) = default;
  static constexpr std::string_view kName = "WorkflowRemoved";
  static constexpr auto kFields = std::tuple(Arg("workflow", &WorkflowRemoved::workflow));
};

// Legal, and probably not meant.
enum class WorkflowTrap : uint8_t {
  kFilterUnreachable,  // The filter before it is true for every task.
  kStepUnreachable,    // The step before it has neither a time-out nor a skip_if.
  kNoFallback,         // Its last step times out; the default filter does not catch that (P22).
  kNoDefault,          // A task that matches no filter is canceled.
  kKnownAgentWaits,    // A known agent who is not there holds the task for the whole step (P23).
  kPriorityInLifo,     // It sets a priority in a LIFO queue, which ignores it (E-22).
  kUnknownKey,         // A key of the definition means nothing here; told once for each.
};
inline constexpr std::array<std::string_view, 7> kWorkflowTrapNames = {
    "filter-unreachable", "step-unreachable", "no-fallback", "no-default",
    "known-agent-waits",  "priority-in-lifo", "unknown-key"};
constexpr const auto& NamesOf(WorkflowTrap) { return kWorkflowTrapNames; }

struct WorkflowWarning {
  WorkflowId workflow{};
  WorkflowTrap trap = WorkflowTrap::kFilterUnreachable;
  uint32_t filter = 0;
  uint32_t step = 0;
  friend bool operator==(const WorkflowWarning&, const WorkflowWarning&) = default;
  static constexpr std::string_view kName = "WorkflowWarning";
  static constexpr auto kFields =
      std::tuple(Arg("workflow", &WorkflowWarning::workflow), Arg("trap", &WorkflowWarning::trap),
                 Opt("filter", &WorkflowWarning::filter), Opt("step", &WorkflowWarning::step));
};

struct WorkflowEntered {
  TaskId task{};
  WorkflowId workflow{};
  friend bool operator==(const WorkflowEntered&, const WorkflowEntered&) = default;
  static constexpr std::string_view kName = "WorkflowEntered";
  static constexpr auto kFields =
      std::tuple(Arg("task", &WorkflowEntered::task), Arg("workflow", &WorkflowEntered::workflow));
};

// The vendor's workflow.target-matched, and, when `from` is given, task-queue.moved.
struct StepEntered {
  TaskId task{};
  uint32_t filter = 0;
  uint32_t step = 0;
  QueueId queue{};
  QueueId from{};
  friend bool operator==(const StepEntered&, const StepEntered&) = default;
  static constexpr std::string_view kName = "StepEntered";
  static constexpr auto kFields =
      std::tuple(Arg("task", &StepEntered::task), Arg("filter", &StepEntered::filter),
                 Arg("step", &StepEntered::step), Arg("queue", &StepEntered::queue),
                 Opt("from", &StepEntered::from));
};

// The vendor's task-queue.timeout.
struct StepTimedOut {
  TaskId task{};
  uint32_t filter = 0;
  uint32_t step = 0;
  QueueId queue{};
  friend bool operator==(const StepTimedOut&, const StepTimedOut&) = default;
  static constexpr std::string_view kName = "StepTimedOut";
  static constexpr auto kFields =
      std::tuple(Arg("task", &StepTimedOut::task), Arg("filter", &StepTimedOut::filter),
                 Arg("step", &StepTimedOut::step), Arg("queue", &StepTimedOut::queue));
};

// The vendor's workflow.skipped.
struct StepSkipped {
  TaskId task{};
  uint32_t filter = 0;
  uint32_t step = 0;
  QueueId queue{};
  friend bool operator==(const StepSkipped&, const StepSkipped&) = default;
  static constexpr std::string_view kName = "StepSkipped";
  static constexpr auto kFields =
      std::tuple(Arg("task", &StepSkipped::task), Arg("filter", &StepSkipped::filter),
                 Arg("step", &StepSkipped::step), Arg("queue", &StepSkipped::queue));
};

// No step is left; the task is canceled next (B1 T5, B4 F8).
struct WorkflowTimedOut {
  TaskId task{};
  WorkflowId workflow{};
  friend bool operator==(const WorkflowTimedOut&, const WorkflowTimedOut&) = default;
  static constexpr std::string_view kName = "WorkflowTimedOut";
  static constexpr auto kFields = std::tuple(Arg("task", &WorkflowTimedOut::task),
                                             Arg("workflow", &WorkflowTimedOut::workflow));
};

}  // namespace parley

#endif  // PARLEY_MODEL_WORKFLOW_EVENT_H_
