// src/place.h — where in a command's text the mistake stands that it was refused for.

#ifndef PARLEY_SRC_PLACE_H_
#define PARLEY_SRC_PLACE_H_

#include "parley/model/command.h"
#include "state.h"

namespace parley::internal {

// The byte in the attributes, expression, formula or definition; within a workflow's definition the
// byte of the definition, or of the expression in it that does not read. kUnlimited if none.
// Requires: the command was refused for one of its texts.
uint32_t PlaceOfMistake(const State& s, const Command& command);

}  // namespace parley::internal

#endif  // PARLEY_SRC_PLACE_H_
