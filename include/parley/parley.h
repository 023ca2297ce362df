// Floor 6 · parley.h — the one header that most users include.
//
// Not in it: routing/workflow.h, expression.h and order_by.h, for who builds or judges such a text
// before it goes into a command; and annex/, whose parts are included one by one.

#ifndef PARLEY_PARLEY_H_
#define PARLEY_PARLEY_H_

#include "parley/engine/engine.h"

#endif  // PARLEY_PARLEY_H_
