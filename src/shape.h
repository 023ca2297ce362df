// src/shape.h — what of a state decides the future, as it looks from now.
//
// Two states of one shape do the same from now on, under other names and at another time: told the
// same about the same, they give the same events. So a search through all states
// (tests/scope_test.cc) comes to an end, though time, ids and counts never come back:
//
//   instants     count from now; what has passed is passed; where only the order decides, the
//                order is all that is left;
//   ids          are places: tasks by age, conversations by address, agents by slot;
//   histories, statistics, ended tasks and which id comes next are left out: they decide nothing.
//
// It holds as long as queues and workflows stay as they are, no command names an age
// (Route::waited), no limit of Settings::limits is near but that of messages, and the policy does
// not ask how often a conversation was rerouted.

#ifndef PARLEY_SRC_SHAPE_H_
#define PARLEY_SRC_SHAPE_H_

#include <cstdint>

#include "state.h"

namespace parley::internal {

// Requires: between two steps. Cost: O(state x log).
uint64_t ShapeOf(const State& s);

}  // namespace parley::internal

#endif  // PARLEY_SRC_SHAPE_H_
