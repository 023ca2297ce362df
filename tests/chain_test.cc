// What a ChainPool promises, one fact a test, and its likeness to a vector of vectors.

#include "parley/store/chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <utility>
#include <vector>

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Pool = ChainPool<uint64_t>;
using Chain = Pool::Chain;

std::vector<uint64_t> ValuesOf(const Pool& pool, const Chain& chain) {
  std::vector<uint64_t> values;
  pool.ForEach(chain, [&values](const uint64_t& value) { values.push_back(value); });
  return values;
}

TEST(ChainPoolTest, AChainKeepsTheOrderOfItsAppends) {
  Pool pool;
  Chain a;
  Chain b;
  for (const uint64_t value : {1u, 2u, 3u}) {
    pool.Append(a, value);
    pool.Append(b, value * 10);
  }
  EXPECT_THAT(ValuesOf(pool, a), ElementsAre(1, 2, 3));
  EXPECT_THAT(ValuesOf(pool, b), ElementsAre(10, 20, 30));
  EXPECT_EQ(pool.Last(a), 3u);
  EXPECT_EQ(a.size, 3u);
  EXPECT_EQ(pool.nodes(), 6u);
}

TEST(ChainPoolTest, AnEmptyChainMayBeFetched) {
  Pool pool;
  Chain chain;
  pool.Fetch(chain);
  pool.Append(chain, 1);
  pool.Fetch(chain);
  EXPECT_THAT(ValuesOf(pool, chain), ElementsAre(1));
}

TEST(ChainPoolTest, AClearedChainIsEmptyAndMayBeginAgain) {
  Pool pool;
  Chain a;
  Chain b;
  pool.Append(b, 9);
  for (const uint64_t value : {1u, 2u, 3u}) pool.Append(a, value);
  pool.Clear(a);
  EXPECT_THAT(ValuesOf(pool, a), IsEmpty());
  EXPECT_EQ(a.size, 0u);
  EXPECT_EQ(pool.nodes(), 1u);
  pool.Clear(a);
  EXPECT_EQ(pool.nodes(), 1u);
  pool.Append(a, 4);
  EXPECT_THAT(ValuesOf(pool, a), ElementsAre(4));
  EXPECT_THAT(ValuesOf(pool, b), ElementsAre(9));
}

TEST(ChainPoolTest, ValuesMayBeChangedWhereTheyStand) {
  Pool pool;
  Chain chain;
  for (const uint64_t value : {1u, 2u}) pool.Append(chain, value);
  pool.ForEach(chain, [](uint64_t& value) { value += 5; });
  EXPECT_THAT(ValuesOf(pool, chain), ElementsAre(6, 7));
}

TEST(ChainPoolTest, ValuesStayWhereTheyAreWhileOthersAreAppended) {
  Pool pool;
  Chain first;
  pool.Append(first, 1);
  const uint64_t* value = &pool.Last(first);
  Chain other;
  for (int i = 0; i < 20'000; ++i) pool.Append(other, pool.Last(first));
  EXPECT_EQ(&pool.Last(first), value);
  EXPECT_EQ(pool.Last(other), 1u);
}

// A block is made of values, so where none is made, no block is.
TEST(ChainPoolTest, ACopyOfThePoolHasItsOwnValuesUnderTheSameChains) {
  Pool pool;
  Chain a;
  Chain b;
  for (const uint64_t value : {1u, 2u, 3u}) pool.Append(a, value);
  pool.Append(b, 9);
  pool.Clear(b);
  Pool copy = pool;
  Chain theirs = a;
  copy.Append(theirs, 4);
  copy.ForEach(theirs, [](uint64_t& value) { value += 10; });
  EXPECT_THAT(ValuesOf(copy, theirs), ElementsAre(11, 12, 13, 14));
  EXPECT_THAT(ValuesOf(pool, a), ElementsAre(1, 2, 3));
  pool.Append(a, 5);
  EXPECT_THAT(ValuesOf(pool, a), ElementsAre(1, 2, 3, 5));
  EXPECT_EQ(copy.nodes(), 4u);
}

struct Counted {
  static inline int made = 0;
  Counted() { ++made; }
};

TEST(ChainPoolTest, NothingIsAllocatedWithinTheReserve) {
  ChainPool<Counted> pool;
  pool.Reserve(10'000);
  const Counted value;
  const int before = Counted::made;
  EXPECT_GT(before, 10'000);
  ChainPool<Counted>::Chain chains[4];
  for (int i = 0; i < 100'000; ++i) {
    auto& chain = chains[i % 4];
    if (chain.size == 2'500) pool.Clear(chain);
    pool.Append(chain, value);
  }
  EXPECT_EQ(Counted::made, before);
}

TEST(ChainPoolTest, TheFirstIsTakenOutAndItsNodeIsUsedAgain) {
  Pool pool;
  Chain chain;
  for (const uint64_t value : {1u, 2u}) pool.Append(chain, value);
  EXPECT_EQ(pool.First(chain), 1u);
  pool.PopFirst(chain);
  EXPECT_EQ(pool.First(chain), 2u);
  pool.Append(chain, 3);
  EXPECT_THAT(ValuesOf(pool, chain), ElementsAre(2, 3));
  pool.PopFirst(chain);
  pool.PopFirst(chain);
  EXPECT_THAT(ValuesOf(pool, chain), IsEmpty());
  EXPECT_EQ(pool.nodes(), 0u);
  pool.Append(chain, 4);
  EXPECT_EQ(pool.Last(chain), 4u);
}

TEST(ChainPoolTest, WhatWasFirstMakesRoomForOthersAndTheRestStays) {
  Pool pool;
  Chain chain;
  Chain other;
  for (const uint64_t value : {1u, 2u, 3u}) pool.Append(chain, value);
  pool.PopFirst(chain);
  for (const uint64_t value : {7u, 8u}) pool.Append(other, value);
  EXPECT_THAT(ValuesOf(pool, chain), ElementsAre(2, 3));
  EXPECT_THAT(ValuesOf(pool, other), ElementsAre(7, 8));
}

TEST(ChainPoolDeathTest, AnEmptyChainHasNoFirst) {
  Pool pool;
  Chain chain;
  EXPECT_DEATH(static_cast<void>(pool.First(chain)), "PARLEY_CHECK");
  EXPECT_DEATH(pool.PopFirst(chain), "PARLEY_CHECK");
}

TEST(ChainPoolDeathTest, AnEmptyChainHasNoLast) {
  Pool pool;
  EXPECT_DEATH(pool.Last(Chain{}), "PARLEY_CHECK");
}

TEST(ChainPoolTest, AgreesWithVectorsOverARandomHistory) {
  std::mt19937_64 random(1);
  Pool pool;
  std::vector<Chain> chains(20);
  std::vector<std::vector<uint64_t>> model(20);
  size_t nodes = 0;
  for (uint64_t step = 0; step < 50'000; ++step) {
    const size_t i = random() % chains.size();
    if (random() % 30 == 0) {
      pool.Clear(chains[i]);
      nodes -= model[i].size();
      model[i].clear();
    } else {
      pool.Append(chains[i], step);
      model[i].push_back(step);
      ++nodes;
      ASSERT_EQ(pool.Last(chains[i]), step);
    }
    ASSERT_EQ(chains[i].size, model[i].size());
    ASSERT_EQ(pool.nodes(), nodes);
    const size_t checked = random() % chains.size();
    ASSERT_EQ(ValuesOf(pool, chains[checked]), model[checked]) << "step " << step;
  }
}

}  // namespace
}  // namespace parley
