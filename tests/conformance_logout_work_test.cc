// tests/conformance_logout_work_test.cc — logging out, and the work of who is logged out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr SessionId kTab{1};

// R-LO-07: there is one logout activity, and it is called Offline at first.
TEST(ConformanceActivitiesTest, TheLogoutActivityIsCalledOffline) {
  World world;
  const ActivityId logout = world.engine().RoleOf(ActivityRole::kLogout);
  EXPECT_EQ(logout, kOffline);
  EXPECT_EQ(world.engine().NameOf(logout), "Offline");
  world.Do(AddActivity{"Gone", false});
  world.Do(SetActivityRole{ActivityRole::kLogout, world.engine().FindActivity("Gone")});
  EXPECT_EQ(world.engine().RoleOf(ActivityRole::kLogout), world.engine().FindActivity("Gone"));
}

// R-LO-08: it can be renamed, and stays what it is.
TEST(ConformanceActivitiesTest, TheLogoutActivityCanBeRenamed) {
  World world;
  EXPECT_EQ(world.Try(RenameActivity{kOffline, "Logged out"}), Refusal::kNone);
  EXPECT_EQ(world.engine().NameOf(kOffline), "Logged out");
  EXPECT_EQ(world.engine().RoleOf(ActivityRole::kLogout), kOffline);
  const AgentId ann = world.AddAvailable("ann");
  world.Do(Logout{ann});
  EXPECT_EQ(world.At(ann).activity, kOffline);
}

// R-LO-09: it cannot be removed, by whatever name.
TEST(ConformanceActivitiesTest, TheLogoutActivityCannotBeRemoved) {
  World world;
  EXPECT_EQ(world.Try(RemoveActivity{kOffline}), Refusal::kProtectedActivity);
  world.Do(RenameActivity{kOffline, "Logged out"});
  EXPECT_EQ(world.Try(RemoveActivity{kOffline}), Refusal::kProtectedActivity);
  EXPECT_EQ(world.Try(SetActivityRole{ActivityRole::kLogout, ActivityId()}), Refusal::kNotFound);
}

// R-LO-10: it is never an available one, and who is in it is offered nothing.
TEST(ConformanceActivitiesTest, TheLogoutActivityIsNotAvailable) {
  World world;
  EXPECT_EQ(world.Try(SetActivityRole{ActivityRole::kLogout, kAvailable}),
            Refusal::kActivityAvailable);
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetActivity{ann, kOffline});
  world.Write("c@x");
  EXPECT_FALSE(world.Happened<ReservationCreated>());
}

// R-LO-21: activities are a list that can be added to, renamed and shortened,
TEST(ConformanceActivitiesTest, ActivitiesAreAListThatCanBeConfigured) {
  World world;
  EXPECT_EQ(world.Try(AddActivity{"Break", false}), Refusal::kNone);
  const ActivityId pause = world.Only<ActivityAdded>().activity;
  EXPECT_EQ(world.engine().FindActivity("Break"), pause);
  EXPECT_EQ(world.Try(RenameActivity{pause, "Lunch"}), Refusal::kNone);
  EXPECT_EQ(world.engine().FindActivity("Lunch"), pause);
  EXPECT_EQ(world.Try(RemoveActivity{pause}), Refusal::kNone);
  EXPECT_EQ(world.engine().FindActivity("Lunch"), ActivityId());
  EXPECT_EQ(world.Try(RenameActivity{pause, "Tea"}), Refusal::kGone);
}

// R-LO-21: ... except for what is in use, and with names that are names and differ.
TEST(ConformanceActivitiesTest, ActivitiesInUseStayAndNamesAreChecked) {
  World world;
  world.AddAvailable("ann");
  EXPECT_EQ(world.Try(RemoveActivity{kAvailable}), Refusal::kInUse);
  EXPECT_EQ(world.Try(AddActivity{"Available", true}), Refusal::kNameTaken);
  EXPECT_EQ(world.Try(RenameActivity{kAvailable, "Offline"}), Refusal::kNameTaken);
  EXPECT_EQ(world.Try(AddActivity{"", true}), Refusal::kNameInvalid);
  EXPECT_EQ(world.Try(AddActivity{std::string(64, 'x'), true}), Refusal::kNone);
  EXPECT_EQ(world.Try(AddActivity{std::string(65, 'y'), true}), Refusal::kNameInvalid);
}

// B3 W8: logging out moves at once, without a threshold.
TEST(ConformanceLogoutWorkTest, LoggingOutMovesAtOnce) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Do(Logout{ann});
  EXPECT_EQ(world.Only<ActivityChanged>().to, kOffline);
  EXPECT_EQ(world.Only<ActivityChanged>().cause, ActivityCause::kLogout);
}

// B3 W5, B10: at the threshold offers are declined first; then the activity changes, and others are
// asked.
TEST(ConformanceLogoutWorkTest, AtTheThresholdOffersAreDeclined) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Write("c@x");
  const AgentId bob = world.AddAvailable("bob");
  world.Do(Disconnect{ann, kTab, DisconnectReason::kNetwork});
  world.Pass(30s);
  EXPECT_THAT(world.Trace(), ElementsAre("ReservationDeclined", "TaskQueued", "ActivityChanged",
                                         "ReservationCreated"));
  EXPECT_EQ(world.Only<ReservationDeclined>().agent, ann);
  EXPECT_EQ(world.Only<ReservationCreated>().agent, bob);
}

// B3 W5: unless the settings let them run.
TEST(ConformanceLogoutWorkTest, AtTheThresholdOffersRunOnIfSetSo) {
  Settings settings;
  settings.logout.reject_pending = false;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  world.Write("c@x");
  world.Do(Disconnect{ann, kTab, DisconnectReason::kNetwork});
  world.Pass(30s);
  EXPECT_THAT(world.Trace(), ElementsAre("ActivityChanged"));
  EXPECT_EQ(world.engine().WorklistOf(ann).offers.size(), 1u);
}

// E-29: another threshold holds for those who are disconnected after the change;
TEST(ConformanceLogoutWorkTest, AChangedThresholdHoldsForNewDisconnects) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAvailable("bob");
  world.Do(Disconnect{ann, kTab, DisconnectReason::kNetwork});
  Settings settings;
  settings.logout.offline_threshold = 10s;
  world.Do(ApplySettings{settings});
  world.Do(Disconnect{bob, kTab, DisconnectReason::kNetwork});
  world.Pass(10s);
  EXPECT_EQ(world.Only<ActivityChanged>().agent, bob);
  world.Pass(20s);
  EXPECT_EQ(world.Only<ActivityChanged>().agent, ann);
}

// E-29: ... not to enforce it any more stops those that run, and to enforce it again starts them.
TEST(ConformanceLogoutWorkTest, EnforcingStopsAndStartsTheThresholds) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Do(Disconnect{ann, kTab, DisconnectReason::kNetwork});
  Settings settings;
  settings.logout.enforce = false;
  world.Pass(29s);
  world.Do(ApplySettings{settings});
  world.Pass(1h);
  EXPECT_EQ(world.At(ann).activity, kAvailable);
  settings.logout.enforce = true;
  world.Do(ApplySettings{settings});
  world.Pass(30s - 1ms);
  EXPECT_EQ(world.At(ann).activity, kAvailable);
  world.Pass(1ms);
  EXPECT_EQ(world.At(ann).activity, kOffline);
}

// E-33, E-34: what one has accepted, wraps up or has paused stays his when he is logged out.
TEST(ConformanceLogoutWorkTest, WorkStaysWithOneWhoIsLoggedOut) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId paused = world.ServeAndPause(ann, "paused@x");
  const ConversationId live = world.Serve(ann, "live@x");
  world.Do(Logout{ann});
  world.Pass(14 * kDay - 1ms);
  EXPECT_EQ(world.At(paused).owner, ann);
  EXPECT_EQ(world.At(world.At(live).live_task).agent, ann);
  world.Pass(1ms);  // The pause's clock has not stopped.
  EXPECT_EQ(world.Only<PauseExpired>().conversation, paused);
}

// E-33, E-34: if set so, it goes to others some time after.
TEST(ConformanceLogoutWorkTest, WorkGoesToOthersIfSetSo) {
  Settings settings = LeaveAndPauseOn();
  settings.logout.assigned_work = WorkAtLogout::kRequeue;
  settings.logout.paused_work = WorkAtLogout::kRequeue;
  settings.logout.requeue_after = 60s;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId paused = world.ServeAndPause(ann, "paused@x");
  const ConversationId live = world.Serve(ann, "live@x");
  world.Do(Logout{ann});
  world.Pass(60s - 1ms);
  EXPECT_THAT(world.last(), IsEmpty());
  world.Pass(1ms);
  EXPECT_EQ(world.Only<PauseExpired>().end, PauseEnd::kOwnerLoggedOut);
  EXPECT_EQ(world.At(world.At(paused).live_task).state, TaskState::kPending);
  EXPECT_EQ(world.At(world.At(live).live_task).state, TaskState::kPending);
}

// E-33: ... unless he is back before.
TEST(ConformanceLogoutWorkTest, WorkStaysWithOneWhoIsBackInTime) {
  Settings settings;
  settings.logout.assigned_work = WorkAtLogout::kRequeue;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId live = world.Serve(ann, "live@x");
  world.Do(Logout{ann});
  world.Pass(5min - 1ms);
  world.Do(SetActivity{ann, kAvailable});
  world.Pass(kDay);
  EXPECT_EQ(world.At(world.At(live).live_task).agent, ann);
}

}  // namespace
}  // namespace parley
