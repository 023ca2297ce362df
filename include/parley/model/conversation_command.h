// Floor 3 · model/conversation_command.h — commands about conversations.

#ifndef PARLEY_MODEL_CONVERSATION_COMMAND_H_
#define PARLEY_MODEL_CONVERSATION_COMMAND_H_

#include <cstdint>
#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/model/medium.h"
#include "parley/model/route.h"
#include "parley/model/settings.h"

namespace parley {

// The customer wrote. Goes to the open conversation of these addresses, or opens one, which needs
// route.queue or route.workflow; an open one keeps its own route, and `direct` is only for the
// first task. Addresses are 1 to 320 bytes.
// Refuses: kAddressInvalid, kQueueNeeded, kMediumOff, kOutOfRange, kLimitReached.
struct Message {
  Medium medium = Medium::kChat;
  std::string_view customer{};
  std::string_view business{};
  uint64_t ref = 0;  // Where the host keeps the body; opaque.
  Route route{};
  Direct direct{};
  friend bool operator==(const Message&, const Message&) = default;
  static constexpr std::string_view kName = "message";
  static constexpr auto kFields =
      std::tuple(Arg("medium", &Message::medium), Arg("customer", &Message::customer),
                 Arg("business", &Message::business), Opt("ref", &Message::ref),
                 Arg("route", &Message::route), Arg("direct", &Message::direct));
};

// Opens a conversation whose medium is still being set up (a call, say). Its task is made when the
// medium is ready. Refuses: as Message; kAlreadyOpen.
struct OpenConversation {
  Medium medium = Medium::kVoice;
  std::string_view customer{};
  std::string_view business{};
  Route route{};
  friend bool operator==(const OpenConversation&, const OpenConversation&) = default;
  static constexpr std::string_view kName = "open";
  static constexpr auto kFields = std::tuple(
      Arg("medium", &OpenConversation::medium), Arg("customer", &OpenConversation::customer),
      Arg("business", &OpenConversation::business), Arg("route", &OpenConversation::route));
};

// The medium of a conversation in setup works: its first task is made. Refuses: kWrongState,
// kOutOfRange.
struct ChannelReady {
  ConversationId conversation{};
  Direct direct{};
  friend bool operator==(const ChannelReady&, const ChannelReady&) = default;
  static constexpr std::string_view kName = "channel-ready";
  static constexpr auto kFields = std::tuple(Arg("conversation", &ChannelReady::conversation),
                                             Arg("direct", &ChannelReady::direct));
};

// ... or does not: the conversation is over. Refuses: kWrongState.
struct ChannelFailed {
  ConversationId conversation{};
  friend bool operator==(const ChannelFailed&, const ChannelFailed&) = default;
  static constexpr std::string_view kName = "channel-failed";
  static constexpr auto kFields = std::tuple(Arg("conversation", &ChannelFailed::conversation));
};

// The assigned agent wrote. Refuses: kNotOwner, kReplyInWrapUp (R-WR-03), kLimitReached.
struct Reply {
  ConversationId conversation{};
  AgentId agent{};
  uint64_t ref = 0;
  friend bool operator==(const Reply&, const Reply&) = default;
  static constexpr std::string_view kName = "reply";
  static constexpr auto kFields = std::tuple(Arg("conversation", &Reply::conversation),
                                             Arg("agent", &Reply::agent), Opt("ref", &Reply::ref));
};

// The agent has answered and lets go until the customer writes (R-LV). Without an agent it is the
// host's, and always completes the task at once (E-35); the mode of the settings holds otherwise.
// With other agents in the channel, only he goes (E-36); the host's own is then refused.
// `session` names the client that asks, for the version gate; 0 is none.
// Refuses: kFeatureOff, kNotInThisVersion, kNotConnected, kNotOwner, kWrongState, kSeveralAgents.
struct Leave {
  ConversationId conversation{};
  AgentId agent{};
  SessionId session{};
  bool programmatic = false;
  friend bool operator==(const Leave&, const Leave&) = default;
  static constexpr std::string_view kName = "leave";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &Leave::conversation), Arg("agent", &Leave::agent),
                 Opt("session", &Leave::session), Opt("programmatic", &Leave::programmatic));
};

// The agent puts it aside and will come back to it (R-PS). Refuses: as Leave; kTooManyPaused;
// kSeveralAgents unless he is alone in the channel (E-36).
struct Pause {
  ConversationId conversation{};
  AgentId agent{};
  SessionId session{};
  bool programmatic = false;
  friend bool operator==(const Pause&, const Pause&) = default;
  static constexpr std::string_view kName = "pause";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &Pause::conversation), Arg("agent", &Pause::agent),
                 Opt("session", &Pause::session), Opt("programmatic", &Pause::programmatic));
};

// The agent takes up again what he paused (R-RS). Works with Pause switched off, too (E-28).
// Refuses: kNotPaused, kNotOwner, kAgentOffline, kAgentUnavailable, kAtCapacity, and as Leave.
struct Resume {
  ConversationId conversation{};
  AgentId agent{};
  SessionId session{};
  bool programmatic = false;
  friend bool operator==(const Resume&, const Resume&) = default;
  static constexpr std::string_view kName = "resume";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &Resume::conversation), Arg("agent", &Resume::agent),
                 Opt("session", &Resume::session), Opt("programmatic", &Resume::programmatic));
};

// The agent is done with the customer: wrap-up, and at Complete the conversation closes (R-LV-20).
// With other agents in the channel, only he goes (E-36, P17).
// Refuses: kNotOwner, kWrongState.
struct End {
  ConversationId conversation{};
  AgentId agent{};
  friend bool operator==(const End&, const End&) = default;
  static constexpr std::string_view kName = "end";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &End::conversation), Arg("agent", &End::agent));
};

// The agent sends it on: to a queue (none: its own), and there first to one agent (none: anyone).
// He wraps up at once, and is not asked himself for reservation.retry_after, also without
// reservation.exclude_previous. The agent named is asked alone for one reservation time-out, if he
// is available and fits; then anyone is.
// Refuses: kNotOwner, kWrongState, kSeveralAgents, kOutOfRange to himself.
struct Transfer {
  ConversationId conversation{};
  AgentId agent{};
  AgentId to{};
  Route route{};
  friend bool operator==(const Transfer&, const Transfer&) = default;
  static constexpr std::string_view kName = "transfer";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &Transfer::conversation), Arg("agent", &Transfer::agent),
                 Opt("to", &Transfer::to), Arg("route", &Transfer::route));
};

// The host, or a supervisor, ends it, whatever it is doing. A task that nobody had is canceled; an
// agent's is completed, or wraps up. Refuses: kOutOfRange.
struct Close {
  ConversationId conversation{};
  ParkMode mode = ParkMode::kCompleteNow;
  friend bool operator==(const Close&, const Close&) = default;
  static constexpr std::string_view kName = "close";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &Close::conversation), Opt("mode", &Close::mode));
};

}  // namespace parley

#endif  // PARLEY_MODEL_CONVERSATION_COMMAND_H_
