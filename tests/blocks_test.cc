// tests/blocks_test.cc — what Blocks promises: it grows, and nothing moves.

#include "parley/base/blocks.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

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
