// src/returning.h — work that comes back to one agent, and work that is taken from a silent one.
//
// A task that waits for one agent alone is offered to him when he has room, or up to task.over_by
// above that; and no more than routing.wakes_per_minute of such tasks within any 60 seconds, so
// that nobody is buried by what wakes up at once. An agent who does not answer the customer within
// answer.limit loses the conversation to another, who has twice the time; those who were silent are
// kept from it until somebody answers.

#ifndef PARLEY_SRC_RETURNING_H_
#define PARLEY_SRC_RETURNING_H_

#include "state.h"

namespace parley::internal {

// Whether the task that waits for this agent alone can be offered to him now.
bool TakesAlone(const State& s, const Task& task);

// Whether he may be offered one more task of those that wait for him alone. Cost: O(limit).
bool MayWake(const State& s, const Agent& agent);
void NoteWake(State& s, AgentId agent);
// He is looked at again when he may; nothing happens if he may now, or that is to happen already.
void ArmWake(State& s, AgentId agent);

// Watches whether the agent answers: from when he has the task, or the customer writes.
void WatchAnswer(State& s, TaskId task);
// Somebody answered, or nobody has to.
void ForgetSilent(State& s, Conversation& c);
void TellSilent(State& s, TaskId id, const Task& task);
void TakeAway(State& s, TaskId id, const Task& task);

}  // namespace parley::internal

#endif  // PARLEY_SRC_RETURNING_H_
