// src/task_effects.cc — what the task's orders do: lines, offers, ends.

#include <algorithm>
#include <utility>

#include "effects.h"
#include "lists.h"
#include "matching.h"
#include "order.h"
#include "returning.h"
#include "workflow.h"

namespace parley::internal {
namespace {

Duration OfferTimeout(const State& s, const Task& task) {
  const Course* course = task.step == 0 ? nullptr : CourseOf(s, task.workflow);
  const bool own = course != nullptr && course->reservation_timeout > Duration::zero();
  return own ? course->reservation_timeout : s.settings.reservation.timeout;
}

void Offer(State& s, TaskId id, Task& task) {
  const AgentId agent_id = s.matter.chosen;
  PARLEY_CHECK(task.line == LineKind::kNone);
  PARLEY_CHECK(!ReservationFor(s, task, agent_id));  // Nobody is asked twice at once.
  Agent& agent = s.agents[agent_id];
  const ReservationId reservation_id = s.reservations.Add();
  Reservation& r = s.reservations[reservation_id];
  r.task = id;
  r.agent = agent_id;
  r.medium = task.medium;
  r.created = s.time;
  r.runner_up = s.matter.runner_up;
  r.decision = s.matter.decision;
  r.limit = s.Arm(s.time + OfferTimeout(s, task), Timer::kReservation, reservation_id.slot());
  ReservationList(s).PushFront(agent.reservations, reservation_id.slot());
  OfferList(s).PushFront(task.offers, reservation_id.slot());
  task.reservation = reservation_id;
  if (task.offers.size == 1) ++task.assignments;
  PARLEY_CHECK(task.assignments > 0 && task.state == TaskState::kReserved);
  s.queues[task.queue].asked = agent_id.slot();
  if (task.waits_for == agent_id) NoteWake(s, agent_id);
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

void EndOffers(State& s, const Task& task, ReservationTrigger on) {
  ForEachOffer(s, task, [&](ReservationId r_id, const Reservation&) { s.Post(r_id, on); });
}

void Assign(State& s, TaskId id, Task& task) {
  PARLEY_CHECK(task.offers.size == 1 && task.line == LineKind::kNone);
  task.agent = s.reservations[task.reservation].agent;
  s.agents[task.agent].last_assigned = s.time;
  task.waits_for = AgentId{};
  s.declined.Clear(task.declined);
  s.Disarm(task.limit);
  s.Disarm(task.step_limit);
  s.Disarm(task.level_limit);
  WatchAnswer(s, id);
  if (s.settings.task.max_assigned > Duration::zero()) {
    task.limit = s.Arm(s.time + s.settings.task.max_assigned, Timer::kTask, id.slot());
  }
}

// Instead of the limit of its time assigned (P3).
void LimitWrapUp(State& s, TaskId id, Task& task) {
  PARLEY_CHECK(task.state == TaskState::kWrapping);
  s.Disarm(task.limit);
  const Duration most = s.settings.For(task.medium).wrap_up_limit;
  if (most > Duration::zero()) task.limit = s.Arm(s.time + most, Timer::kTask, id.slot());
}

// The last step of a filter that ends so closes the default one to it (F8).
void TellStepTimeout(State& s, TaskId id, Task& task) {
  const Course& course = *s.courses.At(task.course).course;
  PARLEY_CHECK(task.filter > 0 && task.filter <= course.filters.size() && task.step > 0);
  if (task.step == course.filters[task.filter - 1].steps.size()) task.left_by_time = true;
  s.Emit(StepTimedOut{id, task.filter, task.step, task.queue});
}

void TellCanceled(State& s, TaskId id, Task& task, TaskTrigger on) {
  if (task.reason == CancelReason::kNone) task.reason = s.matter.reason;
  if (on == TaskTrigger::kReturned) {
    const bool often = task.assignments >= s.settings.task.max_assignments;
    task.reason = often ? CancelReason::kMaxAssignments : CancelReason::kNotAccepted;
  }
  PARLEY_CHECK(task.reason != CancelReason::kNone);
  s.Emit(TaskCanceled{id, task.reason});
}

void Retire(State& s, TaskId id, Task& task) {
  PARLEY_CHECK(task.line == LineKind::kNone && task.offers.size == 0 && !task.guest);
  s.Disarm(task.limit);
  s.Disarm(task.wait);
  s.Disarm(task.level_limit);
  s.Disarm(task.step_limit);
  s.declined.Clear(task.declined);
  if (s.settings.task.retention > Duration::zero()) {
    task.limit = s.Arm(s.time + s.settings.task.retention, Timer::kTask, id.slot());
  } else {
    s.End(id);
  }
  Conversation& c = s.conversations[task.conversation];
  PARLEY_CHECK(c.open_tasks > 0);
  --c.open_tasks;
  if (c.open_tasks == 0) {
    c.ended ? s.End(task.conversation) : s.conversations.MayClose(task.conversation);
  }
  if (c.invitation == id) c.invitation = TaskId{};
  PARLEY_CHECK(s.wheel.DeadlineOf(task.wait) == Instant::max());
  if (c.live_task != id) return;
  c.live_task = TaskId{};
  s.Post(task.conversation, task.state == TaskState::kCompleted ? ChannelTrigger::kTaskDone
                                                                : ChannelTrigger::kTaskCanceled);
}

// Those that concern its workflow.
[[gnu::always_inline]] inline void CarryWorkflow(State& s, TaskId id, Task& task,
                                                 TaskEffect effect) {
  using E = TaskEffect;
  switch (effect) {
    case E::kEnterWorkflow:
      return EnterWorkflow(s, id, task);
    case E::kNextStep:
      return NextStep(s, id, task);
    case E::kTellStepTimeout:
      return TellStepTimeout(s, id, task);
    case E::kTellSkipped:
      return s.Emit(StepSkipped{id, task.filter, task.step, task.queue});
    case E::kNoteStepIsOver:
      task.step_over = true;
      break;
    default:
      PARLEY_CHECK(false);
  }
}

// Those that say what becomes of it when its agent takes too long.
[[gnu::always_inline]] inline void CarryLimits(State& s, TaskId id, Task& task, TaskEffect effect) {
  using E = TaskEffect;
  PARLEY_CHECK(task.agent && s.reservations[task.reservation].agent == task.agent);
  switch (effect) {
    case E::kTellSilent:
      return TellSilent(s, id, task);
    case E::kTakeAway:
      return TakeAway(s, id, task);
    case E::kTellOverdue:
      PARLEY_CHECK(task.state == TaskState::kAssigned);
      return s.Post(task.conversation, ChannelTrigger::kOverdue);
    case E::kLimitWrapUp:
      return LimitWrapUp(s, id, task);
    case E::kTellExpired:
      return s.Emit(WrapUpExpired{id, task.agent});
    case E::kFinish:
      return s.Post(task.reservation, ReservationTrigger::kComplete);
    default:
      PARLEY_CHECK(false);
  }
}

struct CarryTask {
  [[gnu::always_inline]] void operator()(State& s, TaskId id, Task& task, TaskEffect effect,
                                         Origin origin) const {
    using E = TaskEffect;
    const auto on = static_cast<TaskTrigger>(origin.on);
    switch (effect) {
      case E::kNone:
        break;
      case E::kEnterLine:
        PARLEY_CHECK(task.offers.size == 0);
        if (on == TaskTrigger::kReturned) s.returned_tasks.push_back(id);
        return EnterLine(s, id, task);
      case E::kLeaveLine:
        return LeaveLine(s, task);
      case E::kOffer:
        return Offer(s, id, task);
      case E::kTakeOffer:
        PARLEY_CHECK(s.reservations[task.reservation].state == ReservationState::kPending);
        return s.Post(task.reservation, ReservationTrigger::kAccept);
      case E::kAssign:
        return Assign(s, id, task);
      case E::kJoinChannel:
        return JoinChannel(s, id, task);
      case E::kRescindOthers:
        return RescindOthers(s, task);
      case E::kCancelOffers:
        return EndOffers(s, task, ReservationTrigger::kCancel);
      case E::kRescindOffers:
        return EndOffers(s, task, ReservationTrigger::kOutrun);
      case E::kTellWrapUp:
        PARLEY_CHECK(task.agent && s.reservations[task.reservation].agent == task.agent);
        s.Disarm(task.wait);
        return s.Emit(TaskWrapUp{id, task.agent});
      case E::kTellCompleted:
        PARLEY_CHECK(task.agent);
        return s.Emit(TaskCompleted{id, task.agent});
      case E::kTellCanceled:
        return TellCanceled(s, id, task, on);
      case E::kRetire:
        return Retire(s, id, task);
      case E::kEnterWorkflow:
      case E::kNextStep:
      case E::kTellStepTimeout:
      case E::kTellSkipped:
      case E::kNoteStepIsOver:
        return CarryWorkflow(s, id, task, effect);
      case E::kTellSilent:
      case E::kTakeAway:
      case E::kTellOverdue:
      case E::kLimitWrapUp:
      case E::kTellExpired:
      case E::kFinish:
        return CarryLimits(s, id, task, effect);
      default:
        return CarryOfSeveral(s, id, task, effect);
    }
  }
};

}  // namespace

constexpr Acts<TaskEffect, TaskId, Task> kTaskActs = ActsOf<TaskEffect, TaskId, Task, CarryTask>();

void MoveTask(State& s, TaskId id, const Conversation& c, Instant since) {
  Task& task = s.tasks[id];
  PARLEY_CHECK(task.state == TaskState::kPending || task.state == TaskState::kReserved);
  LeaveLine(s, task);
  const Need& to = s.NeedOf(c.need);
  if (task.queue != to.queue || task.since != since) ForgetLevel(s, task);
  const uint32_t need = TakeNeed(s, {to.queue, c.medium, to.extra});
  ReturnNeed(s, task.need);
  task.need = need;
  task.queue = s.NeedOf(need).queue;
  task.priority = c.priority;
  task.since = since;
  SetWorkflow(s, task, c.workflow);
  UseAttributes(s, c.attributes);
  ReturnAttributes(s, std::exchange(task.attributes, c.attributes));
  if (task.state == TaskState::kReserved) WatchLevel(s, id);  // Else when it enters a line.
}

TaskTrigger EntryOf(const Task& task) {
  const bool routed = task.workflow && task.step == 0 && !task.waits_for;
  return routed ? TaskTrigger::kRoute : TaskTrigger::kEnter;
}

void ReleaseTask(State& s, TaskId id) {
  Task& task = s.tasks[id];
  PARLEY_CHECK(IsOver(task.state) && task.offers.size == 0 && task.declined.size == 0);
  SetWorkflow(s, task, WorkflowId{});
  ReturnNeed(s, task.need);
  ReturnAttributes(s, task.attributes);
  s.tasks.Remove(id);
}

}  // namespace parley::internal
