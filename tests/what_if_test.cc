// What a WhatIf promises: agents behave as assumed, a change shows, and the live engine never hears
// of it.

#include "parley/annex/what_if.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "draw_policy.h"
#include "draw_time.h"
#include "simulation.h"
#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

Assumptions Usual() {
  Assumptions assumptions;
  assumptions.accept_after = 5s;
  assumptions.For(Medium::kEmail) = 60s;
  assumptions.wrap_up = 10s;
  return assumptions;
}

std::unique_ptr<WhatIf> Ahead(const World& world, const Assumptions& assumptions = Usual()) {
  auto run = WhatIf::Create(world.engine(), assumptions);
  EXPECT_TRUE(run.ok()) << run.status();
  return *std::move(run);
}

TaskId TaskOf(const World& world, ConversationId id) { return world.At(id).live_task; }

std::optional<Duration> Wait(const World& world, TaskId task, Duration horizon = 24h) {
  const auto wait = EstimatedWait(world.engine(), task, Usual(), horizon);
  EXPECT_TRUE(wait.ok()) << wait.status();
  return wait.value_or(std::nullopt);
}

// An agent takes 5 s to accept, 60 s for the customer and 10 s to wrap up.
TEST(WhatIfTest, WhoWaitsIsAcceptedWhenThoseBeforeHimAreDone) {
  World world;
  world.AddAvailable("ann");
  const TaskId first = TaskOf(world, world.Write("a"));
  const TaskId second = TaskOf(world, world.Write("b"));
  const TaskId third = TaskOf(world, world.Write("c"));
  EXPECT_EQ(Wait(world, first), 5s);
  EXPECT_EQ(Wait(world, second), 80s);
  EXPECT_EQ(Wait(world, third), 155s);
  EXPECT_EQ(Wait(world, third, 155s), 155s);
  EXPECT_EQ(Wait(world, third, 154999ms), std::nullopt);
  EXPECT_EQ(Wait(world, third, -1ms), std::nullopt);
  EXPECT_EQ(Wait(world, third, Duration::max()), 155s);
}

TEST(WhatIfTest, WhoIsAcceptedOrUnknownHasNoWaitToEstimate) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const TaskId task = TaskOf(world, world.Serve(ann, "c@x"));
  EXPECT_EQ(Wait(world, task), std::nullopt);
  EXPECT_EQ(Wait(world, TaskId{}), std::nullopt);
}

TEST(WhatIfTest, WorkInHandIsCountedFromItsOffer) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId id = world.Serve(ann, "a");
  const TaskId waiting = TaskOf(world, world.Write("b"));
  world.Pass(20s);
  EXPECT_EQ(Wait(world, waiting), 60s);  // 75 s after the offer the first is done, 5 s to accept.
  world.Pass(1h);
  EXPECT_EQ(Wait(world, waiting), 5s);  // It should be done long since.
  world.Do(End{id, ann});
  EXPECT_EQ(Wait(world, waiting), 5s);
}

TEST(WhatIfTest, AnOfferOnHoldIsReadyWhenItIsDue) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const TaskId task = TaskOf(world, world.Write("a"));
  world.Pass(2s);
  world.Do(Accept{world.At(task).reservation, /*hold=*/true});
  EXPECT_EQ(world.At(ann).For(Medium::kEmail).pending, 1u);
  EXPECT_EQ(Wait(world, task), 3s);
}

TEST(WhatIfTest, AgentsWhoAreSlowerThanTheirOffersNeverAccept) {
  World world;
  world.AddAvailable("ann");
  const TaskId task = TaskOf(world, world.Write("a"));
  Assumptions slow = Usual();
  slow.accept_after = world.engine().settings().reservation.timeout;
  EXPECT_EQ(*EstimatedWait(world.engine(), task, slow, 1h), std::nullopt);
}

TEST(WhatIfTest, AnAssumptionOutOfItsRangeIsNamed) {
  World world;
  const auto refused = [&](const Assumptions& assumptions, std::string_view name) {
    const auto run = WhatIf::Create(world.engine(), assumptions);
    EXPECT_EQ(run.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(run.status().message()), testing::StartsWith(std::string(name)));
    EXPECT_FALSE(EstimatedWait(world.engine(), TaskId{}, assumptions).ok());
  };
  Assumptions a = Usual();
  a.accept_after = -1ms;
  refused(a, "accept_after");
  a = Usual();
  a.For(Medium::kCustom) = 366 * kDay + 1ms;
  refused(a, "handle");
  a = Usual();
  a.wrap_up = Duration::max();
  refused(a, "wrap_up");
  a = Usual();
  a.target = Duration::min();
  refused(a, "target");
}

TEST(WhatIfTest, OneMoreAgentShowsInTheComparison) {
  World world;
  world.AddAvailable("ann");
  for (const std::string_view customer : {"a", "b", "c"}) world.Write(customer);
  const auto as_is = Ahead(world);
  const auto more = Ahead(world);
  more->Apply(AddAgent{"eve", {}, kAvailable});
  as_is->RunUntil(world.engine().Now() + 2min);
  more->RunUntil(world.engine().Now() + 2min);

  const auto rows = Compare(*as_is, *more);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].queue, world.support());
  EXPECT_EQ(rows[0].medium, Medium::kEmail);
  // Accepted after 5 s and 80 s; with two agents after 5 s, 5 s and 80 s.
  EXPECT_EQ(rows[0].base, (Outcome{2, 42500ms, 80s, {20s, 1, 2}, 1}));
  EXPECT_EQ(rows[0].changed, (Outcome{3, 30s, 80s, {20s, 2, 3}, 0}));
  EXPECT_FALSE(world.engine().FindAgent("eve"));
  EXPECT_EQ(OutcomeOf(*more, QueueId{}, Medium::kVoice), (Outcome{.level = {20s, 0, 0}}));
}

TEST(WhatIfTest, ASettingAndACapacityMayBeChangedAndSoMayTheCourseOnTheWay) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Write("a");
  const TaskId second = TaskOf(world, world.Write("b"));

  const auto both = Ahead(world);
  both->Apply(SetCapacity{ann, Medium::kEmail, 2});
  EXPECT_TRUE(both->RunUntilAccepted(second, world.engine().Now() + 1h));
  EXPECT_EQ(both->AcceptedAt(second), world.engine().Now() + 5s);

  const auto freed = Ahead(world);
  Settings settings = world.engine().settings();
  settings.task.wrapping_uses_capacity = false;
  freed->Apply(ApplySettings{settings});
  EXPECT_TRUE(freed->RunUntilAccepted(second, world.engine().Now() + 1h));
  EXPECT_EQ(freed->AcceptedAt(second), world.engine().Now() + 70s);

  const auto later = Ahead(world);
  later->RunUntil(world.engine().Now() + 30s);
  later->Apply(AddAgent{"eve", {}, kAvailable});
  EXPECT_TRUE(later->RunUntilAccepted(second, world.engine().Now() + 1h));
  EXPECT_EQ(later->AcceptedAt(second), world.engine().Now() + 35s);
}

TEST(WhatIfTest, ARunThatIsOverDoesNotGoBack) {
  World world;
  const auto run = Ahead(world);
  run->RunUntil(world.engine().Now() + 1h);
  run->RunUntil(world.engine().Now());
  EXPECT_EQ(run->engine().Now(), world.engine().Now() + 1h);
  run->RunUntil(Instant::max());
  EXPECT_EQ(run->engine().Now(), kLastInstant);
}

// ---- Random histories ----

TEST(WhatIfTest, FromAnyStateARunIsTheSameTwiceAndTheLiveEngineNeverHearsOfIt) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Draw draw(seed);
    const Pace pace = draw.OneIn(2) ? Pace::kHuman : Pace::kRace;
    const auto policy = SomePolicy(draw);
    const auto other = SomePolicy(draw);
    ManualClock clock;
    Engine engine = *Engine::Create(SettingsDraw(draw, pace).Valid(), clock, *policy);
    TimeDraw time(draw, pace);
    Host host(draw, pace, engine);
    for (int i = 0; i < 400; ++i) {
      clock.Set(time.Next(engine));
      host.Learn(engine.Apply(host.Next()));
    }
    const uint64_t before = engine.Digest();
    const Instant horizon = engine.Now() + (draw.OneIn(2) ? Duration(50ms) : 3 * kDay);
    const auto one = *WhatIf::Create(engine, Usual(), *other);
    const auto two = *WhatIf::Create(engine, Usual(), *other);
    one->RunUntil(horizon);
    two->RunUntil(engine.Now() + (horizon - engine.Now()) / 2);
    two->RunUntil(horizon);
    ASSERT_EQ(one->engine().Digest(), two->engine().Digest()) << "seed " << seed;
    EXPECT_EQ(one->figures(), two->figures()) << "seed " << seed;
    EXPECT_EQ(one->engine().Now(), horizon);
    const absl::Status audit = one->engine().Audit();
    EXPECT_TRUE(audit.ok()) << audit << " seed " << seed;
    ASSERT_EQ(engine.Digest(), before) << "seed " << seed;
    EXPECT_TRUE(engine.Audit().ok());
  }
}

// Nobody is left with a task that could be done: after a long run all agents are idle.
TEST(WhatIfTest, InTheEndAllWorkIsDone) {
  World world;
  for (const std::string_view agent : {"ann", "bob"}) world.AddAvailable(agent);
  for (int i = 0; i < 20; ++i) world.Write(fmt::format("c{}", i));
  const auto run = Ahead(world);
  run->RunUntil(world.engine().Now() + 1h);
  EXPECT_EQ(run->figures().Of(world.support(), Medium::kEmail).tasks.completed, 20u);
  EXPECT_EQ(run->figures().Of(world.support(), Medium::kEmail).Total(), 0u);
  EXPECT_EQ(run->engine().Count().reservations, 0u);
}

}  // namespace
}  // namespace parley
