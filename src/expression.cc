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

bool Expression::SameTaskValues(const Attributes& a, const Attributes& b) const {
  return internal::SameTaskValues(program_, a, b);
}

uint64_t Expression::HashTaskValues(HashKey key, const Attributes& task) const {
  Digest64 digest;
  for (const internal::Operand& operand : program_.operands) {
    if (operand.kind != internal::Operand::Kind::kTask) continue;
    digest.Add(SipHash13(key, internal::TaskValue(program_, operand, task)));
  }
  return digest.value();
}

}  // namespace parley
