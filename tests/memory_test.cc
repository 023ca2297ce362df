// tests/memory_test.cc — what an engine does when there is no memory: a command that cannot be
// carried out is refused and changes nothing, what cannot be done of time and routing is done by
// the next call, and nothing is lost. And when memory was taken beforehand it asks for no more.

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "heap.h"
#include "history.h"
#include "parley/annex/text.h"
#include "parley/parley.h"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr uint64_t kHistories = 1;
#else
constexpr uint64_t kHistories = 6;
#endif

namespace parley {
namespace {

bool IsOutOfMemory(const std::vector<Event>& events) {
  const auto* refused = events.empty() ? nullptr : As<Refused>(events.back());
  return refused != nullptr && refused->reason == Refusal::kOutOfMemory;
}

// The events of a command for which only so many allocations succeed.
std::vector<Event> ApplyWith(Engine& engine, const Command& command, size_t allocations) {
  Heap::left = allocations;
  const auto events = engine.Apply(command);
  Heap::left = SIZE_MAX;
  return {events.begin(), events.end()};
}

std::string TextOf(const std::vector<Event>& events) {
  std::string text;
  for (const Event& event : events) text += ToText(event) + "\n";
  return text;
}

// Tells the engine again what was refused, and lets it go on with what it could not finish. Gives
// all events but the refusals for want of memory.
std::vector<Event> Finish(Engine& engine, const Command& command, std::vector<Event> events) {
  while (true) {
    const bool again = IsOutOfMemory(events);
    if (again) events.pop_back();
    if (!again && engine.NextWake() > engine.Now()) return events;
    const auto more = engine.Apply(again ? command : Command(Advance{}));
    events.insert(events.end(), more.begin(), more.end());
  }
}

// A history, one command after the other.
struct Replay {
  explicit Replay(uint64_t seed)
      : history(seed), engine(*Engine::Create(history.settings, clock, *history.policy)) {}

  Engine Fork() const { return engine.Fork(clock, *history.policy); }

  History history;
  ManualClock clock;
  Engine engine;
};

// Fails the n-th allocation of this command, and all after it, for every n. Gives how many there
// are.
size_t FailEach(const Replay& replay, const Told& told) {
  Engine whole = replay.Fork();
  const std::string events = TextOf(ApplyWith(whole, told.command, SIZE_MAX));
  for (size_t n = 0;; ++n) {
    Engine engine = replay.Fork();
    const std::vector<Event> some = ApplyWith(engine, told.command, n);
    const bool none_done = IsOutOfMemory(some) && some.size() == 1;
    if (none_done && replay.clock.Now() == replay.engine.Now()) {
      EXPECT_EQ(engine.Digest(), replay.engine.Digest()) << n << " " << ToText(told.command);
    }
    const bool complete = !IsOutOfMemory(some) && engine.NextWake() > engine.Now();
    EXPECT_EQ(TextOf(Finish(engine, told.command, some)), events) << n << ToText(told.command);
    EXPECT_EQ(engine.Digest(), whole.Digest()) << n << " " << ToText(told.command);
    EXPECT_TRUE(engine.Audit().ok()) << engine.Audit() << n << " " << ToText(told.command);
    if (testing::Test::HasFailure() || complete) return n;
  }
}

TEST(MemoryTest, WhateverAllocationFailsTheCommandIsRefusedOrDoneAndNothingIsLost) {
  size_t failed = 0;
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    Replay replay(seed);
    for (size_t i = 0; i < replay.history.told.size(); ++i) {
      const Told& told = replay.history.told[i];
      replay.clock.Set(told.at);
      if (i % 4 == 0) failed += FailEach(replay, told);
      ASSERT_FALSE(HasFailure()) << "seed " << seed << ", command " << i;
      replay.engine.Apply(told.command);
    }
  }
  EXPECT_GT(failed, 8'000 * kHistories);
}

// An engine that never gets memory at the first attempt, beside one that always does.
TEST(MemoryTest, AnEngineThatIsAlwaysToldTwiceIsNoDifferent) {
  size_t refused = 0;
  for (uint64_t seed = 100; seed < 100 + 7 * kHistories; ++seed) {
    Replay replay(seed);
    for (const Told& told : replay.history.told) {
      replay.clock.Set(told.at);
      const std::vector<Event> some = ApplyWith(replay.engine, told.command, 0);
      refused += IsOutOfMemory(some) ? 1u : 0u;
      ASSERT_EQ(TextOf(Finish(replay.engine, told.command, some)), TextOf(told.events)) << seed;
      ASSERT_EQ(replay.engine.Digest(), told.digest) << seed << " " << ToText(told.command);
    }
  }
  EXPECT_GT(refused, 100 * kHistories);
}

// A centre that takes memory for what is expected and then lives: customers write, agents answer,
// decline, miss, leave, pause, resume, transfer and end; sessions and activities come and go.
class Centre {
 public:
  Centre() : engine_(*Engine::Create(TheSettings(), clock_, policy_)), draw_(7) {
    for (const char* name : {"sales", "care"}) engine_.Apply(AddQueue{name});
    for (int i = 0; i < kAgents; ++i) {
      engine_.Apply(AddAgent{fmt::format("agent {}", i)});
      engine_.Apply(Connect{AgentAt(i), SessionId{1}});
      engine_.Apply(SetActivity{AgentAt(i), kAvailable});
    }
    EXPECT_TRUE(engine_.Reserve({.agents = kAgents,
                                 .conversations = kCustomers,
                                 .messages = 40'000,
                                 .address_bytes = 8 + 4,
                                 .tasks = 2 * kCustomers,
                                 .needs = 8,
                                 .events = 20'000}));
  }

  void Step() {
    clock_.Pass(
        Duration(draw_.OneIn(50) ? draw_.Between(0, 20 * 3'600'000) : draw_.Between(0, 90'000)));
    const Command command = Next();
    const auto events = engine_.Apply(command);
    for (const Event& event : events) Learn(event);
    done_ += events.empty() || As<Refused>(events.back()) == nullptr ? 1u : 0u;
  }
  size_t done() const { return done_; }

 private:
  static constexpr int kAgents = 12;
  static constexpr uint32_t kCustomers = 300;

  static Settings TheSettings() {
    Settings settings;
    settings.leave.enabled = true;
    settings.pause.enabled = true;
    settings.pause.limit = 2;
    settings.leave.max_open = 5 * kDay;
    settings.task.retention = std::chrono::hours(1);
    settings.conversation.max_reroutes = 5;
    settings.limits.messages_per_conversation = 100;
    return settings;
  }
  static AgentId AgentAt(int i) { return AgentId::Make(static_cast<uint32_t>(i), 0); }
  AgentId AnyAgent() { return AgentAt(static_cast<int>(draw_.Below(kAgents))); }

  Command Next() {
    const AgentId agent = AnyAgent();
    switch (draw_.Below(12)) {
      case 0:
        return Accept{offer_};
      case 1:
        return Decline{offer_};
      case 2:
        return SetActivity{agent, draw_.OneIn(4) ? kOffline : kAvailable};
      case 3:
        return draw_.OneIn(8) ? Command(Disconnect{agent, SessionId{1}})
                              : Connect{agent, SessionId{1}};
      case 4:
        return Leave{conversation_, agent_};
      case 5:
        return Pause{conversation_, agent_};
      case 6:
        return Resume{paused_, owner_};
      case 7:
        return Transfer{
            .conversation = conversation_, .agent = agent_, .route = {.queue = AnyQueue()}};
      case 8:
        return Complete{task_, agent_};
      case 9:
        return draw_.OneIn(2) ? Command(End{conversation_, agent_})
                              : Reply{conversation_, agent_, 1};
      default:
        customer_ = fmt::format("{:08}", draw_.Below(kCustomers));  // Too short for the heap.
        return Message{Medium::kWhatsapp, customer_, "shop", 1, {.queue = AnyQueue()}};
    }
  }
  QueueId AnyQueue() { return QueueId::Make(static_cast<uint32_t>(draw_.Below(2)), 0); }

  void Learn(const Event& event) {
    if (const auto* e = As<ReservationCreated>(event)) offer_ = e->reservation;
    if (const auto* e = As<ParticipantJoined>(event)) {
      conversation_ = e->conversation;
      agent_ = e->agent;
    }
    if (const auto* e = As<TaskWrapUp>(event)) task_ = e->task;
    if (const auto* e = As<TaskPaused>(event)) {
      paused_ = e->conversation;
      owner_ = e->agent;
    }
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
  Draw draw_;
  ReservationId offer_;
  ConversationId conversation_, paused_;
  AgentId agent_, owner_;
  TaskId task_;
  std::string customer_;
  size_t done_ = 0;
};

TEST(MemoryTest, WhatIsExpectedIsReservedAndNothingIsAllocatedAfterThat) {
  Centre centre;
  const size_t before = Heap::calls;
  for (int i = 0; i < 200'000; ++i) {
    centre.Step();
    ASSERT_EQ(Heap::calls, before) << "step " << i;
  }
  EXPECT_GT(centre.done(), 50'000u);
}

TEST(MemoryTest, WhatCannotBeReservedIsRefusedAndTheEngineIsAsItWas) {
  ManualClock clock;
  const DefaultReroute policy;
  Engine engine = *Engine::Create({}, clock, policy);
  const uint64_t digest = engine.Digest();
  Heap::left = 3;
  const bool reserved = engine.Reserve({.conversations = 100'000});
  Heap::left = SIZE_MAX;
  EXPECT_FALSE(reserved);
  EXPECT_EQ(engine.Digest(), digest);
  EXPECT_TRUE(engine.Reserve({.conversations = 1'000}));
  EXPECT_EQ(engine.Digest(), digest);
}

}  // namespace
}  // namespace parley
