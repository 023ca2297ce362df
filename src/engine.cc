// src/engine.cc — the front door.

#include "parley/engine/engine.h"

#include <new>
#include <utility>
#include <variant>

#include "ahead.h"
#include "commands.h"
#include "place.h"
#include "room.h"
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

// Passes the time, and then carries out the command, unless it is refused. Throws std::bad_alloc,
// with `done` saying whether the command has been carried out, if there is no memory to go on.
Refused Carry(internal::State& s, const Command& command, Instant now, bool& done) {
  s.PassTime(now);
  const Refusal refusal =
      std::visit([&s](const auto& c) { return internal::Check(s, c); }, command);
  if (refusal != Refusal::kNone) return RefusedFor(s, refusal, command);
  internal::MakeRoomFor(s, command);
  s.matter = {};
  std::visit([&s](const auto& c) { internal::Do(s, c); }, command);
  s.Run();
  done = true;
  s.Settle();
  return {Refusal::kNone};
}

[[gnu::cold]] void Tell(internal::State& s, const Refused& refused) { s.Emit(refused); }

// One command, whose events are added to those that are there.
Refused CarryOne(internal::State& s, const Command& command) {
  const size_t before = s.events.size();
  const Instant now = s.clock->Now();
  Refused refused{CheckTime(s, now)};
  bool done = false;
  try {
    if (refused.reason == Refusal::kNone) refused = Carry(s, command, now, done);
  } catch (const std::bad_alloc&) {  // Between two steps: what is done is done, the rest is not.
    if (!done) refused = {Refusal::kOutOfMemory};
    s.KeepUpWithTheWheel();
  }
  s.events_emitted += s.events.size() - before;
  return refused;
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
  copy->conversations.ReadTimersOf(copy->wheel);
  copy->events.reserve(1);
  return Engine(std::move(copy));
}

bool Engine::Reserve(const Expected& expected) {
  try {
    internal::Reserve(*state_, expected);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

Engine::Engine(std::unique_ptr<internal::State> state) : state_(std::move(state)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

const internal::State& internal::StateOf(const Engine& engine) { return *engine.state_; }

std::span<const Event> Engine::Apply(const Command& command) {
  internal::State& s = *state_;
  s.events.clear();
  const Refused refused = CarryOne(s, command);
  if (refused.reason != Refusal::kNone) Tell(s, refused);
  return s.events;
}

Applied Engine::Apply(std::span<const Command> commands) {
  internal::State& s = *state_;
  s.events.clear();
  s.ends.clear();
  try {
    s.ends.reserve(commands.size());
    internal::Ahead ahead(s, commands);
    for (size_t i = 0; i < commands.size(); ++i) {
      ahead.Walk(i);
      const Refused refused = CarryOne(s, commands[i]);
      if (refused.reason != Refusal::kNone) {
        internal::MakeRoom(s);
        Tell(s, refused);
      }
      s.ends.push_back(s.events.size());
    }
  } catch (const std::bad_alloc&) {  // There is no room to say more.
  }
  s.hashed = {};
  return {s.events, s.ends};
}

Instant Engine::NextWake() const {
  return state_->settled ? state_->wheel.NextWake() : state_->time;
}
Instant Engine::Now() const { return state_->time; }
const Settings& Engine::settings() const { return state_->settings; }
const ReroutePolicy& Engine::policy() const { return *state_->policy; }

}  // namespace parley
