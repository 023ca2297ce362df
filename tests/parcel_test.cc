// What is packed is what is unpacked, whatever stands in the fields and whatever its timer tells.

#include "parcel.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>

#include "parcel_parts.h"

namespace parley::internal {
namespace {

TEST(ParcelTest, ALeftOneComesBackAsItWas) {
  const Conversation c = Left();
  const Parcel parcel = Packed(c);
  const Conversation is = Unpacked(parcel);
  ExpectAlike(is, c);
  EXPECT_EQ(is.packed_at, parcel.record);
  EXPECT_EQ(LimitOf(parcel.bytes), c.limit);
}

TEST(ParcelTest, ATimerThatIsDueAtTheDeadlineTellsWhenItWasOpened) {
  TimerWheel wheel(kNow);
  TimerWheel other(kNow);
  for (const bool orphan : {false, true}) {
    Conversation c = Left();
    c.orphan = orphan;
    c.state = orphan ? ChannelState::kActive : ChannelState::kInactive;
    c.limit = wheel.Arm(c.deadline, 0);
    ASSERT_EQ(other.Arm(c.deadline + kDay, 0), c.limit);
    const Parcel parcel = Packed(c, {.named = c.last_agent, .timers = &wheel});
    EXPECT_EQ(parcel.size + 6, Packed(c).size - (orphan ? 0 : 1)) << "with it goes a flag";
    ExpectAlike(Unpack(parcel.bytes, &wheel), c);
    EXPECT_EQ(Unpack(parcel.bytes, &other).opened, c.opened + kDay);
    EXPECT_EQ(Unpack(parcel.bytes, &other).parked_at, c.parked_at + kDay);
    EXPECT_EQ(Unpack(parcel.bytes, &other).deadline, c.deadline + kDay);
  }
}

TEST(ParcelTest, WhatNoTimerTellsIsWritten) {
  TimerWheel wheel(kNow);
  Conversation c = Left();
  const size_t size = Packed(c).size;
  const auto is_written = [&](TimerId limit) {
    c.limit = limit;
    const Parcel parcel = Packed(c, {.named = c.last_agent, .timers = &wheel});
    EXPECT_GE(parcel.size + 4, size);
    ExpectAlike(Unpack(parcel.bytes, &wheel), c);
    ExpectAlike(Unpacked(parcel), c);
  };
  is_written(wheel.Arm(c.deadline - kDay, 0));  // A mark.
  is_written(wheel.Arm(c.deadline + Duration(1), 0));
  const TimerId stopped = wheel.Arm(c.deadline, 0);
  wheel.Disarm(stopped);
  is_written(stopped);
  c.deadline = Instant::max();  // As the wheel says of no timer.
  is_written(TimerId{});
  c.deadline = kNow - kDay;  // Over: it is due now.
  is_written(wheel.Arm(c.deadline, 0));
}

TEST(ParcelTest, WhoDealtWithItLastNeedNotBeNamedInFront) {
  Conversation c = Left();
  const size_t size = Packed(c).size;
  const Parcel parcel = Packed(c, {.named = AgentId::Make(100, 0)});
  ExpectAlike(Unpacked(parcel), c);
  EXPECT_EQ(parcel.size, size + 2) << "himself, and the other one";
  ExpectAlike(Unpacked(Packed(c, {.named = AgentId{}})), c);
  c.last_agent = AgentId{};
  ExpectAlike(Unpacked(Packed(c, {.named = AgentId::Make(100, 0)})), c);
  ExpectAlike(Unpacked(Packed(c)), c);
}

TEST(ParcelTest, APausedOneKeepsItsOwnerAndTerms) {
  Conversation c = Left();
  c.state = ChannelState::kPause;
  c.owner = c.last_agent;
  c.terms = 3;
  c.pause = 77;
  c.marks_given = 2;
  const size_t size = Packed(c).size;
  ExpectAlike(Unpacked(Packed(c)), c);
  ExpectAlike(Unpacked(Packed(c, {.named = AgentId::Make(100, 0)})), c);
  c.owner = AgentId::Make(6, 2);
  ExpectAlike(Unpacked(Packed(c)), c);
  EXPECT_EQ(Packed(c).size, size + 2) << "another owner's slot and generation";
}

TEST(ParcelTest, AnOrphanIsActive) {
  Conversation c = Left();
  c.state = ChannelState::kActive;
  c.orphan = true;
  ExpectAlike(Unpacked(Packed(c)), c);
  c.parked_at = {};  // Never parked, and long before the origin of all clocks.
  c.opened = c.since = Instant(Duration(-5'000));
  c.deadline = Instant(Duration(-1'000));
  ExpectAlike(Unpacked(Packed(c)), c);
  c.deadline = Instant(Duration::zero()) - kDay;
  ExpectAlike(Unpacked(Packed(c)), c);
}

TEST(ParcelTest, BothAddressesAreFoundWithoutTheRest) {
  for (const size_t size : {1u, 2u, 127u, 128u, 320u}) {
    const std::string customer(size, 'c');
    const std::string business(321u - size, 'b');
    const Parcel parcel = Packed(Left(), {.named = Left().last_agent}, customer, business);
    const Label label = LabelOf(parcel.bytes);
    EXPECT_EQ(label.customer, customer);
    EXPECT_EQ(label.business, business);
    EXPECT_EQ(label.both(), customer + business);
    ExpectAlike(Unpacked(parcel), Left());
  }
}

TEST(ParcelTest, MessagesInNodesAreFoundAgain) {
  Conversation c = Left();
  c.messages = 1'000'000;
  c.recent.head = 5;
  c.recent.tail = 1'000'000'000;
  c.recent.size = 999'999;
  const Conversation is = Unpacked(Packed(c, {.named = c.last_agent, .recent = true}));
  EXPECT_EQ(is.recent.head, 5u);
  EXPECT_EQ(is.recent.tail, 1'000'000'000u);
  EXPECT_EQ(is.recent.size, 999'999u);
  EXPECT_EQ(Unpacked(Packed(c)).recent.size, 0u);
}

TEST(ParcelTest, TheLargestRecordFitsIntoItsRoom) {
  Conversation c;
  c.medium = static_cast<Medium>(kMedia - 1);
  c.state = ChannelState::kPause;
  c.limit = {UINT32_MAX - 1, UINT32_MAX};
  c.last_task = TaskId::Make(UINT32_MAX - 3, UINT32_MAX);
  c.last_agent = AgentId::Make(UINT32_MAX - 4, UINT32_MAX);
  c.owner = AgentId::Make(UINT32_MAX - 5, UINT32_MAX);
  c.workflow = WorkflowId::Make(UINT32_MAX - 5, UINT32_MAX);
  c.opened = Instant(Duration(int64_t{1} << 61));
  c.since = Instant(Duration(-(int64_t{1} << 62)));
  c.parked_at = Instant(Duration(-(int64_t{1} << 61)));
  c.deadline = Instant(Duration((int64_t{1} << 61) + 1));
  c.priority = std::numeric_limits<int32_t>::min();
  c.when_silent = WhenSilent::kClose;
  c.reroutes = c.unread = c.messages = c.need = c.terms = c.pause = UINT32_MAX - 1;
  c.attributes = UINT32_MAX - 1;
  c.marks_given = UINT8_MAX;
  c.recent.head = c.recent.tail = c.recent.size = UINT32_MAX - 1;
  const Parcel parcel = Packed(c, {.named = AgentId::Make(0, 0), .recent = true});
  EXPECT_GT(parcel.size, kRecordMost - 16) << "more room than is needed";
  ExpectAlike(Unpacked(parcel), c);
}

TEST(ParcelTest, ParkedIsWhatNobodyDealsWith) {
  Conversation c = Left();
  EXPECT_TRUE(IsParked(c));
  c.open_tasks = 1;  // Someone wraps up.
  EXPECT_FALSE(IsParked(c));
  c.open_tasks = 0;
  c.silent.size = 1;
  EXPECT_FALSE(IsParked(c));
  c.silent.size = 0;
  c.state = ChannelState::kActive;
  EXPECT_FALSE(IsParked(c));
  c.orphan = true;
  EXPECT_TRUE(IsParked(c));
  c.orphan = false;
  c.state = ChannelState::kPause;
  EXPECT_TRUE(IsParked(c));
  for (const auto state : {ChannelState::kSetup, ChannelState::kTransfer, ChannelState::kFailed,
                           ChannelState::kClosed}) {
    c.state = state;
    EXPECT_FALSE(IsParked(c));
  }
}

// Fields of any size, of either sign, there or not.
class Random {
 public:
  explicit Random(uint64_t seed) : random_(seed) {}

  uint64_t Bits(uint32_t most) { return random_() >> (64 - 1 - random_() % most); }
  uint32_t Number() { return random_() % 2 == 0 ? 0 : static_cast<uint32_t>(Bits(31)); }
  Instant At() {
    return Instant(Duration(static_cast<int64_t>(Bits(60)) * (random_() % 2 ? 1 : -1)));
  }
  template <class IdType>
  IdType Name() {
    return random_() % 4 == 0 ? IdType{} : IdType::Make(Number(), Number());
  }
  bool OneIn(uint64_t n) { return random_() % n == 0; }

 private:
  std::mt19937_64 random_;
};

TEST(ParcelTest, AnyFieldsComeBackAsTheyWere) {
  Random random(1);
  TimerWheel wheel(Instant(Duration(-(int64_t{1} << 61))));
  for (int i = 0; i < 50'000; ++i) {
    Conversation c;
    c.medium = static_cast<Medium>(random.Number() % kMedia);
    const bool paused = random.OneIn(3);
    c.state = paused ? ChannelState::kPause : ChannelState::kInactive;
    c.orphan = !paused && random.OneIn(3);
    if (c.orphan) c.state = ChannelState::kActive;
    c.last_task = random.Name<TaskId>();
    c.last_agent = random.Name<AgentId>();
    if (paused) {
      c.last_agent = AgentId::Make(random.Number(), random.Number());
      c.owner = random.OneIn(2) ? c.last_agent : AgentId::Make(random.Number(), 0);
      c.terms = random.Number();
      c.pause = random.Number();
    }
    c.opened = random.At();
    c.since = random.OneIn(2) ? c.opened : random.At();
    c.parked_at = random.OneIn(2) ? c.opened : random.At();
    c.deadline = random.OneIn(2) ? c.parked_at + int64_t{random.Number() % 91} * kDay : random.At();
    c.workflow = random.Name<WorkflowId>();
    c.priority = static_cast<int32_t>(random.Number()) * (random.OneIn(2) ? -1 : 1);
    c.reroutes = random.Number();
    c.unread = random.Number();
    c.messages = random.Number();
    c.need = random.Number();
    if (random.OneIn(2)) c.attributes = random.Number();
    c.when_silent = static_cast<WhenSilent>(random.Number() % CountOf<WhenSilent>());
    c.marks_given = static_cast<uint8_t>(random.Number() % 5);
    c.answered = random.OneIn(2);
    c.limit = random.OneIn(3)   ? TimerId{random.Number(), random.Number()}
              : random.OneIn(3) ? wheel.Arm(random.At(), 0)
                                : wheel.Arm(c.deadline, 0);
    const AgentId named = random.OneIn(2) ? c.last_agent : random.Name<AgentId>();
    const Parcel parcel = Packed(c, {.named = named, .timers = random.OneIn(3) ? nullptr : &wheel});
    ASSERT_NO_FATAL_FAILURE(ExpectAlike(Unpack(parcel.bytes, &wheel), c));
    ASSERT_FALSE(HasFailure()) << "number " << i;
    ASSERT_EQ(LimitOf(parcel.bytes), c.limit);
  }
}

TEST(ParcelDeathTest, WhatIsNotParkedIsNotPacked) {
  Conversation c = Left();
  c.open_tasks = 1;
  EXPECT_DEATH(Packed(c), "PARLEY_CHECK");
  c = Left();
  c.live_task = TaskId::Make(1, 1);
  EXPECT_DEATH(Packed(c), "PARLEY_CHECK");
}

TEST(ParcelDeathTest, OneWhoseTimerIsGoneIsNotUnpacked) {
  TimerWheel wheel(kNow);
  Conversation c = Left();
  c.limit = wheel.Arm(c.deadline, 0);
  const Parcel parcel = Packed(c, {.named = c.last_agent, .timers = &wheel});
  EXPECT_DEATH(Unpacked(parcel), "PARLEY_CHECK");
  wheel.Disarm(c.limit);
  EXPECT_DEATH(Unpack(parcel.bytes, &wheel), "PARLEY_CHECK");
}

TEST(ParcelDeathTest, NothingIsWrittenOrReadBehindTheEnd) {
  std::array<char, 3> bytes = {'\x80', '\x80', '\x80'};
  EXPECT_DEATH(PackedReader(bytes).Number(), "PARLEY_CHECK");
  EXPECT_DEATH(PackedReader(bytes).Text(4), "PARLEY_CHECK");
  EXPECT_DEATH(PackedReader(bytes, 4), "PARLEY_CHECK");
  EXPECT_DEATH(PackedWriter(bytes).Number(1 << 21), "PARLEY_CHECK");
  EXPECT_DEATH(PackedWriter(bytes).Bytes(std::string_view("four")), "PARLEY_CHECK");
  PackedWriter to(bytes);
  to.Number((1 << 21) - 1);
  EXPECT_EQ(PackedReader(bytes).Number(), (1u << 21) - 1);
}

}  // namespace
}  // namespace parley::internal
