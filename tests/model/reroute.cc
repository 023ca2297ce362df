// Where a conversation goes when nobody has it: what the settings say, what the policy makes of it,
// and what is done (E-9 to E-11, C7 to C10).

#include <algorithm>
#include <limits>

#include "model.h"

namespace parley::model {

Order Model::UsualOrder(const Conversation& c) const {
  return {.queue = c.queue,
          .skills = c.skills,
          .priority = c.priority,
          .since = now_,
          .workflow = c.workflow};
}

Order Model::OrderFrom(const Conversation& c, const RerouteDecision& decision) const {
  Order order{.queue = decision.queue,
              .skills = decision.skills,
              .priority = std::max(decision.priority, 0),
              .since = decision.keep_age ? c.since : now_,
              .workflow = decision.workflow};
  if (order.workflow) order.queue = FirstQueue(*workflows_[order.workflow].course);
  const bool waits =
      decision.action == RerouteAction::kWaitForAgent || decision.agent_for > Duration::zero();
  if (waits && IsHere(decision.agent)) {
    order.agent = decision.agent;
    const bool for_ever = decision.action == RerouteAction::kWaitForAgent;
    order.until =
        for_ever ? Instant::max() : now_ + std::min<Duration>(decision.agent_for, 14 * kDay);
    order.over_by = decision.over_by;
  }
  if (decision.exclude) order.never.push_back(decision.exclude);
  return order;
}

RerouteDecision Model::Usual(const Conversation& c, RerouteCause cause) const {
  RerouteDecision usual{.action = RerouteAction::kNewTask,
                        .queue = c.queue,
                        .workflow = c.workflow,
                        .skills = c.skills,
                        .priority = c.priority,
                        .deadline = settings_.custom_routing.timeout,
                        .when_silent = settings_.custom_routing.fallback};
  switch (cause) {
    case RerouteCause::kReplied:
    case RerouteCause::kOrphanWrote:
      if (settings_.leave.routing == LeaveRouting::kCustom) {
        usual.action = RerouteAction::kAskHost;
      }
      break;
    case RerouteCause::kUnanswered:
      break;
    case RerouteCause::kPauseExpired: {
      usual.workflow = {};  // C10.
      const int64_t boosted = int64_t{c.priority} + settings_.pause.expired_priority_boost;
      usual.priority =
          static_cast<int32_t>(std::min<int64_t>(boosted, std::numeric_limits<int32_t>::max()));
      usual.keep_age = settings_.pause.expired_keeps_age;
      break;
    }
    case RerouteCause::kResumedAtCapacity:
      if (settings_.pause.resume_at_capacity == ResumeAtCapacity::kWaitSameAgent) {
        const bool for_ever = settings_.pause.resume_wait == Duration::zero();
        if (for_ever) usual.action = RerouteAction::kWaitForAgent;
        usual.agent = c.owner;
        usual.agent_for = settings_.pause.resume_wait;
      }
      break;
    case RerouteCause::kNobodyElse:
      usual.action = RerouteAction::kNothing;
      break;
    case RerouteCause::kAgentGone:
    case RerouteCause::kOverdue:
    case RerouteCause::kAgentSilent:
      usual.keep_age = true;
      break;
    case RerouteCause::kTaskCanceled:
      usual.keep_age = true;
      switch (settings_.conversation.on_canceled) {
        case OnCanceled::kRequeue:
          break;
        case OnCanceled::kInactive:
          usual.action = RerouteAction::kPark;
          break;
        case OnCanceled::kClose:
          usual.action = RerouteAction::kClose;
          break;
        case OnCanceled::kEmitOnly:
          usual.action = RerouteAction::kNothing;
          break;
      }
      break;
  }
  return usual;
}

RerouteRequest Model::Request(const Conversation& c, RerouteCause cause) const {
  RerouteRequest request;
  request.cause = cause;
  request.conversation = c.id;
  request.medium = c.medium;
  if (IsHere(c.last_agent)) request.last_agent = c.last_agent;
  request.last_agent_logged_out = !request.last_agent || IsLoggedOut(request.last_agent);
  if (IsHere(c.owner)) request.owner = c.owner;
  request.queue = c.queue;
  request.workflow = c.workflow;
  request.priority = c.priority;
  const bool parked = cause == RerouteCause::kReplied || cause == RerouteCause::kPauseExpired ||
                      cause == RerouteCause::kResumedAtCapacity;
  if (parked) request.parked_for = now_ - c.parked_at;
  request.attempts = c.reroutes;
  request.usual = Usual(c, cause);
  return request;
}

// Whether it names only what there is, within the ranges that it may have.
bool Model::IsPossible(const RerouteDecision& d) const {
  if (static_cast<size_t>(d.action) >= kRerouteActionNames.size()) return false;
  if (d.action == RerouteAction::kAskHost) {
    return d.deadline >= Duration(1) && d.deadline <= 7 * kDay &&
           static_cast<size_t>(d.when_silent) < kWhenSilentNames.size();
  }
  if (d.action != RerouteAction::kNewTask && d.action != RerouteAction::kWaitForAgent) return true;
  if (d.workflow ? workflows_.Find(d.workflow) == nullptr : queues_.Find(d.queue) == nullptr) {
    return false;
  }
  if (BadSkills(d.skills) != Refusal::kNone) return false;
  if (!d.agent) return d.action == RerouteAction::kNewTask;
  return IsHere(d.agent) && d.agent != d.exclude;
}

void Model::Reroute(Conversation& c, RerouteCause cause) {
  const RerouteRequest request = Request(c, cause);
  RerouteDecision decision = request.usual;
  bool corrected = true;
  if (cause != RerouteCause::kNobodyElse && c.reroutes >= settings_.conversation.max_reroutes) {
    decision.action = RerouteAction::kPark;
  } else if (const RerouteDecision wanted = policy_.Decide(request); IsPossible(wanted)) {
    decision = wanted;
    corrected = false;
  }
  if (cause == RerouteCause::kNobodyElse && decision.action == RerouteAction::kNothing) return;
  ConversationRerouted told{.conversation = c.id, .cause = cause, .action = decision.action};
  told.corrected = corrected;
  if (decision.action == RerouteAction::kNewTask ||
      decision.action == RerouteAction::kWaitForAgent) {
    told.queue = OrderFrom(c, decision).queue;
    told.workflow = decision.workflow;
    if (IsHere(decision.agent)) told.agent = decision.agent;
  }
  Emit(told);
  Carry(c, cause, decision);
}

void Model::Carry(Conversation& c, RerouteCause cause, const RerouteDecision& decision) {
  const bool waits = cause == RerouteCause::kNobodyElse;
  if (waits && (decision.action == RerouteAction::kNewTask ||
                decision.action == RerouteAction::kWaitForAgent)) {
    return MoveOn(c, tasks_[c.live_task], OrderFrom(c, decision));
  }
  if (waits && decision.action != RerouteAction::kClose) {  // It still waits: its task ends.
    Task& task = tasks_[c.live_task];
    c.live_task = {};
    Cancel(task, CancelReason::kRerouted);
  }
  switch (decision.action) {
    case RerouteAction::kNewTask:
    case RerouteAction::kWaitForAgent: {
      const Order order = OrderFrom(c, decision);
      c.queue = order.queue;
      if (order.workflow) c.workflow = order.workflow;
      c.skills = order.skills;
      return SendOn(c, order);
    }
    case RerouteAction::kAskHost:
      if (c.state == ChannelState::kTransfer) Announce(c, ChannelState::kActive);
      StopAsking(c);
      c.asked = true;
      c.when_silent = decision.when_silent;
      c.deadline = now_ + decision.deadline;
      c.limit = Arm(c.deadline, Due::kConversation, c.id.value);
      return Emit(CustomRoutingRequested{c.id, cause, c.deadline});
    case RerouteAction::kPark:
      StopAsking(c);
      Announce(c, ChannelState::kInactive);
      return StartLeave(c, c.last_agent);
    case RerouteAction::kClose:
      return OnClose(c, ParkMode::kCompleteNow);
    case RerouteAction::kNothing:
      if (cause == RerouteCause::kTaskCanceled) return;
      StopAsking(c);
      return MakeOrphan(c);
  }
}

// A task that still waits goes elsewhere.
void Model::MoveOn(Conversation& c, Task& task, const Order& order) {
  StopWaiting(task);
  c.queue = order.queue;
  if (order.workflow) c.workflow = order.workflow;
  c.skills = order.skills;
  task.workflow = order.workflow;
  LeaveWorkflow(task);
  const QueueId queue = task.queue;
  task.queue = order.queue;
  task.skills = order.skills;
  task.priority = order.priority;
  task.waits_for = order.agent;
  task.waits_until = order.until;
  task.over_by = order.over_by;
  task.never.insert(task.never.end(), order.never.begin(), order.never.end());
  c.since = order.since;
  const bool anew = queue != task.queue || order.since != task.since;
  task.since = order.since;
  if (anew) task.level = LevelState::kMet;
  if (anew) Disarm(task.level_limit);
  SendThrough(task);
}

// A new task, in its line.
void Model::SendOn(Conversation& c, const Order& order) {
  StopAsking(c);
  SendThrough(MakeTask(c, order, false));
}

}  // namespace parley::model
