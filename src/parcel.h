// src/parcel.h — a conversation that nobody deals with, in as few bytes as it needs.
//
// Nearly all conversations are parked: left or paused, with nobody at work on them. Such a one
// stands in one cell of a CellPool:
//
//   sizes of both addresses | customer | business | record | messages
//
// The addresses come first, because they are what is looked for. Of the record only what is not as
// usual takes bytes. An open conversation keeps its cell: for the addresses, and for those of its
// messages that were packed before.

#ifndef PARLEY_SRC_PARCEL_H_
#define PARLEY_SRC_PARCEL_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "packed_io.h"
#include "parley/model/conversation.h"
#include "parley/store/cell_pool.h"

namespace parley::internal {

inline constexpr size_t kParcelMost = CellPool::kMaxSize;
inline constexpr size_t kRecordMost = 160;  // Bytes that PackRecord() writes.
inline constexpr size_t kMessageMost = 2 * kNumberMost + kIdMost;

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

// All but where its cell is. With `recent`, its newest messages stay in their nodes.
// Requires: IsParked(c).
void PackRecord(PackedWriter& to, const Conversation& c, bool recent);
// The conversation that was packed, but for its cell.
Conversation Unpack(std::span<const char> cell);
// Its timer, without the rest.
TimerId LimitOf(std::span<const char> cell);

// One of the messages of a conversation that was opened then.
void PackMessage(PackedWriter& to, Instant opened, const HistoryEntry& message);
HistoryEntry UnpackMessage(PackedReader& from, Instant opened);

}  // namespace parley::internal

#endif  // PARLEY_SRC_PARCEL_H_
