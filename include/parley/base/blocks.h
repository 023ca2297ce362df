// Floor 0 · base/blocks.h — an array that grows without moving anything.
//
// The elements stand in blocks of at most 64 KiB that stay where they are: a reference lives as
// long as the array, and growing never copies what is there. An index is a shift and a mask away.
// A copy of the array has blocks of its own. What is reserved at once lies in large pages, if it is
// large (slabs.h).
//
// Cost       operator[] O(1); Reserve O(new elements); a copy O(elements reserved), and nothing is
//            done to the rest of a block: a copy of a small array is cheap.
// Memory     What is reserved, rounded up to a block; for a large array, to what slabs.h says. Of a
//            block an eighth more than what is reserved may be written to.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_BASE_BLOCKS_H_
#define PARLEY_BASE_BLOCKS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "parley/base/slabs.h"

namespace parley {

template <class T>
class Blocks {
 public:
  Blocks() = default;
  Blocks(const Blocks& other);
  Blocks(Blocks&& other) noexcept { Swap(other); }
  Blocks& operator=(Blocks other) noexcept {
    Swap(other);
    return *this;
  }
  ~Blocks() {
    ForEachBlock([](T* block, size_t size) { std::destroy_n(block, size); });
  }

  // Requires: index is below what was reserved; not checked, this is the innermost step of
  // everything.
  T& operator[](uint32_t index) { return blocks_[index >> kShift][index & kMask]; }
  const T& operator[](uint32_t index) const { return blocks_[index >> kShift][index & kMask]; }

  // Makes room for `n` elements in all; new ones are T{}.
  void Reserve(uint32_t n) {
    if (n > size_) Grow(n);
  }
  size_t capacity() const { return blocks_.size() * kPerBlock; }

 private:
  static constexpr size_t kPerBlock = std::bit_floor(std::max<size_t>(1, 65536 / sizeof(T)));
  static constexpr uint32_t kShift = std::countr_zero(kPerBlock);
  static constexpr uint32_t kMask = kPerBlock - 1;
  static_assert(std::has_single_bit(kPerBlock));
  static_assert(kPerBlock == 1 || kPerBlock * sizeof(T) <= 65536);

  void Grow(uint32_t n);
  void AddBlock(bool many);
  void Swap(Blocks& other) noexcept {
    slabs_.Swap(other.slabs_);
    blocks_.swap(other.blocks_);
    std::swap(size_, other.size_);
  }
  // f(its first element, how many of them there are).
  template <class F>
  void ForEachBlock(F f) const {
    for (size_t begin = 0; begin < size_; begin += kPerBlock) {
      f(blocks_[begin >> kShift], std::min(kPerBlock, size_ - begin));
    }
  }

  internal::Slabs slabs_;
  std::vector<T*> blocks_;
  size_t size_ = 0;  // Elements there are; behind them the last block is bare storage.
};

// ---- Only definitions below ----------------------------------------------------------------

template <class T>
Blocks<T>::Blocks(const Blocks& other) : Blocks() {
  blocks_.reserve(other.blocks_.size());
  other.ForEachBlock([this](const T* block, size_t size) {
    AddBlock(false);
    std::uninitialized_copy_n(block, size, blocks_.back());
    size_ += size;
  });
}

template <class T>
void Blocks<T>::AddBlock(bool many) {
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
  if (blocks_.size() == blocks_.capacity()) blocks_.reserve(2 * blocks_.size() + 1);
  blocks_.push_back(reinterpret_cast<T*>(slabs_.Add(kPerBlock * sizeof(T), many)));
}

template <class T>
void Blocks<T>::Grow(uint32_t n) {
  const bool many = (n - size_) * sizeof(T) >= internal::kLargePage;
  while (capacity() < n) AddBlock(many);
  // A few more, if they are in the block: whoever takes one after the other comes here seldom.
  const size_t end = std::max<size_t>(n, std::min(capacity(), size_ + size_ / 8 + 4));
  for (; size_ < end; ++size_) std::construct_at(&(*this)[static_cast<uint32_t>(size_)]);
}

}  // namespace parley

#endif  // PARLEY_BASE_BLOCKS_H_
