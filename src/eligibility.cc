// src/eligibility.cc — see eligibility.h.

#include "eligibility.h"

#include <array>

#include "effects.h"
#include "facts.h"

namespace parley::internal {
namespace {

bool IsFickle(const Uses& uses) { return uses.activity || uses.capacity; }
bool IsFickle(const Queue& queue) {
  return queue.agents_test && IsFickle(queue.agents_test->uses());
}
bool IsFickle(const State& s, const Need& need) {
  if (IsFickle(s.queues[need.queue])) return true;
  return need.rule != UINT32_MAX && IsFickle(s.rules.At(need.rule).test->uses());
}

void KnowQueue(State& s, QueueId id) {
  Queue& queue = s.queues[id];
  queue.known = true;
  std::erase(s.fickle_queues, id);
  if (IsFickle(queue)) s.fickle_queues.push_back(id);
  queue.members.Clear();
  s.agents.ForEach([&](AgentId agent, const Agent&) {
    if (Serves(s, queue, agent)) queue.members.Set(agent.slot());
  });
  PARLEY_CHECK(queue.members.count() <= s.agents.size());
}

void Judge(State& s, uint32_t slot, AgentId agent) {
  Need& need = s.NeedOf(slot);
  PARLEY_CHECK(need.known && s.queues[need.queue].known);
  need.fits.Put(agent.slot(), Fits(s, need, agent));
  List(s, slot);
}

void Judge(State& s, Need& need) {
  PARLEY_CHECK(s.queues[need.queue].known);
  std::array<const BitSet*, 1 + SkillSet::kMax> sets;
  size_t size = 0;
  sets[size++] = &s.queues[need.queue].members;
  need.extra.ForEach([&](SkillId skill) { sets[size++] = &s.skilled[skill.slot()]; });
  need.fits.BecomeCommon({sets.data(), size});
  if (need.alone || need.rule != UINT32_MAX) {
    need.fits.KeepIf([&](uint32_t slot) { return Fits(s, need, s.agents.IdAt(slot)); });
  }
  PARLEY_CHECK(need.fits.count() <= s.agents.size());
}

void Link(State& s, Need& need, uint32_t slot) {
  Queue& queue = s.queues[need.queue];
  if (queue.first == UINT32_MAX) {
    queue.listed = static_cast<uint32_t>(s.waiting_queues.size());
    s.waiting_queues.push_back(need.queue);
  } else {
    s.NeedOf(queue.first).previous = slot;
  }
  PARLEY_CHECK(need.known && queue.known && queue.first != slot);
  need.next = queue.first;
  need.previous = UINT32_MAX;
  queue.first = slot;
}

void Unlink(State& s, const Need& need, uint32_t slot) {
  Queue& queue = s.queues[need.queue];
  PARLEY_CHECK((need.previous == UINT32_MAX) == (queue.first == slot));
  (queue.first == slot ? queue.first : s.NeedOf(need.previous).next) = need.next;
  if (need.next != UINT32_MAX) s.NeedOf(need.next).previous = need.previous;
  if (queue.first != UINT32_MAX) return;
  const QueueId last = s.waiting_queues.back();
  PARLEY_CHECK(s.waiting_queues[queue.listed] == need.queue);
  s.waiting_queues[queue.listed] = last;
  s.queues[last].listed = queue.listed;
  s.waiting_queues.pop_back();
}

}  // namespace

bool Serves(const State& s, const Queue& queue, AgentId agent) {
  if (!s.agents[agent].skills.HasAll(queue.skills)) return false;
  if (!queue.agents_test) return true;
  const AgentSheet sheet(s, agent, queue.agents_test->uses());
  return queue.agents_test->Evaluate({.agent = &sheet.facts()});
}

bool Fits(const State& s, const Need& need, AgentId agent) {
  if (need.alone && need.only != agent) return false;
  const Queue& queue = s.queues[need.queue];
  const bool serves = queue.known ? queue.members.Has(agent.slot()) : Serves(s, queue, agent);
  if (!serves || !s.agents[agent].skills.HasAll(need.extra)) return false;
  if (need.rule == UINT32_MAX) return true;
  const Rule& rule = s.rules.At(need.rule);
  PARLEY_CHECK(rule.test != nullptr && rule.users > 0);
  const AgentSheet sheet(s, agent, rule.test->uses());
  return rule.test->Evaluate({.task = &AttributesAt(s, rule.attributes), .agent = &sheet.facts()});
}

void KnowNeed(State& s, uint32_t slot) {
  Need& need = s.NeedOf(slot);
  if (need.known) return;
  PARLEY_CHECK(need.users > 0 && need.line.empty() && need.returned.empty());
  if (!s.queues[need.queue].known) KnowQueue(s, need.queue);
  need.known = true;
  if (!s.spare.sets.empty()) {
    need.fits = std::move(s.spare.sets.back());
    s.spare.sets.pop_back();
  }
  Judge(s, need);
  if (IsFickle(s, need)) s.fickle_needs.push_back(slot);
}

void JudgeAgent(State& s, AgentId id) {
  for (uint32_t skill = 0; skill < s.skills.size(); ++skill) {
    s.skilled[skill].Put(id.slot(), s.agents[id].skills.Has(SkillId::Make(skill, 0)));
  }
  s.queues.ForEach([&](QueueId, Queue& queue) {
    if (queue.known) queue.members.Put(id.slot(), Serves(s, queue, id));
  });
  s.needs.ForEach([&](NeedId need_id, Need& need) {
    if (need.known) Judge(s, need_id.slot(), id);
  });
  Freshen(s, id);
}

void JudgeWhereFickle(State& s, AgentId id) {
  for (const QueueId queue_id : s.fickle_queues) {
    Queue& queue = s.queues[queue_id];
    queue.members.Put(id.slot(), Serves(s, queue, id));
  }
  for (const uint32_t slot : s.fickle_needs) Judge(s, slot, id);
  Freshen(s, id);
}

void ForgetAgent(State& s, AgentId id) {
  for (BitSet& agents : s.skilled) agents.Clear(id.slot());
  s.queues.ForEach([&](QueueId, Queue& queue) { queue.members.Clear(id.slot()); });
  s.needs.ForEach([&](NeedId need_id, Need& need) {
    need.fits.Clear(id.slot());
    PARLEY_CHECK(need.fits.count() < s.agents.size());
    List(s, need_id.slot());
  });
}

void JudgeQueue(State& s, QueueId id) {
  if (!s.queues[id].known) return;
  KnowQueue(s, id);
  s.needs.ForEach([&](NeedId need_id, Need& need) {
    if (need.queue != id || !need.known) return;
    Judge(s, need);
    std::erase(s.fickle_needs, need_id.slot());
    if (IsFickle(s, need)) s.fickle_needs.push_back(need_id.slot());
    List(s, need_id.slot());
    if (need.listed) MarkHot(s, need_id.slot());
  });
  s.agents.ForEach([&s](AgentId agent_id, const Agent& agent) {  // Who is waited for, or held.
    if (!agent.waiting.empty() || agent.budget > 0) Freshen(s, agent_id);
  });
}

void List(State& s, uint32_t slot) {
  Need& need = s.NeedOf(slot);
  const bool wanted = !need.fits.empty() && (!need.line.empty() || !need.returned.empty());
  if (wanted == need.listed) return;
  need.listed = wanted;
  if (wanted) {
    Link(s, need, slot);
  } else {
    Unlink(s, need, slot);
  }
}

}  // namespace parley::internal
