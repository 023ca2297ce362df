// src/matching.cc — see matching.h.

#include "matching.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "effects.h"

namespace parley::internal {
namespace {

bool Later(const Cursor& a, const Cursor& b) { return b.at < a.at; }

const WaitingLine<Place>& LineOf(const State& s, const Cursor& cursor) {
  switch (cursor.line) {
    case Cursor::Line::kNeed:
      return s.NeedOf(static_cast<uint32_t>(cursor.owner)).line;
    case Cursor::Line::kReturned:
      return s.NeedOf(static_cast<uint32_t>(cursor.owner)).returned;
    case Cursor::Line::kAgent:
      break;
  }
  return s.agents[AgentId{cursor.owner}].waiting;
}

void Push(State& s, Cursor cursor, const Place& at) {
  cursor.at = at;
  s.cursors.push_back(cursor);
  std::push_heap(s.cursors.begin(), s.cursors.end(), Later);
}

Cursor Pop(State& s) {
  std::pop_heap(s.cursors.begin(), s.cursors.end(), Later);
  const Cursor cursor = s.cursors.back();
  s.cursors.pop_back();
  return cursor;
}

void Start(State& s, Cursor::Line line, uint64_t owner) {
  const Cursor cursor{{}, line, owner};
  if (const Place* first = LineOf(s, cursor).First()) Push(s, cursor, *first);
}

bool Fits(const State& s, const Agent& agent, const Need& need) {
  return (agent.idle_in >> static_cast<size_t>(need.medium) & 1) != 0 &&
         s.crews[s.crews.IdAt(agent.crew)].skills.HasAll(need.all);
}

// The lines in which something may have changed since the last matching become cursors.
void Collect(State& s) {
  for (const AgentId id : s.fresh_agents) {
    Agent& agent = s.agents[id];
    agent.fresh = false;
    for (const uint32_t slot : s.waiting_needs) {
      Need& need = s.NeedOf(slot);
      if (!need.hot && Fits(s, agent, need)) {
        need.hot = true;
        s.hot_needs.push_back(slot);
      }
    }
    Start(s, Cursor::Line::kAgent, id.value);
  }
  s.fresh_agents.clear();
  for (const uint32_t slot : s.hot_needs) {
    s.NeedOf(slot).hot = false;
    Start(s, Cursor::Line::kNeed, slot);
    Start(s, Cursor::Line::kReturned, slot);
  }
  s.hot_needs.clear();
}

const Declined* FindDeclined(const State& s, const Task& task, AgentId agent) {
  const Declined* found = nullptr;
  s.declined.ForEach(task.declined, [&](const Declined& d) {
    if (d.agent == agent) found = &d;
  });
  return found;
}

// Who is asked: someone who never let this task go, if there is one; else someone who did, and
// whose time has come again.
struct Candidates {
  std::optional<Idle> best;
  std::optional<Idle> second;
  bool anyone = false;  // Someone fits and has room, barred or not.

  void Consider(const State& s, const Task& task, const WaitingLine<Idle>& line) {
    for (const Idle* idle = line.First(); idle != nullptr; idle = line.After(*idle)) {
      anyone = true;
      const Declined* declined =
          task.declined.size == 0 ? nullptr : FindDeclined(s, task, idle->agent);
      if (declined == nullptr) {
        if (!best || *idle < *best) best = *idle;
        return;
      }
      if (declined->until <= s.time && (!second || *idle < *second)) second = *idle;
    }
  }
};

Candidates FindCandidates(const State& s, const Task& task) {
  const Need& need = s.NeedOf(task.need);
  Candidates candidates;
  s.crews.ForEach([&](CrewId, const Crew& crew) {
    const auto& line = crew.idle[static_cast<size_t>(need.medium)];
    if (!line.empty() && crew.skills.HasAll(need.all)) candidates.Consider(s, task, line);
  });
  return candidates;
}

AgentId Choose(const State& s, TaskId id, bool& anyone) {
  const Task& task = s.tasks[id];
  if (task.line == LineKind::kAgent) {
    const Agent& agent = s.agents[task.waits_for];
    anyone = agent.idle_in != 0;
    return Fits(s, agent, s.NeedOf(task.need)) ? task.waits_for : AgentId{};
  }
  const Candidates candidates = FindCandidates(s, task);
  anyone = candidates.anyone;
  const auto& chosen = candidates.best ? candidates.best : candidates.second;
  return chosen ? chosen->agent : AgentId{};
}

}  // namespace

void Match(State& s) {
  if (s.hot_needs.empty() && s.fresh_agents.empty()) return;
  Collect(s);
  while (!s.cursors.empty()) {
    const Cursor cursor = Pop(s);
    bool anyone = false;
    const AgentId agent = Choose(s, cursor.at.task, anyone);
    if (agent) {
      s.matter = {};
      s.matter.chosen = agent;
      s.Post(cursor.at.task, TaskTrigger::kOffered);
      s.Run();
    } else if (!anyone || cursor.line == Cursor::Line::kNeed) {
      continue;  // Nobody for this one is nobody for all behind it.
    }
    if (const Place* next = LineOf(s, cursor).After(cursor.at)) Push(s, cursor, *next);
  }
}

AgentId FindAgentFor(const State& s, TaskId id) {
  bool anyone = false;
  return Choose(s, id, anyone);
}

bool IsBarred(const State& s, const Task& task, AgentId agent) {
  const Declined* declined = FindDeclined(s, task, agent);
  return declined != nullptr && declined->until > s.time;
}

bool CanTake(const State& s, AgentId agent_id, TaskId task_id) {
  const Agent& agent = s.agents[agent_id];
  const Task& task = s.tasks[task_id];
  const Need& need = s.NeedOf(task.need);
  return IsAvailable(s, agent) && HasRoom(s, agent, task.medium) &&
         agent.skills.HasAll(s.queues[need.queue].skills | need.extra) &&
         (task.waits_for ? task.waits_for == agent_id : !IsBarred(s, task, agent_id));
}

}  // namespace parley::internal
