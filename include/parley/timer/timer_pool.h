// Floor 1 · timer/timer_pool.h — where the timers of a wheel stand, and how each arming is named.
//
// The wheel (timer/timer_wheel.h) puts timers in order; the pool gives them a place to stand. It
// hands out slots, takes them back, and sees to it that no two armings share an id. Whoever lists a
// timer needs no more than its slot: a slot is not used again before it is released.
//
// Of a deadline the last 36 bits are kept. None that is armed lies behind the wheel's cursor, so
// that they tell it where it lies less than two years ahead; one further ahead takes a second slot.
//
// Order      Free slots are reused last in, first out. Ids are a function of the calls alone.
// Units      Ticks (timer_place.h).
// Errors     IsArmed answers any bit pattern. A broken rule stops the process.
// Cost       Everything O(1).
// Memory     12 bytes a timer, in blocks of 48 KiB; growth copies nothing. A slot that was used 4
//            million times is used no more, and stays.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_TIMER_TIMER_POOL_H_
#define PARLEY_TIMER_TIMER_POOL_H_

#include <algorithm>
#include <cstdint>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/base/fetch.h"

namespace parley {

// Names one arming of one timer, and stays dead once that timer is popped or disarmed: no two
// armings of one wheel ever have the same id. A default TimerId names nothing.
struct TimerId {
  uint32_t slot = UINT32_MAX;
  uint32_t generation = 0;

  friend bool operator==(TimerId, TimerId) = default;
};

namespace internal {

class TimerPool {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr uint32_t kTagBits = 36;
  static constexpr uint32_t kNearBits = 36;
  static constexpr uint32_t kGenerationBits = 23;

  // Returns the slot of a timer that is now armed.
  // Requires: fewer than 2^32 - 2 slots are held; deadline >= cursor; tag < 2^36.
  uint32_t Take(uint64_t cursor, uint64_t deadline, uint64_t tag);

  // Ends an arming; its slot is held until it is released, and with it a note. Requires: the timer
  // there is armed.
  void Stop(uint32_t slot, uint32_t note = UINT32_MAX);
  uint32_t NoteOf(uint32_t slot) const { return At(slot).tag; }
  // Requires: the timer that was there was stopped, and not released since.
  void Release(uint32_t slot);

  bool IsArmed(TimerId id) const;
  bool IsArmedAt(uint32_t slot) const { return At(slot).generation % 2 == 1; }
  TimerId IdOf(uint32_t slot) const { return {slot, At(slot).generation}; }

  // Requires: the timer there is armed, or was stopped and not released since; the cursor is not
  // behind the one it was taken with, nor beyond its deadline. Not checked.
  uint64_t DeadlineOf(uint32_t slot, uint64_t cursor) const;
  uint64_t TagOf(uint32_t slot) const { return uint64_t{At(slot).tag_above} << 32 | At(slot).tag; }

  // Asks the memory for the timer in a slot, if there was ever one.
  void Fetch(uint32_t slot) const {
    if (slot < used_) parley::Fetch(&all_[slot]);
  }

  // After this, Take allocates nothing until `n` slots are held,
  void Reserve(uint32_t n) { all_.Reserve(n + std::min(retired_, kNone - n)); }
  // ... or `more` than now. Requires: no more than 2^32 - 1 then.
  void MakeRoom(uint32_t more) {
    PARLEY_CHECK(more <= kNone - held_);
    Reserve(held_ + more);
  }

  uint32_t size() const { return size_; }  // Armed now.

 private:
  friend struct TimerPoolTestPeer;  // Makes a slot old without 2^22 calls.

  struct Timer {
    uint32_t due = 0;  // If far, the slot that holds all of it; of a free one, the next free slot.
    uint32_t tag = 0;
    uint32_t due_above : kNearBits - 32 = 0;
    uint32_t tag_above : kTagBits - 32 = 0;
    uint32_t far : 1 = 0;
    uint32_t generation : kGenerationBits = 0;  // Odd while armed.
  };
  static_assert(sizeof(Timer) == 12);

  Timer& At(uint32_t slot) { return all_[slot]; }
  const Timer& At(uint32_t slot) const { return all_[slot]; }
  uint32_t TakeSlot();
  uint32_t TakeSecond(uint64_t deadline);
  void GiveBack(uint32_t slot);

  uint32_t size_ = 0;
  uint32_t held_ = 0;  // Slots of armed and stopped timers, and second ones.
  uint32_t retired_ = 0;
  uint32_t used_ = 0;  // Slots before this one were held at some time.
  uint32_t free_ = kNone;
  Blocks<Timer> all_;
};

}  // namespace internal

// ---- Only definitions below ----------------------------------------------------------------

namespace internal {

[[gnu::always_inline]] inline uint32_t TimerPool::Take(uint64_t cursor, uint64_t deadline,
                                                       uint64_t tag) {
  PARLEY_CHECK(deadline >= cursor && tag >> kTagBits == 0);
  const bool far = (deadline - cursor) >> kNearBits != 0;
  if (far) {
    MakeRoom(2);
  } else if (free_ == kNone) {
    all_.Reserve(used_ + 1);
  }
  const uint32_t slot = TakeSlot();
  const uint64_t due = far ? TakeSecond(deadline) : deadline;
  Timer& timer = At(slot);
  timer.due = static_cast<uint32_t>(due);
  timer.due_above = static_cast<uint32_t>(due >> 32) & 15u;
  timer.tag = static_cast<uint32_t>(tag);
  timer.tag_above = static_cast<uint32_t>(tag >> 32) & 15u;
  timer.far = far;
  ++timer.generation;
  PARLEY_CHECK(timer.generation % 2 == 1);
  ++size_;
  return slot;
}

[[gnu::noinline]] inline uint32_t TimerPool::TakeSecond(uint64_t deadline) {
  const uint32_t slot = TakeSlot();
  PARLEY_CHECK(!IsArmedAt(slot));
  At(slot).due = static_cast<uint32_t>(deadline);
  At(slot).tag = static_cast<uint32_t>(deadline >> 32);
  return slot;
}

inline uint32_t TimerPool::TakeSlot() {
  ++held_;
  if (free_ == kNone) {
    PARLEY_CHECK(used_ < kNone);
    return used_++;
  }
  const uint32_t slot = free_;
  PARLEY_CHECK(slot < used_);
  free_ = At(slot).due;
  Fetch(free_);  // The next to be taken: they lie about in memory.
  return slot;
}

inline void TimerPool::Stop(uint32_t slot, uint32_t note) {
  Timer& timer = At(slot);
  PARLEY_CHECK(timer.generation % 2 == 1 && size_ > 0);
  ++timer.generation;
  timer.tag = note;
  --size_;
}

[[gnu::always_inline]] inline void TimerPool::Release(uint32_t slot) {
  Timer& timer = At(slot);
  PARLEY_CHECK(timer.generation % 2 == 0 && held_ > size_);
  if (timer.far != 0) GiveBack(timer.due);
  if (timer.generation != 0) {
    GiveBack(slot);
    return;
  }
  ++retired_;  // Its next id would be its first one again.
  --held_;
}

inline void TimerPool::GiveBack(uint32_t slot) {
  PARLEY_CHECK(slot < used_ && slot != free_);
  At(slot).due = free_;
  free_ = slot;
  --held_;
}

inline bool TimerPool::IsArmed(TimerId id) const {
  return id.generation % 2 == 1 && id.slot < used_ && At(id.slot).generation == id.generation;
}

// Whatever is done with a timer begins or ends with this one or Release(): as calls they would
// cost a twentieth of it.
[[gnu::always_inline]] inline uint64_t TimerPool::DeadlineOf(uint32_t slot, uint64_t cursor) const {
  const Timer& timer = At(slot);
  if (timer.far != 0) return uint64_t{At(timer.due).tag} << 32 | At(timer.due).due;
  const uint64_t due = uint64_t{timer.due_above} << 32 | timer.due;
  return cursor + ((due - cursor) & ((uint64_t{1} << kNearBits) - 1));
}

}  // namespace internal
}  // namespace parley

#endif  // PARLEY_TIMER_TIMER_POOL_H_
