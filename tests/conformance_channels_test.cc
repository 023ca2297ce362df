// tests/conformance_channels_test.cc — channels and conversations, row by row, orphans included.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A call that rings: its medium is still being set up.
ConversationId OpenCall(World& world) {
  world.Do(OpenConversation{Medium::kVoice, "c", "shop", {.queue = world.support()}});
  return world.engine().FindOpen(Medium::kVoice, "c", "shop");
}

// B5 C1: a conversation begins in setup, where nobody is offered it.
TEST(ConformanceChannelsTest, AConversationBeginsInSetup) {
  World world;
  world.AddAvailable("ann");
  const ConversationId c = OpenCall(world);
  EXPECT_THAT(world.Trace(), ElementsAre("ConversationOpened"));
  EXPECT_EQ(world.At(c).state, ChannelState::kSetup);
  EXPECT_EQ(world.Try(OpenConversation{Medium::kVoice, "c", "shop", {.queue = world.support()}}),
            Refusal::kAlreadyOpen);
}

// B5 C2: when the medium is ready it is active, and its task is offered.
TEST(ConformanceChannelsTest, ItIsActiveWhenItsMediumIsReady) {
  World world;
  world.AddAvailable("ann");
  const ConversationId c = OpenCall(world);
  world.Do(ChannelReady{c});
  EXPECT_THAT(world.Trace(),
              ElementsAre("ChannelChanged", "TaskCreated", "TaskQueued", "ReservationCreated"));
  EXPECT_EQ(world.At(c).state, ChannelState::kActive);
  EXPECT_EQ(world.Try(ChannelReady{c}), Refusal::kWrongState);
  EXPECT_EQ(world.Try(ChannelFailed{c}), Refusal::kWrongState);
}

// B5 C3: when it fails, or is not ready in time, the conversation is over.
TEST(ConformanceChannelsTest, ItFailsWhenItsMediumFails) {
  for (const bool told : {true, false}) {
    World world;
    const ConversationId c = OpenCall(world);
    told ? world.Do(ChannelFailed{c}) : world.Pass(120s);
    EXPECT_EQ(world.Only<ChannelChanged>(),
              (ChannelChanged{c, ChannelState::kSetup, ChannelState::kFailed}));
    EXPECT_EQ(world.Only<ConversationClosed>().conversation, c);
    EXPECT_EQ(world.Try(ChannelReady{c}), Refusal::kGone);
  }
}

// B5 C4, B7: an agent's Leave starts the record of it. B5 C5: so does the host's, without wrap-up.
TEST(ConformanceChannelsTest, LeaveStartsARecord) {
  for (const bool host : {false, true}) {
    World world(LeaveAndPauseOn());
    const AgentId ann = world.AddAvailable("ann");
    const ConversationId c = world.Serve(ann, "c@x");
    world.Do(Leave{c, host ? AgentId() : ann});
    EXPECT_EQ(world.Only<ConversationLeft>(),
              (ConversationLeft{c, ann, world.clock().Now() + 90 * kDay}));
    ASSERT_EQ(world.engine().Left().size(), 1u);
    EXPECT_EQ(world.engine().Left()[0].queue, world.support());
    EXPECT_EQ(world.Happened<TaskWrapUp>(), !host);
  }
}

// B5 C6, B7: Pause starts a record with its owner, its queue and its deadline.
TEST(ConformanceChannelsTest, PauseStartsARecord) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  ASSERT_EQ(world.engine().Paused().size(), 1u);
  const PausedItem item = world.engine().Paused()[0];
  EXPECT_EQ(item.conversation, c);
  EXPECT_EQ(item.owner, ann);
  EXPECT_EQ(item.queue, world.support());
  EXPECT_EQ(item.paused_at, world.clock().Now());
  EXPECT_EQ(item.deadline, world.clock().Now() + 14 * kDay);
}

// B5 C12: the host may close what was left; nothing of it is left.
TEST(ConformanceChannelsTest, ClosingALeftConversationDropsItsRecord) {
  World world(LeaveAndPauseOn());
  const ConversationId c = world.ServeAndLeave(world.AddAvailable("ann"), "c@x");
  world.Do(Close{c});
  EXPECT_EQ(world.Only<ChannelChanged>(),
            (ChannelChanged{c, ChannelState::kInactive, ChannelState::kClosed}));
  EXPECT_THAT(world.engine().Left(), IsEmpty());
  world.Pass(91 * kDay);
  EXPECT_THAT(world.last(), IsEmpty());
}

// B5 C14: a transfer to an agent asks him alone; if he declines, the next one is asked.
TEST(ConformanceChannelsTest, ATransferThatIsDeclinedGoesToTheNextAgent) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const AgentId bob = world.AddAvailable("bob");
  const AgentId cid = world.AddAvailable("cid");
  world.Do(Transfer{c, ann, cid});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, cid);
  world.Do(Decline{world.Only<ReservationCreated>().reservation});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, bob);
  world.AcceptNewest(bob);
  EXPECT_EQ(world.Only<ChannelChanged>(),
            (ChannelChanged{c, ChannelState::kTransfer, ChannelState::kActive}));
  EXPECT_EQ(world.At(c).participant, bob);
}

// B5 C14: ... and so it is if he is not there: nobody waits for one who is absent.
TEST(ConformanceChannelsTest, ATransferToOneWhoIsAbsentGoesToTheNextAgent) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const AgentId bob = world.AddAvailable("bob");
  const AgentId cid = world.AddAgentNamed("cid");
  world.Do(Transfer{c, ann, cid});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, bob);
}

// B5 C14: one who is busy is waited for as long as an offer stands; then anyone is asked.
TEST(ConformanceChannelsTest, ATransferToOneWhoIsBusyWaitsForHimAWhile) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const AgentId cid = world.AddAvailable("cid");
  world.Serve(cid, "d@x");
  const AgentId bob = world.AddAvailable("bob");
  world.Do(Transfer{c, ann, cid});
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  world.Pass(120s - 1ms);
  EXPECT_THAT(world.last(), IsEmpty());
  world.Pass(1ms);
  EXPECT_EQ(world.Only<ReservationCreated>().agent, bob);
}

// B5 C15, B6: End and Complete close the channel and the conversation. E-13: every change is told.
TEST(ConformanceChannelsTest, EndAndCompleteCloseTheConversation) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Do(End{c, ann});
  EXPECT_EQ(world.At(c).state, ChannelState::kActive);
  world.Do(Complete{world.At(c).live_task, ann});
  EXPECT_EQ(world.Only<ChannelChanged>(),
            (ChannelChanged{c, ChannelState::kActive, ChannelState::kClosed}));
  EXPECT_FALSE(world.engine().Find(c).has_value());
  EXPECT_EQ(world.engine().FindOpen(Medium::kEmail, "c@x", "shop"), ConversationId());
}

// B5 C16, E-11: when the task of an open conversation is canceled, that is told; then it gets a new
// task with its place in line, waits for its customer, closes, or stays an orphan, as set.
TEST(ConformanceChannelsTest, AConversationWhoseTaskIsCanceledIsToldAndDealtWithAsSet) {
  for (const OnCanceled rule :
       {OnCanceled::kRequeue, OnCanceled::kInactive, OnCanceled::kClose, OnCanceled::kEmitOnly}) {
    Settings settings;
    settings.conversation.on_canceled = rule;
    World world(settings);
    const ConversationId c = world.Write("c@x");
    const Instant start = world.clock().Now();
    world.Pass(1h);
    world.Do(CancelTask{world.At(c).live_task});
    EXPECT_EQ(world.Only<ConversationOrphaned>().conversation, c);
    EXPECT_EQ(world.Happened<TaskCreated>(), rule == OnCanceled::kRequeue);
    EXPECT_EQ(world.Happened<ConversationLeft>(), rule == OnCanceled::kInactive);
    EXPECT_EQ(world.Happened<ConversationClosed>(), rule == OnCanceled::kClose);
    EXPECT_EQ(world.engine().Orphans().size(), rule == OnCanceled::kEmitOnly ? 1u : 0u);
    if (rule == OnCanceled::kRequeue) {
      EXPECT_EQ(world.At(world.At(c).live_task).since, start);
    }
  }
}

// E-11: to give it a new task is the default.
TEST(ConformanceChannelsTest, AConversationWhoseTaskIsCanceledGetsAnotherByDefault) {
  World world;
  const ConversationId c = world.Write("c@x");
  const TaskId old = world.At(c).live_task;
  world.Pass(kDay);
  EXPECT_EQ(world.Only<TaskCanceled>().task, old);
  EXPECT_EQ(world.Only<TaskCreated>().previous, old);
}

// B8: what the customer writes to an orphan makes a new task.
TEST(ConformanceChannelsTest, AMessageToAnOrphanMakesANewTask) {
  Settings settings;
  settings.conversation.on_canceled = OnCanceled::kEmitOnly;
  World world(settings);
  const ConversationId c = world.Write("c@x");
  world.Do(CancelTask{world.At(c).live_task});
  EXPECT_EQ(world.Write("c@x"), c);
  EXPECT_EQ(world.Only<ConversationRerouted>().cause, RerouteCause::kOrphanWrote);
  EXPECT_EQ(world.Only<TaskCreated>().conversation, c);
  EXPECT_THAT(world.engine().Orphans(), IsEmpty());
}

class ConformanceChannelsOnEveryMedium : public testing::TestWithParam<Medium> {};
INSTANTIATE_TEST_SUITE_P(Media, ConformanceChannelsOnEveryMedium, testing::ValuesIn(kAllMedia),
                         NameOfMedium);

// B6: two addresses have one open conversation on a medium; any other pair has its own.
TEST_P(ConformanceChannelsOnEveryMedium, TwoAddressesHaveOneOpenConversation) {
  World world;
  const auto write = [&](Medium medium, std::string_view customer, std::string_view business) {
    world.Do(Message{medium, customer, business, 1, {.queue = world.support()}});
    return world.engine().FindOpen(medium, customer, business);
  };
  const ConversationId c = write(GetParam(), "c", "shop");
  EXPECT_EQ(write(GetParam(), "c", "shop"), c);
  EXPECT_NE(write(GetParam(), "d", "shop"), c);
  EXPECT_NE(write(GetParam(), "c", "bank"), c);
  EXPECT_NE(write(GetParam(), "cs", "hop"), c);
  const Medium other = GetParam() == Medium::kSms ? Medium::kChat : Medium::kSms;
  EXPECT_NE(write(other, "c", "shop"), c);
  EXPECT_EQ(world.engine().Count().conversations, 5u);
}

// B6, B8: a left conversation becomes active by a message, and one that is closed never does.
TEST_P(ConformanceChannelsOnEveryMedium, AMessageToAClosedConversationOpensANewOne) {
  World world;
  const ConversationId first = world.Write("c", GetParam());
  world.Do(Close{first});
  EXPECT_EQ(world.Try(Close{first}), Refusal::kGone);
  const ConversationId second = world.Write("c", GetParam());
  EXPECT_NE(second, first);
  EXPECT_EQ(world.Only<ConversationOpened>(), (ConversationOpened{second, GetParam()}));
}

}  // namespace
}  // namespace parley
