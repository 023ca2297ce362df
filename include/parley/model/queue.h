// Floor 3 · model/queue.h — the rules of a queue: who serves it, in which order, and what next.
//
// A queue names the skills that its agents need and, if that is not enough, a condition on their
// attributes (routing/expression.h). Everything else has a default that does what people expect:
// the oldest task of the highest priority goes to the agent who has been without an offer longest.
//
//   AddQueue{.name = "claims", .rules = {.order = TaskOrder::kAgeing, .point_every = 60s}}
//
// Threads    Plain values.

#ifndef PARLEY_MODEL_QUEUE_H_
#define PARLEY_MODEL_QUEUE_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"

namespace parley {

// Which waiting task goes first. Ties go to the task that was made first; in LIFO, last. A task
// that waits for one agent alone goes as in a FIFO queue. Between ageing and FIFO queues the
// priority of the one counts as the points of the other, in thousandths; then the longest waiting
// goes first, a point counting as the time that brings it.
enum class TaskOrder : uint8_t {
  kFifo,    // Higher priority, then longer waiting (E-22).
  kLifo,    // The newest; priority does not count (E-22).
  kAgeing,  // Most points: priority and credit at entry, and one more for every `point_every`.
};
inline constexpr std::array<std::string_view, 3> kTaskOrderNames = {"fifo", "lifo", "ageing"};
constexpr const auto& NamesOf(TaskOrder) { return kTaskOrderNames; }

// Which of the agents who could take a task gets it. Whatever it is, an agent who let this very
// task go comes after all who did not, and ties go to the longest without an offer, then to the
// lower id.
enum class AgentOrder : uint8_t {
  kLastReserved,    // Longest without an offer; who never had one is first (E-21).
  kLastAssigned,    // Longest since he accepted one.
  kLastReleased,    // Longest since a task of his ended.
  kAvailableSince,  // Longest in his activity.
  kRoundRobin,      // The next one by id after the one whom this queue asked last.
  kLeastLoaded,     // Smallest share of his capacity for the medium in use.
  kScore,           // Highest score, by the formula in `by` (routing/order_by.h).
  kOrderBy,         // By the attributes that `by` lists (C1).
};
inline constexpr std::array<std::string_view, 8> kAgentOrderNames = {
    "last-reserved", "last-assigned", "last-released", "available-since",
    "round-robin",   "least-loaded",  "score",         "order-by"};
constexpr const auto& NamesOf(AgentOrder) { return kAgentOrderNames; }

inline constexpr uint32_t kMostOffers = 50;

// Texts are views: in a command good until Apply() returns, from the engine until the queue
// changes.
struct QueueRules {
  std::string_view agents{};                           // Who serves it (C1); empty: everyone.
  TaskOrder order = TaskOrder::kFifo;                  //
  Duration point_every = std::chrono::minutes(1);      // 1 ms to 1 day; ageing only.
  int32_t credit = 0;                                  // Points at entry, from 0; ageing only.
  AgentOrder agent_order = AgentOrder::kLastReserved;  //
  std::string_view by{};                               // The text of kScore or kOrderBy.
  uint32_t max_offers = 1;                             // Agents asked at once; 1 to 50.
  Duration target = Duration::zero();  // Service level: accepted within; up to 14 days, 0: none.
  Duration warn_before = Duration::zero();  // A word so long before it is missed; 0: none.
  friend bool operator==(const QueueRules&, const QueueRules&) = default;
  static constexpr auto kFields =
      std::tuple(Opt("agents", &QueueRules::agents), Opt("order", &QueueRules::order),
                 Opt("point-every", &QueueRules::point_every), Opt("credit", &QueueRules::credit),
                 Opt("agent-order", &QueueRules::agent_order), Opt("by", &QueueRules::by),
                 Opt("max-offers", &QueueRules::max_offers), Opt("target", &QueueRules::target),
                 Opt("warn-before", &QueueRules::warn_before));
};

}  // namespace parley

#endif  // PARLEY_MODEL_QUEUE_H_
