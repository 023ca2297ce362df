// What the figures promise, one fact a test: small stories, and what is counted of them.

#include "parley/annex/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

// A world whose events are folded.
struct Watched {
  explicit Watched(const Settings& settings = LeaveAndPauseOn()) : world(settings), figures({10s}) {
    figures = Figures::From(world.engine(), {10s});
  }
  void Do(const Command& command) {
    for (const Event& event : world.Do(command)) figures.Add(event);
  }
  void Pass(Duration by) {
    world.clock().Pass(by);
    Do(Advance{});
  }
  void Write(std::string_view customer) {
    Do(Message{Medium::kEmail, customer, "shop", 1, {.queue = world.support()}});
  }
  AgentId AddAvailable(std::string_view name) {
    Do(AddAgent{name, {}, {}});
    const AgentId agent = world.engine().FindAgent(name);
    Do(Connect{agent, SessionId{1}, {}});
    Do(SetActivity{agent, kAvailable});
    return agent;
  }
  void AcceptNewest(AgentId agent) {
    const TaskId task = world.engine().WorklistOf(agent).offers.at(0);
    Do(Accept{world.At(task).reservation});
  }
  const QueueFigures& support() const { return figures.Of(world.support(), Medium::kEmail); }

  World world;
  Figures figures;
};

TEST(FiguresTest, AWaitGoesFromTheTaskToItsAcceptanceAndTheOfferIsTimedApart) {
  Watched w;
  w.Write("c@x");
  w.Pass(7s);
  const AgentId ann = w.AddAvailable("ann");
  w.Pass(2s);
  w.AcceptNewest(ann);
  EXPECT_EQ(w.support().until_accepted, (Spread{1, 9s, 9s, 9s}));
  EXPECT_EQ(w.support().in_queue_until_accepted, (Spread{1, 9s, 9s, 9s}));
  EXPECT_EQ(w.support().offer_until_accepted, (Spread{1, 2s, 2s, 2s}));
  EXPECT_EQ(w.support().In(TaskState::kAssigned), 1u);
  EXPECT_EQ(w.support().Total(), 1u);
}

TEST(FiguresTest, HandlingAndWrapUpAreTimedOneAfterTheOther) {
  Watched w;
  const AgentId ann = w.AddAvailable("ann");
  w.Write("c@x");
  w.AcceptNewest(ann);
  w.Pass(60s);
  const TaskId task = w.world.engine().WorklistOf(ann).live.at(0);
  w.Do(End{w.world.At(task).conversation, ann});
  w.Pass(15s);
  w.Do(Complete{task, ann});
  EXPECT_EQ(w.support().handling, (Spread{1, 60s, 60s, 60s}));
  EXPECT_EQ(w.support().wrap_up, (Spread{1, 15s, 15s, 15s}));
  EXPECT_EQ(w.support().tasks, (QueueFigures::Tasks{1, 1, 0, 1, 0}));
  EXPECT_EQ(w.support().Total(), 0u);
  EXPECT_TRUE(w.support().by_priority.empty());
}

TEST(FiguresTest, TheServiceLevelIsTheShareOfAllThatWereAcceptedOrCanceled) {
  Watched w;
  for (const std::string_view customer : {"a", "b", "c", "d"}) w.Write(customer);
  const TaskId lost = w.world.engine().WaitingIn(w.world.support()).at(3);
  w.Do(CancelTask{lost});  // Its conversation goes on with a new task.
  w.Pass(10s);
  const AgentId ann = w.AddAvailable("ann");
  w.AcceptNewest(ann);
  const auto level = w.figures.LevelOf(w.world.support(), Medium::kEmail, 10s);
  EXPECT_EQ(level, (ServiceLevel{10s, 1, 2}));
  EXPECT_EQ(level->PerMille(), 500u);
  w.Do(Complete{w.world.engine().WorklistOf(ann).live.at(0)});
  w.Pass(1ms);
  w.AcceptNewest(ann);  // A millisecond too late.
  EXPECT_EQ(w.figures.LevelOf(w.world.support(), Medium::kEmail, 10s), (ServiceLevel{10s, 1, 3}));
  EXPECT_EQ(w.support().splits[0], (Split{10s, 1, 1}));
  EXPECT_EQ(w.figures.LevelOf(w.world.support(), Medium::kEmail, 11s), std::nullopt);
  EXPECT_EQ((ServiceLevel{}.PerMille()), 1000u);
}

TEST(FiguresTest, ATaskThatGoesToAnotherQueueIsTimedFromThereAndFromItsBeginning) {
  Watched w;
  w.Do(AddQueue{"billing", {}});
  const QueueId billing = w.world.engine().FindQueue("billing");
  w.Write("c@x");
  w.Pass(5s);
  const TaskId task = w.world.engine().WaitingIn(w.world.support()).at(0);
  w.Do(UpdateTask{task, {.queue = billing}});
  EXPECT_EQ(w.support().tasks, (QueueFigures::Tasks{1, 1, 1, 0, 0}));
  EXPECT_EQ(w.support().Total(), 0u);
  w.Pass(3s);
  EXPECT_EQ(w.figures.LongestWaiting(billing, Medium::kEmail, w.world.clock().Now()),
            (LongestWait{task, 8s, task, 3s}));
  w.AcceptNewest(w.AddAvailable("ann"));
  const QueueFigures& figures = w.figures.Of(billing, Medium::kEmail);
  EXPECT_EQ(figures.tasks, (QueueFigures::Tasks{0, 1, 0, 0, 0}));
  EXPECT_EQ(figures.until_accepted.total, 8s);
  EXPECT_EQ(figures.in_queue_until_accepted.total, 3s);
  EXPECT_EQ(w.figures.LongestWaiting(billing, Medium::kEmail, w.world.clock().Now()), std::nullopt);
}

TEST(FiguresTest, AResumedConversationNeverWaited) {
  Watched w;
  const AgentId ann = w.AddAvailable("ann");
  w.Write("c@x");
  w.AcceptNewest(ann);
  const TaskId task = w.world.engine().WorklistOf(ann).live.at(0);
  const ConversationId id = w.world.At(task).conversation;
  w.Do(Pause{id, ann});
  w.Pass(kDay);
  w.Do(Resume{id, ann});
  EXPECT_EQ(w.support().tasks.created, 2u);
  EXPECT_EQ(w.support().tasks.entered, 1u);
  EXPECT_EQ(w.support().offers.accepted, 2u);
  EXPECT_EQ(w.support().until_accepted.count, 1u);
}

TEST(FiguresTest, ASpreadOfNothingIsZeroAndAnAverageIsRoundedDown) {
  Spread spread;
  EXPECT_EQ(spread.Average(), 0ms);
  spread.Add(3ms);
  spread.Add(2ms);
  EXPECT_EQ(spread, (Spread{2, 5ms, 2ms, 3ms}));
  EXPECT_EQ(spread.Average(), 2ms);
}

TEST(FiguresTest, ThresholdsMayComeInAnyOrderAndTwice) {
  const Figures figures({60s, 20s, 60s});
  const auto& splits = figures.Of(QueueId{}, Medium::kChat).splits;
  EXPECT_THAT(splits, testing::ElementsAre(Split{20s, 0, 0}, Split{60s, 0, 0}));
}

TEST(FiguresTest, WhatIsToldOfAStrangerIsLeftOut) {
  Figures figures;
  const auto task = TaskId::Make(0, 0);
  const auto offer = ReservationId::Make(0, 0);
  const auto agent = AgentId::Make(0, 0);
  const Figures before = figures;
  for (const Happening& what : std::vector<Happening>{
           TaskQueued{task}, TaskUpdated{task}, TaskWrapUp{task, agent}, TaskCompleted{task, agent},
           TaskCanceled{task}, ReservationCreated{offer, task, agent},
           ReservationAccepted{offer, task, agent}, ReservationRescinded{offer, task, agent},
           ActivityChanged{agent, kOffline, kAvailable}, AgentRemoved{agent}}) {
    figures.Add({Instant(1s), what});
    EXPECT_EQ(figures, before) << what.index();
  }
}

}  // namespace
}  // namespace parley
