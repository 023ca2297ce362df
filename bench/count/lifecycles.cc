// So many lifecycles of eleven commands with so many conversations parked, and nothing else: for a
// tool that counts instructions. bench/run runs it twice and takes the difference.
//
//   lifecycles 100000 2000

#include <cstdint>
#include <cstdio>
#include <random>

#include "centre.h"
#include "count/number.h"

int main(int argc, char** argv) {
  const uint64_t parked = parley::NumberAt(1, argc, argv);
  const uint64_t lifecycles = parley::NumberAt(2, argc, argv);
  if (parked == 0) {
    std::fputs("usage: lifecycles PARKED LIFECYCLES\n", stderr);
    return 2;
  }
  parley::Centre centre(parked);
  std::mt19937_64 random(1);
  for (uint64_t i = 0; i < lifecycles; ++i) centre.Lifecycle(parley::Address(random() % parked));
  std::printf("%u conversations\n", centre.engine().Count().conversations);
}
