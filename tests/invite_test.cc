// Several agents in one channel: what the stories in scenarios/ do not tell.

#include <gtest/gtest.h>

#include <algorithm>

#include "parley/machine/task_machine.h"
#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

using ::testing::ElementsAre;

template <class Row>
bool Does(const Row& row, TaskEffect effect) {
  return std::ranges::find(row.does, effect) != row.does.end();
}

TEST(InviteTest, WhatIsCanceledIsToldAsFailedIfItWasAnInvitation) {
  for (const auto& row : TaskMachine::kRows) {
    EXPECT_EQ(Does(row, TaskEffect::kTellNotJoined), row.to == TaskState::kCanceled)
        << Name(row.from) << Name(row.on);
  }
}

// P1: the live task is passed on before its agent goes; who goes alone takes the invitation along.
TEST(InviteTest, WhoeverGoesLeavesTheChannelToTheOthersIfThereAreAny) {
  for (const auto& row : TaskMachine::kRows) {
    if (row.from != TaskState::kAssigned || row.to == TaskState::kAssigned) continue;
    const bool several = row.when == TaskGuard::kOneOfSeveral;
    EXPECT_EQ(row.does[0] == TaskEffect::kPassLive, several) << Name(row.on);
    EXPECT_EQ(row.does[1] == TaskEffect::kStepOut, several) << Name(row.on);
    EXPECT_EQ(Does(row, TaskEffect::kUninvite), !several) << Name(row.on);
  }
}

// P16: who invited is gone when the other accepts. There is nothing to hand over.
TEST(InviteTest, AHandOverByAnAgentWhoHasGoneJustJoins) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAvailable("bob");
  const AgentId cid = world.AddAvailable("cid");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Do(Invite{c, ann, bob, {}});
  world.AcceptNewest(bob);
  world.Do(Invite{c, bob, cid, {}, /*hand_over=*/true});
  world.Do(End{c, bob});
  world.AcceptNewest(cid);
  EXPECT_THAT(world.engine().Participants(c), ElementsAre(ann, cid));
  EXPECT_FALSE(world.Happened<LiveTaskChanged>());
}

TEST(InviteTest, AMediumThatAcceptsByItselfJoinsTheInvitedAtOnce) {
  Settings settings;
  settings.media[static_cast<size_t>(Medium::kChat)].auto_accept = true;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Write("c@x", Medium::kChat);
  const AgentId bob = world.AddAvailable("bob");
  world.Do(Invite{c, ann, {}, {}, /*hand_over=*/true});
  EXPECT_THAT(world.engine().Participants(c), ElementsAre(bob));
  EXPECT_EQ(world.At(c).live_task, world.Only<TaskCreated>().task);
}

// The conversation goes on by the route by which it was handed over.
TEST(InviteTest, AHandOverTakesTheConversationToItsQueue) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAvailable("bob");
  const QueueId billing = world.AddQueueNamed("billing");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Do(Invite{c, ann, bob, {.queue = billing, .priority = 3}, /*hand_over=*/true});
  const TaskId task = world.AcceptNewest(bob);
  world.Do(Leave{c, bob});
  world.Do(Complete{task, bob});
  world.Write("c@x");
  EXPECT_EQ(world.Only<TaskCreated>().queue, billing);
  EXPECT_EQ(world.Only<TaskCreated>().priority, 3);
}

// A guest's place is his own: the conversation stays where it is.
TEST(InviteTest, WhatAGuestHandsOverIsOnlyHisPlace) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAvailable("bob");
  const AgentId cid = world.AddAvailable("cid");
  const QueueId billing = world.AddQueueNamed("billing");
  const ConversationId c = world.Serve(ann, "c@x");
  const TaskId live = world.At(c).live_task;
  const QueueId support = world.engine().Find(live)->queue;
  world.Do(Invite{c, ann, bob, {}});
  world.AcceptNewest(bob);
  world.Do(Invite{c, bob, cid, {.queue = billing, .priority = 3}, /*hand_over=*/true});
  const TaskId task = world.AcceptNewest(cid);
  EXPECT_THAT(world.engine().Participants(c), ElementsAre(ann, cid));
  EXPECT_EQ(world.At(c).live_task, live);
  world.Do(Leave{c, cid});
  world.Do(Complete{task, cid});
  world.Do(Leave{c, ann});
  world.Do(Complete{live, ann});
  world.Write("c@x");
  EXPECT_EQ(world.Only<TaskCreated>().queue, support);
  EXPECT_EQ(world.Only<TaskCreated>().priority, 0);
}

// The next one has to answer in his place, and has twice the time.
TEST(InviteTest, OfSeveralOnlyWhoIsSilentLosesIt) {
  Settings settings;
  settings.answer.limit = 10min;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAvailable("bob");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Do(Invite{c, ann, bob, {}});
  world.AcceptNewest(bob);
  world.Pass(10min);
  EXPECT_EQ(world.Only<AgentSilent>().agent, ann);
  EXPECT_THAT(world.engine().Participants(c), ElementsAre(bob));
  EXPECT_FALSE(world.Happened<ConversationRerouted>());
  world.Pass(20min - 1ms);
  EXPECT_FALSE(world.Happened<AgentSilent>());
  world.Pass(1ms);
  EXPECT_EQ(world.Only<AgentSilent>().agent, bob);
}

// His capacity is taken from the offer on, as for any task, and free when he has wrapped up.
TEST(InviteTest, AGuestUsesHisCapacity) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAvailable("bob");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Do(Invite{c, ann, bob, {}});
  EXPECT_EQ(world.Used(bob, Medium::kEmail), 1u);
  const TaskId task = world.AcceptNewest(bob);
  world.Do(End{c, bob});
  EXPECT_EQ(world.Used(bob, Medium::kEmail), 1u);
  world.Do(Complete{task, bob});
  EXPECT_EQ(world.Used(bob, Medium::kEmail), 0u);
  EXPECT_EQ(world.At(c).state, ChannelState::kActive);
}

}  // namespace
}  // namespace parley
