// What the differential runs leave out of what can be drawn. All else is told to engine and model.
//
// Not in the model: workflows, attributes and expressions, other orders of tasks and agents than
// the usual ones, several offers at once, costs, wakes, the answer limit and service levels. Not
// compared yet: limits of wrap-up, and CreateTask above capacity.
// A first task for one agent (Message, ChannelReady) is not in the model.

#ifndef PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_
#define PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_

#include <variant>

#include "parley/parley.h"

namespace parley {

inline Settings Narrowed(Settings settings) {
  settings.routing.wakes_per_minute = 0;
  settings.answer.limit = Duration::zero();
  for (auto& medium : settings.media) {
    medium.cost = 0;
    medium.interrupted_by = {};
    medium.goes_first = false;
    medium.wrap_up_limit = Duration::zero();
  }
  return settings;
}

inline void Narrow(QueueRules& rules) {
  rules.agents = rules.by = {};
  rules.order = TaskOrder::kFifo;
  rules.agent_order = AgentOrder::kLastReserved;
  rules.max_offers = 1;
  rules.target = rules.warn_before = Duration::zero();
}

inline Command Narrowed(Command command) {
  if (auto* settings = std::get_if<ApplySettings>(&command)) {
    settings->settings = Narrowed(settings->settings);
  }
  if (std::holds_alternative<AddWorkflow>(command) ||
      std::holds_alternative<UpdateWorkflow>(command) ||
      std::holds_alternative<RemoveWorkflow>(command)) {
    return Advance{};
  }
  if (std::holds_alternative<SetBudget>(command)) return Advance{};
  if (auto* create = std::get_if<CreateTask>(&command)) create->direct.over_by = 0;
  if (auto* message = std::get_if<Message>(&command)) message->direct = {};
  if (auto* ready = std::get_if<ChannelReady>(&command)) ready->direct = {};
  std::visit(
      [](auto& told) {
        if constexpr (requires { told.rules; }) Narrow(told.rules);
        if constexpr (requires { told.route; }) {
          told.route.workflow = {};
          told.route.attributes = {};
        }
      },
      command);
  return command;
}

}  // namespace parley

#endif  // PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_
