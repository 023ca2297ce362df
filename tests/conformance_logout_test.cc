// tests/conformance_logout_test.cc — who cannot be reached, and what becomes of his status.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parley/model/settings_fields.h"
#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr SessionId kTab{1};

Settings Enforced(bool enforce, Duration threshold = 30s) {
  Settings settings = LeaveAndPauseOn();
  settings.logout.enforce = enforce;
  settings.logout.offline_threshold = threshold;
  return settings;
}

// Ann was available, and her network has gone.
struct Lost {
  explicit Lost(const Settings& settings) : world(settings) {
    ann = world.AddAvailable("ann");
    world.Do(Disconnect{ann, kTab, DisconnectReason::kNetwork});
  }
  ActivityId Activity() const { return world.At(ann).activity; }

  World world;
  AgentId ann;
};

// R-LO-01: settings say whether and when the status of one who cannot be reached changes, and a
// role says to what.
TEST(ConformanceLogoutTest, ThereAreSettingsForWhetherAndWhenAndToWhat) {
  Lost lost(Enforced(true, 7s));
  World& world = lost.world;
  EXPECT_EQ(world.Try(ApplySettings{Enforced(true, -1ms)}), Refusal::kSettingsInvalid);
  EXPECT_EQ(SettingName(world.Only<Refused>().setting), "logout.offline_threshold");
  world.Do(AddActivity{"Gone", false});
  const ActivityId gone = world.engine().FindActivity("Gone");
  EXPECT_EQ(world.Try(SetActivityRole{ActivityRole::kLogout, gone}), Refusal::kNone);
  world.Pass(7s);
  EXPECT_EQ(lost.Activity(), gone);
}

class ConformanceDisconnectTest : public testing::TestWithParam<DisconnectReason> {};
INSTANTIATE_TEST_SUITE_P(Reasons, ConformanceDisconnectTest,
                         testing::Values(DisconnectReason::kShutdown, DisconnectReason::kSleep,
                                         DisconnectReason::kNetwork, DisconnectReason::kTabClosed),
                         [](const auto& tested) {
                           const std::string_view name = Name(tested.param);
                           return std::string(name.substr(0, name.find('-')));
                         });

// R-LO-02, R-LO-03, R-LO-04: a computer that is shut down or asleep, a network that is lost, a tab
// that is closed: each is a disconnect, and starts the threshold.
TEST_P(ConformanceDisconnectTest, ItIsADisconnect) {
  World world(Enforced(true));
  const AgentId ann = world.AddAvailable("ann");
  EXPECT_EQ(world.Try(Disconnect{ann, kTab, GetParam()}), Refusal::kNone);
  EXPECT_EQ(world.Only<AgentDisconnected>().agent, ann);
  world.Pass(30s);
  EXPECT_EQ(world.At(ann).activity, kOffline);
}

// R-LO-05: a computer that is locked or left idle is no disconnect, and changes nothing.
TEST(ConformanceLogoutTest, ALockedOrIdleComputerIsNoDisconnect) {
  World world(Enforced(true));
  const AgentId ann = world.AddAvailable("ann");
  for (const DisconnectReason reason : {DisconnectReason::kLocked, DisconnectReason::kIdle}) {
    EXPECT_EQ(world.Try(Disconnect{ann, kTab, reason}), Refusal::kNotADisconnect);
  }
  world.Pass(kDay);
  EXPECT_THAT(world.last(), IsEmpty());
  EXPECT_EQ(world.At(ann).activity, kAvailable);
  EXPECT_EQ(world.At(ann).presence, PresenceState::kConnected);
}

// R-LO-06: when sleep follows a lock, the threshold starts with the sleep.
TEST(ConformanceLogoutTest, SleepAfterALockCountsFromTheSleep) {
  World world(Enforced(true));
  const AgentId ann = world.AddAvailable("ann");
  world.Do(Disconnect{ann, kTab, DisconnectReason::kLocked});
  world.Pass(29s);
  world.Do(Disconnect{ann, kTab, DisconnectReason::kSleep});
  world.Pass(30s - 1ms);
  EXPECT_EQ(world.At(ann).activity, kAvailable);
  world.Pass(1ms);
  EXPECT_EQ(world.At(ann).activity, kOffline);
}

// R-LO-11: one who is disconnected is moved to the logout activity by itself. B3 W5: and the change
// names its cause.
TEST(ConformanceLogoutTest, EnforcedADisconnectedAgentIsMoved) {
  Lost lost(Enforced(true));
  EXPECT_FALSE(lost.world.Happened<ActivityChanged>());
  lost.world.Pass(30s);
  EXPECT_EQ(
      lost.world.Only<ActivityChanged>(),
      (ActivityChanged{lost.ann, kAvailable, kOffline, ActivityCause::kDisconnectThreshold, 30s}));
}

// R-LO-12, B3 W6: not enforced, nothing happens by itself: he stays available, and is asked.
TEST(ConformanceLogoutTest, NotEnforcedADisconnectedAgentStaysAvailableForEver) {
  Lost lost(Enforced(false));
  lost.world.Pass(365 * kDay);
  EXPECT_THAT(lost.world.last(), IsEmpty());
  EXPECT_EQ(lost.Activity(), kAvailable);
  lost.world.Write("c@x");
  EXPECT_EQ(lost.world.Only<ReservationCreated>().agent, lost.ann);
}

// R-LO-13: not enforced, he still logs out and changes his status himself.
TEST(ConformanceLogoutTest, NotEnforcedAStatusIsChangedByHand) {
  Lost lost(Enforced(false));
  lost.world.Do(AddActivity{"Break", false});
  const ActivityId pause = lost.world.engine().FindActivity("Break");
  EXPECT_EQ(lost.world.Try(SetActivity{lost.ann, pause}), Refusal::kNone);
  EXPECT_EQ(lost.Activity(), pause);
  EXPECT_EQ(lost.world.Try(Logout{lost.ann}), Refusal::kNone);
  EXPECT_EQ(lost.Activity(), kOffline);
}

// R-LO-14: the threshold is the time between the two, to the millisecond: 300 s, say, or none.
TEST(ConformanceLogoutTest, TheThresholdIsExact) {
  for (const Duration threshold : {Duration(300s), Duration(1ms)}) {
    Lost lost(Enforced(true, threshold));
    lost.world.Pass(threshold - 1ms);
    EXPECT_EQ(lost.Activity(), kAvailable);
    lost.world.Pass(1ms);
    EXPECT_EQ(lost.Activity(), kOffline);
  }
  EXPECT_EQ(Lost(Enforced(true, 0s)).Activity(), kOffline);
}

// R-LO-15: it is 30 s by default.
TEST(ConformanceLogoutTest, TheThresholdIs30SecondsByDefault) {
  Lost lost{Settings()};
  lost.world.Pass(30s - 1ms);
  EXPECT_EQ(lost.Activity(), kAvailable);
  lost.world.Pass(1ms);
  EXPECT_EQ(lost.Activity(), kOffline);
}

// R-LO-16, B3 W4: who is back 1 ms before the threshold stays as he was. E-26: at it is too late.
TEST(ConformanceLogoutTest, WhoIsBackBeforeTheThresholdStaysAsHeWas) {
  for (const Duration away : {30s - 1ms, Duration(30s), 30s + 1ms}) {
    Lost lost(Enforced(true));
    lost.world.clock().Pass(away);
    lost.world.Do(Connect{lost.ann, kTab});
    const bool in_time = away < 30s;
    EXPECT_EQ(lost.world.Happened<AgentReconnected>(), in_time);
    EXPECT_EQ(lost.Activity(), in_time ? kAvailable : kOffline);
    lost.world.Pass(kDay);
    EXPECT_THAT(lost.world.last(), IsEmpty());
  }
}

// R-LO-17: short interruptions do not add up.
TEST(ConformanceLogoutTest, ShortInterruptionsDoNotAddUp) {
  Lost lost(Enforced(true));
  for (int i = 0; i < 10; ++i) {
    lost.world.Pass(20s);
    lost.world.Do(Connect{lost.ann, kTab});
    lost.world.Do(Disconnect{lost.ann, kTab, DisconnectReason::kNetwork});
  }
  EXPECT_EQ(lost.Activity(), kAvailable);
  lost.world.Pass(30s);
  EXPECT_EQ(lost.Activity(), kOffline);
}

// R-LO-18: after the change new work goes to those who are available, and not to him.
TEST(ConformanceLogoutTest, AfterTheChangeOnlyAvailableAgentsAreAsked) {
  Lost lost(Enforced(true));
  lost.world.Pass(30s);
  lost.world.Write("c@x");
  EXPECT_FALSE(lost.world.Happened<ReservationCreated>());
  const AgentId bob = lost.world.AddAvailable("bob");
  EXPECT_EQ(lost.world.Only<ReservationCreated>().agent, bob);
}

// R-LO-19: to enforce it is what the default settings say.
TEST(ConformanceLogoutTest, EnforcedIsTheDefault) { EXPECT_TRUE(Settings().logout.enforce); }

// R-LO-20: time in the logout activity is not active time.
TEST(ConformanceLogoutTest, TimeInTheLogoutActivityIsNotActiveTime) {
  Lost lost(Enforced(true));
  lost.world.Pass(30s);
  lost.world.Pass(8h);
  EXPECT_EQ(lost.world.engine().ActiveTime(lost.ann), Duration(30s));
  EXPECT_EQ(lost.world.engine().TimeIn(lost.ann, kOffline), Duration(8h));
  lost.world.Do(SetActivity{lost.ann, kAvailable});
  lost.world.Pass(1h);
  EXPECT_EQ(lost.world.engine().ActiveTime(lost.ann), 1h + 30s);
}

// B3 W3: with the last session gone he is disconnected; the activity waits for the threshold.
// E-31: while another session lives he is not.
TEST(ConformanceLogoutTest, HeIsDisconnectedWhenHisLastSessionIsGone) {
  World world(Enforced(true));
  const AgentId ann = world.AddAvailable("ann");
  world.Do(Connect{ann, SessionId{2}});
  world.Do(Disconnect{ann, kTab, DisconnectReason::kTabClosed});
  EXPECT_THAT(world.Trace(), ElementsAre("SessionClosed"));
  world.Pass(kDay);
  EXPECT_EQ(world.At(ann).activity, kAvailable);
  world.Do(Disconnect{ann, SessionId{2}, DisconnectReason::kTabClosed});
  EXPECT_THAT(world.Trace(), ElementsAre("SessionClosed", "AgentDisconnected"));
  EXPECT_EQ(world.At(ann).activity, kAvailable);
  EXPECT_EQ(world.At(ann).presence, PresenceState::kLost);
}

// B3 W7, E-30: who comes back after the change stays in the logout activity until he is moved.
TEST(ConformanceLogoutTest, WhoComesBackLaterStaysInTheLogoutActivity) {
  Lost lost(Enforced(true));
  lost.world.Pass(30s);
  lost.world.Do(Connect{lost.ann, kTab});
  EXPECT_THAT(lost.world.Trace(), ElementsAre("SessionOpened", "AgentConnected"));
  EXPECT_EQ(lost.Activity(), kOffline);
}

// E-32: one who was on a break is moved, too.
TEST(ConformanceLogoutTest, OneWhoIsOnABreakIsMovedToo) {
  World world(Enforced(true));
  world.Do(AddActivity{"Break", false});
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetActivity{ann, world.engine().FindActivity("Break")});
  world.Do(Disconnect{ann, kTab, DisconnectReason::kNetwork});
  world.Pass(30s);
  EXPECT_EQ(world.At(ann).activity, kOffline);
}

}  // namespace
}  // namespace parley
