// Floor 5 · routing/facts.h — what an expression can ask about: a task, an agent, a queue's crowd.
//
//   AgentFacts ann{.id = "a1", .name = "ann", .activity_id = "y1", .activity_name = "Available",
//                  .attributes = &attributes, .skills = names, .media = &agent.media};
//   expression.Evaluate({.task = &task, .agent = &ann});
//
// Facts own nothing; what they point at lives as long as the call. What is left out is null to an
// expression.
//
// Threads    Plain values.

#ifndef PARLEY_ROUTING_FACTS_H_
#define PARLEY_ROUTING_FACTS_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "parley/model/agent.h"
#include "parley/model/attributes.h"
#include "parley/model/medium.h"

namespace parley {

struct AgentFacts {
  std::string_view id = {};             // worker.sid
  std::string_view name = {};           // worker.friendly_name, worker.name
  std::string_view activity_id = {};    // worker.activity_sid
  std::string_view activity_name = {};  // worker.activity_name
  const Attributes* attributes = nullptr;
  std::span<const std::string_view> skills = {};        // Names; worker.skills
  const std::array<Capacity, kMedia>* media = nullptr;  // worker.channel.<medium>
  bool wrapping_counts = true;                          // Wrap-up uses capacity (B3).
};

// The agents of a queue, and the tasks that wait there (F9).
struct CrowdFacts {
  struct Activity {
    std::string_view id;
    std::string_view name;
    int64_t agents = 0;  // Of the queue, in this activity.
  };
  int64_t available = 0;    // Agents of the queue in an activity that is available,
  int64_t unavailable = 0;  // and in one that is not.
  std::span<const Activity> activities = {};
  int64_t waiting = 0;       // Tasks.
  int64_t longest_wait = 0;  // Seconds, of the task that has waited longest; 0 if none waits.
};

struct Facts {
  const Attributes* task = nullptr;
  const AgentFacts* agent = nullptr;
  const CrowdFacts* crowd = nullptr;
};

}  // namespace parley

#endif  // PARLEY_ROUTING_FACTS_H_
