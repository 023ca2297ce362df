// Conversations beside a map of plain records and lists of messages, through random histories; and
// what memory they ask for.

#include <gtest/gtest.h>

#include <cstdint>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "conversation_parts.h"
#include "conversations.h"
#include "heap.h"

namespace parley::internal {
namespace {

struct Plain {
  std::string customer;
  std::string business;
  Conversation record;
  std::vector<HistoryEntry> history;
};

class ConversationsAgainstMapTest : public testing::TestWithParam<uint32_t> {
 protected:
  void ExpectAlike(ConversationId id, const Plain& plain) {
    const Conversation& c = std::as_const(all_)[id];
    ASSERT_EQ(c.state, plain.record.state);
    ASSERT_EQ(c.unread, plain.record.unread);
    ASSERT_EQ(c.open_tasks, plain.record.open_tasks);
    ASSERT_EQ(c.deadline, plain.record.deadline);
    ASSERT_EQ(all_.AddressesOf(id.slot()).customer, plain.customer);
    ASSERT_EQ(all_.AddressesOf(id.slot()).business, plain.business);
    ASSERT_EQ(HistoryOf(all_, id), plain.history);
  }
  void Change(ConversationId id, Plain& plain, uint64_t draw) {
    Conversation& c = all_[id];
    c.state = draw % 3 == 0 ? ChannelState::kActive : ChannelState::kInactive;
    c.open_tasks = draw % 5 == 0 ? 1 : 0;
    c.unread = static_cast<uint32_t>(draw % 1000);
    c.deadline = kNow + Duration(static_cast<int64_t>(draw % 1'000'000'000'000));
    for (uint64_t i = 0; i < draw / 7 % 4; ++i) {
      plain.history.push_back(Entry(plain.history.size()));
      all_.Append(c, plain.history.back());
    }
    plain.record = c;
    all_.MayClose(id);
  }

  Conversations all_;
};

TEST_P(ConversationsAgainstMapTest, AgreesInEveryHistory) {
  std::mt19937_64 random(GetParam());
  std::map<ConversationId, Plain> plain;
  size_t messages = 0;
  for (int step = 0; step < 4'000; ++step) {
    if (plain.empty() || (plain.size() < 60 && random() % 10 == 0)) {
      Plain now{std::string(1 + random() % 320, 'c'), std::string(1 + random() % 20, 'b'), {}, {}};
      const ConversationId id = all_.Add(now.customer, now.business);
      all_[id].opened = kNow;
      now.record = all_[id];
      plain[id] = std::move(now);
    }
    auto one = plain.begin();
    std::advance(one, static_cast<ptrdiff_t>(random() % plain.size()));
    if (random() % 40 == 0) {
      messages -= one->second.history.size();
      all_.Remove(one->first);
      plain.erase(one);
    } else {
      messages -= one->second.history.size();
      Change(one->first, one->second, random());
      messages += one->second.history.size();
      ASSERT_NO_FATAL_FAILURE(ExpectAlike(one->first, one->second));
    }
    if (random() % 2 == 0) all_.CloseUp();
    ASSERT_EQ(all_.messages(), messages);
    if (step % 20 != 0) continue;
    for (const auto& [id, each] : plain) ASSERT_NO_FATAL_FAILURE(ExpectAlike(id, each));
    ASSERT_EQ(all_.cells(), plain.size());
    ASSERT_EQ(all_.size(), plain.size());
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, ConversationsAgainstMapTest, testing::Range(0u, 10u));

TEST(ConversationsReserveTest, NothingIsAllocatedWithinTheReserve) {
  Conversations all;
  all.Reserve({.all = 5'000, .open = 8, .bytes = 5'000 * 64, .messages = 16});
  all.MakeRoom(8);
  std::vector<ConversationId> ids;
  ids.reserve(5'000);
  const size_t before = Heap::calls;
  for (uint64_t i = 0; i < 5'000; ++i) {
    ids.push_back(all.Add("0123456789abcdef", "shop"));
    all[ids.back()].opened = all[ids.back()].since = kNow;
    for (uint64_t m = 0; m < 2; ++m) all.Append(all[ids.back()], Entry(m));
    Leave(all, ids.back());
  }
  for (int round = 0; round < 100; ++round) {
    for (size_t i = 0; i < 8; ++i) {
      const ConversationId id = ids[static_cast<size_t>(round) * 37 % 4'000 + i];
      all[id].unread = 1;
    }
    all.CloseUp();
  }
  for (size_t i = 0; i < 100; ++i) {  // What is over leaves its record to the next.
    all.Remove(ids[i]);
    ids[i] = all.Add("0123456789abcdef", "shop");
    all.MayClose(ids[i]);
    Leave(all, ids[i]);
  }
  EXPECT_EQ(Heap::calls, before);
}

TEST(ConversationsReserveTest, WhatIsOpenAlreadyCountsForTheReserve) {
  Conversations all;
  for (int i = 0; i < 100; ++i) all.Add("c@x", "shop");
  all.Remove(all.IdAt(50));
  all.Reserve({.all = 300, .open = 300, .bytes = 300 * 16, .messages = 2'000});
  const size_t before = Heap::calls;
  for (uint64_t i = 0; i < 201; ++i) {
    const ConversationId id = all.Add("c@x", "shop");
    for (uint64_t m = 0; m < 9; ++m) all.Append(all[id], Entry(m));
  }
  EXPECT_EQ(Heap::calls, before);
}

TEST(ConversationsReserveTest, RoomForOneIsRoomForAllOfIt) {
  Conversations all;
  for (int i = 0; i < 9'000; ++i) {
    all.MakeRoomForOne(7);
    const size_t before = Heap::calls;
    all.Add("c@x", "shop");
    ASSERT_EQ(Heap::calls, before) << i;
  }
}

TEST(ConversationsReserveTest, ACopyHasRoomForWhatItClosesItself) {
  Conversations first;
  first.Reserve({.all = 100, .open = 100, .bytes = 100 * 64, .messages = 0});
  std::vector<ConversationId> ids;
  for (int i = 0; i < 100; ++i) ids.push_back(first.Add("c@x", "shop"));
  Conversations all = first;
  all.MakeRoom(100);
  const size_t before = Heap::calls;
  for (const ConversationId id : ids) Leave(all, id);
  EXPECT_EQ(Heap::calls, before);
}

TEST(ConversationsReserveTest, RoomIsForSoManyMoreAlsoInACopy) {
  Conversations first;
  std::vector<ConversationId> ids;
  for (uint64_t i = 0; i < 100; ++i) {
    ids.push_back(first.Add(std::to_string(i), "shop"));
    first[ids.back()].opened = kNow;
    Leave(first, ids.back());
  }
  Conversations all = first;
  all.MakeRoom(20);
  all.MakeRoomForOne(600);
  const size_t before = Heap::calls;
  for (int i = 0; i < 1'000; ++i) all.MakeRoom(20);
  for (size_t i = 0; i < 20; ++i) {
    all.Append(all[ids[i]], Entry(i));
    for (int times = 0; times < 3; ++times) all.MayClose(ids[i]);
  }
  const std::string_view long_one = "0123456789012345678901234567890123456789";
  EXPECT_EQ(Heap::calls, before);
  all.MakeRoomForOne(80);
  const size_t again = Heap::calls;
  all.Add(long_one, long_one);
  EXPECT_EQ(Heap::calls, again);
}

}  // namespace
}  // namespace parley::internal
