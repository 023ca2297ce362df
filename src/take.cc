// src/take.cc — can it? A trigger finds its row; the state moves; the effects are posted.

#include "capacity.h"
#include "effects.h"

namespace parley::internal {
namespace {

bool Holds(const State& s, const Conversation& c, ChannelGuard guard) {
  switch (guard) {
    case ChannelGuard::kAlways:
      return true;
    case ChannelGuard::kAtOnce:
      return s.matter.at_once;
    case ChannelGuard::kOwnerHasRoom:
      return CanTakeBack(s, c);
    case ChannelGuard::kWrappingUp:
      return c.live_task && s.tasks[c.live_task].state == TaskState::kWrapping;
    case ChannelGuard::kHeld:
      return static_cast<bool>(c.participant);
    case ChannelGuard::kHandsOver:
      PARLEY_CHECK(c.invitation);
      return HandsOver(s, c);
    case ChannelGuard::kUncovered:
      return !c.live_task && !c.asked;
    case ChannelGuard::kUnanswered:
      return s.settings.conversation.reopen_unanswered && c.unread > 0;
  }
  return false;
}

bool Holds(const State& s, const Task& task, TaskGuard guard) {
  switch (guard) {
    case TaskGuard::kAlways:
      return true;
    case TaskGuard::kOthersAsked:
      return task.offers.size > 0;
    case TaskGuard::kTooManyOffers:
      return task.assignments >= s.settings.task.max_assignments;
    case TaskGuard::kStepIsOver:
      return task.step_over;
    case TaskGuard::kNotRouted:
      return EntryOf(task) == TaskTrigger::kRoute;
    case TaskGuard::kOftenTaken:
      PARLEY_CHECK(task.state == TaskState::kAssigned);
      return s.conversations[task.conversation].silent.size >= s.settings.answer.max_takeaways;
    case TaskGuard::kAutoAccept:
      return s.settings.For(task.medium).auto_accept;
    case TaskGuard::kLetGo:
      return task.for_one;
    case TaskGuard::kOneOfSeveral:
      return IsOneOfSeveral(s, task);
  }
  return false;
}
bool Holds(const State&, const Reservation&, ReservationGuard) { return true; }
bool Holds(const State& s, const Agent&, PresenceGuard guard) {
  return guard == PresenceGuard::kAlways || s.settings.logout.enforce;
}

template <class Machine, class Id, class Record, class StateEnum, class Trigger>
void TakeRow(State& s, Order::Kind effects, Id id, const Record& record, StateEnum& state,
             Trigger on) {
  PARLEY_CHECK(!IsOver(state));
  const auto* row =
      FindRow<Machine>(state, on, [&](auto guard) { return Holds(s, record, guard); });
  PARLEY_CHECK(row != nullptr);
  PARLEY_CHECK(row->from == state && row->on == on);
  const auto from = static_cast<uint8_t>(state);
  state = row->to;
  for (const auto effect : row->does) {
    if (effect == typename RowOf<Machine>::Effect{}) break;
    s.posted.push_back(
        {effects, static_cast<uint8_t>(effect), static_cast<uint8_t>(on), from, id.value});
  }
}

}  // namespace

void Take(State& s, ConversationId id, ChannelTrigger on) {
  Conversation& c = s.conversations[id];
  TakeRow<ChannelMachine>(s, Order::Kind::kChannelEffect, id, c, c.state, on);
}
void Take(State& s, TaskId id, TaskTrigger on) {
  Task& task = s.tasks[id];
  TakeRow<TaskMachine>(s, Order::Kind::kTaskEffect, id, task, task.state, on);
}
void Take(State& s, ReservationId id, ReservationTrigger on) {
  Reservation& r = s.reservations[id];
  TakeRow<ReservationMachine>(s, Order::Kind::kReservationEffect, id, r, r.state, on);
}
void Take(State& s, AgentId id, PresenceTrigger on) {
  Agent& agent = s.agents[id];
  TakeRow<PresenceMachine>(s, Order::Kind::kPresenceEffect, id, agent, agent.presence, on);
}

}  // namespace parley::internal
