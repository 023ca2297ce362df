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

  static void* New(size_t bytes_wanted, size_t alignment) {
    if (left == 0) throw std::bad_alloc();
    if (left != SIZE_MAX) --left;
    ++calls;
    bytes += bytes_wanted;
    const size_t whole = (bytes_wanted + alignment - 1) / alignment * alignment;
    void* memory = std::aligned_alloc(alignment, whole);
    return memory != nullptr ? memory : throw std::bad_alloc();
  }
};

}  // namespace parley

// Kept out of line: inlined, g++ takes the pair for a mismatch.
[[gnu::noinline]] void* operator new(size_t bytes) {
  return parley::Heap::New(bytes, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}
[[gnu::noinline]] void* operator new(size_t bytes, std::align_val_t alignment) {
  return parley::Heap::New(bytes, static_cast<size_t>(alignment));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}

#endif  // PARLEY_TESTS_HEAP_H_
