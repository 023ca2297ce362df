// src/reservation_effects.cc — what the reservation's orders do: capacity, and news for the task.

#include "capacity.h"
#include "effects.h"
#include "eligibility.h"
#include "lists.h"

namespace parley::internal {
namespace {

void Tell(State& s, ReservationId id, const Reservation& r) {
  switch (r.state) {
    case ReservationState::kPending:
      return s.Emit(ReservationCreated{id, r.task, r.agent});
    case ReservationState::kOnHold:
      return s.Emit(ReservationOnHold{id, r.task, r.agent});
    case ReservationState::kAccepted:
      return s.Emit(ReservationAccepted{id, r.task, r.agent});
    case ReservationState::kWrapping:
      return s.Emit(ReservationWrapUp{id, r.task, r.agent});
    case ReservationState::kCompleted:
      return s.Emit(ReservationCompleted{id, r.task, r.agent});
    case ReservationState::kDeclined:
      return s.Emit(ReservationDeclined{id, r.task, r.agent});
    case ReservationState::kTimedOut:
      return s.Emit(ReservationTimedOut{id, r.task, r.agent});
    case ReservationState::kCanceled:
      return s.Emit(ReservationCanceled{id, r.task, r.agent});
    case ReservationState::kRescinded:
      return s.Emit(ReservationRescinded{id, r.task, r.agent});
  }
}

// Which of the agent's counts this reservation is in while it is in `state`.
uint32_t& CountFor(Capacity& capacity, ReservationState state) {
  switch (state) {
    case ReservationState::kAccepted:
      return capacity.accepted;
    case ReservationState::kWrapping:
      return capacity.wrapping;
    default:
      PARLEY_CHECK(state == ReservationState::kPending || state == ReservationState::kOnHold);
      return capacity.pending;
  }
}

void Recount(State& s, Agent& agent, const Reservation& r, ReservationState from) {
  PARLEY_CHECK(from != r.state && !IsOver(from));
  Capacity& capacity = agent.For(r.medium);
  uint32_t& count = CountFor(capacity, from);
  PARLEY_CHECK(count > 0);
  --count;
  if (!IsOver(r.state)) ++CountFor(capacity, r.state);
  if (UsedBy(s, agent, r.medium) <= capacity.configured) capacity.over = false;
  if (agent.budget > 0) return Refile(s, r.agent);  // Room for other media, too.
  JudgeFickle(s, r.agent);
  Refile(s, r.agent, r.medium);
}

void Free(State& s, ReservationId id, Reservation& r, ReservationState from) {
  PARLEY_CHECK(IsOver(r.state));
  s.Disarm(r.limit);
  Agent& agent = s.agents[r.agent];
  ReservationList(s).Remove(agent.reservations, id.slot());
  Task& task = s.tasks[r.task];
  OfferList(s).Remove(task.offers, id.slot());
  const bool last = task.offers.size == 0;
  PARLEY_CHECK(last == (task.offers.head == UINT32_MAX));
  task.reservation = last ? ReservationId{} : s.reservations.IdAt(task.offers.head);
  s.End(id);
  Recount(s, agent, r, from);
}

// Somebody else is asked next (R-RV-02, E-37); and he was the only one it waited for no more.
void Remember(State& s, const Reservation& r) {
  Task& task = s.tasks[r.task];
  PARLEY_CHECK(r.state == ReservationState::kDeclined || r.state == ReservationState::kTimedOut);
  if (task.waits_for == r.agent) task.waits_for = AgentId{};
  const auto& rule = s.settings.reservation;
  const Instant until = s.time + (rule.exclude_previous ? rule.retry_after : Duration::zero());
  BarOf(s, task, r.agent) = until;
}

struct CarryReservation {
  [[gnu::always_inline]] void operator()(State& s, ReservationId id, Reservation& r,
                                         ReservationEffect effect, Origin origin) const {
    using E = ReservationEffect;
    const auto from = static_cast<ReservationState>(origin.from);
    switch (effect) {
      case E::kNone:
        break;
      case E::kTell:
        return Tell(s, id, r);
      case E::kAccept:
        s.Disarm(r.limit);
        return Recount(s, s.agents[r.agent], r, from);
      case E::kHold:
        PARLEY_CHECK(r.state == ReservationState::kOnHold);
        s.Disarm(r.limit);
        r.limit = s.Arm(s.time + s.settings.reservation.hold_limit, Timer::kReservation, id.slot());
        break;
      case E::kCountWrapping:
        return Recount(s, s.agents[r.agent], r, from);
      case E::kFree:
        if (from == ReservationState::kAccepted || from == ReservationState::kWrapping) {
          s.agents[r.agent].last_released = s.time;
        }
        return Free(s, id, r, from);
      case E::kRemember:
        return Remember(s, r);
      case E::kMoveToTimeout:
        if (const ActivityId to = s.RoleOf(ActivityRole::kTimeout)) {
          ChangeActivity(s, r.agent, to, ActivityCause::kReservationTimeout);
        }
        break;
      case E::kMoveAsAsked:
        if (s.matter.activity) {
          ChangeActivity(s, r.agent, s.matter.activity, ActivityCause::kDeclineOption);
        }
        break;
      case E::kHoldTask:
        return s.Post(r.task, TaskTrigger::kHeld);
      case E::kAssignTask:
        PARLEY_CHECK(s.tasks[r.task].state == TaskState::kReserved);
        return s.Post(r.task, TaskTrigger::kAccepted);
      case E::kReturnTask:
        return s.Post(r.task, TaskTrigger::kReturned);
      case E::kWrapUpTask:
        PARLEY_CHECK(s.tasks[r.task].agent == r.agent);
        return s.Post(r.task, TaskTrigger::kWrapUp);
      case E::kCompleteTask:
        PARLEY_CHECK(s.tasks[r.task].agent == r.agent);
        return s.Post(r.task, TaskTrigger::kComplete);
    }
  }
};

}  // namespace

constexpr Acts<ReservationEffect, ReservationId, Reservation> kReservationActs =
    ActsOf<ReservationEffect, ReservationId, Reservation, CarryReservation>();

}  // namespace parley::internal
