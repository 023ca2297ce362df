// Floor 0 · base/fetch.h — asks the memory for what is needed soon, so that nobody waits for it.
//
// A hint: it changes nothing, and any address is safe. It pays where the next thing to do is known
// while there is still something to do before it.
//
// Cost       One instruction a cache line.

#ifndef PARLEY_BASE_FETCH_H_
#define PARLEY_BASE_FETCH_H_

#include <cstddef>

namespace parley {

inline constexpr size_t kCacheLine = 64;

template <class T>
void Fetch(const T* record) {
  const auto* bytes = reinterpret_cast<const char*>(record);
  for (size_t at = 0; at < sizeof(T); at += kCacheLine) __builtin_prefetch(bytes + at);
  __builtin_prefetch(bytes + sizeof(T) - 1);
  // Without this g++ takes a function that does nothing else for one that does nothing.
  asm volatile("" : : "r"(bytes));
}

}  // namespace parley

#endif  // PARLEY_BASE_FETCH_H_
