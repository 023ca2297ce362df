// src/matching.h — who is next: waiting tasks and agents with room are brought together.
//
// Invariant: between steps no task waits for which an agent with room, in an available activity,
// fits and is not barred. So a new pair always has something new in it: a task that has just come
// into an empty line or come back, or an agent who gained something. Only these are looked at.
//
// Order: the first task in line (priority, age, number) that anyone can take is offered first, to
// the agent who fits and has been without an offer longest; ties go to the lower id. An agent who
// let this very task go before comes after all who did not.

#ifndef PARLEY_SRC_MATCHING_H_
#define PARLEY_SRC_MATCHING_H_

#include "state.h"

namespace parley::internal {

// Offers every task that can be offered.
// Cost: O(fresh agents x needs that wait + offers x crews).
void Match(State& s);

// The agent whom this waiting task would be offered to now; none if nobody can take it.
// Cost: O(crews).
AgentId FindAgentFor(const State& s, TaskId id);

// Whether this agent could be offered this waiting task now, seen alone. For audits and queries.
bool CanTake(const State& s, AgentId agent, TaskId task);

// Whether the task is kept from this agent, because he let it go or was excluded. A policy that
// gives it to him alone lifts that.
bool IsBarred(const State& s, const Task& task, AgentId agent);

}  // namespace parley::internal

#endif  // PARLEY_SRC_MATCHING_H_
