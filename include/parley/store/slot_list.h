// Floor 2 · store/slot_list.h — the ends of a list of slots that is threaded through records.
//
// The records hold the links; the walk and the changes are the engine's (they know the records).
//
// Threads    Plain values.

#ifndef PARLEY_STORE_SLOT_LIST_H_
#define PARLEY_STORE_SLOT_LIST_H_

#include <cstdint>

namespace parley {

struct SlotList {
  uint32_t head = UINT32_MAX;
  uint32_t tail = UINT32_MAX;
  uint32_t size = 0;
};

}  // namespace parley

#endif  // PARLEY_STORE_SLOT_LIST_H_
