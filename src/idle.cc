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

// Leaves the idle lines of the media in `bits`, or joins them.
void LeaveLines(State& s, AgentId id, unsigned bits) {
  for (unsigned left = bits; left != 0; left &= left - 1) {
    IdleLine& idle = s.idle[static_cast<size_t>(std::countr_zero(left))];
    idle.line.Erase({s.agents[id].last_reserved, id});
    PARLEY_CHECK(idle.slots.Has(id.slot()));
    idle.slots.Clear(id.slot());
  }
}
void JoinLines(State& s, AgentId id, unsigned bits) {
  for (unsigned left = bits; left != 0; left &= left - 1) {
    IdleLine& idle = s.idle[static_cast<size_t>(std::countr_zero(left))];
    idle.line.Insert({s.agents[id].last_reserved, id});
    PARLEY_CHECK(!idle.slots.Has(id.slot()));
    idle.slots.Set(id.slot());
  }
}

}  // namespace

void Refile(State& s, AgentId id, Medium medium) {
  Agent& agent = s.agents[id];
  if (agent.waiting_over > 0) Freshen(s, id);  // There may be room above his capacity.
  const auto bit = static_cast<uint16_t>(1u << static_cast<unsigned>(medium));
  const bool was = (agent.idle_in & bit) != 0;
  const bool is = BelongsAmongIdle(s, agent, medium);
  if (was == is) return;
  agent.idle_in = static_cast<uint16_t>(agent.idle_in ^ bit);
  if (!is) return LeaveLines(s, id, bit);
  JoinLines(s, id, bit);
  Freshen(s, id);
}

void Refile(State& s, AgentId id) {
  JudgeFickle(s, id);
  if (s.agents[id].budget > 0) Freshen(s, id);  // He may hold back no more.
  for (size_t m = 0; m < kMedia; ++m) Refile(s, id, static_cast<Medium>(m));
}

void Unfile(State& s, AgentId id) {
  LeaveLines(s, id, std::exchange(s.agents[id].idle_in, uint16_t{0}));
}

void Freshen(State& s, AgentId id) {
  PARLEY_CHECK(s.agents.Find(id) != nullptr);
  if (!std::exchange(s.agents[id].fresh, true)) s.fresh_agents.push_back(id);
}

void TakeUnit(State& s, AgentId id, Medium medium) {
  Agent& agent = s.agents[id];
  Capacity& capacity = agent.For(medium);
  PARLEY_CHECK(agent.presence != PresenceState::kRemoved && agent.last_reserved <= s.time);
  ++capacity.pending;
  if (UsedBy(s, agent, medium) > capacity.configured) capacity.over = true;

  // He goes to the end of every line that he stands in, and leaves those of media he is full for.
  unsigned stays = agent.idle_in;
  Unfile(s, id);
  agent.last_reserved = s.time;
  for (unsigned m = 0; m < kMedia; ++m) {
    if (!HasRoom(s, agent, static_cast<Medium>(m))) stays &= ~(1u << m);
  }
  PARLEY_CHECK(stays == 0 || IsAvailable(s, agent));
  JoinLines(s, id, stays);
  agent.idle_in = static_cast<uint16_t>(stays);
  JudgeFickle(s, id);
  if (agent.budget > 0) Freshen(s, id);
}

}  // namespace parley::internal
