// What the differential runs leave out of what can be drawn. All else is told to engine and model.
//
// Told are all commands and all settings; workflows, expressions and attributes as draw_texts.h
// draws them. Left out: ageing queues, media that go first, and what is disputed, with its reason
// below. FIFO and LIFO queues are compared apart. Not compared: why an agent was chosen, and
// Explain.

#ifndef PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_
#define PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_

#include <algorithm>
#include <cstdint>
#include <variant>

#include "model/model.h"
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

// Told of as differing: an agent is removed while a task waits for him alone that is to go through
// its workflow then. If that is exhausted at once, the policy is told of him as if he were there,
// and an invitation of him fails for the reason of that task.
inline bool Disputed(const model::Model& model, const Command& command) {
  const auto* remove = std::get_if<RemoveAgent>(&command);
  if (remove == nullptr) return false;
  const auto tasks = model.tasks().All();
  return std::ranges::any_of(tasks, [&](const model::Task* task) {
    return task->workflow && task->waits_for == remove->agent;
  });
}

inline Command Narrowed(uint64_t seed, Command command) {
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
