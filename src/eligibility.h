// src/eligibility.h — who could ever take which task, kept ready.
//
// A queue's members are the agents who serve it; a need's fits are those of them who can also do
// what its tasks need beyond that. Both are bits by agent slot, judged when an agent, a queue or an
// expression changes, and never in a match. A queue or need is known from the first time that
// somebody waits there: one that only parked conversations name costs nothing.

#ifndef PARLEY_SRC_ELIGIBILITY_H_
#define PARLEY_SRC_ELIGIBILITY_H_

#include "state.h"

namespace parley::internal {

// The judgement itself, from the records alone. For audits, for Explain, and for the caches.
bool Serves(const State& s, const Queue& queue, AgentId agent);
bool Fits(const State& s, const Need& need, AgentId agent);

// Judges everybody for this need, if that was not done before. Cost, once: O(agents / 64 x skills),
// and O(agents) where an expression is asked.
void KnowNeed(State& s, uint32_t need);

// The agent is new or has changed: judged again for all that is known.
// Cost: O(skills + known queues + needs).
void JudgeAgent(State& s, AgentId agent);

// Only his activity or what he has in hand has changed: judged again where expressions use that.
// Cost: O(1) if none does, else O(queues + such needs).
void JudgeWhereFickle(State& s, AgentId agent);
inline void JudgeFickle(State& s, AgentId agent) {
  if (!s.fickle_queues.empty() || !s.fickle_needs.empty()) JudgeWhereFickle(s, agent);
}

void ForgetAgent(State& s, AgentId agent);

// The queue has changed: everybody is judged again for it and for its needs.
// Cost: O(needs + agents x needs of the queue).
void JudgeQueue(State& s, QueueId queue);

// A need is looked at by the matching while someone waits there and someone fits.
void List(State& s, uint32_t need);

// Calls f(slot, need) for each need in which somebody waits whom this agent fits, until it says
// true. In no order that means anything.
// Cost: O(queues in which somebody waits + such needs of the queues that he serves).
template <class F>
void AnyThatWaits(const State& s, AgentId agent, F f) {
  for (const QueueId id : s.waiting_queues) {
    const Queue& queue = s.queues[id];
    if (!queue.members.Has(agent.slot())) continue;
    for (uint32_t slot = queue.first; slot != UINT32_MAX; slot = s.NeedOf(slot).next) {
      const Need& need = s.NeedOf(slot);
      PARLEY_CHECK(need.listed && need.queue == id);
      if (need.fits.Has(agent.slot()) && f(slot, need)) return;
    }
  }
}

}  // namespace parley::internal

#endif  // PARLEY_SRC_ELIGIBILITY_H_
