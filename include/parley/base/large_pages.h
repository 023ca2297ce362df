// Floor 0 · base/large_pages.h — an allocator that puts large arrays into large pages.
//
// Where records lie about in a gigabyte, to look up where their pages are takes longer than to read
// them. An array of 2 MiB or more begins at a multiple of that, and the system is asked for large
// pages there (on Linux; elsewhere, or if there are none left, its pages are like all others).
// Smaller ones come from operator new.
//
// Errors     std::bad_alloc.

#ifndef PARLEY_BASE_LARGE_PAGES_H_
#define PARLEY_BASE_LARGE_PAGES_H_

#include <cstddef>
#include <new>

namespace parley::internal {

inline constexpr size_t kLargePage = size_t{2} << 20;

// Only a wish: nothing that is there changes.
void AskForLargePages(void* begin, size_t bytes);

// An allocator as the standard library wants it.
template <class T>
struct LargePages {
  using value_type = T;

  LargePages() = default;
  template <class U>
  explicit(false) LargePages(const LargePages<U>&) {}

  T* allocate(size_t n) { return New(n, true); }
  static T* New(size_t n, bool ask);  // Asks for large pages, or only leaves room for them.
  void deallocate(T* array, size_t n);

  friend bool operator==(LargePages, LargePages) { return true; }
};

// ---- Only definitions below ----------------------------------------------------------------

template <class T>
T* LargePages<T>::New(size_t n, bool ask) {
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
  const size_t bytes = n * sizeof(T);
  if (bytes < kLargePage) return static_cast<T*>(::operator new(bytes));
  void* const array = ::operator new(bytes, std::align_val_t(kLargePage));
  if (ask) AskForLargePages(array, bytes);
  return static_cast<T*>(array);
}

template <class T>
void LargePages<T>::deallocate(T* array, size_t n) {
  if (n * sizeof(T) < kLargePage) {
    ::operator delete(array);
  } else {
    ::operator delete(array, std::align_val_t(kLargePage));
  }
}

}  // namespace parley::internal

#endif  // PARLEY_BASE_LARGE_PAGES_H_
