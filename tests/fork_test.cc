// Is a fork the engine that it was made of, and does neither hear of the other?

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "draw_policy.h"
#include "draw_time.h"
#include "parley/annex/text.h"
#include "parley/parley.h"
#include "simulation.h"

namespace parley {
namespace {

std::vector<Event> Tell(Engine& engine, ManualClock& clock, Instant at, const Command& command) {
  clock.Set(at);
  const auto events = engine.Apply(command);
  return {events.begin(), events.end()};
}

// An engine with a made-up host, and a past.
struct Live {
  explicit Live(uint64_t seed)
      : draw(seed),
        pace(draw.OneIn(3)   ? Pace::kAny
             : draw.OneIn(3) ? Pace::kHuman
                             : Pace::kRace),
        policy(SomePolicy(draw)),
        engine(*Engine::Create(SettingsDraw(draw, pace).Valid(), clock, *policy, {seed, 1})),
        time(draw, pace),
        host(draw, pace, engine) {
    for (uint64_t i = draw.Below(600); i > 0; --i) Next();
  }

  // The next command, and what it did.
  std::pair<Command, std::vector<Event>> Next() {
    const Instant at = time.Next(engine);
    const Command command = host.Next();
    auto events = Tell(engine, clock, at, command);
    host.Learn(events);
    return {command, std::move(events)};
  }

  Draw draw;
  Pace pace;
  std::unique_ptr<ReroutePolicy> policy;
  ManualClock clock;
  Engine engine;
  TimeDraw time;
  Host host;
};

constexpr uint64_t kHistories = 120;

TEST(ForkTest, AForkThatIsToldTheSameDoesTheSame) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    Live live(seed);
    ManualClock clock(live.engine.Now());
    Engine fork = live.engine.Fork(clock, *live.policy);
    ASSERT_EQ(fork.Digest(), live.engine.Digest()) << "seed " << seed;
    EXPECT_EQ(fork.NextWake(), live.engine.NextWake());
    for (int i = 0; i < 300; ++i) {
      const auto [command, events] = live.Next();
      ASSERT_EQ(Tell(fork, clock, live.clock.Now(), command), events)
          << "seed " << seed << " after " << i << ": " << ToText(command);
      ASSERT_EQ(fork.Digest(), live.engine.Digest()) << "seed " << seed << " after " << i;
      ASSERT_EQ(fork.NextWake(), live.engine.NextWake()) << "seed " << seed << " after " << i;
    }
    const absl::Status audit = fork.Audit();
    EXPECT_TRUE(audit.ok()) << audit << " seed " << seed;
  }
}

TEST(ForkTest, TheOriginalNeverHearsOfWhatAForkIsTold) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    Live live(seed);
    const uint64_t before = live.engine.Digest();
    const Instant wake = live.engine.NextWake();
    {
      ManualClock clock(live.engine.Now());
      Engine fork = live.engine.Fork(clock, *live.policy);
      TimeDraw time(live.draw, live.pace);
      Host other(live.draw, live.pace, fork);
      for (int i = 0; i < 300; ++i) {
        clock.Set(time.Next(fork));
        other.Learn(fork.Apply(other.Next()));
      }
      const absl::Status audit = fork.Audit();
      EXPECT_TRUE(audit.ok()) << audit << " seed " << seed;
      EXPECT_NE(fork.Digest(), before) << "seed " << seed;
    }
    ASSERT_EQ(live.engine.Digest(), before) << "seed " << seed;
    EXPECT_EQ(live.engine.NextWake(), wake);
    const absl::Status audit = live.engine.Audit();
    ASSERT_TRUE(audit.ok()) << audit << " seed " << seed;
    for (int i = 0; i < 100; ++i) live.Next();
    EXPECT_TRUE(live.engine.Audit().ok()) << "seed " << seed;
  }
}

TEST(ForkTest, AForkLivesOnWithoutTheOriginal) {
  ManualClock clock;
  const DefaultReroute policy;
  auto engine = std::make_unique<Engine>(*Engine::Create(Settings(), clock, policy));
  engine->Apply(AddQueue{"support", {}});
  const Route route{.queue = engine->FindQueue("support")};
  engine->Apply(Message{Medium::kChat, "c@x", "shop", 1, route});
  Engine fork = engine->Fork(clock, policy);
  engine.reset();
  const ConversationId id = fork.FindOpen(Medium::kChat, "c@x", "shop");
  EXPECT_EQ(fork.CustomerOf(id), "c@x");
  EXPECT_EQ(fork.History(id).size(), 1u);
  EXPECT_TRUE(fork.Audit().ok());
}

// Sends every conversation that comes back to nobody.
class CloseAll final : public ReroutePolicy {
 public:
  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    decision.action = RerouteAction::kClose;
    return decision;
  }
};

TEST(ForkTest, AForkAsksItsOwnClockAndItsOwnPolicy) {
  ManualClock clock;
  const DefaultReroute policy;
  Engine engine = *Engine::Create(Settings(), clock, policy);
  engine.Apply(AddQueue{"support", {}});
  const Route route{.queue = engine.FindQueue("support")};
  engine.Apply(Message{Medium::kChat, "c@x", "shop", 1, route});

  ManualClock other(clock.Now() + engine.settings().task.ttl);
  const CloseAll closer;
  Engine fork = engine.Fork(other, closer);
  EXPECT_EQ(&fork.policy(), &closer);
  EXPECT_EQ(&engine.policy(), &policy);
  fork.Apply(Advance{});
  EXPECT_FALSE(fork.FindOpen(Medium::kChat, "c@x", "shop"));
  EXPECT_EQ(engine.Now(), clock.Now());
  EXPECT_TRUE(engine.FindOpen(Medium::kChat, "c@x", "shop"));
}

}  // namespace
}  // namespace parley
