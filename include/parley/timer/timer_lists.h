// Floor 1 · timer/timer_lists.h — the lists of a wheel: who waits in one place, in arming order.
//
// A list is a chain of chunks, and a chunk holds the slots of 62 timers side by side: whoever walks
// it knows which timers come next, and asks the memory for them before he needs them. A timer that
// is stopped is only counted: its slot stays behind, stale, and is released when its chunk is read
// or swept. What is left of a list without timers is litter, and in no list any more.
//
// Order      Of each list: as pushed.
// Errors     None; a broken rule stops the process.
// Cost       Push O(1); Front and PopFront O(1) amortised: they pass over what was stopped before;
//            Stop at most 124 timers; EmptyFirst, Sweep and DropLitter 62.
// Memory     4 bytes a timer, live or stale, in chunks of 256 bytes; growth copies nothing.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_TIMER_TIMER_LISTS_H_
#define PARLEY_TIMER_TIMER_LISTS_H_

#include <algorithm>
#include <cstdint>
#include <utility>

#include "parley/base/check.h"
#include "parley/timer/timer_chunks.h"
#include "parley/timer/timer_pool.h"

namespace parley::internal {

class TimerLists {
 public:
  static constexpr uint32_t kNone = TimerChunks::kNone;
  static constexpr uint32_t kPerChunk = TimerChunks::kTimers;

  // Puts a timer that is armed at the end. True if that began a chunk.
  bool Push(TimerList& list, uint32_t slot, uint64_t deadline);

  // The first timer. Requires: list.live > 0.
  uint32_t Front(TimerList& list, TimerPool& pool);
  // Takes it out; it is stopped, and released. Requires: Front() was called, and nothing since.
  void PopFront(TimerList& list, TimerPool& pool);

  // Stops one of its timers; of an opened place, where what lives is counted by timer_rows.h.
  void Stop(TimerList& list, TimerPool& pool, uint32_t slot);
  void StopOpened(TimerPool& pool, uint32_t slot, uint32_t note);

  // Hands all timers of a list to f(slot), in order, and empties it. f may push to other lists.
  template <class F>
  void Empty(TimerList& list, TimerPool& pool, F f);
  // ... those of its first chunk, and what stopped ones left there to stale(slot). What lives is
  // not counted. Requires: list.head is a chunk.
  template <class F, class G>
  void EmptyFirst(TimerList& list, TimerPool& pool, F f, G stale);

  template <class F>
  void ForEach(const TimerList& list, const TimerPool& pool, F f) const;

  // The timer that has so many in front of it, or what a stopped one left behind; kNone if there is
  // none. Asks the memory for the timer that stands some places behind it.
  uint32_t Ahead(const TimerList& list, uint32_t places, const TimerPool& pool) const;

  // Drops what stopped timers left in one chunk, handing it to stale(slot) before, and fills the
  // chunk before it. The next call goes on behind it; true when the list is done. Requires:
  // list.head is a chunk, and no other list is being swept.
  template <class F>
  bool Sweep(TimerList& list, TimerPool& pool, F stale);
  bool sweeping() const { return swept_ != kNone; }  // One has begun, and is not done.
  void StopSweep() { swept_ = kNone; }               // Its list is not where it was.

  // Makes litter of what is in a list, in which no timer lives.
  void Litter(TimerList& list);
  // Releases what is in one chunk of the litter.
  void DropLitter(TimerPool& pool);
  bool HasLitter() const { return litter_ != kNone; }

  // After this, Push allocates nothing until there are more than `n` chunks,
  void Reserve(uint32_t n) { chunks_.Reserve(n); }
  // ... or `n` more are in use than ever.
  void MakeRoom(uint32_t n) { chunks_.MakeRoom(n); }

  uint32_t stale() const { return stale_; }  // Left behind, in all lists and in the litter.

 private:
  using Chunk = TimerChunks::Chunk;
  static constexpr uint32_t kFew = 2 * kPerChunk;  // Entries that are dropped at once.

  uint32_t FreeChunk(uint32_t at) {    // Gives the one behind it.
    if (swept_ == at) swept_ = kNone;  // The sweep begins again.
    return chunks_.Free(at);
  }
  void DropStale(TimerList& list, TimerPool& pool, uint32_t slot);
  void DropRest(TimerList& list, TimerPool& pool);
  void DropChunks(TimerList& list);
  void FetchTimers(const Chunk& chunk, const TimerPool& pool) const;

  TimerChunks chunks_;
  uint32_t swept_ = kNone;  // The chunk that the last sweep came to.
  uint32_t litter_ = kNone;
  uint32_t stale_ = 0;
};

// ---- Only definitions below ----------------------------------------------------------------

[[gnu::always_inline]] inline bool TimerLists::Push(TimerList& list, uint32_t slot,
                                                    uint64_t deadline) {
  Chunk* last = list.tail == kNone ? nullptr : &chunks_[list.tail];
  const bool begins = last == nullptr || last->end == kPerChunk;
  if (begins) {
    const uint32_t chunk = chunks_.Take();
    if (last == nullptr) list.earliest = deadline;
    (last == nullptr ? list.head : last->next) = chunk;
    list.tail = chunk;
    last = &chunks_[chunk];
  }
  PARLEY_CHECK(last->end < kPerChunk && last->next == kNone);
  last->slots[last->end++] = slot;
  list.differ |= list.earliest ^ deadline;
  list.earliest = std::min(list.earliest, deadline);
  ++list.live;
  ++list.entries;
  return begins;
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

inline void TimerLists::Stop(TimerList& list, TimerPool& pool, uint32_t slot) {
  PARLEY_CHECK(list.live > 0);
  pool.Stop(slot);
  ++stale_;
  // Most places hold one timer that is stopped before it is due: no need to look for it.
  if (list.entries == 1) DropStale(list, pool, slot);
  if (--list.live == 0) DropRest(list, pool);
}

inline void TimerLists::StopOpened(TimerPool& pool, uint32_t slot, uint32_t note) {
  pool.Stop(slot, note);
  ++stale_;
}

template <class F>
void TimerLists::Empty(TimerList& list, TimerPool& pool, F f) {
  TimerList all = std::exchange(list, {});
  PARLEY_CHECK(all.head != kNone);
  FetchTimers(chunks_[all.head], pool);
  while (all.head != kNone) EmptyFirst(all, pool, f, [](uint32_t) {});
  PARLEY_CHECK(all.entries == 0);
}

template <class F, class G>
void TimerLists::EmptyFirst(TimerList& list, TimerPool& pool, F f, G stale) {
  PARLEY_CHECK(list.head != kNone);
  const Chunk& chunk = chunks_[list.head];
  PARLEY_CHECK(list.entries >= uint32_t{chunk.end} - chunk.begin);
  if (chunk.next != kNone) FetchTimers(chunks_[chunk.next], pool);
  for (uint32_t i = chunk.begin; i < chunk.end; ++i) {
    const uint32_t slot = chunk.slots[i];
    if (pool.IsArmedAt(slot)) {
      f(slot);
      continue;
    }
    stale(slot);
    pool.Release(slot);
    --stale_;
  }
  list.entries -= chunk.end - chunk.begin;
  list.head = FreeChunk(list.head);
  if (list.head == kNone) list.tail = kNone;
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

template <class F>
bool TimerLists::Sweep(TimerList& list, TimerPool& pool, F stale) {
  PARLEY_CHECK(list.head != kNone);
  const uint32_t into = swept_ == kNone ? list.head : swept_;
  const uint32_t at = swept_ == kNone ? list.head : chunks_[swept_].next;
  if (at == kNone) {
    swept_ = kNone;
    if (list.entries == 0) list.head = list.tail = FreeChunk(into);  // That is none.
    return true;
  }
  Chunk& chunk = chunks_[at];
  if (at == list.head) FetchTimers(chunk, pool);
  if (chunk.next != kNone) FetchTimers(chunks_[chunk.next], pool);  // The next call reads them.
  const uint32_t begin = chunk.begin;
  const uint32_t end = chunk.end;
  chunk.begin = chunk.end = 0;
  for (uint32_t i = begin; i < end; ++i) {
    const uint32_t slot = chunk.slots[i];
    if (!pool.IsArmedAt(slot)) {
      stale(slot);
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

[[gnu::always_inline]] inline void TimerLists::DropStale(TimerList& list, TimerPool& pool,
                                                         uint32_t slot) {
  PARLEY_CHECK(stale_ > 0);
  pool.Release(slot);
  --list.entries;
  --stale_;
}

// Of a list without timers. More than a few are litter: this is one call.
inline void TimerLists::DropRest(TimerList& list, TimerPool& pool) {
  PARLEY_CHECK(list.head != kNone);
  if (list.entries == 0) return DropChunks(list);
  list.entries <= kFew ? Empty(list, pool, [](uint32_t) {}) : Litter(list);
}

inline void TimerLists::Litter(TimerList& list) {
  PARLEY_CHECK(list.tail != kNone && stale_ >= list.entries);
  chunks_[list.tail].next = std::exchange(litter_, list.head);
  list = {};
}

inline void TimerLists::DropLitter(TimerPool& pool) {
  PARLEY_CHECK(litter_ != kNone);
  const Chunk& chunk = chunks_[litter_];
  if (chunk.next != kNone) FetchTimers(chunks_[chunk.next], pool);  // The next call reads them.
  PARLEY_CHECK(stale_ >= uint32_t{chunk.end} - chunk.begin);
  for (uint32_t i = chunk.begin; i < chunk.end; ++i) pool.Release(chunk.slots[i]);
  stale_ -= chunk.end - chunk.begin;
  litter_ = FreeChunk(litter_);
}

// Of a list without entries: what its chunks say is of none.
inline void TimerLists::DropChunks(TimerList& list) {
  PARLEY_CHECK(list.live == 0 && list.entries == 0);
  while (list.head != kNone) list.head = FreeChunk(list.head);
  list = {};
}

inline void TimerLists::FetchTimers(const Chunk& chunk, const TimerPool& pool) const {
  chunks_.Fetch(chunk.next);
  for (uint32_t i = chunk.begin; i < chunk.end; ++i) pool.Fetch(chunk.slots[i]);
}

}  // namespace parley::internal

#endif  // PARLEY_TIMER_TIMER_LISTS_H_
