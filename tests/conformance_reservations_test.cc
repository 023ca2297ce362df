// tests/conformance_reservations_test.cc — offers: accepted, declined, run out, taken back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A customer has written, and ann, the only agent, is asked.
struct Offered {
  explicit Offered(const Settings& settings = Settings()) : world(settings) {
    ann = world.AddAvailable("ann");
    c = world.Write("c@x");
    task = world.At(c).live_task;
    offer = world.At(task).reservation;
  }
  ReservationState State() const { return world.engine().Find(offer)->state; }

  World world;
  AgentId ann;
  ConversationId c;
  TaskId task;
  ReservationId offer;
};

// R-RV-01: an offered task can be accepted; B1 T9: then it is assigned, and the agent joins.
TEST(ConformanceReservationsTest, AnOfferedTaskCanBeAccepted) {
  Offered o;
  EXPECT_TRUE(o.world.engine().AllowedFor(o.ann, o.task).accept);
  EXPECT_EQ(o.world.Try(Accept{o.offer}), Refusal::kNone);
  EXPECT_THAT(o.world.Trace(), ElementsAre("ReservationAccepted", "ParticipantJoined"));
  EXPECT_EQ(o.world.At(o.task).state, TaskState::kAssigned);
  EXPECT_EQ(o.world.At(o.task).agent, o.ann);
  EXPECT_EQ(o.world.Try(Accept{o.offer}), Refusal::kWrongState);
}

// R-RV-01: ... or declined. B2 V4: that frees the capacity and the task waits again.
TEST(ConformanceReservationsTest, AnOfferedTaskCanBeDeclined) {
  Offered o;
  EXPECT_TRUE(o.world.engine().AllowedFor(o.ann, o.task).decline);
  EXPECT_EQ(o.world.Try(Decline{o.offer}), Refusal::kNone);
  EXPECT_THAT(o.world.Trace(), ElementsAre("ReservationDeclined", "TaskQueued"));
  EXPECT_EQ(o.world.Used(o.ann, Medium::kEmail), 0u);
  EXPECT_EQ(o.world.At(o.task).state, TaskState::kPending);
  EXPECT_EQ(o.world.At(o.ann).activity, kAvailable);
}

// R-RV-02: an offer that runs out goes to another qualified agent, even if the first has been
// without an offer longer.
TEST(ConformanceReservationsTest, AnOfferThatRunsOutGoesToAnotherAgent) {
  Offered o;
  const AgentId bob = o.world.AddAvailable("bob");
  o.world.Pass(10s);
  const ConversationId other = o.world.Serve(bob, "other@x");
  o.world.Do(Complete{o.world.At(other).live_task, bob});
  o.world.Pass(110s);
  EXPECT_EQ(o.world.Only<ReservationTimedOut>().agent, o.ann);
  EXPECT_EQ(o.world.Only<ReservationCreated>().agent, bob);
  EXPECT_EQ(o.world.Only<ReservationCreated>().task, o.task);
}

// R-RV-02, E-37: ... even if the first is the only one with room just then; he is asked again
// after a while, if still nobody else can.
TEST(ConformanceReservationsTest, TheFirstIsAskedAgainOnlyAfterAWhileAndOnlyIfNobodyElseCan) {
  Offered o;
  o.world.Do(Decline{o.offer});
  o.world.Pass(30s - 1ms);
  EXPECT_THAT(o.world.last(), IsEmpty());
  o.world.Pass(1ms);
  EXPECT_EQ(o.world.Only<ReservationCreated>().agent, o.ann);
  const AgentId bob = o.world.AddAvailable("bob");
  o.world.Do(Decline{o.world.At(o.task).reservation});
  EXPECT_EQ(o.world.Only<ReservationCreated>().agent, bob);
}

// R-RV-02, E-37: where an agent may be asked again at once, another comes first all the same.
TEST(ConformanceReservationsTest, AnotherComesFirstEvenIfTheFirstMayBeAskedAgainAtOnce) {
  Settings settings;
  settings.reservation.exclude_previous = false;
  Offered o(settings);
  const AgentId bob = o.world.AddAvailable("bob");
  o.world.Do(Decline{o.offer});
  EXPECT_EQ(o.world.Only<ReservationCreated>().agent, bob);
  o.world.Do(Decline{o.world.At(o.task).reservation});
  EXPECT_EQ(o.world.Only<ReservationCreated>().agent, o.ann);
}

// R-RV-03: how long an offer stands is a setting. E-26: at that very moment it has run out.
TEST(ConformanceReservationsTest, HowLongAnOfferStandsIsASetting) {
  for (const Duration timeout : {Duration(1ms), Duration(5s), kDay}) {
    for (const bool late : {false, true}) {
      Settings settings;
      settings.reservation.timeout = timeout;
      settings.task.ttl = 14 * kDay;
      Offered o(settings);
      o.world.clock().Pass(late ? timeout : timeout - 1ms);
      o.world.Do(Accept{o.offer});
      EXPECT_EQ(o.world.refusal(), late ? Refusal::kGone : Refusal::kNone);
    }
  }
}

// R-RV-03: from 1 ms to a day; not 0, and not longer.
TEST(ConformanceReservationsTest, AnOfferStandsForADayAtMost) {
  World world;
  for (const Duration timeout : {Duration(0), Duration(-1), kDay + 1ms}) {
    Settings settings;
    settings.reservation.timeout = timeout;
    EXPECT_EQ(world.Try(ApplySettings{settings}), Refusal::kSettingsInvalid);
  }
}

class ConformanceReservationsOnEveryMedium : public testing::TestWithParam<Medium> {};
INSTANTIATE_TEST_SUITE_P(Media, ConformanceReservationsOnEveryMedium, testing::ValuesIn(kAllMedia),
                         NameOfMedium);

// R-RV-04: by default an offer stands for two minutes.
TEST_P(ConformanceReservationsOnEveryMedium, AnOfferStandsForTwoMinutesByDefault) {
  World world;
  world.AddAvailable("ann");
  world.Write("c", GetParam());
  world.Pass(120s - 1ms);
  EXPECT_THAT(world.last(), IsEmpty());
  world.Pass(1ms);
  EXPECT_TRUE(world.Happened<ReservationTimedOut>());
}

// B2 V1, B1 T2: an offer counts against capacity at once, and as one assignment of the task.
TEST_P(ConformanceReservationsOnEveryMedium, AnOfferTakesCapacityAtOnce) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Write("c", GetParam());
  EXPECT_EQ(world.Used(ann, GetParam()), 1u);
  EXPECT_EQ(world.At(world.At(c).live_task).state, TaskState::kReserved);
  EXPECT_EQ(world.At(world.At(c).live_task).assignments, 1u);
  world.Write("next", GetParam());
  EXPECT_FALSE(world.Happened<ReservationCreated>());
}

// B2 V2: while the medium is being set up the time-out does not run; then the offer is accepted.
TEST(ConformanceReservationsTest, OnHoldAnOfferDoesNotTimeOut) {
  Offered o;
  o.world.Pass(119s);
  o.world.Do(Accept{o.offer, /*hold=*/true});
  EXPECT_THAT(o.world.Trace(), ElementsAre("ReservationOnHold"));
  o.world.Pass(119s);
  EXPECT_EQ(o.State(), ReservationState::kOnHold);
  EXPECT_EQ(o.world.At(o.task).state, TaskState::kReserved);
  EXPECT_EQ(o.world.Try(MediaReady{o.offer}), Refusal::kNone);
  EXPECT_EQ(o.world.At(o.task).state, TaskState::kAssigned);
}

// B2 V3: when the set-up fails the offer is canceled, and has not timed out; the capacity is free.
TEST(ConformanceReservationsTest, OnHoldAFailureCancelsTheOffer) {
  for (const bool told : {true, false}) {
    Offered o;
    o.world.Do(Accept{o.offer, /*hold=*/true});
    o.world.Do(SetActivity{o.ann, kOffline});
    told ? o.world.Do(MediaFailed{o.offer}) : o.world.Pass(120s);
    EXPECT_THAT(o.world.Trace(), ElementsAre("ReservationCanceled", "TaskQueued"));
    EXPECT_EQ(o.world.Used(o.ann, Medium::kEmail), 0u);
    EXPECT_EQ(o.world.Try(MediaReady{o.offer}), Refusal::kGone);
  }
}

// B2 V4: with a decline the agent may name the activity that he goes to.
TEST(ConformanceReservationsTest, ADeclineMayNameAnActivity) {
  Offered o;
  o.world.Do(Decline{o.offer, kOffline});
  EXPECT_EQ(o.world.Only<ActivityChanged>().to, kOffline);
  EXPECT_EQ(o.world.Only<ActivityChanged>().cause, ActivityCause::kDeclineOption);
}

// B2 V5, B10: when an offer runs out the agent goes to the time-out activity, if there is one.
TEST(ConformanceReservationsTest, AnAgentWhoDoesNotAnswerGoesToTheTimeoutActivity) {
  Offered o;
  const AgentId bob = o.world.AddAvailable("bob");
  o.world.Do(SetActivityRole{ActivityRole::kTimeout, kOffline});
  o.world.Pass(120s);
  EXPECT_THAT(o.world.Trace(), ElementsAre("ReservationTimedOut", "ActivityChanged", "TaskQueued",
                                           "ReservationCreated"));
  EXPECT_EQ(o.world.Only<ActivityChanged>().agent, o.ann);
  EXPECT_EQ(o.world.Only<ActivityChanged>().cause, ActivityCause::kReservationTimeout);
  EXPECT_EQ(o.world.Only<ReservationCreated>().agent, bob);
  EXPECT_EQ(o.world.Used(o.ann, Medium::kEmail), 0u);
}

// B2 V6: when its task is canceled the offer is, too.
TEST(ConformanceReservationsTest, CancelingATaskCancelsItsOffer) {
  Settings settings;
  settings.conversation.on_canceled = OnCanceled::kClose;
  Offered o(settings);
  o.world.Do(CancelTask{o.task});
  EXPECT_EQ(o.world.Only<ReservationCanceled>().reservation, o.offer);
  EXPECT_EQ(o.world.Used(o.ann, Medium::kEmail), 0u);
  EXPECT_EQ(o.world.Try(Accept{o.offer}), Refusal::kGone);
}

// B2 V7: an offer whose task must go elsewhere is rescinded; who accepts it late is told so.
TEST(ConformanceReservationsTest, AnOfferThatNoLongerFitsIsRescinded) {
  Offered o;
  const SkillSet french = o.world.AddSkillNamed("french");
  o.world.Do(UpdateTask{o.task, {.skills = french}});
  EXPECT_EQ(o.world.Only<ReservationRescinded>().reservation, o.offer);
  EXPECT_EQ(o.world.Used(o.ann, Medium::kEmail), 0u);
  EXPECT_EQ(o.world.Try(Accept{o.offer}), Refusal::kGone);
}

// B2 V8: going unavailable with the flag declines what is offered; it needs such an activity.
TEST(ConformanceReservationsTest, GoingUnavailableMayDeclineWhatIsOffered) {
  Offered o;
  EXPECT_EQ(o.world.Try(SetActivity{o.ann, kAvailable, /*reject_pending=*/true}),
            Refusal::kActivityAvailable);
  EXPECT_EQ(o.world.Try(SetActivity{o.ann, kOffline, /*reject_pending=*/true}), Refusal::kNone);
  EXPECT_EQ(o.world.Only<ReservationDeclined>().reservation, o.offer);
  EXPECT_EQ(o.world.At(o.task).state, TaskState::kPending);
}

// B2 V9: without the flag the offer stays with him.
TEST(ConformanceReservationsTest, GoingUnavailableWithoutTheFlagKeepsWhatIsOffered) {
  Offered o;
  o.world.Do(SetActivity{o.ann, kOffline});
  EXPECT_EQ(o.State(), ReservationState::kPending);
  EXPECT_EQ(o.world.Try(Accept{o.offer}), Refusal::kNone);
}

// B2 V10: wrap-up keeps the capacity. B2 V11: Complete frees it, out of wrap-up or at once.
TEST(ConformanceReservationsTest, CompleteFreesTheCapacityThatWrapUpKeeps) {
  for (const bool wrap_up : {true, false}) {
    Offered o;
    o.world.Do(Accept{o.offer});
    if (wrap_up) {
      o.world.Do(End{o.c, o.ann});
      EXPECT_EQ(o.State(), ReservationState::kWrapping);
      EXPECT_EQ(o.world.Used(o.ann, Medium::kEmail), 1u);
    }
    o.world.Do(Complete{o.task, o.ann});
    EXPECT_EQ(o.world.Only<ReservationCompleted>().reservation, o.offer);
    EXPECT_EQ(o.world.Used(o.ann, Medium::kEmail), 0u);
  }
}

// B2 V12: what a task waits for may end while it is offered; the offer runs on.
TEST(ConformanceReservationsTest, AnOfferIsNotCutShortByTheEndOfAPreference) {
  Settings settings = LeaveAndPauseOn();
  settings.leave.routing = LeaveRouting::kCustom;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndLeave(ann, "c@x");
  world.Write("c@x");
  world.Do(CreateTask{c, {ann, 60s}});
  const ReservationId offer = world.Only<ReservationCreated>().reservation;
  world.Pass(119s);
  EXPECT_THAT(world.last(), IsEmpty());
  EXPECT_EQ(world.Try(Accept{offer}), Refusal::kNone);
}

}  // namespace
}  // namespace parley
