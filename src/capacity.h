// src/capacity.h — how much more an agent can take: per medium, and out of one budget for all.
//
// A medium's own capacity holds always. An agent with a budget has room for a task only if its cost
// and the cost of what he has fit into it; what the new task may interrupt does not count.
//
// A medium that goes first cannot starve: while one of its tasks waits that an agent could take but
// for his budget, he takes nothing of media that do not go first. So his desk empties, and the next
// units that come free are for that task.

#ifndef PARLEY_SRC_CAPACITY_H_
#define PARLEY_SRC_CAPACITY_H_

#include "state.h"

namespace parley::internal {

// Reservations that count: pending, accepted and, by setting, wrapping (B3).
uint32_t UsedBy(const State& s, const Agent& agent, Medium medium);

// The medium is on for him, and its own capacity and his budget have room for one more.
bool HasRoom(const State& s, const Agent& agent, Medium medium);
// ... its own capacity, with `over` more than it is; the budget may be exceeded by their cost.
bool HasRoomOver(const State& s, const Agent& agent, Medium medium, uint32_t over);

// What his work costs, as far as a task of this medium is concerned: in units of his budget.
uint64_t LoadFor(const State& s, const Agent& agent, Medium medium);

// The task that goes first and for which he holds back from this medium; none if he does not.
// Cost: O(1) without a budget, else as AnyThatWaits(), and O(tasks that wait for him alone).
TaskId HeldFor(const State& s, AgentId agent, Medium medium);
inline bool IsHeld(const State& s, AgentId agent, Medium medium) {
  return static_cast<bool>(HeldFor(s, agent, medium));
}

// Those who held back for this need may do so no more: they are looked at again.
void ReleaseHeld(State& s, uint32_t need);
void ReleaseHeld(State& s, const Task& task);  // Who held back for one for him alone.

}  // namespace parley::internal

#endif  // PARLEY_SRC_CAPACITY_H_
