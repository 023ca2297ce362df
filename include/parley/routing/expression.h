// Floor 5 · routing/expression.h — a condition about a task and an agent, in the language of C1.
//
//   auto expression = Expression::Parse("worker.languages HAS task.language AND worker.level >= 3",
//                                       Scope::kTarget);
//   if (expression->Evaluate({.task = &task, .agent = &ann})) ...
//
//   expr = and {OR and}; and = term {AND term}; term = "(" expr ")" | value operator value
//   operators   == (=)  !=  <  <=  >  >=  CONTAINS  HAS (>-)  IN (<-)  NOT IN, in any case
//   values      "text" 'text' 12 -1.50 1e3 true false null [value, ...] reference.path[0]
//
// AND binds tighter than OR. A text has no escapes: it ends at its own kind of quote. What is
// missing is null. Null equals null and nothing else, whatever the type of the other side (E-18);
// in every other respect an operator other than HAS, IN and NOT IN is false if a side is an array
// or an object, and these three are false unless one side, the left of HAS and the right of IN and
// NOT IN, is an array and the other is neither array nor object. So `x NOT IN missing` is false.
// Values of different types are not equal, and neither is less (E-17); integers and decimals are
// one type. Texts compare by bytes, and false is less than true.
//
// Of an agent there is also: sid, friendly_name, activity_sid, activity_name and
// channel.<medium>.{configured_capacity, assigned_tasks, available_capacity_percentage}, which go
// before attributes of the same name; name and skills, unless the attributes have one of their own.
//
// Errors     Parse() tells the place and what was expected there.
// Cost       Parse() about 20 ns a byte, 300 us for the longest chain. Evaluate() 50 to 100 ns a
//            comparison, 10 ms at most; it allocates nothing. Neither calls itself.
// Threads    Immutable; evaluate from anywhere.

#ifndef PARLEY_ROUTING_EXPRESSION_H_
#define PARLEY_ROUTING_EXPRESSION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "parley/base/hash.h"
#include "parley/model/attributes.h"
#include "parley/model/text_error.h"
#include "parley/routing/facts.h"
#include "parley/routing/program.h"

namespace parley {

// Where an expression stands decides what its references mean.
enum class Scope : uint8_t {
  kTask,    // A filter: bare references and `task.` are the task's attributes.
  kAgent,   // A queue: bare references, `worker.` and `agent.` are the agent.
  kTarget,  // A step: `task.`, and `worker.` or `agent.`; nothing is bare.
  kSkip,    // skip_if: `workers.{available, unavailable, <activity id or name>}`,
            // `queue.{waiting, longest_wait}` and `task.`. A name is one word here.
};

struct ExpressionOptions {
  bool numeric_text = false;  // A text that is a number compares as one with numbers (E-17).
};

class Expression {
 public:
  static constexpr size_t kMaxBytes = 4096;
  static constexpr size_t kMaxDepth = 64;    // Parentheses and arrays inside each other.
  static constexpr size_t kMaxNodes = 1024;  // Comparisons and values.
  // A comparison and an element of an array are a step each, and so are 256 bytes of a text that is
  // searched or compared, and 16 digits.
  static constexpr uint32_t kMaxSteps = 65536;

  // Refuses: what the grammar does not allow, what exceeds a limit, bad UTF-8, NUL bytes, and
  // references that mean nothing in `scope`.
  static absl::StatusOr<Expression> Parse(std::string_view text, Scope scope,
                                          ExpressionOptions options = {},
                                          TextError* error = nullptr);

  // Pure: the same facts give the same answer. False, and *exhausted true, after kMaxSteps.
  bool Evaluate(const Facts& facts, bool* exhausted = nullptr) const;

  // Which part of text() makes it false now: the first term of the outermost ANDs that is false; of
  // ORs all of it. Empty if it is true.
  TextPart FirstFalse(const Facts& facts) const;

  const std::string& text() const { return program_.text; }
  const Uses& uses() const { return program_.uses; }

  // Whether all references to the task have the same values in both, 1.0 and 1.00 being two. If so,
  // every agent and crowd gives them equal answers, and their values the same hash. Cost: O(bytes).
  bool SameTaskValues(const Attributes& a, const Attributes& b) const;
  uint64_t HashTaskValues(HashKey key, const Attributes& task) const;

 private:
  explicit Expression(internal::Program program) : program_(std::move(program)) {}

  internal::Program program_;
};

}  // namespace parley

#endif  // PARLEY_ROUTING_EXPRESSION_H_
