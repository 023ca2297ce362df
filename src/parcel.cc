// src/parcel.cc — see parcel.h.

#include "parcel.h"

namespace parley::internal {
namespace {

// The first number of a record: what kind of conversation it is, and what else was written. What is
// rare comes last, so that it takes one byte where nothing of that is there.
enum : uint64_t {
  kMediumBits = 15,
  kAnswered = 1 << 4,
  kAged = 1 << 5,  // Its age does not count from when it was opened.
  kWorkflow = 1 << 6,
  // From here on two bytes:
  kPaused = 1 << 7,
  kTimes = 1 << 8,    // Its timer does not tell when it was opened.
  kNotDays = 1 << 9,  // It does not wait for a whole number of days.
  kDealt = 1 << 10,   // Who dealt with it last is not who is named in front of its messages.
  kUnread = 1 << 11,
  kPriority = 1 << 12,
  kAttributes = 1 << 13,
  // Three:
  kOrphan = 1 << 14,
  kReroutes = 1 << 15,
  kOwner = 1 << 16,  // Its owner is not who dealt with it last.
  kMarks = 1 << 17,
  kRecent = 1 << 18,
  kWhenSilentShift = 19,
};
static_assert(kMedia <= kMediumBits + 1 && CountOf<WhenSilent>() <= 4);

uint64_t BitIf(bool holds, uint64_t bit) { return holds ? bit : 0; }

// An orphan that was never parked may wait for less than nothing by this count.
bool InDays(Duration d) { return d >= Duration::zero() && d % kDay == Duration::zero(); }

// One that is due at the deadline. That of a pause may be due at a mark.
bool TimerTells(const Conversation& c, const TimerWheel* timers) {
  return timers != nullptr && c.deadline != Instant::max() &&
         timers->DeadlineOf(c.limit) == c.deadline;
}

uint64_t FlagsOf(const Conversation& c, const Beside& beside) {
  const bool paused = c.state == ChannelState::kPause;
  PARLEY_CHECK(static_cast<size_t>(c.medium) < kMedia);
  const uint64_t usual = static_cast<uint64_t>(c.medium) | BitIf(c.answered, kAnswered) |
                         BitIf(c.since != c.opened, kAged) |
                         BitIf(static_cast<bool>(c.workflow), kWorkflow);
  const uint64_t rarer = BitIf(paused, kPaused) | BitIf(!TimerTells(c, beside.timers), kTimes) |
                         BitIf(!InDays(c.deadline - c.parked_at), kNotDays) |
                         BitIf(c.last_agent != beside.named, kDealt) |
                         BitIf(c.unread > 0, kUnread) | BitIf(c.priority != 0, kPriority) |
                         BitIf(c.attributes != UINT32_MAX, kAttributes);
  const uint64_t rare = BitIf(c.orphan, kOrphan) | BitIf(c.reroutes > 0, kReroutes) |
                        BitIf(paused && c.owner != c.last_agent, kOwner) |
                        BitIf(c.marks_given > 0, kMarks) | BitIf(beside.recent, kRecent) |
                        static_cast<uint64_t>(c.when_silent) << kWhenSilentShift;
  return usual | rarer | rare;
}

void Pack(PackedWriter& to, TimerId timer) {
  to.Number(timer.slot);
  to.Number(timer.generation);
}
TimerId UnpackTimer(PackedReader& from) {
  const uint32_t slot = from.Number32();
  return {slot, from.Number32()};
}

void PackTimes(PackedWriter& to, const Conversation& c, uint64_t flags) {
  const Duration wait = c.deadline - c.parked_at;
  if ((flags & kTimes) != 0) to.Signed(c.opened.time_since_epoch().count());
  to.Signed((c.parked_at - c.opened).count());
  (flags & kNotDays) != 0 ? to.Signed(wait.count()) : to.Number(static_cast<uint64_t>(wait / kDay));
}
void UnpackTimes(PackedReader& from, Conversation& c, uint64_t flags, const TimerWheel* timers) {
  if ((flags & kTimes) != 0) c.opened = Instant(Duration(from.Signed()));
  const Duration lasted(from.Signed());
  const Duration wait = (flags & kNotDays) != 0 ? Duration(from.Signed())
                                                : static_cast<int64_t>(from.Number()) * kDay;
  if ((flags & kTimes) == 0) {
    PARLEY_CHECK(timers != nullptr);
    const Instant deadline = timers->DeadlineOf(c.limit);
    PARLEY_CHECK(deadline != Instant::max());
    c.opened = deadline - wait - lasted;
  }
  c.parked_at = c.opened + lasted;
  c.deadline = c.parked_at + wait;
}

void PackPause(PackedWriter& to, const Conversation& c, uint64_t flags) {
  PARLEY_CHECK(c.owner && c.terms != UINT32_MAX && c.pause != UINT32_MAX);
  if ((flags & kOwner) != 0) to.Name(c.owner);
  to.Number(c.terms);
  to.Number(c.pause);
}
void UnpackPause(PackedReader& from, Conversation& c, uint64_t flags) {
  if ((flags & kOwner) != 0) c.owner = from.Name<AgentId>();
  c.terms = from.Number32();
  c.pause = from.Number32();
  PARLEY_CHECK(c.terms != UINT32_MAX);
}

void PackRest(PackedWriter& to, const Conversation& c, uint64_t flags) {
  if ((flags & kAged) != 0) to.Signed((c.parked_at - c.since).count());
  if ((flags & kWorkflow) != 0) to.Name(c.workflow);
  if ((flags & kDealt) != 0) to.Name(c.last_agent);
  if ((flags & kUnread) != 0) to.Number(c.unread);
  if ((flags & kPriority) != 0) to.Signed(c.priority);
  if ((flags & kAttributes) != 0) to.Number(c.attributes);
  if ((flags & kReroutes) != 0) to.Number(c.reroutes);
  if ((flags & kMarks) != 0) to.Number(c.marks_given);
  if ((flags & kRecent) == 0) return;
  to.Number(c.recent.head);
  to.Number(c.recent.tail);
  to.Number(c.recent.size);
}
void UnpackRest(PackedReader& from, Conversation& c, uint64_t flags) {
  c.since = (flags & kAged) != 0 ? c.parked_at - Duration(from.Signed()) : c.opened;
  if ((flags & kWorkflow) != 0) c.workflow = from.Name<WorkflowId>();
  if ((flags & kDealt) != 0) c.last_agent = from.Name<AgentId>();
  if ((flags & kUnread) != 0) c.unread = from.Number32();
  if ((flags & kPriority) != 0) c.priority = static_cast<int32_t>(from.Signed());
  if ((flags & kAttributes) != 0) c.attributes = from.Number32();
  if ((flags & kReroutes) != 0) c.reroutes = from.Number32();
  if ((flags & kMarks) != 0) c.marks_given = static_cast<uint8_t>(from.Number());
  if ((flags & kRecent) == 0) return;
  c.recent.head = from.Number32();
  c.recent.tail = from.Number32();
  c.recent.size = from.Number32();
  PARLEY_CHECK(c.recent.size > 0);
}

// The first number of a message: how long after the one before it it was written, and below that
// by whom. One bit is enough when the other side answers, two when the same one writes again.
// Somebody else is named behind this number, and then the time; so is one who writes again after so
// long that there is no room for two bits.
enum : uint64_t { kWho = 3, kAgain = 1, kNamed = 3 };
static_assert((kAgain & 1) != 0 && (kNamed & 1) != 0);

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

void PackRecord(PackedWriter& to, const Conversation& c, const Beside& beside) {
  PARLEY_CHECK(IsParked(c) && !c.live_task && !c.participant && !c.invitation);
  PARLEY_CHECK(!c.ended && !c.asked && c.guests.size == 0);
  const size_t before = to.size();
  const uint64_t flags = FlagsOf(c, beside);
  to.Number(flags);
  Pack(to, c.limit);
  to.Name(c.last_task);
  PackTimes(to, c, flags);
  to.Number(c.need);
  to.Number(c.messages);
  PackRest(to, c, flags);
  if ((flags & kPaused) != 0) PackPause(to, c, flags);
  PARLEY_CHECK(to.size() - before <= kRecordMost);
}

Conversation Unpack(std::span<const char> cell, const TimerWheel* timers) {
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
  UnpackTimes(from, c, flags, timers);
  c.need = from.Number32();
  c.messages = from.Number32();
  UnpackRest(from, c, flags);
  if ((flags & kPaused) != 0) UnpackPause(from, c, flags);
  c.packed_at = static_cast<uint16_t>(from.at());
  const auto named = from.Name<AgentId>();
  if ((flags & kDealt) == 0) c.last_agent = named;
  if ((flags & kPaused) != 0 && (flags & kOwner) == 0) c.owner = c.last_agent;
  PARLEY_CHECK((c.state == ChannelState::kPause) == static_cast<bool>(c.owner));
  PARLEY_CHECK(IsParked(c) && c.recent.size <= c.messages);
  return c;
}

TimerId LimitOf(std::span<const char> cell) {
  PackedReader from(cell, LabelOf(cell).end);
  from.Number();
  return UnpackTimer(from);
}

void MessagesSoFar::Note(const HistoryEntry& message) {
  PARLEY_CHECK(message.at >= last_.at);
  last_ = message;
  if (message.author) named_ = message.author;
}

void MessagesSoFar::Pack(PackedWriter& to, const HistoryEntry& message) {
  const auto time = static_cast<uint64_t>((message.at - last_.at).count());
  PARLEY_CHECK(message.at >= last_.at && time >> 63 == 0);
  if (message.author == OtherSide()) {
    to.Number(time << 1);
  } else if (message.author == last_.author && time >> 62 == 0) {
    to.Number(time << 2 | kAgain);
  } else {
    to.Number(kNamed);
    to.Name(message.author);
    to.Number(time);
  }
  to.Signed(static_cast<int64_t>(message.ref - last_.ref));  // Comes round: any two differ by one.
  Note(message);
}
HistoryEntry MessagesSoFar::Unpack(PackedReader& from) {
  const uint64_t first = from.Number();
  AgentId author = OtherSide();
  uint64_t time = first >> 1;
  if ((first & kWho) == kNamed) {
    PARLEY_CHECK(first == kNamed);
    author = from.Name<AgentId>();
    time = from.Number();
  } else if ((first & kWho) == kAgain) {
    author = last_.author;
    time = first >> 2;
  }
  const Instant at = last_.at + Duration(static_cast<int64_t>(time));
  Note({author, at, last_.ref + static_cast<uint64_t>(from.Signed())});
  return last_;
}

}  // namespace parley::internal
