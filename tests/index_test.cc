// What an Index promises, one fact a test. The last tests compare it with a std::map, with good
// hashes and with the worst, and with a larger one in tables of all sizes.

#include "parley/store/index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <new>
#include <random>
#include <string>
#include <unordered_map>

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
  index.Fetch(HashOf(1));  // There is nothing to fetch.
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

// What `f` takes from the heap.
template <class F>
size_t BytesOf(F f) {
  const size_t before = Heap::bytes;
  f();
  return Heap::bytes - before;
}

TEST(IndexTest, TheTableDoublesWhenFourOfFivePlacesAreTaken) {
  Index index;
  size_t places = 0;
  for (uint32_t key = 0; key < 10'000; ++key) {
    const bool full = 5 * (key + 1) > 4 * places;
    if (full) places = std::max<size_t>(8, 2 * places);
    ASSERT_EQ(BytesOf([&] { index.Insert(HashOf(key), key); }), full ? 8 * places : 0) << key;
  }
}

TEST(IndexTest, WhatIsReservedTakesTenBytesAnEntryAndIsEnough) {
  for (const uint32_t n : {0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u, 9u, 99u, 1'000u, 1'001u, 300'000u}) {
    Index index;
    const size_t bytes = BytesOf([&] { index.Reserve(n); });
    EXPECT_GE(bytes, size_t{10} * n);
    EXPECT_LT(bytes, size_t{10} * n + 8);
    for (uint32_t key = 0; key < n; ++key) {
      ASSERT_EQ(BytesOf([&] { index.Insert(HashOf(key), key); }), 0u) << n << ", " << key;
    }
    EXPECT_EQ(BytesOf([&] { index.Reserve(n / 2), index.Reserve(n); }), 0u) << n;
    EXPECT_EQ(BytesOf([&] { index.Insert(HashOf(n), n); }), std::max<size_t>(64, 2 * bytes)) << n;
    for (uint32_t key = 0; key <= n; ++key) ASSERT_EQ(Find(index, HashOf(key), key), key) << n;
  }
}

TEST(IndexTest, AReserveOfATableThatIsInUseIsNoLargerEither) {
  Index index;
  for (uint32_t key = 0; key < 100; ++key) index.Insert(HashOf(key), key);
  for (uint32_t n = 150; n < 500; n += 7) {
    EXPECT_EQ(BytesOf([&] { index.Reserve(n); }), (5 * n + 3) / 4 * 8) << n;
    for (uint32_t key = 0; key < 100; ++key) ASSERT_EQ(Find(index, HashOf(key), key), key) << n;
  }
}

TEST(IndexTest, RoomMadeForAFewDoublesTheTable) {
  for (const uint32_t reserved : {0u, 1u, 13u, 1'000u}) {
    Index index;
    index.Reserve(reserved);
    const size_t before = Heap::calls;
    for (uint32_t key = 0; key < 16'000; ++key) {
      index.MakeRoom(1 + key % 3);
      ASSERT_EQ(BytesOf([&] { index.Insert(HashOf(key), key); }), 0u) << key;
    }
    EXPECT_LE(Heap::calls - before, reserved < 1'000 ? 13u : 5u) << reserved;
    for (uint32_t key = 0; key < 16'000; ++key) ASSERT_EQ(Find(index, HashOf(key), key), key);
  }
}

TEST(IndexTest, RoomMadeForManyIsEnough) {
  Index index;
  index.Insert(HashOf(0), 0);
  EXPECT_EQ(BytesOf([&] { index.MakeRoom(5); }), 0u);
  EXPECT_EQ(BytesOf([&] { index.MakeRoom(6); }), 16u * 8);
  EXPECT_EQ(BytesOf([&] { index.MakeRoom(10'000); }), (10'001 * 5 + 3) / 4 * 8u);
  const size_t before = Heap::calls;
  for (uint32_t key = 1; key <= 10'000; ++key) index.Insert(HashOf(key), key);
  EXPECT_EQ(Heap::calls, before);
}

TEST(IndexTest, WhatThereIsNoMemoryForChangesNothing) {
  Index index;
  for (uint32_t key = 0; key < 6; ++key) index.Insert(HashOf(key), key);
  const size_t before = Heap::calls;
  EXPECT_THROW(index.Reserve(UINT32_MAX), std::bad_alloc);  // More places than tags: not tried.
  EXPECT_THROW(index.MakeRoom(UINT32_MAX), std::bad_alloc);
  EXPECT_EQ(Heap::calls, before);
  Heap::left = 0;
  EXPECT_THROW(index.Reserve(7), std::bad_alloc);
  EXPECT_THROW(index.MakeRoom(1), std::bad_alloc);
  EXPECT_THROW(index.Insert(HashOf(6), 6), std::bad_alloc);
  Heap::left = SIZE_MAX;
  EXPECT_EQ(index.size(), 6u);
  for (uint32_t key = 0; key < 7; ++key) {
    EXPECT_EQ(Find(index, HashOf(key), key), key < 6 ? key : Index::kNone);
  }
}

// Entries whose home is the last place stand there and in the first ones, and so do those whose
// homes are taken by them. Whichever is erased, all others are still found.
TEST(IndexTest, TheFirstPlaceComesAfterTheLastInATableOfAnySize) {
  for (uint32_t n = 2; n < 60; ++n) {
    const auto hash = [n](uint32_t key) { return key < n / 2 ? UINT64_MAX : uint64_t{key} << 32; };
    for (uint32_t first = 0; first < n; ++first) {
      Index index;
      index.Reserve(n);
      for (uint32_t key = 0; key < n; ++key) index.Insert(hash(key), key);
      for (uint32_t gone = 0; gone < n; ++gone) {
        ASSERT_TRUE(index.Erase(hash((first + gone) % n), (first + gone) % n));
        for (uint32_t other = 0; other < n; ++other) {
          const bool there = (other + n - first) % n > gone;
          ASSERT_EQ(Find(index, hash(other), other), there ? other : Index::kNone) << n;
        }
      }
    }
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
    index.Reserve(seed);  // So that there are tables of all sizes.
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

TEST(IndexTest, AgreesWithAModelOfManyKeysInTablesOfAnySize) {
  for (const uint32_t reserved : {1u, 3u, 10u, 77u, 1'000u, 4'321u, 20'000u}) {
    std::mt19937_64 random(reserved);
    Index index;
    index.Reserve(reserved);
    std::unordered_map<uint32_t, uint64_t> model;  // From a key to its hash.
    for (int step = 0; step < 60'000; ++step) {
      const auto key = static_cast<uint32_t>(random() % (2 * reserved + 10));
      const auto found = model.find(key);
      ASSERT_EQ(Find(index, HashOf(key), key), found == model.end() ? Index::kNone : key);
      if (found != model.end()) {
        ASSERT_TRUE(index.Erase(found->second, key));
        model.erase(found);
      } else {
        index.Insert(model[key] = HashOf(key), key);
      }
      if (step % 5'000 == 0) index.Reserve(index.size() + key % 16);
      if (step % 100 == 0) index.MakeRoom(key % 16);
      ASSERT_EQ(index.size(), model.size());
    }
    for (const auto& [key, hash] : model) ASSERT_EQ(Find(index, hash, key), key) << reserved;
  }
}

}  // namespace
}  // namespace parley
