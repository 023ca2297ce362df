// src/take.cc — can it? A trigger finds its row; the state moves; the effects are carried out.

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

const auto& ActsFor(const Conversation&) { return kChannelActs; }
const auto& ActsFor(const Task&) { return kTaskActs; }
const auto& ActsFor(const Reservation&) { return kReservationActs; }
const auto& ActsFor(const Agent&) { return kPresenceActs; }

// Carries out the row's effects from the given one on. What follows from one comes before the next:
// so when an effect has posted something, the rest has to wait.
template <class Machine, class Id, class Record>
void CarryOut(State& s, Order::Kind rest, Id id, Record& record, const RowOf<Machine>& row,
              size_t first) {
  using Effect = typename RowOf<Machine>::Effect;
  PARLEY_CHECK(first < row.does.size());
  const Origin origin{static_cast<uint8_t>(row.on), static_cast<uint8_t>(row.from)};
  const size_t before = s.agenda.size();
  for (size_t i = first; i < row.does.size() && row.does[i] != Effect{}; ++i) {
    ActsFor(record)[static_cast<size_t>(row.does[i])](s, id, record, origin);
    if (s.agenda.size() == before) continue;
    if (i + 1 < row.does.size() && row.does[i + 1] != Effect{}) {
      const auto index = static_cast<uint16_t>(&row - Machine::kRows.data());
      s.agenda.push_back({rest, static_cast<uint8_t>(i + 1), index, id.value});
    }
    return s.PutFirstLast(before);
  }
}

template <class Machine, class Id, class Record>
void CarryOutRest(State& s, Id id, Record& record, const Order& order) {
  PARLEY_CHECK(order.row < Machine::kRows.size());
  CarryOut<Machine>(s, order.kind, id, record, Machine::kRows[order.row], order.what);
}

template <class Machine, class Id, class Record, class StateEnum, class Trigger>
void TakeRow(State& s, Order::Kind rest, Id id, Record& record, StateEnum& state, Trigger on) {
  PARLEY_CHECK(!IsOver(state));
  const auto* row =
      FindRow<Machine>(state, on, [&](auto guard) { return Holds(s, record, guard); });
  PARLEY_CHECK(row != nullptr);
  PARLEY_CHECK(row->from == state && row->on == on);
  state = row->to;
  CarryOut<Machine>(s, rest, id, record, *row, 0);
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
  CarryOutRest<ChannelMachine>(s, id, s.conversations[id], order);
}
void TakeRest(State& s, TaskId id, const Order& order) {
  CarryOutRest<TaskMachine>(s, id, s.tasks[id], order);
}
void TakeRest(State& s, ReservationId id, const Order& order) {
  CarryOutRest<ReservationMachine>(s, id, s.reservations[id], order);
}
void TakeRest(State& s, AgentId id, const Order& order) {
  CarryOutRest<PresenceMachine>(s, id, s.agents[id], order);
}

}  // namespace parley::internal
