// tests/watched_take.h — the engine's own Take() (src/take.cc), compiled once more so that each row
// that is taken is counted. Whoever includes this gets it instead of the library's: the linker
// takes no object from an archive for what is there already. So the library pays nothing for it.

#ifndef PARLEY_TESTS_WATCHED_TAKE_H_
#define PARLEY_TESTS_WATCHED_TAKE_H_

#include <array>
#include <cstdint>

// All that take.cc includes, so that only its own text is read differently.
#include "capacity.h"
#include "effects.h"

namespace parley::internal {

// How often each row of the machine was taken, in the order of its table.
template <class Machine>
inline std::array<uint64_t, Machine::kRows.size()> taken = {};

template <class Machine, class Holds>
const RowOf<Machine>* FindAndCount(typename RowOf<Machine>::State from,
                                   typename RowOf<Machine>::Trigger on, Holds holds) {
  const auto* row = FindRow<Machine>(from, on, holds);
  if (row != nullptr) ++taken<Machine>[static_cast<size_t>(row - Machine::kRows.data())];
  return row;
}

}  // namespace parley::internal

#define FindRow FindAndCount
#include "take.cc"
#undef FindRow

#endif  // PARLEY_TESTS_WATCHED_TAKE_H_
