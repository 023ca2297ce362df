// examples/quarter_steps.h — what the people of quarter.cc plan.

#ifndef PARLEY_EXAMPLES_QUARTER_STEPS_H_
#define PARLEY_EXAMPLES_QUARTER_STEPS_H_

#include <cstddef>
#include <variant>

#include "parley/base/ids.h"
#include "parley/base/time.h"

namespace parley::examples {

// Agents and customers are numbers here.
struct MidnightComes {};
struct MinutePasses {};
struct CallIsThrough {
  ConversationId call;
};
struct CustomerTires {
  ConversationId conversation;
};
struct CustomerWrites {
  size_t customer;
};
struct OfferIsAnswered {
  ReservationId offer;
  bool yes;
};
struct WorkEnds {
  TaskId task;
};
struct WrapUpEnds {
  TaskId task;
};
struct PauseEnds {
  ConversationId conversation;
  AgentId agent;
};
struct ShiftBegins {
  size_t agent;
};
struct BreakBegins {
  size_t agent;
};
struct BreakEnds {
  size_t agent;
};
struct NetworkDrops {
  size_t agent;
  Duration how_long;
};
struct NetworkIsBack {
  size_t agent;
};
struct ShiftEnds {
  size_t agent;
};
using QuarterStep =
    std::variant<MidnightComes, MinutePasses, CallIsThrough, CustomerTires, CustomerWrites,
                 OfferIsAnswered, WorkEnds, WrapUpEnds, PauseEnds, ShiftBegins, BreakBegins,
                 BreakEnds, NetworkDrops, NetworkIsBack, ShiftEnds>;

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_QUARTER_STEPS_H_
