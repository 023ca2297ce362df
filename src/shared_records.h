// src/shared_records.h — what tasks, agents and conversations share, each found by a slot.

#ifndef PARLEY_SRC_SHARED_RECORDS_H_
#define PARLEY_SRC_SHARED_RECORDS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/attributes.h"
#include "parley/model/medium.h"
#include "parley/model/queue.h"
#include "parley/model/skill_set.h"
#include "parley/model/task.h"
#include "parley/routing/expression.h"
#include "parley/routing/order_by.h"
#include "parley/routing/workflow.h"
#include "parley/store/bit_set.h"
#include "parley/store/line_pool.h"

namespace parley::internal {

struct NeedTag {};
using NeedId = Id<NeedTag>;
struct RuleTag {};
using RuleId = Id<RuleTag>;
struct CourseTag {};
using CourseId = Id<CourseTag>;
struct AttributesTag {};
using AttributesId = Id<AttributesTag>;
struct PauseTag {};
using PauseId = Id<PauseTag>;

struct Queue {
  std::string name;
  SkillSet skills;
  QueueRules rules;  // Without its texts, which stand in what they became:
  std::optional<Expression> agents_test;
  std::optional<ScoreExpression> score;
  std::optional<AgentOrderBy> order_by;
  uint32_t needs = 0;           // That name it.
  uint32_t waiting = 0;         // Tasks in its lines, and in those of single agents.
  uint32_t asked = UINT32_MAX;  // Slot of the agent who was asked last, for round robin.
  uint32_t first = UINT32_MAX;  // The first of its needs where someone waits whom someone fits,
  uint32_t listed = 0;          // and its place in State::waiting_queues while there is one.
  bool known = false;           // `members` is kept.
  BitSet members;               // Slots of the agents who serve it.
};

// What a step of a workflow asks of agents, for tasks of which it asks the same.
struct Rule {
  std::shared_ptr<const Expression> test;
  uint32_t attributes = UINT32_MAX;  // Slot: those of one such task.
  uint32_t users = 0;                // Needs.
};

// All tasks of one queue and medium that need the same: whoever fits one fits all.
struct Need {
  QueueId queue;
  Medium medium = Medium::kVoice;
  SkillSet extra;              // What the tasks need beyond the queue,
  uint32_t rule = UINT32_MAX;  // a slot: the step's expression,
  bool alone = false;          // and one known agent alone;
  AgentId only;                // none: nobody at all.
  uint32_t users = 0;          // Conversations and tasks that have it.
  bool listed = false;         // Someone waits here, and someone fits.
  uint32_t next = UINT32_MAX;  // Its neighbours among those of its queue that are listed.
  uint32_t previous = UINT32_MAX;
  bool hot = false;    // To be looked at by the next matching.
  bool known = false;  // `fits` is kept: a task of it has waited.
  BitSet fits;         // Slots of the agents who could ever take its tasks.
  PlacePool::Line line;
  PlacePool::Line returned;  // Offered before, and let go by someone.
};

// Where an agent stands among those who can take one more: longest without an offer first.
struct Idle {
  Instant last_reserved;
  AgentId agent;
  friend auto operator<=>(const Idle&, const Idle&) = default;
};

using IdlePool = LinePool<Idle>;

// A step of a workflow, ready to run.
struct CourseStep {
  QueueId queue;
  std::shared_ptr<const Expression> test;
  std::optional<Expression> skip;
  std::optional<AgentOrderBy> order_by;
  SkillSet skills;
  std::optional<int32_t> priority;
  Duration timeout = Duration::zero();
  std::string known_agent;   // The task attribute that names him,
  bool known_by_id = false;  // or gives his id.
  bool skip_unknown = false;
};
struct CourseFilter {
  std::optional<Expression> test;
  std::vector<CourseStep> steps;
};
struct Course {
  std::vector<CourseFilter> filters;
  std::optional<CourseStep> otherwise;
  StepClock clock = StepClock::kTaskAge;
  Duration reservation_timeout = Duration::zero();
};

struct SharedAttributes {
  Attributes value;
  uint32_t users = 0;
};

// A workflow, and every version of it that tasks still go through.
struct WorkflowRecord {
  std::string name;
  std::string definition;
  uint32_t course = 0;  // Slot of the newest version.
  uint32_t users = 0;   // Conversations and tasks that go by it.
};
struct CourseRecord {
  std::shared_ptr<const Course> course;
  uint32_t users = 0;  // Tasks, and the workflow while it is the newest.
};

// A paused conversation in its owner's list, oldest pause first. The conversation itself is packed.
struct PauseLink {
  ConversationId conversation;
  uint32_t previous = UINT32_MAX;  // Slots.
  uint32_t next = UINT32_MAX;
};

// The marks in force when a pause began; a later change of the settings does not reach them.
struct PauseTerms {
  std::array<Duration, 4> marks = {};
  uint32_t users = 0;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_SHARED_RECORDS_H_
