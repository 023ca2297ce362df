// src/capacity.cc — see capacity.h.

#include "capacity.h"

#include "effects.h"
#include "eligibility.h"
#include "matching.h"

namespace parley::internal {
namespace {

bool FitsBudget(const State& s, const Agent& agent, Medium medium, uint32_t over) {
  if (agent.budget == 0) return true;
  const uint64_t cost = s.settings.For(medium).cost;
  PARLEY_CHECK(over != kUnlimited);  // Who is given a task whatever he does is not asked.
  return LoadFor(s, agent, medium) + cost <= agent.budget + uint64_t{over} * cost;
}

// Who waits there first whom he has not let go.
TaskId WaitsFor(const State& s, const Need& need, AgentId agent) {
  PARLEY_CHECK(need.known && need.listed);
  if (const Place* first = s.places.First(need.line)) return first->task;
  TaskId found;
  s.places.ForEach(need.returned, [&](const Place& place) {
    if (!found && !IsBarred(s, s.tasks[place.task], agent)) found = place.task;
  });
  return found;
}

}  // namespace

uint64_t LoadFor(const State& s, const Agent& agent, Medium medium) {
  uint64_t load = 0;
  for (size_t m = 0; m < kMedia; ++m) {
    const auto& rule = s.settings.media[m];
    if (rule.interrupted_by.Has(medium)) continue;
    load += uint64_t{rule.cost} * UsedBy(s, agent, static_cast<Medium>(m));
  }
  return load;
}

uint32_t UsedBy(const State& s, const Agent& agent, Medium medium) {
  return agent.For(medium).Used(s.settings.task.wrapping_uses_capacity);
}

bool HasRoomOver(const State& s, const Agent& agent, Medium medium, uint32_t over) {
  const Capacity& capacity = agent.For(medium);
  return capacity.available && UsedBy(s, agent, medium) < uint64_t{capacity.configured} + over &&
         FitsBudget(s, agent, medium, over);
}
bool HasRoom(const State& s, const Agent& agent, Medium medium) {
  return HasRoomOver(s, agent, medium, 0);
}

namespace {

// One of this medium goes first, and he could take it but for his budget.
bool LacksBudget(const State& s, const Agent& agent, Medium medium, uint32_t over) {
  const auto& rule = s.settings.For(medium);
  if (!rule.goes_first || rule.cost > agent.budget || over == kUnlimited) return false;
  const Capacity& capacity = agent.For(medium);
  const bool own = capacity.available && UsedBy(s, agent, medium) < capacity.configured;
  return own && !FitsBudget(s, agent, medium, over);
}

}  // namespace

TaskId HeldFor(const State& s, AgentId id, Medium medium) {
  const Agent& agent = s.agents[id];
  if (agent.budget == 0 || s.settings.For(medium).goes_first) return {};
  if (s.settings.For(medium).cost == 0) return {};
  TaskId first;
  AnyThatWaits(s, id, [&](uint32_t, const Need& need) {
    if (LacksBudget(s, agent, need.medium, 0)) first = WaitsFor(s, need, id);
    return static_cast<bool>(first);
  });
  if (first) return first;
  TaskId own;
  s.places.ForEachUntil(agent.waiting, [&](const Place& place) {
    const Task& task = s.tasks[place.task];
    PARLEY_CHECK(task.waits_for == id);
    const bool fits = s.NeedOf(task.need).fits.Has(id.slot());
    if (fits && LacksBudget(s, agent, task.medium, task.over_by)) own = place.task;
    return static_cast<bool>(own);
  });
  return own;
}

void ReleaseHeld(State& s, uint32_t slot) {
  const Need& need = s.NeedOf(slot);
  PARLEY_CHECK(need.users > 0);
  if (!s.settings.For(need.medium).goes_first) return;
  need.fits.ForEach([&s](uint32_t agent) {
    const AgentId id = s.agents.IdAt(agent);
    if (s.agents[id].budget > 0) Freshen(s, id);
  });
}
void ReleaseHeld(State& s, const Task& task) {
  PARLEY_CHECK(task.waits_for);
  if (s.settings.For(task.medium).goes_first) Freshen(s, task.waits_for);
}

}  // namespace parley::internal
