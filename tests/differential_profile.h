// What the differential runs leave out of what can be drawn. All else is told to engine and model.
//
// Told are all commands and all settings; workflows, expressions and attributes as draw_texts.h
// draws them. Left out: ageing queues and media that go first. FIFO and LIFO queues are compared
// apart, and so are histories that remove queues and those that update workflows: how long an old
// version holds a queue is written nowhere. Not compared: why an agent was chosen, and Explain.

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
  const bool left_out = seed % 2 == 0 ? std::holds_alternative<RemoveQueue>(command)
                                      : std::holds_alternative<UpdateWorkflow>(command);
  if (left_out) return Advance{};
  if (auto* settings = std::get_if<ApplySettings>(&command)) {
    settings->settings = Narrowed(settings->settings);
  }
  std::visit(
      [&](auto& told) {
        if constexpr (requires { told.rules; }) Narrow(seed, told.rules);
      },
      command);
  return command;
}

}  // namespace parley

#endif  // PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_
