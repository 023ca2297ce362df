// A workflow as the model keeps it: the vendor's JSON with names looked up and expressions read
// (B4).

#ifndef PARLEY_TESTS_MODEL_WORKFLOW_H_
#define PARLEY_TESTS_MODEL_WORKFLOW_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression.h"
#include "parley/parley.h"

namespace parley::model {

struct Step {
  QueueId queue;
  SkillSet skills;
  std::optional<int32_t> priority;
  Duration timeout = Duration::zero();  // 0: it is never left by time (F6).
  Condition wants;
  std::optional<Condition> skip_if;
  std::optional<OrderBy> order;
  std::vector<std::string> known;  // Path of the attribute that names the one agent (F12),
  bool known_by_id = false;
  bool skip_unknown = false;
};

struct Filter {
  Condition takes;
  std::vector<Step> steps;
};

struct Course {
  std::vector<Filter> filters;
  std::optional<Step> otherwise;
  bool per_step = false;  // E-16.
  size_t unknown_keys = 0;
};

struct Workflow {
  WorkflowId id;
  std::string name, definition;
  Duration reservation_timeout = Duration::zero();
  std::shared_ptr<const Course> course;
};

// Ids that name nothing for names that nobody has.
struct Names {
  std::function<QueueId(std::string_view)> queue;
  std::function<SkillId(std::string_view)> skill;
};

Refused ReadCourse(std::string_view definition, const Names& names, Course& out);

// The queue of its first step.
QueueId FirstQueue(const Course& course);

}  // namespace parley::model

#endif  // PARLEY_TESTS_MODEL_WORKFLOW_H_
