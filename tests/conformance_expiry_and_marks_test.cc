// tests/conformance_expiry_and_marks_test.cc — the limit of a pause, its end, and its marks.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>

#include "parley/model/settings_fields.h"
#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Settings Limited(int32_t days) {
  Settings settings = LeaveAndPauseOn();
  settings.pause.limit = days;
  return settings;
}

// R-PX-01: there is always a limit: every setting that is allowed gives a deadline that comes.
// R-PX-03: one day and 14 days are allowed, and all between.
TEST(ConformancePauseLimitTest, EveryAllowedLimitRunsOut) {
  for (int32_t days = 1; days <= 14; ++days) {
    World world(Limited(days));
    const ConversationId c = world.ServeAndPause(world.AddAvailable("ann"), "c@x");
    EXPECT_EQ(world.Only<TaskPaused>().deadline, world.clock().Now() + days * kDay);
    world.Pass(days * kDay - 1ms);
    EXPECT_EQ(world.At(c).state, ChannelState::kPause);
    world.Pass(1ms);
    EXPECT_EQ(world.Only<PauseExpired>().conversation, c);
  }
}

// R-PX-03: nothing below one day or above 14 is; R-PX-01: so it cannot be switched off either.
TEST(ConformancePauseLimitTest, ALimitBelow1DayOrAbove14IsRefused) {
  World world(LeaveAndPauseOn());
  for (const int32_t days : {INT32_MIN, -1, 0, 15, INT32_MAX}) {
    EXPECT_EQ(world.Try(ApplySettings{Limited(days)}), Refusal::kSettingsInvalid) << days;
    EXPECT_EQ(SettingName(world.Only<Refused>().setting), "pause.limit");
    EXPECT_FALSE(Validate(Limited(days)).ok());
  }
  Settings longer_days = Limited(14);
  longer_days.day = kDay + 1ms;
  EXPECT_EQ(world.Try(ApplySettings{longer_days}), Refusal::kSettingsInvalid);
}

// R-PX-02: the limit is 14 days if nobody says otherwise. E-27: of 86 400 s each.
TEST(ConformancePauseLimitTest, TheLimitIs14DaysByDefault) {
  World world(LeaveAndPauseOn());
  world.ServeAndPause(world.AddAvailable("ann"), "c@x");
  EXPECT_EQ(world.Only<TaskPaused>().deadline, world.clock().Now() + 14 * 86'400s);
}

class ConformancePauseExpiryOnEveryMedium : public testing::TestWithParam<Medium> {};
INSTANTIATE_TEST_SUITE_P(Media, ConformancePauseExpiryOnEveryMedium, testing::ValuesIn(kAllMedia),
                         NameOfMedium);

// R-PX-04, B5 C10: at the limit, and not before, it goes back to its queue by itself.
TEST_P(ConformancePauseExpiryOnEveryMedium, AtTheLimitItGoesBackToItsQueue) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c", GetParam());
  world.Do(SetActivity{ann, kOffline});
  world.Pass(14 * kDay - 1ms);
  EXPECT_THAT(world.engine().WaitingIn(world.support()), IsEmpty());
  world.Pass(1ms);
  EXPECT_THAT(world.Trace(), ElementsAre("PauseExpired", "ChannelChanged", "ConversationRerouted",
                                         "TaskCreated", "TaskQueued"));
  EXPECT_EQ(world.Only<PauseExpired>(), (PauseExpired{c, ann, world.support()}));
  EXPECT_EQ(world.Only<ChannelChanged>(),
            (ChannelChanged{c, ChannelState::kPause, ChannelState::kActive}));
  EXPECT_THAT(world.engine().WaitingIn(world.support()), ElementsAre(world.At(c).live_task));
}

// R-PX-05: the next agent who is available gets it;
TEST(ConformancePauseLimitTest, TheNextAvailableAgentGetsIt) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  const AgentId bob = world.AddAvailable("bob");
  world.Pass(14 * kDay);
  EXPECT_EQ(world.Only<ReservationCreated>(),
            (ReservationCreated{world.At(world.At(c).live_task).reservation, world.At(c).live_task,
                                bob}));
}

// R-PX-05: ... or, where nobody is, the first who becomes so. E-10: the former owner is one.
TEST(ConformancePauseLimitTest, ItWaitsUntilSomeoneIsAvailable) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.Do(SetActivity{ann, kOffline});
  world.Pass(14 * kDay + 1h);
  EXPECT_EQ(world.At(world.At(c).live_task).state, TaskState::kPending);
  world.Do(SetActivity{ann, kAvailable});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
}

// R-PX-06: the former owner has it no more: it is off his list, he cannot resume or read it.
TEST(ConformancePauseLimitTest, TheFormerOwnerHasItNoMore) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.AddAvailable("bob");
  world.Pass(14 * kDay);
  EXPECT_THAT(world.engine().PausedBy(ann), IsEmpty());
  EXPECT_THAT(world.engine().WorklistOf(ann).paused, IsEmpty());
  EXPECT_EQ(world.At(c).owner, AgentId());
  EXPECT_FALSE(world.engine().MayRead(ann, c));
  EXPECT_EQ(world.Try(Resume{c, ann}), Refusal::kNotPaused);
}

// R-PX-07: a shorter limit holds for what is paused after the change,
TEST(ConformancePauseLimitTest, AShorterLimitHoldsOnlyForWhatIsPausedLater) {
  World world(Limited(14));
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId old = world.ServeAndPause(ann, "old@x");
  world.Do(ApplySettings{Limited(3)});
  const ConversationId fresh = world.ServeAndPause(ann, "fresh@x");
  world.Pass(3 * kDay);
  EXPECT_EQ(world.Only<PauseExpired>().conversation, fresh);
  world.Pass(11 * kDay - 1ms);
  EXPECT_FALSE(world.Happened<PauseExpired>());
  world.Pass(1ms);
  EXPECT_EQ(world.Only<PauseExpired>().conversation, old);
}

// R-PX-08: ... and a longer one does not reach back either.
TEST(ConformancePauseLimitTest, ALongerLimitHoldsOnlyForWhatIsPausedLater) {
  World world(Limited(3));
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId old = world.ServeAndPause(ann, "old@x");
  world.Do(ApplySettings{Limited(14)});
  const ConversationId fresh = world.ServeAndPause(ann, "fresh@x");
  world.Pass(3 * kDay);
  EXPECT_EQ(world.Only<PauseExpired>().conversation, old);
  world.Pass(11 * kDay);
  EXPECT_EQ(world.Only<PauseExpired>().conversation, fresh);
}

// R-PX-09: paused again, it is a new pause: a new clock, and the limit then in force.
TEST(ConformancePauseLimitTest, ASecondPauseHasAClockAndALimitOfItsOwn) {
  World world(Limited(3));
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.Pass(2 * kDay);
  world.Do(Resume{c, ann});
  world.Do(ApplySettings{Limited(2)});
  world.Do(Pause{c, ann});
  world.Pass(2 * kDay - 1ms);
  EXPECT_EQ(world.At(c).state, ChannelState::kPause);
  world.Pass(1ms);
  EXPECT_EQ(world.Only<PauseExpired>().conversation, c);
}

// E-10: queue, needs and priority are those of the task that was paused; the former owner is not
// kept out, and the age counts from the end of the pause.
TEST(ConformancePauseLimitTest, TheNewTaskHasTheQueueAndThePriorityOfTheOld) {
  World world(LeaveAndPauseOn());
  const QueueId billing = world.AddQueueNamed("billing");
  const AgentId ann = world.AddAvailable("ann");
  world.Do(Message{Medium::kEmail, "c@x", "shop", 1, Route{.queue = billing, .priority = 7}});
  world.AcceptNewest(ann);
  const ConversationId c = world.engine().FindOpen(Medium::kEmail, "c@x", "shop");
  world.Do(Pause{c, ann});
  world.Pass(14 * kDay);
  const Task& task = world.At(world.At(c).live_task);
  EXPECT_EQ(task.queue, billing);
  EXPECT_EQ(task.priority, 7);
  EXPECT_EQ(task.since, world.clock().Now());
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
}

// E-10, E-38: if set so, it keeps its place in line, or gets a higher priority.
TEST(ConformancePauseLimitTest, ThePlaceInLineAfterExpiryIsASetting) {
  Settings settings = LeaveAndPauseOn();
  settings.pause.expired_keeps_age = true;
  settings.pause.expired_priority_boost = 5;
  World world(settings);
  const ConversationId c = world.ServeAndPause(world.AddAvailable("ann"), "c@x");
  const Instant start = world.clock().Now();
  world.Pass(14 * kDay);
  EXPECT_EQ(world.At(world.At(c).live_task).since, start);
  EXPECT_EQ(world.At(world.At(c).live_task).priority, 5);
}

// ---- Marks ----

// R-HL-01: each paused item says when it will be reassigned, and in how long.
TEST(ConformanceMarksTest, EachPausedItemTellsWhenItWillBeReassigned) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const Instant start = world.clock().Now();
  world.ServeAndPause(ann, "first@x");
  world.Pass(kDay);
  world.ServeAndPause(ann, "second@x");
  world.Pass(2h);
  const auto items = world.engine().PausedBy(ann);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].deadline, start + 14 * kDay);
  EXPECT_EQ(items[0].remaining, 13 * kDay - 2h);
  EXPECT_EQ(items[1].deadline, start + 15 * kDay);
  EXPECT_EQ(items[1].remaining, 14 * kDay - 2h);
}

// R-HL-02, R-HL-03: the marks are 24 h and 1 h before the limit, to the millisecond.
TEST_P(ConformancePauseExpiryOnEveryMedium, TheMarksAre24HoursAnd1HourBeforeTheLimit) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c", GetParam());
  Duration passed{};
  for (const Duration before : {Duration(24h), Duration(1h)}) {
    world.Pass(14 * kDay - before - passed - 1ms);
    EXPECT_FALSE(world.Happened<PauseExpiring>());
    world.Pass(1ms);
    EXPECT_EQ(world.Only<PauseExpiring>(), (PauseExpiring{c, ann, before}));
    passed = 14 * kDay - before;
  }
}

// R-HL-02, R-HL-03, E-15: the level of a paused item follows the time that remains.
TEST(ConformanceMarksTest, TheLevelFollowsTheTimeThatRemains) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  world.ServeAndPause(ann, "c@x");
  const auto level = [&](Duration remaining) {
    world.Pass(world.engine().PausedBy(ann)[0].remaining - remaining);
    return world.engine().PausedBy(ann)[0].level;
  };
  EXPECT_EQ(level(24h + 1ms), ReassignLevel::kNormal);
  EXPECT_EQ(level(24h), ReassignLevel::kWithin24h);
  EXPECT_EQ(level(1h + 1ms), ReassignLevel::kWithin24h);
  EXPECT_EQ(level(1h), ReassignLevel::kWithin1h);
}

// R-HL-04: the marks count from the end: with a limit of 3 days they come after 48 h and 71 h.
TEST(ConformanceMarksTest, TheMarksCountFromTheEnd) {
  World world(Limited(3));
  world.ServeAndPause(world.AddAvailable("ann"), "c@x");
  const Instant start = world.clock().Now();
  world.Pass(3 * kDay - 1ms);
  ASSERT_EQ(world.last().size(), 2u);
  EXPECT_EQ(world.last()[0].at, start + 48h);
  EXPECT_EQ(world.last()[1].at, start + 71h);
}

// R-HL-02, R-HL-03, B7: which marks there are is a setting, and counts for what is paused later.
TEST(ConformanceMarksTest, APauseKeepsTheMarksThatItBeganWith) {
  World world(LeaveAndPauseOn());
  const AgentId ann = world.AddAvailable("ann");
  world.ServeAndPause(ann, "old@x");
  Settings settings = LeaveAndPauseOn();
  settings.pause.marks = {2h};
  world.Do(ApplySettings{settings});
  const ConversationId fresh = world.ServeAndPause(ann, "fresh@x");
  world.Pass(14 * kDay - 1ms);
  ASSERT_EQ(world.All<PauseExpiring>().size(), 3u);
  EXPECT_EQ(world.All<PauseExpiring>()[0].before, Duration(24h));
  EXPECT_EQ(world.All<PauseExpiring>()[1], (PauseExpiring{fresh, ann, 2h}));
  EXPECT_EQ(world.All<PauseExpiring>()[2].before, Duration(1h));
}

// R-HL-05: who resumes before a mark hears nothing of it any more.
TEST(ConformanceMarksTest, ResumeBeforeAMarkSuppressesIt) {
  for (const Duration before : {Duration(24h), Duration(1h)}) {
    World world(LeaveAndPauseOn());
    const AgentId ann = world.AddAvailable("ann");
    const ConversationId c = world.ServeAndPause(ann, "c@x");
    world.Pass(14 * kDay - before - 1ms);
    world.Do(Resume{c, ann});
    world.Pass(14 * kDay);
    EXPECT_FALSE(world.Happened<PauseExpiring>());
    EXPECT_FALSE(world.Happened<PauseExpired>());
  }
}

// E-15: with a limit of one day the first mark is due at once, and is told after the pause.
TEST(ConformanceMarksTest, AMarkThatIsDueAtOnceIsToldRightAfterThePause) {
  World world(Limited(1));
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  EXPECT_EQ(world.Trace().back(), "PauseExpiring");
  EXPECT_EQ(world.Only<PauseExpiring>(), (PauseExpiring{c, ann, 24h}));
  EXPECT_EQ(world.engine().PausedBy(ann)[0].level, ReassignLevel::kWithin24h);
  world.Pass(23h - 1ms);
  EXPECT_THAT(world.last(), IsEmpty());
  world.Pass(1ms);
  EXPECT_EQ(world.Only<PauseExpiring>().before, Duration(1h));
}

}  // namespace
}  // namespace parley
