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
#include <utility>
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
  BitSet other;
  for (uint32_t slot = 0; slot < 1300; slot += 3) set.Set(slot);
  for (uint32_t slot = 0; slot < 1100; slot += 2) other.Set(slot);
  set.Keep(std::array{&std::as_const(other)});
  EXPECT_EQ(set.count(), 184u);
  for (uint32_t slot = 0; slot < 1300; ++slot)
    EXPECT_EQ(set.Has(slot), slot < 1100 && slot % 6 == 0);
  set.KeepIf([](uint32_t slot) { return slot % 12 == 0; });
  EXPECT_EQ(set.count(), 92u);
  for (uint32_t slot = 0; slot < 1300; ++slot)
    EXPECT_EQ(set.Has(slot), slot < 1100 && slot % 12 == 0);
  BitSet quarters;
  for (uint32_t slot = 0; slot < 1300; slot += 4) quarters.Set(slot);
  const BitSet before = set;
  set.Keep({});
  EXPECT_EQ(set.count(), 92u);
  set.Keep(std::array<const BitSet*, 2>{&quarters, &before});
  EXPECT_EQ(set.count(), 92u);
  quarters.Clear(24);
  const BitSet none;
  set.Keep(std::array<const BitSet*, 2>{&before, &quarters});
  EXPECT_EQ(set.count(), 91u);
  set.Keep(std::array<const BitSet*, 2>{&quarters, &none});
  EXPECT_TRUE(set.empty());
}

TEST(BitSetTest, ItIsLikeASetAndCommonIsTheIntersection) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    BitSet sets[2];
    std::set<uint32_t> plain[2];
    for (int step = 0; step < 300; ++step) {
      const size_t which = random() % 2;
      const auto slot = static_cast<uint32_t>(random() % (which == 0 ? 100 : 300));
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
