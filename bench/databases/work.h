// The same work for whoever routes: so many agents at desks, tasks that come, and agents who
// finish.
//
// A desk is told one event at a time and answers with the match that it makes, if it makes one: the
// task that has waited longest among those that an agent serves, the agent who has been without
// one longest among those who serve a task. Time goes on by a second with each event.

#ifndef PARLEY_BENCH_DATABASES_WORK_H_
#define PARLEY_BENCH_DATABASES_WORK_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "parley/base/check.h"
#include "yardstick.h"

namespace parley {

struct Match {
  uint32_t task;   // Numbered as they came,
  uint32_t agent;  // both from 0.

  friend bool operator==(const Match&, const Match&) = default;
};

struct Work {
  static constexpr uint32_t kAgents = 64;
  static constexpr uint32_t kQueues = 8;

  uint32_t before;  // Tasks that come first.
  uint32_t steps;   // Then an agent finishes and a task comes, so many times.

  // Each agent serves two queues, or one.
  static bool Serves(uint32_t agent, uint32_t queue) {
    return queue == agent % kQueues || queue == (agent * 5 + agent / kQueues) % kQueues;
  }
};

struct Worked {
  std::vector<Match> matches;
  double matches_a_second;  // In the steps.
};

template <class Desk>
Worked Play(Desk& desk, const Work& work) {
  Worked worked;
  std::vector<uint32_t> busy;
  uint64_t random = 1;
  uint32_t tasks = 0;
  int64_t now = 0;
  const auto below = [&](uint64_t bound) {
    random = random * 6364136223846793005 + 1442695040888963407;
    return static_cast<uint32_t>((random >> 33) * bound >> 31);
  };
  const auto take = [&](const std::optional<Match>& match) {
    if (!match) return;
    worked.matches.push_back(*match);
    busy.push_back(match->agent);
  };
  const auto come = [&] { take(desk.Come(tasks++, below(Work::kQueues), ++now)); };
  const auto finish = [&] {
    const uint32_t place = below(busy.size());
    const uint32_t agent = busy[place];
    busy[place] = busy.back();
    busy.pop_back();
    take(desk.Finish(agent, ++now));
  };
  for (uint32_t i = 0; i < work.before; ++i) come();
  PARLEY_CHECK(!busy.empty());
  const size_t before = worked.matches.size();
  const double seconds = Seconds([&] {
    for (uint32_t i = 0; i < work.steps; ++i) {
      finish();
      come();
    }
  });
  worked.matches_a_second = static_cast<double>(worked.matches.size() - before) / seconds;
  return worked;
}

}  // namespace parley

#endif  // PARLEY_BENCH_DATABASES_WORK_H_
