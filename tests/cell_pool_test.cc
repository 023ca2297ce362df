// What a CellPool promises, one fact a test, and its likeness to a vector of strings.

#include "parley/store/cell_pool.h"

#include <gtest/gtest.h>

#include <cstring>
#include <new>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "heap.h"

namespace parley {
namespace {

std::string RandomBytes(std::mt19937_64& random, size_t size) {
  std::string bytes;
  while (bytes.size() < size) bytes.push_back(static_cast<char>(random() % 256));
  return bytes;
}

// Fills the whole cell.
std::string Fill(CellPool& pool, Cell cell, std::mt19937_64& random) {
  const std::string bytes = RandomBytes(random, CellPool::SizeOf(cell.kind));
  std::memcpy(pool.At(cell), bytes.data(), bytes.size());
  return bytes;
}
std::string BytesOf(const CellPool& pool, Cell cell) {
  return {pool.At(cell), CellPool::SizeOf(cell.kind)};
}

TEST(CellPoolTest, KindsGoByEightBytesAndThenByEighthsOfADoubling) {
  std::vector<size_t> sizes;
  for (uint8_t kind = 0; kind < CellPool::kKinds; ++kind) sizes.push_back(CellPool::SizeOf(kind));
  EXPECT_EQ(sizes, (std::vector<size_t>{8,   16,  24,  32,  40,  48,  56,  64,  72,  80,
                                        88,  96,  104, 112, 120, 128, 144, 160, 176, 192,
                                        208, 224, 240, 256, 288, 320, 352, 384, 416, 448,
                                        480, 512, 576, 640, 704, 768, 832, 896, 960, 1024}));
}

TEST(CellPoolTest, CellsAreAlikeInBothNumberAndKind) {
  EXPECT_EQ((Cell{1, 2}), (Cell{1, 2}));
  EXPECT_FALSE((Cell{1, 2}) == (Cell{1, 3}));
  EXPECT_FALSE((Cell{1, 2}) == (Cell{2, 2}));
}

TEST(CellPoolTest, TheKindOfASizeIsTheSmallestThatHoldsIt) {
  for (size_t size = 1; size <= CellPool::kMaxSize; ++size) {
    const uint8_t kind = CellPool::KindOf(size);
    EXPECT_GE(CellPool::SizeOf(kind), size);
    if (kind > 0) {
      EXPECT_LT(CellPool::SizeOf(static_cast<uint8_t>(kind - 1)), size);
    }
  }
}

TEST(CellPoolTest, CellsOfEverySizeKeepWhatIsWrittenToThem) {
  std::mt19937_64 random(1);
  CellPool pool;
  std::vector<std::pair<Cell, std::string>> cells;
  for (int round = 0; round < 3; ++round) {
    for (size_t size = 1; size <= CellPool::kMaxSize; ++size) {
      const Cell cell = pool.Take(size);
      ASSERT_EQ(cell.kind, CellPool::KindOf(size));
      cells.emplace_back(cell, Fill(pool, cell, random));
    }
  }
  for (const auto& [cell, bytes] : cells) EXPECT_EQ(BytesOf(pool, cell), bytes);
  EXPECT_EQ(pool.size(), 3 * CellPool::kMaxSize);
}

TEST(CellPoolTest, ACellStaysWhereItIsWhileOthersAreTaken) {
  CellPool pool;
  const Cell cell = pool.Take(20);
  const char* const at = pool.At(cell);
  for (int i = 0; i < 10'000; ++i) pool.Take(20);
  EXPECT_EQ(pool.At(cell), at);
}

TEST(CellPoolTest, ABlockIsFilledToItsEnd) {
  CellPool pool;
  pool.Reserve(1);
  std::set<const char*> cells;
  for (int i = 0; i < 32768 / 1024; ++i) cells.insert(pool.At(pool.Take(1024)));
  EXPECT_EQ(*cells.rbegin() - *cells.begin(), 31 * 1024);
  EXPECT_EQ(cells.size(), 32u);
}

TEST(CellPoolTest, AReturnedCellIsTheNextOfItsSizeLastInFirstOut) {
  CellPool pool;
  const Cell a = pool.Take(30);
  const Cell b = pool.Take(30);
  const Cell c = pool.Take(30);
  pool.Return(a);
  pool.Return(c);
  EXPECT_EQ(pool.size(), 1u);
  EXPECT_EQ(pool.Take(25), c);
  EXPECT_EQ(pool.Take(32), a);
  const Cell d = pool.Take(30);
  EXPECT_TRUE(d != a && d != b && d != c);
  EXPECT_EQ(pool.size(), 4u);
}

TEST(CellPoolTest, ACopyHasBytesOfItsOwnUnderTheSameNames) {
  std::mt19937_64 random(2);
  CellPool pool;
  const Cell kept = pool.Take(100);
  const Cell returned = pool.Take(100);
  const std::string bytes = Fill(pool, kept, random);
  pool.Return(returned);
  CellPool copy = pool;
  std::memset(pool.At(kept), 0, 100);
  EXPECT_EQ(BytesOf(copy, kept), bytes);
  EXPECT_EQ(copy.Take(100), returned);
  EXPECT_EQ(copy.size(), 2u);
  EXPECT_EQ(pool.size(), 1u);
}

TEST(CellPoolTest, AnyBitsMayBeFetched) {
  CellPool pool;
  pool.Fetch({});
  pool.Fetch({0, 0});
  const Cell cell = pool.Take(1024);
  pool.Fetch(cell);
  pool.Fetch({cell.number, CellPool::kKinds});
  pool.Fetch({1u << 12, 3});
  EXPECT_EQ(pool.size(), 1u);
}

TEST(CellPoolTest, NothingIsAllocatedWithinTheReserve) {
  CellPool pool;
  pool.Reserve(10'000 * 64 + 3'000 * 24);
  const size_t before = Heap::calls;
  std::vector<Cell> cells;
  cells.reserve(13'000);
  const size_t own = Heap::calls - before;
  for (int i = 0; i < 10'000; ++i) cells.push_back(pool.Take(60));
  for (int i = 0; i < 3'000; ++i) cells.push_back(pool.Take(20));
  EXPECT_EQ(Heap::calls - before, own);
}

TEST(CellPoolTest, AReserveIsEnoughForCellsOfTheLargestSizeThatWasNamed) {
  for (const size_t size : {8u, 48u, 72u, 144u, 1000u}) {
    CellPool pool;
    const uint32_t count = 4'000;
    const uint8_t kind = CellPool::KindOf(size);
    pool.Reserve(count * CellPool::SizeOf(kind), CellPool::SizeOf(kind));
    const size_t before = Heap::calls;
    for (uint32_t i = 0; i < count; ++i) pool.Take(size);
    EXPECT_EQ(Heap::calls, before) << size << " bytes";
  }
}

TEST(CellPoolTest, MoreThanThereAreNumbersForIsNotReserved) {
  CellPool cells;
  EXPECT_THROW(cells.Reserve(uint64_t{33} << 30), std::bad_alloc);
  cells.Return(cells.Take(20));
}

TEST(CellPoolTest, AReserveIsEnoughForAFewOfEverySize) {
  CellPool pool;
  pool.Reserve(1);
  const size_t before = Heap::calls;
  for (uint8_t kind = 0; kind < CellPool::kKinds; ++kind) pool.Take(CellPool::SizeOf(kind));
  EXPECT_EQ(Heap::calls, before);
}

TEST(CellPoolTest, WithRoomMadeTheNextCellAsksForNoMemory) {
  CellPool pool;
  for (size_t size = 1; size <= CellPool::kMaxSize; size += 7) {
    for (int i = 0; i < 100; ++i) {
      pool.MakeRoom(size);
      const size_t before = Heap::calls;
      pool.Take(size);
      ASSERT_EQ(Heap::calls, before);
    }
  }
}

TEST(CellPoolTest, WithoutMemoryNothingHasChanged) {
  CellPool pool;
  pool.Take(8);
  pool.Take(16);  // Of two blocks that were made at once the second.
  bool failed = false;
  Heap::left = 0;
  try {
    pool.Take(1000);
  } catch (const std::bad_alloc&) {
    failed = true;
  }
  Heap::left = SIZE_MAX;
  EXPECT_TRUE(failed);
  EXPECT_EQ(pool.size(), 2u);
  EXPECT_EQ(pool.Take(1000).kind, CellPool::KindOf(1000));
}

TEST(CellPoolDeathTest, WhatIsNoCellIsNotReturned) {
  CellPool pool;
  const Cell cell = pool.Take(8);
  EXPECT_DEATH(pool.Return({}), "PARLEY_CHECK");
  EXPECT_DEATH(pool.Return({1u << 12, 0}), "PARLEY_CHECK");
  pool.Return(cell);
  EXPECT_DEATH(pool.Return(cell), "PARLEY_CHECK");
  EXPECT_DEATH(pool.Take(0), "PARLEY_CHECK");
  EXPECT_DEATH(pool.Take(CellPool::kMaxSize + 1), "PARLEY_CHECK");
}

class CellPoolAgainstModelTest : public testing::TestWithParam<uint32_t> {};

TEST_P(CellPoolAgainstModelTest, CellsShareNoBytes) {
  std::mt19937_64 random(GetParam());
  CellPool pool;
  std::vector<std::pair<Cell, std::string>> held;
  for (int step = 0; step < 20'000; ++step) {
    if (held.size() < 500 && random() % 100 < 52) {
      const Cell cell = pool.Take(1 + random() % (random() % 8 == 0 ? 1024 : 80));
      held.emplace_back(cell, Fill(pool, cell, random));
    } else if (!held.empty()) {
      std::swap(held[random() % held.size()], held.back());
      ASSERT_EQ(BytesOf(pool, held.back().first), held.back().second);
      pool.Return(held.back().first);
      held.pop_back();
    }
    ASSERT_EQ(pool.size(), held.size());
  }
  for (const auto& [cell, bytes] : held) ASSERT_EQ(BytesOf(pool, cell), bytes);
}
INSTANTIATE_TEST_SUITE_P(Seeds, CellPoolAgainstModelTest, testing::Range(0u, 10u));

}  // namespace
}  // namespace parley
