// What the lists of a wheel promise: order, what is left behind, and how it is swept up.

#include "parley/timer/timer_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "parley/timer/timer_pool.h"

namespace parley::internal {
namespace {

using ::testing::ElementsAreArray;

constexpr uint32_t kChunk = TimerLists::kPerChunk;
constexpr uint32_t kFew = 2 * kChunk;  // Are dropped at once.

// One list, its timers numbered from 0.
struct OneList {
  explicit OneList(uint32_t timers) {
    for (uint32_t i = 0; i < timers; ++i) {
      slots.push_back(pool.Take(0, i, i));
      lists.Push(list, slots.back(), i);
    }
  }

  void Stop(uint32_t number) { lists.Stop(list, pool, slots[number]); }
  void PopFront() {
    lists.Front(list, pool);
    lists.PopFront(list, pool);
  }
  bool Sweep() {
    return lists.Sweep(list, pool, [this](uint32_t slot) { dropped.push_back(slot); });
  }
  std::vector<uint64_t> Numbers() const {
    std::vector<uint64_t> numbers;
    lists.ForEach(list, pool, [&](uint32_t slot) { numbers.push_back(pool.TagOf(slot)); });
    return numbers;
  }

  TimerPool pool;
  TimerLists lists;
  TimerList list;
  std::vector<uint32_t> slots;
  std::vector<uint32_t> dropped;  // By sweeps.
};

std::vector<uint64_t> From(uint64_t begin, uint64_t end) {
  std::vector<uint64_t> numbers;
  for (uint64_t i = begin; i < end; ++i) numbers.push_back(i);
  return numbers;
}

TEST(TimerListsTest, MoreThanTwoFifthsOfTheTimersIsMuchToLeaveBehind) {
  OneList all(14);
  for (uint32_t i = 0; i < 4; ++i) all.Stop(i);
  EXPECT_FALSE(all.list.HasMuchStale()) << "four beside ten";
  all.Stop(4);
  EXPECT_TRUE(all.list.HasMuchStale()) << "five beside nine";
  EXPECT_EQ(MuchStale(10), 4u);
  EXPECT_EQ(MuchStale(UINT32_MAX), uint64_t{UINT32_MAX} * 2 / 5);
}

TEST(TimerListsTest, AListGrowsByItself) {
  const OneList all(100'000);
  EXPECT_EQ(all.list.live, 100'000u);
  EXPECT_EQ(all.list.earliest, 0u);
  EXPECT_THAT(all.Numbers(), ElementsAreArray(From(0, 100'000)));
}

TEST(TimerListsTest, WhatWasStoppedInFrontIsForgotten) {
  OneList all(3 * kChunk);
  for (uint32_t i = 0; i < 40; ++i) all.Stop(i);
  EXPECT_EQ(all.lists.stale(), 40u);
  EXPECT_EQ(all.lists.Front(all.list, all.pool), all.slots[40]);
  EXPECT_EQ(all.lists.stale(), 0u);
  EXPECT_EQ(all.list.entries, all.list.live);
}

TEST(TimerListsTest, ASweepKeepsTheOrderAndFillsTheChunks) {
  OneList all(5 * kChunk);
  for (uint32_t i = 0; i < 5; ++i) all.PopFront();  // The first chunk does not begin at its first.
  std::vector<uint64_t> left;
  for (uint32_t i = 5; i < 5 * kChunk; ++i) {
    if (i % 2 == 0) left.push_back(i);
    if (i % 2 != 0) all.Stop(i);
  }
  const uint32_t stale = all.lists.stale();
  int calls = 0;
  for (; !all.Sweep(); ++calls) {
    ASSERT_THAT(all.Numbers(), ElementsAreArray(left));
  }
  EXPECT_EQ(calls, 5);
  EXPECT_GT(stale, 150u);
  EXPECT_EQ(all.dropped.size(), stale);
  EXPECT_EQ(all.dropped.front(), all.slots[5]);
  EXPECT_EQ(all.lists.stale(), 0u);
  EXPECT_EQ(all.list.entries, left.size());
  // Half as many chunks hold them, all but the last full: what follows takes no chunk of its own.
  for (const uint64_t number : left) {
    EXPECT_EQ(all.pool.TagOf(all.lists.Front(all.list, all.pool)), number);
    all.PopFront();
  }
}

TEST(TimerListsTest, ASweepCountsWhatItDrops) {
  OneList all(2 * kChunk);
  for (uint32_t i = 0; i < 5; ++i) all.PopFront();
  for (uint32_t i = 6; i < 16; ++i) all.Stop(i);
  all.Stop(kChunk + 3);
  EXPECT_FALSE(all.Sweep());
  EXPECT_EQ(all.lists.stale(), 1u);
  EXPECT_FALSE(all.Sweep());
  EXPECT_EQ(all.lists.stale(), 0u);
  EXPECT_TRUE(all.Sweep());
}

TEST(TimerListsTest, ASweepWhoseChunkIsGoneBeginsAgain) {
  OneList all(3 * kChunk);
  EXPECT_FALSE(all.Sweep());  // It has come to the first chunk.
  for (uint32_t i = 0; i <= kChunk; ++i) all.PopFront();
  all.Stop(kChunk + 5);
  EXPECT_FALSE(all.Sweep());
  EXPECT_EQ(all.lists.stale(), 0u);
  EXPECT_FALSE(all.Sweep());
  EXPECT_TRUE(all.Sweep());
}

TEST(TimerListsTest, AnEmptiedListHandsOutItsTimersInOrder) {
  OneList all(4 * kChunk);
  for (uint32_t i = 0; i < 10; ++i) all.PopFront();
  all.Stop(20);
  std::vector<uint64_t> numbers;
  all.lists.Empty(all.list, all.pool,
                  [&](uint32_t slot) { numbers.push_back(all.pool.TagOf(slot)); });
  std::vector<uint64_t> expected = From(10, 4 * kChunk);
  std::erase(expected, 20u);
  EXPECT_THAT(numbers, ElementsAreArray(expected));
  EXPECT_EQ(all.lists.stale(), 0u);
  EXPECT_EQ(all.list.live, 0u);
  EXPECT_EQ(all.list.entries, 0u);
}

// A slot is not used again while it stands in a list, and all are used again.
TEST(TimerListsTest, WhatIsDroppedIsReleased) {
  OneList all(3 * kChunk);
  for (uint32_t i = 0; i < kChunk; ++i) all.Stop(2 * i);
  EXPECT_EQ(all.pool.Take(0, 0, 0), 3 * kChunk);
  while (!all.Sweep()) continue;
  std::vector<uint32_t> again;
  for (uint32_t i = 0; i < kChunk; ++i) again.push_back(all.pool.Take(0, 0, 0));
  std::ranges::sort(again);
  for (uint32_t i = 0; i < kChunk; ++i) EXPECT_EQ(again[i], 2 * i);
}

// One call is short: what many stopped timers left behind goes by and by.
TEST(TimerListsTest, WhatIsMuchInAListWithoutTimersIsLitter) {
  OneList all(kFew + 4);
  EXPECT_FALSE(all.lists.HasLitter());
  for (uint32_t i = 0; i < 3; ++i) all.PopFront();  // The first chunk does not begin at its first.
  for (uint32_t i = 3; i < kFew + 4; ++i) all.Stop(i);
  EXPECT_EQ(all.list.head, TimerLists::kNone);
  EXPECT_EQ(all.list.entries, 0u);
  EXPECT_EQ(all.list.earliest, UINT64_MAX);
  EXPECT_EQ(all.lists.stale(), kFew + 1);
  for (uint64_t number = 0; number < 2; ++number) {  // It is an empty list.
    all.lists.Push(all.list, all.pool.Take(0, 100 + number, number), 100 + number);
  }
  EXPECT_EQ(all.list.earliest, 100u);
  EXPECT_THAT(all.Numbers(), ElementsAreArray(From(0, 2)));
  for (const uint32_t left : {kChunk + 4, 4u, 0u}) {
    ASSERT_TRUE(all.lists.HasLitter());
    all.lists.DropLitter(all.pool);
    EXPECT_EQ(all.lists.stale(), left);
  }
  EXPECT_FALSE(all.lists.HasLitter());
  EXPECT_EQ(all.pool.Take(0, 0, 0), kFew + 3) << "the last one that was released";
}

TEST(TimerListsTest, TheLitterOfTwoListsIsDropped) {
  OneList all(2 * kFew);
  for (uint32_t i = 0; i < 2 * kFew; ++i) all.Stop(i);
  TimerList other;
  for (uint32_t i = 0; i < 2 * kFew; ++i) {
    all.slots[i] = all.pool.Take(0, i, i);
    all.lists.Push(other, all.slots[i], i);
  }
  for (const uint32_t slot : all.slots) all.lists.Stop(other, all.pool, slot);
  int calls = 0;
  for (; all.lists.HasLitter(); ++calls) all.lists.DropLitter(all.pool);
  EXPECT_EQ(calls, 8);
  EXPECT_EQ(all.lists.stale(), 0u);
  EXPECT_EQ(all.pool.Take(0, 0, 0), 2 * kFew - 1);
}

TEST(TimerListsTest, AListOfWhichNothingIsLeftIsEmptyOnceItIsSwept) {
  OneList all(4 * kChunk);
  for (uint32_t i = 0; i < 4 * kChunk; ++i) all.lists.StopOpened(all.pool, all.slots[i], 7);
  EXPECT_EQ(all.pool.NoteOf(all.slots[3]), 7u);
  int calls = 0;
  while (!all.Sweep()) ++calls;
  EXPECT_EQ(calls, 4);
  EXPECT_FALSE(all.lists.sweeping());
  EXPECT_EQ(all.lists.stale(), 0u);
  EXPECT_EQ(all.list.head, TimerLists::kNone);
  EXPECT_EQ(all.list.tail, TimerLists::kNone);
}

TEST(TimerListsTest, ASweepMayStop) {
  OneList all(3 * kChunk);
  all.Stop(1);
  EXPECT_FALSE(all.Sweep());
  EXPECT_TRUE(all.lists.sweeping());
  all.lists.StopSweep();
  EXPECT_FALSE(all.lists.sweeping());
  all.Stop(2);
  int calls = 0;
  while (!all.Sweep()) ++calls;
  EXPECT_EQ(calls, 3) << "from its first chunk on";
  EXPECT_EQ(all.lists.stale(), 0u);
}

TEST(TimerListsTest, TheFirstChunkIsEmptiedAlone) {
  OneList all(2 * kChunk);
  for (uint32_t i = 0; i < 3; ++i) all.PopFront();
  all.lists.StopOpened(all.pool, all.slots[5], 4);
  std::vector<uint64_t> numbers;
  std::vector<uint32_t> stale;
  const auto hand_out = [&] {
    all.lists.EmptyFirst(
        all.list, all.pool, [&](uint32_t slot) { numbers.push_back(all.pool.TagOf(slot)); },
        [&](uint32_t slot) { stale.push_back(slot); });
  };
  hand_out();
  std::vector<uint64_t> expected = From(3, kChunk);
  std::erase(expected, 5u);
  EXPECT_THAT(numbers, ElementsAreArray(expected));
  EXPECT_THAT(stale, ElementsAreArray({all.slots[5]}));
  EXPECT_EQ(all.lists.stale(), 0u);
  EXPECT_EQ(all.list.entries, kChunk);
  EXPECT_THAT(all.Numbers(), ElementsAreArray(From(kChunk, 2 * kChunk)));
  hand_out();
  EXPECT_EQ(all.list.entries, 0u);
  EXPECT_EQ(all.list.head, TimerLists::kNone);
  EXPECT_EQ(all.list.tail, TimerLists::kNone);
}

TEST(TimerListsTest, ItIsKnownWhetherAllShareADeadline) {
  OneList all(0);
  for (uint64_t tag = 0; tag < 3; ++tag) all.lists.Push(all.list, all.pool.Take(0, 9, tag), 9);
  EXPECT_EQ(all.list.differ, 0u);
  all.lists.Push(all.list, all.pool.Take(0, uint64_t{9} << 40, 3), uint64_t{9} << 40);
  EXPECT_NE(all.list.differ, 0u) << "however far they are apart";
  EXPECT_EQ(all.list.earliest, 9u);
  for (int i = 0; i < 4; ++i) all.PopFront();
  all.lists.Push(all.list, all.pool.Take(0, 12, 4), 12);
  EXPECT_EQ(all.list.differ, 0u) << "of an empty list nothing is remembered";
  EXPECT_EQ(all.list.earliest, 12u);
}

TEST(TimerListsTest, WhoBeginsAChunkIsTold) {
  TimerPool pool;
  TimerLists lists;
  TimerList list;
  for (uint32_t i = 0; i < 3 * kChunk; ++i) {
    EXPECT_EQ(lists.Push(list, pool.Take(0, 1, 1), 1), i % kChunk == 0) << i;
  }
}

TEST(TimerListsTest, AListWithoutTimersDropsAFewAtOnce) {
  OneList all(kFew);
  EXPECT_FALSE(all.Sweep());
  for (uint32_t i = 0; i < kFew; ++i) all.Stop(i);
  EXPECT_EQ(all.lists.stale(), 0u);
  EXPECT_EQ(all.list.head, TimerLists::kNone);
  EXPECT_FALSE(all.lists.sweeping());
}

TEST(TimerListsTest, TheLastOneMayStandInTheSecondChunkWhenItIsStopped) {
  OneList all(kChunk + 1);
  for (uint32_t i = 0; i < kChunk; ++i) all.PopFront();
  all.Stop(kChunk);
  EXPECT_EQ(all.lists.stale(), 0u);
  EXPECT_EQ(all.list.head, TimerLists::kNone);
  EXPECT_EQ(all.pool.size(), 0u);
  all.lists.Push(all.list, all.pool.Take(0, 5, 7), 5);
  EXPECT_EQ(all.Numbers(), From(7, 8));
}

}  // namespace
}  // namespace parley::internal
