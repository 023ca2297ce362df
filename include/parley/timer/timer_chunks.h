// Floor 1 · timer/timer_chunks.h — what the lists of a wheel are made of.
//
// A chunk holds the slots of 62 timers side by side, and says which chunk comes next. What is done
// with them is for timer_lists.h.
//
// Order      Free chunks are reused last in, first out.
// Errors     None; a broken rule stops the process.
// Cost       O(1).
// Memory     256 bytes a chunk; growth copies nothing.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_TIMER_TIMER_CHUNKS_H_
#define PARLEY_TIMER_TIMER_CHUNKS_H_

#include <array>
#include <cstdint>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/base/fetch.h"

namespace parley::internal {

// More than so much that stopped ones left behind, beside so many timers, is swept up.
constexpr uint64_t MuchStale(uint32_t timers) { return uint64_t{timers} * 2 / 5; }

struct TimerList {
  uint32_t head = UINT32_MAX;  // Its first chunk, and its last.
  uint32_t tail = UINT32_MAX;
  uint32_t live = 0;               // Timers in it.
  uint32_t entries = 0;            // Those, and what stopped ones left behind.
  uint64_t earliest = UINT64_MAX;  // No timer in it is due before.
  uint64_t differ = 0;             // Not 0 if they are not all due at the same time.

  bool HasMuchStale() const { return entries - live > MuchStale(live); }
};
static_assert(sizeof(TimerList) == 32);

class TimerChunks {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr uint32_t kTimers = 62;

  struct Chunk {
    uint32_t next = kNone;
    uint16_t begin = 0;  // Those from here on
    uint16_t end = 0;    // to here are of timers.
    std::array<uint32_t, kTimers> slots;
  };
  static_assert(sizeof(Chunk) == 256);

  Chunk& operator[](uint32_t at) { return all_[at]; }
  const Chunk& operator[](uint32_t at) const { return all_[at]; }

  uint32_t Take();             // An empty one, with none next to it.
  uint32_t Free(uint32_t at);  // Gives the one that was next to it.

  // Asks the memory for a chunk, if it is one.
  void Fetch(uint32_t at) const {
    if (at != kNone) parley::Fetch(&all_[at]);
  }

  // After this, Take allocates nothing until more than `n` are in use,
  void Reserve(uint32_t n) { all_.Reserve(n); }
  // ... or `n` more than ever.
  void MakeRoom(uint32_t n) { all_.Reserve(used_ + n); }

 private:
  uint32_t used_ = 0;  // Chunks before this one were in use at some time.
  uint32_t free_ = kNone;
  Blocks<Chunk> all_;
};

// ---- Only definitions below ----------------------------------------------------------------

inline uint32_t TimerChunks::Take() {
  const uint32_t at = free_;
  if (at == kNone) {
    MakeRoom(1);
    return used_++;
  }
  PARLEY_CHECK(at < used_);
  free_ = all_[at].next;
  all_[at].next = kNone;
  all_[at].begin = all_[at].end = 0;
  return at;
}

inline uint32_t TimerChunks::Free(uint32_t at) {
  PARLEY_CHECK(at < used_ && at != free_);
  const uint32_t next = all_[at].next;
  PARLEY_CHECK(next != at);
  all_[at].next = free_;
  free_ = at;
  return next;
}

}  // namespace parley::internal

#endif  // PARLEY_TIMER_TIMER_CHUNKS_H_
