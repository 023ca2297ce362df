// Places in which very many timers wait: they are opened before time comes to them, a few hundred
// timers at a call, and nothing that can be seen tells.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <vector>

#include "armed_timers.h"
#include "heap.h"
#include "parley/timer/timer_store.h"
#include "parley/timer/timer_wheel.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using internal::TimerPlace;
using internal::TimerStore;

constexpr Instant kStart{};
constexpr uint64_t kTicks = uint64_t{1} << 18;  // Of a place of level 3.
constexpr uint64_t kBegin = 5 * kTicks;         // Of its sixth one.
constexpr TimerPlace kPlace{3, 5};

// Timers of one place of level 3, numbered by their tags.
struct OnePlace {
  explicit OnePlace(uint32_t timers) {
    std::mt19937_64 random(timers);
    for (uint32_t i = 0; i < timers; ++i) {
      due.push_back(kBegin + random() % kTicks);
      slots.push_back(store.Arm(0, due.back(), i).slot);
    }
  }

  // How often it takes to move them all, from one moment on.
  int OpenAll(uint64_t until) {
    int calls = 0;
    for (; store.opens_from() <= until; ++calls) store.OpenAhead(0, until);
    return calls;
  }
  std::vector<uint64_t> Sorted() const {
    std::multimap<uint64_t, uint64_t> all;  // Of those with one deadline the first one stays first.
    store.ForEachAt(kPlace, [&](uint32_t slot) {
      all.emplace(store.pool().DeadlineOf(slot, 0), store.pool().TagOf(slot));
    });
    std::vector<uint64_t> tags;
    for (const auto& [deadline, tag] : all) tags.push_back(tag);
    return tags;
  }

  TimerStore store;
  std::vector<uint64_t> due;
  std::vector<uint32_t> slots;
};

TEST(TimerStoreTest, AFewHundredTimersMoveAtEachCall) {
  OnePlace all(10'000);
  const std::vector<uint64_t> tags = all.Sorted();
  EXPECT_EQ(all.OpenAll(kBegin - kTicks - 1), 1) << "it looks once: it is too early";
  EXPECT_EQ(all.store.opens_from(), kBegin - kTicks);
  EXPECT_EQ(all.OpenAll(kBegin - kTicks), 10'000 / 496 + 2) << "the last one finds nothing to do";
  EXPECT_EQ(all.store.opens_from(), UINT64_MAX);
  EXPECT_EQ(all.Sorted(), tags);
}

TEST(TimerStoreTest, FewTimersAreNotWorthIt) {
  OnePlace all(4'095);
  EXPECT_EQ(all.store.opens_from(), UINT64_MAX);
}

// Neither are many that will move as one.
TEST(TimerStoreTest, TimersThatShareADeadlineStayTogether) {
  TimerStore store;
  for (uint64_t tag = 0; tag < 10'000; ++tag) store.Arm(0, kBegin + 7, tag);
  store.OpenAhead(0, kBegin - 1);
  EXPECT_EQ(store.opens_from(), UINT64_MAX) << "after one call";
  store.MoveDown(kBegin + 7, kPlace);
  ASSERT_EQ(store.First()->level, 0u);
  for (uint64_t tag = 0; tag < 10'000; ++tag) {
    EXPECT_EQ(store.pool().TagOf(store.Front(*store.First())), tag);
    store.PopFront(*store.First());
  }
  EXPECT_FALSE(store.First().has_value());
}

// Timers a millisecond apart, and time far from them: on each level all go to one list. Below four
// opened ones there is none for so few timers.
TEST(TimerStoreTest, SoManyPlacesAreOpenedAsTimersAreWorth) {
  TimerStore store;
  const uint64_t begin = uint64_t{3} << 30;
  for (uint64_t tag = 0; tag < 8'000; ++tag) store.Arm(0, begin + tag % 2, tag);
  int calls = 0;
  for (; store.opens_from() <= begin - 1; ++calls) store.OpenAhead(0, begin - 1);
  EXPECT_EQ(calls, 4 * (8'000 / 496 + 1) + 1);
  std::vector<uint64_t> tags;
  store.ForEachAt({5, 3}, [&](uint32_t slot) { tags.push_back(store.pool().TagOf(slot)); });
  ASSERT_EQ(tags.size(), 8'000u);
  for (uint64_t i = 0; i < 8'000; ++i) ASSERT_EQ(tags[i], i) << "in arming order";
}

TEST(TimerStoreTest, WhatIsStoppedInAnOpenedPlaceIsGone) {
  for (const size_t moved : {0u, 1u, 7u, 100u}) {
    OnePlace all(10'000);
    for (size_t i = 0; i < moved; ++i) all.store.OpenAhead(0, kBegin - 1);
    for (uint32_t i = 0; i + 1 < 10'000; ++i) all.store.Disarm(0, all.slots[i]);
    EXPECT_TRUE(all.store.IsTaken(kPlace));
    EXPECT_THAT(all.Sorted(), testing::ElementsAre(9'999));
    all.store.Disarm(0, all.slots.back());
    EXPECT_FALSE(all.store.IsTaken(kPlace));
    EXPECT_FALSE(all.store.First().has_value());
    all.store.Arm(0, kBegin, 1);
    EXPECT_TRUE(all.store.HasOne(kPlace)) << "the place is not opened any more";
  }
}

// A list of which a sweep has left no entry has a chunk until the sweep is done.
TEST(TimerStoreTest, WhatASweepHasEmptiedGivesItsMemoryBack) {
  std::mt19937_64 random(1);
  TimerStore store;
  std::vector<uint32_t> slots(4'200);
  size_t before = 0;
  for (int round = 0; round < 600; ++round) {
    for (uint32_t& slot : slots) slot = store.Arm(0, kBegin + random() % kTicks, 1).slot;
    while (store.opens_from() <= kBegin - 1) store.OpenAhead(0, kBegin - 1);
    std::ranges::shuffle(slots, random);
    for (const uint32_t slot : slots) store.Disarm(0, slot);
    if (round == 20) before = Heap::calls;
  }
  EXPECT_EQ(Heap::calls, before);
}

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
