// src/expression_reader.cc — the grammar of conditions: AND, OR, parentheses, operators.

#include "expression_reader.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "utf8.h"

namespace parley::internal {

ExpressionReader::ExpressionReader(std::string_view text, Scope scope, ExpressionOptions options)
    : scope_(scope) {
  // A text that is too long is refused by Begin(), not copied.
  if (text.size() <= Expression::kMaxBytes) program_.text = text;
  program_.numeric_text = options.numeric_text;
}

bool ExpressionReader::Begin(std::string_view given) {
  if (given.size() > Expression::kMaxBytes) {
    return Fail(Expression::kMaxBytes,
                fmt::format("the end; at most {} bytes are read", Expression::kMaxBytes));
  }
  if (const size_t nul = given.find('\0'); nul != given.npos) return Fail(nul, "no NUL byte");
  const size_t good = Utf8Length(given);
  return good == given.size() || Fail(good, "UTF-8");
}

bool ExpressionReader::End(std::string_view expected) {
  SkipBlanks();
  return at_ == text().size() || FailHere(expected);
}

void ExpressionReader::SkipBlanks() {
  at_ = std::min(text().find_first_not_of(" \t\r\n", at_), text().size());
}

std::string_view ExpressionReader::Name() const {
  size_t end = at_;
  const auto is_part = [](char c) {
    return (Upper(c) >= 'A' && Upper(c) <= 'Z') || c == '_' || c == '$';
  };
  while (end < text().size() && (is_part(text()[end]) || (end > at_ && IsDigit(text()[end])))) {
    ++end;
  }
  return text().substr(at_, end - at_);
}

bool ExpressionReader::Take(char c) {
  SkipBlanks();
  if (Peek() != c) return false;
  ++at_;
  return true;
}

bool ExpressionReader::TakeWord(std::string_view word) {
  SkipBlanks();
  if (!IsWord(Name(), word)) return false;
  at_ += word.size();
  return true;
}

std::string_view ExpressionReader::TakeDigits() {
  SkipBlanks();
  const size_t begin = at_;
  while (IsDigit(Peek())) ++at_;
  return text().substr(begin, at_ - begin);
}

bool ExpressionReader::Fail(size_t at, std::string_view expected) {
  if (!failed_) error_ = {at, std::string(expected)};
  failed_ = true;
  return false;
}

bool ExpressionReader::FailHere(std::string_view expected) { return Fail(at_, expected); }

absl::Status ExpressionReader::Report(TextError* error) const {
  if (error != nullptr) *error = error_;
  return ToStatus(error_);
}

bool ExpressionReader::Node() {
  return ++nodes_ <= Expression::kMaxNodes ||
         FailHere(fmt::format("the end; at most {} comparisons and values are read",
                              Expression::kMaxNodes));
}

// ---- Conditions ----

bool ExpressionReader::Condition(bool inside) {
  std::vector<Level> levels(1);
  depth_ = inside ? 1 : 0;
  for (Next next = Next::kTerm; next == Next::kTerm;) {
    SkipBlanks();
    if (Peek() == '(') {
      if (!OpenParenthesis(levels)) return false;
      continue;
    }
    Fragment part;
    if (!ReadComparison(part)) return false;
    next = AfterTerm(levels, part, inside);
  }
  return !failed_;
}

bool ExpressionReader::OpenParenthesis(std::vector<Level>& levels) {
  if (depth_ == Expression::kMaxDepth) {
    return FailHere(
        fmt::format("at most {} parentheses and arrays inside each other", Expression::kMaxDepth));
  }
  ++depth_;
  levels.emplace_back().begin = at_++;
  return true;
}

// A term is complete. Puts it where it belongs, closes what closes, and says what comes next.
ExpressionReader::Next ExpressionReader::AfterTerm(std::vector<Level>& levels, Fragment part,
                                                   bool inside) {
  while (true) {
    Level& level = levels.back();
    level.both = level.has_both ? Join(true, level.both, part) : part;
    level.has_both = true;
    if (TakeWord("AND")) return Next::kTerm;

    level.either = level.has_either ? Join(false, level.either, level.both) : level.both;
    level.has_either = true;
    level.has_both = false;
    if (TakeWord("OR")) return Next::kTerm;

    if (levels.size() == 1) {
      if (inside ? Peek() == ')' : at_ == text().size()) return Next::kDone;
      FailHere(inside ? "AND, OR or \")\"" : "AND, OR or the end");
      return Next::kError;
    }
    if (!Take(')')) {
      FailHere("AND, OR or \")\"");
      return Next::kError;
    }
    part = level.either;
    part.begin = level.begin;
    part.end = at_;
    levels.pop_back();
    --depth_;
  }
}

// The right side is looked at if the left does not decide: AND if it holds, OR if it fails.
ExpressionReader::Fragment ExpressionReader::Join(bool both, Fragment left, Fragment right) {
  auto& all = program_.comparisons;
  for (uint32_t i = left.first; i < left.last; ++i) {
    uint32_t& exit = both ? all[i].if_true : all[i].if_false;
    if (exit == (both ? Comparison::kHolds : Comparison::kFails)) exit = right.first;
  }
  const Fragment joined{left.first, right.last, left.begin, right.end};
  if (!both) {
    for (uint32_t i = joined.first; i < joined.last; ++i) {
      all[i].blame = {joined.begin, joined.end - joined.begin};
    }
  }
  return joined;
}

bool ExpressionReader::ReadComparison(Fragment& out) {
  Comparison comparison;
  const size_t begin = at_;
  if (!Node() || !ReadValue(comparison.left) || !ReadOperator(comparison.op) ||
      !ReadValue(comparison.right)) {
    return false;
  }
  comparison.blame = {begin, at_ - begin};
  const auto first = static_cast<uint32_t>(program_.comparisons.size());
  program_.comparisons.push_back(comparison);
  out = {first, first + 1, begin, at_};
  return true;
}

bool ExpressionReader::ReadOperator(Operator& op) {
  using Symbol = std::pair<std::string_view, Operator>;
  static constexpr std::array<Symbol, 9> kSymbols = {{{"==", Operator::kEqual},
                                                      {"=", Operator::kEqual},
                                                      {"!=", Operator::kNotEqual},
                                                      {">=", Operator::kGreaterOrEqual},
                                                      {">-", Operator::kHas},
                                                      {">", Operator::kGreater},
                                                      {"<=", Operator::kLessOrEqual},
                                                      {"<-", Operator::kIn},
                                                      {"<", Operator::kLess}}};
  static constexpr std::array<Symbol, 3> kWords = {
      {{"CONTAINS", Operator::kContains}, {"HAS", Operator::kHas}, {"IN", Operator::kIn}}};

  SkipBlanks();
  for (const auto& [symbol, meaning] : kSymbols) {
    if (!text().substr(at_).starts_with(symbol)) continue;
    at_ += symbol.size();
    // "a <-5": nobody who writes this means IN.
    if (symbol.ends_with('-') && IsDigit(Peek())) {
      return Fail(at_ - 1, "a blank before or after the minus sign");
    }
    op = meaning;
    return true;
  }
  for (const auto& [word, meaning] : kWords) {
    if (!TakeWord(word)) continue;
    op = meaning;
    return true;
  }
  op = Operator::kNotIn;
  if (TakeWord("NOT")) return TakeWord("IN") || FailHere("IN");
  return FailHere("an operator: ==, !=, <, <=, >, >=, CONTAINS, HAS, IN or NOT IN");
}

}  // namespace parley::internal
