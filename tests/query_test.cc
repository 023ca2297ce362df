// tests/query_test.cc — what the engine answers when it is asked, one fact a test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

// Ann has accepted what the customer wrote.
ConversationId Accepted(World& world, AgentId agent, std::string_view customer) {
  const ConversationId id = world.Write(customer);
  world.AcceptNewest(agent);
  return id;
}

TEST(QueryTest, ThePausedListGivesDeadlineRemainingTimeAndLevel) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId id = Accepted(world, ann, "c@x");
  world.Do(Pause{id, ann});
  const Instant deadline = world.clock().Now() + 14 * kDay;
  ASSERT_EQ(world.engine().PausedBy(ann).size(), 1u);
  EXPECT_EQ(world.engine().PausedBy(ann)[0].deadline, deadline);
  EXPECT_EQ(world.engine().PausedBy(ann)[0].level, ReassignLevel::kNormal);

  world.Pass(13 * kDay);
  EXPECT_EQ(world.engine().PausedBy(ann)[0].remaining, kDay);
  EXPECT_EQ(world.engine().PausedBy(ann)[0].level, ReassignLevel::kWithin24h);
  world.Pass(23h);
  EXPECT_EQ(world.engine().PausedBy(ann)[0].level, ReassignLevel::kWithin1h);
}

TEST(QueryTest, PausedItemsAreFoundByAgentByQueueAndAltogether) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId first = Accepted(world, ann, "c1");
  world.Do(Pause{first, ann});
  const ConversationId second = Accepted(world, ann, "c2");
  world.Do(Pause{second, ann});
  const auto ids = [](const std::vector<PausedItem>& items) {
    std::vector<ConversationId> out;
    for (const PausedItem& item : items) out.push_back(item.conversation);
    return out;
  };
  EXPECT_THAT(ids(world.engine().PausedBy(ann)), ElementsAre(first, second));
  EXPECT_THAT(ids(world.engine().Paused()), ElementsAre(first, second));
  EXPECT_THAT(ids(world.engine().PausedIn(world.support())), ElementsAre(first, second));
  EXPECT_THAT(ids(world.engine().PausedIn(QueueId{})), IsEmpty());
  EXPECT_THAT(ids(world.engine().PausedBy(AgentId{})), IsEmpty());
}

TEST(QueryTest, TheLeftListGivesTheExpiryAndNobodyOwnsIt) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId id = Accepted(world, ann, "c@x");
  world.Pass(1h);
  world.Do(Leave{id, ann});
  const auto left = world.engine().Left();
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].conversation, id);
  EXPECT_EQ(left[0].last_agent, ann);
  EXPECT_EQ(left[0].queue, world.support());
  EXPECT_EQ(left[0].expires, world.clock().Now() + 90 * kDay);
  EXPECT_FALSE(world.At(id).owner);
}

TEST(QueryTest, AQueueShowsItsTasksInTheOrderInWhichTheyGo) {
  World world;
  const auto write = [&](std::string_view customer, int32_t priority, Duration waited) {
    world.Do(Message{Medium::kChat, customer, "shop", 1,
                     {.queue = world.support(), .priority = priority, .waited = waited}});
    return world.Only<TaskCreated>().task;
  };
  const TaskId plain = write("a", 0, 0s);
  const TaskId later = write("b", 0, 0s);
  const TaskId credited = write("c", 0, 90s);
  const TaskId urgent = write("d", 5, 0s);
  EXPECT_THAT(world.engine().WaitingIn(world.support()),
              ElementsAre(urgent, credited, plain, later));
}

TEST(QueryTest, APositionIsHowManyStandBeforeItInItsQueue) {
  World world;
  const auto write = [&](std::string_view customer, int32_t priority) {
    world.Do(Message{Medium::kChat, customer, "shop", 1,
                     {.queue = world.support(), .priority = priority}});
    return world.Only<TaskCreated>().task;
  };
  const TaskId first = write("a", 0);
  const TaskId second = write("b", 0);
  EXPECT_EQ(world.engine().PositionOf(first), 0u);
  EXPECT_EQ(world.engine().PositionOf(second), 1u);
  const TaskId urgent = write("c", 1);
  EXPECT_EQ(world.engine().PositionOf(urgent), 0u);
  EXPECT_EQ(world.engine().PositionOf(second), 2u);
  world.AddAvailable("ann");
  EXPECT_EQ(world.engine().PositionOf(urgent), std::nullopt);  // It is offered.
  EXPECT_EQ(world.engine().PositionOf(second), 1u);
  EXPECT_EQ(world.engine().PositionOf(TaskId{}), std::nullopt);
}

TEST(QueryTest, TasksAreThereUntilTheirRecordsAreDropped) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId id = world.Serve(ann, "c@x");
  const TaskId task = world.At(id).live_task;
  EXPECT_THAT(world.engine().Tasks(), ElementsAre(task));
  world.Do(Complete{task});
  EXPECT_THAT(world.engine().Tasks(), ElementsAre(task));
  world.Pass(world.engine().settings().task.retention);
  EXPECT_THAT(world.engine().Tasks(), IsEmpty());
}

TEST(QueryTest, ActivitiesSayWhetherTheyAreAvailableAndWhoIsInThem) {
  World world;
  world.AddAvailable("ann");
  world.AddAvailable("bob");
  world.AddAgentNamed("eve");
  world.Do(AddActivity{"Lunch", false});
  const ActivityId lunch = world.Only<ActivityAdded>().activity;
  world.Do(AddActivity{"On call", true});
  const ActivityId on_call = world.Only<ActivityAdded>().activity;
  world.Do(RemoveActivity{lunch});
  const auto views = world.engine().Activities();
  ASSERT_EQ(views.size(), 3u);
  EXPECT_EQ(views[0].activity, kOffline);
  EXPECT_FALSE(views[0].available);
  EXPECT_EQ(views[0].agents, 1u);
  EXPECT_EQ(views[1].activity, kAvailable);
  EXPECT_TRUE(views[1].available);
  EXPECT_EQ(views[1].agents, 2u);
  EXPECT_EQ(views[2].activity, on_call);
  EXPECT_TRUE(views[2].available);
}

TEST(QueryTest, ATaskThatWaitsForOneAgentIsInItsQueueToo) {
  Settings settings = LeaveAndPauseOn();
  settings.pause.resume_at_capacity = ResumeAtCapacity::kWaitSameAgent;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId paused = Accepted(world, ann, "c1");
  world.Do(Pause{paused, ann});
  Accepted(world, ann, "c2");
  world.Do(Resume{paused, ann});
  const TaskId waiting = world.Only<TaskResumed>().task;
  EXPECT_THAT(world.engine().WaitingIn(world.support()), ElementsAre(waiting));
}

TEST(QueryTest, AWorklistHasOffersLiveWrappingAndPausedApart) {
  Settings settings = LeaveAndPauseOn();
  settings.For(Medium::kEmail).capacity = 3;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId paused = Accepted(world, ann, "paused");
  world.Do(Pause{paused, ann});
  const ConversationId ending = Accepted(world, ann, "ending");
  world.Do(End{ending, ann});
  const ConversationId live = Accepted(world, ann, "live");
  world.Write("offer");
  const TaskId offer = world.Only<TaskCreated>().task;

  const Worklist list = world.engine().WorklistOf(ann);
  EXPECT_THAT(list.offers, ElementsAre(offer));
  EXPECT_THAT(list.live, ElementsAre(world.At(live).live_task));
  EXPECT_THAT(list.wrapping, ElementsAre(world.At(ending).live_task));
  EXPECT_THAT(list.paused, ElementsAre(paused));
}

TEST(QueryTest, WhatAnAgentMayDoFollowsTheTask) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAgentNamed("bob");
  const ConversationId id = world.Write("c@x");
  const TaskId task = world.At(id).live_task;
  const Engine& engine = world.engine();
  EXPECT_EQ(engine.AllowedFor(ann, task), (AllowedActions{.accept = true, .decline = true}));
  world.AcceptNewest(ann);
  EXPECT_EQ(engine.AllowedFor(ann, task),
            (AllowedActions{.reply = true,
                            .leave = true,
                            .pause = true,
                            .end = true,
                            .transfer = true,
                            .complete = true}));
  EXPECT_EQ(engine.AllowedFor(bob, task), AllowedActions{});
  world.Do(End{id, ann});
  EXPECT_EQ(engine.AllowedFor(ann, task), AllowedActions{.complete = true});
  world.Do(Complete{task, ann});
  EXPECT_EQ(engine.AllowedFor(ann, task), AllowedActions{});
}

TEST(QueryTest, OnlyTheAgentWhoHasOrWrapsUpOrPausedMayRead) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAgentNamed("bob");
  const ConversationId id = world.Write("c@x");
  EXPECT_FALSE(world.engine().MayRead(ann, id));  // Only offered.
  world.AcceptNewest(ann);
  EXPECT_TRUE(world.engine().MayRead(ann, id));
  EXPECT_FALSE(world.engine().MayRead(bob, id));
  world.Do(Pause{id, ann});
  EXPECT_TRUE(world.engine().MayRead(ann, id));
  world.Do(Connect{bob, SessionId{1}, {}});
  world.Pass(14 * kDay);
  EXPECT_FALSE(world.engine().MayRead(ann, id));  // His no more, only offered again.
}

TEST(QueryTest, TimeInAnActivityAddsUpAndActiveTimeLeavesLogoutOut) {
  World world;
  const AgentId ann = world.AddAgentNamed("ann");
  world.Pass(10min);
  world.Do(SetActivity{ann, kAvailable});
  world.Pass(20min);
  world.Do(SetActivity{ann, kOffline});
  world.Pass(5min);
  world.Do(SetActivity{ann, kAvailable});
  world.Pass(1min);
  EXPECT_EQ(world.engine().TimeIn(ann, kOffline), 15min);
  EXPECT_EQ(world.engine().TimeIn(ann, kAvailable), 21min);
  EXPECT_EQ(world.engine().ActiveTime(ann), 21min);
}

TEST(QueryTest, WhoIsWhereCountsWhatEachAgentHas) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  Accepted(world, ann, "c@x");
  world.Pass(3s);
  const auto agents = world.engine().Agents();
  ASSERT_EQ(agents.size(), 1u);
  EXPECT_EQ(agents[0].agent, ann);
  EXPECT_EQ(agents[0].activity, kAvailable);
  EXPECT_EQ(agents[0].in_activity, 3s);
  EXPECT_EQ(agents[0].presence, PresenceState::kConnected);
  EXPECT_EQ(agents[0].live, 1u);
}

TEST(QueryTest, NamesAndAddressesAreFoundAndGiven) {
  World world;
  const AgentId ann = world.AddAgentNamed("ann");
  const SkillSet french = world.AddSkillNamed("french");
  const QueueId export_queue = world.AddQueueNamed("export", french);
  const ConversationId id = world.Write("c@x");
  const Engine& engine = world.engine();
  EXPECT_EQ(engine.FindAgent("ann"), ann);
  EXPECT_FALSE(engine.FindAgent("Ann"));
  EXPECT_EQ(engine.NameOf(ann), "ann");
  EXPECT_EQ(engine.NameOf(export_queue), "export");
  EXPECT_EQ(engine.SkillsOf(export_queue), french);
  EXPECT_EQ(engine.NameOf(engine.FindSkill("french")), "french");
  EXPECT_EQ(engine.FindActivity("Offline"), kOffline);
  EXPECT_EQ(engine.RoleOf(ActivityRole::kLogout), kOffline);
  EXPECT_EQ(engine.CustomerOf(id), "c@x");
  EXPECT_EQ(engine.BusinessOf(id), "shop");
  EXPECT_FALSE(engine.FindOpen(Medium::kSms, "c@x", "shop"));
  EXPECT_EQ(engine.NameOf(AgentId{}), "");
  EXPECT_EQ(engine.ReservationTimeoutOf(WorkflowId{}), 0ms);
}

// The key of two addresses is one text; where one ends must not matter to who is who.
TEST(QueryTest, AddressesThatRunTogetherAreTwoConversations) {
  World world;
  world.Do(Message{Medium::kSms, "12", "3", 1, {.queue = world.support()}});
  world.Do(Message{Medium::kSms, "1", "23", 1, {.queue = world.support()}});
  EXPECT_EQ(world.engine().Count().conversations, 2u);
}

TEST(QueryTest, CountsFollowWhatIsThere) {
  Settings settings;
  settings.task.retention = 1min;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId id = Accepted(world, ann, "c@x");
  EXPECT_EQ(world.engine().Count().messages, 1u);
  EXPECT_EQ(world.engine().Count().reservations, 1u);
  world.Do(Close{id});
  EXPECT_EQ(world.engine().Count().conversations, 0u);
  EXPECT_EQ(world.engine().Count().messages, 0u);
  EXPECT_EQ(world.engine().Count().tasks, 1u);  // Kept for a minute.
  world.Pass(1min);
  EXPECT_EQ(world.engine().Count().tasks, 0u);
  EXPECT_EQ(world.engine().Count().timers, 0u);
}

}  // namespace
}  // namespace parley
