// tests/blocks_test.cc — what Blocks promises: it grows, and nothing moves.

#include "parley/base/blocks.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <new>
#include <vector>

#include "heap.h"

namespace parley {
namespace {

TEST(BlocksTest, ElementsStayWhereTheyAreWhileItGrows) {
  Blocks<uint64_t> blocks;
  blocks.Reserve(1);
  uint64_t* first = &blocks[0];
  *first = 7;
  blocks.Reserve(1'000'000);
  EXPECT_EQ(first, &blocks[0]);
  EXPECT_EQ(blocks[0], 7u);
  EXPECT_GE(blocks.capacity(), 1'000'000u);
}

TEST(BlocksTest, NewElementsAreEmptyAndEachIsItsOwn) {
  Blocks<uint32_t> blocks;
  blocks.Reserve(100'000);
  for (uint32_t i = 0; i < 100'000; ++i) {
    ASSERT_EQ(blocks[i], 0u);
    blocks[i] = i;
  }
  for (uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(blocks[i], i);
}

TEST(BlocksTest, AnElementLargerThanABlockHasABlockOfItsOwn) {
  Blocks<std::array<char, 100'000>> blocks;
  blocks.Reserve(3);
  EXPECT_EQ(blocks.capacity(), 3u);
  blocks[2][99'999] = 'x';
  EXPECT_EQ(blocks[1][99'999], '\0');
}

// From 2 MiB on, blocks stand side by side where the system can put large pages.
TEST(BlocksTest, TheBlocksOfALargeArrayStandInLargePages) {
  Blocks<std::array<char, 65'536>> blocks;
  std::vector<const char*> where;
  size_t gaps = 0;
  size_t at_edges = 0;
  for (uint32_t i = 0; i < 400; ++i) {
    blocks.Reserve(i + 1);
    where.push_back(blocks[i].data());
    blocks[i].fill(static_cast<char>(i));
    if (i < 33 || where[i] == where[i - 1] + 65'536) continue;
    ++gaps;
    at_edges += reinterpret_cast<uintptr_t>(where[i]) % internal::kLargePage == 0 ? 1u : 0u;
  }
  EXPECT_EQ(reinterpret_cast<uintptr_t>(where[32]) % internal::kLargePage, 0u);
  EXPECT_LE(gaps, 400 / 32);
  EXPECT_EQ(gaps, at_edges);
  for (uint32_t i = 0; i < 400; ++i) {
    ASSERT_EQ(blocks[i].data(), where[i]);
    ASSERT_EQ(blocks[i][0], static_cast<char>(i));
    ASSERT_EQ(blocks[i][65'535], static_cast<char>(i));
  }
}

TEST(BlocksTest, WithoutMemoryItIsAsItWas) {
  for (size_t left = 0; left < 4; ++left) {
    Blocks<std::array<uint64_t, 8192>> blocks;
    blocks.Reserve(40);
    blocks[39][0] = 7;
    Heap::left = left;
    EXPECT_THROW(blocks.Reserve(100'000), std::bad_alloc);
    Heap::left = SIZE_MAX;
    EXPECT_GE(blocks.capacity(), 40u);
    EXPECT_EQ(blocks[39][0], 7u);
    blocks.Reserve(200);
    EXPECT_EQ(blocks[199][8191], 0u);
  }
}

TEST(BlocksTest, ACopyHasElementsOfItsOwn) {
  Blocks<uint32_t> blocks;
  blocks.Reserve(100'000);
  for (uint32_t i = 0; i < 100'000; ++i) blocks[i] = i;
  Blocks<uint32_t> copy(blocks);
  EXPECT_EQ(copy.capacity(), blocks.capacity());
  for (uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(copy[i], i);
  copy[7] = 0;
  EXPECT_EQ(blocks[7], 7u);
  blocks = copy;
  blocks[8] = 0;
  EXPECT_EQ(blocks[7], 0u);
  EXPECT_EQ(copy[8], 8u);
}

TEST(BlocksTest, ReservingLessChangesNothing) {
  Blocks<int> blocks;
  blocks.Reserve(10);
  const size_t capacity = blocks.capacity();
  blocks.Reserve(5);
  EXPECT_EQ(blocks.capacity(), capacity);
}

}  // namespace
}  // namespace parley
