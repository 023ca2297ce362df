// Floor 1 · timer/timer_lists.h — the lists of a wheel: who waits in one place, in arming order.
//
// A list is a chain of chunks, and a chunk holds the ids of 31 timers side by side: whoever walks
// it knows which timers come next, and asks the memory for them before he needs them. A timer that
// is stopped is only counted: its id stays behind, stale, until its chunk is read or swept.
//
// Order      Of each list: as pushed.
// Errors     None; a broken rule stops the process.
// Cost       Push, PopFront, Clear O(1); Front O(1) amortised; Sweep at most 31 timers.
// Memory     8 bytes an id, live or stale, in chunks of 256 bytes; growth copies nothing.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_TIMER_TIMER_LISTS_H_
#define PARLEY_TIMER_TIMER_LISTS_H_

#include <algorithm>
#include <array>
#include <cstdint>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/base/fetch.h"
#include "parley/timer/timer_pool.h"

namespace parley::internal {

struct TimerList {
  uint32_t head = UINT32_MAX;  // Its first chunk, and its last.
  uint32_t tail = UINT32_MAX;
  uint32_t live = 0;               // Timers in it.
  uint32_t entries = 0;            // Those, and what stopped ones left behind.
  uint64_t earliest = UINT64_MAX;  // No timer in it is due before.

  bool HasMuchStale() const { return (entries - live) * uint64_t{2} > live; }
};

class TimerLists {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr uint32_t kPerChunk = 31;

  // Puts a timer that is armed at the end.
  void Push(TimerList& list, TimerId id, uint64_t deadline);

  // The first timer. Requires: list.live > 0.
  TimerId Front(TimerList& list, const TimerPool& pool);
  // Takes it out. Requires: Front() was called, and nothing since.
  void PopFront(TimerList& list);

  // One of its timers was stopped. Requires: list.live > 1; the last one of a list clears it.
  void Forget(TimerList& list);
  void Clear(TimerList& list);

  // Hands all timers of a list to f(id), in order, and leaves it empty. f may push to other lists.
  template <class F>
  void Empty(TimerList& list, const TimerPool& pool, F f);

  template <class F>
  void ForEach(const TimerList& list, const TimerPool& pool, F f) const;

  // The timer that has so many in front of it, or what a stopped one left behind; a default id if
  // there is none. Asks the memory for the timer that stands some places behind it.
  TimerId Ahead(const TimerList& list, uint32_t places, const TimerPool& pool) const;

  // Drops what stopped timers left in one chunk, and fills the chunk before it. The next call goes
  // on behind it; true when the list is done. Before it begins with another list, and whenever this
  // one was cleared or emptied, BeginSweep() is due.
  bool Sweep(TimerList& list, const TimerPool& pool);
  void BeginSweep() { swept_ = kNone; }
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
    std::array<TimerId, kPerChunk> ids;
  };
  static_assert(sizeof(Chunk) == 256);

  uint32_t TakeChunk();
  void FreeChunks(uint32_t first, uint32_t last);
  void DropFirstChunk(TimerList& list);
  void FetchTimers(const Chunk& chunk, const TimerPool& pool) const;

  Blocks<Chunk> chunks_;
  uint32_t used_ = 0;  // Chunks before this one were in use at some time.
  uint32_t free_ = kNone;
  uint32_t swept_ = kNone;  // The chunk that the last sweep came to.
  uint32_t stale_ = 0;
};

// ---- Only definitions below ----------------------------------------------------------------

inline void TimerLists::Push(TimerList& list, TimerId id, uint64_t deadline) {
  if (list.tail == kNone || chunks_[list.tail].end == kPerChunk) {
    const uint32_t chunk = TakeChunk();
    (list.tail == kNone ? list.head : chunks_[list.tail].next) = chunk;
    list.tail = chunk;
  }
  Chunk& last = chunks_[list.tail];
  PARLEY_CHECK(last.end < kPerChunk && last.next == kNone);
  last.ids[last.end++] = id;
  ++list.live;
  ++list.entries;
  list.earliest = std::min(list.earliest, deadline);
}

inline TimerId TimerLists::Front(TimerList& list, const TimerPool& pool) {
  PARLEY_CHECK(list.live > 0);
  Chunk* first = &chunks_[list.head];
  while (first->begin == first->end || !pool.IsArmed(first->ids[first->begin])) {
    if (first->begin == first->end) {
      DropFirstChunk(list);
      first = &chunks_[list.head];
    } else {
      PARLEY_CHECK(stale_ > 0 && list.entries > list.live);
      ++first->begin;
      --list.entries;
      --stale_;
    }
  }
  return first->ids[first->begin];
}

inline void TimerLists::PopFront(TimerList& list) {
  Chunk& first = chunks_[list.head];
  PARLEY_CHECK(first.begin < first.end && list.live > 0);
  ++first.begin;
  --list.entries;
  --list.live;
  if (list.live == 0) Clear(list);
}

inline void TimerLists::Forget(TimerList& list) {
  PARLEY_CHECK(list.live > 1);
  --list.live;
  ++stale_;
}

inline void TimerLists::Clear(TimerList& list) {
  const uint32_t left = list.entries - list.live;
  PARLEY_CHECK(stale_ >= left && list.head != kNone);
  stale_ -= left;
  FreeChunks(list.head, list.tail);
  list = {};
}

template <class F>
void TimerLists::Empty(TimerList& list, const TimerPool& pool, F f) {
  PARLEY_CHECK(list.head != kNone && stale_ >= list.entries - list.live);
  stale_ -= list.entries - list.live;
  uint32_t at = list.head;
  FetchTimers(chunks_[at], pool);
  for (list = {}; at != kNone;) {
    const Chunk& chunk = chunks_[at];
    const uint32_t next = chunk.next;
    if (next != kNone) FetchTimers(chunks_[next], pool);
    for (uint32_t i = chunk.begin; i < chunk.end; ++i) {
      if (pool.IsArmed(chunk.ids[i])) f(chunk.ids[i]);
    }
    FreeChunks(at, at);
    at = next;
  }
}

template <class F>
void TimerLists::ForEach(const TimerList& list, const TimerPool& pool, F f) const {
  for (uint32_t at = list.head; at != kNone; at = chunks_[at].next) {
    const Chunk& chunk = chunks_[at];
    for (uint32_t i = chunk.begin; i < chunk.end; ++i) {
      if (pool.IsArmed(chunk.ids[i])) f(chunk.ids[i]);
    }
  }
}

inline TimerId TimerLists::Ahead(const TimerList& list, uint32_t places,
                                 const TimerPool& pool) const {
  constexpr uint32_t kFurther = 6;
  TimerId found;
  uint32_t at = list.head;
  for (uint32_t before = 0; at != kNone; at = chunks_[at].next) {
    const Chunk& chunk = chunks_[at];
    const uint32_t here = chunk.end - chunk.begin;
    if (places >= before && places < before + here)
      found = chunk.ids[chunk.begin + places - before];
    if (places + kFurther < before + here) {
      pool.Fetch(chunk.ids[chunk.begin + places + kFurther - before].slot);
      break;
    }
    before += here;
  }
  return found;
}

inline bool TimerLists::Sweep(TimerList& list, const TimerPool& pool) {
  PARLEY_CHECK(list.head != kNone);
  const uint32_t into = swept_ == kNone ? list.head : swept_;
  const uint32_t at = swept_ == kNone ? list.head : chunks_[swept_].next;
  if (at == kNone) return true;
  PARLEY_CHECK(at < used_);
  Chunk& chunk = chunks_[at];
  if (at == list.head) FetchTimers(chunk, pool);
  if (chunk.next != kNone) FetchTimers(chunks_[chunk.next], pool);  // The next call reads them.
  const uint32_t begin = chunk.begin;
  const uint32_t end = chunk.end;
  chunk.begin = chunk.end = 0;
  uint32_t kept = 0;
  for (uint32_t i = begin; i < end; ++i) {
    const TimerId id = chunk.ids[i];
    if (!pool.IsArmed(id)) continue;
    Chunk& target = chunks_[into].end < kPerChunk ? chunks_[into] : chunk;
    target.ids[target.end++] = id;
    ++kept;
  }
  const uint32_t dropped = end - begin - kept;
  PARLEY_CHECK(stale_ >= dropped && list.entries >= list.live + dropped);
  stale_ -= dropped;
  list.entries -= dropped;
  swept_ = at;
  if (at == into || chunk.end > 0) return false;
  swept_ = into;
  chunks_[into].next = chunk.next;
  if (list.tail == at) list.tail = into;
  FreeChunks(at, at);
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

inline void TimerLists::FreeChunks(uint32_t first, uint32_t last) {
  chunks_[last].next = free_;
  free_ = first;
}

inline void TimerLists::DropFirstChunk(TimerList& list) {
  const uint32_t first = list.head;
  PARLEY_CHECK(first != list.tail);
  list.head = chunks_[first].next;
  if (swept_ == first) BeginSweep();
  FreeChunks(first, first);
}

inline void TimerLists::FetchTimers(const Chunk& chunk, const TimerPool& pool) const {
  if (chunk.next != kNone) Fetch(&chunks_[chunk.next]);
  for (uint32_t i = chunk.begin; i < chunk.end; ++i) pool.Fetch(chunk.ids[i].slot);
}

}  // namespace parley::internal

#endif  // PARLEY_TIMER_TIMER_LISTS_H_
