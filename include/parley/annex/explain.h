// Annex · annex/explain.h — why nobody takes a task, as a person reads it.
//
//   t7 waits in support, 2 before it, step 1 of filter 1 of french (next step at 3m20s,
//   canceled at 24h)
//     ann: full for chat (2 of 2); when work ends or the capacity is raised, or by itself at 40s
//
// The names are those that the engine knows; times are written as in annex/text.h.

#ifndef PARLEY_ANNEX_EXPLAIN_H_
#define PARLEY_ANNEX_EXPLAIN_H_

#include <string>

#include "parley/engine/engine.h"
#include "parley/engine/explain.h"

namespace parley {

// A line for the task, then one for each agent and each open offer, each but the first indented;
// every line ends with a newline. `engine` is the one that explained, told nothing since.
// Cost: O(length of the text).
std::string ToText(const Explanation& explanation, const Engine& engine);

}  // namespace parley

#endif  // PARLEY_ANNEX_EXPLAIN_H_
