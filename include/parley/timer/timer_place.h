// Floor 1 · timer/timer_place.h — where a timer of a wheel waits: plain arithmetic.
//
// A tick is an Instant as an unsigned number that keeps the order. A deadline differs from the
// wheel's cursor first in some 6-bit digit; that digit's position is the level of the timer's
// place, and its value the slot. So a place is a function of cursor and deadline alone.
//
// Cost       A few instructions each.

#ifndef PARLEY_TIMER_TIMER_PLACE_H_
#define PARLEY_TIMER_TIMER_PLACE_H_

#include <bit>
#include <cstdint>

#include "parley/base/check.h"
#include "parley/base/time.h"

namespace parley::internal {

inline constexpr uint32_t kDigitBits = 6;
inline constexpr uint32_t kWheelSlots = 1u << kDigitBits;
inline constexpr uint32_t kWheelLevels = (64 + kDigitBits - 1) / kDigitBits;
static_assert(kWheelSlots == 64);  // One word tells which of a level's lists are not empty.
static_assert(kWheelLevels * kDigitBits >= 64);

struct TimerPlace {
  uint32_t level = 0;
  uint32_t slot = 0;
};

// Flips the sign bit, so that ticks are unsigned and keep the order of instants.
inline uint64_t ToTick(Instant t) {
  return static_cast<uint64_t>(t.time_since_epoch().count()) ^ (uint64_t{1} << 63);
}
inline Instant ToInstant(uint64_t tick) {
  return Instant(Duration(static_cast<int64_t>(tick ^ (uint64_t{1} << 63))));
}

// The digit of a deadline that says the slot, at a level.
inline uint32_t DigitOf(uint64_t deadline, uint32_t level) {
  return static_cast<uint32_t>(deadline >> (level * kDigitBits)) & (kWheelSlots - 1);
}

// Requires: the deadline is not before the cursor.
inline TimerPlace PlaceOf(uint64_t cursor, uint64_t deadline) {
  PARLEY_CHECK(deadline >= cursor);
  const uint64_t difference = (deadline ^ cursor) | (kWheelSlots - 1);
  const uint32_t level = (63u - static_cast<uint32_t>(std::countl_zero(difference))) / kDigitBits;
  PARLEY_CHECK(level < kWheelLevels);
  return {level, DigitOf(deadline, level)};
}

// The first tick of a place in which a timer waits.
inline uint64_t BeginOf(uint64_t cursor, TimerPlace place) {
  const uint32_t shift = place.level * kDigitBits;
  const uint64_t above = shift + kDigitBits < 64 ? ~uint64_t{0} << (shift + kDigitBits) : 0;
  const uint64_t begin = (cursor & above) | (uint64_t{place.slot} << shift);
  PARLEY_CHECK(begin >= cursor);
  return begin;
}

// So many ticks lie in a place.
inline uint64_t TicksIn(TimerPlace place) {
  PARLEY_CHECK(place.level < kWheelLevels);
  return uint64_t{1} << (place.level * kDigitBits);
}

}  // namespace parley::internal

#endif  // PARLEY_TIMER_TIMER_PLACE_H_
