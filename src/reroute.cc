// src/reroute.cc — asking the policy where a conversation goes, and doing what it says.

#include <algorithm>
#include <tuple>
#include <utility>

#include "effects.h"
#include "room.h"
#include "workflow.h"

namespace parley::internal {
namespace {

constexpr Duration kLongestPreference = 14 * kDay;
constexpr Duration kLongestQuestion = 7 * kDay;

AgentId IfHere(const State& s, AgentId id) { return IsHere(s, id) ? id : AgentId{}; }

bool IsLoggedOut(const State& s, AgentId id) {
  return !IsHere(s, id) || s.agents[id].activity == s.RoleOf(ActivityRole::kLogout);
}

RerouteAction ActionFor(OnCanceled rule) {
  switch (rule) {
    case OnCanceled::kInactive:
      return RerouteAction::kPark;
    case OnCanceled::kClose:
      return RerouteAction::kClose;
    case OnCanceled::kEmitOnly:
      return RerouteAction::kNothing;
    case OnCanceled::kRequeue:
      break;
  }
  return RerouteAction::kNewTask;
}

// What the domain and the settings say.
RerouteDecision Usual(const State& s, const Conversation& c, RerouteCause cause) {
  const Settings& settings = s.settings;
  RerouteDecision d;
  d.queue = s.NeedOf(c.need).queue;
  d.skills = s.NeedOf(c.need).extra;
  d.workflow = c.workflow;
  d.priority = c.priority;
  d.deadline = settings.custom_routing.timeout;
  d.when_silent = settings.custom_routing.fallback;
  switch (cause) {
    case RerouteCause::kReplied:
    case RerouteCause::kOrphanWrote:
      if (settings.leave.routing == LeaveRouting::kCustom) d.action = RerouteAction::kAskHost;
      break;
    case RerouteCause::kPauseExpired:
      d.workflow = WorkflowId{};  // Back to the queue that it was in (C10).
      d.priority += std::min(settings.pause.expired_priority_boost, INT32_MAX - d.priority);
      d.keep_age = settings.pause.expired_keeps_age;
      break;
    case RerouteCause::kResumedAtCapacity:
      PARLEY_CHECK(c.owner);
      if (settings.pause.resume_at_capacity == ResumeAtCapacity::kWaitSameAgent) {
        d.agent = c.owner;
        d.agent_for = settings.pause.resume_wait;
        if (d.agent_for == Duration::zero()) d.action = RerouteAction::kWaitForAgent;
      }
      break;
    case RerouteCause::kNobodyElse:
      d.action = RerouteAction::kNothing;
      break;
    case RerouteCause::kTaskCanceled:
      d.action = ActionFor(settings.conversation.on_canceled);
      d.keep_age = true;
      break;
    case RerouteCause::kAgentGone:
    case RerouteCause::kAgentSilent:
    case RerouteCause::kOverdue:
      d.keep_age = true;
      break;
    case RerouteCause::kUnanswered:
      break;
  }
  return d;
}

RerouteRequest RequestFor(const State& s, ConversationId id, const Conversation& c,
                          RerouteCause cause) {
  PARLEY_CHECK(!c.ended);
  const bool parked = cause == RerouteCause::kReplied || cause == RerouteCause::kPauseExpired ||
                      cause == RerouteCause::kResumedAtCapacity;
  return {cause,
          id,
          c.medium,
          IfHere(s, c.last_agent),
          IsLoggedOut(s, c.last_agent),
          IfHere(s, c.owner),
          s.NeedOf(c.need).queue,
          c.workflow,
          c.priority,
          parked ? s.time - c.parked_at : Duration::zero(),
          c.reroutes,
          Usual(s, c, cause)};
}

bool HasPlace(const State& s, const RerouteDecision& d) {
  return d.workflow ? s.workflows.Find(d.workflow) != nullptr : s.queues.Find(d.queue) != nullptr;
}

// Where its task is at home at first. Requires: HasPlace().
QueueId PlaceOf(const State& s, const RerouteDecision& d) {
  PARLEY_CHECK(HasPlace(s, d));
  return d.workflow ? HomeQueue(*CourseOf(s, d.workflow)) : d.queue;
}

bool CanBeDone(const State& s, const RerouteDecision& d) {
  switch (d.action) {
    case RerouteAction::kNewTask:
      return HasPlace(s, d) && d.skills.end() <= s.skills.size() &&
             (!d.agent || (IsHere(s, d.agent) && d.agent != d.exclude));
    case RerouteAction::kWaitForAgent:
      return HasPlace(s, d) && d.skills.end() <= s.skills.size() && IsHere(s, d.agent) &&
             d.agent != d.exclude;
    case RerouteAction::kAskHost:
      return d.deadline >= Duration(1) && d.deadline <= kLongestQuestion &&
             static_cast<size_t>(d.when_silent) < CountOf<WhenSilent>();
    case RerouteAction::kPark:
    case RerouteAction::kClose:
    case RerouteAction::kNothing:
      return true;
  }
  return false;
}

// For whom alone the task is at first, and until when.
std::pair<AgentId, Instant> Preference(const State& s, const RerouteDecision& d) {
  if (d.action == RerouteAction::kWaitForAgent) return {d.agent, Instant::max()};
  const Duration how_long = std::min(d.agent_for, kLongestPreference);
  if (!d.agent || how_long <= Duration::zero()) return {AgentId{}, Instant{}};
  return {d.agent, s.time + how_long};
}

// A task that still waits is moved where a new one would have been made.
void MoveLiveTask(State& s, Conversation& c, const RerouteDecision& d) {
  const TaskId id = c.live_task;
  PARLEY_CHECK(s.tasks[id].state == TaskState::kPending && s.tasks[id].line != LineKind::kNone);
  MoveTask(s, id, c, d.keep_age ? s.tasks[id].since : s.time);
  if (!d.workflow) SetWorkflow(s, s.tasks[id], WorkflowId{});
  Task& task = s.tasks[id];
  task.priority = std::max(d.priority, 0);
  std::tie(task.waits_for, task.waits_until) = Preference(s, d);
  task.over_by = d.over_by;
  if (d.exclude) Bar(s, task, d.exclude, Instant::max());
  PARLEY_CHECK(task.since <= s.time && (!task.waits_for || task.waits_for != d.exclude));
  c.since = task.since;
  s.Post(id, EntryOf(task));
}

void DropLiveTask(State& s, Conversation& c) {
  if (!c.live_task) return;
  PARLEY_CHECK(s.tasks[c.live_task].state == TaskState::kPending);
  s.matter.reason = CancelReason::kRerouted;
  s.Post(std::exchange(c.live_task, TaskId{}), TaskTrigger::kCancel);
}

void MakeTask(State& s, ConversationId id, Conversation& c, const RerouteDecision& d) {
  if (d.workflow) SetWorkflow(s, c, d.workflow);
  SetRoute(s, c, PlaceOf(s, d), d.skills, c.priority);
  if (c.live_task) return MoveLiveTask(s, c, d);
  s.matter.plan = {};
  std::tie(s.matter.plan.agent, s.matter.plan.until) = Preference(s, d);
  s.matter.plan.over_by = d.over_by;
  s.matter.plan.exclude = d.exclude;
  s.matter.plan.exclude_until = Instant::max();
  s.matter.plan.priority = std::max(d.priority, 0);
  s.matter.plan.keep_age = d.keep_age;
  s.matter.plan.into_queue = !d.workflow;
  s.Post(id, ChannelTrigger::kRouted);
}

void Ask(State& s, ConversationId id, Conversation& c, RerouteCause cause,
         const RerouteDecision& d) {
  PARLEY_CHECK(!c.asked && !c.participant && d.deadline > Duration::zero());
  DropLiveTask(s, c);
  c.asked = true;
  c.orphan = false;
  c.when_silent = d.when_silent;
  c.deadline = s.time + d.deadline;
  s.matter.asked_because = cause;
  s.Post(id, ChannelTrigger::kAsk);
}

bool StartsAnew(RerouteCause cause) {
  return cause == RerouteCause::kReplied || cause == RerouteCause::kOrphanWrote;
}

void CarryOut(State& s, ConversationId id, Conversation& c, RerouteCause cause,
              const RerouteDecision& d) {
  PARLEY_CHECK(!c.participant && !c.ended && !c.asked);
  switch (d.action) {
    case RerouteAction::kNewTask:
    case RerouteAction::kWaitForAgent:
      return MakeTask(s, id, c, d);
    case RerouteAction::kAskHost:
      return Ask(s, id, c, cause, d);
    case RerouteAction::kPark:
      DropLiveTask(s, c);
      return s.Post(id, ChannelTrigger::kPark);
    case RerouteAction::kClose:
      s.matter.at_once = true;
      return s.Post(id, ChannelTrigger::kClose);
    case RerouteAction::kNothing:
      // A customer who writes to an orphan starts its time anew.
      if (!c.live_task && (!c.orphan || StartsAnew(cause))) s.Post(id, ChannelTrigger::kUnroute);
      return;
  }
}

}  // namespace

void Reroute(State& s, ConversationId id, RerouteCause cause) {
  Conversation& c = s.conversations[id];
  if (StartsAnew(cause)) c.reroutes = 0;
  const RerouteRequest request = RequestFor(s, id, c, cause);
  PARLEY_CHECK(request.parked_for >= Duration::zero());
  RerouteDecision decision = request.usual;
  bool corrected = false;
  if (c.reroutes >= s.settings.conversation.max_reroutes && !c.live_task) {
    decision.action = RerouteAction::kPark;  // Nobody takes it; it is not made for ever.
    corrected = true;
  } else {
    decision = s.policy->Decide(request);
    corrected = !CanBeDone(s, decision);
    if (corrected) decision = request.usual;
  }
  if (cause == RerouteCause::kNobodyElse && decision.action == RerouteAction::kNothing) return;
  const bool to_queue =
      decision.action == RerouteAction::kNewTask || decision.action == RerouteAction::kWaitForAgent;
  s.Emit(ConversationRerouted{id, cause, decision.action,
                              to_queue ? PlaceOf(s, decision) : QueueId{},
                              to_queue ? decision.agent : AgentId{}, corrected,
                              to_queue ? decision.workflow : WorkflowId{}});
  PARLEY_CHECK(CanBeDone(s, decision));
  CarryOut(s, id, c, cause, decision);
}

void FallBack(State& s, ConversationId id) {
  Conversation& c = s.conversations[id];
  PARLEY_CHECK(c.asked && !c.live_task && !c.orphan);
  c.asked = false;
  const bool too_often = c.reroutes >= s.settings.conversation.max_reroutes;
  if (too_often && c.when_silent == WhenSilent::kNewTask) c.when_silent = WhenSilent::kInactive;
  s.Emit(CustomRoutingTimedOut{id, c.when_silent});
  switch (c.when_silent) {
    case WhenSilent::kNewTask:
      s.matter.plan = {};
      return s.Post(id, ChannelTrigger::kRouted);
    case WhenSilent::kInactive:
      return s.Post(id, ChannelTrigger::kPark);
    case WhenSilent::kClose:
      return s.Post(id, ChannelTrigger::kClose);
  }
}

void AskWhereElse(State& s) {
  PARLEY_CHECK(s.agenda.empty());
  TakeRound(s.returned_tasks, s.returned_before);
  while (!s.returned_before.empty()) {
    MakeRoom(s);
    const TaskId id = s.returned_before.back();
    s.returned_before.pop_back();
    const Task* task = s.tasks.Find(id);
    if (task == nullptr || task->state != TaskState::kPending) continue;
    PARLEY_CHECK(task->line != LineKind::kNone);
    s.matter = {};
    if (task->invitation) {  // Those who have the conversation keep it.
      s.matter.reason = CancelReason::kNotAccepted;
      s.Post(id, TaskTrigger::kCancel);
    } else {
      Reroute(s, task->conversation, RerouteCause::kNobodyElse);
    }
    s.Run();
  }
}

}  // namespace parley::internal
