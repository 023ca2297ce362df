// What Conversations promises: a conversation is the same whether it stands as a record or packed.

#include "conversations.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "conversation_parts.h"
#include "heap.h"

namespace parley::internal {
namespace {

class ConversationsTest : public testing::Test {
 protected:
  ConversationId Open(std::string_view customer = "c@x", std::string_view business = "shop") {
    const ConversationId id = all_.Add(customer, business);
    all_[id].state = ChannelState::kActive;
    all_[id].opened = all_[id].since = kNow;
    return id;
  }
  void Write(ConversationId id, uint64_t number) { all_.Append(all_[id], Entry(number)); }
  bool IsPacked(ConversationId id) {  // Then a look gives what is made for it.
    return &std::as_const(all_)[id] == &std::as_const(all_)[parked_];
  }
  const Conversations& read() const { return all_; }

  Conversations all_;
  ConversationId parked_ = [this] {
    const ConversationId id = Open("other@x");
    Leave(all_, id);
    return id;
  }();
};

TEST_F(ConversationsTest, WhatIsParkedIsPackedWhenTheStepIsOver) {
  const ConversationId id = Open();
  EXPECT_FALSE(IsPacked(id));
  all_[id].state = ChannelState::kInactive;
  all_.CloseUp();
  EXPECT_FALSE(IsPacked(id)) << "nobody said so";
  all_.MayClose(id);
  all_.CloseUp();
  EXPECT_TRUE(IsPacked(id));
  EXPECT_EQ(read()[id].state, ChannelState::kInactive);
}

TEST_F(ConversationsTest, WhatIsNotParkedIsNotPacked) {
  const ConversationId id = Open();
  all_.MayClose(id);
  all_.CloseUp();
  EXPECT_FALSE(IsPacked(id));
}

TEST_F(ConversationsTest, WhoeverWouldChangeOneOpensItAndItIsPackedAgain) {
  const ConversationId id = Open();
  Leave(all_, id);
  all_[id].priority = 5;
  EXPECT_FALSE(IsPacked(id));
  EXPECT_EQ(read()[id].priority, 5);
  all_.CloseUp();
  EXPECT_TRUE(IsPacked(id));
  EXPECT_EQ(read()[id].priority, 5);
}

TEST_F(ConversationsTest, OneThatIsTakenUpAgainStaysARecord) {
  const ConversationId id = Open();
  Leave(all_, id);
  all_[id].state = ChannelState::kActive;
  all_[id].open_tasks = 1;
  all_.CloseUp();
  EXPECT_FALSE(IsPacked(id));
}

TEST_F(ConversationsTest, ALookIsNotOutOfDate) {
  const ConversationId id = Open();
  Leave(all_, id);
  EXPECT_EQ(read()[id].unread, 0u);
  all_[id].unread = 3;
  EXPECT_EQ(read()[id].unread, 3u);
  all_.CloseUp();
  EXPECT_EQ(read()[id].unread, 3u);
  EXPECT_EQ(read()[parked_].unread, 0u);
  EXPECT_EQ(read()[id].unread, 3u);
  all_[id].unread = 4;
  all_.CloseUp();
  EXPECT_EQ(read().Find(id)->unread, 4u);
}

TEST_F(ConversationsTest, AnotherInTheSameSlotIsNotTakenForIt) {
  const ConversationId id = Open();
  Leave(all_, id);
  EXPECT_EQ(read()[id].messages, 0u);
  all_.Remove(id);
  EXPECT_FALSE(read().Find(id).has_value());
  const ConversationId next = Open("d@x");
  ASSERT_EQ(next.slot(), id.slot());
  Write(next, 1);
  Leave(all_, next);
  EXPECT_EQ(read()[next].messages, 1u);
  EXPECT_FALSE(read().IsLive(id));
  EXPECT_TRUE(read().WasIssued(id));
  EXPECT_EQ(read().IdAt(id.slot()), next);
}

TEST_F(ConversationsTest, OneThatWasRemovedIsNotPacked) {
  const ConversationId id = Open();
  all_.MayClose(id);
  all_.Remove(id);
  all_.CloseUp();
  EXPECT_EQ(read().size(), 1u);
  EXPECT_EQ(read().cells(), 1u);
}

TEST_F(ConversationsTest, AddressesAreTheSameOpenAndPacked) {
  const std::string customer(320, 'c');
  const std::string business(320, 'b');
  const ConversationId id = Open(customer, business);
  EXPECT_EQ(read().AddressesOf(id.slot()).customer, customer);
  Leave(all_, id);
  EXPECT_EQ(read().AddressesOf(id.slot()).customer, customer);
  EXPECT_EQ(read().AddressesOf(id.slot()).business, business);
  all_[id].unread = 1;
  EXPECT_EQ(read().AddressesOf(id.slot()).business, business);
}

TEST_F(ConversationsTest, MessagesArePackedAndTheirNodesAreGivenBack) {
  const ConversationId id = Open();
  std::vector<HistoryEntry> history;
  for (uint64_t i = 0; i < 9; ++i) {
    Write(id, i);
    history.push_back(Entry(i));
    EXPECT_EQ(HistoryOf(all_, id), history);
    EXPECT_EQ(read().nodes(), i % 3 + 1);
    if (i % 3 < 2) continue;
    Leave(all_, id);
    EXPECT_EQ(read().nodes(), 0u);
    EXPECT_EQ(HistoryOf(all_, id), history);
    EXPECT_EQ(read()[id].messages, i + 1);
    EXPECT_EQ(read().messages(), i + 1);
    all_[id].state = ChannelState::kActive;
    EXPECT_EQ(HistoryOf(all_, id), history);
  }
  all_.Remove(id);
  EXPECT_EQ(read().messages(), 0u);
  EXPECT_EQ(read().nodes(), 0u);
}

// A long history fills its cell as far as it goes; what comes then stays in nodes.
TEST_F(ConversationsTest, AHistoryThatDoesNotFitIsKeptAllTheSame) {
  const ConversationId id = Open(std::string(320, 'c'), std::string(320, 'b'));
  std::vector<HistoryEntry> history;
  uint32_t packed = 0;
  for (uint64_t i = 0; i < 100; ++i) {
    Write(id, i);
    history.push_back(Entry(i));
    Leave(all_, id);
    ASSERT_TRUE(IsPacked(id));
    ASSERT_EQ(HistoryOf(all_, id), history);
    const uint32_t now = read()[id].messages - read().nodes();
    ASSERT_TRUE(now == packed || (now == i + 1 && now == packed + 1)) << i;
    packed = now;
  }
  EXPECT_GT(packed, 40u);
  EXPECT_LT(packed, 80u);
  all_[id].unread = 1;
  EXPECT_EQ(HistoryOf(all_, id), history);
  all_.Remove(id);
  EXPECT_EQ(read().nodes(), 0u);
}

TEST_F(ConversationsTest, OneHasOneCellOfTheSizeItNeeds) {
  const ConversationId id = Open();
  EXPECT_EQ(read().cells(), 2u);
  EXPECT_EQ(read()[id].cell.kind, CellPool::KindOf(4 + 7));
  for (uint64_t i = 0; i < 20; ++i) {
    Write(id, i);
    Leave(all_, id);
    EXPECT_EQ(read().cells(), 2u);
    const size_t least = 36 + 3 * (i + 1);  // Addresses, a little record, messages.
    EXPECT_GE(CellPool::SizeOf(read()[id].cell.kind), least);
    EXPECT_LE(CellPool::SizeOf(read()[id].cell.kind), 48 + 4 * (i + 1) * 9 / 8);
  }
}

TEST_F(ConversationsTest, ACopyHasConversationsOfItsOwn) {
  const ConversationId open = Open();
  const ConversationId left = Open("d@x");
  Write(left, 1);
  Leave(all_, left);
  EXPECT_EQ(read()[left].unread, 0u);  // A look, which is not copied.
  all_[open].unread = 1;
  Conversations copy = all_;
  copy[left].unread = 5;
  copy[open].unread = 6;
  copy.CloseUp();
  EXPECT_EQ(read()[left].unread, 0u);
  EXPECT_EQ(read()[open].unread, 1u);
  EXPECT_EQ(std::as_const(copy)[left].unread, 5u);
  EXPECT_EQ(HistoryOf(copy, left), HistoryOf(all_, left));
  EXPECT_EQ(copy.Add("e@x", "shop"), all_.Add("e@x", "shop"));
}

TEST_F(ConversationsTest, ForEachGoesBySlotOverOpenAndPackedOnes) {
  const ConversationId a = Open();
  const ConversationId b = Open("d@x");
  const ConversationId c = Open("e@x");
  Leave(all_, b);
  all_.Remove(a);
  std::vector<std::pair<ConversationId, ChannelState>> seen;
  read().ForEach(
      [&](ConversationId id, const Conversation& each) { seen.emplace_back(id, each.state); });
  EXPECT_EQ(seen, (std::vector<std::pair<ConversationId, ChannelState>>{
                      {parked_, ChannelState::kInactive},
                      {b, ChannelState::kInactive},
                      {c, ChannelState::kActive}}));
  std::vector<std::pair<uint32_t, uint32_t>> free;
  read().ForEachFree([&](uint32_t slot, uint32_t next) { free.emplace_back(slot, next); });
  EXPECT_EQ(free, (std::vector<std::pair<uint32_t, uint32_t>>{{a.slot(), 1}}));
}

TEST_F(ConversationsTest, WithoutMemoryAParkedOneStaysARecordUntilThereIsSome) {
  const ConversationId id = Open(std::string(300, 'c'), std::string(300, 'b'));
  for (uint64_t i = 0; i < 8; ++i) Write(id, i);
  const auto history = HistoryOf(all_, id);
  Open(std::string(100, 'c'));  // Blocks of cells come two at a time; this takes the fourth.
  all_[id].state = ChannelState::kInactive;
  all_.MayClose(id);
  Heap::left = 0;
  all_.CloseUp();
  Heap::left = SIZE_MAX;
  EXPECT_FALSE(IsPacked(id));
  EXPECT_EQ(HistoryOf(all_, id), history);
  all_.CloseUp();
  EXPECT_TRUE(IsPacked(id));
  EXPECT_EQ(HistoryOf(all_, id), history);
  EXPECT_EQ(read().nodes(), 0u);
}

TEST_F(ConversationsTest, TimersAreFoundOpenAndPackedAndAnyBitsMayBeAsked) {
  const ConversationId id = Open();
  all_[id].limit = {5, 7};
  EXPECT_EQ(read().LimitAt(id.slot()), (TimerId{5, 7}));
  read().FetchBody(id.slot());
  Leave(all_, id);
  EXPECT_EQ(read().LimitAt(id.slot()), (TimerId{5, 7}));
  read().FetchBody(id.slot());
  for (const uint32_t slot : {2u, UINT32_MAX}) {
    EXPECT_EQ(read().LimitAt(slot), TimerId{});
    read().FetchPlace(slot);
    read().FetchBody(slot);
  }
  EXPECT_FALSE(read().Find({UINT64_MAX}).has_value());
}

TEST(ConversationsDeathTest, WhatIsGoneIsNotLookedAt) {
  Conversations all;
  const ConversationId id = all.Add("c@x", "shop");
  all.Remove(id);
  EXPECT_DEATH(all[id], "PARLEY_CHECK");
  EXPECT_DEATH(std::as_const(all)[id], "PARLEY_CHECK");
  EXPECT_DEATH(all.Remove(id), "PARLEY_CHECK");
  const std::string most(641, 'c');
  EXPECT_DEATH(all.Add(most + most, "shop"), "PARLEY_CHECK");
}

}  // namespace
}  // namespace parley::internal
