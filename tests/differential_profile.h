// What the differential runs leave out of what can be drawn. All else is told to engine and model.
//
// Told are all commands and all settings; workflows, expressions and attributes as draw_texts.h
// draws them. Of Explain the reasons are compared, places and ends, not what else it counts up.

#ifndef PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_
#define PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_

#include <cstdint>
#include <variant>

#include "parley/parley.h"

namespace parley {

// In half of the histories all queues have one order of tasks: each is to be seen by itself, too.
inline void Narrow(uint64_t seed, QueueRules& rules) {
  const uint64_t order = seed / 2 % (2 * CountOf<TaskOrder>());
  if (order < CountOf<TaskOrder>()) rules.order = static_cast<TaskOrder>(order);
}

inline Command Narrowed(uint64_t seed, Command command) {
  std::visit(
      [&](auto& told) {
        if constexpr (requires { told.rules; }) Narrow(seed, told.rules);
      },
      command);
  return command;
}

}  // namespace parley

#endif  // PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_
