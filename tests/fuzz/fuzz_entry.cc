// tests/fuzz/fuzz_entry.cc — what libFuzzer calls; PARLEY_FUZZ_TARGET says which target it is.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace parley::fuzz {
// As targets.h has it, which is much to compile.
std::string PARLEY_FUZZ_TARGET(std::string_view input);
}  // namespace parley::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string problem = parley::fuzz::PARLEY_FUZZ_TARGET(input);
  if (problem.empty()) return 0;
  std::fprintf(stderr, "%s\n", problem.c_str());
  std::abort();
}
