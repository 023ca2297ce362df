// What a TextPool promises, one fact a test, and its likeness to a vector of strings.

#include "parley/store/text_pool.h"

#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "heap.h"

namespace parley {
namespace {

std::string RandomText(std::mt19937_64& random, size_t size) {
  std::string text;
  while (text.size() < size) text.push_back(static_cast<char>(random() % 256));
  return text;
}

TEST(TextPoolTest, EverySizeUpToTheLimitComesBackAsItWas) {
  std::mt19937_64 random(1);
  TextPool pool;
  std::vector<std::pair<TextRef, std::string>> texts;
  for (size_t size = 0; size <= TextPool::kMaxSize; ++size) {
    const std::string text = RandomText(random, size);
    texts.emplace_back(pool.Add(text), text);
  }
  for (const auto& [ref, text] : texts) EXPECT_EQ(pool.View(ref), text);
  EXPECT_EQ(pool.size(), TextPool::kMaxSize);
}

TEST(TextPoolTest, TheEmptyTextIsTheDefaultAndTakesNoCell) {
  TextPool pool;
  const TextRef ref = pool.Add("");
  EXPECT_EQ(ref.size, 0u);
  EXPECT_EQ(pool.View(ref), "");
  EXPECT_EQ(pool.View(TextRef{}), "");
  EXPECT_EQ(pool.size(), 0u);
  pool.Remove(ref);
  pool.Remove(TextRef{});
  EXPECT_EQ(pool.size(), 0u);
}

TEST(TextPoolTest, AViewStaysGoodWhileOthersAreAdded) {
  TextPool pool;
  const std::string_view view = pool.View(pool.Add("Where is my order?"));
  for (int i = 0; i < 10'000; ++i) pool.Add("another order, of the same size");
  EXPECT_EQ(view, "Where is my order?");
}

TEST(TextPoolTest, ARemovedTextGivesItsCellToTheNextOfItsSize) {
  TextPool pool;
  const TextRef a = pool.Add("exactly 16 bytes");
  pool.Add("its neighbour");
  const TextRef c = pool.Add("exactly 16 also.");
  pool.Remove(a);
  pool.Remove(c);
  EXPECT_EQ(pool.size(), 1u);
  const TextRef longer = pool.Add("this is 17 bytes.");
  EXPECT_EQ(pool.Add("short").handle, c.handle);
  EXPECT_EQ(pool.Add("s").handle, a.handle);
  EXPECT_EQ(pool.View(longer), "this is 17 bytes.");
  EXPECT_EQ(pool.size(), 4u);
}

TEST(TextPoolTest, ACopyHasItsOwnBytesUnderTheSameRefs) {
  TextPool pool;
  const TextRef kept = pool.Add("is in both");
  const TextRef removed = pool.Add("is in one");
  TextPool copy = pool;
  pool.Remove(removed);
  const TextRef mine = pool.Add("is mine");
  EXPECT_EQ(mine.handle, removed.handle);
  EXPECT_EQ(pool.View(mine), "is mine");
  EXPECT_EQ(copy.View(removed), "is in one");
  EXPECT_EQ(copy.View(kept), pool.View(kept));
  EXPECT_NE(copy.View(kept).data(), pool.View(kept).data());
  EXPECT_EQ(copy.size(), 2u);
}

TEST(TextPoolTest, TextsOfOneSizeShareNoBytes) {
  TextPool pool;
  for (const size_t size : {1u, 16u, 17u, 500u, 1'024u}) {
    std::set<const char*> starts;
    for (int i = 0; i < 3'000; ++i) {
      const char* start = pool.View(pool.Add(std::string(size, 'x'))).data();
      const auto next = starts.insert(start).first;
      if (next != starts.begin()) {
        ASSERT_GE(start, *std::prev(next) + size);
      }
      if (std::next(next) != starts.end()) {
        ASSERT_GE(*std::next(next), start + size);
      }
    }
    EXPECT_EQ(starts.size(), 3'000u);
  }
}

TEST(TextPoolTest, RoomIsForSoManyMoreOfItsSize) {
  TextPool pool;
  std::vector<TextRef> refs;
  for (int i = 0; i < 100; ++i) refs.push_back(pool.Add("some address"));
  for (int i = 0; i < 60; ++i) pool.Remove(refs[static_cast<size_t>(i)]);
  pool.MakeRoom(12, 5'000);
  pool.MakeRoom(0, 5'000);  // The empty text takes none.
  const size_t before = Heap::calls;
  for (int i = 0; i < 5'000; ++i) pool.Add("some address");
  EXPECT_EQ(Heap::calls, before);
}

TEST(TextPoolDeathTest, WhatIsTooLongOrNeverGivenIsNotKept) {
  TextPool pool;
  EXPECT_DEATH(pool.Add(std::string(TextPool::kMaxSize + 1, 'x')), "PARLEY_CHECK");
  EXPECT_DEATH(pool.View({0, 5}), "PARLEY_CHECK");
  pool.Add("hello");
  EXPECT_DEATH(pool.View({1, 5}), "PARLEY_CHECK");
  EXPECT_DEATH(pool.Remove({0, 17}), "PARLEY_CHECK");
  EXPECT_DEATH(pool.View({0, UINT16_MAX}), "PARLEY_CHECK");
}

TEST(TextPoolTest, AgreesWithStringsOverARandomHistory) {
  std::mt19937_64 random(2);
  TextPool pool;
  std::vector<std::pair<TextRef, std::string>> model;
  size_t not_empty = 0;
  for (int step = 0; step < 20'000; ++step) {
    if (model.size() < 200 && random() % 2 == 0) {
      // Mostly a few sizes, so that cells are reused; sometimes any.
      const size_t size = random() % 4 == 0 ? random() % (TextPool::kMaxSize + 1) : random() % 40;
      const std::string text = RandomText(random, size);
      model.emplace_back(pool.Add(text), text);
      not_empty += text.empty() ? 0u : 1u;
    } else if (!model.empty()) {
      std::swap(model[random() % model.size()], model.back());
      pool.Remove(model.back().first);
      not_empty -= model.back().second.empty() ? 0u : 1u;
      model.pop_back();
    }
    ASSERT_EQ(pool.size(), not_empty);
    if (step % 50 != 0) continue;
    for (const auto& [ref, text] : model) ASSERT_EQ(pool.View(ref), text) << "step " << step;
  }
}

}  // namespace
}  // namespace parley
