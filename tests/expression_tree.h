// tests/expression_tree.h — expressions as trees, drawn from a seed and printed in every way that
// the language allows. What they mean is in expression_meaning.h.
//
//   ExpressionTree trees(draw);
//   Node root = trees.DrawNode();
//   const std::string text = trees.Print(root);

#ifndef PARLEY_TESTS_EXPRESSION_TREE_H_
#define PARLEY_TESTS_EXPRESSION_TREE_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "draw.h"

namespace parley {

struct Plain {
  enum Type { kNull, kBoolean, kNumber, kText, kArray, kObject };
  Type type = kNull;
  int64_t number = 0;  // In thousandths; 1000 is true.
  std::string text;
  std::vector<Plain> elements;
  std::map<std::string, Plain> members;
};

// One kind of thing each: a comparison has two operands, the others have parts.
struct Node {
  enum Type { kComparison, kAnd, kOr };
  struct Operand {
    enum Source { kConstant, kTask, kAgent, kArray };
    Source source = kConstant;
    Plain constant;
    std::vector<std::string> keys;  // Of a reference: names,
    std::vector<size_t> indices;    // and then elements.
    std::vector<Operand> elements;  // Of an array.
  };
  Type type = kComparison;
  std::string op;
  Operand left, right;
  std::vector<Node> parts;
  size_t begin = 0;  // In the text that was printed, without parentheses around it.
  size_t end = 0;
};

class ExpressionTree {
 public:
  explicit ExpressionTree(Draw& draw) : draw_(draw) {}

  Plain Object(size_t depth = 0);
  Node DrawNode(size_t depth = 0);

  std::string Print(Node& node);
  std::string Json(const Plain& value);

 private:
  static constexpr std::array<std::string_view, 4> kKeys = {"a", "b", "c", "d"};

  Plain Scalar();
  Plain Value(size_t depth);
  Node::Operand Operand(size_t depth);
  void Print(Node& node, std::string& out);
  std::string Print(const Node::Operand& operand);
  std::string Number(int64_t thousandths);
  std::string InAnyCase(std::string_view word);
  std::string Blanks(size_t least);

  Draw& draw_;
};

// ---- Only definitions below ------------------------------------------------------------------

inline Plain ExpressionTree::Scalar() {
  static constexpr std::array<std::string_view, 6> kTexts = {"", "a", "ab", "b", "1", "1.50"};
  Plain value;
  value.type = static_cast<Plain::Type>(draw_.Below(4));
  if (value.type == Plain::kBoolean) value.number = draw_.OneIn(2) ? 1000 : 0;
  if (value.type == Plain::kNumber) value.number = draw_.Between(-4, 4) * 500;
  if (value.type == Plain::kText) value.text = draw_.OneOf(kTexts);
  return value;
}

inline Plain ExpressionTree::Value(size_t depth) {
  if (depth > 2 || draw_.OneIn(2)) return Scalar();
  if (draw_.OneIn(3)) return Object(depth);
  Plain value;
  value.type = Plain::kArray;
  for (uint64_t i = draw_.Below(4); i > 0; --i) value.elements.push_back(Value(depth + 1));
  return value;
}

inline Plain ExpressionTree::Object(size_t depth) {
  Plain value;
  value.type = Plain::kObject;
  for (const auto key : kKeys) {
    if (!draw_.OneIn(4)) value.members[std::string(key)] = Value(depth + 1);
  }
  return value;
}

inline Node::Operand ExpressionTree::Operand(size_t depth) {
  Node::Operand operand;
  operand.source = static_cast<Node::Operand::Source>(draw_.Below(4));
  if (operand.source == Node::Operand::kConstant || depth > 2) {
    operand.source = Node::Operand::kConstant;
    operand.constant = Scalar();
  } else if (operand.source == Node::Operand::kArray) {
    for (uint64_t i = draw_.Below(4); i > 0; --i) operand.elements.push_back(Operand(depth + 1));
  } else {
    operand.keys.emplace_back(draw_.OneOf(kKeys));
    if (draw_.OneIn(4)) operand.keys.emplace_back(draw_.OneOf(kKeys));
    if (draw_.OneIn(3)) operand.indices.push_back(draw_.Below(4));
  }
  return operand;
}

inline Node ExpressionTree::DrawNode(size_t depth) {
  static constexpr std::array<std::string_view, 10> kOperators = {
      "==", "!=", "<", "<=", ">", ">=", "CONTAINS", "HAS", "IN", "NOT IN"};
  Node node;
  node.type = static_cast<Node::Type>(depth > 3 ? 0 : draw_.Below(3));
  if (node.type == Node::kComparison) {
    node.op = draw_.OneOf(kOperators);
    node.left = Operand(0);
    node.right = Operand(0);
    return node;
  }
  for (uint64_t i = 2 + draw_.Below(3); i > 0; --i) node.parts.push_back(DrawNode(depth + 1));
  return node;
}

// ---- Printing ----

inline std::string ExpressionTree::Blanks(size_t least) {
  std::string out;
  for (uint64_t i = least + (draw_.OneIn(3) ? draw_.Below(3) : 0); i > 0; --i) {
    out += draw_.OneIn(4) ? '\n' : ' ';
  }
  return out;
}

inline std::string ExpressionTree::InAnyCase(std::string_view word) {
  std::string out;
  for (const char c : word) {
    out += c >= 'A' && draw_.OneIn(2) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

inline std::string ExpressionTree::Number(int64_t thousandths) {
  const std::string sign = thousandths < 0 ? "-" : "";
  const int64_t size = thousandths < 0 ? -thousandths : thousandths;
  if (size % 1000 == 0 && draw_.OneIn(2)) return fmt::format("{}{}", sign, size / 1000);
  if (draw_.OneIn(3)) return fmt::format("{}{}e-3", sign, size);
  if (draw_.OneIn(3))
    return fmt::format("{}{}.{}E+1", sign, size / 10000, 10000 + size % 10000)
        .replace(sign.size() + 2, 1, "");  // The 1 that kept the zeros.
  return fmt::format("{}{}.{:03}{}", sign, size / 1000, size % 1000, draw_.OneIn(2) ? "00" : "");
}

inline std::string ExpressionTree::Json(const Plain& value) {
  std::string out;
  switch (value.type) {
    case Plain::kNull:
      return "null";
    case Plain::kBoolean:
      return value.number != 0 ? "true" : "false";
    case Plain::kNumber:
      return Number(value.number);
    case Plain::kText:
      return fmt::format("\"{}\"", value.text);
    case Plain::kArray:
      for (const Plain& each : value.elements)
        out.append(out.empty() ? "" : ",").append(Json(each));
      return fmt::format("[{}]", out);
    case Plain::kObject:
      for (const auto& [key, each] : value.members) {
        out.append(fmt::format("{}\"{}\":{}", out.empty() ? "" : ",", key, Json(each)));
      }
      return fmt::format("{{{}}}", out);
  }
  return out;
}

inline std::string ExpressionTree::Print(const Node::Operand& operand) {
  std::string out;
  if (operand.source == Node::Operand::kConstant) {
    if (operand.constant.type == Plain::kText && draw_.OneIn(2)) {
      return fmt::format("'{}'", operand.constant.text);
    }
    return Json(operand.constant);
  }
  if (operand.source == Node::Operand::kArray) {
    for (const auto& element : operand.elements) {
      out.append(out.empty() ? "" : ",").append(Blanks(0)).append(Print(element)).append(Blanks(0));
    }
    return fmt::format("[{}]", out);
  }
  out = operand.source == Node::Operand::kTask ? "task" : draw_.OneIn(2) ? "worker" : "agent";
  for (const std::string& key : operand.keys) out.append(".").append(key);
  for (const size_t index : operand.indices) out.append(fmt::format("[{}]", index));
  return out;
}

inline std::string ExpressionTree::Print(Node& node) {
  std::string out = Blanks(0);
  Print(node, out);
  return out + Blanks(0);
}

// A part is put in parentheses where it has to be, and sometimes where it has not.
inline void ExpressionTree::Print(Node& node, std::string& out) {
  node.begin = out.size();
  if (node.type == Node::kComparison) {
    out.append(Print(node.left)).append(Blanks(1));
    if (node.op == "HAS" && draw_.OneIn(3))
      out.append(">-");
    else if (node.op == "IN" && draw_.OneIn(3))
      out.append("<-");
    else if (node.op == "==" && draw_.OneIn(3))
      out.append("=");
    else if (node.op == "NOT IN")
      out.append(InAnyCase("NOT")).append(Blanks(1)).append(InAnyCase("IN"));
    else
      out.append(InAnyCase(node.op));
    out.append(Blanks(1)).append(Print(node.right));
  }
  for (size_t i = 0; i < node.parts.size(); ++i) {
    Node& part = node.parts[i];
    if (i > 0) {
      out.append(Blanks(1)).append(InAnyCase(node.type == Node::kAnd ? "AND" : "OR"));
      out.append(Blanks(1));
    }
    const bool must = node.type == Node::kAnd && part.type == Node::kOr;
    const size_t pairs = (must ? 1 : 0) + (draw_.OneIn(4) ? draw_.Below(3) : 0);
    for (size_t n = 0; n < pairs; ++n) out.append("(").append(Blanks(0));
    Print(part, out);
    for (size_t n = 0; n < pairs; ++n) out.append(Blanks(0)).append(")");
  }
  node.end = out.size();
}

}  // namespace parley

#endif  // PARLEY_TESTS_EXPRESSION_TREE_H_
