// What the differential runs leave out of what can be drawn. All else is told to engine and model.
//
// Not in the model: ageing queues, media that go first. Not compared yet: workflows. Compared
// apart: FIFO and LIFO queues.

#ifndef PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_
#define PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_

#include <cstdint>
#include <variant>

#include "parley/parley.h"

namespace parley {

// All queues of a history have one order of tasks: nothing says how those stand that wait for one
// agent alone if their queues differ in that.
inline TaskOrder OrderOf(uint64_t seed) {
  return seed / 2 % 2 == 0 ? TaskOrder::kFifo : TaskOrder::kLifo;
}

inline Settings Narrowed(Settings settings) {
  for (auto& medium : settings.media) medium.goes_first = false;
  return settings;
}

inline void Narrow(uint64_t seed, QueueRules& rules) { rules.order = OrderOf(seed); }

inline Command Narrowed(uint64_t seed, Command command) {
  if (auto* settings = std::get_if<ApplySettings>(&command)) {
    settings->settings = Narrowed(settings->settings);
  }
  if (std::holds_alternative<AddWorkflow>(command) ||
      std::holds_alternative<UpdateWorkflow>(command) ||
      std::holds_alternative<RemoveWorkflow>(command)) {
    return Advance{};
  }
  std::visit(
      [&](auto& told) {
        if constexpr (requires { told.rules; }) Narrow(seed, told.rules);
        if constexpr (requires { told.route; }) {
          told.route.workflow = {};
        }
      },
      command);
  return command;
}

}  // namespace parley

#endif  // PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_
