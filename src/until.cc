// src/until.cc — see until.h.

#include "until.h"

#include <algorithm>
#include <utility>

#include "capacity.h"
#include "lists.h"
#include "workflow.h"

namespace parley::internal {
namespace {

// When time ends this reservation.
Instant EndOf(const State& s, const Reservation& r) {
  const Task& task = s.tasks[r.task];
  const bool has_it = task.state == TaskState::kAssigned;  // ... and must answer (answer.limit).
  const Instant taken = has_it ? s.wheel.DeadlineOf(task.wait) : Instant::max();
  // Where several are in a channel, or invited, one goes for what happens to another.
  const Conversation& c = s.conversations[task.conversation];
  const bool several = c.invitation || c.guests.size > 0;
  const Instant wake = several ? s.wheel.NextWake() : Instant::max();
  return std::min({s.wheel.DeadlineOf(r.limit), s.wheel.DeadlineOf(task.limit), taken, wake});
}

bool MissingMakesAvailable(const State& s) {
  const Activity* missed = s.FindActivity(s.RoleOf(ActivityRole::kTimeout));
  return missed != nullptr && missed->available;
}

// When he is logged out for being away, so that his work may be taken, and yet may be back by
// himself: a missed offer makes him available.
Instant LosesWork(const State& s, AgentId id) {
  return MissingMakesAvailable(s) ? s.wheel.DeadlineOf(s.agents[id].offline) : Instant::max();
}

// f(end, medium) for the work that uses his capacity, the first to end first.
template <class F>
void ForEachEnd(const State& s, AgentId id, F f) {
  const Instant all = LosesWork(s, id);
  std::vector<std::pair<Instant, Medium>> ends;
  ForEachReservation(s, s.agents[id], [&](ReservationId, const Reservation& r) {
    const bool counts =
        r.state != ReservationState::kWrapping || s.settings.task.wrapping_uses_capacity;
    if (counts) ends.emplace_back(std::min(all, EndOf(s, r)), r.medium);
  });
  std::ranges::sort(ends);
  for (const auto& [end, medium] : ends) f(end, medium);
}

Wanted WantedIn(const State& s, const Task& task, const CourseStep& step) {
  const Need& need = s.NeedOf(s.conversations[task.conversation].need);
  Wanted wanted{step.queue, need.extra | step.skills, step.test.get(), false, AgentId{}};
  wanted.alone = !step.known_agent.empty();
  if (wanted.alone) wanted.only = KnownAgent(s, task, step);
  return wanted;
}

// When it leaves the step that it is in, or comes into its first.
Instant Leaves(const State& s, const Task& task) {
  if (task.step > 0 && !task.step_over) return s.wheel.DeadlineOf(task.step_limit);
  return task.waits_for ? WaitEnds(s, task) : OfferEnds(s, task);
}

// What skip_if will say is not known yet; a known agent is.
bool MayBeSkipped(const CourseStep& step, const Wanted& wanted) {
  return step.skip || (step.skip_unknown && wanted.alone && !wanted.only);
}

}  // namespace

Wanted WantedNow(const State& s, const Task& task) {
  const Need& need = s.NeedOf(task.need);
  const Expression* test = need.rule == UINT32_MAX ? nullptr : s.rules.At(need.rule).test.get();
  return {need.queue, need.extra, test, need.alone, need.only};
}

std::vector<Stop> StopsAhead(const State& s, const Task& task) {
  std::vector<Stop> stops;
  if (!task.workflow) return stops;
  Task ahead = task;
  if (task.step == 0) {
    ahead.course = s.workflows[task.workflow].course;  // It enters the newest version.
    ahead.left_by_time = false;
  }
  bool by_time = true;
  for (Instant leaves = Leaves(s, task); leaves != Instant::max();) {
    const Course& course = *s.courses.At(ahead.course).course;
    const bool inside = ahead.step > 0 && ahead.filter > 0;
    const bool last = inside && ahead.step == course.filters[ahead.filter - 1].steps.size();
    if (last && by_time) ahead.left_by_time = true;
    if (!MoveOn(s, ahead, leaves)) break;
    const CourseStep& step = *StepOf(s, ahead);
    stops.push_back({{ahead.filter, ahead.step, leaves}, WantedIn(s, task, step)});
    by_time = ahead.filter == 0 || !MayBeSkipped(step, stops.back().wanted);
    if (by_time) leaves = StepDeadline(s, ahead, step, leaves);
  }
  return stops;
}

Instant OfferEnds(const State& s, const Task& task) {
  Instant first = Instant::max();
  ForEachOffer(s, task, [&](ReservationId, const Reservation& r) {
    first = std::min(first, s.wheel.DeadlineOf(r.limit));
  });
  return first;
}

Instant WaitEnds(const State& s, const Task& task) {
  if (task.line != LineKind::kAgent) return OfferEnds(s, task);  // He is asked.
  const Agent& agent = s.agents[task.waits_for];
  const auto& rule = s.settings.logout;
  const Instant own = s.wheel.DeadlineOf(task.wait);
  // Who is logged out is waited for only so long more (logout.waiting_work).
  if (rule.waiting_work != WorkAtLogout::kRequeue) return own;
  const bool missing = s.RoleOf(ActivityRole::kTimeout) == s.RoleOf(ActivityRole::kLogout);
  Instant lost = s.wheel.DeadlineOf(agent.offline);
  if (missing) lost = std::min(lost, s.wheel.NextWake());  // An offer that is not made yet, too.
  const Instant taken = lost == Instant::max() ? lost : lost + rule.requeue_after;
  return std::min(own, taken);
}

Instant ActivityEnds(const State& s, AgentId id) {
  Instant first = Instant::max();
  if (!MissingMakesAvailable(s)) return first;
  ForEachReservation(s, s.agents[id], [&](ReservationId, const Reservation& r) {
    first = std::min(first, s.wheel.DeadlineOf(r.limit));
  });
  return first;
}

Instant MediumHasRoom(const State& s, AgentId id, Medium medium, uint64_t limit) {
  uint64_t used = UsedBy(s, s.agents[id], medium);
  Instant at = Instant::max();
  ForEachEnd(s, id, [&](Instant end, Medium its) {
    if (used < limit || its != medium) return;
    --used;
    if (used < limit) at = end;
  });
  return at;
}

Instant BudgetHasRoom(const State& s, AgentId id, Medium medium, uint64_t limit) {
  const uint64_t cost = s.settings.For(medium).cost;
  uint64_t load = LoadFor(s, s.agents[id], medium);
  Instant at = Instant::max();
  ForEachEnd(s, id, [&](Instant end, Medium its) {
    const auto& rule = s.settings.For(its);
    if (load + cost <= limit || rule.interrupted_by.Has(medium)) return;
    load -= rule.cost;
    if (load + cost <= limit) at = end;
  });
  return at;
}

}  // namespace parley::internal
