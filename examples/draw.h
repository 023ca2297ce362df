// examples/draw.h — chance that is the same everywhere: one generator, one seed, no distributions.
//
// The distributions of the standard library differ from one compiler to the next, and so would the
// story. The remainder favours small numbers by less than one in a billion.

#ifndef PARLEY_EXAMPLES_DRAW_H_
#define PARLEY_EXAMPLES_DRAW_H_

#include <cstdint>
#include <random>

#include "parley/base/time.h"

namespace parley::examples {

class Draw {
 public:
  explicit Draw(uint64_t seed) : next_(seed) {}

  // From 0 to n - 1. Requires: n > 0.
  uint64_t Below(uint64_t n) { return next_() % n; }
  bool Percent(uint64_t chance) { return Below(100) < chance; }

  // Whole seconds, both ends included.
  Duration Between(Duration low, Duration high) {
    const auto seconds = static_cast<uint64_t>((high - low).count()) / 1000;
    return low + std::chrono::seconds(static_cast<int64_t>(Below(seconds + 1)));
  }

 private:
  std::mt19937_64 next_;
};

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_DRAW_H_
