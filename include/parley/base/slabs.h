// Floor 0 · base/slabs.h — memory in pieces of one size that stay where they are.
//
// The first pieces are taken one by one. When there are 2 MiB of them, the next ones are cut from
// slabs of that size and more, in large pages (large_pages.h) where many are taken at once: whoever
// takes one after the other, or copies, would wait for the system to clear 2 MiB at a time.
//
// Cost       O(1). What of a slab is not used is not touched.
// Memory     The pieces. Address space for an eighth more, at least 2 MiB and at most 64.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_BASE_SLABS_H_
#define PARLEY_BASE_SLABS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "parley/base/large_pages.h"

namespace parley::internal {

class Slabs {
 public:
  // So many bytes, not set to anything, aligned as by operator new. They live as long as the slabs.
  // With `many`, more will follow at once. Requires: always the same number of bytes.
  char* Add(size_t bytes, bool many);

  void Swap(Slabs& other) noexcept;

 private:
  struct Free {
    void operator()(char* slab) const { LargePages<char>().deallocate(slab, bytes); }
    size_t bytes = 0;
  };

  std::vector<std::unique_ptr<char, Free>> slabs_;
  size_t taken_ = 0;      // Bytes, in all pieces.
  char* next_ = nullptr;  // What is left of the last slab.
  size_t left_ = 0;
};

// ---- Only definitions below ----------------------------------------------------------------

inline char* Slabs::Add(size_t bytes, bool many) {
  if (left_ < bytes) {
    const size_t eighth = std::clamp(std::bit_floor(taken_ / 8), kLargePage, 32 * kLargePage);
    const size_t size = taken_ < kLargePage ? bytes : std::max(bytes, eighth);
    slabs_.push_back({LargePages<char>::New(size, many), Free{size}});
    next_ = slabs_.back().get();
    left_ = size;
  }
  char* const piece = next_;
  next_ += bytes;
  left_ -= bytes;
  taken_ += bytes;
  return piece;
}

inline void Slabs::Swap(Slabs& other) noexcept {
  slabs_.swap(other.slabs_);
  std::swap(taken_, other.taken_);
  std::swap(next_, other.next_);
  std::swap(left_, other.left_);
}

}  // namespace parley::internal

#endif  // PARLEY_BASE_SLABS_H_
