// src/expression_run.h — evaluates a program against facts, within a number of steps.

#ifndef PARLEY_SRC_EXPRESSION_RUN_H_
#define PARLEY_SRC_EXPRESSION_RUN_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "parley/model/attributes.h"
#include "parley/routing/expression.h"
#include "parley/routing/facts.h"
#include "parley/routing/program.h"

namespace parley::internal {

// What an operand is, now. An array is one of the three at the end.
struct RunValue {
  AttributeType type = AttributeType::kNull;
  int64_t integer = 0;    // Of a boolean too.
  std::string_view text;  // Of a decimal too.
  AttributeView view;
  std::span<const Operand> list;
  std::span<const std::string_view> names;
};

class Run {
 public:
  Run(const Program& program, const Facts& facts) : program_(program), facts_(facts) {}

  // The condition whose first comparison this is. *last becomes the last that was looked at.
  bool Holds(uint32_t first, uint32_t* last = nullptr);
  RunValue Load(const Operand& operand) const;
  // Too many steps; every condition is false from here on.
  bool exhausted() const { return steps_ > Expression::kMaxSteps; }

 private:
  RunValue Count(const Operand& operand) const;
  AttributeView Find(const Attributes* attributes, const Operand& operand) const;
  bool Test(const Comparison& comparison);
  bool Contains(const RunValue& left, const RunValue& right);
  bool Has(const RunValue& array, const RunValue& scalar);
  bool Equal(const RunValue& a, const RunValue& b);
  std::optional<std::strong_ordering> Order(const RunValue& a, const RunValue& b);
  bool IsNumber(const RunValue& value) const;

  const Program& program_;
  const Facts& facts_;
  uint64_t steps_ = 0;
};

// The value of a reference to the task, as attributes lay it out.
// Requires: the operand is one.
std::string_view TaskValue(const Program& program, const Operand& operand, const Attributes& task);
// Whether all such values are the same.
bool SameTaskValues(const Program& program, const Attributes& a, const Attributes& b);

}  // namespace parley::internal

#endif  // PARLEY_SRC_EXPRESSION_RUN_H_
