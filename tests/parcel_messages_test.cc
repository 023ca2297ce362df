// Messages are unpacked as they were packed, whoever wrote them, whenever and whatever; those that
// are packed stay as they are when more come. And how little is usual.

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "parcel_parts.h"

namespace parley::internal {
namespace {

constexpr AgentId kNobody;  // The customer.
const AgentId kAnn = AgentId::Make(5, 0);
const AgentId kBob = AgentId::Make(6, 1);
const AgentId kLast = AgentId::Make(UINT32_MAX - 3, UINT32_MAX);

using Messages = std::vector<HistoryEntry>;

std::string BytesOf(const Messages& messages, AgentId named, Instant opened) {
  std::string bytes(messages.size() * kMessageMost, '\0');
  PackedWriter to(bytes);
  MessagesSoFar so_far(named, opened);
  for (const HistoryEntry& message : messages) {
    const size_t before = to.size();
    so_far.Pack(to, message);
    EXPECT_LE(to.size() - before, kMessageMost);
  }
  bytes.resize(to.size());
  return bytes;
}

void ExpectBack(const Messages& messages, AgentId named, Instant opened) {
  const std::string bytes = BytesOf(messages, named, opened);
  PackedReader from(bytes);
  MessagesSoFar so_far(named, opened);
  for (size_t i = 0; i < messages.size(); ++i) {
    ASSERT_EQ(so_far.Unpack(from), messages[i]) << i;
  }
  ASSERT_EQ(from.at(), bytes.size());
}

// Bytes of the last one behind the others.
size_t SizeOfLast(Messages messages) {
  const size_t all = BytesOf(messages, kAnn, kNow).size();
  messages.pop_back();
  return all - BytesOf(messages, kAnn, kNow).size();
}

// Of the millionth timer the ninth arming.
TimerId Armed(TimerWheel& wheel, Instant deadline) {
  for (int i = 0; i < 1'000'000; ++i) wheel.Arm(kNow + kDay, 0);
  for (int i = 0; i < 8; ++i) {
    wheel.Arm(kNow, 0);
    wheel.PopDue(kNow);
  }
  return wheel.Arm(deadline, 0);
}

TEST(ParcelMessagesTest, NothingThatIsAsUsualTakesAByte) {
  TimerWheel wheel(kNow);
  Conversation c = Left();
  c.limit = Armed(wheel, c.deadline);
  ASSERT_EQ(c.limit, (TimerId{1'000'000, 17}));
  Parcel parcel = Packed(c, {.named = c.last_agent, .timers = &wheel}, "0123456789abcdef");
  PackedWriter messages({parcel.bytes.data() + parcel.size, kParcelMost - parcel.size});
  MessagesSoFar so_far(c.last_agent, c.opened);
  so_far.Pack(messages, {AgentId{}, c.opened, 1'000'001'000});
  EXPECT_EQ(messages.size(), 1u + 5u) << "when and who, and the body";
  so_far.Pack(messages, {c.last_agent, c.parked_at, 1'000'002'000});
  EXPECT_EQ(messages.size(), 6u + 3u + 2u) << "nine minutes are three bytes";
  constexpr size_t kLabel = 2 + 16 + 4;
  // What it is, its timer, its last task, how long it was open, how long it waits, its need, the
  // count of its messages.
  EXPECT_EQ(parcel.record, kLabel + 1 + 4 + 2 + 3 + 1 + 1 + 1);
  EXPECT_EQ(parcel.size, parcel.record + 1) << "the agent";
  EXPECT_EQ(parcel.size + messages.size(), 47u);
  const Conversation is = Unpack(parcel.bytes, &wheel);
  ExpectAlike(is, c);
}

TEST(ParcelMessagesTest, OfAnyKindTheyComeBackInOrder) {
  const Messages messages = {{kNobody, kNow, 0},
                             {kNobody, kNow, UINT64_MAX},
                             {AgentId::Make(0, 0), kNow, 1},
                             {kLast, kNow + 90 * kDay, uint64_t{1} << 63},
                             {kLast, kNow + 90 * kDay, (uint64_t{1} << 63) - 1},
                             {kNobody, kNow + 90 * kDay + Duration(127), 127},
                             {kLast, kNow + 91 * kDay, 128},
                             {kNobody, Instant(Duration(int64_t{1} << 61)), 128}};
  for (const AgentId named : {kNobody, kAnn, kLast}) ExpectBack(messages, named, kNow);
}

TEST(ParcelMessagesTest, WhoAnswersOrGoesOnIsNotNamed) {
  const HistoryEntry asked{kNobody, kNow, 1'000};
  EXPECT_EQ(SizeOfLast({asked}), 1u + 2u);
  EXPECT_EQ(SizeOfLast({asked, {kNobody, kNow, 1'001}}), 1u + 1u) << "again";
  EXPECT_EQ(SizeOfLast({asked, {kAnn, kNow, 1'001}}), 1u + 1u) << "who is named in front";
  EXPECT_EQ(SizeOfLast({asked, {kBob, kNow, 1'001}}), 1u + 2u + 1u + 1u) << "with a generation";
  EXPECT_EQ(SizeOfLast({asked, {kBob, kNow, 1'001}, {kBob, kNow, 1'002}}), 1u + 1u);
  EXPECT_EQ(SizeOfLast({asked, {kBob, kNow, 1'001}, {kNobody, kNow, 1'002}}), 1u + 1u);
  EXPECT_EQ(SizeOfLast({asked, {kBob, kNow, 1'001}, asked, {kBob, kNow, 1'002}}), 1u + 1u)
      << "he was named last";
  EXPECT_EQ(SizeOfLast({asked, {kBob, kNow, 1'001}, asked, {kAnn, kNow, 1'002}}), 1u + 1u + 1u + 1u)
      << "it was not she";
}

TEST(ParcelMessagesTest, TimesCountFromTheMessageBefore) {
  const Duration minutes(540'000);
  const HistoryEntry late{kNobody, kNow + 365 * kDay, 0};
  EXPECT_EQ(SizeOfLast({late, {kAnn, late.at + Duration(63), 0}}), 1u + 1u);
  EXPECT_EQ(SizeOfLast({late, {kAnn, late.at + Duration(64), 0}}), 2u + 1u);
  EXPECT_EQ(SizeOfLast({late, {kNobody, late.at + Duration(31), 0}}), 1u + 1u);
  EXPECT_EQ(SizeOfLast({late, {kNobody, late.at + Duration(32), 0}}), 2u + 1u);
  EXPECT_EQ(SizeOfLast({late, {kAnn, late.at + minutes, 0}}), 3u + 1u);
}

// As long as any may lie apart, and one less and more than there is room for beside two bits.
TEST(ParcelMessagesTest, AnyTimeMayLieBetweenTwo) {
  const Instant first(Duration(-(int64_t{1} << 61)));
  for (const int64_t time :
       {(int64_t{1} << 62) - 1, int64_t{1} << 62, (int64_t{1} << 61) - 1, int64_t{1} << 61}) {
    const Instant last = first + Duration(time);
    for (const AgentId one : {kNobody, kAnn, kLast}) {
      for (const AgentId other : {kNobody, kAnn, kLast}) {
        ExpectBack({{one, first, 0}, {other, last, 1}, {other, last, 2}}, kAnn, first);
      }
    }
  }
}

TEST(ParcelMessagesTest, ABodyIsAnyNumber) {
  const std::vector<uint64_t> refs = {0, 1, UINT64_MAX, uint64_t{1} << 63, 1'000'000'000};
  for (const uint64_t a : refs) {
    for (const uint64_t b : refs) {
      ExpectBack({{kNobody, kNow, a}, {kAnn, kNow, b}, {kNobody, kNow, a}}, kAnn, kNow);
    }
  }
  EXPECT_EQ(SizeOfLast({{kNobody, kNow, UINT64_MAX}, {kAnn, kNow, 0}}), 1u + 1u)
      << "it comes round";
  EXPECT_EQ(SizeOfLast({{kNobody, kNow, 1'000}, {kAnn, kNow, 937}}), 1u + 1u) << "descending";
}

TEST(ParcelMessagesTest, TheLargestFitsIntoItsRoom) {
  const Instant first(Duration(-(int64_t{1} << 61)));
  const HistoryEntry message{kLast, first + Duration(int64_t{1} << 62), uint64_t{1} << 63};
  const size_t size = BytesOf({message}, kAnn, first).size();
  EXPECT_LE(size, kMessageMost);
  EXPECT_GT(size + 2, kMessageMost) << "more room than is needed";
}

// A history as it may be, and cut anywhere: what was packed first stays, whatever comes then.
TEST(ParcelMessagesTest, ThoseThatArePackedStayWhenMoreCome) {
  std::mt19937_64 random(1);
  const std::vector<AgentId> writers = {kNobody, kNobody, kAnn, kAnn, kBob, kLast};
  for (int i = 0; i < 5'000; ++i) {
    const AgentId named = writers[random() % writers.size()];
    Messages messages;
    HistoryEntry message{kNobody, kNow, random() >> random() % 64};
    for (uint64_t left = random() % 12; left > 0; --left) {
      message.author = writers[random() % writers.size()];
      message.at +=
          Duration(static_cast<int64_t>(random() % 2 * (random() >> (24 + random() % 40))));
      message.ref = random() % 4 == 0 ? random() : message.ref + random() % 3'000 - 500;
      messages.push_back(message);
    }
    ASSERT_NO_FATAL_FAILURE(ExpectBack(messages, named, kNow));
    const std::string all = BytesOf(messages, named, kNow);
    const size_t cut = random() % (messages.size() + 1);
    const Messages older(messages.begin(), messages.begin() + static_cast<ptrdiff_t>(cut));
    std::string bytes = BytesOf(older, named, kNow);
    PackedReader from(bytes);
    MessagesSoFar so_far(named, kNow);
    for (size_t m = 0; m < cut; ++m) so_far.Unpack(from);
    std::array<char, 12 * kMessageMost> more;
    PackedWriter to(more);
    for (size_t m = cut; m < messages.size(); ++m) so_far.Pack(to, messages[m]);
    ASSERT_EQ(bytes.append(more.data(), to.size()), all) << i << " cut at " << cut;
  }
}

TEST(ParcelMessagesDeathTest, NoneIsOlderThanTheOneBefore) {
  const HistoryEntry message{kNobody, kNow, 1};
  EXPECT_DEATH(BytesOf({message}, kAnn, kNow + Duration(1)), "PARLEY_CHECK");
  EXPECT_DEATH(BytesOf({message, {kAnn, kNow - Duration(1), 2}}, kAnn, kNow - kDay),
               "PARLEY_CHECK");
  const std::string_view wrong = "\x07";  // Neither somebody named nor a time.
  PackedReader from(wrong);
  EXPECT_DEATH(MessagesSoFar(kAnn, kNow).Unpack(from), "PARLEY_CHECK");
}

}  // namespace
}  // namespace parley::internal
