// src/places.h — where each conversation stands, by its id.
//
// As SlotMap gives ids and never gives one twice, in the same order, but with no record of its own:
// eight bytes a conversation say whether it stands as a record or as a parcel, and where.

#ifndef PARLEY_SRC_PLACES_H_
#define PARLEY_SRC_PLACES_H_

#include <cstdint>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/base/fetch.h"
#include "parley/base/ids.h"
#include "parley/store/cell_pool.h"

namespace parley::internal {

class Places {
 public:
  static constexpr uint32_t kMaxSlots = UINT32_MAX - 2;
  static constexpr uint32_t kLastGeneration = (1u << 24) - 1;  // A slot that had it is retired.

  // Gives an id to the record of this number.
  // Requires: a slot is free or slots() < kMaxSlots.
  ConversationId Add(uint32_t record);

  // Requires: the id is live.
  void Remove(ConversationId id);

  // Any bits are safe.
  bool IsLive(ConversationId id) const;
  // The number of its record, or nullptr if it is none.
  const uint32_t* FindRecord(ConversationId id) const {
    if (id.slot() >= slots_) return nullptr;
    const Slot& slot = all_[id.slot()];
    return slot.state == kRecord && slot.generation == id.generation() ? &slot.number : nullptr;
  }
  bool WasIssued(ConversationId id) const;
  ConversationId IdAt(uint32_t slot) const;  // None: there is none.
  void Fetch(uint32_t slot) const {
    if (slot < slots_) parley::Fetch(&all_[slot]);
  }

  // Requires, all four: a conversation is in this slot.
  bool IsParcel(uint32_t slot) const { return Live(slot).state == kParcel; }
  uint32_t RecordOf(uint32_t slot) const;  // And it is a record.
  Cell ParcelOf(uint32_t slot) const;      // And it is a parcel.
  void SetRecord(uint32_t slot, uint32_t record);
  void SetParcel(uint32_t slot, Cell cell);

  void Reserve(uint32_t n) { all_.Reserve(n); }
  void MakeRoom(uint32_t n) { Reserve(size_ + retired_ + n); }

  // Calls f(slot, next_generation) for each free slot, the one to be reused first first.
  template <class F>
  void ForEachFree(F f) const {
    for (uint32_t slot = free_; slot != kEndOfFree; slot = all_[slot].number) {
      f(slot, uint32_t{all_[slot].generation});
    }
  }

  uint32_t size() const { return size_; }
  uint32_t slots() const { return slots_; }

 private:
  friend struct PlacesTestPeer;  // Makes a slot old without 2^24 calls.

  enum State : uint32_t { kFree, kRecord, kParcel, kRetired };

  // `number` is that of the record or of the cell; of a free slot the next free one.
  struct Slot {
    uint32_t number = 0;
    uint32_t generation : 24 = 0;  // The last given out; of a free slot the next.
    uint32_t kind : 6 = 0;         // Of the cell.
    uint32_t state : 2 = kFree;
  };
  static constexpr uint32_t kEndOfFree = UINT32_MAX - 2;
  static_assert(CellPool::kKinds <= 64 && sizeof(Slot) == 8);

  static bool Stands(const Slot& slot) { return slot.state == kRecord || slot.state == kParcel; }
  const Slot& Live(uint32_t slot) const {
    PARLEY_CHECK(slot < slots_ && Stands(all_[slot]));
    return all_[slot];
  }
  Slot& Live(uint32_t slot) {
    PARLEY_CHECK(slot < slots_ && Stands(all_[slot]));
    return all_[slot];
  }

  uint32_t size_ = 0;
  uint32_t slots_ = 0;
  uint32_t retired_ = 0;
  uint32_t free_ = kEndOfFree;
  Blocks<Slot> all_;
};

// ---- Only definitions below ----------------------------------------------------------------

inline ConversationId Places::Add(uint32_t record) {
  uint32_t slot = free_;
  if (slot == kEndOfFree) {
    PARLEY_CHECK(slots_ < kMaxSlots);
    Reserve(slots_ + 1);
    slot = slots_++;
  } else {
    PARLEY_CHECK(slot < slots_ && all_[slot].state == kFree);
    free_ = all_[slot].number;
    Fetch(free_);  // The next to be taken.
  }
  all_[slot].number = record;
  all_[slot].state = kRecord;
  ++size_;
  PARLEY_CHECK(size_ <= slots_);
  return ConversationId::Make(slot, all_[slot].generation);
}

inline void Places::Remove(ConversationId id) {
  PARLEY_CHECK(IsLive(id) && size_ > 0);
  Slot& slot = all_[id.slot()];
  --size_;
  if (slot.generation == kLastGeneration) {
    ++retired_;
    slot.state = kRetired;  // One more use would give out an id for the second time.
    return;
  }
  ++slot.generation;
  slot.state = kFree;
  slot.number = free_;
  free_ = id.slot();
}

inline bool Places::IsLive(ConversationId id) const {
  if (id.slot() >= slots_) return false;
  const Slot& slot = all_[id.slot()];
  return slot.generation == id.generation() && Stands(slot);
}

inline bool Places::WasIssued(ConversationId id) const {
  if (id.slot() >= slots_) return false;
  const Slot& slot = all_[id.slot()];
  return slot.state == kFree ? id.generation() < slot.generation
                             : id.generation() <= slot.generation;
}

inline ConversationId Places::IdAt(uint32_t slot) const {
  if (slot >= slots_ || !Stands(all_[slot])) return {};
  return ConversationId::Make(slot, all_[slot].generation);
}

inline uint32_t Places::RecordOf(uint32_t slot) const {
  PARLEY_CHECK(Live(slot).state == kRecord);
  return all_[slot].number;
}

inline Cell Places::ParcelOf(uint32_t slot) const {
  PARLEY_CHECK(Live(slot).state == kParcel);
  return {all_[slot].number, static_cast<uint8_t>(all_[slot].kind)};
}

inline void Places::SetRecord(uint32_t slot, uint32_t record) {
  Slot& its = Live(slot);
  its.number = record;
  its.state = kRecord;
}

inline void Places::SetParcel(uint32_t slot, Cell cell) {
  PARLEY_CHECK(cell.kind < CellPool::kKinds);
  Slot& its = Live(slot);
  its.number = cell.number;
  its.kind = cell.kind & 63u;
  its.state = kParcel;
}

}  // namespace parley::internal

#endif  // PARLEY_SRC_PLACES_H_
