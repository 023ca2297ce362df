// src/what_if.cc — agents who behave as assumed, on a fork.

#include "parley/annex/what_if.h"

#include <algorithm>
#include <new>
#include <string_view>

#include <fmt/format.h>

#include "absl/status/status.h"

namespace parley {
namespace {

constexpr Duration kLongest = 366 * kDay;

bool InRange(Duration duration) { return duration >= Duration::zero() && duration <= kLongest; }

absl::Status Validate(const Assumptions& a) {
  const auto wrong = [](std::string_view name) {
    return absl::InvalidArgumentError(fmt::format("{}: 0 to 366 days", name));
  };
  if (!InRange(a.accept_after)) return wrong("accept_after");
  if (!std::ranges::all_of(a.handle, InRange)) return wrong("handle");
  if (!InRange(a.wrap_up)) return wrong("wrap_up");
  if (!InRange(a.target)) return wrong("target");
  return absl::OkStatus();
}

// Not accepted yet.
bool Waits(const Task* task) {
  return task != nullptr &&
         (task->state == TaskState::kPending || task->state == TaskState::kReserved);
}

}  // namespace

absl::StatusOr<std::unique_ptr<WhatIf>> WhatIf::Create(const Engine& engine,
                                                       const Assumptions& assumptions) {
  return Create(engine, assumptions, engine.policy());
}

absl::StatusOr<std::unique_ptr<WhatIf>> WhatIf::Create(const Engine& engine,
                                                       const Assumptions& assumptions,
                                                       const ReroutePolicy& policy) {
  if (absl::Status status = Validate(assumptions); !status.ok()) return status;
  return std::unique_ptr<WhatIf>(new WhatIf(engine, assumptions, policy));
}

WhatIf::WhatIf(const Engine& engine, const Assumptions& assumptions, const ReroutePolicy& policy)
    : assumptions_(assumptions),
      clock_(engine.Now()),
      engine_(engine.Fork(clock_, policy)),
      figures_(Figures::From(engine, {assumptions.target})) {
  for (const ReservationId id : engine_.Reservations()) {
    acts_.emplace(DueAt(*engine_.Find(id)), id);
  }
}

// When the agent does what is to be done next about it; now, if that is over.
Instant WhatIf::DueAt(const Reservation& r) const {
  Instant due = r.created + assumptions_.accept_after;
  if (r.state == ReservationState::kAccepted || r.state == ReservationState::kWrapping) {
    due += assumptions_.For(r.medium);
  }
  if (r.state == ReservationState::kWrapping) due += assumptions_.wrap_up;
  return std::max(due, engine_.Now());
}

void WhatIf::Watch(std::span<const Event> events) {
  for (const Event& event : events) {
    figures_.Add(event);
    if (const auto* accepted = As<ReservationAccepted>(event)) {
      accepted_.try_emplace(accepted->task, event.at);
    }
    const auto* created = As<ReservationCreated>(event);
    const Reservation* r = created ? engine_.Find(created->reservation) : nullptr;
    if (r != nullptr) acts_.emplace(DueAt(*r), created->reservation);
  }
}

std::span<const Event> WhatIf::Apply(const Command& command) {
  const auto events = engine_.Apply(command);
  Watch(events);
  return events;
}

// Out of memory, it cannot go on as assumed.
void WhatIf::Do(const Command& command) {
  const auto events = Apply(command);
  const Refused* refused = events.empty() ? nullptr : As<Refused>(events.back());
  if (refused != nullptr && refused->reason == Refusal::kOutOfMemory) throw std::bad_alloc();
}

// An offer that has ended, or that the engine does not let end, is dropped.
void WhatIf::Act(ReservationId id) {
  const Reservation* r = engine_.Find(id);
  if (r == nullptr) return;
  const ReservationState before = r->state;
  if (DueAt(*r) <= engine_.Now()) {
    const TaskId task = r->task;
    const AgentId agent = r->agent;
    switch (before) {
      case ReservationState::kPending:
        Do(Accept{id});
        break;
      case ReservationState::kOnHold:
        Do(MediaReady{id});
        break;
      case ReservationState::kAccepted:
        Do(End{engine_.Find(task)->conversation, agent});
        break;
      default:
        Do(Complete{task, agent});
        break;
    }
    r = engine_.Find(id);
    if (r == nullptr || r->state == before) return;
  }
  acts_.emplace(DueAt(*r), id);
}

// The next thing that happens up to `horizon`; false if there is nothing more.
bool WhatIf::Step(Instant horizon) {
  const Instant act = acts_.empty() ? Instant::max() : acts_.begin()->first;
  const Instant next = std::min(act, engine_.NextWake());
  if (next > horizon) return false;
  clock_.Set(std::max(next, engine_.Now()));
  Do(Advance{});
  if (act <= clock_.Now()) {
    const ReservationId id = acts_.begin()->second;
    acts_.erase(acts_.begin());
    Act(id);
  }
  return true;
}

void WhatIf::RunUntil(Instant horizon) {
  horizon = std::min(horizon, kLastInstant);
  if (horizon < engine_.Now()) return;
  while (Step(horizon)) {
  }
  clock_.Set(horizon);
  Do(Advance{});
}

bool WhatIf::RunUntilAccepted(TaskId task, Instant horizon) {
  horizon = std::min(horizon, kLastInstant);
  while (Waits(engine_.Find(task)) && Step(horizon)) {
  }
  return AcceptedAt(task).has_value();
}

std::optional<Instant> WhatIf::AcceptedAt(TaskId task) const {
  const auto found = accepted_.find(task);
  if (found == accepted_.end()) return std::nullopt;
  return found->second;
}

Outcome OutcomeOf(const WhatIf& run, QueueId queue, Medium medium) {
  const QueueFigures& q = run.figures().Of(queue, medium);
  return {.accepted = q.offers.accepted,
          .average_wait = q.until_accepted.Average(),
          .longest_wait = q.until_accepted.max,
          .level = *run.figures().LevelOf(queue, medium, run.assumptions().target),
          .waiting = q.In(TaskState::kPending) + q.In(TaskState::kReserved)};
}

std::vector<Compared> Compare(const WhatIf& base, const WhatIf& changed) {
  std::set<Figures::Key> keys;
  for (const WhatIf* run : {&base, &changed}) {
    for (const Figures::Key& key : run->figures().Seen()) keys.insert(key);
  }
  std::vector<Compared> rows;
  for (const auto& [queue, medium] : keys) {
    rows.push_back(
        {queue, medium, OutcomeOf(base, queue, medium), OutcomeOf(changed, queue, medium)});
  }
  return rows;
}

absl::StatusOr<std::optional<Duration>> EstimatedWait(const Engine& engine, TaskId task,
                                                      const Assumptions& assumptions,
                                                      Duration horizon) {
  auto run = WhatIf::Create(engine, assumptions);
  if (!run.ok()) return run.status();
  if (!Waits(engine.Find(task)) || horizon < Duration::zero()) return std::nullopt;
  const Instant until = engine.Now() + std::min(horizon, kLastInstant - engine.Now());
  if (!(*run)->RunUntilAccepted(task, until)) return std::nullopt;
  return *(*run)->AcceptedAt(task) - engine.Now();
}

}  // namespace parley
