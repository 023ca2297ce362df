// What a TimerWheel promises, one fact a test. Boundaries and whole histories are in
// timer_wheel_history_test.cc.

#include "parley/timer/timer_wheel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "heap.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

constexpr Instant kStart{};

std::vector<uint64_t> PopAll(TimerWheel& wheel, Instant now) {
  std::vector<uint64_t> tags;
  while (const auto due = wheel.PopDue(now)) tags.push_back(due->tag);
  return tags;
}

// Any order of magnitude is as likely as any other, so every level gets its share.
uint64_t AnyScale(std::mt19937_64& random, uint32_t max_bits) {
  const auto bits = static_cast<uint32_t>(random() % (max_bits + 1));
  return bits == 0 ? 0 : random() >> (64 - bits);
}

TEST(TimerWheelTest, ATimerComesOutAtItsDeadlineAndNotBefore) {
  TimerWheel wheel(kStart);
  wheel.Arm(kStart + 20s, 1);
  EXPECT_THAT(PopAll(wheel, kStart + 19'999ms), IsEmpty());
  EXPECT_THAT(PopAll(wheel, kStart + 20s), ElementsAre(1));
  EXPECT_THAT(PopAll(wheel, kStart + 40s), IsEmpty());
}

TEST(TimerWheelTest, ATimerTellsItsDeadlineWhileItIsArmed) {
  TimerWheel wheel(kStart);
  const TimerId id = wheel.Arm(kStart + 20s, 1);
  EXPECT_EQ(wheel.DeadlineOf(id), kStart + 20s);
  EXPECT_EQ(wheel.DeadlineOf(TimerId{}), Instant::max());
  EXPECT_EQ(wheel.DeadlineOf(TimerId{77, 1}), Instant::max());
  wheel.Disarm(id);
  EXPECT_EQ(wheel.DeadlineOf(id), Instant::max());
}

// Distances chosen to start on one, two and three wheels away: a wheel that reverses a list when
// it moves it down would pass some of these and fail the others.
TEST(TimerWheelTest, TimersOfOneDeadlineComeOutInTheOrderTheyWereArmed) {
  for (const Duration delay : {5ms, 300ms, 5'000ms, 300'000ms, 20'000'000ms}) {
    TimerWheel wheel(kStart);
    for (const uint64_t tag : {1u, 2u, 3u}) wheel.Arm(kStart + delay, tag);
    EXPECT_THAT(PopAll(wheel, kStart + delay), ElementsAre(1, 2, 3)) << delay.count() << " ms";
  }
}

TEST(TimerWheelTest, ATimerArmedLateQueuesBehindOneArmedEarlyForTheSameDeadline) {
  TimerWheel wheel(kStart);
  wheel.Arm(kStart + 300ms, 1);
  EXPECT_THAT(PopAll(wheel, kStart + 299ms), IsEmpty());
  wheel.Arm(kStart + 300ms, 2);
  EXPECT_THAT(PopAll(wheel, kStart + 300ms), ElementsAre(1, 2));
}

TEST(TimerWheelTest, ADeadlineAlreadyPassedIsDueNowBehindTheTimersDueNow) {
  TimerWheel wheel(kStart);
  EXPECT_THAT(PopAll(wheel, kStart + 1h), IsEmpty());
  wheel.Arm(kStart + 1h, 1);
  wheel.Arm(kStart + 1s, 2);
  wheel.Arm(Instant::min(), 3);
  EXPECT_EQ(wheel.NextWake(), kStart + 1h);
  EXPECT_THAT(PopAll(wheel, kStart + 1h), ElementsAre(1, 2, 3));
}

TEST(TimerWheelTest, APoppedTimerSaysWhenItWasDue) {
  TimerWheel wheel(kStart);
  wheel.Arm(kStart + 20s, 1);
  const auto due = wheel.PopDue(kStart + 1h);
  ASSERT_TRUE(due.has_value());
  EXPECT_EQ(due->deadline, kStart + 20s);
  EXPECT_EQ(wheel.now(), kStart + 20s);
  EXPECT_FALSE(wheel.PopDue(kStart + 1h).has_value());
  EXPECT_EQ(wheel.now(), kStart + 1h);
}

TEST(TimerWheelTest, WhatIsArmedBetweenTwoPopsTakesItsPlaceInTheOrder) {
  TimerWheel wheel(kStart);
  wheel.Arm(kStart + 1s, 1);
  wheel.Arm(kStart + 3s, 3);
  EXPECT_EQ(wheel.PopDue(kStart + 1h)->tag, 1u);
  wheel.Arm(kStart + 2s, 2);
  EXPECT_THAT(PopAll(wheel, kStart + 1h), ElementsAre(2, 3));
}

TEST(TimerWheelTest, ATimerIsDisarmedOnce) {
  TimerWheel wheel(kStart);
  const TimerId id = wheel.Arm(kStart + 1s, 1);
  EXPECT_TRUE(wheel.Disarm(id));
  EXPECT_FALSE(wheel.Disarm(id));
  EXPECT_FALSE(wheel.Disarm(TimerId{}));
  EXPECT_EQ(wheel.size(), 0u);
  EXPECT_THAT(PopAll(wheel, kStart + 1s), IsEmpty());
}

TEST(TimerWheelTest, APoppedTimerIsNotDisarmed) {
  TimerWheel wheel(kStart);
  const TimerId id = wheel.Arm(kStart + 1s, 1);
  EXPECT_THAT(PopAll(wheel, kStart + 1s), ElementsAre(1));
  EXPECT_FALSE(wheel.Disarm(id));
}

TEST(TimerWheelTest, AnIdDoesNotDisarmTheNextTimerInItsSlot) {
  TimerWheel wheel(kStart);
  const TimerId old = wheel.Arm(kStart + 1s, 1);
  wheel.Disarm(old);
  EXPECT_EQ(wheel.Arm(kStart + 1s, 2).slot, old.slot);
  EXPECT_FALSE(wheel.Disarm(old));
  EXPECT_THAT(PopAll(wheel, kStart + 1s), ElementsAre(2));
}

TEST(TimerWheelTest, AnIdNeverGivenDisarmsNothing) {
  TimerWheel wheel(kStart);
  const TimerId id = wheel.Arm(kStart + 1s, 1);
  wheel.Disarm(wheel.Arm(kStart + 1s, 2));
  std::mt19937_64 random(1);
  for (int i = 0; i < 10'000; ++i) {
    const TimerId any{static_cast<uint32_t>(AnyScale(random, 32)),
                      static_cast<uint32_t>(AnyScale(random, 32))};
    EXPECT_TRUE(any == id || !wheel.Disarm(any));
  }
  EXPECT_TRUE(wheel.Disarm(id));
}

TEST(TimerWheelTest, TheSlotAfterTheLastIsNotArmed) {
  TimerWheel wheel(kStart);
  for (uint32_t i = 0; i < 5'000; ++i) {
    ASSERT_FALSE(wheel.Disarm({wheel.size(), 1}));
    wheel.Arm(kStart + 1s, i);
  }
}

TEST(TimerWheelTest, ACopyPopsTheSameUnderTheSameIdsAndIsDisarmedAlone) {
  TimerWheel wheel(Instant{});
  std::mt19937_64 random(3);
  std::vector<TimerId> ids;
  for (uint64_t tag = 0; tag < 1000; ++tag) {
    ids.push_back(wheel.Arm(Instant(Duration(static_cast<int64_t>(random() % 5000))), tag));
  }
  while (wheel.PopDue(Instant(100ms))) {
  }
  TimerWheel copy = wheel;
  TimerWheel other = wheel;
  for (const TimerId id : ids) other.Disarm(id);
  EXPECT_EQ(other.size(), 0u);
  EXPECT_EQ(copy.NextWake(), wheel.NextWake());
  EXPECT_EQ(copy.Arm(Instant(200ms), 1000), wheel.Arm(Instant(200ms), 1000));
  size_t popped = 0;
  while (const auto due = wheel.PopDue(Instant(5000ms))) {
    const auto same = copy.PopDue(Instant(5000ms));
    ASSERT_TRUE(same.has_value());
    EXPECT_EQ(same->deadline, due->deadline);
    EXPECT_EQ(same->tag, due->tag);
    ++popped;
  }
  EXPECT_GT(popped, 900u);
  EXPECT_EQ(copy.size(), 0u);
}

TEST(TimerWheelTest, SleepingUntilTheNextWakeIsOnTimeForEveryTimer) {
  for (const Duration delay : {Duration(1ms), Duration(1h), Duration(24h * 90)}) {
    TimerWheel wheel(kStart);
    EXPECT_EQ(wheel.NextWake(), Instant::max());
    wheel.Arm(kStart + delay, 1);
    int wakes = 0;
    for (; wheel.size() > 0; ++wakes) PopAll(wheel, wheel.NextWake());
    EXPECT_EQ(wheel.now(), kStart + delay);
    EXPECT_LE(wakes, 11);
  }
}

TEST(TimerWheelTest, TheThirdTimerOfTheFirstPlaceIsToldAhead) {
  TimerWheel wheel(kStart);
  EXPECT_EQ(wheel.TagAhead(), std::nullopt);
  wheel.Arm(kStart + 90ms, 9);
  for (const uint64_t tag : {1u, 2u, 3u, 4u}) wheel.Arm(kStart + 5ms, tag);
  EXPECT_EQ(wheel.TagAhead(), 3u);
  wheel.PopDue(kStart + 5ms);
  EXPECT_EQ(wheel.TagAhead(), 4u);
  wheel.PopDue(kStart + 5ms);
  EXPECT_EQ(wheel.TagAhead(), std::nullopt);
  EXPECT_THAT(PopAll(wheel, kStart + 1h), ElementsAre(3, 4, 9));
}

// They go to level 0 at once, as far as the earliest that was ever there.
TEST(TimerWheelTest, WhatAStoppedTimerWasDueAtMovesNobodyTooFar) {
  TimerWheel wheel(kStart);
  const TimerId early = wheel.Arm(kStart + 24h, 1);
  wheel.Arm(kStart + 24h + 7ms, 2);
  wheel.Arm(kStart + 24h + 9ms, 3);
  EXPECT_TRUE(wheel.Disarm(early));
  EXPECT_THAT(PopAll(wheel, kStart + 24h + 6ms), IsEmpty());
  wheel.Arm(kStart + 24h + 7ms, 4);
  EXPECT_THAT(PopAll(wheel, kStart + 24h + 7ms), ElementsAre(2, 4));
  EXPECT_THAT(PopAll(wheel, kStart + 24h + 9ms), ElementsAre(3));
}

TEST(TimerWheelTest, TheEndsOfTimeAreOrdinaryDeadlines) {
  TimerWheel wheel(Instant::min());
  wheel.Arm(Instant::max(), 4);
  wheel.Arm(Instant::max() - 1ms, 3);
  wheel.Arm(kStart, 2);
  wheel.Arm(Instant::min(), 1);
  EXPECT_THAT(PopAll(wheel, Instant::max() - 1ms), ElementsAre(1, 2, 3));
  EXPECT_THAT(PopAll(wheel, Instant::max()), ElementsAre(4));
  wheel.Arm(kStart, 5);
  EXPECT_THAT(PopAll(wheel, Instant::max()), ElementsAre(5));
}

TEST(TimerWheelTest, NothingIsAllocatedWithinTheReserve) {
  TimerWheel wheel(kStart);
  wheel.Reserve(5'000);
  const size_t before = Heap::calls;
  EXPECT_GT(before, 0u);
  for (int round = 0; round < 3; ++round) {
    for (uint64_t tag = 0; tag < 5'000; ++tag) wheel.Arm(wheel.now() + Duration(tag * tag), tag);
    while (wheel.PopDue(wheel.now() + 24h)) continue;
  }
  EXPECT_EQ(Heap::calls, before);
}

TEST(TimerWheelTest, TheFirstDueIsTheNextToBePoppedAndStays) {
  std::mt19937_64 random(3);
  TimerWheel wheel(kStart);
  TimerWheel twin(kStart);
  for (uint64_t tag = 0; tag < 2'000; ++tag) {
    const Instant deadline = kStart + Duration(AnyScale(random, 24));
    wheel.Arm(deadline, tag);
    twin.Arm(deadline, tag);
  }
  for (Instant now = kStart; twin.size() > 0; now += Duration(AnyScale(random, 20))) {
    while (true) {
      const auto first = wheel.FirstDue(now);
      const auto again = wheel.FirstDue(now);
      const auto popped = twin.PopDue(now);
      ASSERT_EQ(first.has_value(), popped.has_value());
      ASSERT_EQ(again.has_value(), popped.has_value());
      if (!popped) break;
      ASSERT_EQ(first->tag, popped->tag);
      ASSERT_EQ(again->deadline, popped->deadline);
      ASSERT_EQ(wheel.PopDue(first->deadline)->tag, popped->tag);
    }
    ASSERT_EQ(wheel.now(), now);
  }
}

TEST(TimerWheelTest, RoomIsForSoManyMore) {
  TimerWheel wheel(kStart);
  for (int i = 0; i < 3'000; ++i) wheel.Arm(kStart + 1s, 0);
  wheel.MakeRoom(5'000);
  const size_t before = Heap::calls;
  for (int i = 0; i < 5'000; ++i) wheel.Arm(kStart + 2s, 0);
  EXPECT_EQ(Heap::calls, before);
}

TEST(TimerWheelDeathTest, TimeDoesNotGoBack) {
  TimerWheel wheel(kStart);
  wheel.PopDue(kStart + 1s);
  EXPECT_DEATH(wheel.PopDue(kStart), "PARLEY_CHECK");
}

}  // namespace
}  // namespace parley
