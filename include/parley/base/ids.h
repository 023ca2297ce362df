// Floor 0 · base/ids.h — names for things that come and go.
//
// An id is a slot and the generation of that slot. Slots are reused, ids are not: the second task
// in slot 3 is t3.2, and whoever still holds t3 is told that it is gone. So an id finds its record
// without a search, and a late "accept" of an offer that ran out can never hit the next offer.
//
//   TaskId first = TaskId::Make(/*slot=*/2, /*generation=*/0);  // Written t3.
//   TaskId none;                                                // Names nothing; written "-".
//
// Order      By generation, then slot: any total order does, and this one is the value's own.
// Threads    Plain values.

#ifndef PARLEY_BASE_IDS_H_
#define PARLEY_BASE_IDS_H_

#include <compare>
#include <cstdint>

namespace parley {

template <class Tag>
struct Id {
  uint64_t value = 0;  // generation << 32 | (slot + 1); 0 names nothing.

  static constexpr Id Make(uint32_t slot, uint32_t generation) {
    return Id{(uint64_t{generation} << 32) | (uint64_t{slot} + 1)};
  }
  // Requires: *this names something.
  constexpr uint32_t slot() const { return static_cast<uint32_t>(value) - 1; }
  constexpr uint32_t generation() const { return static_cast<uint32_t>(value >> 32); }

  // False for the default id, and for a value whose slot part is 0: a host may send any bits. Where
  // a command may leave an id out, both leave it out.
  constexpr explicit operator bool() const { return static_cast<uint32_t>(value) != 0; }

  friend constexpr auto operator<=>(Id, Id) = default;
};

// The letter is how the id is written: t1, r1, c1, a1, q1, y1, k1, w1.
struct TaskTag { static constexpr char kLetter = 't'; };
struct ReservationTag { static constexpr char kLetter = 'r'; };
struct ConversationTag { static constexpr char kLetter = 'c'; };
struct AgentTag { static constexpr char kLetter = 'a'; };
struct QueueTag { static constexpr char kLetter = 'q'; };
struct ActivityTag { static constexpr char kLetter = 'y'; };
struct SkillTag { static constexpr char kLetter = 'k'; };
struct WorkflowTag { static constexpr char kLetter = 'w'; };

using TaskId = Id<TaskTag>;
using ReservationId = Id<ReservationTag>;
using ConversationId = Id<ConversationTag>;
using AgentId = Id<AgentTag>;
using QueueId = Id<QueueTag>;
using ActivityId = Id<ActivityTag>;
using SkillId = Id<SkillTag>;
using WorkflowId = Id<WorkflowTag>;

// One connection of an agent's client (a browser tab, a phone). The host numbers them; 0 is none.
enum class SessionId : uint64_t {};

}  // namespace parley

#endif  // PARLEY_BASE_IDS_H_
