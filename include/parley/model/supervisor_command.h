// Floor 3 · model/supervisor_command.h — reassign, assign; several agents in one channel.
//
// What a supervisor does with the work of others, and how agents come to those who have it.
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
// reservation.retry_after, also without reservation.exclude_previous. Refuses: kWrongState in setup
// and for a task that still waits, kAlreadyWithAgent to him who has it, kSeveralAgents,
// kOutOfRange, kLimitReached. Cost: O(1).
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

// Asks one more agent to join the channel, beside those who are in it: a further task of the same
// conversation, offered and accepted like any other, with its own capacity. `agent` invites and
// must be in the channel; none is a supervisor. `to` alone is asked, for as long as the task may
// wait; with none, anyone who fits the route and is not there yet. The route (none: the
// conversation's) may name a queue, skills and a priority, but no workflow or attributes. With
// hand_over, who invites (for a supervisor: who has the live task) goes to wrap-up when the other
// accepts: a warm transfer. When all who can be asked let it go, or it is canceled or too old,
// InvitationFailed is told and everything stays as it was (P1, P16).
// Refuses: kWrongState unless an agent has the live task and is not in wrap-up, kNotOwner,
// kAlreadyWithAgent, kAlreadyInvited (one at a time), kNotQualified, kOutOfRange, kLimitReached.
// Cost: O(agents in the channel).
struct Invite {
  ConversationId conversation{};
  AgentId agent{};
  AgentId to{};
  Route route{};
  bool hand_over = false;
  friend bool operator==(const Invite&, const Invite&) = default;
  static constexpr std::string_view kName = "invite";
  static constexpr auto kFields = std::tuple(
      Arg("conversation", &Invite::conversation), Opt("agent", &Invite::agent),
      Opt("to", &Invite::to), Arg("route", &Invite::route), Opt("hand-over", &Invite::hand_over));
};

// Takes the open invitation back. The agent must be in the channel; none is a supervisor.
// Refuses: kNotOwner, kNotInvited. Cost: O(agents in the channel).
struct CancelInvite {
  ConversationId conversation{};
  AgentId agent{};
  friend bool operator==(const CancelInvite&, const CancelInvite&) = default;
  static constexpr std::string_view kName = "cancel-invite";
  static constexpr auto kFields = std::tuple(Arg("conversation", &CancelInvite::conversation),
                                             Opt("agent", &CancelInvite::agent));
};

}  // namespace parley

#endif  // PARLEY_MODEL_SUPERVISOR_COMMAND_H_
