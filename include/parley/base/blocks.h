// Floor 0 · base/blocks.h — an array that grows without moving anything.
//
// The elements stand in blocks of at most 64 KiB that stay where they are: a reference lives as
// long as the array, and growing never copies what is there. An index is a shift and a mask away.
// A copy of the array has blocks of its own.
//
// Cost       operator[] O(1); Reserve O(new elements); a copy O(capacity).
// Memory     What is reserved, rounded up to a block.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_BASE_BLOCKS_H_
#define PARLEY_BASE_BLOCKS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace parley {

template <class T>
class Blocks {
 public:
  Blocks() = default;
  Blocks(const Blocks& other);
  Blocks(Blocks&&) noexcept = default;
  Blocks& operator=(Blocks other) noexcept {
    blocks_.swap(other.blocks_);
    return *this;
  }

  // Requires: index < capacity(); not checked, this is the innermost step of everything.
  T& operator[](uint32_t index) { return blocks_[index >> kShift][index & kMask]; }
  const T& operator[](uint32_t index) const { return blocks_[index >> kShift][index & kMask]; }

  // Makes room for `n` elements in all; new ones are T{}.
  void Reserve(uint32_t n) {
    while (capacity() < n) blocks_.push_back(std::make_unique<T[]>(kPerBlock));
  }
  size_t capacity() const { return blocks_.size() * kPerBlock; }

 private:
  static constexpr size_t kPerBlock = std::bit_floor(std::max<size_t>(1, 65536 / sizeof(T)));
  static constexpr uint32_t kShift = std::countr_zero(kPerBlock);
  static constexpr uint32_t kMask = kPerBlock - 1;

  std::vector<std::unique_ptr<T[]>> blocks_;
};

// ---- Only definitions below ----------------------------------------------------------------

template <class T>
Blocks<T>::Blocks(const Blocks& other) {
  blocks_.reserve(other.blocks_.size());
  for (const auto& block : other.blocks_) {
    std::copy_n(block.get(), kPerBlock,
                blocks_.emplace_back(std::make_unique<T[]>(kPerBlock)).get());
  }
}

}  // namespace parley

#endif  // PARLEY_BASE_BLOCKS_H_
