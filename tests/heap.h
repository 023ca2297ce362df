// Every allocation of a test binary is counted, and fails at will. For one file of a binary.

#ifndef PARLEY_TESTS_HEAP_H_
#define PARLEY_TESTS_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace parley {

struct Heap {
  static inline size_t calls = 0;
  static inline size_t bytes = 0;
  static inline size_t left = SIZE_MAX;  // So many more succeed, and all after them fail.
};

}  // namespace parley

// Kept out of line: inlined, g++ takes the pair for a mismatch.
[[gnu::noinline]] void* operator new(size_t bytes) {
  using parley::Heap;
  if (Heap::left == 0) throw std::bad_alloc();
  if (Heap::left != SIZE_MAX) --Heap::left;
  ++Heap::calls;
  Heap::bytes += bytes;
  void* memory = std::malloc(bytes);
  return memory != nullptr ? memory : throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { std::free(memory); }

#endif  // PARLEY_TESTS_HEAP_H_
