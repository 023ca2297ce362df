// Annex · annex/what_if.h — what if, and how long until: a fork runs ahead.
//
// A WhatIf is a fork of a live engine with agents who behave as assumed. Change something in it,
// let it run on, and compare it with one in which nothing was changed. The live engine never hears
// of either.
//
//   auto as_is = *WhatIf::Create(engine, assumptions);
//   auto more = *WhatIf::Create(engine, assumptions);
//   more->Apply(AddAgent{"eve", {}, kAvailable});
//   as_is->RunUntil(engine.Now() + 1h);
//   more->RunUntil(engine.Now() + 1h);
//   for (const Compared& row : Compare(*as_is, *more)) Print(row);
//
// There is no chance in it. Customers send no further messages, agents stay in their activities and
// with their sessions, the host is silent: what was paused stays so until its time is over. Whoever
// knows better applies it as a command on the way, between two calls of RunUntil.
//
// Order      At one instant the engine's timers come first, then the agents' acts, by reservation.
// Units      Milliseconds.
// Errors     An assumption out of its range: a Status that names it. Without memory a run throws
//            std::bad_alloc, and is of no more use.
// Cost       Create: O(state). RunUntil: as the commands and timers that it brings.
// Memory     A whole engine.
// Threads    One owner, one thread at a time; it may be another than the live engine's, if the
//            policy can be asked from both.

#ifndef PARLEY_ANNEX_WHAT_IF_H_
#define PARLEY_ANNEX_WHAT_IF_H_

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "parley/annex/figures.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/engine/engine.h"
#include "parley/model/command.h"
#include "parley/model/event.h"
#include "parley/model/medium.h"
#include "parley/model/reroute.h"

namespace parley {

// What every agent does with every offer; each time 0 to 366 days. All are counted from the offer,
// also of work that is in hand when the run begins: accepted after an offer of a minute ago, with
// 10 s to accept and 5 min of work, it has 4 min 10 s to go. What should be done by then is done at
// once.
struct Assumptions {
  Assumptions() { handle.fill(std::chrono::minutes(5)); }

  Duration accept_after = std::chrono::seconds(5);  // As long as reservation.timeout: never.
  std::array<Duration, kMedia> handle;              // From there to the end of the conversation.
  Duration wrap_up = std::chrono::seconds(30);
  Duration target = std::chrono::seconds(20);  // The wait that the service level asks for.

  Duration& For(Medium medium) { return handle[static_cast<size_t>(medium)]; }
  Duration For(Medium medium) const { return handle[static_cast<size_t>(medium)]; }
};

class WhatIf {
 public:
  // A fork of the engine as it is now, with its policy, or another that outlives the run.
  // Fails with kInvalidArgument if an assumption is out of its range.
  static absl::StatusOr<std::unique_ptr<WhatIf>> Create(const Engine& engine,
                                                        const Assumptions& assumptions);
  static absl::StatusOr<std::unique_ptr<WhatIf>> Create(const Engine& engine,
                                                        const Assumptions& assumptions,
                                                        const ReroutePolicy& policy);

  WhatIf(const WhatIf&) = delete;
  WhatIf& operator=(const WhatIf&) = delete;

  // Changes something, now. The events stay valid until the next call.
  // Refuses: as the engine does, with one Refused.
  std::span<const Event> Apply(const Command& command);

  // Lets time pass up to `horizon`, at most kLastInstant; nothing, if that is over.
  void RunUntil(Instant horizon);
  // The same, but stops when the task has been accepted or is over; true if it was accepted.
  bool RunUntilAccepted(TaskId task, Instant horizon);

  const Engine& engine() const { return engine_; }
  const Assumptions& assumptions() const { return assumptions_; }
  // Of the run alone; waits that had begun before it count whole.
  const Figures& figures() const { return figures_; }
  // When a task was accepted in this run; none if it was not.
  std::optional<Instant> AcceptedAt(TaskId task) const;

 private:
  WhatIf(const Engine& engine, const Assumptions& assumptions, const ReroutePolicy& policy);

  Instant DueAt(const Reservation& reservation) const;
  void Watch(std::span<const Event> events);
  bool Step(Instant horizon);
  void Do(const Command& command);
  void Act(ReservationId id);

  Assumptions assumptions_;
  ManualClock clock_;
  Engine engine_;
  Figures figures_;
  std::set<std::pair<Instant, ReservationId>> acts_;  // Who does something next.
  std::map<TaskId, Instant> accepted_;
};

// How one queue and medium fared in a run.
struct Outcome {
  uint64_t accepted = 0;
  Duration average_wait = Duration::zero();  // Of those accepted after standing in line.
  Duration longest_wait = Duration::zero();
  ServiceLevel level{};
  uint64_t waiting = 0;  // At the end: not accepted yet.
  friend bool operator==(const Outcome&, const Outcome&) = default;
};
Outcome OutcomeOf(const WhatIf& run, QueueId queue, Medium medium);

struct Compared {
  QueueId queue{};
  Medium medium = Medium::kVoice;
  Outcome base{};
  Outcome changed{};
};
// Every queue and medium in which something was seen in one of them, by queue and medium.
std::vector<Compared> Compare(const WhatIf& base, const WhatIf& changed);

// How long until the task is accepted, if all goes as assumed. None if it does not wait (accepted
// already, over, unknown), and if it is not accepted within `horizon` or goes over into another
// task. Cost: a fork and a run. Whoever asks for many tasks runs one WhatIf and asks AcceptedAt().
// Fails as WhatIf::Create.
absl::StatusOr<std::optional<Duration>> EstimatedWait(const Engine& engine, TaskId task,
                                                      const Assumptions& assumptions,
                                                      Duration horizon = std::chrono::hours(24));

}  // namespace parley

#endif  // PARLEY_ANNEX_WHAT_IF_H_
