// Floor 6 · parley.h — the one header that most users include.

#ifndef PARLEY_PARLEY_H_
#define PARLEY_PARLEY_H_

#include "parley/engine/engine.h"

#endif  // PARLEY_PARLEY_H_
