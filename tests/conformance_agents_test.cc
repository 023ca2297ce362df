// tests/conformance_agents_test.cc — activities, presence and capacity of agents, row by row.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Medium kEmail = Medium::kEmail;

ActivityId AddBreak(World& world) {
  world.Do(AddActivity{"Break", false});
  return world.engine().FindActivity("Break");
}

// B3 W1: a change tells the activity before and the time spent in it; available, he is matched.
TEST(ConformanceAgentsTest, AChangeOfActivityTellsTheOneBeforeAndHowLongItLasted) {
  World world;
  const ActivityId pause = AddBreak(world);
  const AgentId ann = world.AddAvailable("ann");
  world.Pass(1h);
  world.Do(SetActivity{ann, pause});
  EXPECT_EQ(world.Only<ActivityChanged>(),
            (ActivityChanged{ann, kAvailable, pause, ActivityCause::kManual, 1h}));
  world.Write("c@x");
  world.Do(SetActivity{ann, kAvailable});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
  EXPECT_EQ(world.Try(SetActivity{ann, ActivityId::Make(9, 0)}), Refusal::kNotFound);
}

// B3 W2: offers are declined with the flag; what is accepted or wrapping goes on.
TEST(ConformanceAgentsTest, GoingUnavailableLeavesAcceptedWorkAlone) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetCapacity{ann, kEmail, 3});
  const ConversationId wrapping = world.Serve(ann, "wrapping@x");
  world.Do(End{wrapping, ann});
  const ConversationId live = world.Serve(ann, "live@x");
  world.Write("offered@x");
  world.Do(SetActivity{ann, kOffline, /*reject_pending=*/true});
  const Worklist list = world.engine().WorklistOf(ann);
  EXPECT_THAT(list.offers, IsEmpty());
  EXPECT_THAT(list.live, ElementsAre(world.At(live).live_task));
  EXPECT_THAT(list.wrapping, ElementsAre(world.At(wrapping).live_task));
  EXPECT_EQ(world.Try(Reply{live, ann, 2}), Refusal::kNone);
}

// B3 W9: a new agent begins in the default activity, which is Offline unless set otherwise.
TEST(ConformanceAgentsTest, ANewAgentBeginsInTheDefaultActivity) {
  World world;
  EXPECT_EQ(world.At(world.AddAgentNamed("ann")).activity, kOffline);
  world.Do(SetActivityRole{ActivityRole::kDefault, kAvailable});
  EXPECT_EQ(world.At(world.AddAgentNamed("bob")).activity, kAvailable);
  world.Do(AddAgent{"cid", {}, kOffline});
  EXPECT_EQ(world.At(world.engine().FindAgent("cid")).activity, kOffline);
}

// B3 W10: an agent can be removed; what he has goes on without him, each in its place in line.
TEST(ConformanceAgentsTest, WhatARemovedAgentHasGoesToOthers) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetCapacity{ann, kEmail, 3});
  const ConversationId wrapping = world.Serve(ann, "wrapping@x");
  world.Do(End{wrapping, ann});
  const ConversationId live = world.Serve(ann, "live@x");
  world.Pass(1s);
  const ConversationId offered = world.Write("offered@x");
  world.Do(RemoveAgent{ann});
  EXPECT_TRUE(world.Happened<AgentRemoved>());
  EXPECT_EQ(world.engine().Find(ann), nullptr);
  EXPECT_FALSE(world.engine().Find(wrapping).has_value());  // Completed, and so closed.
  EXPECT_THAT(world.engine().WaitingIn(world.support()),
              ElementsAre(world.At(live).live_task, world.At(offered).live_task));
  EXPECT_EQ(world.Try(SetActivity{ann, kAvailable}), Refusal::kGone);
}

// E-34: ... and what he has paused goes back to its queue at once.
TEST(ConformanceAgentsTest, WhatARemovedAgentHasPausedGoesBackToItsQueueAtOnce) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.Do(RemoveAgent{ann});
  EXPECT_EQ(world.Only<PauseExpired>().end, PauseEnd::kOwnerRemoved);
  EXPECT_EQ(world.At(world.At(c).live_task).state, TaskState::kPending);
}

// E-34: an agent who loses the skill keeps what he has paused, and may resume it.
TEST(ConformanceAgentsTest, ADeskilledAgentKeepsWhatHeHasPaused) {
  World world(LeaveAndPauseOn());
  const SkillSet french = world.AddSkillNamed("french");
  const AgentId ann = world.AddAvailable("ann", french);
  world.Do(Message{kEmail, "c@x", "shop", 1, {world.support(), french}});
  world.AcceptNewest(ann);
  const ConversationId c = world.engine().FindOpen(kEmail, "c@x", "shop");
  world.Do(Pause{c, ann});
  world.Do(SetAgentSkills{ann, {}});
  EXPECT_EQ(world.At(c).owner, ann);
  EXPECT_EQ(world.Try(Resume{c, ann}), Refusal::kNone);
}

// ---- Capacity ----

class ConformanceCapacityOnEveryMedium : public testing::TestWithParam<Medium> {};
INSTANTIATE_TEST_SUITE_P(Media, ConformanceCapacityOnEveryMedium, testing::ValuesIn(kAllMedia),
                         NameOfMedium);

// B3 capacity: 0 is never; a medium that is switched off keeps its number.
TEST_P(ConformanceCapacityOnEveryMedium, CapacityZeroIsNeverAndAMediumCanBeSwitchedOff) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetCapacity{ann, GetParam(), 0});
  world.Write("c", GetParam());
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  world.Do(SetMediumAvailable{ann, GetParam(), false});
  world.Do(SetCapacity{ann, GetParam(), 2});
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  EXPECT_EQ(world.At(ann).For(GetParam()).configured, 2u);
  world.Do(SetMediumAvailable{ann, GetParam(), true});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
}

// B3 capacity, E-19: used are offers, accepted and wrapping ones; assigned the accepted ones only.
TEST_P(ConformanceCapacityOnEveryMedium, UsedIsPendingAndAcceptedAndWrapping) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetCapacity{ann, GetParam(), 3});
  const ConversationId wrapping = world.Serve(ann, "wrapping", GetParam());
  world.Do(End{wrapping, ann});
  world.Serve(ann, "accepted", GetParam());
  EXPECT_EQ(world.Used(ann, GetParam()), 2u);
  world.Write("offered", GetParam());
  EXPECT_EQ(world.Used(ann, GetParam()), 3u);
  EXPECT_EQ(world.At(ann).For(GetParam()).accepted, 1u);
  world.Write("full", GetParam());
  EXPECT_FALSE(world.Happened<ReservationCreated>());
}

// B3 capacity, E-20: what is free in percent is rounded down: with 2 of 3 used it is 33.
TEST(ConformanceCapacityTest, TheFreePercentageIsRoundedDown) {
  const auto free = [](uint32_t used, uint32_t configured) {
    return Capacity{.configured = configured, .accepted = used}.PercentFree(true);
  };
  EXPECT_EQ(free(0, 3), 100u);
  EXPECT_EQ(free(1, 3), 66u);
  EXPECT_EQ(free(2, 3), 33u);
  EXPECT_EQ(free(3, 3), 0u);
  EXPECT_EQ(free(4, 3), 0u);  // Forced above it.
  EXPECT_EQ(free(0, 0), 0u);
}

// B3 capacity: each of these frees a unit: decline, time-out, cancel, rescind, complete.
TEST(ConformanceCapacityTest, EveryEndOfAReservationFreesItsUnit) {
  for (int end = 0; end < 5; ++end) {
    World world;
    const AgentId ann = world.AddAvailable("ann");
    const SkillSet french = world.AddSkillNamed("french");
    const TaskId task = world.At(world.Write("c@x")).live_task;
    world.Do(SetActivity{ann, kOffline});  // So that nothing new is offered.
    EXPECT_EQ(world.Used(ann, kEmail), 1u);
    const ReservationId offer = world.At(task).reservation;
    if (end == 0) world.Do(Decline{offer});
    if (end == 1) world.Pass(120s);
    if (end == 2) world.Do(CancelTask{task});
    if (end == 3) world.Do(UpdateTask{task, {.skills = french}});
    if (end == 4) world.Do(Accept{offer});
    if (end == 4) world.Do(Complete{task, ann});
    EXPECT_EQ(world.Used(ann, kEmail), 0u) << end;
  }
}

// B3 capacity: an agent who is full on one medium is not full on another.
TEST(ConformanceCapacityTest, AFullMediumDoesNotBlockTheOthers) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  for (const Medium medium : kAllMedia) {
    world.Write("c", medium);
    EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
  }
}

// B3 capacity: a number below what is used takes nothing away; there is no new work until it fits.
TEST(ConformanceCapacityTest, LoweringCapacityRevokesNothing) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetCapacity{ann, kEmail, 2});
  const ConversationId first = world.Serve(ann, "first@x");
  const ConversationId second = world.Serve(ann, "second@x");
  world.Do(SetCapacity{ann, kEmail, 1});
  EXPECT_EQ(world.Used(ann, kEmail), 2u);
  world.Write("third@x");
  world.Do(Complete{world.At(first).live_task, ann});
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  world.Do(Complete{world.At(second).live_task, ann});
  EXPECT_TRUE(world.Happened<ReservationCreated>());
}

// E-21: of those who fit, the one who has been without an offer longest is asked: first who never
// had one, then the earliest; ties go to the lower id.
TEST(ConformanceCapacityTest, WhoHasBeenWithoutAnOfferLongestIsAskedFirst) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const AgentId bob = world.AddAvailable("bob");
  for (const AgentId agent : {ann, bob}) world.Do(SetCapacity{agent, kEmail, 9});
  const auto asked = [&](std::string_view customer) {
    world.Pass(1s);
    world.Write(customer);
    return world.Only<ReservationCreated>().agent;
  };
  EXPECT_EQ(asked("1"), ann);
  EXPECT_EQ(asked("2"), bob);
  EXPECT_EQ(asked("3"), ann);
  const AgentId cid = world.AddAvailable("cid");
  EXPECT_EQ(asked("4"), cid);
  EXPECT_EQ(asked("5"), bob);
}

// E-21: an offer counts, not an accept: who declines does not stay first.
TEST(ConformanceCapacityTest, WhoDeclinesGoesToTheEndOfTheLine) {
  World world;
  const SkillSet french = world.AddSkillNamed("french");
  const AgentId ann = world.AddAvailable("ann", french);
  const AgentId bob = world.AddAvailable("bob");
  world.Do(Message{kEmail, "1", "shop", 1, {world.support(), french}});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
  world.Do(Decline{world.Only<ReservationCreated>().reservation});
  world.Write("2");
  EXPECT_EQ(world.Only<ReservationCreated>().agent, bob);
}

}  // namespace
}  // namespace parley
