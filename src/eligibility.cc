// src/eligibility.cc — see eligibility.h.

#include "eligibility.h"

#include "effects.h"

namespace parley::internal {
namespace {

void KnowQueue(State& s, Queue& queue) {
  queue.known = true;
  queue.members.Clear();
  s.agents.ForEach([&](AgentId id, const Agent&) {
    if (Serves(s, queue, id)) queue.members.Set(id.slot());
  });
}

void Judge(State& s, Need& need) {
  need.fits.Clear();
  s.agents.ForEach([&](AgentId id, const Agent&) {
    if (Fits(s, need, id)) need.fits.Set(id.slot());
  });
}

}  // namespace

bool Serves(const State& s, const Queue& queue, AgentId agent) {
  return s.agents[agent].skills.HasAll(queue.skills);
}

bool Fits(const State& s, const Need& need, AgentId agent) {
  const Queue& queue = s.queues[need.queue];
  const bool serves = queue.known ? queue.members.Has(agent.slot()) : Serves(s, queue, agent);
  return serves && s.agents[agent].skills.HasAll(need.extra);
}

void KnowNeed(State& s, uint32_t slot) {
  Need& need = s.NeedOf(slot);
  if (need.known) return;
  Queue& queue = s.queues[need.queue];
  if (!queue.known) KnowQueue(s, queue);
  need.known = true;
  Judge(s, need);
}

void JudgeAgent(State& s, AgentId id) {
  s.queues.ForEach([&](QueueId, Queue& queue) {
    if (queue.known) queue.members.Put(id.slot(), Serves(s, queue, id));
  });
  s.needs.ForEach([&](NeedId need_id, Need& need) {
    if (!need.known) return;
    need.fits.Put(id.slot(), Fits(s, need, id));
    List(s, need_id.slot());
  });
  Freshen(s, id);
}

void ForgetAgent(State& s, AgentId id) {
  s.queues.ForEach([&](QueueId, Queue& queue) { queue.members.Clear(id.slot()); });
  s.needs.ForEach([&](NeedId need_id, Need& need) {
    need.fits.Clear(id.slot());
    List(s, need_id.slot());
  });
}

void JudgeQueue(State& s, QueueId id) {
  Queue& queue = s.queues[id];
  if (!queue.known) return;
  KnowQueue(s, queue);
  s.needs.ForEach([&](NeedId need_id, Need& need) {
    if (need.queue != id || !need.known) return;
    Judge(s, need);
    List(s, need_id.slot());
    if (need.listed != UINT32_MAX) MarkHot(s, need_id.slot());
  });
  s.agents.ForEach([&s](AgentId agent_id, const Agent& agent) {  // Who is waited for may fit now.
    if (!agent.waiting.empty()) Freshen(s, agent_id);
  });
}

void List(State& s, uint32_t slot) {
  Need& need = s.NeedOf(slot);
  const bool wanted = !need.fits.empty() && !(need.line.empty() && need.returned.empty());
  if (wanted == (need.listed != UINT32_MAX)) return;
  if (wanted) {
    need.listed = static_cast<uint32_t>(s.waiting_needs.size());
    s.waiting_needs.push_back(slot);
    return;
  }
  s.waiting_needs[need.listed] = s.waiting_needs.back();
  s.NeedOf(s.waiting_needs[need.listed]).listed = need.listed;
  s.waiting_needs.pop_back();
  need.listed = UINT32_MAX;
}

}  // namespace parley::internal
