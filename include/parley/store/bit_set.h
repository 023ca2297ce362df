// Floor 2 · store/bit_set.h — a set of slots, one bit each.
//
// For questions of the kind "is this agent among those who could take it" and "who is both free and
// able": the second is one AND per 64 slots, whatever they are, and one per 4096 where nobody is.
//
//   BitSet able, idle;
//   able.Set(3);
//   ForEachCommon(able, idle, [](uint32_t slot) { Consider(slot); });
//
// Order      ForEachCommon goes by slot, smallest first.
// Errors     None: a slot beyond the end is not in the set. A broken rule stops the process.
// Cost       Set, Has and Clear of one O(1), amortised for Set; ForEachCommon O(slots / 4096, words
//            in which both have something, and found).
// Memory     One bit a slot, up to the highest one ever set, and one for 64 of them; in steps of 64
//            bytes.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_STORE_BIT_SET_H_
#define PARLEY_STORE_BIT_SET_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "parley/base/check.h"

namespace parley {

class BitSet {
 public:
  BitSet() = default;
  BitSet(const BitSet& other) : count_(other.count_) {  // What was reserved is so in a copy.
    words_.reserve(other.words_.capacity());
    some_.reserve(other.some_.capacity());
    words_ = other.words_;
    some_ = other.some_;
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
    if (slot / 64 >= words_.size()) Resize(WordsFor(size_t{slot} + 1));
    words_[slot / 64] |= uint64_t{1} << slot % 64;
    some_[slot / 4096] |= uint64_t{1} << slot / 64 % 64;
    ++count_;
    PARLEY_CHECK(count_ <= words_.size() * 64);
  }
  void Clear(uint32_t slot) {
    if (!Has(slot)) return;
    words_[slot / 64] &= ~(uint64_t{1} << slot % 64);
    if (words_[slot / 64] == 0) some_[slot / 4096] &= ~(uint64_t{1} << slot / 64 % 64);
    PARLEY_CHECK(count_ > 0);
    --count_;
  }
  void Put(uint32_t slot, bool in) { in ? Set(slot) : Clear(slot); }
  void Clear() {
    for (size_t group = 0; group < some_.size(); ++group) {
      ForEachBit(std::exchange(some_[group], 0), [&](size_t bit) { words_[group * 64 + bit] = 0; });
    }
    count_ = 0;
  }

  // After this, Set allocates nothing for slots below `slots`.
  void Reserve(uint32_t slots) {
    const size_t words = WordsFor(slots);
    if (words <= words_.capacity()) return;
    const size_t more = std::max(words, 2 * words_.capacity());
    some_.reserve(GroupsFor(more));  // First: whoever has room for words has room for these.
    words_.reserve(more);
  }

  // Holds from now on what is in all of these. Requires: there are some, and none is this.
  void BecomeCommon(std::span<const BitSet* const> sets);

  // Takes out every slot for which f(slot) is false, smallest first. f must not change the set.
  template <class F>
  void KeepIf(F f) {
    ForEach([&](uint32_t slot) {
      if (!f(slot)) Clear(slot);  // Of the word at hand there is a copy.
    });
  }

  uint32_t count() const { return count_; }
  bool empty() const { return count_ == 0; }

  // f(slot) for every slot in both, smallest first. f must not change either.
  template <class F>
  friend void ForEachCommon(const BitSet& a, const BitSet& b, F f) {
    const size_t groups = std::min(a.some_.size(), b.some_.size());
    for (size_t group = 0; group < groups; ++group) {
      ForEachBit(a.some_[group] & b.some_[group], [&](size_t bit) {
        const size_t at = group * 64 + bit;
        ForEachBit(a.words_[at] & b.words_[at],
                   [&](size_t in_word) { f(static_cast<uint32_t>(at * 64 + in_word)); });
      });
    }
  }
  template <class F>
  void ForEach(F f) const {
    ForEachCommon(*this, *this, f);
  }

 private:
  static constexpr size_t kAtATime = 8;  // Words: compilers make a few wide instructions of them.
  static constexpr uint64_t kAllAtATime = (1u << kAtATime) - 1;

  static size_t WordsFor(size_t slots) {
    return (slots + 64 * kAtATime - 1) / (64 * kAtATime) * kAtATime;
  }
  static size_t GroupsFor(size_t words) { return (words + 63) / 64; }

  template <class F>
  static void ForEachBit(uint64_t bits, F f) {
    for (; bits != 0; bits &= bits - 1) f(static_cast<size_t>(std::countr_zero(bits)));
  }

  void Resize(size_t words) {
    some_.resize(GroupsFor(words));  // First: without memory there is none too few of them.
    words_.resize(words);
  }
  void Combine(size_t begin, std::span<const BitSet* const> sets);

  // Bit w of group g says whether word 64 * g + w has any. There are no groups too few; a word that
  // is not there has none.
  std::vector<uint64_t> words_;
  std::vector<uint64_t> some_;
  uint32_t count_ = 0;
};

// ---- Only definitions below ----------------------------------------------------------------

inline void BitSet::BecomeCommon(std::span<const BitSet* const> sets) {
  PARLEY_CHECK(!sets.empty());
  size_t words = sets[0]->words_.size();
  for (const BitSet* set : sets) words = std::min(words, set->words_.size());
  Clear();
  Resize(words);
  some_.assign(some_.size(), UINT64_MAX);  // All that may have any, at first.
  for (const BitSet* set : sets) {
    for (size_t group = 0; group < some_.size(); ++group) some_[group] &= set->some_[group];
  }
  for (size_t group = 0; group < some_.size(); ++group) {
    for (uint64_t left = some_[group]; left != 0;) {
      const auto first = static_cast<size_t>(std::countr_zero(left)) / kAtATime * kAtATime;
      left &= ~(kAllAtATime << first);
      some_[group] &= ~(kAllAtATime << first);
      Combine(group * 64 + first, sets);
    }
  }
}

// The words from this one on, which are empty so far.
inline void BitSet::Combine(size_t begin, std::span<const BitSet* const> sets) {
  PARLEY_CHECK(begin + kAtATime <= words_.size());
  std::array<uint64_t, kAtATime> common;
  common.fill(UINT64_MAX);
  for (const BitSet* set : sets) {
    const uint64_t* const its = &set->words_[begin];
    for (size_t i = 0; i < kAtATime; ++i) common[i] &= its[i];
  }
  uint64_t any = 0;
  for (size_t i = 0; i < kAtATime; ++i) any |= common[i];
  if (any == 0) return;  // As where many sets meet; to write zeros would wait for the memory.
  std::ranges::copy(common, words_.begin() + static_cast<ptrdiff_t>(begin));
  for (size_t i = 0; i < kAtATime; ++i) {
    if (common[i] == 0) continue;  // To count a word may be a call; most are empty by now.
    some_[begin / 64] |= uint64_t{1} << (begin + i) % 64;
    count_ += static_cast<uint32_t>(std::popcount(common[i]));
  }
}

}  // namespace parley

#endif  // PARLEY_STORE_BIT_SET_H_
