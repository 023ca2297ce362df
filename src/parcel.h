// src/parcel.h — a conversation that nobody deals with, in as few bytes as it needs.
//
// Nearly all conversations are parked: left or paused, with nobody at work on them. Such a one
// stands in one cell of a CellPool:
//
//   sizes of both addresses | customer | business | record | an agent | messages
//
// The addresses come first, because they are what is looked for. Of the record only what is not as
// usual takes bytes, and of a message what those before it do not tell: the agent in front of them
// nearly always wrote them, and dealt with it last. An open conversation keeps its cell: for the
// addresses, and for those of its messages that were packed before.

#ifndef PARLEY_SRC_PARCEL_H_
#define PARLEY_SRC_PARCEL_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "packed_io.h"
#include "parley/model/conversation.h"
#include "parley/store/cell_pool.h"
#include "parley/timer/timer_wheel.h"

namespace parley::internal {

inline constexpr size_t kParcelMost = CellPool::kMaxSize;
inline constexpr size_t kRecordMost = 150;                  // Bytes that PackRecord() writes.
inline constexpr size_t kBareMost = kRecordMost + kIdMost;  // All but addresses and messages.
inline constexpr size_t kMessageMost = 1 + kIdMost + 2 * kNumberMost;

// Nobody deals with it and nothing but its timer does: it can stand as a parcel.
inline bool IsParked(const Conversation& c) {
  const bool waits =
      c.state == ChannelState::kInactive || c.state == ChannelState::kPause || c.orphan;
  return waits && c.open_tasks == 0 && c.silent.size == 0;
}

// Both addresses, and where what comes after them begins.
struct Label {
  std::string_view customer;
  std::string_view business;  // Stands behind the other one.
  size_t end = 0;

  std::string_view both() const { return {customer.data(), customer.size() + business.size()}; }
};
Label LabelOf(std::span<const char> cell);
void PackLabel(PackedWriter& to, std::string_view customer, std::string_view business);

// What a record stands beside, which therefore need not stand in it.
struct Beside {
  AgentId named;                       // In front of its messages.
  const TimerWheel* timers = nullptr;  // Its own may tell when it was opened.
  bool recent = false;                 // Its newest messages stay in their nodes.
};

// All but where its cell is, and who is named behind it. Requires: IsParked(c).
void PackRecord(PackedWriter& to, const Conversation& c, const Beside& beside);
// The conversation that was packed, but for its cell. Requires: its timer is as it was then.
Conversation Unpack(std::span<const char> cell, const TimerWheel* timers);
// Its timer, without the rest.
TimerId LimitOf(std::span<const char> cell);

// The messages of a conversation, packed and unpacked one after the other. Each is told by those
// before it alone: whatever is put behind them, or becomes of the record, they stay as they are.
class MessagesSoFar {
 public:
  // None yet. `named`: the agent in front of them.
  MessagesSoFar(AgentId named, Instant opened) : named_(named), last_{named, opened, 0} {}

  // Requires: it is not older than the one before it, nor than the conversation.
  void Pack(PackedWriter& to, const HistoryEntry& message);
  HistoryEntry Unpack(PackedReader& from);

 private:
  // Who answers: the agent who was named last, or the customer.
  AgentId OtherSide() const { return last_.author ? AgentId{} : named_; }
  void Note(const HistoryEntry& message);

  AgentId named_;
  HistoryEntry last_;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_PARCEL_H_
