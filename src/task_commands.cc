// src/task_commands.cc — tasks are made, changed, canceled and completed; offers are answered.

#include <algorithm>

#include "commands.h"
#include "effects.h"
#include "eligibility.h"
#include "lists.h"
#include "workflow.h"

namespace parley::internal {
namespace {

Refusal CheckOffer(const State& s, ReservationId id, ReservationTrigger trigger) {
  if (const Refusal r = CheckId(s.reservations, id); r != Refusal::kNone) return r;
  return Allows<ReservationMachine>(s.reservations[id].state, trigger) ? Refusal::kNone
                                                                       : Refusal::kWrongState;
}

// A task that has ended is still there for a while, and is gone all the same.
Refusal CheckTask(const State& s, TaskId id, TaskTrigger trigger) {
  if (const Refusal r = CheckId(s.tasks, id); r != Refusal::kNone) return r;
  const TaskState state = s.tasks[id].state;
  if (IsOver(state)) return Refusal::kGone;
  return Allows<TaskMachine>(state, trigger) ? Refusal::kNone : Refusal::kWrongState;
}

}  // namespace

Refusal Check(const State& s, const CreateTask& command) {
  if (const Refusal r = CheckId(s.conversations, command.conversation); r != Refusal::kNone) {
    return r;
  }
  if (const Refusal r = CheckDirect(s, command.direct); r != Refusal::kNone) return r;
  if (const Refusal r = CheckRoute(s, command.route); r != Refusal::kNone) return r;
  const Conversation& c = s.conversations[command.conversation];
  if (c.live_task) return Refusal::kHasLiveTask;
  if (!Allows<ChannelMachine>(c.state, ChannelTrigger::kRouted)) return Refusal::kWrongState;
  return s.tasks.size() < s.settings.limits.tasks ? Refusal::kNone : Refusal::kLimitReached;
}
void Do(State& s, const CreateTask& command) {
  Conversation& c = s.conversations[command.conversation];
  ApplyRoute(s, c, command.route);
  PlanDirect(s, command.direct);
  s.matter.plan.waited = command.route.waited;
  s.Post(command.conversation, ChannelTrigger::kRouted);
}

Refusal Check(const State& s, const IgnoreRouting& command) {
  if (const Refusal r = CheckId(s.conversations, command.conversation); r != Refusal::kNone) {
    return r;
  }
  return s.conversations[command.conversation].asked ? Refusal::kNone : Refusal::kNotAsked;
}
void Do(State& s, const IgnoreRouting& command) {
  s.Post(command.conversation, ChannelTrigger::kUnroute);
}

Refusal Check(const State& s, const UpdateTask& command) {
  if (const Refusal r = CheckTask(s, command.task, TaskTrigger::kCancel); r != Refusal::kNone) {
    return r;
  }
  if (s.tasks[command.task].invitation) return Refusal::kWrongState;
  return CheckRoute(s, command.route);
}
void Do(State& s, const UpdateTask& command) {
  const TaskId id = command.task;
  Task& task = s.tasks[id];
  Conversation& c = s.conversations[task.conversation];
  const Route& route = command.route;
  const int32_t priority = task.priority;
  const bool direct = !task.workflow && NamesNothing(route);
  ApplyRoute(s, c, route);
  MoveTask(s, id, c, std::max(task.since - route.waited, kEarliest));
  if (NamesNothing(route)) task.priority = priority;
  if (direct) SetWorkflow(s, task, WorkflowId{});
  c.since = task.since;
  s.Emit(TaskUpdated{id, task.queue, task.priority});
  if (task.state == TaskState::kPending) return s.Post(id, EntryOf(task));
  if (task.workflow) return;  // If the offer fails, it begins at the top.
  KnowNeed(s, task.need);
  ForEachOffer(s, task, [&](ReservationId r_id, const Reservation& r) {
    if (!Fits(s, s.NeedOf(task.need), r.agent)) s.Post(r_id, ReservationTrigger::kRescind);
  });
}

Refusal Check(const State& s, const CancelTask& command) {
  return CheckTask(s, command.task, TaskTrigger::kCancel);
}
void Do(State& s, const CancelTask& command) {
  s.matter.reason = CancelReason::kApi;
  s.Post(command.task, TaskTrigger::kCancel);
}

Refusal Check(const State& s, const Complete& command) {
  if (const Refusal r = CheckTask(s, command.task, TaskTrigger::kComplete); r != Refusal::kNone) {
    return r;
  }
  if (!command.agent) return Refusal::kNone;
  if (const Refusal r = CheckId(s.agents, command.agent); r != Refusal::kNone) return r;
  return s.tasks[command.task].agent == command.agent ? Refusal::kNone : Refusal::kNotOwner;
}
void Do(State& s, const Complete& command) {
  s.Post(s.tasks[command.task].reservation, ReservationTrigger::kComplete);
}

Refusal Check(const State& s, const Accept& command) {
  return CheckOffer(s, command.reservation, ReservationTrigger::kAccept);
}
void Do(State& s, const Accept& command) {
  s.matter.by_hand = true;
  s.Post(command.reservation,
         command.hold ? ReservationTrigger::kHold : ReservationTrigger::kAccept);
}

Refusal Check(const State& s, const Decline& command) {
  if (const Refusal r = CheckOffer(s, command.reservation, ReservationTrigger::kDecline);
      r != Refusal::kNone) {
    return r;
  }
  return command.activity ? CheckActivity(s, command.activity) : Refusal::kNone;
}
void Do(State& s, const Decline& command) {
  s.matter.activity = command.activity;
  s.Post(command.reservation, ReservationTrigger::kDecline);
}

Refusal Check(const State& s, const MediaReady& command) {
  return CheckOffer(s, command.reservation, ReservationTrigger::kMediaReady);
}
void Do(State& s, const MediaReady& command) {
  s.matter.by_hand = true;
  s.Post(command.reservation, ReservationTrigger::kMediaReady);
}

Refusal Check(const State& s, const MediaFailed& command) {
  return CheckOffer(s, command.reservation, ReservationTrigger::kMediaFailed);
}
void Do(State& s, const MediaFailed& command) {
  s.Post(command.reservation, ReservationTrigger::kMediaFailed);
}

}  // namespace parley::internal
