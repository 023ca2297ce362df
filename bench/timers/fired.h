// What timers have fired, and when: the same for all sets that were told the same.

#ifndef PARLEY_BENCH_TIMERS_FIRED_H_
#define PARLEY_BENCH_TIMERS_FIRED_H_

#include <cstdint>

namespace parley {

// Independent of the order within a millisecond: most peers promise none.
struct Fired {
  uint64_t count = 0;
  uint64_t sum = 0;

  void Add(uint32_t slot, int64_t now) {
    ++count;
    uint64_t one = (static_cast<uint64_t>(now) << 24 ^ slot) * 0x9E3779B97F4A7C15;
    one = (one ^ one >> 32) * 0xD1342543DE82EF95;
    sum += one ^ one >> 29;
  }

  friend bool operator==(const Fired&, const Fired&) = default;
};

}  // namespace parley

#endif  // PARLEY_BENCH_TIMERS_FIRED_H_
