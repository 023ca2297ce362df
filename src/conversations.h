// src/conversations.h — all conversations: those that are dealt with, and those that wait.
//
// A conversation stands as a record while something happens to it, and as a parcel (parcel.h) while
// it is parked. Whoever may change one gets its record; when the step is over, CloseUp() packs what
// is parked by then. Whoever only reads gets a record, too: of a parcel one that is made for him.
//
//   Conversation& c = conversations[id];         // Opens it.
//   const Conversation& c = std::as_const(conversations)[id];  // Good until the next look.
//
// Order      Ids are given as SlotMap gives them; ForEach goes by slot.
// Errors     A broken rule stops the process. Without memory a parked one stays a record.
// Cost       O(1), and the copy of a parcel. ForEach and a copy visit every slot ever used.
// Memory     Parked: 8 bytes and the parcel. Open: 24 bytes, the record, a cell with the addresses
//            and older messages, and a node for each message since.
// Threads    One owner, one thread at a time; reading counts.

#ifndef PARLEY_SRC_CONVERSATIONS_H_
#define PARLEY_SRC_CONVERSATIONS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "parcel.h"
#include "parley/base/blocks.h"
#include "parley/base/ids.h"
#include "parley/model/conversation.h"
#include "parley/store/cell_pool.h"
#include "parley/store/chain.h"
#include "parley/timer/timer_wheel.h"
#include "places.h"

namespace parley::internal {

class Conversations {
 public:
  // From now on a parcel leaves to its timer what that can tell. Requires: the wheel stays where it
  // is, and those that are parcels already have their timers in it.
  void ReadTimersOf(const TimerWheel& wheel) { timers_.wheel = &wheel; }

  // Gives a new record with these addresses.
  ConversationId Add(std::string_view customer, std::string_view business);
  // Requires: the id is live.
  void Remove(ConversationId id);

  // The record, good until CloseUp(). Requires: the id is live.
  Conversation& operator[](ConversationId id) {
    const uint32_t* record = places_.FindRecord(id);
    return record != nullptr ? records_[*record] : Open(id);
  }
  // Requires: as above. What it gives is good until the next call.
  const Conversation& operator[](ConversationId id) const {
    const uint32_t* record = places_.FindRecord(id);
    return record != nullptr ? records_[*record] : Look(id);
  }
  // It is a record until CloseUp(): its timer may be taken out. Requires: one is in this slot.
  void OpenAt(uint32_t slot) { (*this)[IdAt(slot)]; }
  // The same as a value; none if the id is not live. Any bits are safe.
  std::optional<Conversation> Find(ConversationId id) const;

  bool IsLive(ConversationId id) const { return places_.IsLive(id); }
  bool WasIssued(ConversationId id) const { return places_.WasIssued(id); }
  ConversationId IdAt(uint32_t slot) const { return places_.IdAt(slot); }

  // Views are good until the conversation changes. Requires: one is in this slot.
  Label AddressesOf(uint32_t slot) const { return LabelOf(CellOf(slot)); }

  // Adds a message. Requires: c is a record of this.
  void Append(Conversation& c, const HistoryEntry& message);
  // Calls f(message) for each, oldest first. Requires: c was given by this.
  template <class F>
  void ForEachMessage(const Conversation& c, F f) const;

  // It may be parked when the step is over. Requires: it is a record.
  void MayClose(ConversationId id) { opened_.push_back(id); }
  // Packs those of which this was said, if they are parked.
  void CloseUp() noexcept {
    if (!opened_.empty()) CloseOpened();
  }

  // Calls f(id, conversation) for each, by slot.
  template <class F>
  void ForEach(F f) const;
  // As SlotMap.
  template <class F>
  void ForEachFree(F f) const {
    places_.ForEachFree(f);
  }

  // Each asks the memory for what the one before it has found. Any bits are safe.
  void FetchPlace(uint32_t slot) const { places_.Fetch(slot); }
  void FetchBody(uint32_t slot) const;
  TimerId LimitAt(uint32_t slot) const;  // Its timer; none if no conversation is there.

  // After this, nothing allocates until there are more conversations than this, more open ones at a
  // time, or more bytes in all parcels; `messages` counts those of open ones since they were
  // opened.
  struct Amounts {
    uint32_t all = 0;
    uint32_t open = 0;
    uint64_t bytes = 0;
    size_t largest = kParcelMost;  // Bytes of one parcel.
    uint32_t messages = 0;
  };
  void Reserve(const Amounts& amounts);
  // ... until so many are opened, or messages added, more than now.
  void MakeRoom(uint32_t more);
  // ... when one more is added, with so many bytes of addresses.
  void MakeRoomForOne(size_t addresses);

  uint32_t size() const { return places_.size(); }
  uint32_t slots() const { return places_.slots(); }
  uint64_t messages() const { return messages_; }     // Of all.
  uint32_t cells() const { return cells_.size(); }    // One of each.
  uint32_t nodes() const { return recent_.nodes(); }  // Messages that are not packed.

 private:
  // What was last made for a reader. A copy begins without.
  struct Seen {
    Seen() = default;
    Seen(const Seen&) {}
    Seen& operator=(const Seen&) = delete;
    ConversationId id;
    Conversation conversation;
  };

  // Where their timers are. A copy begins without, and is told of its own: those of another engine
  // go their own way.
  struct Timers {
    Timers() = default;
    Timers(const Timers&) {}
    Timers& operator=(const Timers&) = delete;
    const TimerWheel* wheel = nullptr;
  };

  std::span<const char> BytesOf(Cell cell) const {
    return {cells_.At(cell), CellPool::SizeOf(cell.kind)};
  }
  std::span<const char> CellOf(uint32_t slot) const;
  // Requires, all three: it is a parcel.
  Conversation Opened(uint32_t slot) const;
  const Conversation& Look(ConversationId id) const;
  Conversation& Open(ConversationId id);
  uint32_t TakeRecord();
  void MakeRecords(uint32_t more);
  void CloseOpened() noexcept;
  void Close(uint32_t slot);
  bool PackInto(PackedWriter& to, const Conversation& c) const;

  Places places_;
  CellPool cells_;
  HistoryPool recent_;
  Blocks<Conversation> records_;
  uint32_t made_ = 0;                   // Records there are,
  std::vector<uint32_t> free_;          // and those not in use; the last one is taken next.
  std::vector<ConversationId> opened_;  // What CloseUp() looks at.
  uint64_t messages_ = 0;
  mutable Seen seen_;
  Timers timers_;
};

// ---- Only definitions below ----------------------------------------------------------------

template <class F>
void Conversations::ForEachMessage(const Conversation& c, F f) const {
  PARLEY_CHECK(c.recent.size <= c.messages);
  const uint32_t packed = c.messages - c.recent.size;
  if (packed > 0) {
    PackedReader from(BytesOf(c.cell), c.packed_at);
    MessagesSoFar so_far(from.Name<AgentId>(), c.opened);
    for (uint32_t i = 0; i < packed; ++i) f(so_far.Unpack(from));
  }
  recent_.ForEach(c.recent, f);
}

template <class F>
void Conversations::ForEach(F f) const {
  for (uint32_t slot = 0; slot < slots(); ++slot) {
    const ConversationId id = IdAt(slot);
    if (!id) continue;
    if (places_.IsParcel(slot)) {
      f(id, Opened(slot));
    } else {
      f(id, records_[places_.RecordOf(slot)]);
    }
  }
}

}  // namespace parley::internal

#endif  // PARLEY_SRC_CONVERSATIONS_H_
