// Annex · annex/figures.h — what a supervisor wants to know, folded out of the events.
//
// Figures see nothing but events, one after the other. So a recorded stream gives the same figures
// as the engine that told it, today or in a year:
//
//   Figures figures({20s, 60s});
//   for (const Event& event : engine.Apply(command)) figures.Add(event);
//   const QueueFigures& calls = figures.Of(support, Medium::kVoice);
//   calls.until_accepted.Average();
//   figures.LevelOf(support, Medium::kVoice, 20s)->PerMille();  // 800: four of five within 20 s.
//
// A wait begins when the task is made. Only tasks that stood in line have one: a resumed
// conversation that its owner has at once adds nothing to the waits. What is counted of a task
// counts for the queue that it is in at that moment; what is counted of an offer, for the queue in
// which it was made. How many agents could serve a queue is no event's: Engine::EligibleAgents().
//
// Units      Milliseconds; averages are rounded down.
// Errors     None. What is told of a task that was never told to begin is left out.
// Cost       Add O(log of what is open). Memory for what is open, and for each queue and medium,
//            and each agent, ever seen.
// Threads    A plain value.

#ifndef PARLEY_ANNEX_FIGURES_H_
#define PARLEY_ANNEX_FIGURES_H_

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/engine/engine.h"
#include "parley/model/event.h"
#include "parley/model/medium.h"

namespace parley {

// Lengths of time, summed up.
struct Spread {
  uint64_t count = 0;
  Duration total = Duration::zero();
  Duration min = Duration::zero();  // Of none: 0.
  Duration max = Duration::zero();

  void Add(Duration length);
  Duration Average() const;  // Of none: 0.
  friend bool operator==(const Spread&, const Spread&) = default;
};

// How many waits were not longer than `threshold`, by how they ended.
struct Split {
  Duration threshold = Duration::zero();
  uint64_t accepted = 0;
  uint64_t canceled = 0;
  friend bool operator==(const Split&, const Split&) = default;
};

// within / of: the tasks accepted after a wait of at most `target`, among all that stood in line
// and were accepted or canceled. Every cancel counts as one who was lost, however short the wait;
// who still waits does not count yet.
struct ServiceLevel {
  Duration target = Duration::zero();
  uint64_t within = 0;
  uint64_t of = 0;

  uint32_t PerMille() const;  // 0 to 1000, rounded down; of none: 1000.
  friend bool operator==(const ServiceLevel&, const ServiceLevel&) = default;
};

// The figures of one queue and medium.
struct QueueFigures {
  // ---- Cumulative ----
  struct Tasks {
    uint64_t created = 0;
    uint64_t entered = 0;  // Came to stand in line here, or came from another queue.
    uint64_t moved = 0;    // Went to another queue.
    uint64_t completed = 0;
    uint64_t canceled = 0;
    uint64_t exhausted = 0;  // Of the canceled: no step of their workflow was left.
    uint64_t at_risk = 0;    // Were about to miss the queue's service level, and
    uint64_t missed = 0;     // missed it (ServiceLevelAtRisk, ServiceLevelMissed).
    friend bool operator==(const Tasks&, const Tasks&) = default;
  } tasks;
  struct Offers {
    uint64_t created = 0;
    uint64_t accepted = 0;
    uint64_t declined = 0;
    uint64_t timed_out = 0;
    uint64_t canceled = 0;
    uint64_t rescinded = 0;
    friend bool operator==(const Offers&, const Offers&) = default;
  } offers;
  Spread until_accepted;           // From when the task was made.
  Spread until_canceled;           // The same, of tasks that nobody accepted.
  Spread in_queue_until_accepted;  // From when it came into the queue where it was accepted.
  Spread offer_until_accepted;     // From the offer: how long agents take to accept.
  Spread handling;                 // From the acceptance to the end of the work with the customer.
  Spread wrap_up;                  // From there to the end of the task; only of tasks that wrap up.
  std::vector<Split> splits;       // Of the waits, by the thresholds, shortest first.

  // ---- Real time: the tasks that are not over ----
  std::array<uint64_t, 4> by_state = {};      // Pending, reserved, assigned, wrapping.
  std::map<int32_t, uint64_t> by_priority{};  // No entry for a priority that no task has.

  uint64_t Total() const;
  uint64_t In(TaskState state) const { return by_state[static_cast<size_t>(state)]; }
  friend bool operator==(const QueueFigures&, const QueueFigures&) = default;
};

// Of the tasks that nobody has accepted yet, offered ones included: the one made first, and the one
// that has been in this queue for longest. At equal times the lower id.
struct LongestWait {
  TaskId oldest{};
  Duration age = Duration::zero();
  TaskId oldest_in_queue{};
  Duration age_in_queue = Duration::zero();
  friend bool operator==(const LongestWait&, const LongestWait&) = default;
};

class Figures {
 public:
  struct Key {
    QueueId queue{};
    Medium medium = Medium::kVoice;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  // Waits are split by the thresholds, in any order.
  explicit Figures(std::vector<Duration> thresholds = {});

  // For an engine that runs already: real-time figures and the times of the agents in activities
  // are as if every event had been seen, except that a task counts as having been in its queue, and
  // been offered there, since it was made, and that removed activities are forgotten; all else
  // begins at zero.
  // Cost: O(tasks + agents x activities).
  static Figures From(const Engine& engine, std::vector<Duration> thresholds = {});

  // Takes in the next event; oldest first, all of one engine.
  void Add(const Event& event);

  // All zero if nothing was seen there.
  const QueueFigures& Of(QueueId queue, Medium medium) const;
  // Where something was seen, by queue and medium.
  std::vector<Key> Seen() const;

  // None if nobody waits. O(open tasks).
  std::optional<LongestWait> LongestWaiting(QueueId queue, Medium medium, Instant now) const;

  // None if `target` is not one of the thresholds.
  std::optional<ServiceLevel> LevelOf(QueueId queue, Medium medium, Duration target) const;

  // ---- Agents ----
  uint64_t AgentsIn(ActivityId activity) const;
  uint64_t AvailableAgents() const;  // O(activities).
  // How long the agent has been in an activity altogether; also of one who was removed.
  Duration TimeIn(AgentId agent, ActivityId activity, Instant now) const;

  friend bool operator==(const Figures&, const Figures&) = default;

 private:
  struct OpenTask {
    Key key;
    TaskState state = TaskState::kPending;
    int32_t priority = 0;
    Instant created;
    bool stood = false;              // In line, at some time;
    Instant entered;                 // in this queue since.
    uint32_t offers = 0;             // That stand.
    std::optional<Instant> since{};  // Of the handling, then of the wrap-up; none: not seen.
    friend bool operator==(const OpenTask&, const OpenTask&) = default;
  };
  struct Offer {
    Key key;
    TaskId task;
    Instant made;
    friend bool operator==(const Offer&, const Offer&) = default;
  };
  struct AgentTimes {
    bool here = true;
    ActivityId activity;
    Instant since;
    std::map<ActivityId, Duration> spent{};
    friend bool operator==(const AgentTimes&, const AgentTimes&) = default;
  };
  struct ActivityFigures {
    bool available = false;
    uint64_t agents = 0;
    friend bool operator==(const ActivityFigures&, const ActivityFigures&) = default;
  };
  struct Fold;  // One event: src/figures.cc.

  QueueFigures& At(const Key& key);
  void Open(TaskId id, const OpenTask& task);

  std::vector<Duration> thresholds_;
  QueueFigures nothing_;
  std::map<Key, QueueFigures> queues_;
  std::map<TaskId, OpenTask> tasks_;
  std::map<ReservationId, Offer> offers_;  // That stand.
  std::map<AgentId, AgentTimes> agents_;
  std::map<ActivityId, ActivityFigures> activities_;
};

}  // namespace parley

#endif  // PARLEY_ANNEX_FIGURES_H_
