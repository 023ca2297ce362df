// tests/records_test.cc — what is shared is shared by equals, and by equals only. Records are found
// by 32 bits of a hash, so some that differ are alike there: of so many as are made here a few are,
// whatever the hash. Taken for each other, one would be led to another's work, or conversation.

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "shape.h"
#include "world.h"

namespace parley::internal {
namespace {

using namespace std::chrono_literals;

constexpr uint32_t kMany = 200'000;  // Some 5 pairs of these are alike in 32 bits.

class RecordsTest : public testing::Test {
 protected:
  ManualClock clock_;
  const DefaultReroute policy_;
  State state_{Settings(), clock_, policy_, HashKey{}, Instant{}};
};

SkillSet SkillsOf(uint32_t number) {
  SkillSet skills;
  for (uint32_t slot = 0; slot < 32; ++slot) {
    if ((number >> slot & 1) != 0) skills.Add(SkillId::Make(slot, 0));
  }
  return skills;
}

TEST_F(RecordsTest, NeedsThatDifferInSkillsAreNeverOne) {
  const QueueId queue = state_.queues.Add();
  for (uint32_t i = 0; i < kMany; ++i) {
    const uint32_t need = TakeNeed(state_, {queue, Medium::kChat, SkillsOf(i)});
    ASSERT_EQ(need, i) << "is also somebody else's";
  }
  EXPECT_EQ(TakeNeed(state_, {queue, Medium::kChat, SkillsOf(7)}), 7u);
  EXPECT_EQ(state_.NeedOf(7).users, 2u);
}

TEST_F(RecordsTest, NeedsOfTwoQueuesAreNeverOne) {
  for (uint32_t i = 0; i < kMany; ++i) {
    const QueueId queue = state_.queues.Add();
    ASSERT_EQ(TakeNeed(state_, {queue, Medium::kChat}), i) << "is also another queue's";
    state_.queues.Remove(queue);  // The next one has its slot, and is another one.
  }
}

TEST_F(RecordsTest, RulesForOtherValuesAreNeverOne) {
  const auto test = std::make_shared<const Expression>(
      *Expression::Parse("worker.level > task.level", Scope::kTarget));
  const auto find = [&](uint32_t level) {
    const auto attributes = Attributes::Parse(fmt::format(R"({{"level":{}}})", level));
    return FindRule(state_, test, AddAttributes(state_, *attributes));
  };
  for (uint32_t i = 0; i < kMany; ++i) ASSERT_EQ(find(i), i) << "is also for other values";
  EXPECT_EQ(find(7), 7u);
  const auto same_text = std::make_shared<const Expression>(*test);
  EXPECT_NE(FindRule(state_, same_text, UINT32_MAX), FindRule(state_, test, UINT32_MAX));
}

TEST_F(RecordsTest, EqualMarksAreKeptOnce) {
  const std::array<Duration, 4> marks = {2h, 1h};
  const uint32_t terms = TakeTerms(state_, marks);
  EXPECT_NE(TakeTerms(state_, {3h}), terms);
  EXPECT_EQ(TakeTerms(state_, marks), terms);
}

TEST(AddressTest, CustomersWithTheSameHashHaveTheirOwnConversations) {
  World world;
  const auto customer = [](uint32_t i) { return fmt::format("c{}@x", i); };
  std::map<uint64_t, uint32_t> by_hash;
  for (uint32_t i = 0; i < kMany; ++i) {
    const uint64_t hash =
        AddressHash(StateOf(world.engine()), Medium::kChat, customer(i), "shop") >> 32;
    const auto [other, is_new] = by_hash.emplace(hash, i);
    if (is_new) continue;
    const ConversationId one = world.Write(customer(other->second), Medium::kChat);
    const ConversationId two = world.Write(customer(i), Medium::kChat);
    EXPECT_NE(one, two);
    EXPECT_EQ(world.engine().CustomerOf(one), customer(other->second));
    EXPECT_EQ(world.engine().CustomerOf(two), customer(i));
  }
  EXPECT_LT(by_hash.size(), kMany) << "no two are alike";
}

// As bench/hostile_bench.cc takes it to be when it picks hostile ones.
TEST(AddressTest, ItsHashIsThatOfBothAddressesAndTheMedium) {
  World world;
  EXPECT_EQ(AddressHash(StateOf(world.engine()), Medium::kChat, "c@x", "shop"),
            SipHash13({}, static_cast<uint8_t>(Medium::kChat), "c@x", "shop"));
}

// That one was opened on a day that is far from the beginning of time takes six bytes, and a flag.
TEST(ParcelTest, WhenALeftOneWasOpenedIsToldByItsTimerInAForkToo) {
  World world(LeaveAndPauseOn());
  world.Pass(20'000 * kDay);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Write("0123456789abcdef", Medium::kEmail, 1'000'000'000);
  world.AcceptNewest(ann);
  const Instant opened = world.engine().Now();
  world.Pass(9min);
  world.Do(Reply{c, ann, 1'000'001'000});
  world.Do(Leave{c, ann});
  world.Do(Complete{world.engine().Find(c)->last_task, ann});

  ManualClock clock(world.engine().Now());
  const DefaultReroute policy;
  const Engine fork = world.engine().Fork(clock, policy);
  world.Do(Close{c});
  const Conversation& its = StateOf(fork).conversations[c];
  EXPECT_EQ(CellPool::SizeOf(its.cell.kind), 48u);
  EXPECT_EQ(its.opened, opened);
  EXPECT_EQ(its.parked_at, opened + 9min);
  EXPECT_EQ(its.deadline, opened + 9min + LeaveAndPauseOn().leave.max_open);
}

}  // namespace
}  // namespace parley::internal
