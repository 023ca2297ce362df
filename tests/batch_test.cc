// Does a batch of commands give what the same commands give one by one: events, refusals, state?

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "history.h"
#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley {
namespace {

// Tells the time of each command in its turn: a host's clock goes on during a batch, too.
class TurnsClock final : public Clock {
 public:
  explicit TurnsClock(const History& history) : history_(history) {}
  Instant Now() const override {
    const size_t last = history_.told.size() - 1;
    return history_.told.empty() ? Instant{} : history_.told[std::min(next_++, last)].at;
  }
  void Restart() const { next_ = 0; }

 private:
  const History& history_;
  mutable size_t next_ = 0;
};

// A history, told in batches of so many commands.
void ExpectSameInBatches(uint64_t seed, size_t size) {
  const History history(seed);
  const ManualClock start;
  const TurnsClock clock(history);
  const Engine empty = *Engine::Create(history.settings, start, *history.policy);
  Engine engine = empty.Fork(clock, *history.policy);
  clock.Restart();
  for (size_t begin = 0; begin < history.told.size(); begin += size) {
    std::vector<Command> commands;
    std::vector<Event> events;
    std::vector<size_t> ends;
    const size_t end = std::min(begin + size, history.told.size());
    for (size_t i = begin; i < end; ++i) {
      const Told& told = history.told[i];
      commands.push_back(told.command);
      events.insert(events.end(), told.events.begin(), told.events.end());
      ends.push_back(events.size());
    }
    const Applied applied = engine.Apply(commands);
    ASSERT_TRUE(std::ranges::equal(applied.events, events)) << "commands from " << begin;
    ASSERT_TRUE(std::ranges::equal(applied.ends, ends)) << "commands from " << begin;
    ASSERT_EQ(engine.Digest(), history.told[end - 1].digest) << "commands from " << begin;
  }
}

TEST(BatchTest, GivesTheEventsAndTheStateOfOneByOne) {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    for (const size_t size : {1u, 2u, 7u, 16u, 50u, 1'000u}) {
      ExpectSameInBatches(seed, size);
      ASSERT_FALSE(HasFailure()) << "seed " << seed << ", batches of " << size;
    }
  }
}

class BatchOfMessagesTest : public testing::Test {
 protected:
  BatchOfMessagesTest() { engine_.Apply(AddQueue{"support"}); }
  Message From(std::string_view customer) const {
    return {Medium::kEmail, customer, "shop", 1, {.queue = engine_.FindQueue("support")}};
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_ = *Engine::Create(Settings{}, clock_, policy_);
};

TEST_F(BatchOfMessagesTest, FindsWhatAnEarlierCommandOfItHasOpened) {
  const std::string customer = "c";
  const std::vector<Command> commands(20, From(customer));
  EXPECT_EQ(engine_.Apply(commands).ends.size(), 20u);
  EXPECT_EQ(engine_.Count().conversations, 1u);
  const ConversationId c = engine_.FindOpen(Medium::kEmail, customer, "shop");
  EXPECT_EQ(engine_.Find(c)->messages, 20u);
}

TEST_F(BatchOfMessagesTest, TakesTheAddressAsItStandsWhenTheBatchIsGiven) {
  std::string customer = "a";
  const std::vector<Command> commands = {From(customer)};
  engine_.Apply(commands);
  customer = "b";  // In the same place.
  engine_.Apply(commands);
  EXPECT_TRUE(engine_.FindOpen(Medium::kEmail, "a", "shop"));
  EXPECT_TRUE(engine_.FindOpen(Medium::kEmail, "b", "shop"));
  EXPECT_EQ(engine_.Count().conversations, 2u);
}

TEST_F(BatchOfMessagesTest, TellsRefusalsInTheirPlaceAndGoesOn) {
  constexpr std::string_view good = "good";
  const std::string long_one(400, 'x');
  const Applied applied = engine_.Apply(
      std::vector<Command>{From(long_one), From(""), From(good), Accept{ReservationId{}}});
  ASSERT_EQ(applied.ends.size(), 4u);
  EXPECT_EQ(As<Refused>(applied.events[0])->reason, Refusal::kAddressInvalid);
  EXPECT_EQ(As<Refused>(applied.events[1])->reason, Refusal::kAddressInvalid);
  EXPECT_EQ(As<Refused>(applied.events.back())->reason, Refusal::kNotFound);
  EXPECT_EQ(applied.ends[1], 2u);
  EXPECT_TRUE(engine_.FindOpen(Medium::kEmail, good, "shop"));
}

TEST_F(BatchOfMessagesTest, OfNothingBringsNothing) {
  clock_.Pass(Duration(5));
  const Applied applied = engine_.Apply(std::span<const Command>{});
  EXPECT_TRUE(applied.events.empty() && applied.ends.empty());
  EXPECT_EQ(engine_.Now(), Instant{});  // Nobody asked the clock.
}

}  // namespace
}  // namespace parley
