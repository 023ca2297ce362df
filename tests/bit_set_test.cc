// What a BitSet promises, and its likeness to a std::set.

#include "parley/store/bit_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <random>
#include <set>
#include <vector>

#include "heap.h"

namespace parley {
namespace {

std::vector<uint32_t> Common(const BitSet& a, const BitSet& b) {
  std::vector<uint32_t> slots;
  ForEachCommon(a, b, [&slots](uint32_t slot) { slots.push_back(slot); });
  return slots;
}

TEST(BitSetTest, ASlotBeyondTheEndIsNotInTheSet) {
  BitSet set;
  EXPECT_FALSE(set.Has(0));
  EXPECT_FALSE(set.Has(UINT32_MAX));
  set.Clear(1000);
  EXPECT_TRUE(set.empty());
}

TEST(BitSetTest, WhatIsReservedIsSoInACopy) {
  BitSet set;
  set.Set(3);
  set.Reserve(10'000);
  BitSet copy = set;
  EXPECT_TRUE(copy.Has(3));
  const size_t before = Heap::calls;
  set.Set(9'999);
  copy.Clear();
  copy.Set(9'999);
  EXPECT_EQ(Heap::calls, before);
  EXPECT_FALSE(copy.Has(3));
}

TEST(BitSetTest, WhatIsPutInTwiceIsTakenOutOnce) {
  BitSet set;
  set.Put(64, true);
  set.Set(64);
  EXPECT_EQ(set.count(), 1u);
  set.Put(64, false);
  set.Clear(64);
  EXPECT_TRUE(set.empty());
}

TEST(BitSetTest, OnlyWhatIsToBeKeptStays) {
  BitSet set;
  for (uint32_t slot = 0; slot < 9'000; slot += 6) set.Set(slot);
  set.KeepIf([](uint32_t slot) { return slot % 12 == 0 && slot < 8'000; });
  EXPECT_EQ(set.count(), 667u);
  for (uint32_t slot = 0; slot < 9'000; ++slot)
    EXPECT_EQ(set.Has(slot), slot % 12 == 0 && slot < 8'000);
  EXPECT_EQ(Common(set, set).size(), 667u);
}

TEST(BitSetTest, WhatIsCommonIsInAll) {
  BitSet threes;
  BitSet twos;
  BitSet one;
  for (uint32_t slot = 0; slot < 20'000; slot += 3) threes.Set(slot);
  for (uint32_t slot = 0; slot < 11'000; slot += 2) twos.Set(slot);
  for (const uint32_t slot : {5u, 4'096u, 4'098u, 10'998u, 12'000u}) one.Set(slot);
  BitSet set;
  set.Set(30'000);
  set.BecomeCommon(std::array<const BitSet*, 2>{&threes, &twos});
  EXPECT_EQ(set.count(), 1'834u);
  for (uint32_t slot = 0; slot <= 30'000; ++slot)
    ASSERT_EQ(set.Has(slot), slot < 11'000 && slot % 6 == 0);
  const BitSet sixes = set;
  set.BecomeCommon(std::array<const BitSet*, 3>{&one, &threes, &sixes});
  EXPECT_THAT(Common(set, set), testing::ElementsAre(4'098u, 10'998u));
  for (uint32_t slot = 0; slot <= 30'000; ++slot)
    ASSERT_EQ(set.Has(slot), slot == 4'098u || slot == 10'998u);
  set.BecomeCommon(std::array<const BitSet*, 1>{&one});
  EXPECT_EQ(set.count(), 5u);
  EXPECT_EQ(Common(set, one).size(), 5u);
  const BitSet none;
  set.BecomeCommon(std::array<const BitSet*, 2>{&threes, &none});
  EXPECT_TRUE(set.empty());
  EXPECT_FALSE(set.Has(0));
}

// What is empty in the middle, or at the end, is passed over; what comes back is found again.
TEST(BitSetTest, WhereNobodyIsNobodyIsFoundUntilSomebodyComes) {
  BitSet all;
  for (uint32_t slot = 0; slot < 13'000; ++slot) all.Set(slot);
  BitSet set;
  set.Set(12'999);
  EXPECT_THAT(Common(all, set), testing::ElementsAre(12'999u));
  set.Set(64);
  set.Set(65);
  set.Clear(64);
  EXPECT_THAT(Common(set, all), testing::ElementsAre(65u, 12'999u));
  set.Clear(65);
  set.Clear(12'999);
  EXPECT_THAT(Common(set, all), testing::IsEmpty());
  set.Set(8'191);
  EXPECT_THAT(Common(set, all), testing::ElementsAre(8'191u));
  all.Clear();
  EXPECT_TRUE(all.empty());
  for (uint32_t slot = 0; slot < 13'000; ++slot) ASSERT_FALSE(all.Has(slot));
  EXPECT_THAT(Common(set, all), testing::IsEmpty());
}

TEST(BitSetTest, ItIsLikeASetAndCommonIsTheIntersection) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    BitSet sets[2];
    std::set<uint32_t> plain[2];
    for (int step = 0; step < 300; ++step) {
      const size_t which = random() % 2;
      const auto slot = static_cast<uint32_t>(random() % (which == 0 ? 100 : 300) * 43);
      const bool in = random() % 3 != 0;
      sets[which].Put(slot, in);
      in ? void(plain[which].insert(slot)) : void(plain[which].erase(slot));
      ASSERT_EQ(sets[which].Has(slot), in);
      ASSERT_EQ(sets[which].count(), plain[which].size());
    }
    std::vector<uint32_t> both;
    std::ranges::set_intersection(plain[0], plain[1], std::back_inserter(both));
    ASSERT_THAT(Common(sets[0], sets[1]), testing::ElementsAreArray(both));
    ASSERT_THAT(Common(sets[1], sets[1]), testing::ElementsAreArray(plain[1]));
  }
}

}  // namespace
}  // namespace parley
