// tests/expression_meaning.h — what an expression means, found the plain way: by functions that
// call themselves, over values that are trees. What parley says of the text is compared with what
// this says of the tree.
//
//   ExpressionMeaning meaning(numeric_text);
//   meaning.Holds(root, task, agent);

#ifndef PARLEY_TESTS_EXPRESSION_MEANING_H_
#define PARLEY_TESTS_EXPRESSION_MEANING_H_

#include <algorithm>
#include <cstdint>
#include <string>

#include "expression_tree.h"

namespace parley {

class ExpressionMeaning {
 public:
  explicit ExpressionMeaning(bool numeric_text) : numeric_text_(numeric_text) {}

  bool Holds(const Node& node, const Plain& task, const Plain& agent) const;
  // The first false term of the outermost ANDs, ORs in one piece. Requires: !Holds(node, ...).
  const Node& FirstFalse(const Node& node, const Plain& task, const Plain& agent) const;

 private:
  static Plain Read(const Node::Operand& operand, const Plain& task, const Plain& agent);
  bool Compare(const std::string& op, const Plain& left, const Plain& right) const;
  bool Equal(const Plain& a, const Plain& b) const;
  bool Has(const Plain& array, const Plain& scalar) const;
  // Numbers, and texts that may pass for them.
  bool NumberOf(const Plain& value, int64_t& number) const;

  bool numeric_text_;
};

// ---- Only definitions below ------------------------------------------------------------------

inline Plain ExpressionMeaning::Read(const Node::Operand& operand, const Plain& task,
                                     const Plain& agent) {
  Plain value;
  if (operand.source == Node::Operand::kConstant) return operand.constant;
  if (operand.source == Node::Operand::kArray) {
    value.type = Plain::kArray;
    for (const auto& each : operand.elements) value.elements.push_back(Read(each, task, agent));
    return value;
  }
  value = operand.source == Node::Operand::kTask ? task : agent;
  for (const std::string& key : operand.keys) {
    const bool there = value.type == Plain::kObject && value.members.contains(key);
    value = there ? Plain(value.members.at(key)) : Plain();
  }
  for (const size_t index : operand.indices) {
    const bool there = value.type == Plain::kArray && index < value.elements.size();
    value = there ? Plain(value.elements[index]) : Plain();
  }
  return value;
}

inline bool ExpressionMeaning::NumberOf(const Plain& value, int64_t& number) const {
  number = value.number;
  if (value.type == Plain::kNumber) return true;
  if (!numeric_text_ || (value.text != "1" && value.text != "1.50")) return false;
  number = value.text == "1" ? 1000 : 1500;
  return true;
}

inline bool ExpressionMeaning::Equal(const Plain& a, const Plain& b) const {
  if (a.type >= Plain::kArray || b.type >= Plain::kArray) return false;
  if (a.type == b.type) return a.number == b.number && a.text == b.text;
  int64_t x = 0;
  int64_t y = 0;
  return NumberOf(a, x) && NumberOf(b, y) && x == y;
}

inline bool ExpressionMeaning::Has(const Plain& array, const Plain& scalar) const {
  return std::ranges::any_of(array.elements, [&](const Plain& e) { return Equal(e, scalar); });
}

inline bool ExpressionMeaning::Compare(const std::string& op, const Plain& l,
                                       const Plain& r) const {
  const auto looks_in = [](const Plain& array, const Plain& scalar) {
    return array.type == Plain::kArray && scalar.type < Plain::kArray;
  };
  if (op == "HAS") return looks_in(l, r) && Has(l, r);
  if (op == "IN") return looks_in(r, l) && Has(r, l);
  if (op == "NOT IN") return looks_in(r, l) && !Has(r, l);
  if (l.type == Plain::kNull || r.type == Plain::kNull) {
    return (op == "==" && l.type == r.type) || (op == "!=" && l.type != r.type);
  }
  if (l.type >= Plain::kArray || r.type >= Plain::kArray) return false;
  if (op == "==") return Equal(l, r);
  if (op == "!=") return !Equal(l, r);
  const bool texts = l.type == Plain::kText && r.type == Plain::kText;
  if (op == "CONTAINS") return texts && l.text.find(r.text) != std::string::npos;
  int64_t x = 0;
  int64_t y = 0;
  if (texts) {
    x = l.text.compare(r.text);
  } else if (l.type == Plain::kBoolean && r.type == Plain::kBoolean) {
    x = l.number - r.number;
  } else if (NumberOf(l, x) && NumberOf(r, y)) {
    x -= y;
  } else {
    return false;
  }
  if (op == "<") return x < 0;
  if (op == "<=") return x <= 0;
  if (op == ">") return x > 0;
  return x >= 0;
}

inline bool ExpressionMeaning::Holds(const Node& node, const Plain& task,
                                     const Plain& agent) const {
  if (node.type == Node::kComparison) {
    return Compare(node.op, Read(node.left, task, agent), Read(node.right, task, agent));
  }
  const auto holds = [&](const Node& part) { return Holds(part, task, agent); };
  return node.type == Node::kAnd ? std::ranges::all_of(node.parts, holds)
                                 : std::ranges::any_of(node.parts, holds);
}

inline const Node& ExpressionMeaning::FirstFalse(const Node& node, const Plain& task,
                                                 const Plain& agent) const {
  if (node.type != Node::kAnd) return node;
  const auto fails = [&](const Node& part) { return !Holds(part, task, agent); };
  return FirstFalse(*std::ranges::find_if(node.parts, fails), task, agent);
}

}  // namespace parley

#endif  // PARLEY_TESTS_EXPRESSION_MEANING_H_
