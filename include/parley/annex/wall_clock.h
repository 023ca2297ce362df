// Annex · annex/wall_clock.h — the machine's clock, for production.
//
// Counts milliseconds since 1970-01-01T00:00Z, so that an Instant in a log can be read as a date.
// The machine's clock can be set back; the engine must not see that, so this one stands still until
// the machine has caught up.
//
// Threads    One owner, like the engine that reads it.

#ifndef PARLEY_ANNEX_WALL_CLOCK_H_
#define PARLEY_ANNEX_WALL_CLOCK_H_

#include <algorithm>
#include <chrono>

#include "parley/base/time.h"

namespace parley {

class WallClock final : public Clock {
 public:
  Instant Now() const override {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    latest_ = std::max(latest_, Instant(std::chrono::floor<Duration>(now)));
    return latest_;
  }

 private:
  mutable Instant latest_ = Instant::min();
};

}  // namespace parley

#endif  // PARLEY_ANNEX_WALL_CLOCK_H_
