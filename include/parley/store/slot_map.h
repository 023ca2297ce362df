// Floor 2 · store/slot_map.h — records that come and go, found by an id that is never given twice.
//
// A record lives in a slot; its id is that slot and the slot's generation (base/ids.h). Removing
// the record ends the generation, so an id kept too long finds nothing instead of the next tenant.
// Slots stand in blocks that never move: a reference stays good while other records are added.
//
//   SlotMap<TaskId, Task> tasks;
//   const TaskId id = tasks.Add();  // t1
//   tasks[id].priority = 5;
//   tasks.Remove(id);
//   tasks.Find(id);                 // nullptr, now and for ever; the next Add gives t1.2
//
// Order      Free slots are reused last in, first out; ForEach goes by slot. Ids are a function of
//            the calls alone.
// Errors     Find answers any bit pattern. A broken rule stops the process.
// Cost       Everything O(1) but ForEach and a copy, which visit every slot ever used. A copy gives
//            out the same ids from then on.
// Memory     8 bytes a slot beside the record, in blocks of at most 64 KiB; growth copies nothing.
//            A slot that has used all its 2^32 generations is retired.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_STORE_SLOT_MAP_H_
#define PARLEY_STORE_SLOT_MAP_H_

#include <cstdint>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/base/fetch.h"

namespace parley {

// Id is an Id<Tag> of base/ids.h. T{} is the record of a slot not in use.
template <class Id, class T>
class SlotMap {
 public:
  static constexpr uint32_t kMaxSlots = UINT32_MAX - 2;

  SlotMap() = default;
  SlotMap(const SlotMap&) = default;
  SlotMap& operator=(const SlotMap&) = default;

  // Gives a new record, T{}, and its id.
  // Requires: a slot is free or slots() < kMaxSlots.
  Id Add();

  // Ends a record: what it held is let go.
  // Requires: id is live.
  void Remove(Id id);

  // Returns the record, or nullptr if `id` is not live. Any bits are safe.
  T* Find(Id id) { return IsLive(id) ? &all_[id.slot()].record : nullptr; }
  const T* Find(Id id) const { return IsLive(id) ? &all_[id.slot()].record : nullptr; }

  // Requires: id is live.
  T& operator[](Id id) { return Live(id).record; }
  const T& operator[](Id id) const { return Live(id).record; }

  // True if Add gave out `id` at some time, whether or not it is still live.
  bool WasIssued(Id id) const;

  // The record in `slot`.
  // Requires: there is one.
  T& At(uint32_t slot) { return LiveAt(slot).record; }
  const T& At(uint32_t slot) const { return LiveAt(slot).record; }

  // Asks the memory for the record in `slot`, if there is one.
  void Fetch(uint32_t slot) const {
    if (slot < slots_) parley::Fetch(&all_[slot]);
  }

  // Returns the id of the record in `slot`, or Id{} if there is none.
  Id IdAt(uint32_t slot) const;

  // After this, Add allocates nothing until `n` slots are used.
  void Reserve(uint32_t n) { all_.Reserve(n); }
  // ... until `n` more records are live than now.
  // Requires: size() + n <= kMaxSlots.
  void MakeRoom(uint32_t n) { Reserve(size_ + retired_ + n); }

  // Calls f(id, record) for each live record, by slot. f must not add or remove.
  template <class F>
  void ForEach(F f);
  template <class F>
  void ForEach(F f) const;

  // Calls f(slot, next_generation) for each free slot, the one to be reused first first. When none
  // is left, Add takes slot slots(), generation 0.
  template <class F>
  void ForEachFree(F f) const;

  uint32_t size() const { return size_; }
  uint32_t slots() const { return slots_; }  // Used at some time: live, free or retired.

 private:
  friend struct SlotMapTestPeer;  // Makes a slot old without 2^32 calls.

  // Invariant: of a live slot `mark` is its id, so that one comparison tells whether an id is live.
  // Of any other slot it names another one, in the same way: of a free slot the next free one, with
  // the generation that this one gives out next; of a retired slot none, with the last generation.
  // `record` is T{} unless the slot is live.
  struct Slot {
    T record{};
    uint64_t mark = 0;

    uint32_t generation() const { return static_cast<uint32_t>(mark >> 32); }
    uint32_t names() const { return static_cast<uint32_t>(mark) - 1; }
    void Set(uint32_t names, uint32_t generation) { mark = Id::Make(names, generation).value; }
  };
  static constexpr uint32_t kRetired = UINT32_MAX - 1;
  static constexpr uint32_t kEndOfFree = UINT32_MAX - 2;
  static_assert(kMaxSlots <= kEndOfFree && kEndOfFree < kRetired);

  // A default id has slot() == UINT32_MAX, which is never below slots_.
  bool IsLive(Id id) const { return id.slot() < slots_ && all_[id.slot()].mark == id.value; }
  bool IsLiveAt(uint32_t slot) const { return slot < slots_ && all_[slot].names() == slot; }
  Slot& Live(Id id);
  const Slot& Live(Id id) const;
  Slot& LiveAt(uint32_t slot);
  const Slot& LiveAt(uint32_t slot) const;
  uint32_t TakeSlot();

  uint32_t size_ = 0;
  uint32_t slots_ = 0;
  uint32_t retired_ = 0;
  uint32_t free_ = kEndOfFree;
  Blocks<Slot> all_;
};

// ---- Only definitions below ----------------------------------------------------------------

template <class Id, class T>
Id SlotMap<Id, T>::Add() {
  const uint32_t slot = TakeSlot();
  PARLEY_CHECK(!IsLiveAt(slot));
  all_[slot].Set(slot, all_[slot].generation());
  ++size_;
  PARLEY_CHECK(size_ <= slots_);
  return Id{all_[slot].mark};
}

template <class Id, class T>
void SlotMap<Id, T>::Remove(Id id) {
  Slot& slot = Live(id);
  slot.record = T{};
  PARLEY_CHECK(size_ > 0);
  --size_;
  if (slot.generation() == UINT32_MAX) {
    ++retired_;
    slot.Set(kRetired, UINT32_MAX);  // One more use would give out an id for the second time.
    return;
  }
  slot.Set(free_, slot.generation() + 1);
  free_ = id.slot();
}

template <class Id, class T>
uint32_t SlotMap<Id, T>::TakeSlot() {
  if (free_ != kEndOfFree) {
    const uint32_t slot = free_;
    PARLEY_CHECK(slot < slots_ && all_[slot].names() <= kEndOfFree);
    free_ = all_[slot].names();
    Fetch(free_);  // The next to be taken: they lie about in memory.
    return slot;
  }
  PARLEY_CHECK(slots_ < kMaxSlots);
  Reserve(slots_ + 1);
  all_[slots_].Set(kEndOfFree, 0);
  return slots_++;
}

template <class Id, class T>
bool SlotMap<Id, T>::WasIssued(Id id) const {
  if (id.slot() >= slots_) return false;
  const Slot& slot = all_[id.slot()];
  const bool given = slot.names() == id.slot() || slot.names() == kRetired;
  return given ? id.generation() <= slot.generation() : id.generation() < slot.generation();
}

template <class Id, class T>
Id SlotMap<Id, T>::IdAt(uint32_t slot) const {
  return IsLiveAt(slot) ? Id{all_[slot].mark} : Id{};
}

template <class Id, class T>
typename SlotMap<Id, T>::Slot& SlotMap<Id, T>::Live(Id id) {
  PARLEY_CHECK(IsLive(id));
  return all_[id.slot()];
}

template <class Id, class T>
const typename SlotMap<Id, T>::Slot& SlotMap<Id, T>::Live(Id id) const {
  PARLEY_CHECK(IsLive(id));
  return all_[id.slot()];
}

template <class Id, class T>
typename SlotMap<Id, T>::Slot& SlotMap<Id, T>::LiveAt(uint32_t slot) {
  PARLEY_CHECK(IsLiveAt(slot));
  return all_[slot];
}

template <class Id, class T>
const typename SlotMap<Id, T>::Slot& SlotMap<Id, T>::LiveAt(uint32_t slot) const {
  PARLEY_CHECK(IsLiveAt(slot));
  return all_[slot];
}

template <class Id, class T>
template <class F>
void SlotMap<Id, T>::ForEach(F f) {
  for (uint32_t slot = 0; slot < slots_; ++slot) {
    if (const Id id = IdAt(slot)) f(id, all_[slot].record);
  }
}

template <class Id, class T>
template <class F>
void SlotMap<Id, T>::ForEach(F f) const {
  for (uint32_t slot = 0; slot < slots_; ++slot) {
    if (const Id id = IdAt(slot)) f(id, all_[slot].record);
  }
}

template <class Id, class T>
template <class F>
void SlotMap<Id, T>::ForEachFree(F f) const {
  for (uint32_t slot = free_; slot != kEndOfFree; slot = all_[slot].names()) {
    f(slot, all_[slot].generation());
  }
}

}  // namespace parley

#endif  // PARLEY_STORE_SLOT_MAP_H_
