// src/parcel.cc — see parcel.h.

#include "parcel.h"

namespace parley::internal {
namespace {

// The first number of a record: what kind of conversation it is, and what else was written. What is
// rare comes last, so that it takes two bytes where nothing of that is there.
enum : uint64_t {
  kMediumBits = 15,
  kPaused = 1 << 4,
  kOrphan = 1 << 5,
  kAnswered = 1 << 6,
  kInDays = 1 << 7,  // It waits for a whole number of days,
  kAged = 1 << 8,    // and its age does not count from when it was opened.
  kUnread = 1 << 9,
  kPriority = 1 << 10,
  kWorkflow = 1 << 11,
  kReroutes = 1 << 12,
  kAttributes = 1 << 14,
  kOthers = 1 << 15,  // Its owner is not who dealt with it last.
  kMarks = 1 << 16,
  kRecent = 1 << 17,
  kWhenSilentShift = 18,
};
static_assert(kMedia <= kMediumBits + 1 && CountOf<WhenSilent>() <= 4);

uint64_t BitIf(bool holds, uint64_t bit) { return holds ? bit : 0; }

// An orphan that was never parked may wait for less than nothing by this count.
bool InDays(Duration d) { return d >= Duration::zero() && d % kDay == Duration::zero(); }

uint64_t FlagsOf(const Conversation& c, bool recent) {
  const bool paused = c.state == ChannelState::kPause;
  PARLEY_CHECK(static_cast<size_t>(c.medium) < kMedia);
  return static_cast<uint64_t>(c.medium) | BitIf(paused, kPaused) | BitIf(c.orphan, kOrphan) |
         BitIf(c.answered, kAnswered) | BitIf(InDays(c.deadline - c.parked_at), kInDays) |
         BitIf(c.since != c.opened, kAged) | BitIf(c.unread > 0, kUnread) |
         BitIf(c.priority != 0, kPriority) | BitIf(static_cast<bool>(c.workflow), kWorkflow) |
         BitIf(c.reroutes > 0, kReroutes) |
         static_cast<uint64_t>(c.when_silent) << kWhenSilentShift |
         BitIf(c.attributes != UINT32_MAX, kAttributes) |
         BitIf(paused && c.owner != c.last_agent, kOthers) | BitIf(c.marks_given > 0, kMarks) |
         BitIf(recent, kRecent);
}

void Pack(PackedWriter& to, TimerId timer) {
  to.Number(timer.slot);
  to.Number(timer.generation);
}
TimerId UnpackTimer(PackedReader& from) {
  const uint32_t slot = from.Number32();
  return {slot, from.Number32()};
}

void PackWait(PackedWriter& to, Duration wait) {
  InDays(wait) ? to.Number(static_cast<uint64_t>(wait / kDay)) : to.Signed(wait.count());
}
Duration UnpackWait(PackedReader& from, uint64_t flags) {
  if ((flags & kInDays) == 0) return Duration(from.Signed());
  return static_cast<int64_t>(from.Number()) * kDay;
}

void PackPause(PackedWriter& to, const Conversation& c, uint64_t flags) {
  PARLEY_CHECK(c.owner && c.terms != UINT32_MAX && c.pause != UINT32_MAX);
  if ((flags & kOthers) != 0) to.Name(c.owner);
  to.Number(c.terms);
  to.Number(c.pause);
}
void UnpackPause(PackedReader& from, Conversation& c, uint64_t flags) {
  c.owner = (flags & kOthers) != 0 ? from.Name<AgentId>() : c.last_agent;
  c.terms = from.Number32();
  c.pause = from.Number32();
  PARLEY_CHECK(c.owner && c.terms != UINT32_MAX);
}

void PackRest(PackedWriter& to, const Conversation& c, uint64_t flags) {
  if ((flags & kAged) != 0) to.Signed((c.opened - c.since).count());
  if ((flags & kUnread) != 0) to.Number(c.unread);
  if ((flags & kPriority) != 0) to.Signed(c.priority);
  if ((flags & kWorkflow) != 0) to.Name(c.workflow);
  if ((flags & kReroutes) != 0) to.Number(c.reroutes);
  if ((flags & kAttributes) != 0) to.Number(c.attributes);
  if ((flags & kMarks) != 0) to.Number(c.marks_given);
  if ((flags & kRecent) == 0) return;
  to.Number(c.recent.head);
  to.Number(c.recent.tail);
  to.Number(c.recent.size);
}
void UnpackRest(PackedReader& from, Conversation& c, uint64_t flags) {
  c.since = c.opened - Duration((flags & kAged) != 0 ? from.Signed() : 0);
  if ((flags & kUnread) != 0) c.unread = from.Number32();
  if ((flags & kPriority) != 0) c.priority = static_cast<int32_t>(from.Signed());
  if ((flags & kWorkflow) != 0) c.workflow = from.Name<WorkflowId>();
  if ((flags & kReroutes) != 0) c.reroutes = from.Number32();
  if ((flags & kAttributes) != 0) c.attributes = from.Number32();
  if ((flags & kMarks) != 0) c.marks_given = static_cast<uint8_t>(from.Number());
  if ((flags & kRecent) == 0) return;
  c.recent.head = from.Number32();
  c.recent.tail = from.Number32();
  c.recent.size = from.Number32();
  PARLEY_CHECK(c.recent.size > 0);
}

}  // namespace

Label LabelOf(std::span<const char> cell) {
  PackedReader from(cell);
  const size_t customer = from.Number();
  const size_t business = from.Number();
  PARLEY_CHECK(customer > 0 && business > 0);
  Label label{from.Text(customer), {}, 0};
  label.business = from.Text(business);
  label.end = from.at();
  return label;
}

void PackLabel(PackedWriter& to, std::string_view customer, std::string_view business) {
  PARLEY_CHECK(!customer.empty() && !business.empty());
  to.Number(customer.size());
  to.Number(business.size());
  to.Bytes(customer);
  to.Bytes(business);
}

void PackRecord(PackedWriter& to, const Conversation& c, bool recent) {
  PARLEY_CHECK(IsParked(c) && !c.live_task && !c.participant && !c.invitation);
  PARLEY_CHECK(!c.ended && !c.asked && c.guests.size == 0);
  const size_t before = to.size();
  const uint64_t flags = FlagsOf(c, recent);
  to.Number(flags);
  Pack(to, c.limit);
  to.Name(c.last_task);
  to.Name(c.last_agent);
  to.Signed(c.opened.time_since_epoch().count());
  to.Signed((c.parked_at - c.opened).count());
  PackWait(to, c.deadline - c.parked_at);
  to.Number(c.need);
  to.Number(c.messages);
  PackRest(to, c, flags);
  if ((flags & kPaused) != 0) PackPause(to, c, flags);
  PARLEY_CHECK(to.size() - before <= kRecordMost);
}

Conversation Unpack(std::span<const char> cell) {
  PackedReader from(cell, LabelOf(cell).end);
  Conversation c;
  const uint64_t flags = from.Number();
  c.medium = static_cast<Medium>(flags & kMediumBits);
  c.orphan = (flags & kOrphan) != 0;
  c.answered = (flags & kAnswered) != 0;
  c.when_silent = static_cast<WhenSilent>(flags >> kWhenSilentShift & 3);
  c.state = c.orphan                 ? ChannelState::kActive
            : (flags & kPaused) != 0 ? ChannelState::kPause
                                     : ChannelState::kInactive;
  c.limit = UnpackTimer(from);
  c.last_task = from.Name<TaskId>();
  c.last_agent = from.Name<AgentId>();
  c.opened = Instant(Duration(from.Signed()));
  c.parked_at = c.opened + Duration(from.Signed());
  c.deadline = c.parked_at + UnpackWait(from, flags);
  c.need = from.Number32();
  c.messages = from.Number32();
  UnpackRest(from, c, flags);
  if ((flags & kPaused) != 0) UnpackPause(from, c, flags);
  c.packed_at = static_cast<uint16_t>(from.at());
  PARLEY_CHECK(IsParked(c) && c.recent.size <= c.messages);
  return c;
}

TimerId LimitOf(std::span<const char> cell) {
  PackedReader from(cell, LabelOf(cell).end);
  from.Number();
  return UnpackTimer(from);
}

// None was written before the conversation was opened.
void PackMessage(PackedWriter& to, Instant opened, const HistoryEntry& message) {
  PARLEY_CHECK(message.at >= opened);
  to.Name(message.author);
  to.Number(static_cast<uint64_t>((message.at - opened).count()));
  to.Number(message.ref);
}
HistoryEntry UnpackMessage(PackedReader& from, Instant opened) {
  const auto author = from.Name<AgentId>();
  const Instant at = opened + Duration(static_cast<int64_t>(from.Number()));
  PARLEY_CHECK(at >= opened);
  return {author, at, from.Number()};
}

}  // namespace parley::internal
