// src/channel_effects.cc — what the channel's orders do.

#include <utility>

#include "effects.h"
#include "lists.h"
#include "returning.h"
#include "workflow.h"

namespace parley::internal {
namespace {

RerouteCause CauseOf(Origin origin) {
  const auto on = static_cast<ChannelTrigger>(origin.on);
  switch (on) {
    case ChannelTrigger::kResume:
      return RerouteCause::kResumedAtCapacity;
    case ChannelTrigger::kRequeue:
    case ChannelTrigger::kPauseLimit:
      return RerouteCause::kPauseExpired;
    case ChannelTrigger::kTaskDone:
      return RerouteCause::kUnanswered;
    case ChannelTrigger::kTaskCanceled:
      return RerouteCause::kTaskCanceled;
    case ChannelTrigger::kAgentGone:
      return RerouteCause::kAgentGone;
    case ChannelTrigger::kOverdue:
      return RerouteCause::kOverdue;
    case ChannelTrigger::kAgentSilent:
      return RerouteCause::kAgentSilent;
    default:
      PARLEY_CHECK(on == ChannelTrigger::kMessage);
      return static_cast<ChannelState>(origin.from) == ChannelState::kInactive
                 ? RerouteCause::kReplied
                 : RerouteCause::kOrphanWrote;
  }
}

void Append(State& s, ConversationId id, Conversation& c) {
  PARLEY_CHECK(!c.ended);
  if (s.matter.author) c.reroutes = 0;
  s.conversations.Append(c, {s.matter.author, s.time, s.matter.ref});
  s.Emit(MessageAdded{id, c.messages, s.matter.author, s.matter.ref});
  c.answered = static_cast<bool>(s.matter.author);
  if (c.answered) ForgetSilent(s, c);
  if (!c.live_task) return;
  if (c.answered) s.Disarm(s.tasks[c.live_task].wait);
  WatchAnswer(s, c.live_task);
}

void CreateTask(State& s, ConversationId id, Conversation& c) {
  const Plan plan = std::exchange(s.matter.plan, {});
  PARLEY_CHECK(!c.live_task && !c.ended && !c.orphan && !c.asked);
  const TaskId task_id = s.tasks.Add();
  Task& task = s.tasks[task_id];
  task.conversation = id;
  task.medium = c.medium;
  task.need = UseNeed(s, c.need);
  task.queue = s.NeedOf(c.need).queue;
  task.priority = plan.priority.value_or(c.priority);
  task.created = s.time;
  SetWorkflow(s, task, plan.into_queue ? WorkflowId{} : c.workflow);
  UseAttributes(s, task.attributes = c.attributes);
  task.since = plan.keep_age ? c.since : s.time - plan.waited;
  PARLEY_CHECK(task.since <= s.time);
  task.number = ++s.tasks_made;
  task.previous = std::exchange(c.last_task, task_id);
  if (IsHere(s, plan.agent)) {
    task.waits_for = plan.agent;
    task.waits_until = plan.until;
    task.over_by = plan.over_by;
  }
  const DeclinedPool::Chain silent = c.silent;  // Of one who was so twice the last time counts.
  s.declined.ForEach(silent, [&](const Declined& d) { BarOf(s, task, d.agent) = d.until; });
  if (plan.exclude) Bar(s, task, plan.exclude, plan.exclude_until);
  task.limit = s.Arm(s.time + s.settings.task.ttl, Timer::kTask, task_id.slot());
  c.live_task = task_id;
  c.since = task.since;
  ++c.open_tasks;
  ++c.reroutes;
  s.Emit(TaskCreated{task_id, id, task.queue, task.medium, task.previous, task.priority});
}

// The live task becomes the agent's own: it ends without the channel.
TaskId Detach(Conversation& c) {
  PARLEY_CHECK(c.live_task);
  return std::exchange(c.live_task, TaskId{});
}

void PassOn(State& s, Conversation& c, ReservationTrigger trigger) {
  s.Post(s.tasks[Detach(c)].reservation, trigger);
}

void EndTasks(State& s, Conversation& c) {
  Uninvite(s, c, CancelReason::kConversationClosed);
  ForEachGuest(s, c, [&s](TaskId, const Task& guest) {
    s.Post(guest.reservation,
           s.matter.at_once ? ReservationTrigger::kComplete : ReservationTrigger::kWrapUp);
  });
  if (!c.live_task) return;
  const TaskState state = s.tasks[c.live_task].state;
  if (state == TaskState::kPending || state == TaskState::kReserved) {
    s.matter.reason = CancelReason::kConversationClosed;
    s.Post(Detach(c), TaskTrigger::kCancel);
  } else if (s.matter.at_once) {
    PassOn(s, c, ReservationTrigger::kComplete);
  } else if (state == TaskState::kAssigned) {
    PassOn(s, c, ReservationTrigger::kWrapUp);
  } else {
    Detach(c);  // It wraps up already.
  }
}

void AddAgent(State& s, ConversationId id, Conversation& c) {
  PARLEY_CHECK(!c.participant && s.tasks[c.live_task].state == TaskState::kAssigned);
  c.participant = s.tasks[c.live_task].agent;
  c.last_agent = c.participant;
  // What nobody has looked at could come back overdue for ever.
  if (s.matter.by_hand) c.reroutes = 0;
  c.unread = 0;
  s.Emit(ParticipantJoined{id, c.participant});
}

void RemoveAgent(State& s, ConversationId id, Conversation& c) {
  if (!c.participant) return;
  s.Emit(ParticipantLeft{id, std::exchange(c.participant, AgentId{})});
}

// It is not kept for ever: nobody may ever write.
void Orphan(State& s, ConversationId id, Conversation& c) {
  PARLEY_CHECK(!c.live_task && !c.asked && c.limit == TimerId{});
  c.orphan = true;
  c.deadline = s.time + s.settings.leave.max_open;
  c.limit = s.Arm(c.deadline, Timer::kConversation, id.slot());
  s.conversations.MayClose(id);
  s.Emit(ConversationOrphaned{id});
}

void End(State& s, ConversationId id, Conversation& c) {
  const Label its = s.conversations.AddressesOf(id.slot());
  const uint64_t hash = AddressHash(s, c.medium, its.customer, its.business);
  const bool was_open = s.by_address.Erase(hash, id.slot());
  PARLEY_CHECK(was_open && !c.ended);
  PARLEY_CHECK(!c.live_task && !c.participant && c.limit == TimerId{});
  c.ended = true;
  ForgetSilent(s, c);
  c.asked = false;
  c.orphan = false;
  if (c.open_tasks == 0) s.End(id);
  s.Emit(ConversationClosed{id, c.messages});
}

// Those that concern its tasks and its agents.
[[gnu::always_inline]] inline void CarryWork(State& s, ConversationId id, Conversation& c,
                                             ChannelEffect effect) {
  using E = ChannelEffect;
  switch (effect) {
    case E::kCreateTask:
      return CreateTask(s, id, c);
    case E::kQueueTask:
      return s.Post(c.live_task, EntryOf(s.tasks[c.live_task]));
    case E::kGiveToOwner:
      PARLEY_CHECK(c.owner);
      s.matter.chosen = c.owner;
      return s.Post(c.live_task, TaskTrigger::kTake);
    case E::kGive:
      PARLEY_CHECK(s.matter.chosen);
      return s.Post(c.live_task, TaskTrigger::kTake);
    case E::kAddAgent:
      return AddAgent(s, id, c);
    case E::kRemoveAgent:
      return RemoveAgent(s, id, c);
    case E::kWrapUp:
      return PassOn(s, c, ReservationTrigger::kWrapUp);
    case E::kComplete:
      return PassOn(s, c, ReservationTrigger::kComplete);
    case E::kWrapUpAndComplete: {
      const ReservationId reservation = s.tasks[Detach(c)].reservation;
      s.Post(reservation, ReservationTrigger::kWrapUp);
      return s.Post(reservation, ReservationTrigger::kComplete);
    }
    case E::kEndTasks:
      return EndTasks(s, c);
    case E::kCreateInvitation:
      return CreateInvitation(s, id, c);
    case E::kQueueInvitation:
      PARLEY_CHECK(c.invitation && c.live_task);
      return s.Post(c.invitation, TaskTrigger::kEnter);
    case E::kAddGuest:
      return AddGuest(s, id, c);
    case E::kHandOver:
      return HandOver(s, c);
    case E::kPassLive:
      return PassLive(s, id, c);
    default:
      PARLEY_CHECK(false);
  }
}

// Those that only tell.
[[gnu::always_inline]] inline void Tell(State& s, ConversationId id, Conversation& c,
                                        ChannelEffect effect, Origin origin) {
  using E = ChannelEffect;
  switch (effect) {
    case E::kAnnounce:
      return s.Emit(ChannelChanged{id, static_cast<ChannelState>(origin.from), c.state});
    case E::kTellWrapUp:
      PARLEY_CHECK(c.live_task && c.participant);
      ++c.unread;
      return s.Emit(CustomerMessageDuringWrapUp{id, c.live_task});
    case E::kTellPaused:
      PARLEY_CHECK(c.owner);
      ++c.unread;
      return s.Emit(CustomerMessageWhilePaused{id, c.owner, c.unread});
    case E::kReactivated:
      return s.Emit(ConversationReactivated{id});
    case E::kTellLeaveExpired:
      return s.Emit(LeaveExpired{id});
    case E::kTellPauseExpired:
      return s.Emit(PauseExpired{id, c.owner, s.NeedOf(c.need).queue, s.matter.pause_end});
    case E::kTellResumed:
      return TellResumed(s, id, c);
    default:
      PARLEY_CHECK(false);
  }
}

struct CarryChannel {
  [[gnu::always_inline]] void operator()(State& s, ConversationId id, Conversation& c,
                                         ChannelEffect effect, Origin origin) const {
    using E = ChannelEffect;
    switch (effect) {
      case E::kNone:
        break;
      case E::kAppend:
        return Append(s, id, c);
      case E::kFollowMessage:
        return FollowMessage(s, id, c);
      case E::kReroute:
        return Reroute(s, id, CauseOf(origin));
      case E::kFallBack:
        return FallBack(s, id);
      case E::kAsk:
        PARLEY_CHECK(c.asked && !c.live_task && c.deadline > s.time);
        s.Disarm(c.limit);
        c.limit = s.Arm(c.deadline, Timer::kConversation, id.slot());
        return s.Emit(CustomRoutingRequested{id, s.matter.asked_because, c.deadline});
      case E::kStopAsking:
        s.Disarm(c.limit);
        c.asked = false;
        c.orphan = false;
        break;
      case E::kStartLeave:
        return StartLeave(s, id, c);
      case E::kStartPause:
        return StartPause(s, id, c);
      case E::kStopLimit:
        return s.Disarm(c.limit);
      case E::kMark:
        return Mark(s, id, c);
      case E::kForgetOwner:
        return ForgetOwner(s, c);
      case E::kOrphan:
        return Orphan(s, id, c);
      case E::kEnd:
        return End(s, id, c);
      case E::kAnnounce:
      case E::kTellWrapUp:
      case E::kTellPaused:
      case E::kReactivated:
      case E::kTellLeaveExpired:
      case E::kTellPauseExpired:
      case E::kTellResumed:
        return Tell(s, id, c, effect, origin);
      default:
        return CarryWork(s, id, c, effect);
    }
  }
};

}  // namespace

constexpr Acts<ChannelEffect, ConversationId, Conversation> kChannelActs =
    ActsOf<ChannelEffect, ConversationId, Conversation, CarryChannel>();

void ReleaseConversation(State& s, ConversationId id) {
  Conversation& c = s.conversations[id];
  PARLEY_CHECK(c.ended && c.open_tasks == 0);
  ReturnNeed(s, c.need);
  ReturnAttributes(s, c.attributes);
  SetWorkflow(s, c, WorkflowId{});
  s.conversations.Remove(id);
}

}  // namespace parley::internal
