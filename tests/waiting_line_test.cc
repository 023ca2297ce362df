// What a WaitingLine promises, one fact a test, and its likeness to a std::set.

#include "parley/store/waiting_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <compare>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

struct Key {
  uint32_t rank = 0;
  uint64_t sequence = 0;

  friend auto operator<=>(const Key&, const Key&) = default;
};

std::vector<Key> Walk(const WaitingLine<Key>& line) {
  std::vector<Key> keys;
  for (const Key* key = line.First(); key != nullptr; key = line.After(*key)) keys.push_back(*key);
  return keys;
}

TEST(WaitingLineTest, TheFirstIsTheSmallestWhoeverCameFirst) {
  WaitingLine<Key> line;
  EXPECT_EQ(line.First(), nullptr);
  EXPECT_TRUE(line.empty());
  for (const Key key : {Key{2, 1}, Key{1, 9}, Key{1, 3}}) line.Insert(key);
  EXPECT_THAT(Walk(line), ElementsAre(Key{1, 3}, Key{1, 9}, Key{2, 1}));
  EXPECT_FALSE(line.empty());
  EXPECT_EQ(line.size(), 3u);
}

TEST(WaitingLineTest, AfterGoesOnFromAKeyThatHasLeft) {
  WaitingLine<Key> line;
  for (const Key key : {Key{1, 1}, Key{1, 2}, Key{1, 3}}) line.Insert(key);
  line.Erase({1, 2});
  ASSERT_NE(line.After({1, 2}), nullptr);
  EXPECT_EQ(*line.After({1, 2}), (Key{1, 3}));
  EXPECT_EQ(*line.After({0, 0}), (Key{1, 1}));
  EXPECT_EQ(line.After({1, 3}), nullptr);
}

TEST(WaitingLineTest, TheFirstMayBeErasedByItsOwnPointer) {
  WaitingLine<Key> line;
  for (const Key key : {Key{1, 1}, Key{1, 2}}) line.Insert(key);
  line.Erase(*line.First());
  EXPECT_THAT(Walk(line), ElementsAre(Key{1, 2}));
}

TEST(WaitingLineTest, ACopyIsALineOfItsOwn) {
  WaitingLine<Key> line;
  for (uint32_t task = 0; task < 100; ++task) line.Insert({task, task});
  WaitingLine<Key> copy = line;
  copy.Erase(*copy.First());
  EXPECT_EQ(line.size(), 100u);
  EXPECT_EQ(copy.size(), 99u);
  EXPECT_EQ(*copy.First(), *line.After(*line.First()));
}

TEST(WaitingLineDeathTest, NobodyWaitsTwiceAndNobodyLeavesTwice) {
  WaitingLine<Key> line;
  line.Insert({1, 1});
  EXPECT_DEATH(line.Insert({1, 1}), "PARLEY_CHECK");
  EXPECT_DEATH(line.Erase({1, 2}), "PARLEY_CHECK");
}

TEST(WaitingLineTest, AgreesWithASetOverARandomHistory) {
  std::mt19937_64 random(1);
  WaitingLine<Key> line;
  std::set<Key> model;
  for (int step = 0; step < 20'000; ++step) {
    const Key key{static_cast<uint32_t>(random() % 3), random() % 300};
    if (model.insert(key).second) {
      line.Insert(key);
    } else {
      line.Erase(key);
      model.erase(key);
    }
    ASSERT_EQ(line.size(), model.size());
    ASSERT_EQ(line.empty(), model.empty());
    if (step % 100 != 0) continue;
    std::vector<Key> listed;
    line.ForEach([&listed](const Key& k) { listed.push_back(k); });
    ASSERT_THAT(listed, ElementsAreArray(model));
    ASSERT_THAT(Walk(line), ElementsAreArray(model));
  }
}

}  // namespace
}  // namespace parley
