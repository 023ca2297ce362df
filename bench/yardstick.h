// What the bars are measured with, in the run that they are measured in: a look-up in a plain hash
// map that waits for the one before it, and a cache miss.

#ifndef PARLEY_BENCH_YARDSTICK_H_
#define PARLEY_BENCH_YARDSTICK_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace parley {

// Runs the work and gives what it took.
double Seconds(auto work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// A 16-byte address that looks random and is not; made quickly, for it counts in what is measured.
inline std::string Address(uint64_t number) {
  number *= 0x9E3779B97F4A7C15;
  std::string text(16, '\0');
  for (size_t i = 0; i < 16; ++i) text[i] = "0123456789abcdef"[number >> (4 * i) & 15];
  return text;
}

// Tables of so many entries, and lines of 64 bytes.
class Yardstick {
 public:
  explicit Yardstick(uint64_t size) : size_(size), lines_((size + 1) * 8) {
    map_.reserve(size);
    for (uint64_t i = 0; i < size; ++i) map_.emplace(Address(i), i);
    for (uint64_t i = 0; i <= size; ++i) lines_[i * 8] = (i * 0x9E3779B97F4A7C15) % (size + 1);
  }

  // Every key comes from the value found before: nothing can be fetched ahead.
  double LookUps(int count) {
    return Seconds([&] {
      for (int i = 0; i < count; ++i) seed_ = Mixed(map_.find(Address(seed_ % size_))->second);
    });
  }
  double Misses(int count) {
    return Seconds([&] {
      for (int i = 0; i < count; ++i) seed_ = Mixed(lines_[seed_ % (size_ + 1) * 8]);
    });
  }
  uint64_t seed() const { return seed_; }  // To be looked at, so that nothing is left out.

 private:
  uint64_t Mixed(uint64_t found) const { return (found ^ (seed_ >> 7)) * 0xD1342543DE82EF95 + 1; }

  uint64_t size_;
  uint64_t seed_ = 1;
  absl::flat_hash_map<std::string, uint64_t> map_;
  std::vector<uint64_t> lines_;
};

}  // namespace parley

#endif  // PARLEY_BENCH_YARDSTICK_H_
