// Floor 5 · routing/program.h — what an expression is parsed to.
//
// A condition is a row of comparisons in the order of the text. Each knows which one is next if it
// is true, and which one if it is false; that is all that AND, OR and parentheses come to, so that
// evaluating is a loop without a stack:
//
//   a == 1 OR b == 2 AND c == 3        0: a == 1   true: holds  false: 1
//                                      1: b == 2   true: 2      false: fails
//                                      2: c == 3   true: holds  false: fails
//
// Memory     12 bytes an operand, 40 a comparison, the text once, the constants once.
// Threads    Immutable once parsed.

#ifndef PARLEY_ROUTING_PROGRAM_H_
#define PARLEY_ROUTING_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace parley {

// What an expression depends on: it is evaluated anew when one of these changes, and not before.
struct Uses {
  bool task_attributes = false;
  bool agent_attributes = false;
  bool activity = false;
  bool capacity = false;
  bool skills = false;
  bool crowd = false;

  friend bool operator==(const Uses&, const Uses&) = default;
};

// A part of a text.
struct TextPart {
  size_t offset = 0;
  size_t length = 0;

  friend bool operator==(const TextPart&, const TextPart&) = default;
};

namespace internal {

struct Operand {
  enum class Kind : uint8_t {
    kConstant,  // At `first` of the constants.
    kTask,      // An attribute: `count` steps of the paths from `first` on.
    kAgent,     // The same, of the agent.
    kList,      // `count` operands from `first` on.
    // What the engine knows of an agent.
    kId,
    kName,  // An attribute `name` goes before; steps as kAgent.
    kFriendlyName,
    kActivityId,
    kActivityName,
    kSkills,      // An attribute `skills` goes before; steps as kAgent.
    kConfigured,  // Of medium `first`; so are the next two.
    kAssigned,
    kPercentFree,
    // What it knows of a crowd.
    kAvailable,
    kUnavailable,
    kInActivity,  // Named by the step of the paths at `first`.
    kWaiting,
    kLongestWait,
  };
  Kind kind = Kind::kConstant;
  uint32_t first = 0;
  uint32_t count = 0;
};

enum class Operator : uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kContains,
  kHas,
  kIn,
  kNotIn,
};

// A member's name, as a part of the text; or an element's number.
struct PathStep {
  bool is_index = false;
  uint32_t at = 0;  // Or the number.
  uint32_t length = 0;
};

struct Comparison {
  static constexpr uint32_t kHolds = UINT32_MAX;
  static constexpr uint32_t kFails = UINT32_MAX - 1;

  Operator op = Operator::kEqual;
  uint32_t left = 0;  // Operands.
  uint32_t right = 0;
  uint32_t if_true = kHolds;  // The next comparison, or one of the two above.
  uint32_t if_false = kFails;
  TextPart blame;  // The largest OR that it stands in; itself, if it stands in none.
};

struct Program {
  std::string text;
  std::string constants;  // Values, as attributes lay them out.
  std::vector<PathStep> paths;
  std::vector<Operand> operands;
  std::vector<Comparison> comparisons;
  Uses uses;
  bool numeric_text = false;
};

}  // namespace internal
}  // namespace parley

#endif  // PARLEY_ROUTING_PROGRAM_H_
