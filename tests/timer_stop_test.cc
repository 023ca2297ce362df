// Timers that are stopped, by the thousand: what they leave behind changes nothing, and goes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "armed_timers.h"
#include "heap.h"
#include "parley/timer/timer_wheel.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart{};

// Few deadlines for many timers, so that each list is long, and most timers are stopped.
class StoppedTimersTest : public testing::TestWithParam<uint32_t> {};

TEST_P(StoppedTimersTest, TheOthersComeOutInOrder) {
  std::mt19937_64 random(GetParam());
  const int64_t span = int64_t{1} << (GetParam() % 6 * 6);
  const uint64_t most = GetParam() % 2 == 0 ? 400 : 3'000;
  ArmedTimers all;
  for (int step = 0; step < 60'000; ++step) {
    const uint64_t dice = random() % 1'000;
    if (all.tags.size() < most / 2 || (dice < 480 && all.tags.size() < most)) {
      all.Arm(all.wheel.now() + Duration(static_cast<int64_t>(random() % 40) * span));
    } else if (dice < 990) {
      ASSERT_NO_FATAL_FAILURE(all.StopAt(random() % all.tags.size()));
    } else {
      ASSERT_NO_FATAL_FAILURE(all.Advance(all.wheel.now() + Duration(span / 8)));
    }
    if (step % 1'000 == 0) {
      ASSERT_NO_FATAL_FAILURE(all.ExpectAlike()) << "step " << step;
    }
  }
  ASSERT_NO_FATAL_FAILURE(all.Advance(all.wheel.now() + Duration(40 * span)));
  EXPECT_TRUE(all.model.empty());
}

INSTANTIATE_TEST_SUITE_P(Seeds, StoppedTimersTest, testing::Range(0u, 12u));

// Ways to stop timers that leave as much behind as can be: all but the last of each place, the
// oldest first, the youngest first, at random, in waves. Never are more armed than reserved.
TEST(TimerStopTest, WithinTheReserveNothingIsAllocatedHoweverManyAreStopped) {
  constexpr uint32_t kReserved = 20'000;
  for (int way = 0; way < 5; ++way) {
    std::mt19937_64 random(static_cast<uint64_t>(way));
    TimerWheel wheel(kStart);
    wheel.Reserve(kReserved);
    std::vector<TimerId> ids;
    ids.reserve(kReserved);
    const size_t before = Heap::calls;
    for (int round = 0; round < 60; ++round) {
      while (ids.size() < kReserved) {
        const auto delay = static_cast<int64_t>(way == 0 ? 1'000'000 : random() >> (31 + way * 4));
        ids.push_back(wheel.Arm(wheel.now() + Duration(delay), 1));
      }
      if (way == 1) std::ranges::reverse(ids);
      if (way == 2) std::ranges::shuffle(ids, random);
      const size_t keep = way == 3 ? kReserved - 300 : random() % 100;
      while (ids.size() > keep) {
        wheel.Disarm(ids.back());
        ids.pop_back();
      }
      while (way == 4 && wheel.PopDue(wheel.now() + 1h)) continue;
    }
    EXPECT_EQ(Heap::calls, before) << "way " << way;
  }
}

// An offer that is answered at once, beside one that waits: for ever in the same place.
TEST(TimerStopTest, WhatStoppedTimersLeaveBehindDoesNotGrow) {
  for (const Duration delay : {3ms, 300ms, 120'000ms, 1'000'000'000ms}) {
    TimerWheel wheel(kStart);
    wheel.Arm(kStart + delay, 1);
    for (int i = 0; i < 1'000; ++i) wheel.Disarm(wheel.Arm(kStart + delay, 2));
    const size_t before = Heap::calls;
    for (int i = 0; i < 100'000; ++i) wheel.Disarm(wheel.Arm(kStart + delay, 2));
    EXPECT_EQ(Heap::calls, before);
    EXPECT_EQ(wheel.PopDue(kStart + delay)->tag, 1u);
    EXPECT_FALSE(wheel.PopDue(kStart + delay).has_value());
  }
}

// They move as one, from level to level: what was swept is elsewhere.
TEST(TimerStopTest, TimersOfOneDeadlineMayMoveWhileTheyAreSwept) {
  ArmedTimers all;
  for (int i = 0; i < 5'000; ++i) all.Arm(kStart + 24h);
  for (int i = 0; i < 3'000; ++i) {
    ASSERT_NO_FATAL_FAILURE(all.StopAt(all.tags.size() / 2));
    const Instant now = kStart + 12h + Duration(i * 14'300);
    ASSERT_NO_FATAL_FAILURE(all.Advance(i > 2'000 ? now : kStart));
  }
  ASSERT_NO_FATAL_FAILURE(all.ExpectAlike());
  ASSERT_NO_FATAL_FAILURE(all.Advance(kStart + 24h));
  EXPECT_TRUE(all.model.empty());
}

TEST(TimerStopTest, APlaceThatOnlyStoppedTimersWereInIsEmpty) {
  TimerWheel wheel(kStart);
  const TimerId first = wheel.Arm(kStart + 5s, 1);
  const TimerId second = wheel.Arm(kStart + 5s, 2);
  wheel.Arm(kStart + 9h, 3);
  const Instant wake = wheel.NextWake();
  wheel.Disarm(first);
  EXPECT_EQ(wheel.NextWake(), wake);
  wheel.Disarm(second);
  EXPECT_GT(wheel.NextWake(), kStart + 1h);
}

TEST(TimerStopTest, AStoppedTimerIsNotToldAhead) {
  TimerWheel wheel(kStart);
  std::vector<TimerId> ids;
  for (uint64_t tag = 0; tag < 100; ++tag) ids.push_back(wheel.Arm(kStart + 5ms, tag));
  wheel.Disarm(ids[2]);
  EXPECT_EQ(wheel.TagAhead(), std::nullopt);
  for (uint64_t tag = 0; tag < 97; ++tag) {
    if (tag == 2) continue;
    EXPECT_EQ(wheel.PopDue(kStart + 5ms)->tag, tag);
    EXPECT_EQ(wheel.TagAhead(), tag == 0 ? 3 : tag + 3);
  }
}

// A slot can be armed 2^22 times. For one that is worn out room is made as for any other timer.
TEST(TimerStopTest, AWornOutSlotIsMadeUpFor) {
  constexpr uint32_t kReserved = 4096;
  TimerWheel wheel(kStart);
  wheel.Reserve(kReserved);
  for (uint32_t i = 1; i < kReserved; ++i) wheel.Arm(kStart + 1h, i);
  const TimerId first = wheel.Arm(kStart + 2h, 0);
  wheel.Disarm(first);
  for (int i = 1; i < 1 << 22; ++i) wheel.Disarm(wheel.Arm(kStart + 2h, 0));
  EXPECT_FALSE(wheel.Disarm(first));
  wheel.MakeRoom(1);
  const size_t before = Heap::calls;
  const TimerId last = wheel.Arm(kStart + 2h, 0);
  EXPECT_EQ(Heap::calls, before);
  EXPECT_NE(last.slot, first.slot);
  EXPECT_TRUE(wheel.Disarm(last));
}

TEST(TimerStopTest, APlaceThatIsReadGivesItsMemoryBack) {
  TimerWheel wheel(kStart);
  wheel.Reserve(5'000);
  wheel.Reserve(10);  // There is more already.
  const size_t before = Heap::calls;
  for (int round = 0; round < 100; ++round) {
    for (int i = 0; i < 5'000; ++i) wheel.Arm(wheel.now() + 5ms, 1);
    while (wheel.PopDue(wheel.now() + 5ms)) continue;
  }
  EXPECT_EQ(Heap::calls, before);
}

// The last one stands alone in the second chunk of its list; the first one is given back, too.
TEST(TimerStopTest, TheLastTimerOfALongListGivesItsMemoryBack) {
  constexpr int kInAChunk = 62;
  TimerWheel wheel(kStart);
  size_t before = 0;
  for (int round = 0; round < 2'000; ++round) {
    const Instant due = wheel.now() + 5ms;
    TimerId last;
    for (int i = 0; i <= kInAChunk; ++i) last = wheel.Arm(due, 1);
    for (int i = 0; i < kInAChunk; ++i) ASSERT_TRUE(wheel.PopDue(due));
    ASSERT_TRUE(wheel.Disarm(last));
    if (round == 20) before = Heap::calls;
  }
  EXPECT_EQ(Heap::calls, before);
}

// The ids may lack memory where the timers do not, and the other way round.
TEST(TimerStopTest, ATimerThatWasNotArmedIsNowhere) {
  size_t refused = 0;
  for (uint32_t already = 0; already < 40'000; already += 992) {  // By 32 chunks.
    TimerWheel wheel(kStart);
    uint32_t armed = 0;
    for (; armed < already; ++armed) wheel.Arm(kStart + 1h, 1);
    Heap::left = 0;
    try {
      for (; armed < 100'000; ++armed) wheel.Arm(kStart + 1h, 1);
    } catch (const std::bad_alloc&) {
      ++refused;
    }
    Heap::left = SIZE_MAX;
    uint32_t listed = 0;
    wheel.ForEach([&listed](Instant, uint64_t) { ++listed; });
    ASSERT_EQ(wheel.size(), armed);
    ASSERT_EQ(listed, armed);
  }
  EXPECT_GT(refused, 30u);
}

// However little memory there is, a wheel that could not grow is as it was.
TEST(TimerStopTest, WithoutMemoryNothingHasChanged) {
  for (size_t left = 0; left < 4; ++left) {
    ArmedTimers all;
    for (int i = 0; i < 5'000; ++i) all.Arm(kStart + Duration(i * i));
    Heap::left = left;
    try {
      while (true) all.wheel.Arm(kStart + 1h, 1);
    } catch (const std::bad_alloc&) {
    }
    Heap::left = SIZE_MAX;
    std::vector<uint64_t> tags;
    while (const auto due = all.wheel.PopDue(kStart + 24h)) tags.push_back(due->tag);
    EXPECT_GE(tags.size(), 5'000u);
    std::erase(tags, 1u);
    EXPECT_TRUE(std::ranges::is_sorted(tags));
  }
}

// Where they move down, each timer may want a chunk of its own, and chunks come 256 at a time.
TEST(TimerStopTest, WithoutMemoryToMoveDownTimersStayWhereTheyAre) {
  size_t refused = 0;
  for (uint64_t chunks = 180; chunks < 256; ++chunks) {
    TimerWheel wheel(kStart);
    for (uint64_t i = 0; i < chunks * 62; ++i) wheel.Arm(kStart + 50'000h, 1'000);
    for (uint64_t tag = 0; tag < 64; ++tag) wheel.Arm(kStart + 10'000h + Duration(tag << 12), tag);
    Heap::left = 0;
    uint64_t popped = 0;
    try {
      while (wheel.PopDue(kStart + 20'000h)) ++popped;
    } catch (const std::bad_alloc&) {
      ++refused;
    }
    Heap::left = SIZE_MAX;
    for (; popped < 64; ++popped) EXPECT_EQ(wheel.PopDue(kStart + 20'000h)->tag, popped);
    EXPECT_EQ(wheel.size(), chunks * 62);
  }
  EXPECT_GT(refused, 0u);
}

TEST(TimerStopDeathTest, ATagHasThirtySixBits) {
  TimerWheel wheel(kStart);
  wheel.Arm(kStart, (uint64_t{1} << 36) - 1);
  EXPECT_EQ(wheel.PopDue(kStart)->tag, (uint64_t{1} << 36) - 1);
  EXPECT_DEATH(wheel.Arm(kStart, uint64_t{1} << 36), "PARLEY_CHECK");
}

}  // namespace
}  // namespace parley
