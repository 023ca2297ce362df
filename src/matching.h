// src/matching.h — who is next: waiting tasks and agents with room are brought together.
//
// Invariant: between steps no task waits for which an agent with room, in an available activity,
// fits and is not barred. So a new pair always has something new in it: a task that has just come
// into an empty line or come back, or an agent who gained something. Only these are looked at.
//
// Order: the first task in line that anyone can take is offered first, to the agent who fits and
// comes first; what "first" means is each queue's own (order.h). An agent who let this very task go
// before comes after all who did not. A queue may ask several agents at once.

#ifndef PARLEY_SRC_MATCHING_H_
#define PARLEY_SRC_MATCHING_H_

#include "state.h"

namespace parley::internal {

// Offers every task that can be offered.
// Cost: O(fresh agents x queues where somebody waits, and needs of those that they serve + offers x
// agents / 64), and for an order other than the usual one O(offers x agents who fit and are free).
void Match(State& s);

// Whether this agent could be offered this waiting task now, seen alone. For audits and queries.
bool CanTake(const State& s, AgentId agent, TaskId task);

// Whether the task is kept from this agent, because he let it go or was excluded. A policy that
// gives it to him alone lifts that.
bool IsBarred(const State& s, const Task& task, AgentId agent);

}  // namespace parley::internal

#endif  // PARLEY_SRC_MATCHING_H_
