// tests/conformance_leave_test.cc — Leave, from the agent's act to the customer's reply.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Duration kLongest = 90 * kDay;

// R-LV-01: only the agent to whom the live task is assigned may leave it.
TEST(ConformanceLeaveTest, OnlyTheAssignedAgentOfALiveTaskMayLeave) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAvailable("bob");
  const ConversationId c = world.Write("c@x");
  EXPECT_EQ(world.Try(Leave{c, ann}), Refusal::kWrongState);  // Offered to her, and no more.
  world.AcceptNewest(ann);
  EXPECT_EQ(world.Try(Leave{c, bob}), Refusal::kNotOwner);
  EXPECT_EQ(world.Try(Leave{c, ann}), Refusal::kNone);
  EXPECT_EQ(world.Try(Leave{c, ann}), Refusal::kWrongState);  // She has left it.
  world.Do(Complete{world.At(c).last_task, ann});
  EXPECT_EQ(world.Try(Leave{c, ann}), Refusal::kWrongState);
}

// R-LV-01: ... and in wrap-up after End it is too late.
TEST(ConformanceLeaveTest, ATaskInWrapUpIsNotLeft) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Do(End{c, ann});
  EXPECT_EQ(world.Try(Leave{c, ann}), Refusal::kWrongState);
}

// R-LV-02: the agent is no participant any more.
TEST(ConformanceLeaveTest, TheAgentStopsBeingAParticipant) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  EXPECT_EQ(world.At(c).participant, ann);
  world.Do(Leave{c, ann});
  EXPECT_EQ(world.Only<ParticipantLeft>(), (ParticipantLeft{c, ann}));
  EXPECT_EQ(world.At(c).participant, AgentId());
}

// R-LV-03: the agent is in wrap-up for that task.
TEST(ConformanceLeaveTest, TheTaskAndItsReservationGoToWrapUp) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const TaskId task = world.At(c).live_task;
  world.Do(Leave{c, ann});
  EXPECT_EQ(world.At(task).state, TaskState::kWrapping);
  EXPECT_EQ(world.engine().Find(world.At(task).reservation)->state, ReservationState::kWrapping);
  EXPECT_THAT(world.engine().WorklistOf(ann).wrapping, ElementsAre(task));
}

// R-LV-05, B10: the steps come in this order. E-13: each change of the channel is told.
TEST(ConformanceLeaveTest, FirstTheAgentLeavesThenWrapUpThenInactiveThenCompleteThenTheReply) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Do(Leave{c, ann});
  EXPECT_THAT(world.Trace(), ElementsAre("ParticipantLeft", "ReservationWrapUp", "TaskWrapUp",
                                         "ChannelChanged", "ConversationLeft"));
  world.Do(Complete{world.At(c).last_task, ann});
  EXPECT_THAT(world.Trace(), ElementsAre("ReservationCompleted", "TaskCompleted"));
  world.Write("c@x");
  EXPECT_THAT(world.Trace(), ElementsAre("MessageAdded", "ChannelChanged",
                                         "ConversationReactivated", "ConversationRerouted",
                                         "TaskCreated", "TaskQueued", "ReservationCreated"));
}

// R-LV-06: wrap-up lasts until the agent completes it, for days if he likes.
TEST(ConformanceLeaveTest, TheTaskIsCompletedByASeparateActOfTheAgent) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const TaskId task = world.At(c).live_task;
  world.Do(Leave{c, ann});
  world.Pass(30 * kDay);
  EXPECT_EQ(world.At(task).state, TaskState::kWrapping);
  EXPECT_EQ(world.Try(Complete{task, ann}), Refusal::kNone);
  EXPECT_EQ(world.At(task).state, TaskState::kCompleted);
}

// R-LV-07: after Leave and Complete the agent has room. E-5: not before Complete.
TEST(ConformanceLeaveTest, CapacityIsFreeOnceTheTaskIsComplete) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const ConversationId next = world.Write("next@x");
  world.Do(Leave{c, ann});
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  EXPECT_EQ(world.Used(ann, Medium::kEmail), 1u);
  world.Do(Complete{world.At(c).last_task, ann});
  EXPECT_EQ(world.Only<ReservationCreated>().task, world.At(next).live_task);
}

// E-5: where wrap-up holds no capacity, it is free at Leave.
TEST(ConformanceLeaveTest, CapacityIsFreeAtLeaveWhereWrapUpHoldsNone) {
  Settings settings = LeaveAndPauseOn();
  settings.task.wrapping_uses_capacity = false;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Write("next@x");
  world.Do(Leave{c, ann});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
}

// R-LV-08, E-3: the task that was left is over, nobody's, and never waits in a line again.
TEST(ConformanceLeaveTest, TheTaskThatWasLeftIsOverAndNoLongerTheAgents) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndLeave(ann, "c@x");
  EXPECT_EQ(world.At(world.At(c).last_task).state, TaskState::kCompleted);
  EXPECT_EQ(world.At(c).live_task, TaskId());
  const Worklist list = world.engine().WorklistOf(ann);
  EXPECT_THAT(list.offers, IsEmpty());
  EXPECT_THAT(list.live, IsEmpty());
  EXPECT_THAT(list.wrapping, IsEmpty());
  EXPECT_THAT(world.engine().WaitingIn(world.support()), IsEmpty());
}

// R-LV-11, R-LV-12, E-4: the reply makes a new task for the same conversation.
TEST(ConformanceLeaveTest, AReplyMakesANewTaskForTheSameConversation) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndLeave(ann, "c@x");
  const TaskId old = world.At(c).last_task;
  EXPECT_EQ(world.Write("c@x"), c);
  const auto created = world.Only<TaskCreated>();
  EXPECT_NE(created.task, old);
  EXPECT_EQ(created.previous, old);
  EXPECT_EQ(created.conversation, c);
}

// R-LV-13: the new task waits in the queue like any other, behind those that came before it.
TEST(ConformanceLeaveTest, TheNewTaskIsRoutedLikeAnyOther) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndLeave(ann, "c@x");
  world.Do(SetActivity{ann, kOffline});
  const ConversationId other = world.Write("other@x");
  world.Pass(1s);
  world.Write("c@x");
  const TaskId task = world.At(c).live_task;
  EXPECT_EQ(world.At(task).state, TaskState::kPending);
  EXPECT_THAT(world.engine().WaitingIn(world.support()),
              ElementsAre(world.At(other).live_task, task));
  world.AddAvailable("bob");
  EXPECT_EQ(world.Only<ReservationCreated>().task, world.At(other).live_task);
}

// R-LV-14: ... and does not seek the agent who left: whoever is idle longest gets it.
TEST(ConformanceLeaveTest, TheReplyDoesNotSeekTheAgentWhoLeft) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndLeave(ann, "c@x");
  const AgentId bob = world.AddAvailable("bob");
  world.Pass(1h);
  world.Write("c@x");
  EXPECT_EQ(world.Only<ReservationCreated>().agent, bob);
  EXPECT_EQ(world.At(world.At(c).live_task).waits_for, AgentId());
}

// R-LV-15: ... nor does it avoid him: he may be the only one.
TEST(ConformanceLeaveTest, TheReplyMayGoToTheAgentWhoLeft) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  world.ServeAndLeave(ann, "c@x");
  world.Write("c@x");
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
}

// R-LV-16: whoever gets the new task reads all that was said, and the reply.
TEST(ConformanceLeaveTest, WhoeverOpensTheNewTaskSeesTheWholeHistory) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Do(Reply{c, ann, 2});
  world.Do(Leave{c, ann});
  world.Do(Complete{world.At(c).last_task, ann});
  world.Do(SetActivity{ann, kOffline});
  const AgentId bob = world.AddAvailable("bob");
  world.Pass(1h);
  world.Write("c@x", Medium::kEmail, 3);
  world.AcceptNewest(bob);
  const Instant start = Instant();
  EXPECT_TRUE(world.engine().MayRead(bob, c));
  EXPECT_THAT(world.engine().History(c),
              ElementsAre(HistoryEntry{AgentId(), start, 1}, HistoryEntry{ann, start, 2},
                          HistoryEntry{AgentId(), start + 1h, 3}));
}

// R-LV-19: meanwhile it waits for its customer, and is nobody's; then it is the queue's.
TEST(ConformanceLeaveTest, MeanwhileItAwaitsItsCustomerAndHasNoOwner) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndLeave(ann, "c@x");
  ASSERT_EQ(world.engine().Left().size(), 1u);
  const LeftItem left = world.engine().Left()[0];
  EXPECT_EQ(left.conversation, c);
  EXPECT_EQ(left.last_agent, ann);
  EXPECT_EQ(left.expires, left.left_at + kLongest);
  EXPECT_EQ(world.At(c).owner, AgentId());
  EXPECT_FALSE(world.engine().MayRead(ann, c));
  world.Do(SetActivity{ann, kOffline});
  world.Write("c@x");
  EXPECT_THAT(world.engine().Left(), IsEmpty());
  EXPECT_THAT(world.engine().WaitingIn(world.support()), Contains(world.At(c).live_task));
}

// R-LV-20: End closes the conversation when the wrap-up is complete, Leave keeps it open.
TEST(ConformanceLeaveTest, EndClosesTheConversationAndLeaveDoesNot) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  world.ServeAndLeave(ann, "left@x");
  EXPECT_FALSE(world.Happened<ConversationClosed>());
  const ConversationId ended = world.Serve(ann, "ended@x");
  world.Do(End{ended, ann});
  EXPECT_FALSE(world.Happened<ConversationClosed>());
  world.Do(Complete{world.At(ended).live_task, ann});
  EXPECT_EQ(world.Only<ConversationClosed>().conversation, ended);
}

// E-6, B8: a reply before Complete makes the new task at once; the old one wraps up beside it.
TEST(ConformanceLeaveTest, AReplyDuringTheWrapUpOfALeftTaskDoesNotWaitForIt) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetCapacity{ann, Medium::kEmail, 2});
  const ConversationId c = world.Serve(ann, "c@x");
  const TaskId old = world.At(c).live_task;
  world.Do(Leave{c, ann});
  world.Write("c@x");
  const TaskId fresh = world.AcceptNewest(ann);
  EXPECT_NE(fresh, old);
  EXPECT_EQ(world.At(old).state, TaskState::kWrapping);
  EXPECT_EQ(world.At(fresh).state, TaskState::kAssigned);
  EXPECT_EQ(world.Try(Reply{c, ann, 2}), Refusal::kNone);
  EXPECT_EQ(world.Try(Complete{old, ann}), Refusal::kNone);
  EXPECT_EQ(world.At(c).live_task, fresh);
}

// B10: a second reply before anyone accepts makes no second task.
TEST(ConformanceLeaveTest, ASecondReplyBeforeAnyoneAcceptsIsOnlyAppended) {
  World world(LeaveAndPauseOn());
  world.ServeAndLeave(world.AddAvailable("ann"), "c@x");
  world.Write("c@x");
  world.Write("c@x");
  EXPECT_THAT(world.Trace(), ElementsAre("MessageAdded"));
}

}  // namespace
}  // namespace parley
