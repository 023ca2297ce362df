// What the process holds in memory.

#ifndef PARLEY_BENCH_MEMORY_USE_H_
#define PARLEY_BENCH_MEMORY_USE_H_

#include <malloc.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>

namespace parley {

// What the process holds now; freed memory is handed back first.
inline uint64_t ResidentBytes() {
  malloc_trim(0);
  uint64_t pages = 0;
  uint64_t resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace parley

#endif  // PARLEY_BENCH_MEMORY_USE_H_
