// Texts drawn from a seed, for the fields that are read as something: attributes, expressions,
// formulas, workflows. Mostly right, sometimes hostile. They live for ever: commands hold views.

#ifndef PARLEY_TESTS_DRAW_TEXTS_H_
#define PARLEY_TESTS_DRAW_TEXTS_H_

#include <array>
#include <string_view>

#include "draw.h"

namespace parley {

inline constexpr std::array<std::string_view, 10> kSomeAttributes = {
    "",
    R"({"level":1,"team":"red"})",
    R"({"level":2,"team":"blue","languages":["fr","en"]})",
    R"({"level":3,"languages":["fr"],"vip":true})",
    R"({"language":"fr","agent":"ann","cost":1.50})",
    R"({"language":"en","agent":"nobody","team":"red"})",
    R"({"level":"three","agent":"bob","vip":null})",
    R"({"agent":17})",
    R"({"language":"fr")",
    "[]"};
inline constexpr std::array<std::string_view, 8> kSomeQueueTests = {
    "",
    "level >= 2",
    "team == 'red' OR languages HAS 'fr'",
    "worker.activity_name == 'Available' AND 1==1",
    "worker.channel.voice.assigned_tasks == 0",
    "worker.channel.chat.available_capacity_percentage > 30 OR team != 'blue'",
    "1 == 2",
    "level >"};
inline constexpr std::array<std::string_view, 4> kSomeScores = {
    "worker.level", "2 * worker.level + 10 * (worker.team == task.team)", "-1 * worker.level",
    "worker.level +"};
inline constexpr std::array<std::string_view, 4> kSomeOrders = {
    "worker.level DESC", "worker.level ASC, worker.cost DESC", "worker.team ASC", "level"};

// Queues and skills are named as in SomeNames(), so that some of them are there.
inline constexpr std::array<std::string_view, 10> kSomeWorkflows = {
    R"({"task_routing":{"filters":[{"expression":"language=='fr'","targets":[
       {"queue":"ann","expression":"worker.languages HAS task.language","timeout":1},
       {"queue":"bob","priority":2,"timeout":1,"order_by":"worker.level DESC"}]}],
       "default_filter":{"queue":"ann"}}})",
    R"({"task_routing":{"filters":[{"expression":"1==1","targets":[
       {"queue":"ann","skip_if":"workers.available == 0","timeout":2},
       {"queue":"bob","skip_if":"1==1"},{"expression":"worker.level > 1","timeout":1}]}]}})",
    R"({"task_routing":{"filters":[{"expression":"agent != null","targets":[
       {"queue":"ann","known_worker_friendly_name":"agent","timeout":1},{"queue":"bob"}]},
       {"expression":"team == 'red'","targets":[{"queue":"bob","timeout":1}]}],
       "default_filter":{"queue":"bob"}}})",
    R"({"task_routing":{"timeout_mode":"per_target","filters":[{"expression":"agent != null",
       "targets":[{"queue":"bob","known_worker_sid":"agent","known_worker_unknown":"skip",
       "timeout":1},{"queue":"ann","expression":"worker.channel.voice.assigned_tasks == 0",
       "timeout":1}]}]}})",
    R"({"task_routing":{"filters":[{"expression":"vip == true","targets":[
       {"queue":"ann","priority":7,"timeout":3,"skip_if":"queue.waiting > 1","note":"x"}]}],
       "default_filter":{"queue":"ann"}}})",
    R"({"task_routing":{"filters":[{"expression":"1==1","targets":[{"queue":"bob"},
       {"queue":"ann"}]},{"expression":"vip == true","targets":[{"queue":"ann"}]}]}})",
    R"({"task_routing":{"filters":[],"default_filter":{"queue":"ann"}}})",
    R"({"task_routing":{"filters":[]}})",
    R"({"task_routing":{"default_filter":{"queue":"not there"}}})",
    R"({"task_routing":)"};

// Gives its texts to whatever command has some.
template <class T>
void FillTexts(Draw& draw, T& command) {
  if constexpr (requires { command.attributes; }) command.attributes = draw.OneOf(kSomeAttributes);
  if constexpr (requires { command.definition; }) command.definition = draw.OneOf(kSomeWorkflows);
  if constexpr (requires { command.route.attributes; }) {
    command.route.attributes = draw.OneIn(3) ? draw.OneOf(kSomeAttributes) : std::string_view();
  }
  if constexpr (requires { command.rules; }) {
    command.rules.agents = draw.OneIn(2) ? draw.OneOf(kSomeQueueTests) : std::string_view();
    command.rules.by = {};
    if (command.rules.agent_order == AgentOrder::kScore) command.rules.by = draw.OneOf(kSomeScores);
    if (command.rules.agent_order == AgentOrder::kOrderBy) {
      command.rules.by = draw.OneOf(kSomeOrders);
    }
  }
}

}  // namespace parley

#endif  // PARLEY_TESTS_DRAW_TEXTS_H_
