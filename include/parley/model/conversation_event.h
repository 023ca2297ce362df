// Floor 3 · model/conversation_event.h — what happened to conversations.

#ifndef PARLEY_MODEL_CONVERSATION_EVENT_H_
#define PARLEY_MODEL_CONVERSATION_EVENT_H_

#include <cstdint>
#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/conversation.h"
#include "parley/model/reroute.h"
#include "parley/model/task.h"

namespace parley {

// ---- Conversations ---------------------------------------------------------------------------

struct ConversationOpened {
  ConversationId conversation{};
  Medium medium = Medium::kVoice;
  friend bool operator==(const ConversationOpened&, const ConversationOpened&) = default;
  static constexpr std::string_view kName = "ConversationOpened";
  static constexpr auto kFields = std::tuple(Arg("conversation", &ConversationOpened::conversation),
                                             Arg("medium", &ConversationOpened::medium));
};

// `number` counts the messages of this conversation from 1; no author: the customer.
struct MessageAdded {
  ConversationId conversation{};
  uint32_t number = 0;
  AgentId author{};
  uint64_t ref = 0;
  friend bool operator==(const MessageAdded&, const MessageAdded&) = default;
  static constexpr std::string_view kName = "MessageAdded";
  static constexpr auto kFields = std::tuple(
      Arg("conversation", &MessageAdded::conversation), Arg("number", &MessageAdded::number),
      Opt("author", &MessageAdded::author), Opt("ref", &MessageAdded::ref));
};

struct ChannelChanged {
  ConversationId conversation{};
  ChannelState from = ChannelState::kSetup;
  ChannelState to = ChannelState::kSetup;
  friend bool operator==(const ChannelChanged&, const ChannelChanged&) = default;
  static constexpr std::string_view kName = "ChannelChanged";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &ChannelChanged::conversation),
                 Arg("from", &ChannelChanged::from), Arg("to", &ChannelChanged::to));
};

struct ParticipantJoined {
  ConversationId conversation{};
  AgentId agent{};
  friend bool operator==(const ParticipantJoined&, const ParticipantJoined&) = default;
  static constexpr std::string_view kName = "ParticipantJoined";
  static constexpr auto kFields = std::tuple(Arg("conversation", &ParticipantJoined::conversation),
                                             Arg("agent", &ParticipantJoined::agent));
};

struct ParticipantLeft {
  ConversationId conversation{};
  AgentId agent{};
  friend bool operator==(const ParticipantLeft&, const ParticipantLeft&) = default;
  static constexpr std::string_view kName = "ParticipantLeft";
  static constexpr auto kFields = std::tuple(Arg("conversation", &ParticipantLeft::conversation),
                                             Arg("agent", &ParticipantLeft::agent));
};

// Of several agents the one with the live task goes: this one's task is the live one now (E-36).
struct LiveTaskChanged {
  ConversationId conversation{};
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const LiveTaskChanged&, const LiveTaskChanged&) = default;
  static constexpr std::string_view kName = "LiveTaskChanged";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &LiveTaskChanged::conversation),
                 Arg("task", &LiveTaskChanged::task), Arg("agent", &LiveTaskChanged::agent));
};

// Nobody joins: the conversation stays with those who have it (P1, P16). Its task was canceled.
struct InvitationFailed {
  ConversationId conversation{};
  TaskId task{};
  CancelReason reason = CancelReason::kNone;
  friend bool operator==(const InvitationFailed&, const InvitationFailed&) = default;
  static constexpr std::string_view kName = "InvitationFailed";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &InvitationFailed::conversation),
                 Arg("task", &InvitationFailed::task), Arg("reason", &InvitationFailed::reason));
};

// The customer wrote while the agent was in wrap-up after End.
struct CustomerMessageDuringWrapUp {
  ConversationId conversation{};
  TaskId task{};
  friend bool operator==(const CustomerMessageDuringWrapUp&,
                         const CustomerMessageDuringWrapUp&) = default;
  static constexpr std::string_view kName = "CustomerMessageDuringWrapUp";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &CustomerMessageDuringWrapUp::conversation),
                 Arg("task", &CustomerMessageDuringWrapUp::task));
};

// What was decided about it. `corrected`: not by the policy; its decision could not be carried out,
// or conversation.max_reroutes is reached.
struct ConversationRerouted {
  ConversationId conversation{};
  RerouteCause cause = RerouteCause::kReplied;
  RerouteAction action = RerouteAction::kNewTask;
  QueueId queue{};
  AgentId agent{};
  bool corrected = false;
  WorkflowId workflow{};
  friend bool operator==(const ConversationRerouted&, const ConversationRerouted&) = default;
  static constexpr std::string_view kName = "ConversationRerouted";
  static constexpr auto kFields = std::tuple(
      Arg("conversation", &ConversationRerouted::conversation),
      Arg("cause", &ConversationRerouted::cause), Arg("action", &ConversationRerouted::action),
      Opt("queue", &ConversationRerouted::queue), Opt("agent", &ConversationRerouted::agent),
      Opt("corrected", &ConversationRerouted::corrected),
      Opt("workflow", &ConversationRerouted::workflow));
};

// The host is to decide, with CreateTask, IgnoreRouting or Close.
struct CustomRoutingRequested {
  ConversationId conversation{};
  RerouteCause cause = RerouteCause::kReplied;
  Instant deadline{};
  friend bool operator==(const CustomRoutingRequested&, const CustomRoutingRequested&) = default;
  static constexpr std::string_view kName = "CustomRoutingRequested";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &CustomRoutingRequested::conversation),
                 Arg("cause", &CustomRoutingRequested::cause),
                 Arg("deadline", &CustomRoutingRequested::deadline));
};

// It did not.
struct CustomRoutingTimedOut {
  ConversationId conversation{};
  WhenSilent fallback = WhenSilent::kNewTask;
  friend bool operator==(const CustomRoutingTimedOut&, const CustomRoutingTimedOut&) = default;
  static constexpr std::string_view kName = "CustomRoutingTimedOut";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &CustomRoutingTimedOut::conversation),
                 Arg("fallback", &CustomRoutingTimedOut::fallback));
};

// Nothing covers it but its mark (E-11).
struct ConversationOrphaned {
  ConversationId conversation{};
  friend bool operator==(const ConversationOrphaned&, const ConversationOrphaned&) = default;
  static constexpr std::string_view kName = "ConversationOrphaned";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &ConversationOrphaned::conversation));
};

// `messages` were in its history.
struct ConversationClosed {
  ConversationId conversation{};
  uint32_t messages = 0;
  friend bool operator==(const ConversationClosed&, const ConversationClosed&) = default;
  static constexpr std::string_view kName = "ConversationClosed";
  static constexpr auto kFields = std::tuple(Arg("conversation", &ConversationClosed::conversation),
                                             Arg("messages", &ConversationClosed::messages));
};

// ---- Leave and pause -------------------------------------------------------------------------

struct ConversationLeft {
  ConversationId conversation{};
  AgentId agent{};
  Instant expires{};
  friend bool operator==(const ConversationLeft&, const ConversationLeft&) = default;
  static constexpr std::string_view kName = "ConversationLeft";
  static constexpr auto kFields = std::tuple(Arg("conversation", &ConversationLeft::conversation),
                                             Arg("agent", &ConversationLeft::agent),
                                             Arg("expires", &ConversationLeft::expires));
};

// The customer replied after Leave, with `task` or the host's decision to follow.
struct ConversationReactivated {
  ConversationId conversation{};
  friend bool operator==(const ConversationReactivated&, const ConversationReactivated&) = default;
  static constexpr std::string_view kName = "ConversationReactivated";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &ConversationReactivated::conversation));
};

struct LeaveExpired {
  ConversationId conversation{};
  friend bool operator==(const LeaveExpired&, const LeaveExpired&) = default;
  static constexpr std::string_view kName = "LeaveExpired";
  static constexpr auto kFields = std::tuple(Arg("conversation", &LeaveExpired::conversation));
};

struct TaskPaused {
  ConversationId conversation{};
  AgentId agent{};
  Instant deadline{};
  friend bool operator==(const TaskPaused&, const TaskPaused&) = default;
  static constexpr std::string_view kName = "TaskPaused";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &TaskPaused::conversation), Arg("agent", &TaskPaused::agent),
                 Arg("deadline", &TaskPaused::deadline));
};

// The end of the pause is `before` away (R-HL).
struct PauseExpiring {
  ConversationId conversation{};
  AgentId agent{};
  Duration before = Duration::zero();
  friend bool operator==(const PauseExpiring&, const PauseExpiring&) = default;
  static constexpr std::string_view kName = "PauseExpiring";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &PauseExpiring::conversation),
                 Arg("agent", &PauseExpiring::agent), Arg("before", &PauseExpiring::before));
};

struct PauseExpired {
  ConversationId conversation{};
  AgentId agent{};
  QueueId queue{};
  PauseEnd end = PauseEnd::kExpired;
  friend bool operator==(const PauseExpired&, const PauseExpired&) = default;
  static constexpr std::string_view kName = "PauseExpired";
  static constexpr auto kFields = std::tuple(
      Arg("conversation", &PauseExpired::conversation), Arg("agent", &PauseExpired::agent),
      Arg("queue", &PauseExpired::queue), Opt("end", &PauseExpired::end));
};

struct TaskResumed {
  ConversationId conversation{};
  AgentId agent{};
  ResumedHow how = ResumedHow::kAutoAccepted;
  TaskId task{};
  friend bool operator==(const TaskResumed&, const TaskResumed&) = default;
  static constexpr std::string_view kName = "TaskResumed";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &TaskResumed::conversation), Arg("agent", &TaskResumed::agent),
                 Arg("how", &TaskResumed::how), Opt("task", &TaskResumed::task));
};

// `unread` messages of the customer since the pause began.
struct CustomerMessageWhilePaused {
  ConversationId conversation{};
  AgentId agent{};
  uint32_t unread = 0;
  friend bool operator==(const CustomerMessageWhilePaused&,
                         const CustomerMessageWhilePaused&) = default;
  static constexpr std::string_view kName = "CustomerMessageWhilePaused";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &CustomerMessageWhilePaused::conversation),
                 Arg("agent", &CustomerMessageWhilePaused::agent),
                 Arg("unread", &CustomerMessageWhilePaused::unread));
};

}  // namespace parley

#endif  // PARLEY_MODEL_CONVERSATION_EVENT_H_
