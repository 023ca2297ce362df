// What a LinePool promises, one fact a test, and the likeness of its lines to std::maps.

#include "parley/store/line_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "heap.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

struct Key {
  uint32_t rank = 0;
  uint64_t sequence = 0;

  // Counted: what a walk down a tree costs.
  static inline uint64_t compared = 0;
  friend std::strong_ordering operator<=>(const Key& a, const Key& b) {
    ++compared;
    const auto order = a.rank <=> b.rank;
    return order != 0 ? order : a.sequence <=> b.sequence;
  }
  friend bool operator==(const Key& a, const Key& b) { return (a <=> b) == 0; }
};
using Pool = LinePool<Key>;

std::vector<Key> Walk(const Pool& pool, const Pool::Line& line) {
  std::vector<Key> keys;
  for (const Key* key = pool.First(line); key != nullptr; key = pool.After(line, *key)) {
    keys.push_back(*key);
  }
  return keys;
}

TEST(LinePoolTest, TheFirstIsTheSmallestWhoeverCameFirst) {
  Pool pool;
  Pool::Line line;
  EXPECT_EQ(pool.First(line), nullptr);
  EXPECT_TRUE(line.empty());
  for (const Key key : {Key{2, 1}, Key{1, 9}, Key{1, 3}}) pool.Insert(line, key);
  EXPECT_THAT(Walk(pool, line), ElementsAre(Key{1, 3}, Key{1, 9}, Key{2, 1}));
  EXPECT_FALSE(line.empty());
  EXPECT_EQ(line.size, 3u);
}

TEST(LinePoolTest, AfterGoesOnFromAKeyThatHasLeft) {
  Pool pool;
  Pool::Line line;
  EXPECT_EQ(pool.After(line, {1, 1}), nullptr);
  for (const Key key : {Key{1, 1}, Key{1, 3}}) pool.Insert(line, key);
  pool.Erase(line, pool.Insert(line, {1, 2}), {1, 2});
  ASSERT_NE(pool.After(line, {1, 2}), nullptr);
  EXPECT_EQ(*pool.After(line, {1, 2}), (Key{1, 3}));
  EXPECT_EQ(*pool.After(line, {0, 0}), (Key{1, 1}));
  EXPECT_EQ(pool.After(line, {1, 3}), nullptr);
}

TEST(LinePoolTest, AKeyStandsInItsSpotOfItsLineAlone) {
  Pool pool;
  Pool::Line line;
  Pool::Line other;
  EXPECT_FALSE(pool.Has(line, 0, {1, 1}));
  std::vector<Pool::Spot> spots;
  for (const Key key : {Key{1, 1}, Key{1, 2}, Key{1, 3}}) spots.push_back(pool.Insert(line, key));
  const Pool::Spot beside = pool.Insert(other, {1, 1});
  for (uint64_t i = 0; i < 3; ++i) EXPECT_TRUE(pool.Has(line, spots[i], {1, i + 1}));
  EXPECT_FALSE(pool.Has(line, spots[0], {1, 2}));
  EXPECT_FALSE(pool.Has(line, beside, {1, 1}));
  EXPECT_TRUE(pool.Has(other, beside, {1, 1}));
  EXPECT_FALSE(pool.Has(line, 1'000, {1, 1}));
  pool.Erase(line, spots[1], {1, 2});
  EXPECT_FALSE(pool.Has(line, spots[1], {1, 2}));
  EXPECT_THAT(Walk(pool, line), ElementsAre(Key{1, 1}, Key{1, 3}));
}

TEST(LinePoolTest, ACopyHasLinesOfItsOwnUnderTheSameNames) {
  Pool pool;
  Pool::Line line;
  const Pool::Spot first = pool.Insert(line, {0, 0});
  for (uint32_t task = 1; task < 100; ++task) pool.Insert(line, {task, task});
  Pool copied = pool;
  Pool::Line copy = line;
  copied.Erase(copy, first, {0, 0});
  EXPECT_EQ(Walk(pool, line).size(), 100u);
  EXPECT_EQ(Walk(copied, copy).size(), 99u);
  EXPECT_EQ(*copied.First(copy), *pool.After(line, *pool.First(line)));
}

TEST(LinePoolDeathTest, NobodyWaitsTwiceAndNobodyLeavesTwice) {
  Pool pool;
  Pool::Line line;
  const Pool::Spot spot = pool.Insert(line, {1, 1});
  for (const Key key : {Key{1, 5}, Key{1, 9}}) pool.Insert(line, key);
  for (const Key key : {Key{1, 1}, Key{1, 5}, Key{1, 9}}) {
    EXPECT_DEATH(pool.Insert(line, key), "PARLEY_CHECK");
  }
  EXPECT_DEATH(pool.Erase(line, spot, {1, 5}), "PARLEY_CHECK");
  EXPECT_DEATH(pool.Erase(line, 1'000, {1, 1}), "PARLEY_CHECK");
  pool.Erase(line, spot, {1, 1});
  EXPECT_DEATH(pool.Erase(line, spot, {1, 1}), "PARLEY_CHECK");
}

// The whole state of three lines in one pool.
struct Lines {
  Pool pool;
  std::array<Pool::Line, 3> lines;
  std::array<std::map<Key, Pool::Spot>, 3> models;

  void Toggle(size_t i, const Key& key) {
    if (const auto at = models[i].find(key); at != models[i].end()) {
      pool.Erase(lines[i], at->second, key);
      models[i].erase(at);
    } else {
      models[i][key] = pool.Insert(lines[i], key);
    }
  }
  void Compare() const {
    uint32_t nodes = 0;
    for (size_t i = 0; i < lines.size(); ++i) {
      std::vector<Key> keys;
      for (const auto& [key, spot] : models[i]) {
        keys.push_back(key);
        for (size_t l = 0; l < lines.size(); ++l) ASSERT_EQ(pool.Has(lines[l], spot, key), l == i);
      }
      std::vector<Key> listed;
      pool.ForEach(lines[i], [&listed](const Key& k) { listed.push_back(k); });
      ASSERT_THAT(listed, ElementsAreArray(keys));
      ASSERT_THAT(Walk(pool, lines[i]), ElementsAreArray(keys));
      ASSERT_EQ(lines[i].size, models[i].size());
      nodes += lines[i].size;
    }
    ASSERT_EQ(pool.nodes(), nodes);
  }
};

TEST(LinePoolTest, LinesOfOnePoolAgreeWithMapsOverARandomHistory) {
  std::mt19937_64 random(1);
  Lines lines;
  for (int step = 0; step < 30'000; ++step) {
    // Keys at the ends more often than not: that is where lines move.
    const uint64_t middle = step % 1'000 < 500 ? 150 : random() % 300;
    const size_t line = random() % 3;
    lines.Toggle(line, {static_cast<uint32_t>(random() % 3), middle + random() % 8});
    if (step % 100 != 0) continue;
    ASSERT_NO_FATAL_FAILURE(lines.Compare());
  }
}

TEST(LinePoolTest, WhatWasReservedIsNotAllocatedAndIsUsedAgain) {
  Pool pool;
  Pool::Line line;
  pool.Reserve(1'000);
  std::vector<Pool::Spot> spots(1'000);
  const size_t before = Heap::calls;
  for (uint64_t round = 0; round < 20; ++round) {
    for (uint64_t i = 0; i < 1'000; ++i) {
      const uint64_t key = (i * 7'919 + round) % 1'000;
      spots[key] = pool.Insert(line, {0, key});
    }
    for (uint64_t i = 0; i < 1'000; ++i) pool.Erase(line, spots[i], {0, i});
  }
  EXPECT_EQ(Heap::calls, before);
}

// Keys in order are what lines see most; of a plain tree they would make a list.
TEST(LinePoolTest, ALineIsAsShallowInOrderAsInAnyOther) {
  constexpr uint32_t kKeys = 1 << 14;
  for (const uint64_t step : {1u, kKeys - 1, 6'151u}) {  // Rising, falling, and mixed.
    Pool pool;
    Pool::Line line;
    for (uint64_t i = 0; i < kKeys; ++i) pool.Insert(line, {0, i * step % kKeys});
    Key::compared = 0;
    for (uint64_t i = 0; i < kKeys; ++i) pool.After(line, {0, i});
    // A comparison a level, about 2 ln(n) levels: 19 here.
    EXPECT_LT(Key::compared / kKeys, 30u) << step;
  }
}

TEST(LinePoolTest, AtTheEndsALineCostsTheSameHoweverLongItIs) {
  std::vector<uint64_t> costs;
  for (const uint64_t keys : {1u << 6, 1u << 16}) {
    Pool pool;
    Pool::Line line;
    std::vector<Pool::Spot> spots;
    for (uint64_t i = 0; i < keys; ++i) spots.push_back(pool.Insert(line, {0, i}));
    Key::compared = 0;
    for (uint64_t i = 0; i < 1'000; ++i) {
      spots.push_back(pool.Insert(line, {0, keys + i}));
      pool.Erase(line, spots[i], {0, i});
    }
    costs.push_back(Key::compared);
  }
  EXPECT_EQ(costs[0], costs[1]);
}

TEST(LinePoolTest, WhoLeavesIsNotLookedFor) {
  Pool pool;
  Pool::Line line;
  std::vector<Pool::Spot> spots;
  for (uint64_t i = 0; i < 10'000; ++i) spots.push_back(pool.Insert(line, {0, i}));
  Key::compared = 0;
  for (uint64_t i = 0; i < 1'000; ++i) pool.Erase(line, spots[i * 7 + 5], {0, i * 7 + 5});
#ifdef PARLEY_CHECKS_ARE_NOT_COUNTED
  EXPECT_EQ(Key::compared, 0u);
#else
  EXPECT_EQ(Key::compared, 1'000u);  // The check whether it is he.
#endif
}

}  // namespace
}  // namespace parley
