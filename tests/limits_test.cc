// Does each limit hold exactly: one less is taken, one more is refused, and a raised limit is taken
// again?

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

Message FirstMessage(const World& world, std::string_view customer) {
  return {Medium::kEmail, customer, "shop", 1, Route{.queue = world.support()}};
}

// ---- Settings::limits ----

// Texts for the n-th thing of a kind. They live for ever.
std::string_view Numbered(uint32_t n) {
  static const std::vector<std::string> names = {"zero", "one", "two",   "three", "four",
                                                 "five", "six", "seven", "eight"};
  return names.at(n);
}

struct LimitCase {
  std::string_view name;
  uint32_t Settings::Limits::*limit;
  // The command that adds the n-th, counted from 1.
  std::function<Command(World&, uint32_t n)> add;
  uint32_t at_first = 0;  // There from the beginning.
};

const std::vector<LimitCase> kLimits = {
    {"agents", &Settings::Limits::agents,
     [](World&, uint32_t n) {
       return AddAgent{Numbered(n), {}, {}};
     }},
    {"queues", &Settings::Limits::queues,
     [](World&, uint32_t n) {
       return AddQueue{Numbered(n), {}};
     },
     1},
    {"skills", &Settings::Limits::skills, [](World&, uint32_t n) { return AddSkill{Numbered(n)}; }},
    {"activities", &Settings::Limits::activities,
     [](World&, uint32_t n) { return AddActivity{Numbered(n)}; }, 2},
    {"sessions", &Settings::Limits::sessions_per_agent,
     [](World& w, uint32_t n) {
       if (n == 1) w.AddAgentNamed("ann");
       return Connect{w.engine().FindAgent("ann"), SessionId{n}, {}};
     }},
    {"conversations", &Settings::Limits::conversations,
     [](World& w, uint32_t n) { return FirstMessage(w, Numbered(n)); }},
    {"conversations_in_setup", &Settings::Limits::conversations,
     [](World& w, uint32_t n) {
       return OpenConversation{Medium::kVoice, Numbered(n), "shop", Route{.queue = w.support()}};
     }},
    {"tasks", &Settings::Limits::tasks,
     [](World& w, uint32_t n) { return FirstMessage(w, Numbered(n)); }},
    {"messages", &Settings::Limits::messages_per_conversation,
     [](World& w, uint32_t) { return FirstMessage(w, "c@x"); }},
};

class LimitTest : public testing::TestWithParam<LimitCase> {};

TEST_P(LimitTest, HoldsExactly) {
  constexpr uint32_t kLimit = 4;
  World world;
  ApplySettings limited{world.engine().settings()};
  limited.settings.limits.*GetParam().limit = kLimit;
  world.Do(limited);
  for (uint32_t n = GetParam().at_first + 1; n <= kLimit; ++n) {
    world.Do(GetParam().add(world, n));
    ASSERT_EQ(world.refusal(), Refusal::kNone) << n << world.Story();
  }
  EXPECT_EQ(world.Try(GetParam().add(world, kLimit + 1)), Refusal::kLimitReached);

  limited.settings.limits.*GetParam().limit = kLimit + 1;
  world.Do(limited);
  EXPECT_EQ(world.Try(GetParam().add(world, kLimit + 1)), Refusal::kNone);
  EXPECT_EQ(world.Try(GetParam().add(world, kLimit + 2)), Refusal::kLimitReached);

  limited.settings.limits.*GetParam().limit = kLimit - 2;  // Below what there is.
  world.Do(limited);
  EXPECT_EQ(world.refusal(), Refusal::kNone);
  EXPECT_EQ(world.Try(GetParam().add(world, kLimit + 2)), Refusal::kLimitReached);
}

INSTANTIATE_TEST_SUITE_P(All, LimitTest, testing::ValuesIn(kLimits),
                         [](const testing::TestParamInfo<LimitCase>& each) {
                           return std::string(each.param.name);
                         });

TEST(LimitsTest, WhatEndedMakesRoom) {
  Settings settings;
  settings.limits = {.agents = 1, .queues = 2, .conversations = 1, .tasks = 1};
  settings.task.retention = 1s;
  World world(settings);
  world.AddAgentNamed("ann");
  world.Do(RemoveAgent{world.engine().FindAgent("ann")});
  EXPECT_EQ(world.Try(AddAgent{"bob", {}, {}}), Refusal::kNone);
  world.Do(RemoveQueue{world.AddQueueNamed("sales")});
  EXPECT_EQ(world.Try(AddQueue{"sales", {}}), Refusal::kNone);
  world.Do(Close{world.Write("c@x")});
  EXPECT_EQ(world.Try(FirstMessage(world, "c@x")), Refusal::kLimitReached);  // The task is kept.
  world.Pass(1s);
  EXPECT_EQ(world.Try(FirstMessage(world, "c@x")), Refusal::kNone);
}

TEST(LimitsTest, ARemovedActivityStillCounts) {
  Settings settings;
  settings.limits.activities = 3;
  World world(settings);
  world.Do(AddActivity{"break"});
  world.Do(RemoveActivity{world.engine().FindActivity("break")});
  EXPECT_EQ(world.Try(AddActivity{"lunch"}), Refusal::kLimitReached);
}

// Each command that makes a task, and a reply after Leave, asks for room first.
TEST(LimitsTest, NoCommandMakesATaskTooMany) {
  Settings settings = LeaveAndPauseOn();
  settings.leave.mode = ParkMode::kCompleteNow;
  settings.conversation.on_canceled = OnCanceled::kEmitOnly;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId paused = world.ServeAndPause(ann, "paused");
  world.ServeAndLeave(ann, "left");
  const ConversationId orphan = world.Write("orphan");
  world.Do(CancelTask{world.At(orphan).live_task});
  const ConversationId served = world.Serve(ann, "served");
  ApplySettings full{world.engine().settings()};
  full.settings.limits.tasks = world.engine().Count().tasks;
  world.Do(full);
  EXPECT_EQ(world.Try(FirstMessage(world, "new")), Refusal::kLimitReached);
  EXPECT_EQ(world.Try(FirstMessage(world, "left")), Refusal::kLimitReached);
  EXPECT_EQ(world.Try(FirstMessage(world, "orphan")), Refusal::kLimitReached);
  EXPECT_EQ(world.Try(Resume{paused, ann}), Refusal::kLimitReached);
  EXPECT_EQ(world.Try(Transfer{served, ann, {}, {}}), Refusal::kLimitReached);
  EXPECT_EQ(world.Try(CreateTask{.conversation = orphan}), Refusal::kLimitReached);
  EXPECT_EQ(world.Try(FirstMessage(world, "served")), Refusal::kNone);
  EXPECT_EQ(world.Try(FirstMessage(world, "paused")), Refusal::kNone);
}

TEST(LimitsTest, ARepliedHistoryEndsAtItsLimitToo) {
  Settings settings;
  settings.limits.messages_per_conversation = 2;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  EXPECT_EQ(world.Try(Reply{c, ann, 2}), Refusal::kNone);
  EXPECT_EQ(world.Try(Reply{c, ann, 3}), Refusal::kLimitReached);
}

// ---- Others ----

TEST(LimitsTest, AnAgentHoldsAsManyPausesAsHeMay) {
  Settings settings = LeaveAndPauseOn();
  settings.pause.max_per_agent = 2;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId first = world.ServeAndPause(ann, "a");
  world.ServeAndPause(ann, "b");
  const ConversationId third = world.Serve(ann, "c");
  EXPECT_EQ(world.Try(Pause{third, ann}), Refusal::kTooManyPaused);
  world.Do(Close{first});
  EXPECT_EQ(world.Try(Pause{third, ann}), Refusal::kNone);
}

TEST(LimitsTest, ATaskIsOfferedAsOftenAsItMayBe) {
  for (const uint32_t most : {1u, 2u, 3u}) {
    Settings settings;
    settings.task.max_assignments = most;
    settings.reservation.retry_after = 0ms;
    settings.conversation.on_canceled = OnCanceled::kEmitOnly;
    World world(settings);
    world.AddAvailable("ann");
    world.Write("c@x");
    for (uint32_t offers = 1; offers <= most; ++offers) {
      ASSERT_FALSE(world.Happened<TaskCanceled>());
      world.Do(
          Decline{.reservation = world.Only<ReservationCreated>().reservation, .activity = {}});
    }
    EXPECT_EQ(world.Only<TaskCanceled>().reason, CancelReason::kMaxAssignments);
    EXPECT_FALSE(world.Happened<ReservationCreated>());
  }
}

TEST(LimitsTest, AConversationIsRoutedAgainAsOftenAsItMayBe) {
  for (const uint32_t most : {1u, 2u, 5u}) {
    Settings settings = LeaveAndPauseOn();
    settings.conversation.max_reroutes = most;
    World world(settings);
    const ConversationId c = world.Write("c@x");
    uint32_t tasks = 1;
    while (world.engine().Find(c)->state == ChannelState::kActive) {
      world.Pass(settings.task.ttl);  // Nobody is there.
      tasks += static_cast<uint32_t>(world.All<TaskCreated>().size());
      ASSERT_LE(tasks, most);
    }
    EXPECT_EQ(tasks, most);
    EXPECT_EQ(world.At(c).state, ChannelState::kInactive);
  }
}

// The policy asks the host of each task that came back, and the host never answers.
class AskOnReturn final : public ReroutePolicy {
 public:
  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    if (request.cause == RerouteCause::kNobodyElse) decision.action = RerouteAction::kAskHost;
    return decision;
  }
};

TEST(LimitsTest, ASilentHostDoesNotKeepAConversationGoingForEver) {
  Settings settings = LeaveAndPauseOn();
  settings.conversation.max_reroutes = 3;
  const AskOnReturn policy;
  World world(settings, policy);
  world.AddAvailable("ann");
  const ConversationId c = world.Write("c@x");
  world.Pass(1h);
  EXPECT_EQ(world.All<TaskCreated>().size(), 2u) << world.Story();
  EXPECT_EQ(world.All<CustomRoutingTimedOut>().back().fallback, WhenSilent::kInactive);
  EXPECT_EQ(world.At(c).state, ChannelState::kInactive);
}

// What is told of an agent's limit does not end at 32 bits, as what decides does not.
TEST(LimitsTest, AnAgentMayBeAboveHisCapacityByAnyNumber) {
  Settings settings;
  settings.routing.wakes_per_minute = 1;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetCapacity{ann, Medium::kChat, 2});
  for (const char* customer : {"a", "b"}) {
    world.Do(Message{Medium::kChat,
                     customer,
                     "shop",
                     1,
                     {.queue = world.support()},
                     {.prefer = ann, .over_by = UINT32_MAX - 1}});
  }
  const TaskId second = world.Only<TaskCreated>().task;
  const std::optional<Explanation> why = world.engine().Explain(second);
  ASSERT_EQ(why->agents.size(), 1u);
  EXPECT_EQ(why->agents[0].why, WhyNot::kWakes);
}

}  // namespace
}  // namespace parley
