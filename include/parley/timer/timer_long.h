// Floor 1 · timer/timer_long.h — the places of a wheel in which very many timers wait.
//
// That matters when time comes near: when it is no further from the place than the place is long.
// Until then nothing is done about it, since most of its timers may be stopped by then.
//
// Units      Ticks (timer_place.h).
// Errors     None; a broken rule stops the process.
// Cost       Mark and Unmark O(1); Next O(levels), and each place of which it is not known that its
//            timers are gone.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_TIMER_TIMER_LONG_H_
#define PARLEY_TIMER_TIMER_LONG_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>

#include "parley/base/check.h"
#include "parley/timer/timer_place.h"
#include "parley/timer/timer_rows.h"

namespace parley::internal {

class LongPlaces {
 public:
  void Mark(TimerPlace place) {
    PARLEY_CHECK(place.level < kWheelLevels);
    long_[place.level] |= uint64_t{1} << place.slot;
    from_ = 0;  // To look from when on.
  }
  void Unmark(TimerPlace place) { long_[place.level] &= ~(uint64_t{1} << place.slot); }

  // The first one, on the lowest level, that matters at `until`.
  // Requires: the cursor is not behind the one of the call before.
  std::optional<TimerPlace> Next(uint64_t cursor, uint64_t until, const TimerRows& rows);
  // Before that, Next() gives none.
  uint64_t from() const { return from_; }

 private:
  std::array<uint64_t, kWheelLevels> long_ = {};  // Bit s of long_[l]: place s of level l.
  uint64_t from_ = UINT64_MAX;
};

// ---- Only definitions below ----------------------------------------------------------------

inline std::optional<TimerPlace> LongPlaces::Next(uint64_t cursor, uint64_t until,
                                                  const TimerRows& rows) {
  PARLEY_CHECK(until >= cursor);
  uint64_t from = UINT64_MAX;
  for (uint32_t level = 0; level < kWheelLevels; ++level) {
    long_[level] &= rows.TakenOf(level);
    if (long_[level] == 0) continue;
    const TimerPlace place{level, static_cast<uint32_t>(std::countr_zero(long_[level]))};
    const uint64_t begin = BeginOf(cursor, place);
    if (begin <= until || begin - until <= TicksIn(place)) return place;
    from = std::min(from, begin - TicksIn(place));
  }
  from_ = from;
  return std::nullopt;
}

}  // namespace parley::internal

#endif  // PARLEY_TIMER_TIMER_LONG_H_
