// What the rows of a wheel promise: which place comes first, what an opened one counts, and that
// its row is used again; and which places are worth opening.

#include "parley/timer/timer_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "heap.h"
#include "parley/timer/timer_long.h"

namespace parley::internal {
namespace {

constexpr uint64_t At(uint64_t level_3, uint64_t level_2, uint64_t level_1 = 0) {
  return level_3 << 18 | level_2 << 12 | level_1 << 6;
}
constexpr TimerPlace kPlace{3, 5};
constexpr uint64_t kTicks = uint64_t{1} << 18;  // So long is a place of its level.
constexpr uint64_t kBegin = 5 * kTicks;
const TimerSpot kTop = TimerRows::SpotOf(kPlace);

TEST(TimerRowsTest, TheFirstPlaceIsOnTheLowestLevelThatIsTaken) {
  TimerRows rows;
  EXPECT_EQ(rows.First(), std::nullopt);
  for (const TimerPlace place : {TimerPlace{10, 1}, TimerPlace{2, 63}, TimerPlace{2, 7}}) {
    rows.MarkTaken(place);
    EXPECT_TRUE(rows.IsTaken(place));
    EXPECT_EQ(rows.First()->level, place.level);
    EXPECT_EQ(rows.First()->slot, place.slot);
  }
  EXPECT_EQ(rows.TakenOf(2), uint64_t{1} << 63 | uint64_t{1} << 7);
  rows.MarkEmpty({2, 7});
  EXPECT_EQ(rows.First()->slot, 63u);
  rows.MarkEmpty({2, 63});
  EXPECT_EQ(rows.First()->level, 10u);
  rows.MarkEmpty({10, 1});
  EXPECT_EQ(rows.First(), std::nullopt);
}

TEST(TimerRowsTest, AnOpenedListHasARowOfTheLevelBelow) {
  TimerRows rows;
  EXPECT_FALSE(rows.IsOpened(kPlace));
  rows.Open(kTop);
  EXPECT_TRUE(rows.IsOpened(kPlace));
  EXPECT_FALSE(rows.IsOpened(TimerPlace{3, 6}));
  EXPECT_EQ(rows.opened(), 1u);
  const TimerSpot below = rows.Below(kTop, At(5, 9));
  EXPECT_EQ(below.slot, 9u);
  EXPECT_EQ(rows.LevelOf(below), 2u);
  EXPECT_FALSE(rows.IsOpened(below));
  rows.Open(below);
  EXPECT_EQ(rows.opened(), 2u);
  EXPECT_EQ(rows.Below(below, At(5, 9, 63)).slot, 63u);
  EXPECT_EQ(rows.LevelOf(rows.Below(below, At(5, 9, 63))), 1u);
  rows.Close(below);
  rows.Close(kTop);
  EXPECT_FALSE(rows.IsOpened(kPlace));
  EXPECT_EQ(rows.opened(), 0u);
}

TEST(TimerRowsTest, TheFirstListBelowIsTheFirstThatWasFilled) {
  TimerRows rows;
  rows.Open(kTop);
  EXPECT_EQ(rows.FirstBelow(kTop), std::nullopt);
  rows.MarkFilled(rows.Below(kTop, At(5, 40)));
  rows.MarkFilled(rows.Below(kTop, At(5, 9)));
  EXPECT_EQ(rows.FirstBelow(kTop), rows.Below(kTop, At(5, 9)));
}

// A timer is taken off as far down as lists are opened, and put back below where it is found.
TEST(TimerRowsTest, AStoppedTimerIsTakenOffAllListsThatItsDeadlineLeadsTo) {
  TimerRows rows;
  rows.At(kTop).live = 10;
  rows.Open(kTop);
  const TimerSpot middle = rows.Below(kTop, At(5, 9));
  EXPECT_EQ(rows.TakeOff(kPlace, At(5, 9)), 2u);
  EXPECT_EQ(rows.At(kTop).live, 9u);
  EXPECT_EQ(rows.At(middle).live, UINT32_MAX) << "it never came there";
  rows.Open(middle);
  const TimerSpot last = rows.Below(middle, At(5, 9, 3));
  EXPECT_EQ(rows.TakeOff(kPlace, At(5, 9, 3)), 1u);
  EXPECT_EQ(rows.At(kTop).live, 8u);
  EXPECT_EQ(rows.At(middle).live, UINT32_MAX - 1);
  EXPECT_EQ(rows.At(last).live, UINT32_MAX);

  rows.MakeGood(kTop, At(5, 9), 2);
  EXPECT_EQ(rows.At(middle).live, UINT32_MAX);
  rows.MakeGood(kTop, At(5, 9, 3), 1);
  EXPECT_EQ(rows.At(middle).live, 0u);
  EXPECT_EQ(rows.At(last).live, 0u);
  EXPECT_EQ(rows.At(kTop).live, 8u);
}

TEST(TimerRowsTest, AnAdoptedListBringsWhatIsBelowIt) {
  TimerRows rows;
  rows.Open(kTop);
  const TimerSpot middle = rows.Below(kTop, At(5, 9));
  rows.Open(middle);
  const TimerSpot last = rows.Below(middle, At(5, 9, 3));
  rows.At(middle).live = 4;
  rows.At(last).live = 3;
  rows.Adopt(middle, {2, 9});
  rows.Close(kTop);
  EXPECT_TRUE(rows.IsTaken({2, 9}));
  EXPECT_EQ(rows.At(TimerPlace{2, 9}).live, 4u);
  EXPECT_TRUE(rows.IsOpened(TimerPlace{2, 9}));
  EXPECT_EQ(rows.Below(TimerRows::SpotOf({2, 9}), At(5, 9, 3)), last);
  EXPECT_EQ(rows.At(last).live, 3u);
}

TEST(TimerRowsTest, ARowIsUsedAgainAndIsEmpty) {
  TimerRows rows;
  rows.Reserve(3);
  const size_t before = Heap::calls;
  for (int round = 0; round < 10; ++round) {
    for (uint32_t slot = 0; slot < 3; ++slot) {
      const TimerSpot spot{3, slot};
      rows.Open(spot);
      EXPECT_EQ(rows.FirstBelow(spot), std::nullopt);
      const TimerSpot below = rows.Below(spot, At(slot, 9));
      EXPECT_EQ(rows.At(below).live, 0u);
      rows.At(below).live = 7;
      rows.MarkFilled(below);
    }
    for (uint32_t slot = 0; slot < 3; ++slot) rows.Close({3, slot});
  }
  EXPECT_EQ(Heap::calls, before);
}

TEST(TimerRowsTest, WithoutMemoryNothingIsOpened) {
  TimerRows rows;
  uint32_t refused = 0;
  for (uint32_t slot = 0; slot < 64; ++slot) {
    Heap::left = 0;
    try {
      rows.Open({3, slot});
    } catch (const std::bad_alloc&) {
      ++refused;
    }
    Heap::left = SIZE_MAX;
    const bool opened = rows.IsOpened(TimerSpot{3, slot});
    EXPECT_EQ(rows.opened(), slot + (opened ? 1 : 0));
    if (!opened) rows.Open({3, slot});
    EXPECT_EQ(rows.FirstBelow({3, slot}), std::nullopt);
  }
  EXPECT_GT(refused, 0u);
  EXPECT_LT(refused, 64u) << "rows come by several";
}

TEST(TimerRowsTest, AllListsOfAllRowsComeRound) {
  TimerRows rows;
  rows.Open(kTop);
  rows.Open(rows.Below(kTop, 0));
  std::set<std::pair<uint32_t, uint32_t>> seen;
  TimerSpot spot;
  do {
    seen.emplace(spot.row, spot.slot);
    spot = rows.After(spot);
  } while (spot != TimerSpot{});
  EXPECT_EQ(seen.size(), (kWheelLevels + 2) * kWheelSlots);
}

// What moved down was armed before what still stands above it.
TEST(TimerRowsTest, TheListsBelowComeBeforeTheListItself) {
  TimerRows rows;
  rows.At(kTop).live = 1;
  rows.Open(kTop);
  const TimerSpot middle = rows.Below(kTop, At(5, 9));
  rows.At(middle).live = 2;
  rows.Open(middle);
  rows.At(rows.Below(middle, At(5, 9, 3))).live = 3;
  rows.At(rows.Below(kTop, At(5, 10))).live = 4;
  std::vector<uint32_t> live;
  rows.ForEachIn(kTop, [&](const TimerList& list) {
    if (list.live > 0) live.push_back(list.live);
  });
  EXPECT_THAT(live, testing::ElementsAre(3, 2, 4, 1));
}

TEST(TimerRowsDeathTest, ABrokenRuleStopsTheProcess) {
  TimerRows rows;
  EXPECT_DEATH(rows.Close(kTop), "PARLEY_CHECK");
  EXPECT_DEATH(rows.Open({0, 3}), "PARLEY_CHECK") << "there is no level below";
  rows.Open(kTop);
  EXPECT_DEATH(rows.Open(kTop), "PARLEY_CHECK");
  EXPECT_DEATH(rows.Adopt(rows.Below(kTop, 0), {2, 0}), "PARLEY_CHECK") << "nobody is there";
  rows.At(kPlace).live = 1;
  EXPECT_DEATH(rows.MarkEmpty(kPlace), "PARLEY_CHECK");
}

TEST(LongPlacesTest, APlaceMattersWhenTimeIsNoFurtherFromItThanItIsLong) {
  TimerRows rows;
  LongPlaces places;
  EXPECT_EQ(places.from(), UINT64_MAX);
  rows.MarkTaken(kPlace);
  places.Mark(kPlace);
  EXPECT_EQ(places.from(), 0u) << "to look";
  EXPECT_FALSE(places.Next(0, kBegin - kTicks - 1, rows).has_value());
  EXPECT_EQ(places.from(), kBegin - kTicks);
  EXPECT_EQ(places.Next(0, kBegin - kTicks, rows)->slot, kPlace.slot);
  EXPECT_EQ(places.Next(0, kBegin + kTicks, rows)->slot, kPlace.slot) << "time may jump";
  places.Unmark(kPlace);
  EXPECT_FALSE(places.Next(0, kBegin, rows).has_value());
  EXPECT_EQ(places.from(), UINT64_MAX);
}

TEST(LongPlacesTest, TheFirstOneComesFirst) {
  TimerRows rows;
  LongPlaces places;
  const auto mark = [&](TimerPlace place) {
    rows.MarkTaken(place);
    places.Mark(place);
  };
  mark({4, 2});
  EXPECT_FALSE(places.Next(0, 0, rows).has_value());
  EXPECT_EQ(places.from(), 64 * kTicks);
  mark({3, 9});
  mark(kPlace);
  EXPECT_FALSE(places.Next(0, 0, rows).has_value());
  EXPECT_EQ(places.from(), kBegin - kTicks);
  EXPECT_EQ(places.Next(0, 64 * kTicks, rows)->slot, kPlace.slot);
  places.Unmark(kPlace);
  EXPECT_EQ(places.Next(0, 64 * kTicks, rows)->slot, 9u);
  places.Unmark({3, 9});
  EXPECT_EQ(places.Next(0, 64 * kTicks, rows)->level, 4u);
}

TEST(LongPlacesTest, APlaceWithoutTimersIsForgotten) {
  TimerRows rows;
  LongPlaces places;
  rows.MarkTaken(kPlace);
  places.Mark(kPlace);
  rows.MarkEmpty(kPlace);
  EXPECT_FALSE(places.Next(0, kBegin, rows).has_value());
  rows.MarkTaken(kPlace);
  EXPECT_FALSE(places.Next(0, kBegin, rows).has_value());
}

}  // namespace
}  // namespace parley::internal
