// Does the engine keep time? At the ends of time, when the clock stands, goes back or leaps, and
// between a host that sleeps until the next wake and one that looks every millisecond.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "draw_policy.h"
#include "simulation.h"
#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

std::vector<Instant> TimesOf(const std::vector<Event>& events) {
  std::vector<Instant> times;
  for (const Event& event : events) times.push_back(event.at);
  return times;
}

TEST(TimeTest, AClockThatStandsStillIsNotRefused) {
  World world;
  world.Write("c@x");
  world.Write("d@x");
  EXPECT_EQ(world.refusal(), Refusal::kNone);
  EXPECT_EQ(world.last()[0].at, Instant());
}

TEST(TimeTest, AClockThatWentBackIsRefusedUntilItHasCaughtUp) {
  World world;
  world.Pass(10s);
  world.clock().Pass(-3s);
  world.Write("c@x");
  EXPECT_EQ(world.refusal(), Refusal::kTimeWentBack);
  EXPECT_EQ(world.last()[0].at, Instant(10s));
  EXPECT_EQ(world.engine().Now(), Instant(10s));
  world.clock().Pass(3s);
  world.Write("c@x");
  EXPECT_EQ(world.refusal(), Refusal::kNone);
}

TEST(TimeTest, AnEngineIsNotMadeOutsideOfTime) {
  DefaultReroute policy;
  for (const Instant outside : {kFirstInstant - 1ms, kLastInstant + 1ms}) {
    const ManualClock clock(outside);
    EXPECT_FALSE(Engine::Create(Settings(), clock, policy).ok());
  }
  for (const Instant edge : {kFirstInstant, kLastInstant}) {
    const ManualClock clock(edge);
    EXPECT_TRUE(Engine::Create(Settings(), clock, policy).ok());
  }
}

// Every duration is as long as it may be, at both ends of time.
TEST(TimeTest, TheLongestDurationsFitAtBothEndsOfTime) {
  Settings settings = LeaveAndPauseOn();
  VisitSettings(settings, [](const SettingInfo& info, auto& field) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Duration>) {
      field = Duration(info.max);
    }
  });
  const DefaultReroute policy;
  for (const Instant edge : {kFirstInstant, kLastInstant}) {
    ManualClock clock(edge);
    Engine engine = *Engine::Create(settings, clock, policy);
    engine.Apply(AddQueue{"q", {}});
    engine.Apply(AddAgent{"ann", {}, kAvailable});
    const AgentId ann = engine.FindAgent("ann");
    engine.Apply(SetCapacity{ann, Medium::kEmail, 9});
    const Route route{
        .queue = engine.FindQueue("q"), .skills = {}, .priority = INT32_MAX, .waited = 366 * kDay};
    for (const std::string_view customer : {"left", "paused", "offered"}) {
      engine.Apply(Message{Medium::kEmail, customer, "shop", 1, route});
      const auto c = engine.FindOpen(Medium::kEmail, customer, "shop");
      const TaskId task = engine.Find(c)->live_task;
      if (customer == "offered") engine.Apply(UpdateTask{task, route});
      if (customer != "offered") engine.Apply(Accept{engine.Find(task)->reservation});
      if (customer == "left") engine.Apply(Leave{c, ann});
      if (customer == "paused") engine.Apply(Pause{c, ann});
    }
    EXPECT_EQ(engine.Left().size(), 1u);
    EXPECT_EQ(engine.Paused().size(), 1u);
    EXPECT_TRUE(engine.Audit().ok()) << engine.Audit();
    EXPECT_GT(engine.NextWake(), edge);
    clock.Set(kLastInstant);
    engine.Apply(Advance{});
    EXPECT_TRUE(engine.Audit().ok()) << engine.Audit();
    EXPECT_EQ(engine.Paused().size(), edge == kLastInstant ? 1u : 0u);
  }
}

TEST(TimeTest, ALeapOverMonthsTellsWhatShortStepsTell) {
  Settings settings = LeaveAndPauseOn();
  settings.conversation.max_reroutes = 3;
  settings.task.max_assignments = 5;
  World leaping(settings);
  World walking(settings);
  for (World* w : {&leaping, &walking}) {
    const AgentId ann = w->AddAvailable("ann");
    w->ServeAndPause(ann, "paused");
    w->ServeAndLeave(ann, "left");
    w->Write("offered");
    w->Write("waiting");
  }
  const auto leapt = leaping.Pass(400 * kDay);
  std::vector<Event> walked;
  for (int hour = 0; hour < 400 * 24; ++hour) {
    for (const Event& event : walking.Pass(1h)) walked.push_back(event);
  }
  EXPECT_EQ(leapt, walked);
  EXPECT_TRUE(std::ranges::is_sorted(TimesOf(leapt)));
  EXPECT_EQ(leaping.engine().Digest(), walking.engine().Digest());
  EXPECT_EQ(leaping.engine().Count().conversations, 0u);
}

TEST(TimeTest, TimersOfOneInstantActInTheOrderTheyWereArmed) {
  Settings settings = LeaveAndPauseOn();
  settings.leave.max_open = 14 * kDay;  // As long as a pause.
  settings.pause.marks = {};
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId first = world.ServeAndLeave(ann, "a");
  const ConversationId second = world.ServeAndPause(ann, "b");
  const ConversationId third = world.ServeAndLeave(ann, "c");
  world.Do(SetActivity{ann, kOffline});
  world.Pass(14 * kDay);
  EXPECT_THAT(
      world.Trace(),
      testing::ElementsAre("LeaveExpired", "ChannelChanged", "ConversationClosed", "PauseExpired",
                           "ChannelChanged", "ConversationRerouted", "TaskCreated", "TaskQueued",
                           "LeaveExpired", "ChannelChanged", "ConversationClosed"));
  EXPECT_EQ(world.All<LeaveExpired>()[0].conversation, first);
  EXPECT_EQ(world.All<PauseExpired>()[0].conversation, second);
  EXPECT_EQ(world.All<LeaveExpired>()[1].conversation, third);
}

// E-26: what is due at t comes before what is asked at t.
TEST(TimeTest, ACommandAtTheDeadlineComesTooLate) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId paused = world.ServeAndPause(ann, "c@x");
  world.clock().Set(world.At(paused).deadline);
  world.Do(Resume{paused, ann});
  EXPECT_EQ(world.refusal(), Refusal::kNotPaused);

  const auto offer = world.At(world.At(paused).live_task).reservation;
  world.clock().Pass(world.engine().settings().reservation.timeout);
  world.Do(Accept{offer});
  EXPECT_EQ(world.refusal(), Refusal::kGone);
}

TEST(TimeTest, AThresholdOfZeroActsInTheSameStep) {
  Settings settings = LeaveAndPauseOn();
  settings.logout.offline_threshold = 0ms;
  settings.logout.paused_work = WorkAtLogout::kRequeue;
  settings.logout.requeue_after = 0ms;
  settings.task.retention = 0ms;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId paused = world.ServeAndPause(ann, "c@x");
  EXPECT_EQ(world.engine().Count().tasks, 0u);
  world.Do(Disconnect{ann, SessionId{1}});
  EXPECT_EQ(world.Only<ActivityChanged>().cause, ActivityCause::kDisconnectThreshold);
  EXPECT_EQ(world.Only<PauseExpired>().end, PauseEnd::kOwnerLoggedOut);
  EXPECT_TRUE(world.At(paused).live_task);
  for (const Event& event : world.last()) EXPECT_EQ(event.at, Instant());
}

TEST(TimeTest, AnOfferMayBeMadeAgainAtOnceIfThereIsNobodyElse) {
  Settings settings;
  settings.reservation.retry_after = 0ms;
  World world(settings);
  world.AddAvailable("ann");
  world.Write("c@x");
  const auto first = world.Only<ReservationCreated>();
  world.Do(Decline{.reservation = first.reservation, .activity = {}});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, first.agent);
}

// The time for which bob was to have it alone was over while it was his.
TEST(TimeTest, APreferenceThatEndedDuringTheHoldIsForgottenAtOnce) {
  Settings settings;
  settings.reservation.hold_limit = 1h;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const AgentId bob = world.AddAvailable("bob");
  world.Do(Transfer{c, ann, bob, {}});
  world.Do(Accept{world.Only<ReservationCreated>().reservation, true});
  world.Do(Complete{world.At(world.At(c).live_task).previous, ann});
  world.Do(SetMediumAvailable{bob, Medium::kEmail, false});
  world.Pass(10min);
  world.Do(MediaFailed{world.At(world.At(c).live_task).reservation});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
}

// One lets a millisecond pass at a time, the other sleeps until the engine says, and not longer.
TEST(TimeTest, AHostThatSleepsUntilTheNextWakeMissesNothing) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Draw draw(seed);
    const Settings settings = SettingsDraw(draw, Pace::kRace).Valid();
    const auto policy = SomePolicy(draw);
    ManualClock clock;
    Engine watchful = *Engine::Create(settings, clock, *policy);
    Engine sleeper = *Engine::Create(settings, clock, *policy);
    Host host(draw, Pace::kRace, watchful);
    std::vector<Event> seen;
    std::vector<Event> heard;
    const auto apply = [&host](Engine& engine, const Command& command, std::vector<Event>& log) {
      const auto events = engine.Apply(command);
      log.insert(log.end(), events.begin(), events.end());
      host.Learn(events);
    };
    for (int i = 0; i < 300; ++i) {
      for (int64_t ms = draw.OneIn(2) ? 0 : draw.Between(0, 40); ms > 0; --ms) {
        clock.Pass(1ms);
        apply(watchful, Advance{}, seen);
        if (clock.Now() >= sleeper.NextWake()) apply(sleeper, Advance{}, heard);
      }
      const Command command = host.Next();
      apply(watchful, command, seen);
      apply(sleeper, command, heard);
      ASSERT_EQ(seen, heard) << "seed " << seed << ", " << ToText(command);
      ASSERT_EQ(watchful.Digest(), sleeper.Digest()) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace parley
