// tests/conformance_resume_test.cc — Resume: by whom, until when, with and without room.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Ann has paused c@x and then filled her one place with another customer.
struct FullOwner {
  explicit FullOwner(const Settings& settings) : world(settings) {
    ann = world.AddAvailable("ann");
    paused = world.ServeAndPause(ann, "c@x");
    other = world.Serve(ann, "other@x");
  }
  World world;
  AgentId ann;
  ConversationId paused;
  ConversationId other;
};

Settings AtCapacity(ResumeAtCapacity rule) {
  Settings settings = LeaveAndPauseOn();
  settings.pause.resume_at_capacity = rule;
  return settings;
}

// R-RS-01: the owner may resume at any moment before the limit: at once,
TEST(ConformanceResumeTest, TheOwnerMayResumeAtOnce) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  EXPECT_TRUE(world.engine().MayResume(ann, c));
  EXPECT_EQ(world.Try(Resume{c, ann}), Refusal::kNone);
}

// R-RS-01: ... and still 1 ms before it. R-PX-06, E-26: at the limit it is too late.
TEST(ConformanceResumeTest, TheOwnerMayResumeUntilJustBeforeTheLimit) {
  for (const Duration after : {14 * kDay - 1ms, 14 * kDay, 14 * kDay + 1ms}) {
    World world(LeaveAndPauseOn());
    const AgentId ann = world.AddAvailable("ann");
    const ConversationId c = world.ServeAndPause(ann, "c@x");
    world.clock().Pass(after);
    world.Do(Resume{c, ann});
    const bool in_time = after < 14 * kDay;
    EXPECT_EQ(world.refusal(), in_time ? Refusal::kNone : Refusal::kNotPaused);
    EXPECT_EQ(world.Happened<PauseExpired>(), !in_time);
  }
}

// R-RS-01: nobody else may.
TEST(ConformanceResumeTest, NobodyButTheOwnerMayResume) {
  World world(LeaveAndPauseOn());
  const ConversationId c = world.ServeAndPause(world.AddAvailable("ann"), "c@x");
  const AgentId bob = world.AddAvailable("bob");
  EXPECT_FALSE(world.engine().MayResume(bob, c));
  EXPECT_EQ(world.Try(Resume{c, bob}), Refusal::kNotOwner);
}

class ConformanceResumeOnEveryMedium : public testing::TestWithParam<Medium> {};
INSTANTIATE_TEST_SUITE_P(Media, ConformanceResumeOnEveryMedium, testing::ValuesIn(kAllMedia),
                         NameOfMedium);

// R-RS-02: the channel goes from pause to active. R-RS-03: there is a new task, and the
// conversation is the same. B5 C9, B10: in this order.
TEST_P(ConformanceResumeOnEveryMedium, ResumeMakesANewTaskForTheSameConversation) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c", GetParam());
  const TaskId old = world.At(c).last_task;
  world.Do(Resume{c, ann});
  EXPECT_THAT(world.Trace(),
              ElementsAre("ChannelChanged", "TaskCreated", "ReservationCreated",
                          "ReservationAccepted", "ParticipantJoined", "TaskResumed"));
  EXPECT_EQ(world.Only<ChannelChanged>(),
            (ChannelChanged{c, ChannelState::kPause, ChannelState::kActive}));
  EXPECT_EQ(world.Only<TaskCreated>().conversation, c);
  EXPECT_EQ(world.Only<TaskCreated>().previous, old);
  EXPECT_NE(world.Only<TaskCreated>().task, old);
}

// R-RS-04: the owner has it assigned at once, without being asked.
TEST_P(ConformanceResumeOnEveryMedium, TheOwnerHasTheNewTaskWithoutAcceptingIt) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c", GetParam());
  world.Do(Resume{c, ann});
  const TaskId task = world.At(c).live_task;
  EXPECT_EQ(world.Only<TaskResumed>(), (TaskResumed{c, ann, ResumedHow::kAutoAccepted, task}));
  EXPECT_EQ(world.At(task).state, TaskState::kAssigned);
  EXPECT_EQ(world.At(task).agent, ann);
  EXPECT_THAT(world.engine().WorklistOf(ann).live, ElementsAre(task));
  EXPECT_THAT(world.engine().PausedBy(ann), IsEmpty());
}

// R-RS-04, E-40: not even a longer queue or a longer idle agent comes between.
TEST(ConformanceResumeTest, ResumePassesByTheQueueAndThoseWhoWaitLonger) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.AddAvailable("bob");
  world.Do(Resume{c, ann});
  EXPECT_EQ(world.At(world.At(c).live_task).agent, ann);
  EXPECT_FALSE(world.Happened<TaskQueued>());
}

// R-RS-05: at capacity it is not accepted for him; the queue decides, and anyone may get it.
TEST(ConformanceResumeTest, AtCapacityItIsRoutedAndAnotherMayGetIt) {
  FullOwner full(LeaveAndPauseOn());
  World& world = full.world;
  const AgentId bob = world.AddAvailable("bob");
  world.Do(Resume{full.paused, full.ann});
  const TaskId task = world.At(full.paused).live_task;
  EXPECT_THAT(world.Trace(), ElementsAre("ChannelChanged", "ConversationRerouted", "TaskCreated",
                                         "TaskQueued", "TaskResumed", "ReservationCreated"));
  EXPECT_EQ(world.Only<TaskResumed>(),
            (TaskResumed{full.paused, full.ann, ResumedHow::kReroutedAtCapacity, task}));
  EXPECT_EQ(world.Only<ReservationCreated>().agent, bob);
  EXPECT_THAT(world.engine().PausedBy(full.ann), IsEmpty());
}

// R-RS-05, E-9: ... and waits in the queue of old when nobody is free.
TEST(ConformanceResumeTest, AtCapacityItWaitsInItsQueueWhenNobodyIsFree) {
  FullOwner full(LeaveAndPauseOn());
  World& world = full.world;
  world.Do(Resume{full.paused, full.ann});
  const TaskId task = world.At(full.paused).live_task;
  EXPECT_EQ(world.At(task).state, TaskState::kPending);
  EXPECT_THAT(world.engine().WaitingIn(world.support()), ElementsAre(task));
  EXPECT_EQ(world.At(full.paused).owner, AgentId());
  EXPECT_EQ(world.Only<ConversationRerouted>().cause, RerouteCause::kResumedAtCapacity);
}

// R-RS-05: full on another medium is not at capacity.
TEST(ConformanceResumeTest, ARoomOnTheMediumOfTheConversationIsEnough) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x", Medium::kEmail);
  world.Serve(ann, "chat", Medium::kChat);
  world.Do(Resume{c, ann});
  EXPECT_EQ(world.Only<TaskResumed>().how, ResumedHow::kAutoAccepted);
}

// E-9: a full owner may also be refused, and it stays paused;
TEST(ConformanceResumeTest, AtCapacityItIsRefusedIfSetSo) {
  FullOwner full(AtCapacity(ResumeAtCapacity::kRefuse));
  EXPECT_FALSE(full.world.engine().MayResume(full.ann, full.paused));
  EXPECT_EQ(full.world.Try(Resume{full.paused, full.ann}), Refusal::kAtCapacity);
  EXPECT_EQ(full.world.At(full.paused).state, ChannelState::kPause);
}

// E-9: ... or it waits for him alone until he has room;
TEST(ConformanceResumeTest, AtCapacityItWaitsForItsOwnerIfSetSo) {
  FullOwner full(AtCapacity(ResumeAtCapacity::kWaitSameAgent));
  World& world = full.world;
  world.AddAvailable("bob");
  world.Do(Resume{full.paused, full.ann});
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  world.Do(Complete{world.At(full.other).live_task, full.ann});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, full.ann);
}

// E-9: ... or he gets it on top.
TEST(ConformanceResumeTest, AtCapacityItIsForcedIfSetSo) {
  FullOwner full(AtCapacity(ResumeAtCapacity::kForce));
  full.world.Do(Resume{full.paused, full.ann});
  EXPECT_EQ(full.world.Only<TaskResumed>().how, ResumedHow::kAutoAccepted);
  EXPECT_EQ(full.world.Used(full.ann, Medium::kEmail), 2u);
}

// R-RS-06: a resumed task takes a unit of its owner's capacity again.
TEST_P(ConformanceResumeOnEveryMedium, ResumeTakesAUnitOfCapacityAgain) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c", GetParam());
  EXPECT_EQ(world.Used(ann, GetParam()), 0u);
  world.Do(Resume{c, ann});
  EXPECT_EQ(world.Used(ann, GetParam()), 1u);
  world.Write("next", GetParam());
  EXPECT_FALSE(world.Happened<ReservationCreated>());
}

// E-8: an agent who is busy may resume, unless the settings say that he must be available.
TEST(ConformanceResumeTest, ABusyAgentMayResumeUnlessSetOtherwise) {
  for (const bool strict : {false, true}) {
    Settings settings = LeaveAndPauseOn();
    settings.pause.resume_requires_available = strict;
    World world(settings);
    world.Do(AddActivity{"Break", false});
    const AgentId ann = world.AddAvailable("ann");
    const ConversationId c = world.ServeAndPause(ann, "c@x");
    world.Do(SetActivity{ann, world.engine().FindActivity("Break")});
    EXPECT_EQ(world.Try(Resume{c, ann}), strict ? Refusal::kAgentUnavailable : Refusal::kNone);
  }
}

// E-8: one who is logged out or disconnected may not.
TEST(ConformanceResumeTest, AnOfflineAgentMayNotResume) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.Do(Logout{ann});
  EXPECT_EQ(world.Try(Resume{c, ann}), Refusal::kAgentOffline);
  world.Do(SetActivity{ann, kAvailable});
  world.Do(Disconnect{ann, SessionId{1}, DisconnectReason::kNetwork});
  EXPECT_EQ(world.At(ann).activity, kAvailable);
  EXPECT_EQ(world.Try(Resume{c, ann}), Refusal::kAgentOffline);
  world.Do(Connect{ann, SessionId{2}});
  EXPECT_EQ(world.Try(Resume{c, ann}), Refusal::kNone);
}

}  // namespace
}  // namespace parley
