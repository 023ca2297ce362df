// What conditions, scores and orders say of somebody.

#include "expression.h"

#include <algorithm>

namespace parley::model {
namespace {

bool Equal(const Value& a, const Value& b) {
  if (!a.IsScalar() || !b.IsScalar()) return false;
  if (a.IsNumber() && b.IsNumber()) return a.Thousandths() == b.Thousandths();
  return a.type == b.type && a.number == b.number && a.text == b.text;
}

bool Has(const Value& array, const Value& scalar) {
  return std::ranges::any_of(array.elements, [&](const Value& e) { return Equal(e, scalar); });
}

// The sign of a - b; nothing if neither is less (E-17).
std::optional<int> Order(const Value& a, const Value& b) {
  const auto sign = [](int64_t x, int64_t y) { return x < y ? -1 : x > y ? 1 : 0; };
  if (a.IsNumber() && b.IsNumber()) return sign(a.Thousandths(), b.Thousandths());
  if (a.type != b.type) return {};
  if (a.type == Value::kBoolean) return sign(a.number, b.number);
  if (a.type == Value::kText) return sign(a.text.compare(b.text), 0);
  return {};
}

bool Compare(const std::string& op, const Value& l, const Value& r) {
  const auto looks_in = [](const Value& array, const Value& scalar) {
    return array.type == Value::kArray && scalar.IsScalar();
  };
  if (op == "HAS") return looks_in(l, r) && Has(l, r);
  if (op == "IN") return looks_in(r, l) && Has(r, l);
  if (op == "NOT IN") return looks_in(r, l) && !Has(r, l);
  if (l.type == Value::kNull || r.type == Value::kNull) {  // E-18.
    return (op == "==" && l.type == r.type) || (op == "!=" && l.type != r.type);
  }
  if (!l.IsScalar() || !r.IsScalar()) return false;
  if (op == "==") return Equal(l, r);
  if (op == "!=") return !Equal(l, r);
  if (op == "CONTAINS") {
    const bool texts = l.type == Value::kText && r.type == Value::kText;
    return texts && l.text.find(r.text) != std::string::npos;
  }
  const auto order = Order(l, r);
  if (!order) return false;
  if (op == "<") return *order < 0;
  if (op == "<=") return *order <= 0;
  return op == ">" ? *order > 0 : *order >= 0;
}

Value Read(const Operand& operand, const LookUp& look_up) {
  if (operand.kind == Operand::kConstant) return operand.constant;
  if (operand.kind == Operand::kReference) return look_up(operand);
  Value list;
  list.type = Value::kArray;
  for (const Operand& each : operand.elements) list.elements.push_back(Read(each, look_up));
  return list;
}

bool IsConstant(const Operand& operand) {
  return operand.kind == Operand::kConstant ||
         (operand.kind == Operand::kList &&
          std::ranges::all_of(operand.elements, [](const Operand& o) { return IsConstant(o); }));
}

}  // namespace

bool Holds(const Condition& condition, const LookUp& look_up) {
  if (condition.kind == Condition::kComparison) {
    return Compare(condition.op, Read(condition.left, look_up), Read(condition.right, look_up));
  }
  const auto holds = [&](const Condition& part) { return Holds(part, look_up); };
  return condition.kind == Condition::kAll ? std::ranges::all_of(condition.parts, holds)
                                           : std::ranges::any_of(condition.parts, holds);
}

int64_t Points(const Score& score, const LookUp& look_up) {
  int64_t points = 0;
  for (const Score::Term& term : score.terms) {
    if (term.is_condition) {
      points += Holds(term.condition, look_up) ? term.factor : 0;
    } else {
      const Value value = Read(term.operand, look_up);
      if (value.type == Value::kInteger) points += term.factor * value.number;
    }
  }
  return points;
}

std::optional<std::vector<int64_t>> Keys(const OrderBy& order, const LookUp& look_up) {
  std::vector<int64_t> keys;
  for (const OrderBy::Clause& clause : order.clauses) {
    const Value value = Read(clause.operand, look_up);
    const bool missing = value.type == Value::kNull;
    if (!missing && value.type != Value::kInteger) return {};
    keys.push_back(missing ? 1 : 0);
    keys.push_back(clause.descending ? -value.number : value.number);
  }
  return keys;
}

bool IsConstant(const Condition& condition) {
  const auto constant = [](const Condition& part) { return IsConstant(part); };
  if (condition.kind != Condition::kComparison) {
    return std::ranges::all_of(condition.parts, constant);
  }
  return IsConstant(condition.left) && IsConstant(condition.right);
}

}  // namespace parley::model
