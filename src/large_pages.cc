// src/large_pages.cc — see base/large_pages.h.
//
// Here, so that no host gets the system's headers with ours.

#include "parley/base/large_pages.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace parley::internal {

void AskForLargePages([[maybe_unused]] void* begin, [[maybe_unused]] size_t bytes) {
#ifdef MADV_HUGEPAGE
  madvise(begin, bytes, MADV_HUGEPAGE);
#endif
}

}  // namespace parley::internal
