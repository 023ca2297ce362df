// What the pool of a wheel promises: ids that are never given twice, deadlines without a horizon
// from few bits, and slots that wait until they are released.

#include "parley/timer/timer_pool.h"

#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "heap.h"
#include "parley/timer/timer_place.h"

namespace parley::internal {

struct TimerPoolTestPeer {
  static void MakeOld(TimerPool& pool, uint32_t slot) {  // One more use, and it is worn out.
    pool.all_[slot].generation = (1u << TimerPool::kGenerationBits) - 2;
  }
};

namespace {

constexpr uint64_t kNear = uint64_t{1} << TimerPool::kNearBits;
constexpr uint64_t kTags = uint64_t{1} << TimerPool::kTagBits;

void Free(TimerPool& pool, uint32_t slot) {
  pool.Stop(slot);
  pool.Release(slot);
}

TEST(TimerPoolTest, ADeadlineIsTheSameWhereverTheCursorCame) {
  const uint64_t cursors[] = {
      0,          1,      kNear - 1,          kNear,         kNear + 1, 5 * kNear + 17,
      ToTick({}), ~kNear, UINT64_MAX - kNear, UINT64_MAX - 1};
  for (const uint64_t cursor : cursors) {
    const uint64_t left = UINT64_MAX - cursor;
    for (const uint64_t ahead : {uint64_t{0}, uint64_t{1}, kNear - 2, kNear - 1, kNear, kNear + 1,
                                 kNear * 16, kNear * 16 + 5, left / 2, left - 1, left}) {
      if (ahead > left) continue;
      TimerPool pool;
      const uint64_t deadline = cursor + ahead;
      const uint32_t slot = pool.Take(cursor, deadline, kTags - 1);
      for (uint64_t way = ahead; way > 0; way /= 3) {
        ASSERT_EQ(pool.DeadlineOf(slot, deadline - way), deadline) << cursor << " " << ahead;
      }
      ASSERT_EQ(pool.DeadlineOf(slot, deadline), deadline) << cursor << " " << ahead;
      ASSERT_EQ(pool.TagOf(slot), kTags - 1);
    }
  }
}

TEST(TimerPoolTest, OneThatIsFarAheadHoldsTwoSlotsAndGivesBackBoth) {
  TimerPool pool;
  EXPECT_EQ(pool.Take(7, 7 + kNear - 1, 0), 0u);
  EXPECT_EQ(pool.Take(7, 7 + kNear, 0), 1u);
  EXPECT_EQ(pool.Take(7, 7, 0), 3u);
  EXPECT_EQ(pool.size(), 3u);
  Free(pool, 1);
  const std::set<uint32_t> again = {pool.Take(7, 7, 0), pool.Take(7, 7, 0)};
  EXPECT_EQ(again, (std::set<uint32_t>{1, 2}));
  EXPECT_EQ(pool.Take(7, 7, 0), 4u);
  EXPECT_EQ(pool.DeadlineOf(1, 7), 7u);  // It is far no more.
}

TEST(TimerPoolTest, AStoppedOneIsNotArmedAndItsSlotWaits) {
  TimerPool pool;
  const uint32_t slot = pool.Take(0, 5, 1);
  const TimerId id = pool.IdOf(slot);
  EXPECT_TRUE(pool.IsArmed(id));
  pool.Stop(slot);
  EXPECT_FALSE(pool.IsArmed(id));
  EXPECT_FALSE(pool.IsArmed(pool.IdOf(slot)));
  EXPECT_EQ(pool.size(), 0u);
  EXPECT_NE(pool.Take(0, 5, 1), slot);
  pool.Release(slot);
  EXPECT_EQ(pool.Take(0, 5, 1), slot);
  EXPECT_FALSE(pool.IsArmed(id));
}

// At the last generation the slot leaves for good: its next id would be its first.
TEST(TimerPoolTest, AWornOutSlotIsRetired) {
  TimerPool pool;
  const uint32_t slot = pool.Take(0, 0, 0);
  const TimerId first = pool.IdOf(slot);
  Free(pool, slot);
  TimerPoolTestPeer::MakeOld(pool, slot);
  EXPECT_EQ(pool.Take(0, 0, 0), slot);
  const TimerId last = pool.IdOf(slot);
  EXPECT_TRUE(pool.IsArmed(last));
  Free(pool, slot);
  EXPECT_EQ(pool.size(), 0u);
  EXPECT_NE(pool.Take(0, 0, 0), slot);
  EXPECT_NE(pool.Take(0, 0, 0), slot);
  EXPECT_FALSE(pool.IsArmed(last));
  EXPECT_FALSE(pool.IsArmed(first));
}

// Its second slot was used once, and is good for another.
TEST(TimerPoolTest, AWornOutSlotGivesBackTheOtherOne) {
  TimerPool pool;
  const uint32_t slot = pool.Take(0, kNear, 0);
  pool.Stop(slot);
  TimerPoolTestPeer::MakeOld(pool, slot);
  pool.Release(slot);
  EXPECT_EQ(pool.Take(0, kNear, 0), slot);
  Free(pool, slot);
  EXPECT_EQ(pool.Take(0, 0, 0), 1u);
  EXPECT_EQ(pool.Take(0, 0, 0), 2u);
}

// For one that is worn out room is made as for any other.
TEST(TimerPoolTest, AWornOutSlotIsMadeUpFor) {
  constexpr uint32_t kBlock = 4096;  // Slots come by so many, so that one more needs memory.
  TimerPool pool;
  pool.Reserve(kBlock);
  size_t before = Heap::calls;
  for (uint32_t i = 0; i < kBlock; ++i) pool.Take(0, 0, 0);
  Free(pool, 0);
  TimerPoolTestPeer::MakeOld(pool, 0);
  EXPECT_EQ(pool.Take(0, 0, 0), 0u);
  Free(pool, 0);
  Free(pool, 5);
  pool.MakeRoom(1);  // There is room for this one.
  EXPECT_EQ(pool.Take(0, 0, 0), 5u);
  EXPECT_EQ(Heap::calls, before);
  pool.MakeRoom(1);
  before = Heap::calls;
  EXPECT_EQ(pool.Take(0, 9, 7), kBlock);
  EXPECT_EQ(Heap::calls, before);
  EXPECT_EQ(pool.TagOf(kBlock), 7u);
}

TEST(TimerPoolTest, WithinTheReserveNothingIsAllocated) {
  constexpr uint32_t kSlots = 12'000;
  TimerPool pool;
  pool.Reserve(kSlots);
  const size_t before = Heap::calls;
  for (uint32_t i = 0; i < kSlots / 3; ++i) pool.Take(0, kNear, 0);
  for (uint32_t i = 0; i < kSlots / 3; ++i) pool.Take(0, 0, 0);
  EXPECT_EQ(Heap::calls, before);
}

TEST(TimerPoolTest, WithoutMemoryNothingIsTaken) {
  TimerPool pool;
  Heap::left = 0;
  uint32_t taken = 0;
  EXPECT_THROW(
      while (true) {
        pool.Take(0, kNear, taken);
        ++taken;
      },
      std::bad_alloc);
  Heap::left = SIZE_MAX;
  EXPECT_EQ(pool.size(), taken);
  pool.Take(0, kNear, 0);
  EXPECT_EQ(pool.size(), taken + 1);
}

TEST(TimerPoolTest, OfAStoppedTimerItsDeadlineAndANoteAreKept) {
  TimerPool pool;
  const uint64_t far = kNear + 5;
  const uint32_t near_slot = pool.Take(3, 5, 1);
  const uint32_t far_slot = pool.Take(3, far, kTags - 1);
  pool.Stop(near_slot, 7);
  pool.Stop(far_slot);
  EXPECT_EQ(pool.DeadlineOf(near_slot, 4), 5u);
  EXPECT_EQ(pool.DeadlineOf(far_slot, 4), far);
  EXPECT_EQ(pool.NoteOf(near_slot), 7u);
  EXPECT_EQ(pool.NoteOf(far_slot), UINT32_MAX);
}

TEST(TimerPoolDeathTest, ABrokenRuleStopsTheProcess) {
  TimerPool pool;
  const uint32_t slot = pool.Take(3, 5, 1);
  EXPECT_DEATH(pool.Take(3, 2, 1), "PARLEY_CHECK");
  EXPECT_DEATH(pool.Take(3, 5, kTags), "PARLEY_CHECK");
  EXPECT_DEATH(pool.Release(slot), "PARLEY_CHECK");
  EXPECT_DEATH(pool.MakeRoom(UINT32_MAX), "PARLEY_CHECK");
  pool.Stop(slot);
  EXPECT_DEATH(pool.Stop(slot), "PARLEY_CHECK");
  pool.Release(slot);
  EXPECT_DEATH(pool.Release(slot), "PARLEY_CHECK");
}

}  // namespace
}  // namespace parley::internal
