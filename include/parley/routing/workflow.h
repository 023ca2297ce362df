// Floor 5 · routing/workflow.h — how a task goes through queues: filters, and the steps of each.
//
// A task takes the first filter whose expression is true for it, and goes through that filter's
// steps from top to bottom: each names a queue, and may ask more of the agent, change the priority,
// and end after a while. A workflow is written in the vendor's own JSON (B4), with queues by name:
//
//   {"task_routing": {
//     "filters": [{"filter_friendly_name": "French", "expression": "language == 'fr'",
//       "targets": [{"queue": "support", "expression": "worker.languages HAS task.language",
//                    "timeout": 30, "skip_if": "workers.available == 0"},
//                   {"queue": "support", "priority": 10}]}],
//     "default_filter": {"queue": "everyone"}}}
//
//   auto workflow = Workflow::Parse(json);
//   engine.Apply(AddWorkflow{"french first", json});
//
// Beyond the vendor's keys a target may have "skills" (names, needed beyond the queue's) and
// "known_worker_unknown": "skip" (a known agent who is not there does not hold the task up, P23);
// task_routing may have "timeout_mode": "per_target" (E-16). Keys that mean nothing here are
// reported, never dropped silently.
//
// Units      Time-outs are whole seconds in the JSON, milliseconds here; 0: none. Parts of a second
//            are written as a whole one.
// Errors     Parse() gives the place in the text, as a JSON pointer, and what was expected.
// Cost       Parse() is linear.
// Threads    Plain values.

#ifndef PARLEY_ROUTING_WORKFLOW_H_
#define PARLEY_ROUTING_WORKFLOW_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "parley/base/describe.h"
#include "parley/base/time.h"
#include "parley/model/text_error.h"

namespace parley {

struct WorkflowStep {
  std::string queue;                    // By name; empty: that of the step before (F3).
  std::string expression;               // Of task. and worker.; empty: anyone in the queue.
  std::vector<std::string> skills;      // By name, beyond what the queue needs.
  std::optional<int32_t> priority;      // Of the task from here on (F4).
  Duration timeout = Duration::zero();  // 0: it is never left by time (F6).
  std::string skip_if;                  // Asked if nobody can be offered the task on entering (F9).
  std::string order_by;                 // Instead of the queue's order of agents (C1).
  std::string known_agent_name;  // Task attribute with the name of the one agent to wait for,
  std::string known_agent_id;    // or with his id (F12).
  bool skip_unknown = false;     // If that names nobody of the queue, go on at once (P23).
  friend bool operator==(const WorkflowStep&, const WorkflowStep&) = default;
};

struct WorkflowFilter {
  std::string name;
  std::string expression;  // Of the task; empty: always.
  std::vector<WorkflowStep> steps;
  friend bool operator==(const WorkflowFilter&, const WorkflowFilter&) = default;
};

// From when a step's time-out counts (E-16).
enum class StepClock : uint8_t {
  kTaskAge,  // From the task's entry into the workflow; time-outs of a filter add up (F10).
  kPerStep,  // From the entry into the step.
};
inline constexpr std::array<std::string_view, 2> kStepClockNames = {"task-age", "per-step"};
constexpr const auto& NamesOf(StepClock) { return kStepClockNames; }

struct Workflow {
  std::vector<WorkflowFilter> filters;
  std::optional<WorkflowStep> otherwise;  // The default filter (F2); it has no time-out.
  StepClock clock = StepClock::kTaskAge;
  friend bool operator==(const Workflow&, const Workflow&) = default;

  static constexpr size_t kMaxBytes = 1'000'000;
  static constexpr size_t kMaxFilters = 1000;
  static constexpr size_t kMaxSteps = 100;  // Of one filter.

  // Reads the vendor's workflow configuration. `unknown` gets the JSON pointers of keys that mean
  // nothing here. Refuses: bad JSON, depth, size, numbers out of range, duplicate keys, a filter
  // without steps. Expressions and names are checked when the engine gets it.
  static absl::StatusOr<Workflow> Parse(std::string_view json,
                                        std::vector<std::string>* unknown = nullptr,
                                        TextError* error = nullptr);
  // Parse() of it gives the same workflow.
  std::string ToJson() const;
};

}  // namespace parley

#endif  // PARLEY_ROUTING_WORKFLOW_H_
