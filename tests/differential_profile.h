// What the differential runs leave out of what can be drawn. All else is told to engine and model.
//
// Not in the model: workflows, attributes and expressions (so neither orders of agents by score nor
// by attributes), ageing queues, media that go first. Not compared yet: wakes. Compared apart: FIFO
// and LIFO queues; limits of answers, and policies that exclude agents. What is disputed stands
// with its reason below.

#ifndef PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_
#define PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_

#include <cstdint>
#include <variant>

#include "parley/parley.h"

namespace parley {

// Answers have limits in every second history; in the others policies exclude agents: an agent who
// was silent and is excluded is asked all the same.
inline bool AnswersHaveLimits(uint64_t seed) { return seed % 2 == 1; }

// All queues of a history have one order of tasks: nothing says how those stand that wait for one
// agent alone if their queues differ in that.
inline TaskOrder OrderOf(uint64_t seed) {
  return seed / 2 % 2 == 0 ? TaskOrder::kFifo : TaskOrder::kLifo;
}

inline Settings Narrowed(uint64_t seed, Settings settings) {
  if (!AnswersHaveLimits(seed)) settings.answer.limit = Duration::zero();
  settings.routing.wakes_per_minute = 0;
  for (auto& medium : settings.media) medium.goes_first = false;
  return settings;
}

inline void Narrow(uint64_t seed, QueueRules& rules) {
  rules.agents = rules.by = {};
  rules.order = OrderOf(seed);
  const bool asks =
      rules.agent_order == AgentOrder::kScore || rules.agent_order == AgentOrder::kOrderBy;
  if (asks) rules.agent_order = AgentOrder::kLastReserved;
}

// Told of as differing; see the comments.
inline bool Disputed(const Engine& engine, Instant at, const Command& command) {
  // Who transfers it, or loses it to a supervisor, is asked again at once if he was silent before;
  // or if he is when time has passed.
  const auto silent = [&](ConversationId id) {
    const Conversation* c = engine.Find(id);
    const bool limited = engine.settings().answer.limit > Duration::zero();
    return c != nullptr && (c->silent.size != 0 || (limited && at > engine.Now()));
  };
  if (const auto* transfer = std::get_if<Transfer>(&command)) return silent(transfer->conversation);
  const auto* reassign = std::get_if<Reassign>(&command);
  return reassign != nullptr && silent(reassign->conversation);
}

inline Command Narrowed(uint64_t seed, Command command) {
  if (auto* settings = std::get_if<ApplySettings>(&command)) {
    settings->settings = Narrowed(seed, settings->settings);
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
          told.route.attributes = {};
        }
      },
      command);
  return command;
}

}  // namespace parley

#endif  // PARLEY_TESTS_DIFFERENTIAL_PROFILE_H_
