// Floor 5 · routing/order_by.h — which agent is better: by attributes in turn, or by a score.
//
//   auto order = AgentOrderBy::Parse("worker.level DESC, worker.cost ASC");
//   auto ann = order->KeysOf(facts_of_ann);  // Smaller keys go first.
//
//   auto score = ScoreExpression::Parse("10 * (worker.team == task.team) + 2 * worker.level");
//   score->Evaluate({.task = &task, .agent = &ann});  // 16
//
// Units      Integers; a score stays at the end of the 64-bit range instead of leaving it.
// Errors     As Expression: the place, and what was expected there.
// Cost       As Expression; nothing is allocated but by Parse().
// Threads    Immutable.

#ifndef PARLEY_ROUTING_ORDER_BY_H_
#define PARLEY_ROUTING_ORDER_BY_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "parley/model/text_error.h"
#include "parley/routing/expression.h"
#include "parley/routing/facts.h"
#include "parley/routing/program.h"

namespace parley {

// `worker.<path> ASC|DESC {, ...}`, also with `agent.` (C1).
class AgentOrderBy {
 public:
  static constexpr size_t kMaxKeys = 8;

  // What an agent is compared by. Equal keys leave the choice to the next rule.
  struct Keys {
    struct Key {
      bool missing = false;  // Whoever lacks the attribute comes last, whichever the direction.
      int64_t value = 0;     // Turned round for DESC.
      friend auto operator<=>(const Key&, const Key&) = default;
    };
    std::array<Key, kMaxKeys> keys = {};
    friend auto operator<=>(const Keys&, const Keys&) = default;
  };

  // Refuses: as Expression::Parse, and more than kMaxKeys keys.
  static absl::StatusOr<AgentOrderBy> Parse(std::string_view text, TextError* error = nullptr);

  // None if an attribute has another type than integer: then the whole order is to be ignored.
  std::optional<Keys> KeysOf(const AgentFacts& agent) const;

  // Whether the clause, counted from 0, puts the greatest value first.
  bool IsDescending(size_t clause) const { return clauses_[clause].descending; }

  const std::string& text() const { return program_.text; }
  const Uses& uses() const { return program_.uses; }

 private:
  friend class OrderParser;

  struct Clause {
    uint32_t operand = 0;
    bool descending = false;
  };

  internal::Program program_;
  std::vector<Clause> clauses_;
};

// A sum: `[-] term {+|- term}` with `term = [integer *] (reference | "(" condition ")")`,
// references as in Scope::kTarget.
class ScoreExpression {
 public:
  // Refuses: as Expression::Parse.
  static absl::StatusOr<ScoreExpression> Parse(std::string_view text,
                                               ExpressionOptions options = {},
                                               TextError* error = nullptr);

  // A condition counts 1 if it holds; a reference to anything but an integer counts 0.
  int64_t Evaluate(const Facts& facts) const;

  const std::string& text() const { return program_.text; }
  const Uses& uses() const { return program_.uses; }
  // As of Expression.
  bool SameTaskValues(const Attributes& a, const Attributes& b) const;

 private:
  friend class OrderParser;

  struct Term {
    int64_t factor = 1;
    bool is_condition = false;
    uint32_t first = 0;  // Its first comparison, or its operand.
  };

  internal::Program program_;
  std::vector<Term> terms_;
};

}  // namespace parley

#endif  // PARLEY_ROUTING_ORDER_BY_H_
