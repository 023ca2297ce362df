// Places in which very many timers wait: they are opened before time comes to them, a few hundred
// timers at a call, and nothing that can be seen tells.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "armed_timers.h"
#include "heap.h"
#include "parley/timer/timer_wheel.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart{};

// Many timers in few places that lie soon after each other, so that lists are opened below opened
// ones; they are stopped and armed while they move.
class TimersAheadTest : public testing::TestWithParam<uint32_t> {
 protected:
  // Far enough for several levels; then a band that one place of level 2, 3 or 4 holds.
  Duration Delay(std::mt19937_64& random) const {
    const int64_t band = int64_t{1} << (8 + GetParam() % 4 * 6);
    return Duration(int64_t{40} * band + static_cast<int64_t>(random() % uint64_t(band)));
  }
};

TEST_P(TimersAheadTest, ComeOutInOrder) {
  std::mt19937_64 random(GetParam());
  ArmedTimers all(GetParam() % 3 == 0 ? 30'000 : 0);
  const Instant end = kStart + 2 * Delay(random);
  for (int round = 0; !all.model.empty() || round < 3; ++round) {
    while (round < 3 && all.tags.size() < 30'000) all.Arm(kStart + Delay(random));
    const uint64_t stops = random() % (round < 3 ? 28'000 : all.tags.size() + 1);
    for (uint64_t i = 0; i < stops; ++i) {
      ASSERT_NO_FATAL_FAILURE(all.StopAt(random() % all.tags.size()));
      if (i % 64 == 0) all.wheel.FirstDue(all.wheel.now());
    }
    if (all.model.empty()) continue;
    ASSERT_NO_FATAL_FAILURE(all.ExpectAlike());
    // Close to them, then into them: some calls, and at times none, before the next step.
    const Duration left = all.model.begin()->first - all.wheel.now();
    const Duration step = left > 4ms ? left - left / 4 : (end - all.wheel.now()) / 40;
    ASSERT_NO_FATAL_FAILURE(all.Advance(all.wheel.now() + step, random() % 2'000 + 1));
    for (uint64_t calls = random() % 40; calls > 0; --calls) all.wheel.FirstDue(all.wheel.now());
    ASSERT_NO_FATAL_FAILURE(all.ExpectAlike());
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, TimersAheadTest, testing::Range(0u, 16u));

TEST(TimerAheadTest, ACopyGoesItsOwnWay) {
  std::mt19937_64 random(1);
  ArmedTimers all;
  for (int i = 0; i < 20'000; ++i) all.Arm(kStart + 1h + Duration(random() % 100'000));
  all.Advance(kStart + 58min);
  for (int calls = 0; calls < 20; ++calls) {
    TimerWheel copy = all.wheel;
    ASSERT_NO_FATAL_FAILURE(all.ExpectAlike());
    auto expected = all.model.begin();
    while (const auto due = copy.PopDue(kStart + 2h)) {
      ASSERT_EQ(due->tag, expected->second);
      ++expected;
    }
    EXPECT_EQ(expected, all.model.end());
    all.wheel.FirstDue(kStart + 58min);
  }
  ASSERT_NO_FATAL_FAILURE(all.Advance(kStart + 2h));
}

TEST(TimerAheadTest, WithinTheReserveNothingIsAllocatedWhateverIsOpened) {
  constexpr uint32_t kReserved = 40'000;
  std::mt19937_64 random(1);
  TimerWheel wheel(kStart);
  wheel.Reserve(kReserved);
  std::vector<TimerId> ids;
  ids.reserve(2 * kReserved);
  const size_t before = Heap::calls;
  for (int round = 0; round < 40; ++round) {
    const Duration band(int64_t{1} << (8 + round % 4 * 6));
    while (wheel.size() < kReserved) {
      ids.push_back(
          wheel.Arm(wheel.now() + 40 * band + Duration(random() % uint64_t(band.count())), 1));
    }
    for (int i = 0; i < 60; ++i) wheel.FirstDue(wheel.now() + 39 * band);
    std::ranges::shuffle(ids, random);
    for (size_t keep = random() % kReserved; ids.size() > keep; ids.pop_back()) {
      wheel.Disarm(ids.back());
    }
    for (int i = 0; i < 60; ++i) wheel.FirstDue(wheel.now() + band / 2);
    while (round % 3 == 2 && wheel.PopDue(wheel.now() + 45 * band)) continue;
  }
  EXPECT_EQ(Heap::calls, before);
}

// To open a place takes memory, and to enter it more: without it, everything is as it was.
TEST(TimerAheadTest, WithoutMemoryNothingHasChanged) {
  size_t refused = 0;
  for (size_t left = 0; left < 12; ++left) {
    std::mt19937_64 random(left);
    ArmedTimers all;
    for (int i = 0; i < 30'000; ++i) all.Arm(kStart + 40h + Duration(random() % 20'000'000));
    for (int i = 0; i < 200; ++i) {
      Heap::left = i % 4 == 0 ? left : SIZE_MAX;
      try {
        all.wheel.FirstDue(kStart + Duration(i * 12min));
      } catch (const std::bad_alloc&) {
        ++refused;
      }
      Heap::left = SIZE_MAX;
      if (i % 20 == 0) {
        ASSERT_NO_FATAL_FAILURE(all.ExpectAlike());
      }
      ASSERT_NO_FATAL_FAILURE(all.StopAt(random() % all.tags.size()));
    }
    ASSERT_NO_FATAL_FAILURE(all.Advance(kStart + 50h));
    EXPECT_TRUE(all.model.empty());
  }
  EXPECT_GT(refused, 0u);
}

// Where the cursor comes to the beginning of an opened place, the first list in it lies where the
// cursor is: one timer alone there must not stay where it is no longer looked for.
TEST(TimerAheadTest, TheOnlyTimerAtTheBeginningOfAnOpenedPlaceIsFound) {
  constexpr Duration kPlace(int64_t{1} << 18);  // Of level 3, and 64 of level 2 are in it.
  const Instant begin = kStart + 5 * kPlace;
  std::mt19937_64 random(1);
  ArmedTimers all;
  all.Arm(begin + 10ms);
  for (int i = 0; i < 5'000; ++i) {
    all.Arm(begin + kPlace / 64 + Duration(random() % uint64_t(kPlace.count() * 63 / 64)));
  }
  for (int calls = 0; calls < 5'000 / 496 + 1; ++calls) all.wheel.FirstDue(begin - 1ms);
  EXPECT_EQ(all.wheel.FirstDue(begin + 20ms)->deadline, begin + 10ms);
  ASSERT_NO_FATAL_FAILURE(all.StopAt(0));
  ASSERT_NO_FATAL_FAILURE(all.ExpectAlike());
  ASSERT_NO_FATAL_FAILURE(all.Advance(begin + kPlace));
  EXPECT_TRUE(all.model.empty());
}

TEST(TimerAheadTest, TimeMayJumpToTheMiddleOfAPlaceThatIsHalfOpened) {
  for (const int calls : {0, 1, 20, 100}) {
    std::mt19937_64 random(1);
    ArmedTimers all;
    for (int i = 0; i < 20'000; ++i) all.Arm(kStart + 20h + Duration(random() % 10'000'000));
    for (int i = 0; i < calls; ++i) all.wheel.FirstDue(kStart + 19h);
    ASSERT_NO_FATAL_FAILURE(all.Advance(kStart + 21h, 1));
    ASSERT_NO_FATAL_FAILURE(all.ExpectAlike());
    all.Arm(kStart + 20h);
    all.Arm(kStart + 22h);
    ASSERT_NO_FATAL_FAILURE(all.StopAt(3));
    ASSERT_NO_FATAL_FAILURE(all.Advance(kStart + 30h));
    EXPECT_TRUE(all.model.empty());
  }
}

}  // namespace
}  // namespace parley
