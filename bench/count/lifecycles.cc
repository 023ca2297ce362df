// So many lifecycles of eleven commands with so many conversations parked, and nothing else: for a
// tool that counts instructions. bench/run runs it twice and takes the difference.
//
//   lifecycles 100000 2000

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string_view>

#include "centre.h"

int main(int argc, char** argv) {
  const auto number = [&](int i) {
    uint64_t value = 0;
    if (i < argc) {
      const std::string_view text = argv[i];
      std::from_chars(text.data(), text.data() + text.size(), value);
    }
    return value;
  };
  const uint64_t parked = number(1);
  if (parked == 0) {
    std::fputs("usage: lifecycles PARKED LIFECYCLES\n", stderr);
    return 2;
  }
  parley::Centre centre(parked);
  std::mt19937_64 random(1);
  for (uint64_t i = 0; i < number(2); ++i) centre.Lifecycle(parley::Address(random() % parked));
  std::printf("%u conversations\n", centre.engine().Count().conversations);
}
