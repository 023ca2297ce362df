// src/expression_run.cc — evaluates a program against facts, within a number of steps.

#include "expression_run.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "decimal.h"

namespace parley::internal {
namespace {

using Kind = Operand::Kind;

bool IsArray(const RunValue& value) { return value.type == AttributeType::kArray; }
bool IsScalar(const RunValue& value) {
  return !IsArray(value) && value.type != AttributeType::kObject;
}

RunValue OfInteger(int64_t integer) {
  RunValue value;
  value.type = AttributeType::kInteger;
  value.integer = integer;
  return value;
}

// What the host left out is null.
RunValue OfText(std::string_view text) {
  RunValue value;
  if (!text.empty()) value.type = AttributeType::kText;
  value.text = text;
  return value;
}

RunValue OfView(AttributeView view) {
  RunValue value;
  value.type = view.type();
  value.view = view;
  if (value.type == AttributeType::kBoolean) value.integer = view.boolean() ? 1 : 0;
  if (value.type == AttributeType::kInteger) value.integer = view.integer();
  if (value.type == AttributeType::kText || value.type == AttributeType::kDecimal) {
    value.text = view.text();
  }
  return value;
}

AttributeView Step(const Program& program, AttributeView view, const PathStep& step) {
  if (step.is_index)
    return view.type() == AttributeType::kArray ? view.at(step.at) : AttributeView();
  return view.Find(std::string_view(program.text).substr(step.at, step.length));
}

// An integer in digits, in a buffer of its own; anything else as it is written.
class Digits {
 public:
  explicit Digits(const RunValue& value) : text_(value.text) {
    if (value.type != AttributeType::kInteger) return;
    const auto end = std::to_chars(buffer_.data(), buffer_.data() + buffer_.size(), value.integer);
    text_ = {buffer_.data(), static_cast<size_t>(end.ptr - buffer_.data())};
  }
  Digits(const Digits&) = delete;
  Digits& operator=(const Digits&) = delete;
  std::string_view text() const { return text_; }

 private:
  std::array<char, 24> buffer_;
  std::string_view text_;
};

}  // namespace

bool Run::Holds(uint32_t first, uint32_t* last) {
  uint32_t at = first;
  while (at < Comparison::kFails) {
    const Comparison& comparison = program_.comparisons[at];
    if (last != nullptr) *last = at;
    const bool is_true = Test(comparison);
    if (exhausted()) return false;
    at = is_true ? comparison.if_true : comparison.if_false;
  }
  return at == Comparison::kHolds;
}

AttributeView Run::Find(const Attributes* attributes, const Operand& operand) const {
  AttributeView view = attributes == nullptr ? AttributeView() : attributes->root();
  for (uint32_t i = 0; i < operand.count; ++i) {
    view = Step(program_, view, program_.paths[operand.first + i]);
  }
  return attributes == nullptr ? AttributeView() : view;
}

RunValue Run::Load(const Operand& operand) const {
  if (operand.kind == Kind::kConstant) {
    return OfView(AttributeView(program_.constants.data() + operand.first));
  }
  if (operand.kind == Kind::kTask) return OfView(Find(facts_.task, operand));
  if (operand.kind == Kind::kList) {
    RunValue value;
    value.type = AttributeType::kArray;
    value.list = std::span(program_.operands).subspan(operand.first, operand.count);
    return value;
  }
  if (operand.kind >= Kind::kConfigured) return Count(operand);

  if (facts_.agent == nullptr) return {};
  const AgentFacts& agent = *facts_.agent;
  if (operand.kind == Kind::kId) return OfText(agent.id);
  if (operand.kind == Kind::kFriendlyName) return OfText(agent.name);
  if (operand.kind == Kind::kActivityId) return OfText(agent.activity_id);
  if (operand.kind == Kind::kActivityName) return OfText(agent.activity_name);

  const AttributeView attribute = Find(agent.attributes, operand);
  if (operand.kind == Kind::kAgent || !attribute.is_null()) return OfView(attribute);
  if (operand.kind == Kind::kName) return OfText(agent.name);
  RunValue skills;
  skills.type = AttributeType::kArray;
  skills.names = agent.skills;
  return skills;
}

// The numbers that the engine counts.
RunValue Run::Count(const Operand& operand) const {
  if (operand.kind < Kind::kAvailable) {
    if (facts_.agent == nullptr || facts_.agent->media == nullptr) return {};
    const Capacity& capacity = (*facts_.agent->media)[operand.first];
    if (operand.kind == Kind::kConfigured) return OfInteger(capacity.configured);
    if (operand.kind == Kind::kAssigned) return OfInteger(capacity.accepted);
    return OfInteger(capacity.PercentFree(facts_.agent->wrapping_counts));
  }
  if (facts_.crowd == nullptr) return {};
  const CrowdFacts& crowd = *facts_.crowd;
  if (operand.kind == Kind::kAvailable) return OfInteger(crowd.available);
  if (operand.kind == Kind::kUnavailable) return OfInteger(crowd.unavailable);
  if (operand.kind == Kind::kWaiting) return OfInteger(crowd.waiting);
  if (operand.kind == Kind::kLongestWait) return OfInteger(crowd.longest_wait);

  const PathStep& step = program_.paths[operand.first];
  const std::string_view name = std::string_view(program_.text).substr(step.at, step.length);
  for (const auto& activity : crowd.activities) {
    if (activity.id == name) return OfInteger(activity.agents);
  }
  for (const auto& activity : crowd.activities) {
    if (activity.name == name) return OfInteger(activity.agents);
  }
  return {};
}

// ---- Operators ----

bool Run::Test(const Comparison& comparison) {
  ++steps_;
  const RunValue left = Load(program_.operands[comparison.left]);
  const RunValue right = Load(program_.operands[comparison.right]);
  if (comparison.op == Operator::kHas) return IsArray(left) && IsScalar(right) && Has(left, right);
  if (comparison.op == Operator::kIn || comparison.op == Operator::kNotIn) {
    if (!IsArray(right) || !IsScalar(left)) return false;
    return Has(right, left) == (comparison.op == Operator::kIn);
  }

  if (left.type == AttributeType::kNull || right.type == AttributeType::kNull) {  // E-18.
    if (comparison.op == Operator::kEqual) return left.type == right.type;
    return comparison.op == Operator::kNotEqual && left.type != right.type;
  }
  if (!IsScalar(left) || !IsScalar(right)) return false;
  if (comparison.op == Operator::kContains) return Contains(left, right);

  const auto order = Order(left, right);
  if (!order.has_value()) return comparison.op == Operator::kNotEqual;  // E-17.
  switch (comparison.op) {
    case Operator::kEqual:
      return *order == 0;
    case Operator::kNotEqual:
      return *order != 0;
    case Operator::kLess:
      return *order < 0;
    case Operator::kLessOrEqual:
      return *order <= 0;
    case Operator::kGreater:
      return *order > 0;
    default:
      return *order >= 0;
  }
}

bool Run::Contains(const RunValue& left, const RunValue& right) {
  if (left.type != AttributeType::kText || right.type != AttributeType::kText) return false;
  if (right.text.size() > left.text.size()) return false;
  // Searching may compare the whole of the one at every place of the other.
  steps_ += (left.text.size() - right.text.size() + 1) * right.text.size() / 256;
  return !exhausted() && left.text.find(right.text) != left.text.npos;
}

bool Run::Has(const RunValue& array, const RunValue& scalar) {
  const auto is = [&](const RunValue& element) {
    ++steps_;
    return exhausted() || Equal(element, scalar);
  };
  for (const Operand& element : array.list) {
    if (is(Load(element))) return true;
  }
  for (const std::string_view name : array.names) {
    if (is(OfText(name))) return true;
  }
  for (size_t i = 0; i < array.view.size(); ++i) {
    if (is(OfView(array.view.at(i)))) return true;
  }
  return false;
}

bool Run::Equal(const RunValue& a, const RunValue& b) {
  if (a.type == AttributeType::kNull || b.type == AttributeType::kNull) return a.type == b.type;
  return IsScalar(a) && IsScalar(b) && Order(a, b) == std::strong_ordering::equal;
}

bool Run::IsNumber(const RunValue& value) const {
  if (value.type == AttributeType::kText) {
    return program_.numeric_text && value.text.size() <= Attributes::kMaxNumberBytes &&
           !value.text.empty() && NumberLength(value.text) == value.text.size() &&
           IsWithinLimits(value.text);
  }
  return value.type == AttributeType::kInteger || value.type == AttributeType::kDecimal;
}

// None if they cannot be compared. Requires: neither is null, an array or an object.
std::optional<std::strong_ordering> Run::Order(const RunValue& a, const RunValue& b) {
  if (a.type == b.type && a.type != AttributeType::kDecimal) {
    steps_ += a.text.size() / 256;
    if (a.type == AttributeType::kText) return a.text <=> b.text;
    return a.integer <=> b.integer;
  }
  if (!IsNumber(a) || !IsNumber(b)) return std::nullopt;
  const Digits x(a);
  const Digits y(b);
  steps_ += (x.text().size() + y.text().size()) / 16;
  return CompareNumbers(x.text(), y.text());
}

std::string_view TaskValue(const Program& program, const Operand& operand, const Attributes& task) {
  AttributeView view = task.root();
  for (uint32_t i = 0; i < operand.count; ++i) {
    view = Step(program, view, program.paths[operand.first + i]);
  }
  return view.bytes();
}

bool SameTaskValues(const Program& program, const Attributes& a, const Attributes& b) {
  return std::ranges::all_of(program.operands, [&](const Operand& operand) {
    return operand.kind != Kind::kTask ||
           TaskValue(program, operand, a) == TaskValue(program, operand, b);
  });
}

}  // namespace parley::internal
