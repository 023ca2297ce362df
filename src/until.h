// src/until.h — when time alone could change who may take a task. For Explain.

#ifndef PARLEY_SRC_UNTIL_H_
#define PARLEY_SRC_UNTIL_H_

#include <cstdint>
#include <vector>

#include "parley/engine/explain.h"
#include "state.h"

namespace parley::internal {

// What a task wants of an agent, now or in a later step.
struct Wanted {
  QueueId queue;
  SkillSet extra;
  const Expression* test = nullptr;
  bool alone = false;
  AgentId only;
};
Wanted WantedNow(const State& s, const Task& task);

// A step that the task may come to by itself.
struct Stop {
  StepAhead at;
  Wanted wanted;
};
// All of them, in their order. One that may be skipped takes no time here.
std::vector<Stop> StopsAhead(const State& s, const Task& task);

// Each is Instant::max() if time alone does not do it.
Instant OfferEnds(const State& s, const Task& task);  // The first of its offers.
Instant WaitEnds(const State& s, const Task& task);   // For the agent it is kept for.
Instant ActivityEnds(const State& s, AgentId agent);  // A missed offer makes him available.
// His use falls below `limit`, or so far that one more of the medium costs no more than `limit`.
Instant MediumHasRoom(const State& s, AgentId agent, Medium medium, uint64_t limit);
Instant BudgetHasRoom(const State& s, AgentId agent, Medium medium, uint64_t limit);

}  // namespace parley::internal

#endif  // PARLEY_SRC_UNTIL_H_
