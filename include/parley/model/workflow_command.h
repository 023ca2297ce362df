// Floor 3 · model/workflow_command.h — commands about workflows (B4).

#ifndef PARLEY_MODEL_WORKFLOW_COMMAND_H_
#define PARLEY_MODEL_WORKFLOW_COMMAND_H_

#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"

namespace parley {

// Makes a workflow from its definition (routing/workflow.h). What is legal and yet a trap is told
// in WorkflowWarning events. reservation_timeout is that of its offers, up to 1 day; 0: the
// setting's. Refuses: as AddSkill; kWorkflowInvalid and kExpressionInvalid with a place, kNotFound
// for a queue or skill that it names and nobody has, kOutOfRange.
struct AddWorkflow {
  std::string_view name{};
  std::string_view definition{};
  Duration reservation_timeout = Duration::zero();
  friend bool operator==(const AddWorkflow&, const AddWorkflow&) = default;
  static constexpr std::string_view kName = "add-workflow";
  static constexpr auto kFields =
      std::tuple(Arg("name", &AddWorkflow::name), Arg("definition", &AddWorkflow::definition),
                 Opt("reservation-timeout", &AddWorkflow::reservation_timeout));
};

// Replaces it. Tasks that wait in it stay with the steps that they entered; with `reevaluate` they
// begin again at the top of the new ones (B1 T18). Refuses: as AddWorkflow, but for the name.
struct UpdateWorkflow {
  WorkflowId workflow{};
  std::string_view definition{};
  Duration reservation_timeout = Duration::zero();
  bool reevaluate = false;
  friend bool operator==(const UpdateWorkflow&, const UpdateWorkflow&) = default;
  static constexpr std::string_view kName = "update-workflow";
  static constexpr auto kFields = std::tuple(
      Arg("workflow", &UpdateWorkflow::workflow), Arg("definition", &UpdateWorkflow::definition),
      Opt("reservation-timeout", &UpdateWorkflow::reservation_timeout),
      Opt("reevaluate", &UpdateWorkflow::reevaluate));
};

// Refuses: kInUse while a conversation that is not over, or a task that is kept, goes by it.
struct RemoveWorkflow {
  WorkflowId workflow{};
  friend bool operator==(const RemoveWorkflow&, const RemoveWorkflow&) = default;
  static constexpr std::string_view kName = "remove-workflow";
  static constexpr auto kFields = std::tuple(Arg("workflow", &RemoveWorkflow::workflow));
};

}  // namespace parley

#endif  // PARLEY_MODEL_WORKFLOW_COMMAND_H_
