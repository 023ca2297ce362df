// tests/conformance_configuration_test.cc — switches and settings of Leave and Pause, as required.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parley/model/settings_fields.h"
#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

// The answer to Leave or to Pause, in a world with these two switches.
template <class Park>
Refusal Answer(bool leave, bool pause, Medium medium = Medium::kEmail) {
  Settings settings;
  settings.leave.enabled = leave;
  settings.pause.enabled = pause;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x", medium);
  return world.Try(Park{c, ann});
}

// R-CFG-01: by default both are off; asking for them is refused and changes nothing.
TEST(ConformanceConfigurationTest, LeaveAndPauseAreOffByDefault) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  EXPECT_EQ(world.Try(Leave{c, ann}), Refusal::kFeatureOff);
  EXPECT_EQ(world.Try(Leave{c}), Refusal::kFeatureOff);
  EXPECT_EQ(world.Try(Pause{c, ann}), Refusal::kFeatureOff);
  EXPECT_EQ(world.At(c).state, ChannelState::kActive);
  EXPECT_EQ(world.At(world.At(c).live_task).state, TaskState::kAssigned);
}

// R-CFG-02: each of the two is accepted exactly when its own switch is on.
TEST(ConformanceConfigurationTest, LeaveAndPauseAreSwitchedIndependently) {
  for (const bool leave : {false, true}) {
    for (const bool pause : {false, true}) {
      EXPECT_EQ(Answer<Leave>(leave, pause), leave ? Refusal::kNone : Refusal::kFeatureOff);
      EXPECT_EQ(Answer<Pause>(leave, pause), pause ? Refusal::kNone : Refusal::kFeatureOff);
    }
  }
}

// R-CFG-03: with both off, an agent can only end the task: wrap it up and complete it.
TEST(ConformanceConfigurationTest, WithoutLeaveAndPauseATaskIsEnded) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const TaskId task = world.At(c).live_task;
  EXPECT_FALSE(world.engine().AllowedFor(ann, task).leave);
  EXPECT_FALSE(world.engine().AllowedFor(ann, task).pause);
  EXPECT_TRUE(world.engine().AllowedFor(ann, task).end);
  EXPECT_EQ(world.Try(Resume{c, ann}), Refusal::kNotPaused);
  EXPECT_EQ(world.Try(End{c, ann}), Refusal::kNone);
  EXPECT_EQ(world.Try(Complete{task, ann}), Refusal::kNone);
  EXPECT_TRUE(world.Happened<ConversationClosed>());
}

// R-CFG-04: ... and who writes again then begins a conversation that knows nothing of the first.
TEST(ConformanceConfigurationTest, AfterEndTheNextMessageBeginsANewConversationWithoutHistory) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId first = world.Serve(ann, "c@x");
  world.Do(Reply{first, ann, 2});
  world.Do(End{first, ann});
  world.Do(Complete{world.At(first).live_task, ann});
  const ConversationId second = world.Write("c@x", Medium::kEmail, 3);
  EXPECT_NE(second, first);
  ASSERT_EQ(world.engine().History(second).size(), 1u);
  EXPECT_EQ(world.engine().History(second)[0].ref, 3u);
}

// R-CFG-05: Leave says what a reply does: a new task, which is the default, or custom routing.
TEST(ConformanceConfigurationTest, LeaveMakesANewTaskByDefaultAndMayRouteCustom) {
  EXPECT_EQ(Settings().leave.routing, LeaveRouting::kNewTask);
  World world;
  for (const LeaveRouting routing : {LeaveRouting::kCustom, LeaveRouting::kNewTask}) {
    Settings settings = LeaveAndPauseOn();
    settings.leave.routing = routing;
    EXPECT_EQ(world.Try(ApplySettings{settings}), Refusal::kNone);
    EXPECT_EQ(world.engine().settings().leave.routing, routing);
  }
}

// R-CFG-06: Pause carries its time limit, 14 days unless somebody says otherwise.
TEST(ConformanceConfigurationTest, PauseCarriesALimitOf14DaysByDefault) {
  Settings settings;
  EXPECT_EQ(settings.pause.limit, 14);
  settings.pause.limit = 5;
  World world;
  EXPECT_EQ(world.Try(ApplySettings{settings}), Refusal::kNone);
  EXPECT_EQ(world.engine().settings().pause.limit, 5);
}

// R-CFG-07: settings count from the command that applies them on, all of them at once.
TEST(ConformanceConfigurationTest, SettingsAreAppliedByOneCommandAndNotWhileTheyAreEdited) {
  Settings edited;
  World world(edited);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  edited.leave.enabled = true;
  edited.pause.enabled = true;
  edited.pause.limit = 3;
  EXPECT_EQ(world.Try(Pause{c, ann}), Refusal::kFeatureOff);
  world.Do(ApplySettings{edited});
  EXPECT_THAT(world.Trace(), ElementsAre("SettingsApplied"));
  EXPECT_EQ(world.engine().settings(), edited);
  EXPECT_EQ(world.Try(Pause{c, ann}), Refusal::kNone);
}

// R-CFG-07: ... or none of them, and the refusal names the one that is wrong.
TEST(ConformanceConfigurationTest, OneWrongSettingKeepsAllTheOthersOut) {
  World world;
  Settings settings = LeaveAndPauseOn();
  settings.pause.limit = 15;
  EXPECT_EQ(world.Try(ApplySettings{settings}), Refusal::kSettingsInvalid);
  EXPECT_EQ(SettingName(world.Only<Refused>().setting), "pause.limit");
  EXPECT_EQ(world.engine().settings(), Settings());
}

// R-CFG-09: an agent has the option to pause only if it was turned on.
TEST(ConformanceConfigurationTest, AnAgentIsOfferedPauseOnlyWhereItIsOn) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const TaskId task = world.At(world.Serve(ann, "c@x")).live_task;
  Settings settings;
  EXPECT_FALSE(world.engine().AllowedFor(ann, task).pause);
  settings.pause.enabled = true;
  world.Do(ApplySettings{settings});
  EXPECT_TRUE(world.engine().AllowedFor(ann, task).pause);
  EXPECT_FALSE(world.engine().AllowedFor(ann, task).leave);
}

// R-CFG-10: ... and the option to leave only if that was turned on and the task is his to leave.
TEST(ConformanceConfigurationTest, AnAgentIsOfferedLeaveOnlyWhereItIsOnAndForAnAssignedTask) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Write("c@x");
  const TaskId task = world.At(c).live_task;
  Settings settings;
  settings.leave.enabled = true;
  world.Do(ApplySettings{settings});
  EXPECT_FALSE(world.engine().AllowedFor(ann, task).leave);
  world.AcceptNewest(ann);
  EXPECT_TRUE(world.engine().AllowedFor(ann, task).leave);
  world.Do(ApplySettings{Settings()});
  EXPECT_FALSE(world.engine().AllowedFor(ann, task).leave);
}

// R-CFG-12: an account that is not entitled to them cannot turn them on; another can.
TEST(ConformanceConfigurationTest, WithoutTheEntitlementNeitherIsTurnedOn) {
  World world;
  for (const bool leave : {false, true}) {
    Settings settings;
    settings.leave_pause_entitled = false;
    settings.leave.enabled = leave;
    settings.pause.enabled = !leave;
    EXPECT_EQ(world.Try(ApplySettings{settings}), Refusal::kNotEntitled);
    EXPECT_FALSE(Validate(settings).ok());
    settings.leave_pause_entitled = true;
    EXPECT_EQ(world.Try(ApplySettings{settings}), Refusal::kNone);
  }
}

// E-28: turned off again, they stay off for what is new; what is parked goes on.
TEST(ConformanceConfigurationTest, WhatIsParkedGoesOnWhenLeaveAndPauseAreTurnedOff) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId resumed = world.ServeAndPause(ann, "resumed@x");
  const ConversationId expired = world.ServeAndPause(ann, "expired@x");
  const ConversationId left = world.ServeAndLeave(ann, "left@x");
  world.Do(ApplySettings{Settings()});
  EXPECT_EQ(world.Try(Resume{resumed, ann}), Refusal::kNone);
  EXPECT_EQ(world.Try(Pause{resumed, ann}), Refusal::kFeatureOff);
  world.Write("left@x");
  EXPECT_TRUE(world.Happened<ConversationReactivated>());
  EXPECT_EQ(world.At(left).state, ChannelState::kActive);
  world.Pass(14 * kDay);
  EXPECT_EQ(world.At(expired).state, ChannelState::kActive);
}

class ConformanceOnEveryMedium : public testing::TestWithParam<Medium> {};
INSTANTIATE_TEST_SUITE_P(Media, ConformanceOnEveryMedium, testing::ValuesIn(kAllMedia),
                         NameOfMedium);

// R-CFG-08: both work on every medium, and both are off on every medium where they are off.
TEST_P(ConformanceOnEveryMedium, LeaveAndPauseExist) {
  EXPECT_EQ(Answer<Leave>(true, false, GetParam()), Refusal::kNone);
  EXPECT_EQ(Answer<Pause>(false, true, GetParam()), Refusal::kNone);
  EXPECT_EQ(Answer<Leave>(false, true, GetParam()), Refusal::kFeatureOff);
  EXPECT_EQ(Answer<Pause>(true, false, GetParam()), Refusal::kFeatureOff);
}

// R-CFG-11: both let the agent go on to other work, and neither closes the conversation.
TEST_P(ConformanceOnEveryMedium, LeaveAndPauseCloseATaskForAWhileAndAConversationNever) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId left = world.ServeAndLeave(ann, "left", GetParam());
  EXPECT_FALSE(world.Happened<ConversationClosed>());
  const ConversationId paused = world.ServeAndPause(ann, "paused", GetParam());
  EXPECT_FALSE(world.Happened<ConversationClosed>());
  world.Serve(ann, "next", GetParam());
  world.Pass(1h);
  EXPECT_EQ(world.engine().FindOpen(GetParam(), "left", "shop"), left);
  EXPECT_EQ(world.engine().FindOpen(GetParam(), "paused", "shop"), paused);
  EXPECT_EQ(world.At(left).state, ChannelState::kInactive);
  EXPECT_EQ(world.At(paused).state, ChannelState::kPause);
}

}  // namespace
}  // namespace parley
