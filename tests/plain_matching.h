// Who is next, found by going through everybody each time: slow, short and plainly right.

#ifndef PARLEY_TESTS_PLAIN_MATCHING_H_
#define PARLEY_TESTS_PLAIN_MATCHING_H_

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "parley/parley.h"

namespace parley {

struct PlainAgent {
  SkillSet skills;
  bool available = false;
  std::map<Medium, uint32_t> capacity;
  std::map<Medium, uint32_t> used;
  Instant last_offer = Instant::min();
};

struct PlainTask {
  QueueId queue;
  SkillSet skills;
  Medium medium = Medium::kEmail;
  int32_t priority = 0;
  Instant since;
  uint64_t number = 0;
  std::optional<AgentId> offered_to;
  AgentId alone;  // For him alone, until `alone_until`.
  Instant alone_until;
  std::map<AgentId, Instant> let_go;  // And when each may be asked again.
};

// Everybody, and who is next.
struct PlainMatching {
  std::map<AgentId, PlainAgent> agents;
  std::map<TaskId, PlainTask> tasks;
  std::map<QueueId, SkillSet> queues;

  bool CanTake(const PlainAgent& agent, const PlainTask& task) const {
    return agent.available && agent.used.at(task.medium) < agent.capacity.at(task.medium) &&
           agent.skills.HasAll(queues.at(task.queue) | task.skills);
  }

  AgentId WhoTakes(const PlainTask& task, Instant now) const {
    if (task.alone) return CanTake(agents.at(task.alone), task) ? task.alone : AgentId{};
    std::optional<std::tuple<bool, Instant, AgentId>> best;
    for (const auto& [id, agent] : agents) {
      if (!CanTake(agent, task)) continue;
      const auto let_go = task.let_go.find(id);
      const bool did = let_go != task.let_go.end();
      if (did && let_go->second > now) continue;
      const std::tuple place(did, agent.last_offer, id);
      if (!best || place < *best) best = place;
    }
    return best ? std::get<2>(*best) : AgentId{};
  }

  // Offers all that can be offered, and tells in which order.
  std::vector<std::pair<TaskId, AgentId>> Match(Instant now) {
    std::vector<std::tuple<int32_t, Instant, uint64_t, TaskId>> line;
    for (auto& [id, task] : tasks) {
      if (task.alone && task.alone_until <= now) task.alone = AgentId{};
      if (!task.offered_to) line.emplace_back(-task.priority, task.since, task.number, id);
    }
    std::ranges::sort(line);
    std::vector<std::pair<TaskId, AgentId>> offers;
    for (const auto& [priority, since, number, id] : line) {
      PlainTask& task = tasks.at(id);
      const AgentId agent = WhoTakes(task, now);
      if (!agent) continue;
      task.offered_to = agent;
      agents.at(agent).last_offer = now;
      ++agents.at(agent).used[task.medium];
      offers.emplace_back(id, agent);
    }
    return offers;
  }

  void TakeBack(PlainTask& task) {
    --agents.at(*task.offered_to).used[task.medium];
    task.offered_to.reset();
  }
};

}  // namespace parley

#endif  // PARLEY_TESTS_PLAIN_MATCHING_H_
