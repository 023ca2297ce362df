// What the differential runs leave out of what can be drawn. All else is told to engine and model.
//
// Told are all commands and all settings; workflows, expressions and attributes as draw_texts.h
// draws them. Of Explain the reasons are compared, places and ends, not what else it counts up. Not
// compared is why an agent was chosen whose offers are accepted for him, in a queue that asks
// several: he is asked alone, but another than the next is told as next.
//
// A history ends, and is compared no further, once the engine does something else than it tells
// (Model::IsDisputed):
// - Two tasks wait for the same agent alone, in queues of different orders, or in two ageing ones:
//   there it heeds neither routing.first nor points.
// - Two tasks wait in one ageing queue, their points differ by less than a thousandth, and the
//   younger has more of them, or was made first. In one line it goes first; if they are of other
//   media or skills, and so in two lines, the older does.
// - A task of a medium that goes first waits for room on the desk of one agent alone: he is offered
//   what costs all the same, while he would not be if the task were for anyone.

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
