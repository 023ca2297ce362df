// src/engine.cc — the front door.

#include "parley/engine/engine.h"

#include <utility>
#include <variant>

#include "commands.h"
#include "place.h"
#include "state.h"

namespace parley {
namespace {

bool InRange(Instant now) { return now >= kFirstInstant && now <= kLastInstant; }

Refusal CheckTime(const internal::State& s, Instant now) {
  if (!InRange(now)) return Refusal::kTimeOutOfRange;
  return now < s.time ? Refusal::kTimeWentBack : Refusal::kNone;
}

Refused RefusedFor(const internal::State& s, Refusal reason, const Command& command) {
  const bool text = reason == Refusal::kAttributesInvalid ||
                    reason == Refusal::kExpressionInvalid || reason == Refusal::kWorkflowInvalid;
  if (text) return {reason, kUnlimited, internal::PlaceOfMistake(s, command)};
  const auto* apply = std::get_if<ApplySettings>(&command);
  const bool names = reason == Refusal::kSettingsInvalid && apply != nullptr;
  return {reason, names ? FirstInvalidSetting(apply->settings) : kUnlimited};
}

}  // namespace

absl::StatusOr<Engine> Engine::Create(const Settings& settings, const Clock& clock,
                                      const ReroutePolicy& policy, HashKey key) {
  if (absl::Status status = Validate(settings); !status.ok()) return status;
  const Instant now = clock.Now();
  if (!InRange(now)) return absl::InvalidArgumentError("clock: outside its 2^61 ms");
  return Engine(std::make_unique<internal::State>(settings, clock, policy, key, now));
}

Engine Engine::Fork(const Clock& clock, const ReroutePolicy& policy) const {
  auto copy = std::make_unique<internal::State>(*state_);
  copy->clock = &clock;
  copy->policy = &policy;
  return Engine(std::move(copy));
}

Engine::Engine(std::unique_ptr<internal::State> state) : state_(std::move(state)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

const internal::State& internal::StateOf(const Engine& engine) { return *engine.state_; }

std::span<const Event> Engine::Apply(const Command& command) {
  internal::State& s = *state_;
  s.events.clear();
  const Instant now = s.clock->Now();
  Refusal refusal = CheckTime(s, now);
  if (refusal == Refusal::kNone) {
    s.PassTime(now);
    s.matter = {};
    refusal = std::visit([&s](const auto& c) { return Check(s, c); }, command);
    if (refusal == Refusal::kNone) {
      std::visit([&s](const auto& c) { Do(s, c); }, command);
      s.Run();
      s.Settle();
    }
  }
  s.events_emitted += s.events.size();
  if (refusal != Refusal::kNone) s.Emit(RefusedFor(s, refusal, command));
  return s.events;
}

Instant Engine::NextWake() const { return state_->wheel.NextWake(); }
Instant Engine::Now() const { return state_->time; }
const Settings& Engine::settings() const { return state_->settings; }
const ReroutePolicy& Engine::policy() const { return *state_->policy; }

}  // namespace parley
