// src/step.h — what one step carries with it: what is still to be done, and what it is about.

#ifndef PARLEY_SRC_STEP_H_
#define PARLEY_SRC_STEP_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/conversation.h"
#include "parley/model/supervisor_command.h"
#include "parley/model/task.h"
#include "parley/routing/reroute.h"
#include "parley/store/bit_set.h"

namespace parley::internal {

// One thing still to be done in this step: a trigger to find a row for, or the rest of a row.
struct Order {
  enum class Kind : uint8_t {
    kChannel,
    kTask,
    kReservation,
    kPresence,  // Triggers,
    kChannelRest,
    kTaskRest,
    kReservationRest,
    kPresenceRest,  // rows that have been begun.
  };
  Kind kind;
  uint8_t what;      // The trigger, or which of the row's effects comes next.
  uint16_t row = 0;  // Its index in the machine's table.
  uint64_t id = 0;
};

// What led to an effect: a trigger, and the state in which it came.
struct Origin {
  uint8_t on;
  uint8_t from;
};

// The address that was looked for last: what Check() has found, Do() need not look for.
struct Sought {
  Medium medium = Medium::kVoice;
  std::string_view customer;  // Names a place, not what stands there now.
  std::string_view business;
  uint64_t hash = 0;
  ConversationId open;  // None: no conversation with it is open.

  bool Is(Medium its, std::string_view its_customer, std::string_view its_business) const {
    return customer.data() != nullptr && medium == its && customer.data() == its_customer.data() &&
           customer.size() == its_customer.size() && business.data() == its_business.data() &&
           business.size() == its_business.size();
  }
};

// How the next task of a conversation is to be made.
struct Plan {
  AgentId agent;                    // For him alone at first,
  Instant until;                    // until then; Instant::max() for ever;
  uint32_t over_by = 0;             // so far above his capacity.
  AgentId exclude;                  // Is not asked,
  Instant exclude_until;            // until then.
  std::optional<int32_t> priority;  // Of this task; else the conversation's.
  bool keep_age = false;
  bool into_queue = false;  // Not through the conversation's workflow.
  Duration waited = Duration::zero();
};

// What the current command or timer is about, for the effects that need to know.
struct Matter {
  AgentId author;
  uint64_t ref = 0;
  AgentId chosen;       // Whom the task is offered to,
  AgentId runner_up;    // who would have been next,
  Decision decision;    // and why he was not.
  ActivityId activity;  // Named with a decline.
  CancelReason reason = CancelReason::kNone;
  PauseEnd pause_end = PauseEnd::kExpired;
  RerouteCause asked_because = RerouteCause::kReplied;
  bool at_once = false;  // Leave and Pause complete the task themselves.
  bool by_hand = false;  // Somebody wanted the task to be this agent's: accepted it, say.
  const Invite* invite = nullptr;
  TaskId heir;  // Whose task becomes the live one, if it is to be this.
  Plan plan;
};

// Where a task stands among all that wait, whatever their queues' orders are: smallest first.
struct Rank {
  uint8_t group = 0;  // 1: of the kind of queue that comes second.
  int64_t first = 0;
  int64_t second = 0;
  uint64_t tie = 0;
  friend auto operator<=>(const Rank&, const Rank&) = default;
};

// Where the matching stands in one line. The smallest rank of all is tried next.
struct Cursor {
  enum class Line : uint8_t { kNeed, kReturned, kAgent };
  Rank rank;
  Place at;
  Line line;
  uint64_t owner;  // The need's slot, or the agent's id.
};

enum class Timer : uint8_t {
  kConversation,
  kTask,
  kTaskWait,
  kTaskStep,
  kLevel,
  kReservation,
  kOffline,
  kRequeue,
  kWake
};

// Memory that is there for the next steps (room.h). A copy of a state begins without any.
struct Spare {
  Spare() = default;
  Spare(const Spare&) {}
  Spare& operator=(const Spare&) = delete;

  uint64_t steps = 0;  // For so many there is room.
  std::vector<BitSet> sets;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_STEP_H_
