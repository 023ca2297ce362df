// What an Index promises, one fact a test. The last test compares it with a std::map, with good
// hashes and with the worst.

#include "parley/store/index.h"

#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <random>
#include <string>

#include "heap.h"
#include "parley/base/hash.h"

namespace parley {
namespace {

// In these tests a key is a number, and its handle is the number itself.
uint64_t HashOf(uint32_t key) { return SipHash13({}, std::to_string(key)); }

uint32_t Find(const Index& index, uint64_t hash, uint32_t key) {
  return index.Find(hash, [key](uint32_t handle) { return handle == key; });
}

TEST(IndexTest, AKeyIsFoundUntilItIsErased) {
  Index index;
  EXPECT_EQ(Find(index, HashOf(1), 1), Index::kNone);
  index.Insert(HashOf(1), 1);
  EXPECT_EQ(Find(index, HashOf(1), 1), 1u);
  EXPECT_EQ(index.size(), 1u);
  EXPECT_TRUE(index.Erase(HashOf(1), 1));
  EXPECT_EQ(Find(index, HashOf(1), 1), Index::kNone);
  EXPECT_EQ(index.size(), 0u);
}

TEST(IndexTest, ErasingWhatIsNotThereChangesNothing) {
  Index index;
  EXPECT_FALSE(index.Erase(HashOf(1), 1));
  index.Insert(HashOf(1), 1);
  EXPECT_FALSE(index.Erase(HashOf(1), 2));
  EXPECT_FALSE(index.Erase(HashOf(2), 1));
  EXPECT_EQ(Find(index, HashOf(1), 1), 1u);
  index.Insert(0, 3);
  EXPECT_FALSE(index.Erase(uint64_t{1} << 32, 3));  // The same home, another tag.
  EXPECT_EQ(index.size(), 2u);
}

TEST(IndexTest, EqualIsNotAskedAboutOtherHashes) {
  Index index;
  for (uint32_t key = 0; key < 7; ++key) index.Insert(uint64_t{key} << 32, key);
  const auto never = [](uint32_t handle) {
    ADD_FAILURE() << "asked about " << handle;
    return false;
  };
  EXPECT_EQ(index.Find(uint64_t{7} << 32, never), Index::kNone);
  EXPECT_EQ(index.Find(UINT64_MAX, never), Index::kNone);
}

TEST(IndexTest, KeysOfOneHashAreToldApart) {
  Index index;
  for (uint32_t key = 0; key < 100; ++key) index.Insert(5, key);
  for (uint32_t key = 0; key < 100; key += 2) EXPECT_TRUE(index.Erase(5, key));
  for (uint32_t key = 0; key < 100; ++key) {
    EXPECT_EQ(Find(index, 5, key), key % 2 == 0 ? Index::kNone : key);
  }
}

TEST(IndexTest, GrowthKeepsEveryKey) {
  Index index;
  for (uint32_t key = 0; key < 50'000; ++key) index.Insert(HashOf(key), key);
  EXPECT_EQ(index.size(), 50'000u);
  for (uint32_t key = 0; key < 50'000; ++key) ASSERT_EQ(Find(index, HashOf(key), key), key);
  for (uint32_t key = 50'000; key < 60'000; ++key) {
    ASSERT_EQ(Find(index, HashOf(key), key), Index::kNone);
  }
}

TEST(IndexTest, ACopyFindsTheSameAndChangesAlone) {
  Index index;
  for (uint32_t key = 0; key < 1000; ++key) index.Insert(uint64_t{key} << 40, key);
  Index copy = index;
  for (uint32_t key = 0; key < 1000; key += 2) EXPECT_TRUE(copy.Erase(uint64_t{key} << 40, key));
  const auto finds = [](const Index& in, uint32_t key) {
    return in.Find(uint64_t{key} << 40, [key](uint32_t handle) { return handle == key; }) == key;
  };
  for (uint32_t key = 0; key < 1000; ++key) {
    EXPECT_TRUE(finds(index, key));
    EXPECT_EQ(finds(copy, key), key % 2 == 1);
  }
  EXPECT_EQ(index.size(), 1000u);
  EXPECT_EQ(copy.size(), 500u);
}

TEST(IndexTest, TheTableDoublesWhenSevenOfEightPlacesAreTaken) {
  Index index;
  const size_t before = Heap::calls;
  size_t tables = 0;
  for (uint32_t key = 0; key < 10'000; ++key) {
    const bool full = key == 0 || (key % 7 == 0 && std::has_single_bit(key / 7));
    index.Insert(HashOf(key), key);
    tables += full ? 1u : 0u;
    ASSERT_EQ(Heap::calls - before, tables) << key;
  }
}

TEST(IndexTest, NothingIsAllocatedWithinTheReserve) {
  Index index;
  index.Reserve(10'000);
  const size_t before = Heap::calls;
  EXPECT_GT(before, 0u);
  for (uint32_t key = 0; key < 10'000; ++key) index.Insert(HashOf(key), key);
  for (uint32_t key = 0; key < 10'000; ++key) EXPECT_TRUE(index.Erase(HashOf(key), key));
  for (uint32_t key = 0; key < 10'000; ++key) index.Insert(HashOf(key), key);
  EXPECT_EQ(Heap::calls, before);
}

TEST(IndexDeathTest, AKeyIsInsertedOnceAndNoneIsNoHandle) {
  Index index;
  index.Insert(HashOf(1), 1);
  EXPECT_DEATH(index.Insert(HashOf(1), 1), "PARLEY_CHECK");
  EXPECT_DEATH(index.Insert(HashOf(2), Index::kNone), "PARLEY_CHECK");
}

// How a history hashes its keys: well, or so that they pile up in one place, at the end of the
// table and over its edge, or in a few neighbouring homes.
struct Hashing {
  const char* name;
  uint64_t (*hash)(uint32_t key);
};

constexpr uint64_t kTop = uint64_t{1} << 63;
const Hashing kHashings[] = {
    {"keyed", HashOf},
    {"all_alike", [](uint32_t) { return uint64_t{0}; }},
    {"at_the_edge", [](uint32_t key) { return UINT64_MAX - (uint64_t{key % 5} << 32); }},
    {"edge_and_start",
     [](uint32_t key) { return key % 2 == 0 ? UINT64_MAX : uint64_t{key} << 32; }},
    {"few_homes", [](uint32_t key) { return kTop + (uint64_t{key % 8} << 58) + uint64_t{key}; }},
    {"tags_alike", [](uint32_t key) { return kTop + uint64_t{key}; }},
};

class IndexAgainstModelTest : public testing::TestWithParam<Hashing> {};

TEST_P(IndexAgainstModelTest, AgreesOnEveryStepOfARandomHistory) {
  const auto hash = GetParam().hash;
  for (uint32_t seed = 0; seed < 30; ++seed) {
    std::mt19937_64 random(seed);
    const auto keys = static_cast<uint32_t>(4 + random() % 60);
    Index index;
    std::map<uint32_t, bool> present;
    uint32_t count = 0;
    for (int step = 0; step < 1'000; ++step) {
      const auto key = static_cast<uint32_t>(random() % keys);
      if (present[key]) {
        ASSERT_TRUE(index.Erase(hash(key), key));
        --count;
      } else {
        ASSERT_FALSE(index.Erase(hash(key), key));
        index.Insert(hash(key), key);
        ++count;
      }
      present[key] = !present[key];
      ASSERT_EQ(index.size(), count);
      for (uint32_t other = 0; other < keys; ++other) {
        ASSERT_EQ(Find(index, hash(other), other), present[other] ? other : Index::kNone)
            << "seed " << seed << ", step " << step;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Hashings, IndexAgainstModelTest, testing::ValuesIn(kHashings),
                         [](const auto& param_info) { return param_info.param.name; });

}  // namespace
}  // namespace parley
