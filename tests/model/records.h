// What the model remembers: one plain record for each noun of the domain.

#ifndef PARLEY_TESTS_MODEL_RECORDS_H_
#define PARLEY_TESTS_MODEL_RECORDS_H_

#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "parley/parley.h"
#include "workflow.h"

namespace parley::model {

// A timer that is armed, by its place in the list of all timers; `order` 0: none.
struct Alarm {
  Instant at{};
  uint64_t order = 0;
  explicit operator bool() const { return order != 0; }
};

// What becomes due. The target is the value of the id of whom it concerns.
enum class Due {
  kTaskLimit,
  kTaskWait,
  kStep,
  kOffer,
  kConversation,
  kThreshold,
  kRequeue,
  kLevel,
  kAnswer,
  kWake,
};

// What a new task is to be.
struct Order {
  QueueId queue;
  SkillSet skills;
  int32_t priority = 0;
  Instant since;
  WorkflowId workflow{};
  AgentId agent{};  // For him alone,
  Instant until{};  // until then; max(): for ever.
  uint32_t over_by = 0;
  std::map<AgentId, Instant> excluded{};
  std::vector<AgentId> never{};
};

// Where a task stands among all that wait: smallest first.
struct Turn {
  bool later = false;  // Its kind of queue goes after the other kind.
  int64_t points = 0;  // Below 0: in thousandths.
  Instant since;
  int64_t number = 0;
  friend auto operator<=>(const Turn&, const Turn&) = default;
};

struct Skill {
  SkillId id;
  std::string name;
};

struct Activity {
  ActivityId id;
  std::string name;
  bool available = false;
};

struct Queue {
  QueueId id;
  std::string name;
  SkillSet skills;
  QueueRules rules;
  std::string agents;  // What the views in `rules` stood for.
  std::string by;
  Condition serves;
  Score score;
  OrderBy listed;
  uint32_t asked_last = kUnlimited;  // The slot of whom it asked last.
};

struct Desk {
  uint32_t configured = 0;
  bool available = true;
};

struct Agent {
  AgentId id;
  std::string name;
  SkillSet skills;
  Value attributes;
  ActivityId activity;
  Instant activity_since;
  PresenceState presence = PresenceState::kAbsent;
  std::vector<Session> sessions;
  std::array<Desk, kMedia> desks = {};
  uint32_t budget = 0;
  Instant last_reserved = Instant::min();
  Instant last_assigned = Instant::min();
  Instant last_released = Instant::min();
  std::map<ActivityId, Duration> spent;
  std::vector<ReservationId> reservations;  // Newest first.
  std::vector<ConversationId> paused;       // Oldest first.
  std::vector<Instant> wakes;               // When he was offered what waited for him alone.
  Alarm offline, requeue, wake;
};

struct Reservation {
  ReservationId id;
  TaskId task;
  AgentId agent;
  ReservationState state = ReservationState::kPending;
  Medium medium{};
  Instant created;
  AgentId runner_up;
  Decision decision;
  Alarm limit;
};

struct Task {
  TaskId id;
  ConversationId conversation;
  TaskState state = TaskState::kPending;
  Medium medium{};
  CancelReason reason = CancelReason::kNone;
  QueueId queue;
  SkillSet skills;
  int32_t priority = 0;
  Instant created, since;
  AgentId agent;
  AgentId waits_for;
  Instant waits_until;
  uint32_t over_by = 0;
  TaskId previous;
  uint32_t assignments = 0;
  bool invitation = false, hand_over = false, guest = false, for_one = false;
  AgentId invited_by;
  WorkflowId workflow;
  std::shared_ptr<const Course> course;  // The workflow as it was when it entered it.
  uint32_t filter = 0, step = 0;         // From 1; filter 0: the default one, step 0: in none.
  Instant filter_since;
  AgentId known;              // The one agent whom its step waits for, if it waits for one.
  bool left_by_time = false;  // Some filter of it (F8).
  bool step_over = false;     // Its step ended while it was offered (B2 V12).
  uint64_t number = 0;
  std::vector<ReservationId> offers;  // Newest first.
  std::map<AgentId, Instant> let_go;  // ... until he may be asked again.
  std::vector<AgentId> never;         // Not to be asked at all.
  LevelState level = LevelState::kMet;
  Alarm limit, wait, level_limit, answer, step_limit;
};

struct Conversation {
  ConversationId id;
  Medium medium{};
  std::string customer, business;
  ChannelState state = ChannelState::kSetup;
  bool orphan = false, ended = false, asked = false;
  TaskId live_task, last_task, invitation;
  std::vector<TaskId> guests;  // Oldest first.
  AgentId participant, owner, last_agent;
  Instant parked_at, deadline, opened, since;
  QueueId queue;
  WorkflowId workflow;
  Value attributes;
  SkillSet skills;
  int32_t priority = 0;
  uint32_t reroutes = 0, unread = 0, open_tasks = 0;
  WhenSilent when_silent{};
  std::array<Duration, 4> marks = {};
  size_t marks_given = 0;
  std::vector<HistoryEntry> history;
  bool unanswered = false;                          // The customer wrote last.
  std::vector<std::pair<AgentId, Instant>> silent;  // Who did not, since somebody last did.
  Alarm limit;
};

}  // namespace parley::model

#endif  // PARLEY_TESTS_MODEL_RECORDS_H_
