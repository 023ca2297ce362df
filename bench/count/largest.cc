// The largest round scale that fits: parks as many conversations as memory takes, and then lives a
// while with them.
//
//   largest           # 1, 2 or 5 times a power of ten, into nine tenths of the memory that is free
//   largest 50000000  # so many
//
// It tells what each takes, all in, and a lifecycle of eleven commands beside one with a million
// parked, in the same run. Ten million take some twenty seconds.

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <optional>
#include <random>
#include <string>

#include "centre.h"
#include "count/number.h"
#include "memory_use.h"
#include "yardstick.h"

namespace parley {
namespace {

struct Lived {
  double bytes_each;
  double seconds_to_park;
  double ns_lifecycle;
};

Lived Live(uint64_t parked) {
  constexpr int kLifecycles = 100'000;
  const uint64_t before = ResidentBytes();
  std::optional<Centre> centre;
  Lived lived;
  lived.seconds_to_park = Seconds([&] { centre.emplace(parked); });
  lived.bytes_each = static_cast<double>(ResidentBytes() - before) / static_cast<double>(parked);
  std::mt19937_64 random(1);
  const double seconds = Seconds([&] {
    for (int i = 0; i < kLifecycles; ++i) centre->Lifecycle(Address(random() % parked));
  });
  lived.ns_lifecycle = seconds * 1e9 / kLifecycles;
  return lived;
}

uint64_t FreeBytes() {
  std::ifstream told("/proc/meminfo");
  std::string name;
  uint64_t kilobytes = 0;
  while (told >> name >> kilobytes && name != "MemAvailable:") told.ignore(16, '\n');
  return kilobytes * 1024;
}

// The largest of 1, 2, 5, 10, 20, 50 ... million that fits.
uint64_t Largest(double bytes_each) {
  const double room = 0.9 * static_cast<double>(FreeBytes());
  uint64_t largest = 1'000'000;
  for (uint64_t power = 1'000'000; power < 10'000'000'000; power *= 10) {
    for (const uint64_t scale : {power, 2 * power, 5 * power}) {
      if (static_cast<double>(scale) * bytes_each <= room) largest = std::max(largest, scale);
    }
  }
  return largest;
}

void Tell(uint64_t parked, const Lived& lived) {
  fmt::print(
      "{:>12} parked: {:.1f} bytes each, {:.1f} GiB in all, parked in {:.0f} s, lifecycle {:.0f} "
      "ns\n",
      parked, lived.bytes_each,
      lived.bytes_each * static_cast<double>(parked) / (1024.0 * 1024 * 1024),
      lived.seconds_to_park, lived.ns_lifecycle);
  std::fflush(stdout);
}

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
  const uint64_t asked = parley::NumberAt(1, argc, argv);
  if (argc > 1 && asked == 0) {
    std::fputs("usage: largest [CONVERSATIONS]\n", stderr);
    return 2;
  }
  const uint64_t some = asked == 0 ? 1'000'000 : std::min<uint64_t>(asked, 1'000'000);
  const parley::Lived with_some = parley::Live(some);
  parley::Tell(some, with_some);
  const uint64_t many = asked == 0 ? parley::Largest(with_some.bytes_each) : asked;
  const parley::Lived with_many = parley::Live(many);
  parley::Tell(many, with_many);
  fmt::print("lifecycle with {} parked / with {}: {:.2f}\n", many, some,
             with_many.ns_lifecycle / with_some.ns_lifecycle);
  return 0;
}
