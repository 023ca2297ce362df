// tests/conformance_leave_expiry_test.cc — how long a left conversation waits, and custom routing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Duration kLongest = 90 * kDay;

class ConformanceLeaveOnEveryMedium : public testing::TestWithParam<Medium> {};
INSTANTIATE_TEST_SUITE_P(Media, ConformanceLeaveOnEveryMedium, testing::ValuesIn(kAllMedia),
                         NameOfMedium);

// R-LV-04: at Leave the channel goes from active to inactive, and the conversation stays open.
// R-LV-10: at the reply it goes back to active.
TEST_P(ConformanceLeaveOnEveryMedium, LeaveMakesTheChannelInactiveAndAReplyActiveAgain) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c", GetParam());
  world.Do(Leave{c, ann});
  EXPECT_EQ(world.Only<ChannelChanged>(),
            (ChannelChanged{c, ChannelState::kActive, ChannelState::kInactive}));
  EXPECT_FALSE(world.Happened<ConversationClosed>());
  EXPECT_EQ(world.engine().FindOpen(GetParam(), "c", "shop"), c);
  world.Write("c", GetParam());
  EXPECT_EQ(world.Only<ChannelChanged>(),
            (ChannelChanged{c, ChannelState::kInactive, ChannelState::kActive}));
}

// R-LV-09: a reply at 90 d - 1 ms reactivates the conversation.
TEST_P(ConformanceLeaveOnEveryMedium, AReplyJustBefore90DaysReactivatesIt) {
  World world(LeaveAndPauseOn());
  const ConversationId c = world.ServeAndLeave(world.AddAvailable("ann"), "c", GetParam());
  world.Pass(kLongest - 1ms);
  EXPECT_EQ(world.At(c).state, ChannelState::kInactive);
  EXPECT_EQ(world.Write("c", GetParam()), c);
  EXPECT_TRUE(world.Happened<ConversationReactivated>());
}

// R-LV-09: at 90 d it has expired, and a reply in that very millisecond comes too late (E-26).
TEST_P(ConformanceLeaveOnEveryMedium, AReplyAt90DaysFindsItExpired) {
  World world(LeaveAndPauseOn());
  const ConversationId c = world.ServeAndLeave(world.AddAvailable("ann"), "c", GetParam());
  world.clock().Pass(kLongest);
  const ConversationId second = world.Write("c", GetParam());
  EXPECT_EQ(world.Only<LeaveExpired>().conversation, c);
  EXPECT_EQ(world.Only<ConversationOpened>().conversation, second);
  EXPECT_FALSE(world.Happened<ConversationReactivated>());
}

// R-LV-09: ... and one 1 ms later all the more.
TEST(ConformanceLeaveExpiryTest, AReplyAfter90DaysFindsItExpired) {
  World world(LeaveAndPauseOn());
  const ConversationId c = world.ServeAndLeave(world.AddAvailable("ann"), "c@x");
  world.Pass(kLongest + 1ms);
  EXPECT_EQ(world.last()[0].at, Instant() + kLongest);
  EXPECT_NE(world.Write("c@x"), c);
}

// R-LV-09: the window cannot be made longer than 90 days.
TEST(ConformanceLeaveExpiryTest, TheWindowIsAtMost90Days) {
  World world;
  Settings settings = LeaveAndPauseOn();
  EXPECT_EQ(settings.leave.max_open, kLongest);
  settings.leave.max_open = kLongest + 1ms;
  EXPECT_EQ(world.Try(ApplySettings{settings}), Refusal::kSettingsInvalid);
  settings.leave.max_open = kDay;
  EXPECT_EQ(world.Try(ApplySettings{settings}), Refusal::kNone);
}

// E-14, B5 C8: expiry closes the conversation, and what comes next knows nothing of it.
TEST(ConformanceLeaveExpiryTest, ExpiryClosesTheConversation) {
  World world(LeaveAndPauseOn());
  const ConversationId c = world.ServeAndLeave(world.AddAvailable("ann"), "c@x");
  world.Pass(kLongest);
  EXPECT_THAT(world.Trace(), ElementsAre("LeaveExpired", "ChannelChanged", "ConversationClosed"));
  EXPECT_EQ(world.Only<ChannelChanged>(),
            (ChannelChanged{c, ChannelState::kInactive, ChannelState::kClosed}));
  EXPECT_EQ(world.engine().History(world.Write("c@x")).size(), 1u);
}

// E-14: each Leave starts a clock of its own.
TEST(ConformanceLeaveExpiryTest, EachLeaveStartsItsOwn90Days) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndLeave(ann, "c@x");
  world.Pass(80 * kDay);
  world.Serve(ann, "c@x");
  world.Do(Leave{c, ann});
  world.Do(Complete{world.At(c).last_task, ann});
  world.Pass(kLongest - 1ms);
  EXPECT_EQ(world.At(c).state, ChannelState::kInactive);
  world.Pass(1ms);
  EXPECT_EQ(world.Only<LeaveExpired>().conversation, c);
}

// E-14: the clock starts at Leave, not at Complete.
TEST(ConformanceLeaveExpiryTest, TheClockStartsAtLeaveAndRunsThroughWrapUp) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const TaskId task = world.At(c).live_task;
  world.Do(Leave{c, ann});
  world.Pass(kLongest);
  EXPECT_EQ(world.Only<LeaveExpired>().conversation, c);
  EXPECT_EQ(world.Try(Complete{task, ann}), Refusal::kNone);
}

// ---- Custom routing ----

Settings CustomRouting() {
  Settings settings = LeaveAndPauseOn();
  settings.leave.routing = LeaveRouting::kCustom;
  return settings;
}

// R-LV-17, B5 C7: with custom routing a reply makes no task; the host is asked, and told of which
// conversation, channel and message.
TEST(ConformanceCustomRoutingTest, AReplyAsksTheHostAndMakesNoTask) {
  World world(CustomRouting());
  const ConversationId c = world.ServeAndLeave(world.AddAvailable("ann"), "c@x");
  world.Write("c@x", Medium::kEmail, 7);
  EXPECT_THAT(world.Trace(),
              ElementsAre("MessageAdded", "ChannelChanged", "ConversationReactivated",
                          "ConversationRerouted", "CustomRoutingRequested"));
  EXPECT_EQ(world.Only<MessageAdded>(), (MessageAdded{c, 2, AgentId(), 7}));
  EXPECT_EQ(world.Only<ChannelChanged>().to, ChannelState::kActive);
  EXPECT_EQ(world.Only<CustomRoutingRequested>(),
            (CustomRoutingRequested{c, RerouteCause::kReplied, world.clock().Now() + 30s}));
  EXPECT_EQ(world.At(c).live_task, TaskId());
}

// R-LV-18: one form of it is the flow that answers: it may create the task,
TEST(ConformanceCustomRoutingTest, TheHostAnswersWithATask) {
  World world(CustomRouting());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndLeave(ann, "c@x");
  const QueueId billing = world.AddQueueNamed("billing");
  world.Write("c@x");
  world.Do(CreateTask{.conversation = c, .route = {.queue = billing}});
  EXPECT_EQ(world.Only<TaskCreated>().queue, billing);
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
  world.Pass(30s);
  EXPECT_FALSE(world.Happened<CustomRoutingTimedOut>());
}

// R-LV-18: ... or decide that nothing happens, or that it is over.
TEST(ConformanceCustomRoutingTest, TheHostAnswersWithNothingOrCloses) {
  World world(CustomRouting());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId ignored = world.ServeAndLeave(ann, "ignored@x");
  const ConversationId closed = world.ServeAndLeave(ann, "closed@x");
  world.Write("ignored@x");
  EXPECT_EQ(world.Try(IgnoreRouting{ignored}), Refusal::kNone);
  EXPECT_THAT(world.engine().Orphans(), ElementsAre(ignored));
  EXPECT_EQ(world.Try(IgnoreRouting{ignored}), Refusal::kNotAsked);
  world.Write("closed@x");
  EXPECT_EQ(world.Try(Close{closed}), Refusal::kNone);
  EXPECT_EQ(world.Only<ConversationClosed>().conversation, closed);
}

// Sends whatever it is asked about to one queue.
class ToQueue final : public ReroutePolicy {
 public:
  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    if (request.cause == RerouteCause::kReplied) decision.queue = queue;
    return decision;
  }
  QueueId queue;
};

// R-LV-18: the other form is logic of one's own, driven by the change of state: a policy.
TEST(ConformanceCustomRoutingTest, APolicyOfTheHostsOwnDecidesWhereTheReplyGoes) {
  ToQueue policy;
  World world(LeaveAndPauseOn(), policy);
  policy.queue = world.AddQueueNamed("billing");
  const ConversationId c = world.ServeAndLeave(world.AddAvailable("ann"), "c@x");
  world.Write("c@x");
  EXPECT_EQ(world.Only<ConversationRerouted>().queue, policy.queue);
  EXPECT_EQ(world.At(world.At(c).live_task).queue, policy.queue);
}

// B5 C7: a host that is silent for 30 s gets what was agreed: a new task, by default (E-26).
TEST(ConformanceCustomRoutingTest, AHostThatIsSilentGetsTheFallback) {
  World world(CustomRouting());
  const ConversationId c = world.ServeAndLeave(world.AddAvailable("ann"), "c@x");
  world.Write("c@x");
  world.Pass(30s - 1ms);
  EXPECT_THAT(world.last(), IsEmpty());
  world.clock().Pass(1ms);
  world.Do(IgnoreRouting{c});
  EXPECT_EQ(world.refusal(), Refusal::kNotAsked);  // Too late.
  EXPECT_EQ(world.At(world.At(c).live_task).state, TaskState::kReserved);
}

// B5 C7: the fallback may also be to wait for the customer again, or to close.
TEST(ConformanceCustomRoutingTest, TheFallbackIsASetting) {
  for (const WhenSilent fallback : {WhenSilent::kInactive, WhenSilent::kClose}) {
    Settings settings = CustomRouting();
    settings.custom_routing.fallback = fallback;
    World world(settings);
    world.ServeAndLeave(world.AddAvailable("ann"), "c@x");
    world.Write("c@x");
    world.Pass(30s);
    EXPECT_EQ(world.Only<CustomRoutingTimedOut>().fallback, fallback);
    EXPECT_EQ(world.Only<ChannelChanged>().to,
              fallback == WhenSilent::kClose ? ChannelState::kClosed : ChannelState::kInactive);
    EXPECT_FALSE(world.Happened<TaskCreated>());
  }
}

// E-35: the host's Leave completes the task without wrap-up; so does the agent's, if set so.
TEST(ConformanceLeaveExpiryTest, LeaveByTheHostCompletesAtOnce) {
  for (const bool host : {true, false}) {
    Settings settings = LeaveAndPauseOn();
    if (!host) settings.leave.mode = ParkMode::kCompleteNow;
    World world(settings);
    const AgentId ann = world.AddAvailable("ann");
    const ConversationId c = world.Serve(ann, "c@x");
    world.Do(Leave{c, host ? AgentId() : ann});
    EXPECT_THAT(world.Trace(), ElementsAre("ParticipantLeft", "ReservationCompleted",
                                           "TaskCompleted", "ChannelChanged", "ConversationLeft"));
    EXPECT_EQ(world.Used(ann, Medium::kEmail), 0u);
  }
}

}  // namespace
}  // namespace parley
