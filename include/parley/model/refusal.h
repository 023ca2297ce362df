// Floor 3 · model/refusal.h — why a command was not carried out. One reason per way of being wrong.
//
// A command that is wrong in several ways is told one of them: always the same one, but which is no
// promise.

#ifndef PARLEY_MODEL_REFUSAL_H_
#define PARLEY_MODEL_REFUSAL_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "parley/base/describe.h"

namespace parley {

enum class Refusal : uint8_t {
  kNone,               // Not refused.
  kTimeWentBack,       // The clock is before the last command's time.
  kTimeOutOfRange,     // The clock is further from its origin than 2^61 ms (73 million years).
  kNotFound,           // An id that was never given out.
  kGone,               // An id whose thing has ended; a late accept gets this.
  kWrongState,         // The task, reservation or channel is not in a state that allows it.
  kNotOwner,           // The conversation or task is with another agent, or with none.
  kFeatureOff,         // Leave or Pause is not switched on (R-CFG-01).
  kNotInThisVersion,   // The agent's client is too old for it, or is 2.12.0 (R-VG).
  kNotPaused,          // Resume of what is not, or no longer, paused (R-PX-06).
  kAtCapacity,         // No room, and the settings say not to route on (E-9).
  kAgentUnavailable,   // Resume needs an available activity (E-8).
  kAgentOffline,       // Resume by an agent who is logged out or disconnected (E-8).
  kReplyInWrapUp,      // In wrap-up an agent reads and does not write (R-WR-03).
  kTooManyPaused,      // pause.max_per_agent is reached (E-42).
  kAlreadyOpen,        // These two addresses already have an open conversation (B6).
  kHasLiveTask,        // The conversation's task is still there.
  kAlreadyWithAgent,   // This agent has the conversation already.
  kSeveralAgents,      // Several agents are in the channel: only for a sole one (E-36).
  kAlreadyInvited,     // An invitation to this channel is open.
  kNotInvited,         // No invitation to this channel is open.
  kNotQualified,       // The queue or the route needs skills that this agent does not have.
  kNotAsked,           // Nobody asked the host where this conversation goes.
  kQueueNeeded,        // A new conversation must name its queue.
  kMediumOff,          // New conversations on this medium are switched off.
  kAddressInvalid,     // An address is empty or longer than 320 bytes.
  kNameInvalid,        // A name is empty, over 64 bytes, not UTF-8, or has control characters.
  kNameTaken,          // Another of its kind has this name.
  kInUse,              // Something still refers to it.
  kProtectedActivity,  // An activity with a role is not removed (R-LO-09).
  kActivityAvailable,  // This role, or a rejecting change, needs an unavailable activity (R-LO-10).
  kAlreadyConnected,   // This session is connected already.
  kNotConnected,       // This session is not connected.
  kNotADisconnect,     // Locking or leaving a computer idle does not disconnect (R-LO-05).
  kSettingsInvalid,    // ApplySettings: the field that Refused names is out of its range.
  kNotEntitled,        // ApplySettings: Leave and Pause need the entitlement (R-CFG-12).
  kOutOfRange,         // A number or an enum in the command is outside its range.
  kLimitReached,       // One of Settings::limits.
  kAttributesInvalid,  // Not JSON attributes; Refused says where (model/attributes.h).
  kExpressionInvalid,  // Not an expression; Refused says where (routing/expression.h).
  kWorkflowInvalid,    // Not a workflow; Refused says where (routing/workflow.h).
  kOutOfMemory,        // There is no memory for it now; it may be told again later.
};
inline constexpr std::array<std::string_view, 42> kRefusalNames = {"None",
                                                                   "TimeWentBack",
                                                                   "TimeOutOfRange",
                                                                   "NotFound",
                                                                   "Gone",
                                                                   "WrongState",
                                                                   "NotOwner",
                                                                   "FeatureOff",
                                                                   "NotInThisVersion",
                                                                   "NotPaused",
                                                                   "AtCapacity",
                                                                   "AgentUnavailable",
                                                                   "AgentOffline",
                                                                   "ReplyInWrapUp",
                                                                   "TooManyPaused",
                                                                   "AlreadyOpen",
                                                                   "HasLiveTask",
                                                                   "AlreadyWithAgent",
                                                                   "SeveralAgents",
                                                                   "AlreadyInvited",
                                                                   "NotInvited",
                                                                   "NotQualified",
                                                                   "NotAsked",
                                                                   "QueueNeeded",
                                                                   "MediumOff",
                                                                   "AddressInvalid",
                                                                   "NameInvalid",
                                                                   "NameTaken",
                                                                   "InUse",
                                                                   "ProtectedActivity",
                                                                   "ActivityAvailable",
                                                                   "AlreadyConnected",
                                                                   "NotConnected",
                                                                   "NotADisconnect",
                                                                   "SettingsInvalid",
                                                                   "NotEntitled",
                                                                   "OutOfRange",
                                                                   "LimitReached",
                                                                   "AttributesInvalid",
                                                                   "ExpressionInvalid",
                                                                   "WorkflowInvalid",
                                                                   "OutOfMemory"};
constexpr const auto& NamesOf(Refusal) { return kRefusalNames; }

}  // namespace parley

#endif  // PARLEY_MODEL_REFUSAL_H_
