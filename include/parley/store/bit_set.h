// Floor 2 · store/bit_set.h — a set of slots, one bit each.
//
// For questions of the kind "is this agent among those who could take it" and "who is both free and
// able": the second is one AND per 64 slots, whatever they are.
//
//   BitSet able, idle;
//   able.Set(3);
//   ForEachCommon(able, idle, [](uint32_t slot) { Consider(slot); });
//
// Order      ForEachCommon goes by slot, smallest first.
// Errors     None: a slot beyond the end is not in the set. A broken rule stops the process.
// Cost       Set, Clear and Has O(1), amortised for Set; ForEachCommon O(slots / 64 + found).
// Memory     One bit a slot, up to the highest one ever set.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_STORE_BIT_SET_H_
#define PARLEY_STORE_BIT_SET_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "parley/base/check.h"

namespace parley {

class BitSet {
 public:
  BitSet() = default;
  BitSet(const BitSet& other) : count_(other.count_) {  // What was reserved is so in a copy.
    words_.reserve(other.words_.capacity());
    words_ = other.words_;
  }
  BitSet(BitSet&&) noexcept = default;
  BitSet& operator=(const BitSet&) = default;
  BitSet& operator=(BitSet&&) noexcept = default;

  bool Has(uint32_t slot) const {
    return slot / 64 < words_.size() && (words_[slot / 64] >> slot % 64 & 1) != 0;
  }

  // Both are fine for a slot that is (not) in the set already.
  void Set(uint32_t slot) {
    if (Has(slot)) return;
    if (slot / 64 >= words_.size()) words_.resize(slot / 64 + 1);
    words_[slot / 64] |= uint64_t{1} << slot % 64;
    ++count_;
    PARLEY_CHECK(count_ <= words_.size() * 64);
  }
  void Clear(uint32_t slot) {
    if (!Has(slot)) return;
    words_[slot / 64] &= ~(uint64_t{1} << slot % 64);
    PARLEY_CHECK(count_ > 0);
    --count_;
  }
  void Put(uint32_t slot, bool in) { in ? Set(slot) : Clear(slot); }
  void Clear() {
    words_.clear();
    count_ = 0;
  }

  // After this, Set allocates nothing for slots below `slots`.
  void Reserve(uint32_t slots) {
    const size_t words = (size_t{slots} + 63) / 64;
    if (words > words_.capacity()) words_.reserve(std::max(words, 2 * words_.capacity()));
  }

  // Takes out whatever is not in all of the others as well.
  void Keep(std::span<const BitSet* const> others) {
    for (const BitSet* other : others) words_.resize(std::min(words_.size(), other->words_.size()));
    count_ = 0;
    size_t i = 0;
    for (; i + kAtATime <= words_.size(); i += kAtATime) KeepWords<kAtATime>(i, others);
    for (; i < words_.size(); ++i) KeepWords<1>(i, others);
  }
  // Takes out every slot for which f(slot) is false, smallest first. f must not change the set.
  template <class F>
  void KeepIf(F f) {
    for (size_t i = 0; i < words_.size(); ++i) {
      for (uint64_t left = words_[i]; left != 0; left &= left - 1) {
        const auto bit = static_cast<uint32_t>(std::countr_zero(left));
        if (!f(static_cast<uint32_t>(i * 64) + bit)) Clear(static_cast<uint32_t>(i * 64) + bit);
      }
    }
  }

  uint32_t count() const { return count_; }
  bool empty() const { return count_ == 0; }

  // f(slot) for every slot in both, smallest first. f must not change either.
  template <class F>
  friend void ForEachCommon(const BitSet& a, const BitSet& b, F f) {
    const size_t words = std::min(a.words_.size(), b.words_.size());
    for (size_t i = 0; i < words; ++i) {
      for (uint64_t left = a.words_[i] & b.words_[i]; left != 0; left &= left - 1) {
        f(static_cast<uint32_t>(i * 64) + static_cast<uint32_t>(std::countr_zero(left)));
      }
    }
  }
  template <class F>
  void ForEach(F f) const {
    ForEachCommon(*this, *this, f);
  }

 private:
  static constexpr size_t kAtATime = 8;  // Words: compilers make a few wide instructions of them.

  template <size_t N>
  void KeepWords(size_t begin, std::span<const BitSet* const> others) {
    std::array<uint64_t, N> kept;
    std::copy_n(&words_[begin], N, kept.begin());
    for (const BitSet* other : others) {
      for (size_t i = 0; i < N; ++i) kept[i] &= other->words_[begin + i];
    }
    std::copy_n(kept.begin(), N, &words_[begin]);
    for (const uint64_t word : kept) {  // To count a word may be a call; most are empty by now.
      if (word != 0) count_ += static_cast<uint32_t>(std::popcount(word));
    }
  }

  std::vector<uint64_t> words_;
  uint32_t count_ = 0;
};

}  // namespace parley

#endif  // PARLEY_STORE_BIT_SET_H_
