// What a parcel leaves to its timer is what the timer tells: the conversation is the same, in fewer
// bytes, and its timer is not taken from it while it is packed.

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "conversation_parts.h"
#include "conversations.h"
#include "parley/timer/timer_wheel.h"

namespace parley::internal {
namespace {

const AgentId kAnn = AgentId::Make(5, 0);
const AgentId kBob = AgentId::Make(6, 0);

class ConversationsTimerTest : public testing::Test {
 protected:
  ConversationsTimerTest() { all_.ReadTimersOf(wheel_); }

  ConversationId Open() {
    const ConversationId id = all_.Add("0123456789abcdef", "shop");
    all_[id].state = ChannelState::kActive;
    all_[id].opened = all_[id].since = kNow;
    return id;
  }
  void Write(ConversationId id, AgentId author, Duration after, uint64_t ref) {
    all_.Append(all_[id], {author, kNow + after, ref});
  }
  // The agent leaves it for 90 days, and it is packed.
  Conversation LeaveIt(ConversationId id, AgentId agent, Duration after) {
    Conversation& c = all_[id];
    c.last_agent = agent;
    c.parked_at = kNow + after;
    c.deadline = c.parked_at + 90 * kDay;
    c.limit = wheel_.Arm(c.deadline, id.slot());
    c.state = ChannelState::kInactive;
    const Conversation is = c;
    Leave(all_, id);
    return is;
  }
  void TakeUp(ConversationId id) {
    wheel_.Disarm(std::exchange(all_[id].limit, TimerId{}));
    all_[id].state = ChannelState::kActive;
  }
  size_t CellOf(ConversationId id) { return CellPool::SizeOf(read()[id].cell.kind); }
  const Conversations& read() const { return all_; }

  TimerWheel wheel_{kNow};
  Conversations all_;
};

TEST_F(ConversationsTimerTest, OneThatWasLeftComesBackFromAFewBytes) {
  const ConversationId id = Open();
  all_[id].last_task = TaskId::Make(3, 1'000);
  Write(id, AgentId{}, Duration(0), 1'000'000'000);
  Write(id, kAnn, Duration(540'000), 1'000'001'000);
  const Conversation left = LeaveIt(id, kAnn, Duration(540'000));
  EXPECT_EQ(CellOf(id), 48u);
  ExpectAlike(read()[id], left);
  TakeUp(id);
  all_[id].limit = wheel_.Arm(left.deadline - kDay, id.slot());  // It tells nothing.
  Conversation again = left;
  again.limit = read()[id].limit;
  Leave(all_, id);
  EXPECT_EQ(CellOf(id), 56u);
  ExpectAlike(read()[id], again);
}

TEST_F(ConversationsTimerTest, AnotherAgentDealsWithItAndItIsLeftAgain) {
  const ConversationId id = Open();
  std::vector<HistoryEntry> history;
  for (int64_t round = 0; round < 30; ++round) {
    const AgentId agent = round % 3 == 1 ? kBob : kAnn;
    const auto ref = static_cast<uint64_t>(round) * 2'000;
    const Duration after = round * kDay;
    Write(id, AgentId{}, after, ref);
    history.push_back({AgentId{}, kNow + after, ref});
    if (round % 4 != 3) {
      Write(id, agent, after + Duration(1), UINT64_MAX - ref);
      history.push_back({agent, kNow + after + Duration(1), UINT64_MAX - ref});
    }
    EXPECT_EQ(HistoryOf(all_, id), history);
    const Conversation left = LeaveIt(id, agent, after + Duration(2));
    ASSERT_NO_FATAL_FAILURE(ExpectAlike(read()[id], left)) << round;
    EXPECT_EQ(HistoryOf(all_, id), history);
    TakeUp(id);
    all_[id].last_agent = kBob;  // Who has it now changes nothing of what was written.
    EXPECT_EQ(HistoryOf(all_, id), history);
  }
  EXPECT_EQ(read().nodes(), 0u);
}

TEST_F(ConversationsTimerTest, ATimerThatIsTakenOutIsThatOfAnOpenOne) {
  const ConversationId id = Open();
  Conversation left = LeaveIt(id, kAnn, Duration(7));
  const auto due = wheel_.FirstDue(left.deadline);
  ASSERT_TRUE(due);
  all_.OpenAt(static_cast<uint32_t>(due->tag));
  wheel_.PopFirst(*due);
  ExpectAlike(read()[id], left);
  all_[id].limit = left.limit = TimerId{};
  all_.CloseUp();
  ExpectAlike(read()[id], left);
}

TEST_F(ConversationsTimerTest, APauseWithAMarkKeepsItsTimes) {
  const ConversationId id = Open();
  Conversation& c = all_[id];
  c.last_agent = c.owner = kAnn;
  c.state = ChannelState::kPause;
  c.terms = c.pause = 0;
  c.parked_at = kNow + Duration(1);
  c.deadline = c.parked_at + 5 * kDay;
  c.limit = wheel_.Arm(c.deadline - kDay, id.slot());
  Conversation paused = c;
  all_.MayClose(id);
  all_.CloseUp();
  ExpectAlike(read()[id], paused);
  const auto due = wheel_.FirstDue(paused.deadline);
  ASSERT_TRUE(due);
  all_.OpenAt(id.slot());
  wheel_.PopFirst(*due);
  all_[id].marks_given = paused.marks_given = 1;
  all_[id].limit = paused.limit = wheel_.Arm(paused.deadline, id.slot());
  all_.CloseUp();
  ExpectAlike(read()[id], paused);
}

TEST_F(ConversationsTimerTest, ACopyReadsItsOwnTimers) {
  const ConversationId id = Open();
  const Conversation left = LeaveIt(id, kAnn, Duration(7));
  TimerWheel wheel = wheel_;
  Conversations copy = all_;
  copy.ReadTimersOf(wheel);
  TakeUp(id);
  ExpectAlike(std::as_const(copy)[id], left);
  EXPECT_EQ(copy.Find(id)->deadline, left.deadline);
}

using ConversationsTimerDeathTest = ConversationsTimerTest;

TEST_F(ConversationsTimerDeathTest, ACopyThatWasNotToldOfItsTimersLooksAtNoOthers) {
  const ConversationId id = Open();
  LeaveIt(id, kAnn, Duration(7));
  Conversations copy = all_;
  EXPECT_DEATH(std::as_const(copy)[id], "PARLEY_CHECK");
  EXPECT_DEATH(copy[id], "PARLEY_CHECK");
}

TEST_F(ConversationsTimerDeathTest, OneWhoseTimerWasTakenOutFirstIsNotOpened) {
  const ConversationId id = Open();
  const Conversation left = LeaveIt(id, kAnn, Duration(7));
  EXPECT_TRUE(wheel_.PopDue(left.deadline));
  EXPECT_DEATH(all_.OpenAt(id.slot()), "PARLEY_CHECK");
  EXPECT_DEATH(all_.OpenAt(id.slot() + 1), "PARLEY_CHECK") << "none is there";
}

}  // namespace
}  // namespace parley::internal
