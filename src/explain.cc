// src/explain.cc — the questions that routing asks of an agent, one by one: see engine/explain.h.

#include "parley/engine/explain.h"

#include <algorithm>
#include <utility>

#include "capacity.h"
#include "facts.h"
#include "lists.h"
#include "order.h"
#include "parley/engine/engine.h"
#include "returning.h"
#include "until.h"

namespace parley {
namespace {

using internal::State;
using internal::Stop;
using internal::Wanted;

// What a change of would make an expression true that depends on this.
Remedy RemedyFor(const Uses& uses) {
  if (uses.agent_attributes) return Remedy::kAttributes;
  if (uses.capacity) return Remedy::kRoom;
  if (uses.activity) return Remedy::kActivity;
  return uses.skills ? Remedy::kSkills : Remedy::kRouting;
}

class Explainer {
 public:
  Explainer(const State& s, const Task& task)
      : s_(s), task_(task), now_(WantedNow(s, task)), ahead_(StopsAhead(s, task)) {}

  AgentReason For(AgentId id) {
    reason_ = {.agent = id};
    reason_.offer = ReservationFor(s_, task_, id);
    if (reason_.offer) {
      reason_.until = s_.wheel.DeadlineOf(s_.reservations[reason_.offer].limit);
    } else if (!IsBusy(id)) {
      Fits(id) ? static_cast<void>(IsPassedOver(id)) : LookAhead(id);
    }
    return std::move(reason_);
  }

 private:
  bool Say(WhyNot why, Remedy remedy, Instant until) {
    reason_.why = why;
    reason_.remedy = remedy;
    reason_.until = until;
    return true;
  }

  // What concerns him alone, whatever the task is but its medium.
  bool IsBusy(AgentId id) {
    const Agent& agent = s_.agents[id];
    const Medium medium = task_.medium;
    const Capacity& capacity = agent.For(medium);
    const uint32_t over = task_.waits_for == id ? task_.over_by : 0;
    if (over == kUnlimited) return false;  // Whatever he does.
    if (!IsAvailable(s_, agent)) {
      return Say(WhyNot::kActivity, Remedy::kActivity, ActivityEnds(s_, id));
    }
    if (!capacity.available) return Say(WhyNot::kMediumOff, Remedy::kMedium, Instant::max());
    reason_.used = UsedBy(s_, agent, medium);
    reason_.limit = uint64_t{capacity.configured} + over;
    if (reason_.used >= reason_.limit) {
      return Say(WhyNot::kMediumFull, Remedy::kRoom, MediumHasRoom(s_, id, medium, reason_.limit));
    }
    reason_.used = LoadFor(s_, agent, medium);
    reason_.cost = s_.settings.For(medium).cost;
    reason_.limit = agent.budget == 0 ? 0 : agent.budget + uint64_t{over} * reason_.cost;
    if (agent.budget > 0 && reason_.used + reason_.cost > reason_.limit) {
      return Say(WhyNot::kBudgetFull, Remedy::kRoom, BudgetHasRoom(s_, id, medium, reason_.limit));
    }
    reason_.used = reason_.limit = reason_.cost = 0;
    reason_.other = HeldFor(s_, id, medium);
    return reason_.other && Say(WhyNot::kHeldBack, Remedy::kOtherTask, s_.wheel.NextWake());
  }

  bool Fits(AgentId id) { return !Misses(id, now_); }

  // Whether he does not fit what is wanted; the reason is said.
  bool Misses(AgentId id, const Wanted& wanted) {
    const Agent& agent = s_.agents[id];
    const internal::Queue& queue = s_.queues[wanted.queue];
    (queue.skills | wanted.extra).ForEach([&](SkillId skill) {
      if (!agent.skills.Has(skill)) reason_.skills.Add(skill);
    });
    if (!reason_.skills.empty()) return Say(WhyNot::kSkills, Remedy::kSkills, Instant::max());
    if (queue.agents_test && IsFalse(*queue.agents_test, Scope::kAgent, id)) {
      reason_.why = WhyNot::kQueueExpression;
      return true;
    }
    if (wanted.test != nullptr && IsFalse(*wanted.test, Scope::kTarget, id)) {
      reason_.why = WhyNot::kStepExpression;
      return true;
    }
    if (!wanted.alone || wanted.only == id) return false;
    reason_.wanted = wanted.only;
    return Say(WhyNot::kKnownAgent, Remedy::kRouting, Instant::max());
  }

  // Says which part is false, and what could change that part.
  bool IsFalse(const Expression& test, Scope scope, AgentId id) {
    const internal::AgentSheet sheet(s_, id, test.uses());
    Facts facts{.agent = &sheet.facts()};
    if (scope == Scope::kTarget) facts.task = &AttributesAt(s_, task_.attributes);
    if (test.Evaluate(facts)) return false;
    const TextPart part = test.FirstFalse(facts);
    reason_.part = part.length == 0 ? test.text() : test.text().substr(part.offset, part.length);
    const auto alone = Expression::Parse(reason_.part, scope);
    const Uses uses = alone.ok() ? alone->uses() : test.uses();
    const bool fickle = uses.activity || uses.capacity;
    reason_.remedy = RemedyFor(uses);
    reason_.until = fickle ? s_.wheel.NextWake() : Instant::max();
    return true;
  }

  // He does not fit now. Is there a step that he fits, or might by then?
  void LookAhead(AgentId id) {
    AgentReason now = std::exchange(reason_, {});
    for (const Stop& stop : ahead_) {
      reason_ = {.agent = id};
      if (!Misses(id, stop.wanted)) {
        now.later = stop.at;
        now.until = std::min(now.until, stop.at.opens);
        break;
      }
      if (reason_.until != Instant::max()) {
        now.until = std::min(now.until, std::max(reason_.until, stop.at.opens));
      }
    }
    reason_ = std::move(now);
  }

  // He fits, and has room. What is between him and this very task?
  bool IsPassedOver(AgentId id) {
    if (task_.waits_for) {
      if (task_.waits_for == id) return IsWokenTooOften(id);
      reason_.wanted = task_.waits_for;
      return Say(WhyNot::kWaitsForAnother, Remedy::kOtherAgent, WaitEnds(s_, task_));
    }
    Instant until = s_.time;
    s_.declined.ForEach(task_.declined, [&](const Declined& d) {
      if (d.agent == id) until = d.until;
    });
    return until > s_.time && Say(WhyNot::kLetGo, Remedy::kNone, until);
  }

  // He gets only so many of those that wait for him alone (routing.wakes_per_minute).
  bool IsWokenTooOften(AgentId id) {
    const Agent& agent = s_.agents[id];
    if (task_.over_by == kUnlimited || MayWake(s_, agent)) return false;
    reason_.limit = s_.settings.routing.wakes_per_minute;
    // When the wait is over, he is one of all.
    const Instant until = std::min(s_.wheel.DeadlineOf(agent.wake), WaitEnds(s_, task_));
    return Say(WhyNot::kWakes, Remedy::kNone, until);
  }

  const State& s_;
  const Task& task_;
  const Wanted now_;
  const std::vector<Stop> ahead_;
  AgentReason reason_;
};

std::string OrderText(const State& s, const Task& task, const Decision& decision) {
  const AgentOrderBy* list = OrderByOf(s, task);
  if (decision.order == AgentOrder::kOrderBy && list != nullptr) return list->text();
  const auto& score = s.queues[task.queue].score;
  return decision.order == AgentOrder::kScore && score ? score->text() : std::string();
}

}  // namespace

std::optional<Explanation> Engine::Explain(TaskId id) const {
  const State& s = *state_;
  const Task* task = s.tasks.Find(id);
  if (task == nullptr) return std::nullopt;
  Explanation out{id,           task->state, task->medium,    task->queue,   task->workflow,
                  task->filter, task->step,  task->waits_for, PositionOf(id)};
  out.step_ends = s.wheel.DeadlineOf(task->step_limit);
  const bool alone = task->line == LineKind::kAgent;
  out.wait_ends = alone ? WaitEnds(s, *task) : s.wheel.DeadlineOf(task->wait);
  out.ends = s.wheel.DeadlineOf(task->limit);
  out.next = std::min({out.step_ends, out.wait_ends, out.ends, OfferEnds(s, *task)});
  // It ends with the last who is in the channel, and that may be anything.
  if (task->invitation) out.next = std::min(out.next, s.wheel.NextWake());
  ForEachOffer(s, *task, [&](ReservationId r_id, const Reservation& r) {
    const AgentId next = s.agents.Find(r.runner_up) != nullptr ? r.runner_up : AgentId{};
    out.offers.push_back({r_id, r.agent, next, r.decision, OrderText(s, *task, r.decision)});
  });
  if (task->state != TaskState::kPending && task->state != TaskState::kReserved) return out;
  Explainer explainer(s, *task);
  s.agents.ForEach(
      [&](AgentId agent, const Agent&) { out.agents.push_back(explainer.For(agent)); });
  return out;
}

}  // namespace parley
