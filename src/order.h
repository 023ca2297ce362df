// src/order.h — who goes first: tasks within a line and among lines, agents among those who fit.

#ifndef PARLEY_SRC_ORDER_H_
#define PARLEY_SRC_ORDER_H_

#include <array>
#include <span>

#include "state.h"

namespace parley::internal {

// Where a task stands in the line of its queue (TaskOrder).
Place PlaceOf(const State& s, TaskId id);

// Where it stands among all that wait, now. Between an ageing queue and a FIFO one, the points of
// the one count as the priority of the other. Between kinds, Settings::routing.first decides.
Rank RankOf(const State& s, TaskId id);

// How good an agent is for a task: smallest first; after these, longest without an offer, then the
// lower id.
using AgentKey = std::array<int64_t, 2 * AgentOrderBy::kMaxKeys>;
AgentKey KeyOf(const State& s, TaskId task, AgentId agent);

// The list of attributes that goes before all this: the step's, or the queue's; or none.
const AgentOrderBy* OrderByOf(const State& s, const Task& task);
// None if an attribute of his is no integer: then the whole list is to be ignored (C1).
std::optional<AgentKey> KeyBy(const State& s, const AgentOrderBy& order, AgentId agent);

// Which part of their keys put one agent before another, with both sides as a person reads them;
// kOrder, or kLastReserved if the keys are equal. `list` is the one in force, or none.
Decision Compare(AgentOrder order, const AgentOrderBy* list, const AgentKey& chosen,
                 const AgentKey& other);

// Everyone who waits in the queue is put where its order, as it is now, wants him. To be called
// around the change: Unline() before, Reline() after.
void Unline(State& s, QueueId queue);
void Reline(State& s, QueueId queue);

}  // namespace parley::internal

#endif  // PARLEY_SRC_ORDER_H_
