// tests/conformance_pause_test.cc — Pause, and a conversation while it is paused, as required.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ConformancePauseOnEveryMedium : public testing::TestWithParam<Medium> {};
INSTANTIATE_TEST_SUITE_P(Media, ConformancePauseOnEveryMedium, testing::ValuesIn(kAllMedia),
                         NameOfMedium);

// R-PS-01: only the agent who has accepted the task may pause it. E-41: not in wrap-up either.
TEST(ConformancePauseTest, OnlyTheAssignedAgentMayPause) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAvailable("bob");
  const ConversationId c = world.Write("c@x");
  EXPECT_EQ(world.Try(Pause{c, ann}), Refusal::kWrongState);  // Offered to her, and no more.
  world.AcceptNewest(ann);
  EXPECT_EQ(world.Try(Pause{c, bob}), Refusal::kNotOwner);
  EXPECT_EQ(world.Try(Pause{c, ann}), Refusal::kNone);
  EXPECT_EQ(world.Try(Pause{c, ann}), Refusal::kWrongState);
  const ConversationId other = world.Serve(bob, "other@x");
  world.Do(End{other, bob});
  EXPECT_EQ(world.Try(Pause{other, bob}), Refusal::kWrongState);
}

// R-PS-02, E-1: paused, it is still that agent's.
TEST_P(ConformancePauseOnEveryMedium, APausedItemBelongsToTheAgentWhoPausedIt) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c", GetParam());
  ASSERT_EQ(world.engine().PausedBy(ann).size(), 1u);
  EXPECT_EQ(world.engine().PausedBy(ann)[0].conversation, c);
  EXPECT_EQ(world.engine().PausedBy(ann)[0].owner, ann);
  EXPECT_EQ(world.At(c).owner, ann);
  world.Pass(14 * kDay - 1ms);
  EXPECT_EQ(world.At(c).owner, ann);
}

// R-PS-03: one unit of capacity is free within the command, and a waiting task takes it.
TEST_P(ConformancePauseOnEveryMedium, PauseFreesCapacityAtOnce) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c", GetParam());
  const ConversationId next = world.Write("next", GetParam());
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  world.Do(Pause{c, ann});
  EXPECT_EQ(world.Only<ReservationCreated>().task, world.At(next).live_task);
  EXPECT_EQ(world.At(ann).For(GetParam()).accepted, 0u);
  EXPECT_EQ(world.Used(ann, GetParam()), 1u);  // The offer of the next one.
}

// R-PS-04, E-24: the agent stays in his activity and goes on being offered work.
TEST(ConformancePauseTest, PausingDoesNotTakeTheAgentOutOfRouting) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  world.ServeAndPause(ann, "c@x");
  EXPECT_FALSE(world.Happened<ActivityChanged>());
  EXPECT_EQ(world.At(ann).activity, kAvailable);
  world.Write("next@x");
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
}

// R-PS-05, E-2, B10: wrap-up and end come in the one command, and both are told.
TEST_P(ConformancePauseOnEveryMedium, TheTaskIsWrappedUpAndCompletedInTheOneCommand) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  world.ServeAndPause(ann, "c", GetParam());
  EXPECT_THAT(world.Trace(),
              ElementsAre("ParticipantLeft", "ReservationWrapUp", "TaskWrapUp",
                          "ReservationCompleted", "TaskCompleted", "ChannelChanged", "TaskPaused"));
  for (const Event& event : world.last()) EXPECT_EQ(event.at, world.clock().Now());
}

// E-2: by the other reading of it, the agent completes the wrap-up himself.
TEST(ConformancePauseTest, TheAgentCompletesTheWrapUpWhereTheSettingsSaySo) {
  Settings settings = LeaveAndPauseOn();
  settings.pause.mode = ParkMode::kWrapUp;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  EXPECT_EQ(world.At(world.At(c).last_task).state, TaskState::kWrapping);
  EXPECT_EQ(world.At(c).state, ChannelState::kPause);
  EXPECT_EQ(world.Used(ann, Medium::kEmail), 1u);
  EXPECT_EQ(world.Try(Complete{world.At(c).last_task, ann}), Refusal::kNone);
  EXPECT_EQ(world.Used(ann, Medium::kEmail), 0u);
  EXPECT_EQ(world.At(c).owner, ann);
}

// R-PS-06: the task is closed, the conversation is not.
TEST(ConformancePauseTest, TheTaskIsClosedAndTheConversationStaysOpen) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  EXPECT_EQ(world.At(world.At(c).last_task).state, TaskState::kCompleted);
  EXPECT_EQ(world.At(c).live_task, TaskId());
  EXPECT_FALSE(world.Happened<ConversationClosed>());
  EXPECT_EQ(world.engine().FindOpen(Medium::kEmail, "c@x", "shop"), c);
}

// R-PS-07: the channel goes from active to pause, and not to inactive.
TEST_P(ConformancePauseOnEveryMedium, TheChannelGoesToPauseAndNotToInactive) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c", GetParam());
  EXPECT_EQ(world.Only<ChannelChanged>(),
            (ChannelChanged{c, ChannelState::kActive, ChannelState::kPause}));
  EXPECT_THAT(world.engine().Left(), IsEmpty());
}

// R-PS-08: paused items have a list of their own, and are in none of the lists of live work.
TEST(ConformancePauseTest, PausedItemsAreListedApartFromLiveTasks) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAgentNamed("bob");
  const ConversationId first = world.ServeAndPause(ann, "first@x");
  const ConversationId second = world.ServeAndPause(ann, "second@x");
  const ConversationId live = world.Serve(ann, "live@x");
  const Worklist list = world.engine().WorklistOf(ann);
  EXPECT_THAT(list.paused, ElementsAre(first, second));
  EXPECT_THAT(list.live, ElementsAre(world.At(live).live_task));
  EXPECT_THAT(list.wrapping, IsEmpty());
  EXPECT_THAT(world.engine().PausedBy(bob), IsEmpty());
  EXPECT_EQ(world.engine().PausedIn(world.support()).size(), 2u);
}

// R-PS-09: its owner, and nobody else, can read it while it is paused.
TEST(ConformancePauseTest, TheOwnerReadsAPausedConversation) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAgentNamed("bob");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.Write("c@x", Medium::kEmail, 2);
  EXPECT_TRUE(world.engine().MayRead(ann, c));
  EXPECT_FALSE(world.engine().MayRead(bob, c));
  EXPECT_EQ(world.engine().History(c).size(), 2u);
}

// E-25: he is no participant meanwhile and cannot write; he is one again after Resume.
TEST(ConformancePauseTest, TheOwnerDoesNotWriteWhileItIsPaused) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  EXPECT_EQ(world.Only<ParticipantLeft>(), (ParticipantLeft{c, ann}));
  EXPECT_EQ(world.Try(Reply{c, ann, 2}), Refusal::kWrongState);
  world.Do(Resume{c, ann});
  EXPECT_EQ(world.Only<ParticipantJoined>(), (ParticipantJoined{c, ann}));
  EXPECT_EQ(world.Try(Reply{c, ann, 2}), Refusal::kNone);
}

// E-42: there is no limit to how much an agent pauses, unless one is set.
TEST(ConformancePauseTest, HowManyAnAgentMayPauseIsASetting) {
  Settings settings = LeaveAndPauseOn();
  EXPECT_EQ(settings.pause.max_per_agent, kUnlimited);
  settings.pause.max_per_agent = 1;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId first = world.ServeAndPause(ann, "first@x");
  EXPECT_EQ(world.Try(Pause{world.Serve(ann, "second@x"), ann}), Refusal::kTooManyPaused);
  world.Do(SetCapacity{ann, Medium::kEmail, 2});
  world.Do(Resume{first, ann});
  EXPECT_EQ(world.Try(Pause{first, ann}), Refusal::kNone);
}

// ---- The customer writes meanwhile (E-7) ----

// E-7, B5 C11: the message is kept, the pause goes on, and the owner is told how many there are.
TEST(ConformancePauseTest, ACustomersMessageIsKeptAndThePauseGoesOn) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.Write("c@x");
  world.Write("c@x");
  EXPECT_THAT(world.Trace(), ElementsAre("MessageAdded", "CustomerMessageWhilePaused"));
  EXPECT_EQ(world.Only<CustomerMessageWhilePaused>(), (CustomerMessageWhilePaused{c, ann, 2}));
  EXPECT_EQ(world.engine().PausedBy(ann)[0].unread, 2u);
  EXPECT_EQ(world.At(c).state, ChannelState::kPause);
}

// E-7: if set so, it resumes the pause for its owner.
TEST(ConformancePauseTest, ACustomersMessageResumesIfSetSo) {
  Settings settings = LeaveAndPauseOn();
  settings.pause.on_customer_message = PausedMessage::kAutoResume;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.Write("c@x");
  EXPECT_EQ(world.Only<TaskResumed>().how, ResumedHow::kAutoAccepted);
  world.Do(Pause{c, ann});
  world.Do(Disconnect{ann, SessionId{1}, DisconnectReason::kNetwork});
  world.Write("c@x");  // ... as long as he could have resumed it himself.
  EXPECT_EQ(world.At(c).state, ChannelState::kPause);
}

// E-7: ... or gives it to the queue.
TEST(ConformancePauseTest, ACustomersMessageRequeuesIfSetSo) {
  Settings settings = LeaveAndPauseOn();
  settings.pause.on_customer_message = PausedMessage::kRequeue;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  const AgentId bob = world.AddAvailable("bob");
  world.Write("c@x");
  EXPECT_EQ(world.Only<PauseExpired>(),
            (PauseExpired{c, ann, world.support(), PauseEnd::kCustomerWrote}));
  EXPECT_EQ(world.Only<ReservationCreated>().agent, bob);
  EXPECT_THAT(world.engine().PausedBy(ann), IsEmpty());
}

// B5 C12: the host may close what is paused; nothing of it is left.
TEST(ConformancePauseTest, ClosingAPausedConversationDropsItsRecord) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.Do(Close{c});
  EXPECT_EQ(world.Only<ChannelChanged>(),
            (ChannelChanged{c, ChannelState::kPause, ChannelState::kClosed}));
  EXPECT_THAT(world.engine().PausedBy(ann), IsEmpty());
  world.Pass(15 * kDay);
  EXPECT_THAT(world.last(), IsEmpty());
  EXPECT_EQ(world.Try(Resume{c, ann}), Refusal::kGone);
}

}  // namespace
}  // namespace parley
