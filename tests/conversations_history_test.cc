// Conversations beside a map of plain records and lists of messages, through random histories, with
// and without the timers that tell of them; and what memory they ask for.

#include <gtest/gtest.h>

#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <tuple>
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

// Conversations and the wheel that their timers are in. As an engine, it is not moved.
struct Timed {
  explicit Timed(bool reads) {
    if (reads) all.ReadTimersOf(wheel);
  }
  Timed(const Timed& from, bool reads) : all(from.all), wheel(from.wheel) {
    if (reads) all.ReadTimersOf(wheel);
  }

  Conversations all;
  TimerWheel wheel{kNow};
};

// Whether timers are read, and the seed.
class ConversationsAgainstMapTest : public testing::TestWithParam<std::tuple<bool, uint32_t>> {
 protected:
  bool Reads() const { return std::get<0>(GetParam()); }
  bool OneIn(uint64_t n) { return random_() % n == 0; }

  void ExpectSame(ConversationId id, const Plain& plain) {
    const Conversations& all = timed_->all;
    ASSERT_NO_FATAL_FAILURE(ExpectAlike(all[id], plain.record));
    ASSERT_FALSE(HasFailure());
    ASSERT_EQ(all.AddressesOf(id.slot()).customer, plain.customer);
    ASSERT_EQ(all.AddressesOf(id.slot()).business, plain.business);
    ASSERT_EQ(all.LimitAt(id.slot()), plain.record.limit);
    ASSERT_EQ(HistoryOf(all, id), plain.history);
  }
  void ExpectAllSame() {
    for (const auto& [id, each] : plain_) ASSERT_NO_FATAL_FAILURE(ExpectSame(id, each));
    ASSERT_EQ(timed_->all.cells(), plain_.size());
    ASSERT_EQ(timed_->all.size(), plain_.size());
    ASSERT_EQ(timed_->all.messages(), messages_);
  }

  void Open() {
    Plain now{std::string(1 + random_() % 320, 'c'), std::string(1 + random_() % 20, 'b'), {}, {}};
    const ConversationId id = timed_->all.Add(now.customer, now.business);
    Conversation& c = timed_->all[id];
    c.opened = c.since = now_;
    c.state = ChannelState::kActive;
    now.record = c;
    plain_[id] = std::move(now);
  }
  void Remove(ConversationId id) {
    timed_->wheel.Disarm(timed_->all[id].limit);
    messages_ -= plain_[id].history.size();
    timed_->all.Remove(id);
    plain_.erase(id);
  }

  void Write(Conversation& c, Plain& plain) {
    const AgentId agents[] = {AgentId{}, c.last_agent, AgentId::Make(7, 1), AgentId::Make(900, 0)};
    const uint64_t before = plain.history.empty() ? 1'000'000'000 : plain.history.back().ref;
    const uint64_t ref = OneIn(9) ? random_() % 2 - 1 : before + random_() % 3'000 - 500;
    plain.history.push_back({agents[random_() % 4], now_, OneIn(50) ? random_() : ref});
    timed_->all.Append(c, plain.history.back());
    ++messages_;
  }
  // It is left, paused or an orphan, with a timer at its end, before it or none; or dealt with.
  void Park(Conversation& c, uint32_t slot) {
    const uint64_t draw = random_() % 5;
    c.orphan = draw == 0;
    c.state = draw == 1               ? ChannelState::kPause
              : draw < 2 || draw == 4 ? ChannelState::kActive
                                      : ChannelState::kInactive;
    c.open_tasks = draw == 4 ? 1 : 0;
    c.owner = draw == 1 ? (OneIn(9) ? AgentId::Make(8, 0) : c.last_agent) : AgentId{};
    c.terms = c.pause = draw == 1 ? 3 : UINT32_MAX;
    if (draw == 4) return;
    if (draw > 0) c.parked_at = now_;
    c.deadline =
        now_ + (OneIn(3) ? Duration(static_cast<int64_t>(random_() % 900'000'000)) : 9 * kDay);
    if (OneIn(20)) c.deadline = now_;
    const Instant mark = OneIn(4) ? now_ + (c.deadline - now_) / 2 : c.deadline;
    if (!OneIn(20)) c.limit = timed_->wheel.Arm(mark, slot);
  }
  void Change(ConversationId id) {
    Plain& plain = plain_[id];
    Conversation& c = timed_->all[id];
    timed_->wheel.Disarm(std::exchange(c.limit, TimerId{}));
    if (OneIn(2) || !c.last_agent) {
      c.last_agent = AgentId::Make(static_cast<uint32_t>(1 + random_() % 3), 0);
    }
    if (OneIn(3)) c.since = now_;
    c.unread = OneIn(2) ? 0 : static_cast<uint32_t>(random_() % 1000);
    c.answered = OneIn(2);
    for (uint64_t i = OneIn(40) ? 90 : random_() % 4; i > 0; --i) Write(c, plain);
    Park(c, id.slot());
    plain.record = c;
    timed_->all.MayClose(id);
  }

  // Timers that have run out are taken from open ones; none is armed instead.
  void Pass(Duration by) {
    now_ += by;
    while (const auto due = timed_->wheel.FirstDue(now_)) {
      const auto slot = static_cast<uint32_t>(due->tag);
      timed_->all.OpenAt(slot);
      timed_->wheel.PopFirst(*due);
      const ConversationId id = timed_->all.IdAt(slot);
      timed_->all[id].limit = plain_[id].record.limit = TimerId{};
      ASSERT_NO_FATAL_FAILURE(ExpectSame(id, plain_[id]));
      if (OneIn(2)) timed_->all.CloseUp();
    }
  }

  std::mt19937_64 random_{std::get<1>(GetParam())};
  std::unique_ptr<Timed> timed_ = std::make_unique<Timed>(Reads());
  std::map<ConversationId, Plain> plain_;
  Instant now_ = kNow;
  uint64_t messages_ = 0;
};

TEST_P(ConversationsAgainstMapTest, AgreesInEveryHistory) {
  for (int step = 0; step < 4'000; ++step) {
    if (plain_.empty() || (plain_.size() < 60 && OneIn(10))) Open();
    auto one = plain_.begin();
    std::advance(one, static_cast<ptrdiff_t>(random_() % plain_.size()));
    if (OneIn(40)) {
      Remove(one->first);
    } else {
      Change(one->first);
      ASSERT_NO_FATAL_FAILURE(ExpectSame(one->first, one->second));
    }
    if (OneIn(2)) timed_->all.CloseUp();
    if (OneIn(3)) {
      const Duration by(static_cast<int64_t>(random_() >> (36 + random_() % 28)));
      ASSERT_NO_FATAL_FAILURE(Pass(by));
    }
    if (OneIn(200)) {
      const auto original = std::exchange(timed_, std::make_unique<Timed>(*timed_, Reads()));
      original->wheel.PopDue(now_ + 30 * kDay);  // What becomes of its timers concerns no copy.
    }
    if (step % 20 != 0) continue;
    ASSERT_NO_FATAL_FAILURE(ExpectAllSame());
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, ConversationsAgainstMapTest,
                         testing::Combine(testing::Bool(), testing::Range(0u, 10u)));

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
