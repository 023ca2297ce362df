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

// Carries out the row's effects from the given one on. What follows from one comes before the next:
// so when an effect has posted something, the rest has to wait.
template <class Machine, class Id>
void CarryOut(State& s, Order::Kind rest, Id id, const RowOf<Machine>& row, size_t first) {
  PARLEY_CHECK(s.posted.empty() && first < row.does.size() + 1);
  const Origin origin{static_cast<uint8_t>(row.on), static_cast<uint8_t>(row.from)};
  for (size_t i = first; i < row.does.size(); ++i) {
    if (row.does[i] == typename RowOf<Machine>::Effect{}) return;
    Carry(s, id, row.does[i], origin);
    if (s.posted.empty()) continue;
    const auto index = static_cast<uint16_t>(&row - Machine::kRows.data());
    s.agenda.push_back({rest, static_cast<uint8_t>(i + 1), index, id.value});
    return;
  }
}

template <class Machine, class Id>
void CarryOutRest(State& s, Id id, const Order& order) {
  PARLEY_CHECK(order.row < Machine::kRows.size());
  CarryOut<Machine>(s, order.kind, id, Machine::kRows[order.row], order.what);
}

template <class Machine, class Id, class Record, class StateEnum, class Trigger>
void TakeRow(State& s, Order::Kind rest, Id id, const Record& record, StateEnum& state,
             Trigger on) {
  PARLEY_CHECK(!IsOver(state));
  const auto* row =
      FindRow<Machine>(state, on, [&](auto guard) { return Holds(s, record, guard); });
  PARLEY_CHECK(row != nullptr);
  PARLEY_CHECK(row->from == state && row->on == on);
  state = row->to;
  CarryOut<Machine>(s, rest, id, *row, 0);
}

}  // namespace

void Take(State& s, ConversationId id, ChannelTrigger on) {
  Conversation& c = s.conversations[id];
  TakeRow<ChannelMachine>(s, Order::Kind::kChannelRest, id, c, c.state, on);
}
void Take(State& s, TaskId id, TaskTrigger on) {
  Task& task = s.tasks[id];
  TakeRow<TaskMachine>(s, Order::Kind::kTaskRest, id, task, task.state, on);
}
void Take(State& s, ReservationId id, ReservationTrigger on) {
  Reservation& r = s.reservations[id];
  TakeRow<ReservationMachine>(s, Order::Kind::kReservationRest, id, r, r.state, on);
}
void Take(State& s, AgentId id, PresenceTrigger on) {
  Agent& agent = s.agents[id];
  TakeRow<PresenceMachine>(s, Order::Kind::kPresenceRest, id, agent, agent.presence, on);
}

void TakeRest(State& s, ConversationId id, const Order& order) {
  CarryOutRest<ChannelMachine>(s, id, order);
}
void TakeRest(State& s, TaskId id, const Order& order) { CarryOutRest<TaskMachine>(s, id, order); }
void TakeRest(State& s, ReservationId id, const Order& order) {
  CarryOutRest<ReservationMachine>(s, id, order);
}
void TakeRest(State& s, AgentId id, const Order& order) {
  CarryOutRest<PresenceMachine>(s, id, order);
}

}  // namespace parley::internal
