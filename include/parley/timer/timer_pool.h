// Floor 1 · timer/timer_pool.h — where the timers of a wheel stand, and how each arming is named.
//
// The wheel (timer/timer_wheel.h) puts timers in order; the pool gives them a place to stand. It
// hands out slots, takes them back, and sees to it that no two armings share an id.
//
// Order      Free slots are reused last in, first out. Ids are a function of the calls alone.
// Errors     IsArmed answers any bit pattern. A broken rule stops the process.
// Cost       Everything O(1).
// Memory     16 bytes a timer, in blocks of 64 KiB; growth copies nothing. A slot that was used
//            8 million times is used no more, and stays.
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
  static constexpr uint32_t kTagBits = 40;
  static constexpr uint32_t kGenerationBits = 24;

  struct Timer {
    uint64_t deadline = 0;  // Of one that is not armed: the next free slot.
    uint64_t tag : kTagBits = 0;
    uint64_t generation : kGenerationBits = 0;  // Odd while armed.
  };

  // Returns the slot of a timer that is now armed.
  // Requires: fewer than 2^32 - 1 are; tag < 2^40.
  uint32_t Take(uint64_t deadline, uint64_t tag);

  // Requires: the timer at `index` is armed.
  void Free(uint32_t index);

  bool IsArmed(TimerId id) const;
  TimerId IdOf(uint32_t index) const {
    return {index, static_cast<uint32_t>(At(index).generation)};
  }

  Timer& At(uint32_t index) { return all_[index]; }
  const Timer& At(uint32_t index) const { return all_[index]; }

  // Asks the memory for the timer at `index`, if there was ever one.
  void Fetch(uint32_t index) const {
    if (index < used_) parley::Fetch(&all_[index]);
  }

  // After this, Take allocates nothing until `n` timers are armed.
  void Reserve(uint32_t n) { all_.Reserve(n + std::min(retired_, kNone - n)); }

  uint32_t size() const { return size_; }  // Armed now.

 private:
  static_assert(sizeof(Timer) == 16);

  uint32_t size_ = 0;
  uint32_t retired_ = 0;
  uint32_t used_ = 0;  // Slots before this one were armed at some time.
  uint32_t free_ = kNone;
  Blocks<Timer> all_;
};

}  // namespace internal

// ---- Only definitions below ----------------------------------------------------------------

namespace internal {

inline uint32_t TimerPool::Take(uint64_t deadline, uint64_t tag) {
  PARLEY_CHECK(tag >> kTagBits == 0);
  uint32_t index = free_;
  if (index != kNone) {
    PARLEY_CHECK(index < used_);
    free_ = static_cast<uint32_t>(At(index).deadline);
    Fetch(free_);  // The next to be taken: they lie about in memory.
  } else {
    PARLEY_CHECK(used_ < kNone);
    all_.Reserve(used_ + 1);
    index = used_++;
  }
  Timer& timer = At(index);
  timer.deadline = deadline;
  timer.tag = tag & ((uint64_t{1} << kTagBits) - 1);
  ++timer.generation;
  PARLEY_CHECK(timer.generation % 2 == 1);
  ++size_;
  return index;
}

inline void TimerPool::Free(uint32_t index) {
  Timer& timer = At(index);
  PARLEY_CHECK(timer.generation % 2 == 1 && size_ > 0);
  --size_;
  ++timer.generation;
  if (timer.generation == 0) {  // Retired: its next id would be its first one again.
    ++retired_;
    return;
  }
  timer.deadline = free_;
  free_ = index;
}

inline bool TimerPool::IsArmed(TimerId id) const {
  return id.generation % 2 == 1 && id.slot < used_ && At(id.slot).generation == id.generation;
}

}  // namespace internal
}  // namespace parley

#endif  // PARLEY_TIMER_TIMER_POOL_H_
