// src/expression.cc — conditions: read once, evaluated as often as their facts change.

#include "parley/routing/expression.h"

#include <utility>

#include "expression_reader.h"
#include "expression_run.h"

namespace parley {

absl::StatusOr<Expression> Expression::Parse(std::string_view text, Scope scope,
                                             ExpressionOptions options, TextError* error) {
  internal::ExpressionReader reader(text, scope, options);
  if (!reader.Begin(text) || !reader.Condition(/*inside=*/false)) return reader.Report(error);
  return Expression(std::move(reader.program()));
}

bool Expression::Evaluate(const Facts& facts, bool* exhausted) const {
  internal::Run run(program_, facts);
  const bool holds = run.Holds(0);
  if (exhausted != nullptr) *exhausted = run.exhausted();
  return holds;
}

TextPart Expression::FirstFalse(const Facts& facts) const {
  internal::Run run(program_, facts);
  uint32_t last = 0;
  if (run.Holds(0, &last)) return {};
  return program_.comparisons[last].blame;
}

void Expression::AppendTaskValues(const Attributes& task, std::string& out) const {
  internal::AppendTaskValues(program_, task, out);
}

}  // namespace parley
