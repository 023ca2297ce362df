// Conditions and orders of agents as trees: read by functions that call themselves, and judged the
// plain way (C1).
//
//   Condition condition;
//   if (auto at = ReadCondition("worker.level >= 2", Scope::kTarget, condition)) ...  // Wrong.
//   if (Holds(condition, look_up)) ...

#ifndef PARLEY_TESTS_MODEL_EXPRESSION_H_
#define PARLEY_TESTS_MODEL_EXPRESSION_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attributes.h"

namespace parley::model {

// Where it stands decides what its references mean.
enum class Scope {
  kTask,    // A filter: bare references and `task.` are the task's attributes.
  kAgent,   // A queue: bare references, `worker.` and `agent.` are the agent.
  kTarget,  // A step, or an order of agents: `task.`, and `worker.` or `agent.`.
  kSkip,    // skip_if: `workers.`, `queue.` and `task.`.
};

struct Operand {
  enum Kind { kConstant, kReference, kList };
  Kind kind = kConstant;
  Value constant;
  std::string root;               // Of a reference: task, worker, workers or queue,
  std::vector<std::string> path;  // and what of it.
  std::vector<Operand> elements;
};

// Without parts and operator it is always true.
struct Condition {
  enum Kind { kComparison, kAll, kAny };
  Kind kind = kAll;
  std::string op;
  Operand left, right;
  std::vector<Condition> parts;
};

// A sum: each term a factor times a number, or times a condition.
struct Score {
  struct Term {
    int64_t factor = 1;
    bool is_condition = false;
    Condition condition;
    Operand operand;
  };
  std::vector<Term> terms;
};

struct OrderBy {
  struct Clause {
    Operand operand;
    bool descending = false;
  };
  std::vector<Clause> clauses;
};

// What a reference stands for.
using LookUp = std::function<Value(const Operand& reference)>;

// The byte at which the text is wrong, if it is.
std::optional<uint32_t> ReadCondition(std::string_view text, Scope scope, Condition& out);
std::optional<uint32_t> ReadScore(std::string_view text, Score& out);
std::optional<uint32_t> ReadOrderBy(std::string_view text, OrderBy& out);

bool Holds(const Condition& condition, const LookUp& look_up);
int64_t Points(const Score& score, const LookUp& look_up);
// Smaller is better, clause by clause; who lacks an attribute comes last in it (C1). Nothing if one
// is no integer.
std::optional<std::vector<int64_t>> Keys(const OrderBy& order, const LookUp& look_up);
// Whether it asks about nothing: it is true for all or for none.
bool IsConstant(const Condition& condition);

}  // namespace parley::model

#endif  // PARLEY_TESTS_MODEL_EXPRESSION_H_
