// src/order_by.cc — agents in order of their attributes, or of a score.

#include "parley/routing/order_by.h"

#include <charconv>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "expression_reader.h"
#include "expression_run.h"

namespace parley {
namespace {

using internal::ExpressionReader;
using internal::Operand;

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();

int64_t Times(int64_t a, int64_t b) {
  int64_t product = 0;
  if (!__builtin_mul_overflow(a, b, &product)) return product;
  return (a < 0) == (b < 0) ? kMost : kLeast;
}

int64_t Plus(int64_t a, int64_t b) {
  int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a > 0 ? kMost : kLeast;
}

uint32_t Keep(ExpressionReader& reader, const Operand& operand) {
  auto& operands = reader.program().operands;
  operands.push_back(operand);
  return static_cast<uint32_t>(operands.size() - 1);
}

}  // namespace

// Reads the lists of clauses and of terms; their elements the reader knows.
class OrderParser {
 public:
  static bool ReadOrder(ExpressionReader& reader, AgentOrderBy& order);
  static bool ReadScore(ExpressionReader& reader, ScoreExpression& score);

 private:
  static bool ReadClause(ExpressionReader& reader, AgentOrderBy& order);
  static bool ReadTerm(ExpressionReader& reader, bool negative, ScoreExpression& score);
  static bool ReadFactor(ExpressionReader& reader, int64_t& factor);
};

bool OrderParser::ReadOrder(ExpressionReader& reader, AgentOrderBy& order) {
  do {
    if (order.clauses_.size() == AgentOrderBy::kMaxKeys) {
      return reader.FailHere(
          fmt::format("the end; at most {} keys are read", AgentOrderBy::kMaxKeys));
    }
    if (!ReadClause(reader, order)) return false;
  } while (reader.Take(','));
  return reader.End("\",\" or the end");
}

bool OrderParser::ReadClause(ExpressionReader& reader, AgentOrderBy& order) {
  Operand operand;
  if (!reader.Reference(operand)) return false;
  AgentOrderBy::Clause clause;
  clause.operand = Keep(reader, operand);
  clause.descending = reader.TakeWord("DESC");
  if (!clause.descending && !reader.TakeWord("ASC")) return reader.FailHere("ASC or DESC");
  order.clauses_.push_back(clause);
  return true;
}

bool OrderParser::ReadScore(ExpressionReader& reader, ScoreExpression& score) {
  bool negative = reader.Take('-');
  while (true) {
    if (!ReadTerm(reader, negative, score)) return false;
    negative = reader.Take('-');
    if (!negative && !reader.Take('+')) return reader.End("\"+\", \"-\" or the end");
  }
}

bool OrderParser::ReadTerm(ExpressionReader& reader, bool negative, ScoreExpression& score) {
  ScoreExpression::Term term;
  if (!ReadFactor(reader, term.factor)) return false;
  if (negative) term.factor = -term.factor;
  term.is_condition = reader.Take('(');
  if (term.is_condition) {
    term.first = static_cast<uint32_t>(reader.program().comparisons.size());
    if (!reader.Condition(/*inside=*/true)) return false;
    reader.Take(')');  // Condition() ends before it.
  } else {
    Operand operand;
    if (!reader.Reference(operand)) return false;
    term.first = Keep(reader, operand);
  }
  score.terms_.push_back(term);
  return true;
}

bool OrderParser::ReadFactor(ExpressionReader& reader, int64_t& factor) {
  const std::string_view digits = reader.TakeDigits();
  if (digits.empty()) return true;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), factor);
  if (error != std::errc()) {
    return reader.Fail(static_cast<size_t>(digits.data() - reader.program().text.data()),
                       "a factor of at most 9223372036854775807");
  }
  return reader.Take('*') || reader.FailHere("\"*\"");
}

absl::StatusOr<AgentOrderBy> AgentOrderBy::Parse(std::string_view text, TextError* error) {
  ExpressionReader reader(text, Scope::kTarget, {});
  AgentOrderBy order;
  if (!reader.Begin(text) || !OrderParser::ReadOrder(reader, order)) return reader.Report(error);
  for (const Operand& operand : reader.program().operands) {
    if (operand.kind != Operand::Kind::kTask) continue;
    const auto& step = reader.program().paths[operand.first];
    reader.Fail(step.at, "an attribute of the agent: an order does not know the task");
    return reader.Report(error);
  }
  order.program_ = std::move(reader.program());
  return order;
}

std::optional<AgentOrderBy::Keys> AgentOrderBy::KeysOf(const AgentFacts& agent) const {
  const Facts facts{.agent = &agent};
  const internal::Run run(program_, facts);
  Keys keys;
  for (size_t i = 0; i < clauses_.size(); ++i) {
    const auto value = run.Load(program_.operands[clauses_[i].operand]);
    Keys::Key& key = keys.keys[i];
    key.missing = value.type == AttributeType::kNull;
    if (key.missing) continue;
    if (value.type != AttributeType::kInteger) return std::nullopt;
    key.value =
        clauses_[i].descending ? ~value.integer : value.integer;  // ~ turns the order round.
  }
  return keys;
}

absl::StatusOr<ScoreExpression> ScoreExpression::Parse(std::string_view text,
                                                       ExpressionOptions options,
                                                       TextError* error) {
  ExpressionReader reader(text, Scope::kTarget, options);
  ScoreExpression score;
  if (!reader.Begin(text) || !OrderParser::ReadScore(reader, score)) return reader.Report(error);
  score.program_ = std::move(reader.program());
  return score;
}

int64_t ScoreExpression::Evaluate(const Facts& facts) const {
  internal::Run run(program_, facts);
  int64_t sum = 0;
  for (const Term& term : terms_) {
    int64_t value = 0;
    if (term.is_condition) {
      value = run.Holds(term.first) ? 1 : 0;
    } else {
      const auto loaded = run.Load(program_.operands[term.first]);
      if (loaded.type == AttributeType::kInteger) value = loaded.integer;
    }
    sum = Plus(sum, Times(term.factor, value));
  }
  return sum;
}

bool ScoreExpression::SameTaskValues(const Attributes& a, const Attributes& b) const {
  return internal::SameTaskValues(program_, a, b);
}

}  // namespace parley
