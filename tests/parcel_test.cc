// What is packed is what is unpacked, whatever stands in the fields; and how little is usual.

#include "parcel.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace parley::internal {
namespace {

constexpr Instant kNow{Duration(1'735'689'600'000)};

// What stands in a cell, one byte behind the other.
struct Parcel {
  std::array<char, kParcelMost> bytes;
  size_t size = 0;
};

Parcel Packed(const Conversation& c, bool recent = false, std::string_view customer = "c@x",
              std::string_view business = "shop") {
  Parcel parcel;
  PackedWriter to(parcel.bytes);
  PackLabel(to, customer, business);
  PackRecord(to, c, recent);
  parcel.size = to.size();
  return parcel;
}

// A left one as usual.
Conversation Left() {
  Conversation c;
  c.medium = Medium::kEmail;
  c.state = ChannelState::kInactive;
  c.last_task = TaskId::Make(3, 70);
  c.last_agent = AgentId::Make(5, 0);
  c.opened = c.since = kNow;
  c.parked_at = kNow + std::chrono::minutes(9);
  c.deadline = c.parked_at + 90 * kDay;
  c.need = 4;
  c.limit = {1'000'000, 17};
  c.messages = 2;
  c.answered = true;
  return c;
}

#define EXPECT_SAME(field) EXPECT_EQ(is.field, was.field)

void ExpectAlike(const Conversation& is, const Conversation& was) {
  EXPECT_SAME(medium);
  EXPECT_SAME(state);
  EXPECT_SAME(orphan);
  EXPECT_SAME(ended);
  EXPECT_SAME(asked);
  EXPECT_SAME(live_task);
  EXPECT_SAME(last_task);
  EXPECT_SAME(invitation);
  EXPECT_SAME(participant);
  EXPECT_SAME(owner);
  EXPECT_SAME(last_agent);
  EXPECT_SAME(parked_at);
  EXPECT_SAME(deadline);
  EXPECT_SAME(opened);
  EXPECT_SAME(workflow);
  EXPECT_SAME(priority);
  EXPECT_SAME(reroutes);
  EXPECT_SAME(unread);
  EXPECT_SAME(open_tasks);
  EXPECT_SAME(messages);
  EXPECT_SAME(need);
  EXPECT_SAME(attributes);
  EXPECT_SAME(since);
  EXPECT_SAME(when_silent);
  EXPECT_SAME(marks_given);
  EXPECT_SAME(terms);
  EXPECT_SAME(answered);
  EXPECT_SAME(limit);
  EXPECT_SAME(pause);
}
#undef EXPECT_SAME
TEST(ParcelTest, NothingThatIsAsUsualTakesAByte) {
  const Conversation c = Left();
  Parcel parcel = Packed(c, false, "0123456789abcdef");
  PackedWriter messages({parcel.bytes.data() + parcel.size, kParcelMost - parcel.size});
  PackMessage(messages, c.opened, {AgentId{}, c.opened, 1'000'000'000});
  PackMessage(messages, c.opened, {c.last_agent, c.parked_at, 1'000'000'001});
  EXPECT_EQ(parcel.size + messages.size(), 59u);
}

TEST(ParcelTest, ALeftOneComesBackAsItWas) {
  const Conversation c = Left();
  const Parcel parcel = Packed(c);
  const Conversation is = Unpack(parcel.bytes);
  ExpectAlike(is, c);
  EXPECT_EQ(is.packed_at, parcel.size);
  EXPECT_EQ(LimitOf(parcel.bytes), c.limit);
}

TEST(ParcelTest, APausedOneKeepsItsOwnerAndTerms) {
  Conversation c = Left();
  c.state = ChannelState::kPause;
  c.owner = c.last_agent;
  c.terms = 3;
  c.pause = 77;
  c.marks_given = 2;
  const size_t size = Packed(c).size;
  ExpectAlike(Unpack(Packed(c).bytes), c);
  c.owner = AgentId::Make(6, 2);
  ExpectAlike(Unpack(Packed(c).bytes), c);
  EXPECT_EQ(Packed(c).size, size + 2) << "another owner's slot and generation";
}

TEST(ParcelTest, AnOrphanIsActive) {
  Conversation c = Left();
  c.state = ChannelState::kActive;
  c.orphan = true;
  ExpectAlike(Unpack(Packed(c).bytes), c);
  c.parked_at = {};  // Never parked, and long before the origin of all clocks.
  c.opened = c.since = Instant(Duration(-5'000));
  c.deadline = Instant(Duration(-1'000));
  ExpectAlike(Unpack(Packed(c).bytes), c);
  c.deadline = Instant(Duration::zero()) - kDay;
  ExpectAlike(Unpack(Packed(c).bytes), c);
}

TEST(ParcelTest, BothAddressesAreFoundWithoutTheRest) {
  for (const size_t size : {1u, 2u, 127u, 128u, 320u}) {
    const std::string customer(size, 'c');
    const std::string business(321u - size, 'b');
    const Parcel parcel = Packed(Left(), false, customer, business);
    const Label label = LabelOf(parcel.bytes);
    EXPECT_EQ(label.customer, customer);
    EXPECT_EQ(label.business, business);
    EXPECT_EQ(label.both(), customer + business);
    ExpectAlike(Unpack(parcel.bytes), Left());
  }
}

TEST(ParcelTest, MessagesInNodesAreFoundAgain) {
  Conversation c = Left();
  c.messages = 1'000'000;
  c.recent.head = 5;
  c.recent.tail = 1'000'000'000;
  c.recent.size = 999'999;
  const Conversation is = Unpack(Packed(c, /*recent=*/true).bytes);
  EXPECT_EQ(is.recent.head, 5u);
  EXPECT_EQ(is.recent.tail, 1'000'000'000u);
  EXPECT_EQ(is.recent.size, 999'999u);
  EXPECT_EQ(Unpack(Packed(c).bytes).recent.size, 0u);
}

TEST(ParcelTest, MessagesOfAnyKindComeBackInOrder) {
  const std::vector<HistoryEntry> messages = {
      {AgentId{}, kNow, 0},
      {AgentId::Make(0, 0), kNow, UINT64_MAX},
      {AgentId::Make(UINT32_MAX - 3, UINT32_MAX), kNow + 90 * kDay, uint64_t{1} << 63},
      {AgentId::Make(62, 1), kNow + Duration(127), 127},
      {AgentId::Make(63, 0), Instant(Duration(int64_t{1} << 61)), 128}};
  std::array<char, 5 * kMessageMost> bytes;
  PackedWriter to(bytes);
  for (const HistoryEntry& message : messages) PackMessage(to, kNow, message);
  PackedReader from(bytes);
  for (const HistoryEntry& message : messages) EXPECT_EQ(UnpackMessage(from, kNow), message);
  EXPECT_EQ(from.at(), to.size());
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
  const Parcel parcel = Packed(c, /*recent=*/true);
  EXPECT_GT(parcel.size, kRecordMost - 32) << "more room than is needed";
  ExpectAlike(Unpack(parcel.bytes), c);
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
    c.limit = {random.Number(), random.Number()};
    const Parcel parcel = Packed(c);
    ASSERT_NO_FATAL_FAILURE(ExpectAlike(Unpack(parcel.bytes), c));
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
