// src/idle.cc — who can take one more, and who of them has been without an offer longest.

#include <bit>
#include <utility>

#include "capacity.h"
#include "effects.h"
#include "eligibility.h"

namespace parley::internal {
namespace {

bool BelongsAmongIdle(const State& s, const Agent& agent, Medium medium) {
  return agent.presence != PresenceState::kRemoved && IsAvailable(s, agent) &&
         HasRoom(s, agent, medium);
}

void EnterIdleLine(State& s, AgentId id, Agent& agent) {
  agent.idle_spot = s.idlers.Insert(s.idle_line, {agent.last_reserved, id});
}
void LeaveIdleLine(State& s, AgentId id, const Agent& agent) {
  s.idlers.Erase(s.idle_line, agent.idle_spot, {agent.last_reserved, id});
}

// He is among the idle of the media in `bits` from now on, and of no other. His place in line is
// the caller's.
void SetBits(State& s, AgentId id, Agent& agent, unsigned bits) {
  const unsigned was = agent.idle_in;
  for (unsigned left = was ^ bits; left != 0; left &= left - 1) {
    const auto medium = static_cast<unsigned>(std::countr_zero(left));
    PARLEY_CHECK(s.idle[medium].Has(id.slot()) == ((was >> medium & 1) != 0));
    s.idle[medium].Put(id.slot(), (bits >> medium & 1) != 0);
  }
  agent.idle_in = static_cast<uint16_t>(bits);
}

void SetIdle(State& s, AgentId id, Agent& agent, unsigned bits) {
  PARLEY_CHECK(bits >> kMedia == 0);
  const unsigned was = agent.idle_in;
  SetBits(s, id, agent, bits);
  if (was != 0 && bits == 0) LeaveIdleLine(s, id, agent);
  if (was == 0 && bits != 0) EnterIdleLine(s, id, agent);
}

}  // namespace

void Refile(State& s, AgentId id, Medium medium) {
  Agent& agent = s.agents[id];
  if (agent.waiting_over > 0) Freshen(s, id);  // There may be room above his capacity.
  const auto bit = static_cast<uint16_t>(1u << static_cast<unsigned>(medium));
  const bool was = (agent.idle_in & bit) != 0;
  const bool is = BelongsAmongIdle(s, agent, medium);
  if (was == is) return;
  SetIdle(s, id, agent, agent.idle_in ^ unsigned{bit});
  if (is) Freshen(s, id);
}

void Refile(State& s, AgentId id) {
  JudgeFickle(s, id);
  if (s.agents[id].budget > 0) Freshen(s, id);  // He may hold back no more.
  for (size_t m = 0; m < kMedia; ++m) Refile(s, id, static_cast<Medium>(m));
}

void Unfile(State& s, AgentId id) { SetIdle(s, id, s.agents[id], 0); }

void Freshen(State& s, AgentId id) {
  Agent& agent = s.agents[id];
  if (s.waiting_queues.empty() && agent.waiting.empty()) return;  // There is nothing for him.
  if (!std::exchange(agent.fresh, true)) s.fresh_agents.push_back(id);
}

void TakeUnit(State& s, AgentId id, Medium medium) {
  Agent& agent = s.agents[id];
  Capacity& capacity = agent.For(medium);
  PARLEY_CHECK(agent.presence != PresenceState::kRemoved && agent.last_reserved <= s.time);
  ++capacity.pending;
  if (UsedBy(s, agent, medium) > capacity.configured) capacity.over = true;

  // He goes to the end of the line, and is no more idle in media that he is full for: of the others
  // only if all media share a budget.
  unsigned stays = agent.idle_in;
  const unsigned touched = agent.budget > 0 ? stays : stays & (1u << static_cast<unsigned>(medium));
  for (unsigned left = touched; left != 0; left &= left - 1) {
    const auto m = static_cast<unsigned>(std::countr_zero(left));
    if (!HasRoom(s, agent, static_cast<Medium>(m))) stays &= ~(1u << m);
  }
  PARLEY_CHECK(stays == 0 || IsAvailable(s, agent));
  if (agent.idle_in != 0) LeaveIdleLine(s, id, agent);
  agent.last_reserved = s.time;
  if (stays != 0) EnterIdleLine(s, id, agent);
  SetBits(s, id, agent, stays);
  JudgeFickle(s, id);
  if (agent.budget > 0) Freshen(s, id);
}

}  // namespace parley::internal
