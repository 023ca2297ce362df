// src/task_effects.cc — what the task's orders do: lines, offers, ends.

#include <algorithm>
#include <utility>

#include "effects.h"
#include "eligibility.h"
#include "lists.h"
#include "matching.h"
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

void EnterLine(State& s, TaskId id, Task& task) {
  task.place = PlaceOf(s, id);
  ++s.queues[task.queue].waiting;
  KnowNeed(s, task.need);
  Instant wake = NextChance(s, task);
  if (task.waits_for) {
    task.line = LineKind::kAgent;
    Agent& agent = s.agents[task.waits_for];
    agent.waiting.Insert(task.place);
    Freshen(s, task.waits_for);
    wake = task.waits_until;
  } else if (task.declined.size > 0) {
    task.line = LineKind::kReturned;
    s.NeedOf(task.need).returned.Insert(task.place);
    List(s, task.need);
    MarkHot(s, task.need);
  } else {
    task.line = LineKind::kNeed;
    Need& need = s.NeedOf(task.need);
    need.line.Insert(task.place);
    List(s, task.need);
    if (need.line.size() == 1) MarkHot(s, task.need);  // Behind others, nobody fits.
  }
  if (wake != Instant::max()) task.wait = s.Arm(wake, Timer::kTaskWait, id.slot());
  const bool alone = static_cast<bool>(task.waits_for);
  s.Emit(TaskQueued{id, task.queue, task.waits_for,
                    alone && wake != Instant::max() ? wake : Instant{}, task.priority});
}

void LeaveLine(State& s, Task& task) {
  const LineKind line = std::exchange(task.line, LineKind::kNone);
  if (line == LineKind::kNone) return;
  --s.queues[task.queue].waiting;
  switch (line) {
    case LineKind::kNone:
      break;
    case LineKind::kAgent:
      s.agents[task.waits_for].waiting.Erase(task.place);
      break;
    case LineKind::kReturned:
      s.NeedOf(task.need).returned.Erase(task.place);
      List(s, task.need);
      break;
    case LineKind::kNeed:
      s.NeedOf(task.need).line.Erase(task.place);
      List(s, task.need);
      break;
  }
  s.Disarm(task.wait);
}

void Offer(State& s, TaskId id, Task& task) {
  const AgentId agent_id = s.matter.chosen;
  Agent& agent = s.agents[agent_id];
  const ReservationId reservation_id = s.reservations.Add();
  Reservation& r = s.reservations[reservation_id];
  r.task = id;
  r.agent = agent_id;
  r.medium = task.medium;
  r.created = s.time;
  r.runner_up = s.matter.runner_up;
  r.limit =
      s.Arm(s.time + s.settings.reservation.timeout, Timer::kReservation, reservation_id.slot());
  ReservationList(s).PushFront(agent.reservations, reservation_id.slot());
  OfferList(s).PushFront(task.offers, reservation_id.slot());
  task.reservation = reservation_id;
  if (task.offers.size == 1) ++task.assignments;
  s.queues[task.queue].asked = agent_id.slot();
  TakeUnit(s, agent_id, task.medium);
  s.Emit(ReservationCreated{reservation_id, id, agent_id});
}

// All its offers but the one that was taken.
void RescindOthers(State& s, const Task& task) {
  ForEachOffer(s, task, [&s](ReservationId r_id, const Reservation& r) {
    const bool taken =
        r.state == ReservationState::kAccepted || r.state == ReservationState::kOnHold;
    if (!taken) s.Post(r_id, ReservationTrigger::kOutrun);
  });
}

void Assign(State& s, TaskId id, Task& task) {
  task.agent = s.reservations[task.reservation].agent;
  s.agents[task.agent].last_assigned = s.time;
  task.waits_for = AgentId{};
  s.declined.Clear(task.declined);
  s.Disarm(task.limit);
  if (s.settings.task.max_assigned > Duration::zero()) {
    task.limit = s.Arm(s.time + s.settings.task.max_assigned, Timer::kTask, id.slot());
  }
}

// Instead of the limit of its time assigned (P3).
void LimitWrapUp(State& s, TaskId id, Task& task) {
  s.Disarm(task.limit);
  const Duration most = s.settings.For(task.medium).wrap_up_limit;
  if (most > Duration::zero()) task.limit = s.Arm(s.time + most, Timer::kTask, id.slot());
}

void TellCanceled(State& s, TaskId id, Task& task, TaskTrigger on) {
  task.reason = on == TaskTrigger::kReturned ? CancelReason::kMaxAssignments : s.matter.reason;
  s.Emit(TaskCanceled{id, task.reason});
}

void Retire(State& s, TaskId id, Task& task) {
  s.Disarm(task.limit);
  s.declined.Clear(task.declined);
  if (s.settings.task.retention > Duration::zero()) {
    task.limit = s.Arm(s.time + s.settings.task.retention, Timer::kTask, id.slot());
  } else {
    s.ended_tasks.push_back(id);
  }
  Conversation& c = s.conversations[task.conversation];
  PARLEY_CHECK(c.open_tasks > 0);
  --c.open_tasks;
  if (c.ended && c.open_tasks == 0) s.ended_conversations.push_back(task.conversation);
  if (c.live_task != id) return;
  c.live_task = TaskId{};
  s.Post(task.conversation, task.state == TaskState::kCompleted ? ChannelTrigger::kTaskDone
                                                                : ChannelTrigger::kTaskCanceled);
}

}  // namespace

void Carry(State& s, TaskId id, TaskEffect effect, const Order& order) {
  using E = TaskEffect;
  const auto on = static_cast<TaskTrigger>(order.on);
  Task& task = s.tasks[id];
  switch (effect) {
    case E::kNone:
      break;
    case E::kEnterLine:
      if (on == TaskTrigger::kReturned) s.returned_tasks.push_back(id);
      return EnterLine(s, id, task);
    case E::kLeaveLine:
      return LeaveLine(s, task);
    case E::kOffer:
      return Offer(s, id, task);
    case E::kTakeOffer:
      return s.Post(task.reservation, ReservationTrigger::kAccept);
    case E::kAssign:
      return Assign(s, id, task);
    case E::kJoinChannel:
      return s.Post(task.conversation, ChannelTrigger::kAccepted);
    case E::kRescindOthers:
      return RescindOthers(s, task);
    case E::kCancelOffers:
      return ForEachOffer(s, task, [&s](ReservationId r_id, const Reservation&) {
        s.Post(r_id, ReservationTrigger::kCancel);
      });
    case E::kRescindOffers:
      return ForEachOffer(s, task, [&s](ReservationId r_id, const Reservation&) {
        s.Post(r_id, ReservationTrigger::kOutrun);
      });
    case E::kTellWrapUp:
      return s.Emit(TaskWrapUp{id, task.agent});
    case E::kTellCompleted:
      return s.Emit(TaskCompleted{id, task.agent});
    case E::kTellCanceled:
      return TellCanceled(s, id, task, on);
    case E::kRetire:
      return Retire(s, id, task);
    case E::kTellOverdue:
      return s.Post(task.conversation, ChannelTrigger::kOverdue);
    case E::kLimitWrapUp:
      return LimitWrapUp(s, id, task);
    case E::kTellExpired:
      return s.Emit(WrapUpExpired{id, task.agent});
    case E::kFinish:
      return s.Post(task.reservation, ReservationTrigger::kComplete);
  }
}

void StopWaiting(State& s, TaskId id) {
  Task& task = s.tasks[id];
  if (task.line == LineKind::kAgent) {
    ForgetPreference(s, id);
    return;
  }
  PARLEY_CHECK(task.line == LineKind::kReturned);
  MarkHot(s, task.need);
  const Instant next = NextChance(s, task);
  if (next != Instant::max()) task.wait = s.Arm(next, Timer::kTaskWait, id.slot());
}

void ForgetPreference(State& s, TaskId id) {
  Task& task = s.tasks[id];
  LeaveLine(s, task);
  task.waits_for = AgentId{};
  s.Post(id, TaskTrigger::kEnter);
}

void MarkHot(State& s, uint32_t slot) {
  if (std::exchange(s.NeedOf(slot).hot, true)) return;
  s.hot_needs.push_back(slot);
}

void MoveTask(State& s, TaskId id, const Conversation& c, Instant since) {
  Task& task = s.tasks[id];
  LeaveLine(s, task);
  const Need& to = s.NeedOf(c.need);
  const uint32_t need = TakeNeed(s, to.queue, c.medium, to.extra);
  ReturnNeed(s, task.need);
  task.need = need;
  task.queue = s.NeedOf(need).queue;
  task.priority = c.priority;
  task.since = since;
}

void ReleaseTask(State& s, TaskId id) {
  ReturnNeed(s, s.tasks[id].need);
  s.tasks.Remove(id);
}

}  // namespace parley::internal
