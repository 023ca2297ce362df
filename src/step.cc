// src/step.cc — the order of one step: time, triggers, effects.

#include "ahead.h"
#include "commands.h"
#include "effects.h"
#include "matching.h"
#include "room.h"
#include "state.h"
#include "workflow.h"

namespace parley::internal {
namespace {

// The trigger that a conversation's one timer stands for, by the state that it was armed in.
ChannelTrigger LimitTrigger(const Conversation& c, Instant now) {
  switch (c.state) {
    case ChannelState::kSetup:
      return ChannelTrigger::kSetupLimit;
    case ChannelState::kInactive:
      return ChannelTrigger::kLeaveLimit;
    case ChannelState::kPause:
      return now >= c.deadline ? ChannelTrigger::kPauseLimit : ChannelTrigger::kPauseMark;
    default:
      PARLEY_CHECK(c.state == ChannelState::kActive && c.asked != c.orphan);
      return c.asked ? ChannelTrigger::kRoutingLimit : ChannelTrigger::kOrphanLimit;
  }
}

}  // namespace

State::State(const Settings& settings_in, const Clock& clock_in, const ReroutePolicy& policy_in,
             HashKey key_in, Instant now)
    : settings(settings_in),
      clock(&clock_in),
      policy(&policy_in),
      key(key_in),
      time(now),
      wheel(now) {
  conversations.ReadTimersOf(wheel);
  activities.push_back({"Offline", /*available=*/false, /*agents=*/0});
  activities.push_back({"Available", /*available=*/true, /*agents=*/0});
  const auto offline = ActivityId::Make(0, 0);
  roles = {offline, ActivityId{}, offline};
  events.reserve(1);  // For a refusal, if there is no memory for more.
}

void State::Run() noexcept {
  for (PutFirstLast(0); !agenda.empty();) {
    const Order order = agenda.back();
    agenda.pop_back();
    Do(order);
  }
  if (has_ended) ReleaseEnded();
  conversations.CloseUp();
}

void State::Do(const Order& order) {
  switch (order.kind) {
    case Order::Kind::kChannel:
      return Take(*this, ConversationId{order.id}, static_cast<ChannelTrigger>(order.what));
    case Order::Kind::kTask:
      return Take(*this, TaskId{order.id}, static_cast<TaskTrigger>(order.what));
    case Order::Kind::kReservation:
      return Take(*this, ReservationId{order.id}, static_cast<ReservationTrigger>(order.what));
    case Order::Kind::kPresence:
      return Take(*this, AgentId{order.id}, static_cast<PresenceTrigger>(order.what));
    case Order::Kind::kChannelRest:
      return TakeRest(*this, ConversationId{order.id}, order);
    case Order::Kind::kTaskRest:
      return TakeRest(*this, TaskId{order.id}, order);
    case Order::Kind::kReservationRest:
      return TakeRest(*this, ReservationId{order.id}, order);
    case Order::Kind::kPresenceRest:
      return TakeRest(*this, AgentId{order.id}, order);
  }
}

void State::ReleaseEnded() {
  PARLEY_CHECK(has_ended && agenda.empty());
  for (const ReservationId id : ended_reservations) {
    PARLEY_CHECK(IsOver(reservations[id].state));
    reservations.Remove(id);
  }
  ended_reservations.clear();
  for (const TaskId id : ended_tasks) ReleaseTask(*this, id);
  ended_tasks.clear();
  for (const ConversationId id : ended_conversations) ReleaseConversation(*this, id);
  ended_conversations.clear();
  for (const AgentId id : ended_agents) ReleaseAgent(*this, id);
  ended_agents.clear();
  has_ended = false;
}

// The timer that has just fired is the record's own.
void State::Forget(TimerId& timer) {
  PARLEY_CHECK(timer != TimerId{} && wheel.DeadlineOf(timer) == Instant::max());
  timer = TimerId{};
}

void State::Fire(const DueTimer& due) {
  PARLEY_CHECK(due.deadline <= time);
  const auto slot = static_cast<uint32_t>(due.tag);
  switch (static_cast<Timer>(due.tag >> 32)) {
    case Timer::kConversation: {
      const ConversationId id = conversations.IdAt(slot);
      Forget(conversations[id].limit);
      matter.pause_end = PauseEnd::kExpired;
      Post(id, LimitTrigger(conversations[id], time));
      break;
    }
    case Timer::kTask: {
      const TaskId id = tasks.IdAt(slot);
      Forget(tasks[id].limit);
      if (IsOver(tasks[id].state)) {
        End(id);
      } else if (tasks[id].state == TaskState::kAssigned) {
        Post(id, TaskTrigger::kOverdue);
      } else if (tasks[id].state == TaskState::kWrapping) {
        Post(id, TaskTrigger::kWrapUpLimit);
      } else {
        matter.reason = CancelReason::kTtl;
        Post(id, TaskTrigger::kTtl);
      }
      break;
    }
    case Timer::kTaskStep:
      PARLEY_CHECK(tasks.At(slot).workflow);
      Forget(tasks.At(slot).step_limit);
      Post(tasks.IdAt(slot), TaskTrigger::kStepLimit);
      break;
    case Timer::kLevel:
      Forget(tasks.At(slot).level_limit);
      TellLevel(*this, tasks.IdAt(slot));
      break;
    case Timer::kTaskWait:
      Forget(tasks.At(slot).wait);
      StopWaiting(*this, tasks.IdAt(slot));
      break;
    case Timer::kReservation:
      Forget(reservations.At(slot).limit);
      PARLEY_CHECK(!IsOver(reservations.At(slot).state));
      Post(reservations.IdAt(slot), ReservationTrigger::kTimeout);
      break;
    case Timer::kWake:
      Forget(agents.At(slot).wake);
      Freshen(*this, agents.IdAt(slot));
      break;
    case Timer::kOffline:
      Forget(agents.At(slot).offline);
      PARLEY_CHECK(agents.At(slot).presence == PresenceState::kLost);
      Post(agents.IdAt(slot), PresenceTrigger::kThreshold);
      break;
    case Timer::kRequeue:
      Forget(agents.At(slot).requeue);
      Post(agents.IdAt(slot), PresenceTrigger::kWorkLimit);
      break;
  }
}

void State::FireFirst(const DueTimer& due) noexcept {
  // A parcel says nothing of what its timer tells: it is opened while that is still there.
  if (static_cast<Timer>(due.tag >> 32) == Timer::kConversation) {
    conversations.OpenAt(static_cast<uint32_t>(due.tag));
  }
  wheel.PopFirst(due);
  matter = {};
  Fire(due);
  Run();
}

void State::PassTimeTo(Instant now) {
  if (!settled) Settle();
  while (const auto due = wheel.FirstDue(now)) {
    PARLEY_CHECK(due->deadline > time);  // What was due before has been done before.
    MakeRoomFor(*this, *due);
    time = due->deadline;
    FireFirst(*due);
    Settle();
  }
  time = now;
}

void State::FireAllDue() {
  std::optional<uint64_t> sooner;
  PARLEY_CHECK(wheel.now() == time);
  while (wheel.DueNow()) {
    const auto due = wheel.FirstDue(time);
    PARLEY_CHECK(due);
    const std::optional<uint64_t> soon = wheel.TagAhead();
    if (sooner) FetchOwnerBody(*this, *sooner);
    if (soon) FetchOwner(*this, *soon);
    sooner = soon;
    MakeRoomFor(*this, *due);
    FireFirst(*due);
  }
}

bool State::HasToRoute() const {
  return !(hot_needs.empty() && fresh_agents.empty() && cursors.empty() && entered_tasks.empty() &&
           entered_before.empty() && returned_tasks.empty() && returned_before.empty());
}

// Routing may only take away what could be matched, and a policy is asked once for each return, so
// this ends.
void State::Settle() {
  settled = false;
  for (FireDue(); HasToRoute(); FireDue()) {
    Match(*this);
    SkipSteps(*this);
    AskWhereElse(*this);
  }
  PARLEY_CHECK(agenda.empty() && !wheel.DueNow());
  settled = true;
}

}  // namespace parley::internal
