// Floor 3 · model/reroute.h — the words for why a conversation needs a new place, and which.

#ifndef PARLEY_MODEL_REROUTE_H_
#define PARLEY_MODEL_REROUTE_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "parley/base/describe.h"

namespace parley {

enum class RerouteCause : uint8_t {
  kReplied,            // The customer wrote after Leave.
  kPauseExpired,       // A pause ran out, or ended early without its owner.
  kResumedAtCapacity,  // Its owner resumed it and had no room.
  kUnanswered,         // The customer wrote during wrap-up, and the task is complete now.
  kNobodyElse,         // An offer was declined or ran out, and nobody else can take the task now.
  kAgentGone,          // Its agent was logged out for good, or removed.
  kOverdue,            // Its task was assigned for as long as one may be.
  kTaskCanceled,       // Its task was canceled, and the conversation is still open.
  kOrphanWrote,        // The customer wrote where nothing was going to happen.
  kAgentSilent,        // Its agent did not answer the customer for as long as he may.
};
inline constexpr std::array<std::string_view, 10> kRerouteCauseNames = {
    "replied",    "pause-expired", "resumed-at-capacity", "unanswered",  "nobody-else",
    "agent-gone", "overdue",       "task-canceled",       "orphan-wrote",
    "agent-silent"};
constexpr const auto& NamesOf(RerouteCause) { return kRerouteCauseNames; }

enum class RerouteAction : uint8_t {
  kNewTask,       // A new task, in a queue; a task that still waits is moved there instead.
  kWaitForAgent,  // A new task that waits for one agent alone.
  kAskHost,       // CustomRoutingRequested, with a deadline and what to do when the host is silent.
  kPark,          // Inactive, as after Leave, until the customer writes.
  kClose,
  kNothing,  // Leave it as it is: a waiting task waits on, anything else is an orphan.
};
inline constexpr std::array<std::string_view, 6> kRerouteActionNames = {
    "new-task", "wait-for-agent", "ask-host", "park", "close", "nothing"};
constexpr const auto& NamesOf(RerouteAction) { return kRerouteActionNames; }

enum class PauseEnd : uint8_t {
  kExpired,
  kOwnerRemoved,
  kOwnerLoggedOut,
  kCustomerWrote,
  kReassigned,
};
inline constexpr std::array<std::string_view, 5> kPauseEndNames = {
    "expired", "owner-removed", "owner-logged-out", "customer-wrote", "reassigned"};
constexpr const auto& NamesOf(PauseEnd) { return kPauseEndNames; }

enum class ResumedHow : uint8_t { kAutoAccepted, kReroutedAtCapacity };
inline constexpr std::array<std::string_view, 2> kResumedHowNames = {"auto-accepted",
                                                                     "rerouted-at-capacity"};
constexpr const auto& NamesOf(ResumedHow) { return kResumedHowNames; }

}  // namespace parley

#endif  // PARLEY_MODEL_REROUTE_H_
