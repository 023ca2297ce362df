// src/lines.cc — where a task waits: it enters a line, leaves it, and stops waiting for one agent.

#include <algorithm>
#include <utility>

#include "capacity.h"
#include "effects.h"
#include "eligibility.h"
#include "order.h"

namespace parley::internal {
namespace {

// When one of those who let it go may be asked again; Instant::max() if that is never.
Instant NextChance(const State& s, const Task& task) {
  Instant next = Instant::max();
  s.declined.ForEach(task.declined, [&](const Declined& d) {
    if (d.until > s.time) next = std::min(next, d.until);
  });
  return next;
}

// Until when it may wait for an agent who is logged out (logout.waiting_work).
Instant Patience(const State& s, const Task& task) {
  const auto& rule = s.settings.logout;
  const bool gone = s.agents[task.waits_for].activity == s.RoleOf(ActivityRole::kLogout);
  const bool passes = gone && rule.waiting_work == WorkAtLogout::kRequeue;
  return passes ? s.time + rule.requeue_after : Instant::max();
}

}  // namespace

void EnterLine(State& s, TaskId id, Task& task) {
  PARLEY_CHECK(task.line == LineKind::kNone && task.state == TaskState::kPending);
  task.place = PlaceOf(s, id);
  PARLEY_CHECK(task.place.task == id);
  WatchLevel(s, id);
  ++s.queues[task.queue].waiting;
  KnowNeed(s, task.need);
  Instant wake = NextChance(s, task);
  if (task.waits_for) {
    task.line = LineKind::kAgent;
    Agent& agent = s.agents[task.waits_for];
    task.spot = s.places.Insert(agent.waiting, task.place);
    if (task.over_by > 0) ++agent.waiting_over;
    Freshen(s, task.waits_for);
    wake = std::min(task.waits_until, Patience(s, task));
  } else if (task.declined.size > 0) {
    task.line = LineKind::kReturned;
    task.spot = s.places.Insert(s.NeedOf(task.need).returned, task.place);
    List(s, task.need);
    MarkHot(s, task.need);
  } else {
    task.line = LineKind::kNeed;
    Need& need = s.NeedOf(task.need);
    task.spot = s.places.Insert(need.line, task.place);
    List(s, task.need);
    if (need.line.size == 1) MarkHot(s, task.need);  // Behind others, nobody fits.
  }
  if (wake != Instant::max()) task.wait = s.Arm(wake, Timer::kTaskWait, id.slot());
  const bool alone = static_cast<bool>(task.waits_for);
  s.Emit(TaskQueued{id, task.queue, task.waits_for,
                    alone && wake != Instant::max() ? wake : Instant{}, task.priority,
                    alone ? task.over_by : 0});
}

void LeaveLine(State& s, Task& task) {
  const LineKind line = std::exchange(task.line, LineKind::kNone);
  if (line == LineKind::kNone) return;
  PARLEY_CHECK(s.queues[task.queue].waiting > 0);
  --s.queues[task.queue].waiting;
  switch (line) {
    case LineKind::kNone:
      break;
    case LineKind::kAgent:
      s.places.Erase(s.agents[task.waits_for].waiting, task.spot, task.place);
      PARLEY_CHECK(task.over_by == 0 || s.agents[task.waits_for].waiting_over > 0);
      if (task.over_by > 0) --s.agents[task.waits_for].waiting_over;
      ReleaseHeld(s, task);
      break;
    case LineKind::kReturned:
      s.places.Erase(s.NeedOf(task.need).returned, task.spot, task.place);
      ReleaseHeld(s, task.need);
      List(s, task.need);
      break;
    case LineKind::kNeed:
      s.places.Erase(s.NeedOf(task.need).line, task.spot, task.place);
      ReleaseHeld(s, task.need);
      List(s, task.need);
      break;
  }
  s.Disarm(task.wait);
}

void ArmPatience(State& s, TaskId id) {
  Task& task = s.tasks[id];
  PARLEY_CHECK(task.line == LineKind::kAgent);
  s.Disarm(task.wait);
  const Instant wake = std::min(task.waits_until, Patience(s, task));
  if (wake != Instant::max()) task.wait = s.Arm(wake, Timer::kTaskWait, id.slot());
}

void StopWaiting(State& s, TaskId id) {
  Task& task = s.tasks[id];
  if (task.state == TaskState::kAssigned) return s.Post(id, TaskTrigger::kAnswerLimit);
  if (task.line == LineKind::kAgent) return ForgetPreference(s, id);
  PARLEY_CHECK(task.line == LineKind::kReturned);
  MarkHot(s, task.need);
  const Instant next = NextChance(s, task);
  if (next != Instant::max()) task.wait = s.Arm(next, Timer::kTaskWait, id.slot());
}

Instant& BarOf(State& s, Task& task, AgentId agent) {
  Instant* bar = nullptr;
  const auto find = [&](Declined& d) {
    if (d.agent == agent) bar = &d.until;
  };
  s.declined.ForEach(task.declined, find);
  if (bar == nullptr) {
    s.declined.Append(task.declined, {agent, Instant::min()});
    s.declined.ForEach(task.declined, find);
  }
  return *bar;
}

void Bar(State& s, Task& task, AgentId agent, Instant until) {
  Instant& bar = BarOf(s, task, agent);
  bar = std::max(bar, until);
}

void ForgetPreference(State& s, TaskId id) {
  Task& task = s.tasks[id];
  PARLEY_CHECK(task.waits_for && task.state == TaskState::kPending);
  LeaveLine(s, task);
  task.waits_for = AgentId{};
  if (task.for_one) {  // Nobody else was invited.
    task.reason = CancelReason::kNotAccepted;  // Whatever else is canceled before it.
    return s.Post(id, TaskTrigger::kCancel);
  }
  s.Post(id, EntryOf(task));
}

void MarkHot(State& s, uint32_t slot) {
  PARLEY_CHECK(s.NeedOf(slot).users > 0);
  if (std::exchange(s.NeedOf(slot).hot, true)) return;
  s.hot_needs.push_back(slot);
}

}  // namespace parley::internal
