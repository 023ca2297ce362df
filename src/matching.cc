// src/matching.cc — see matching.h.

#include "matching.h"

#include <algorithm>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "capacity.h"
#include "effects.h"
#include "eligibility.h"
#include "order.h"
#include "returning.h"
#include "room.h"

namespace parley::internal {
namespace {

bool Later(const Cursor& a, const Cursor& b) { return b.rank < a.rank; }

const PlacePool::Line& LineOf(const State& s, Cursor::Line line, uint64_t owner) {
  if (line == Cursor::Line::kAgent) return s.agents[AgentId{owner}].waiting;
  const Need& need = s.NeedOf(static_cast<uint32_t>(owner));
  return line == Cursor::Line::kNeed ? need.line : need.returned;
}

void Push(State& s, Cursor cursor, const Place& at) {
  PARLEY_CHECK(s.tasks[at.task].line != LineKind::kNone && s.tasks[at.task].place == at);
  cursor.at = at;
  cursor.rank = RankOf(s, at.task);
  s.cursors.push_back(cursor);
  std::push_heap(s.cursors.begin(), s.cursors.end(), Later);
}

Cursor Pop(State& s) {
  PARLEY_CHECK(!s.cursors.empty());
  std::pop_heap(s.cursors.begin(), s.cursors.end(), Later);
  const Cursor cursor = s.cursors.back();
  s.cursors.pop_back();
  return cursor;
}

void Start(State& s, Cursor::Line line, uint64_t owner) {
  const Place* const first = s.places.First(LineOf(s, line, owner));
  if (first != nullptr) Push(s, {{}, {}, line, owner}, *first);
}

bool IsIdle(const Agent& agent, Medium medium) {
  return (agent.idle_in >> static_cast<size_t>(medium) & 1) != 0;
}

// The lines in which something may have changed since the last matching become cursors.
void Collect(State& s) {
  for (const AgentId id : s.fresh_agents) {
    Agent& agent = s.agents[id];
    PARLEY_CHECK(agent.fresh);
    agent.fresh = false;
    if (agent.idle_in == 0 && agent.waiting_over == 0) continue;
    AnyThatWaits(s, id, [&](uint32_t slot, const Need& need) {
      if (IsIdle(agent, need.medium)) MarkHot(s, slot);
      return false;
    });
    Start(s, Cursor::Line::kAgent, id.value);
  }
  s.fresh_agents.clear();
  for (const uint32_t slot : s.hot_needs) {
    PARLEY_CHECK(s.NeedOf(slot).hot && s.NeedOf(slot).known);
    s.NeedOf(slot).hot = false;
    Start(s, Cursor::Line::kNeed, slot);
    Start(s, Cursor::Line::kReturned, slot);
  }
  s.hot_needs.clear();
}

// An agent has got room on the way (he handed over, say): whoever stands before those who are next
// comes first. So the lines in which something has changed are gone through from the beginning.
void CollectAgain(State& s) {
  PARLEY_CHECK(s.cursors_before.empty());
  std::swap(s.cursors, s.cursors_before);
  Collect(s);
  for (const Cursor& cursor : s.cursors_before) {
    const auto same = [&](const Cursor& c) {
      return c.line == cursor.line && c.owner == cursor.owner;
    };
    if (std::ranges::none_of(s.cursors, same)) Push(s, cursor, cursor.at);
  }
  s.cursors_before.clear();
}

const Declined* FindDeclined(const State& s, const Task& task, AgentId agent) {
  const Declined* found = nullptr;
  s.declined.ForEach(task.declined, [&](const Declined& d) {
    if (d.agent == agent) found = &d;
  });
  return found;
}

struct Candidate {
  bool declined = false;  // He let it go before, and his time has come again.
  AgentKey key = {};
  Instant last_reserved;
  AgentId agent;
  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

using Candidates = absl::InlinedVector<Candidate, kMostOffers + 2>;

// The best few, best first; who let the task go only if there is nobody else.
class Shortlist {
 public:
  Shortlist(const State& s, TaskId id, size_t most)
      : s_(s), id_(id), task_(s.tasks[id]), most_(most) {}

  void Fill() {
    const Need& need = s_.NeedOf(task_.need);
    const BitSet& idle = s_.idle[static_cast<size_t>(need.medium)];
    if (need.fits.empty() || FillFromLine(need, idle)) return;
    const auto consider_all = [&] {
      best_.clear();
      ForEachCommon(need.fits, idle, [&](uint32_t slot) {
        s_.agents.Fetch(slot);  // All of him: nobody may have dealt with him for long.
        const AgentId id = s_.agents.IdAt(slot);
        if (IsHeld(s_, id, need.medium)) return;
        anyone_ = true;
        Consider(id);
      });
    };
    const AgentOrderBy* before = order_by_;
    consider_all();
    if (order_by_ != before) consider_all();  // It turned out that it is to be ignored.
  }
  bool anyone() const { return anyone_; }
  const Candidates& best() const { return best_; }

  // Why the one and not the other.
  Decision Decide(const Candidate& chosen, const Candidate& other) const {
    PARLEY_CHECK(chosen < other);
    const AgentOrder queue = s_.queues[task_.queue].rules.agent_order;
    const AgentOrder order = order_by_ != nullptr ? AgentOrder::kOrderBy : queue;
    if (chosen.declined != other.declined) return {.by = DecidedBy::kLetGo, .order = order};
    Decision decision = Compare(order, order_by_, chosen.key, other.key);
    if (decision.by != DecidedBy::kLastReserved) return decision;
    decision.chosen = chosen.last_reserved.time_since_epoch().count();
    decision.other = other.last_reserved.time_since_epoch().count();
    if (decision.chosen == decision.other) return {.by = DecidedBy::kId, .order = order};
    return decision;
  }

 private:
  // In the usual order the first who fit, and never let it go, are the best: often a short walk.
  bool FillFromLine(const Need& need, const BitSet& idle) {
    const AgentOrder order = s_.queues[task_.queue].rules.agent_order;
    const bool usual = order == AgentOrder::kLastReserved && order_by_ == nullptr;
    if (!usual || task_.declined.size > 0) return false;
    // A step in the line costs about as much as a look at the bits of some 500 agents.
    const uint32_t most = std::clamp(s_.agents.slots() / 512, 4u, 64u);
    if (uint64_t{need.fits.count()} * most < s_.agents.slots()) return false;  // They stand apart.
    uint32_t steps = 0;
    s_.idlers.ForEachUntil(s_.idle_line, [&](const Idle& at) {
      if (++steps > most) return true;
      const uint32_t slot = at.agent.slot();
      if (!need.fits.Has(slot) || !idle.Has(slot)) return false;
      if (IsHeld(s_, at.agent, need.medium)) return false;
      anyone_ = true;
      best_.push_back({false, {}, at.last_reserved, at.agent});
      PARLEY_CHECK(best_.size() <= most_);
      return best_.size() == most_;
    });
    return steps <= most;  // Else it went on too long, and they are not all.
  }

  AgentKey KeyFor(AgentId id) {
    if (order_by_ == nullptr) return KeyOf(s_, id_, id);
    if (const auto key = KeyBy(s_, *order_by_, id)) return *key;
    order_by_ = nullptr;
    return {};
  }

  void Consider(AgentId id) {
    const Agent& agent = s_.agents[id];
    s_.idlers.Fetch(agent.idle_spot);
    PARLEY_CHECK(IsAvailable(s_, agent));
    const Declined* declined = FindDeclined(s_, task_, id);
    if (declined != nullptr && declined->until > s_.time) return;
    const Candidate candidate{declined != nullptr, KeyFor(id), agent.last_reserved, id};
    const auto place = std::ranges::upper_bound(best_, candidate);
    if (best_.size() == most_ && place == best_.end()) return;
    best_.insert(place, candidate);
    if (best_.size() > most_) best_.pop_back();
    PARLEY_CHECK(best_.size() <= most_ && std::ranges::is_sorted(best_));
  }

  const State& s_;
  TaskId id_;
  const Task& task_;
  size_t most_;
  const AgentOrderBy* order_by_ = OrderByOf(s_, task_);
  Candidates best_;
  bool anyone_ = false;  // Someone fits and has room, barred or not.
};

// Whom the task is offered to now, and who comes after them.
struct Choice {
  absl::InlinedVector<AgentId, kMostOffers> agents;
  absl::InlinedVector<Decision, kMostOffers> decisions;  // One for each.
  AgentId runner_up;
  bool anyone = false;
};

Choice Choose(const State& s, TaskId id) {
  const Task& task = s.tasks[id];
  PARLEY_CHECK(task.state == TaskState::kPending && task.line != LineKind::kNone);
  Choice choice;
  if (task.line == LineKind::kAgent) {
    choice.anyone = true;  // Another medium, or one that may be above his capacity.
    if (TakesAlone(s, task)) choice.agents.push_back(task.waits_for);
    choice.decisions.resize(choice.agents.size());
    return choice;
  }
  const uint32_t offers = s.queues[task.queue].rules.max_offers;
  const size_t wanted = s.settings.For(task.medium).auto_accept ? 1 : offers;
  Shortlist list(s, id, wanted + 1);
  list.Fill();
  choice.anyone = list.anyone();
  const Candidates& best = list.best();
  PARLEY_CHECK(best.empty() || choice.anyone);
  const auto same = [&](const Candidate& c) { return c.declined == best[0].declined; };
  size_t asked = 0;
  while (asked < wanted && asked < best.size() && same(best[asked])) ++asked;
  const bool others = asked < best.size();
  if (others) choice.runner_up = best[asked].agent;
  for (size_t i = 0; i < asked; ++i) {
    choice.agents.push_back(best[i].agent);
    choice.decisions.push_back(others ? list.Decide(best[i], best[asked])
                                      : Decision{.by = DecidedBy::kNobodyElse});
  }
  PARLEY_CHECK(choice.agents.size() == choice.decisions.size());
  return choice;
}

// What can be told at little cost of whom a task is offered to; CanTake() says all of it.
bool MayBeOffered(const State& s, const Task& task, AgentId id) {
  const Agent& agent = s.agents[id];
  const bool fits = s.NeedOf(task.need).fits.Has(id.slot()) || task.over_by == kUnlimited;
  if (task.waits_for) return fits && task.waits_for == id;
  return fits && IsAvailable(s, agent) && HasRoom(s, agent, task.medium);
}

void OfferTo(State& s, TaskId id, const Choice& choice) {
  for (size_t i = 0; i < choice.agents.size(); ++i) {
    const AgentId agent = choice.agents[i];
    PARLEY_CHECK(MayBeOffered(s, s.tasks[id], agent));
    s.matter = {};
    s.matter.chosen = agent;
    s.matter.runner_up = choice.runner_up;
    s.matter.decision = choice.decisions[i];
    s.Post(id, TaskTrigger::kOffered);
    s.Run();
  }
}

}  // namespace

void Match(State& s) {
  PARLEY_CHECK(s.agenda.empty());
  if (!s.hot_needs.empty() || !s.fresh_agents.empty()) CollectAgain(s);
  while (!s.cursors.empty()) {
    MakeRoomFor(s, s.cursors.front().at.task);
    const Cursor cursor = Pop(s);
    const Choice choice = Choose(s, cursor.at.task);
    if (!choice.agents.empty()) {
      OfferTo(s, cursor.at.task, choice);
    } else if (!choice.anyone || cursor.line == Cursor::Line::kNeed) {
      continue;  // Nobody for this one is nobody for all behind it.
    } else if (cursor.line == Cursor::Line::kAgent) {
      ArmWake(s, AgentId{cursor.owner});
    }
    const auto& line = LineOf(s, cursor.line, cursor.owner);
    if (const Place* next = s.places.After(line, cursor.at)) Push(s, cursor, *next);
    if (!s.hot_needs.empty() || !s.fresh_agents.empty()) CollectAgain(s);
  }
  PARLEY_CHECK(s.hot_needs.empty() && s.fresh_agents.empty());
}

bool IsBarred(const State& s, const Task& task, AgentId agent) {
  const Declined* declined = FindDeclined(s, task, agent);
  return declined != nullptr && declined->until > s.time;
}

bool CanTake(const State& s, AgentId agent_id, TaskId task_id) {
  const Agent& agent = s.agents[agent_id];
  const Task& task = s.tasks[task_id];
  if (task.waits_for) return task.waits_for == agent_id && TakesAlone(s, task);
  return IsAvailable(s, agent) && HasRoom(s, agent, task.medium) &&
         Fits(s, s.NeedOf(task.need), agent_id) && !IsHeld(s, agent_id, task.medium) &&
         !IsBarred(s, task, agent_id);
}

}  // namespace parley::internal
