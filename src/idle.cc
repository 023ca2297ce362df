// src/idle.cc — who can take one more, and who of them has been without an offer longest.

#include <bit>
#include <utility>

#include "effects.h"

namespace parley::internal {
namespace {

bool BelongsAmongIdle(const State& s, const Agent& agent, Medium medium) {
  return agent.presence != PresenceState::kRemoved && IsAvailable(s, agent) &&
         HasRoom(s, agent, medium);
}

}  // namespace

void Refile(State& s, AgentId id, Medium medium) {
  Agent& agent = s.agents[id];
  const auto bit = static_cast<uint16_t>(1u << static_cast<unsigned>(medium));
  const bool was = (agent.idle_in & bit) != 0;
  const bool is = BelongsAmongIdle(s, agent, medium);
  if (was == is) return;
  agent.idle_in = static_cast<uint16_t>(agent.idle_in ^ bit);
  auto& line = s.crews[s.crews.IdAt(agent.crew)].idle[static_cast<size_t>(medium)];
  if (!is) return line.Erase({agent.last_reserved, id});
  line.Insert({agent.last_reserved, id});
  if (!std::exchange(agent.fresh, true)) s.fresh_agents.push_back(id);
}

void Refile(State& s, AgentId id) {
  for (size_t m = 0; m < kMedia; ++m) Refile(s, id, static_cast<Medium>(m));
}

void Unfile(State& s, AgentId id) {
  Agent& agent = s.agents[id];
  Crew& crew = s.crews[s.crews.IdAt(agent.crew)];
  for (unsigned left = std::exchange(agent.idle_in, uint16_t{0}); left != 0; left &= left - 1) {
    crew.idle[static_cast<size_t>(std::countr_zero(left))].Erase({agent.last_reserved, id});
  }
}

void TakeUnit(State& s, AgentId id, Medium medium) {
  Agent& agent = s.agents[id];
  Capacity& capacity = agent.For(medium);
  ++capacity.pending;
  if (UsedBy(s, agent, medium) > capacity.configured) capacity.over = true;

  // He goes to the end of every line that he stands in, and leaves that of a medium he is full for.
  unsigned stays = agent.idle_in;
  Unfile(s, id);
  agent.last_reserved = s.time;
  if (!HasRoom(s, agent, medium)) stays &= ~(1u << static_cast<unsigned>(medium));
  Crew& crew = s.crews[s.crews.IdAt(agent.crew)];
  for (unsigned left = stays; left != 0; left &= left - 1) {
    crew.idle[static_cast<size_t>(std::countr_zero(left))].Insert({s.time, id});
  }
  agent.idle_in = static_cast<uint16_t>(stays);
}

}  // namespace parley::internal
