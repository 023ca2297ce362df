// Parked conversations, what they are packed as, and whether two are the same.

#ifndef PARLEY_TESTS_PARCEL_PARTS_H_
#define PARLEY_TESTS_PARCEL_PARTS_H_

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>

#include "parcel.h"

namespace parley::internal {

inline constexpr Instant kNow{Duration(1'735'689'600'000)};

// What stands in a cell, one byte behind the other.
struct Parcel {
  std::array<char, kParcelMost> bytes;
  size_t record = 0;  // Where that ends.
  size_t size = 0;
};

inline Parcel Packed(const Conversation& c, const Beside& beside, std::string_view customer = "c@x",
                     std::string_view business = "shop") {
  Parcel parcel;
  PackedWriter to(parcel.bytes);
  PackLabel(to, customer, business);
  PackRecord(to, c, beside);
  parcel.record = to.size();
  to.Name(beside.named);
  parcel.size = to.size();
  return parcel;
}

// Beside the agent who dealt with it last, and without timers.
inline Parcel Packed(const Conversation& c) { return Packed(c, {.named = c.last_agent}); }
inline Conversation Unpacked(const Parcel& parcel) { return Unpack(parcel.bytes, nullptr); }

// A left one as usual.
inline Conversation Left() {
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

inline void ExpectAlike(const Conversation& is, const Conversation& was) {
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

}  // namespace parley::internal

#endif  // PARLEY_TESTS_PARCEL_PARTS_H_
