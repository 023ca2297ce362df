// What stands on the command line of a program that counts.

#ifndef PARLEY_BENCH_COUNT_NUMBER_H_
#define PARLEY_BENCH_COUNT_NUMBER_H_

#include <charconv>
#include <cstdint>
#include <string_view>

namespace parley {

// The argument as a number; 0 if there is none, or it is not one.
inline uint64_t NumberAt(int i, int argc, char** argv) {
  uint64_t value = 0;
  if (i < argc) {
    const std::string_view text = argv[i];
    std::from_chars(text.data(), text.data() + text.size(), value);
  }
  return value;
}

}  // namespace parley

#endif  // PARLEY_BENCH_COUNT_NUMBER_H_
