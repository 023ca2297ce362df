// The language of C1, one function for each rule of its grammar. What is wrong is noted once, and
// the rest of the text is then taken as read.

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <utility>

#include "expression.h"

namespace parley::model {
namespace {

class Reader {
 public:
  Reader(std::string_view text, Scope scope) : text_(text), scope_(scope) {}

  std::optional<uint32_t> End() {
    Blanks();
    if (at_ < text_.size()) Fail(at_);
    return wrong_;
  }

  Condition Any() {
    Condition any{.kind = Condition::kAny, .op = {}, .left = {}, .right = {}, .parts = {}};
    do {
      Condition all{.kind = Condition::kAll, .op = {}, .left = {}, .right = {}, .parts = {}};
      do {
        all.parts.push_back(Term());
      } while (Word("AND"));
      any.parts.push_back(std::move(all));
    } while (Word("OR"));
    return any;
  }

  Score Sum() {
    Score score;
    bool minus = Symbol("-");
    do {
      Score::Term term;
      Blanks();
      if (IsDigit()) {
        term.factor = static_cast<int64_t>(Number().number);
        if (!Symbol("*")) Fail(at_);
      }
      if (minus) term.factor = -term.factor;
      term.is_condition = Symbol("(");
      if (term.is_condition) {
        term.condition = Any();
        Close(")");
      } else {
        term.operand = Reference();
      }
      score.terms.push_back(std::move(term));
      minus = Symbol("-");
    } while (minus || Symbol("+"));
    return score;
  }

  OrderBy List() {
    OrderBy order;
    do {
      OrderBy::Clause clause;
      clause.operand = Reference();
      clause.descending = Word("DESC");
      if (!clause.descending && !Word("ASC")) Fail(at_);
      order.clauses.push_back(std::move(clause));
    } while (Symbol(","));
    return order;
  }

 private:
  void Fail(size_t at) {
    if (!wrong_) wrong_ = static_cast<uint32_t>(at);
    at_ = text_.size();
  }
  char Next() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool IsDigit() const { return std::isdigit(static_cast<unsigned char>(Next())) != 0; }
  static bool IsLetter(char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  }
  void Blanks() {
    while (at_ < text_.size() && (Next() == ' ' || Next() == '\n' || Next() == '\t')) ++at_;
  }
  bool Symbol(std::string_view symbol) {
    Blanks();
    if (!text_.substr(at_).starts_with(symbol)) return false;
    at_ += symbol.size();
    return true;
  }
  void Close(std::string_view symbol) {
    if (!Symbol(symbol)) Fail(at_);
  }
  std::string_view Peek() const {
    size_t end = at_;
    while (end < text_.size() && IsLetter(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }
  // A word, in any case.
  bool Word(std::string_view word) {
    Blanks();
    const auto same = [](char a, char b) {
      return std::toupper(static_cast<unsigned char>(a)) == b;
    };
    if (!std::ranges::equal(Peek(), word, same)) return false;
    at_ += word.size();
    return true;
  }

  Condition Term() {
    if (Symbol("(")) {
      Condition inner = Any();
      Close(")");
      return inner;
    }
    Condition one{.kind = Condition::kComparison, .op = {}, .left = {}, .right = {}, .parts = {}};
    one.left = Operand();
    one.op = Operator();
    one.right = Operand();
    return one;
  }

  std::string Operator() {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kSymbols = {
        {{"==", "=="},
         {"=", "=="},
         {"!=", "!="},
         {"<=", "<="},
         {"<-", "IN"},
         {"<", "<"},
         {">=", ">="},
         {">-", "HAS"},
         {">", ">"}}};
    for (const auto& [symbol, op] : kSymbols) {
      if (Symbol(symbol)) return std::string(op);
    }
    for (const std::string_view word : {"CONTAINS", "HAS", "IN"}) {
      if (Word(word)) return std::string(word);
    }
    Blanks();
    const size_t begin = at_;
    if (!Word("NOT") || !Word("IN")) Fail(begin);
    return "NOT IN";
  }

  model::Operand Operand() {
    model::Operand out;
    Blanks();
    const char c = Next();
    if (c == '"' || c == '\'') {
      const size_t begin = at_;
      const size_t end = text_.find(c, at_ + 1);
      if (end == std::string_view::npos) return Fail(text_.size()), out;
      out.constant = ToValue(text_.substr(begin + 1, end - begin - 1));
      at_ = end + 1;
    } else if (Symbol("[")) {
      out.kind = model::Operand::kList;
      if (Symbol("]")) return out;
      do {
        out.elements.push_back(Operand());
      } while (Symbol(","));
      Close("]");
    } else if (c == '-' || IsDigit()) {
      out.constant = Number();
    } else if (Word("TRUE")) {
      out.constant.type = Value::kBoolean;
      out.constant.number = 1;
    } else if (Word("FALSE")) {
      out.constant.type = Value::kBoolean;
    } else if (!Word("NULL")) {
      return Reference();
    }
    return out;
  }

  Value Number() {
    const size_t begin = at_;
    if (Next() == '-') ++at_;
    if (!IsDigit()) return Fail(at_), Value();
    bool whole = true;
    while (IsDigit() || Next() == '.' || Next() == 'e' || Next() == 'E') {
      if (!IsDigit()) whole = false;
      const bool power = Next() == 'e' || Next() == 'E';
      ++at_;
      if (power && (Next() == '-' || Next() == '+')) ++at_;
    }
    const std::string digits(text_.substr(begin, at_ - begin));
    if (whole) return ToValue(int64_t{std::stoll(digits)});
    Value value = ToValue(int64_t{std::llround(std::stod(digits) * 1000)});
    value.type = Value::kDecimal;
    return value;
  }

  // What the first name of a reference means is the scope's to say.
  model::Operand Reference() {
    model::Operand out;
    out.kind = model::Operand::kReference;
    Blanks();
    const size_t begin = at_;
    std::string first(Peek());
    if (first.empty() || IsDigit()) return Fail(begin), out;
    at_ += first.size();
    if (first == "agent") first = "worker";
    const bool dotted = Next() == '.';
    const bool of_task = first == "task" && dotted && scope_ != Scope::kAgent;
    const bool of_agent = first == "worker" && dotted && scope_ != Scope::kTask;
    const bool of_crowd = scope_ == Scope::kSkip && (first == "workers" || first == "queue");
    const bool means = of_task || (of_agent && scope_ != Scope::kSkip) || (of_crowd && dotted);
    const bool bare = !means && (scope_ == Scope::kTask || scope_ == Scope::kAgent);
    out.root = means ? first : scope_ == Scope::kTask ? "task" : "worker";
    if (bare) out.path.emplace_back(text_.substr(begin, at_ - begin));
    while (Next() == '.' || Next() == '[') Step(out);
    if (!means && !bare) Fail(begin);
    return out;
  }

  void Step(model::Operand& out) {
    const bool index = Next() == '[';
    ++at_;
    const std::string name(Peek());
    if (name.empty() || IsDigit() != index) return Fail(at_);
    at_ += name.size();
    out.path.push_back(index ? "[" + name : name);
    if (index) Close("]");
  }

  std::string_view text_;
  Scope scope_;
  size_t at_ = 0;
  std::optional<uint32_t> wrong_;
};

}  // namespace

std::optional<uint32_t> ReadCondition(std::string_view text, Scope scope, Condition& out) {
  out = {};
  if (text.empty()) return {};
  Reader reader(text, scope);
  out = reader.Any();
  return reader.End();
}

std::optional<uint32_t> ReadScore(std::string_view text, Score& out) {
  Reader reader(text, Scope::kTarget);
  out = reader.Sum();
  return reader.End();
}

std::optional<uint32_t> ReadOrderBy(std::string_view text, OrderBy& out) {
  Reader reader(text, Scope::kTarget);
  out = reader.List();
  return reader.End();
}

}  // namespace parley::model
