// Floor 3 · model/supervisor_command.h — what a supervisor does with the work of others.
//
// Two more of his commands stand elsewhere, because an agent has them too: Close ends any
// conversation, and Complete without an agent ends anybody's wrap-up (P3).
//
// Threads    Plain values.

#ifndef PARLEY_MODEL_SUPERVISOR_COMMAND_H_
#define PARLEY_MODEL_SUPERVISOR_COMMAND_H_

#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/model/route.h"

namespace parley {

// Takes a conversation from whoever has it and queues a new task with its history and its age, plus
// route.waited: a paused one ends its pause, a left one its leave, an agent's task is completed.
// Orphans and those that the host was asked about go the same way. `to` is asked alone for one
// reservation time-out, if he is available and fits; then anyone is. Who had it is not asked for
// reservation.retry_after. Refuses: kWrongState in setup and for a task that still waits,
// kAlreadyWithAgent to him who has it, kOutOfRange, kLimitReached. Cost: O(1).
struct Reassign {
  ConversationId conversation{};
  AgentId to{};
  Route route{};
  friend bool operator==(const Reassign&, const Reassign&) = default;
  static constexpr std::string_view kName = "reassign";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &Reassign::conversation), Opt("to", &Reassign::to),
                 Arg("route", &Reassign::route));
};

// Gives a conversation that waits, is offered, is parked or is nobody's to this agent at once,
// accepted, though he is full, unavailable or without the skills; over his capacity he gets no
// more. Other offers of it are rescinded. Refuses: kWrongState in setup and while another agent has
// it, kAlreadyWithAgent, kLimitReached. Cost: O(1).
struct Assign {
  ConversationId conversation{};
  AgentId agent{};
  friend bool operator==(const Assign&, const Assign&) = default;
  static constexpr std::string_view kName = "assign";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &Assign::conversation), Arg("agent", &Assign::agent));
};

}  // namespace parley

#endif  // PARLEY_MODEL_SUPERVISOR_COMMAND_H_
