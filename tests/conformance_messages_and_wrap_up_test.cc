// tests/conformance_messages_and_wrap_up_test.cc — what is said, and how an agent finishes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The references of a conversation's messages, oldest first.
std::vector<uint64_t> Refs(const World& world, ConversationId id) {
  std::vector<uint64_t> refs;
  for (const HistoryEntry& entry : world.engine().History(id)) refs.push_back(entry.ref);
  return refs;
}

// What one message and its answer lead to, by name.
std::vector<std::string> LifeOn(Medium medium) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Write("c", medium);
  std::vector<std::string> names = world.Trace();
  const auto add = [&](const Command& command) {
    world.Do(command);
    for (const std::string& name : world.Trace()) names.push_back(name);
  };
  add(Accept{world.At(world.At(c).live_task).reservation});
  add(Reply{c, ann, 2});
  add(End{c, ann});
  add(Complete{world.At(c).live_task, ann});
  return names;
}

class ConformanceMessagesOnEveryMedium : public testing::TestWithParam<Medium> {};
INSTANTIATE_TEST_SUITE_P(Media, ConformanceMessagesOnEveryMedium, testing::ValuesIn(kAllMedia),
                         NameOfMedium);

// R-EM-01: an email task comes the way that tasks of every medium come, event by event.
TEST_P(ConformanceMessagesOnEveryMedium, EveryMediumTakesTheSameWay) {
  EXPECT_EQ(LifeOn(GetParam()), LifeOn(Medium::kEmail));
}

// R-EM-01: and that way is this one. B10: End closes the conversation at Complete.
TEST(ConformanceMessagesTest, AnEmailIsOfferedAcceptedAnsweredEndedAndCompleted) {
  EXPECT_THAT(
      LifeOn(Medium::kEmail),
      ElementsAre("ConversationOpened", "MessageAdded", "ChannelChanged", "TaskCreated",
                  "TaskQueued", "ReservationCreated", "ReservationAccepted", "ParticipantJoined",
                  "MessageAdded", "ReservationWrapUp", "TaskWrapUp", "ReservationCompleted",
                  "TaskCompleted", "ParticipantLeft", "ChannelChanged", "ConversationClosed"));
}

// R-EM-02: what has just arrived stands on top of the agent's list.
TEST(ConformanceMessagesTest, TheNewestOfferIsOnTop) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetCapacity{ann, Medium::kEmail, 3});
  const TaskId first = world.At(world.Write("first@x")).live_task;
  const TaskId second = world.At(world.Write("second@x")).live_task;
  EXPECT_THAT(world.engine().WorklistOf(ann).offers, ElementsAre(second, first));
  const TaskId third = world.At(world.Write("third@x")).live_task;
  EXPECT_THAT(world.engine().WorklistOf(ann).offers, ElementsAre(third, second, first));
}

// R-EM-03: before he answers, the agent can read a summary of what is offered: here what the
// offer leads to, who writes on what since when; texts are the host's, and the history comes later.
TEST(ConformanceMessagesTest, AnAgentReadsAboutATaskBeforeHeAcceptsOrDeclines) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Write("c@x");
  const TaskId task = world.Only<ReservationCreated>().task;
  EXPECT_THAT(world.engine().WorklistOf(ann).offers, ElementsAre(task));
  EXPECT_EQ(world.At(task).state, TaskState::kReserved);
  EXPECT_EQ(world.At(task).conversation, c);
  EXPECT_EQ(world.At(task).medium, Medium::kEmail);
  EXPECT_EQ(world.At(task).queue, world.support());
  EXPECT_EQ(world.At(task).created, world.clock().Now());
  EXPECT_EQ(world.engine().CustomerOf(c), "c@x");
  EXPECT_EQ(world.engine().BusinessOf(c), "shop");
}

// R-EM-04: the history is read oldest first. R-EM-07: the agent's own replies are part of it.
TEST(ConformanceMessagesTest, TheHistoryIsReadOldestFirstAndHoldsTheRepliesToo) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Write("c@x", Medium::kEmail, 5);
  world.Pass(1s);
  world.Write("c@x", Medium::kEmail, 4);
  world.AcceptNewest(ann);
  world.Do(Reply{c, ann, 9});
  EXPECT_EQ(world.Only<MessageAdded>(), (MessageAdded{c, 3, ann, 9}));
  EXPECT_TRUE(world.engine().MayRead(ann, c));
  EXPECT_THAT(Refs(world, c), ElementsAre(5, 4, 9));
  EXPECT_EQ(world.engine().History(c)[0].author, AgentId());
  EXPECT_EQ(world.engine().History(c)[2].author, ann);
}

// R-EM-05, B5 C13, B8: while a task is open, what the customer writes makes no other task: while it
// waits, while it is offered, while it is assigned.
TEST(ConformanceMessagesTest, AMessageWhileATaskIsOpenIsAppendedAndMakesNoTask) {
  World world;
  const ConversationId c = world.Write("c@x");
  const auto write = [&](uint32_t number) {
    EXPECT_EQ(world.Write("c@x"), c);
    EXPECT_THAT(world.Trace(), ElementsAre("MessageAdded"));
    EXPECT_EQ(world.Only<MessageAdded>().number, number);
  };
  write(2);
  const AgentId ann = world.AddAvailable("ann");
  write(3);
  world.AcceptNewest(ann);
  write(4);
  EXPECT_EQ(world.engine().Count().tasks, 1u);
}

// R-EM-06: until the task is complete, all that is said is in the one conversation.
TEST(ConformanceMessagesTest, AllMessagesAreInOneConversationUntilComplete) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Do(Reply{c, ann, 2});
  world.Write("c@x", Medium::kEmail, 3);
  world.Do(End{c, ann});
  EXPECT_EQ(world.Write("c@x", Medium::kEmail, 4), c);
  EXPECT_THAT(Refs(world, c), ElementsAre(1, 2, 3, 4));
}

// R-EM-07: only the agent who has the task may reply.
TEST(ConformanceMessagesTest, OnlyTheAssignedAgentReplies) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAvailable("bob");
  const ConversationId c = world.Write("c@x");
  EXPECT_EQ(world.Try(Reply{c, ann, 2}), Refusal::kWrongState);
  world.AcceptNewest(ann);
  EXPECT_EQ(world.Try(Reply{c, bob, 2}), Refusal::kNotOwner);
  EXPECT_EQ(world.Try(Reply{c, ann, 2}), Refusal::kNone);
}

// R-EM-08: an agent finishes by End or by Leave, and by Pause where it is on.
TEST(ConformanceMessagesTest, TheWaysToFinishAreEndAndLeaveAndPauseWhereItIsOn) {
  for (const bool pause : {false, true}) {
    Settings settings;
    settings.leave.enabled = true;
    settings.pause.enabled = pause;
    World world(settings);
    const AgentId ann = world.AddAvailable("ann");
    const ConversationId c = world.Write("c@x");
    const TaskId task = world.At(c).live_task;
    EXPECT_EQ(world.engine().AllowedFor(ann, task),
              (AllowedActions{.accept = true, .decline = true}));
    world.AcceptNewest(ann);
    const AllowedActions allowed = world.engine().AllowedFor(ann, task);
    EXPECT_TRUE(allowed.end);
    EXPECT_TRUE(allowed.leave);
    EXPECT_EQ(allowed.pause, pause);
  }
}

// ---- Wrap-up ----

// R-WR-01: End puts the task in wrap-up. B1 T12: which only an assigned task can go to.
TEST_P(ConformanceMessagesOnEveryMedium, EndPutsTheTaskInWrapUp) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Write("c", GetParam());
  const TaskId task = world.At(c).live_task;
  EXPECT_EQ(world.Try(End{c, ann}), Refusal::kWrongState);
  world.AcceptNewest(ann);
  world.Do(End{c, ann});
  EXPECT_THAT(world.Trace(), ElementsAre("ReservationWrapUp", "TaskWrapUp"));
  EXPECT_EQ(world.At(task).state, TaskState::kWrapping);
  EXPECT_EQ(world.Try(End{c, ann}), Refusal::kWrongState);
}

// R-WR-02: in wrap-up everything can still be read: after End, and after Leave.
TEST(ConformanceMessagesTest, InWrapUpTheWholeHistoryIsRead) {
  for (const bool leave : {false, true}) {
    World world(LeaveAndPauseOn());
    const AgentId ann = world.AddAvailable("ann");
    const ConversationId c = world.Serve(ann, "c@x");
    world.Do(Reply{c, ann, 2});
    leave ? world.Do(Leave{c, ann}) : world.Do(End{c, ann});
    EXPECT_TRUE(world.engine().MayRead(ann, c));
    EXPECT_THAT(Refs(world, c), ElementsAre(1, 2));
    world.Do(Complete{world.At(c).last_task, ann});
    EXPECT_FALSE(world.engine().MayRead(ann, c));
  }
}

// R-WR-03: ... and nothing more is written: after End, and after Leave.
TEST(ConformanceMessagesTest, InWrapUpTheAgentDoesNotWrite) {
  for (const bool leave : {false, true}) {
    World world(LeaveAndPauseOn());
    const AgentId ann = world.AddAvailable("ann");
    const ConversationId c = world.Serve(ann, "c@x");
    leave ? world.Do(Leave{c, ann}) : world.Do(End{c, ann});
    EXPECT_EQ(world.Try(Reply{c, ann, 2}), Refusal::kReplyInWrapUp);
    EXPECT_THAT(Refs(world, c), ElementsAre(1));
    EXPECT_FALSE(world.engine().AllowedFor(ann, world.At(c).last_task).reply);
  }
}

// R-WR-04: Complete is the last step, and an act of its own.
TEST(ConformanceMessagesTest, CompleteIsTheLastStepOfWrapUp) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAgentNamed("bob");
  const ConversationId c = world.Serve(ann, "c@x");
  const TaskId task = world.At(c).live_task;
  world.Do(End{c, ann});
  world.Pass(7 * kDay);
  EXPECT_EQ(world.At(task).state, TaskState::kWrapping);
  EXPECT_EQ(world.Try(Complete{task, bob}), Refusal::kNotOwner);
  EXPECT_EQ(world.Try(Complete{task, ann}), Refusal::kNone);
  EXPECT_EQ(world.At(task).state, TaskState::kCompleted);
  EXPECT_EQ(world.Try(Complete{task, ann}), Refusal::kGone);
}

// R-WR-05: who is not qualified is never offered a task, however idle he is.
TEST(ConformanceMessagesTest, ATaskNobodyAcceptedGoesOnlyToAQualifiedAgent) {
  World world;
  const SkillSet french = world.AddSkillNamed("french");
  const AgentId ann = world.AddAvailable("ann", french);
  const AgentId cid = world.AddAvailable("cid");
  world.Do(Message{Medium::kEmail, "c@x", "shop", 1, {world.support(), french}});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
  world.Do(Decline{world.Only<ReservationCreated>().reservation});
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  EXPECT_THAT(world.engine().WorklistOf(cid).offers, IsEmpty());
  const AgentId dora = world.AddAvailable("dora", french);
  EXPECT_EQ(world.Only<ReservationCreated>().agent, dora);
}

// R-WR-05: ... nor by a queue that needs what he has not.
TEST(ConformanceMessagesTest, TheSkillsOfTheQueueCountToo) {
  World world;
  const SkillSet french = world.AddSkillNamed("french");
  const QueueId paris = world.AddQueueNamed("paris", french);
  world.AddAvailable("cid");
  world.Do(Message{Medium::kEmail, "c@x", "shop", 1, {.queue = paris}});
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  const AgentId ann = world.AddAvailable("ann", french);
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
}

// B8: what the customer writes during wrap-up after End is kept, and told; the conversation stays
// open past Complete, with a new task, unless set otherwise.
TEST(ConformanceMessagesTest, AMessageDuringWrapUpReopensAtCompleteUnlessSetOtherwise) {
  for (const bool reopen : {true, false}) {
    Settings settings;
    settings.conversation.reopen_unanswered = reopen;
    World world(settings);
    const AgentId ann = world.AddAvailable("ann");
    const ConversationId c = world.Serve(ann, "c@x");
    const TaskId task = world.At(c).live_task;
    world.Do(End{c, ann});
    EXPECT_EQ(world.Write("c@x"), c);
    EXPECT_THAT(world.Trace(), ElementsAre("MessageAdded", "CustomerMessageDuringWrapUp"));
    world.Do(Complete{task, ann});
    EXPECT_EQ(world.Happened<ConversationClosed>(), !reopen);
    EXPECT_EQ(world.Happened<TaskCreated>(), reopen);
  }
}

}  // namespace
}  // namespace parley
