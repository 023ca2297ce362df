// What the store of a wheel does about places in which very many timers wait: it opens them before
// time comes to them, a few hundred timers at a call.

#include "parley/timer/timer_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <new>
#include <random>
#include <vector>

#include "heap.h"

namespace parley::internal {
namespace {

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

// The two lists of level 2 with which a place of level 3 begins, in turn.
uint64_t InOneOfTwo(std::mt19937_64& random, uint64_t tag) {
  return kBegin + tag % 2 * (kTicks / 64) + random() % (kTicks / 64);
}

// Of the lists below an opened place only the first is opened before time comes to it; the next one
// is when time has.
TEST(TimerStoreTest, ALongListBelowAnOpenedPlaceIsOpenedInItsTurn) {
  std::mt19937_64 random(1);
  TimerStore store;
  for (uint64_t tag = 0; tag < 10'000; ++tag) store.Arm(0, InOneOfTwo(random, tag), tag);
  int calls = 0;
  for (; store.opens_from() < kBegin; ++calls) store.OpenAhead(0, kBegin - 1);
  EXPECT_EQ(calls, 10'000 / 496 + 1 + 5'000 / 496 + 1 + 1);
  store.MoveDown(kBegin, kPlace);
  calls = 0;
  for (; store.opens_from() <= kBegin; ++calls) store.OpenAhead(kBegin, kBegin);
  EXPECT_EQ(calls, 5'000 / 496 + 1 + 1);
}

// Then nothing has come to the lists below it, nor ever will.
TEST(TimerStoreTest, AnOpenedListOfWhichAllAreStoppedHoldsNothingUp) {
  std::mt19937_64 random(1);
  TimerStore store;
  std::vector<uint32_t> first;
  for (uint64_t tag = 0; tag < 12'000; ++tag) {
    const uint32_t slot = store.Arm(0, InOneOfTwo(random, tag), tag).slot;
    if (tag % 2 == 0) first.push_back(slot);
  }
  for (int calls = 0; calls < 12'000 / 496 + 1; ++calls) store.OpenAhead(0, kBegin - 1);
  for (size_t i = 0; i < 600; ++i) store.Disarm(0, first[i]);
  store.OpenAhead(0, kBegin - 1);  // It is opened, and the first to be moved are stopped.
  for (size_t i = 600; i < first.size(); ++i) store.Disarm(0, first[i]);
  int calls = 0;
  for (; store.opens_from() < kBegin; ++calls) store.OpenAhead(0, kBegin - 1);
  EXPECT_LE(calls, 6'000 / 496 + 1);
  store.MoveDown(kBegin, kPlace);
  EXPECT_EQ(store.First()->level, 2u);
  EXPECT_EQ(store.First()->slot, 1u);
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

// Whichever allocation fails, and wherever the chunks run out: with so many timers each, the block
// that holds them ends at another chunk.
TEST(TimerStoreTest, WithoutMemoryNoneHasMoved) {
  for (uint32_t timers = 5'000; timers < 5'000 + 256 * 62; timers += 32 * 62) {
    const OnePlace all(timers);
    const std::vector<uint64_t> tags = all.Sorted();
    bool refused = true;
    for (size_t left = 0; refused; ++left) {
      OnePlace copy = all;
      refused = false;
      Heap::left = left;
      try {
        copy.store.OpenAhead(0, kBegin - 1);
      } catch (const std::bad_alloc&) {
        refused = true;
      }
      Heap::left = SIZE_MAX;
      ASSERT_TRUE(refused || left > 0) << "a row at least is allocated";
      ASSERT_EQ(copy.Sorted(), tags) << timers;
    }
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

// Its list lies in the fourth row: three calls find nothing to sweep before they give up.
TEST(TimerStoreTest, ACallLooksForWhatToSweepInOneRow) {
  constexpr uint32_t kTimers = 1'000;
  OnePlace all(kTimers);
  uint32_t stopped = 0;
  const auto freed = [&] { return TimerStore(all.store).Arm(0, kBegin, 1).slot < kTimers; };
  for (; !freed(); ++stopped) all.store.Disarm(0, all.slots[stopped]);
  const auto much = [](uint32_t stale) { return stale > MuchStale(kTimers - stale) + 256; };
  EXPECT_FALSE(much(stopped - 4));
  EXPECT_TRUE(much(stopped - 3));
}

}  // namespace
}  // namespace parley::internal
