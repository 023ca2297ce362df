// Floor 1 · timer/timer_lists.h — the lists of a wheel: who waits in one place, in arming order.
//
// A list is a chain of chunks, and a chunk holds the slots of 62 timers side by side: whoever walks
// it knows which timers come next, and asks the memory for them before he needs them. A timer that
// is stopped is only counted: its slot stays behind, stale, and is released when its chunk is read
// or swept.
//
// Order      Of each list: as pushed.
// Errors     None; a broken rule stops the process.
// Cost       Push O(1); Front and PopFront O(1) amortised; Forget at most 124 timers, and Sweep 62.
// Memory     4 bytes a timer, live or stale, in chunks of 256 bytes; growth copies nothing.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_TIMER_TIMER_LISTS_H_
#define PARLEY_TIMER_TIMER_LISTS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/base/fetch.h"
#include "parley/timer/timer_pool.h"

namespace parley::internal {

// More than so much that stopped ones left behind, beside so many timers, is swept up.
constexpr uint64_t MuchStale(uint32_t timers) { return uint64_t{timers} * 2 / 5; }

struct TimerList {
  uint32_t head = UINT32_MAX;  // Its first chunk, and its last.
  uint32_t tail = UINT32_MAX;
  uint32_t live = 0;               // Timers in it.
  uint32_t entries = 0;            // Those, and what stopped ones left behind.
  uint64_t earliest = UINT64_MAX;  // No timer in it is due before.

  bool HasMuchStale() const { return entries - live > MuchStale(live); }
};

class TimerLists {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr uint32_t kPerChunk = 62;

  // Puts a timer that is armed at the end.
  void Push(TimerList& list, uint32_t slot, uint64_t deadline);

  // The first timer. Requires: list.live > 0.
  uint32_t Front(TimerList& list, TimerPool& pool);
  // Takes it out; it is stopped, and released. Requires: Front() was called, and nothing since.
  void PopFront(TimerList& list, TimerPool& pool);

  // One of its timers was stopped. Requires: list.live > 0.
  void Forget(TimerList& list, TimerPool& pool);

  // Hands all timers of a list to f(slot), in order, and leaves it empty. f may push to other
  // lists.
  template <class F>
  void Empty(TimerList& list, TimerPool& pool, F f);

  template <class F>
  void ForEach(const TimerList& list, const TimerPool& pool, F f) const;

  // The timer that has so many in front of it, or what a stopped one left behind; kNone if there is
  // none. Asks the memory for the timer that stands some places behind it.
  uint32_t Ahead(const TimerList& list, uint32_t places, const TimerPool& pool) const;

  // Drops what stopped timers left in one chunk, and fills the chunk before it. The next call goes
  // on behind it; true when the list is done. Requires: there are entries, and no other list is
  // being swept.
  bool Sweep(TimerList& list, TimerPool& pool);
  bool sweeping() const { return swept_ != kNone; }  // One has begun, and is not done.

  // After this, Push allocates nothing until there are more than `n` chunks.
  void Reserve(uint32_t n) { chunks_.Reserve(n); }
  // ... until `n` more are in use than ever.
  void MakeRoom(uint32_t n) { chunks_.Reserve(used_ + n); }

  uint32_t stale() const { return stale_; }  // Left behind, in all lists.

 private:
  struct Chunk {
    uint32_t next = kNone;
    uint16_t begin = 0;
    uint16_t end = 0;
    std::array<uint32_t, kPerChunk> slots;
  };
  static_assert(sizeof(Chunk) == 256);
  static constexpr uint32_t kFew = 2 * kPerChunk;  // Entries that are dropped at once.

  uint32_t TakeChunk();
  uint32_t FreeChunk(uint32_t at);  // Gives the one behind it.
  void DropStale(TimerList& list, TimerPool& pool, uint32_t slot);
  void DropRest(TimerList& list, TimerPool& pool);
  void DropOne(TimerList& list, TimerPool& pool);
  void FetchTimers(const Chunk& chunk, const TimerPool& pool) const;

  Blocks<Chunk> chunks_;
  uint32_t used_ = 0;  // Chunks before this one were in use at some time.
  uint32_t free_ = kNone;
  uint32_t swept_ = kNone;  // The chunk that the last sweep came to.
  uint32_t stale_ = 0;
};

// ---- Only definitions below ----------------------------------------------------------------

inline void TimerLists::Push(TimerList& list, uint32_t slot, uint64_t deadline) {
  if (list.tail == kNone || chunks_[list.tail].end == kPerChunk) {
    const uint32_t chunk = TakeChunk();
    (list.tail == kNone ? list.head : chunks_[list.tail].next) = chunk;
    list.tail = chunk;
  }
  Chunk& last = chunks_[list.tail];
  PARLEY_CHECK(last.end < kPerChunk && last.next == kNone);
  last.slots[last.end++] = slot;
  ++list.live;
  ++list.entries;
  list.earliest = std::min(list.earliest, deadline);
}

inline uint32_t TimerLists::Front(TimerList& list, TimerPool& pool) {
  PARLEY_CHECK(list.live > 0);
  while (true) {
    Chunk& first = chunks_[list.head];
    if (first.begin == first.end) {
      PARLEY_CHECK(list.head != list.tail);
      list.head = FreeChunk(list.head);
    } else if (const uint32_t slot = first.slots[first.begin]; pool.IsArmedAt(slot)) {
      return slot;
    } else {
      ++first.begin;
      DropStale(list, pool, slot);
    }
  }
}

inline void TimerLists::PopFront(TimerList& list, TimerPool& pool) {
  Chunk& first = chunks_[list.head];
  PARLEY_CHECK(first.begin < first.end && list.live > 0);
  const uint32_t slot = first.slots[first.begin++];
  --list.entries;
  pool.Stop(slot);
  pool.Release(slot);
  if (--list.live == 0) DropRest(list, pool);
}

inline void TimerLists::Forget(TimerList& list, TimerPool& pool) {
  PARLEY_CHECK(list.live > 0);
  ++stale_;
  if (--list.live == 0) DropRest(list, pool);
}

template <class F>
void TimerLists::Empty(TimerList& list, TimerPool& pool, F f) {
  TimerList all = std::exchange(list, {});
  PARLEY_CHECK(all.head != kNone);
  FetchTimers(chunks_[all.head], pool);
  while (all.head != kNone) {
    const Chunk& chunk = chunks_[all.head];
    if (chunk.next != kNone) FetchTimers(chunks_[chunk.next], pool);
    for (uint32_t i = chunk.begin; i < chunk.end; ++i) {
      pool.IsArmedAt(chunk.slots[i]) ? f(chunk.slots[i]) : DropStale(all, pool, chunk.slots[i]);
    }
    all.head = FreeChunk(all.head);
  }
  PARLEY_CHECK(all.entries == all.live);
}

template <class F>
void TimerLists::ForEach(const TimerList& list, const TimerPool& pool, F f) const {
  for (uint32_t at = list.head; at != kNone; at = chunks_[at].next) {
    const Chunk& chunk = chunks_[at];
    for (uint32_t i = chunk.begin; i < chunk.end; ++i) {
      if (pool.IsArmedAt(chunk.slots[i])) f(chunk.slots[i]);
    }
  }
}

inline uint32_t TimerLists::Ahead(const TimerList& list, uint32_t places,
                                  const TimerPool& pool) const {
  constexpr uint32_t kFurther = 6;
  uint32_t found = kNone;
  uint32_t at = list.head;
  for (uint32_t before = 0; at != kNone; at = chunks_[at].next) {
    const Chunk& chunk = chunks_[at];
    const uint32_t here = chunk.end - chunk.begin;
    if (places >= before && places < before + here)
      found = chunk.slots[chunk.begin + places - before];
    if (places + kFurther < before + here) {
      pool.Fetch(chunk.slots[chunk.begin + places + kFurther - before]);
      break;
    }
    before += here;
  }
  return found;
}

inline bool TimerLists::Sweep(TimerList& list, TimerPool& pool) {
  PARLEY_CHECK(list.head != kNone);
  const uint32_t into = swept_ == kNone ? list.head : swept_;
  const uint32_t at = swept_ == kNone ? list.head : chunks_[swept_].next;
  if (at == kNone) {
    swept_ = kNone;
    if (list.entries == 0) DropRest(list, pool);  // Of a list without timers one chunk was kept.
    return true;
  }
  PARLEY_CHECK(at < used_);
  Chunk& chunk = chunks_[at];
  if (at == list.head) FetchTimers(chunk, pool);
  if (chunk.next != kNone) FetchTimers(chunks_[chunk.next], pool);  // The next call reads them.
  const uint32_t begin = chunk.begin;
  const uint32_t end = chunk.end;
  chunk.begin = chunk.end = 0;
  for (uint32_t i = begin; i < end; ++i) {
    const uint32_t slot = chunk.slots[i];
    if (!pool.IsArmedAt(slot)) {
      DropStale(list, pool, slot);
      continue;
    }
    Chunk& target = chunks_[into].end < kPerChunk ? chunks_[into] : chunk;
    target.slots[target.end++] = slot;
  }
  swept_ = at;
  if (at == into || chunk.end > 0) return false;
  chunks_[into].next = FreeChunk(at);
  if (list.tail == at) list.tail = into;
  swept_ = into;
  return false;
}

inline uint32_t TimerLists::TakeChunk() {
  uint32_t chunk = free_;
  if (chunk == kNone) {
    MakeRoom(1);
    return used_++;
  }
  PARLEY_CHECK(chunk < used_);
  free_ = chunks_[chunk].next;
  chunks_[chunk].next = kNone;
  chunks_[chunk].begin = chunks_[chunk].end = 0;
  return chunk;
}

inline uint32_t TimerLists::FreeChunk(uint32_t at) {
  const uint32_t next = chunks_[at].next;
  if (swept_ == at) swept_ = kNone;  // The sweep begins again.
  chunks_[at].next = free_;
  free_ = at;
  return next;
}

inline void TimerLists::DropStale(TimerList& list, TimerPool& pool, uint32_t slot) {
  PARLEY_CHECK(stale_ > 0 && list.entries > list.live);
  pool.Release(slot);
  --list.entries;
  --stale_;
}

// Of a list without timers. What is more than a few is left to the sweep: this is one call.
inline void TimerLists::DropRest(TimerList& list, TimerPool& pool) {
  PARLEY_CHECK(list.live == 0 && list.head != kNone);
  list.earliest = UINT64_MAX;
  if (list.entries == 1 && list.head == list.tail) return DropOne(list, pool);
  if (list.entries <= kFew) Empty(list, pool, [](uint32_t) {});
}

// Most places hold one timer that is stopped before it is due.
inline void TimerLists::DropOne(TimerList& list, TimerPool& pool) {
  const Chunk& chunk = chunks_[list.head];
  PARLEY_CHECK(chunk.begin + 1 == chunk.end);
  DropStale(list, pool, chunk.slots[chunk.begin]);
  FreeChunk(list.head);
  list = {};
}

inline void TimerLists::FetchTimers(const Chunk& chunk, const TimerPool& pool) const {
  if (chunk.next != kNone) Fetch(&chunks_[chunk.next]);
  for (uint32_t i = chunk.begin; i < chunk.end; ++i) pool.Fetch(chunk.slots[i]);
}

}  // namespace parley::internal

#endif  // PARLEY_TIMER_TIMER_LISTS_H_
