// Floor 3 · model/skill_set.h — which skills an agent has, or a task needs.
//
// Skills are named once, with AddSkill, and are bits from then on: to ask whether an agent has all
// that a task needs is four ANDs.
//
// Order      Sets compare as 256-bit numbers.
// Memory     32 bytes.
// Threads    Plain values.

#ifndef PARLEY_MODEL_SKILL_SET_H_
#define PARLEY_MODEL_SKILL_SET_H_

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "parley/base/check.h"
#include "parley/base/ids.h"

namespace parley {

class SkillSet {
 public:
  static constexpr uint32_t kMax = 256;  // Skills that one engine can know.

  constexpr SkillSet() = default;
  // Requires: as Add().
  constexpr SkillSet(std::initializer_list<SkillId> skills) {
    for (const SkillId skill : skills) Add(skill);
  }

  // Requires: skill.slot() < kMax.
  constexpr void Add(SkillId skill) {
    PARLEY_CHECK(skill.slot() < kMax);
    words_[skill.slot() / 64] |= uint64_t{1} << (skill.slot() % 64);
  }
  constexpr bool Has(SkillId skill) const {
    return skill.slot() < kMax && (words_[skill.slot() / 64] >> (skill.slot() % 64) & 1) != 0;
  }
  // Every skill of `other` is here too.
  constexpr bool HasAll(const SkillSet& other) const {
    uint64_t missing = 0;
    for (size_t i = 0; i < words_.size(); ++i) missing |= other.words_[i] & ~words_[i];
    return missing == 0;
  }
  constexpr bool empty() const { return *this == SkillSet(); }

  // One more than the highest skill here; 0 for none.
  constexpr uint32_t end() const {
    for (size_t i = words_.size(); i-- > 0;) {
      if (words_[i] != 0) {
        return static_cast<uint32_t>(i * 64 + 64) -
               static_cast<uint32_t>(std::countl_zero(words_[i]));
      }
    }
    return 0;
  }

  // What either set has.
  friend constexpr SkillSet operator|(SkillSet a, const SkillSet& b) {
    for (size_t i = 0; i < a.words_.size(); ++i) a.words_[i] |= b.words_[i];
    return a;
  }
  friend constexpr auto operator<=>(const SkillSet&, const SkillSet&) = default;

  constexpr const std::array<uint64_t, kMax / 64>& words() const { return words_; }

  // f(SkillId) for each skill, lowest first.
  template <class F>
  constexpr void ForEach(F f) const {
    for (uint32_t begin = 0; begin < kMax; begin += 64) {
      for (uint64_t left = words_[begin / 64]; left != 0; left &= left - 1) {
        f(SkillId::Make(begin + static_cast<uint32_t>(std::countr_zero(left)), 0));
      }
    }
  }

 private:
  std::array<uint64_t, kMax / 64> words_ = {};
};

}  // namespace parley

#endif  // PARLEY_MODEL_SKILL_SET_H_
