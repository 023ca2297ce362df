// src/expression_reader.h — a text becomes a program; conditions, orders and scores share it.
//
// The reader stands at a place and takes what it is asked for. Nothing here calls itself, whatever
// the text: parentheses and arrays are kept on lists of their own. The first thing that is not as
// expected is the error, and the end of reading.

#ifndef PARLEY_SRC_EXPRESSION_READER_H_
#define PARLEY_SRC_EXPRESSION_READER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "parley/model/text_error.h"
#include "parley/routing/expression.h"
#include "parley/routing/program.h"

namespace parley::internal {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
// `name` is the word, which is given in capitals.
constexpr bool IsWord(std::string_view name, std::string_view word) {
  return std::ranges::equal(name, word, {}, Upper);
}

class ExpressionReader {
 public:
  ExpressionReader(std::string_view text, Scope scope, ExpressionOptions options);

  // The text is short enough and UTF-8. To be asked first.
  bool Begin(std::string_view text);
  // Blanks, and then nothing.
  bool End(std::string_view expected);

  // Comparisons joined by AND, OR and parentheses, up to the end of the text or, if it stands
  // `inside` parentheses, to the one that closes it, which is left for the caller.
  bool Condition(bool inside);
  // A reference to something in the scope.
  bool Reference(Operand& operand);

  // Takes the character, after blanks, if it is next.
  bool Take(char c);
  // Takes the word, in any case, after blanks, if it is next.
  bool TakeWord(std::string_view word);
  // Takes a number in digits, after blanks, if one is next.
  std::string_view TakeDigits();

  bool Fail(size_t at, std::string_view expected);
  bool FailHere(std::string_view expected);
  // The status of the error, which is also written to `error` if that is not null.
  absl::Status Report(TextError* error) const;

  Program& program() { return program_; }

 private:
  // Comparisons first to last - 1, and the part of the text that they are.
  struct Fragment {
    uint32_t first = 0;
    uint32_t last = 0;
    size_t begin = 0;
    size_t end = 0;
  };
  // What stands in one pair of parentheses, so far.
  struct Level {
    size_t begin = 0;
    bool has_either = false;
    bool has_both = false;
    Fragment either;  // The operands of OR that are complete,
    Fragment both;    // and the operands of AND after them.
  };
  enum class Next { kTerm, kDone, kError };

  std::string_view text() const { return program_.text; }
  char Peek() const { return at_ < text().size() ? text()[at_] : '\0'; }
  void SkipBlanks();
  // The name that begins here; empty if none does.
  std::string_view Name() const;
  bool Node();

  Next AfterTerm(std::vector<Level>& levels, Fragment part, bool inside);
  Fragment Join(bool both, Fragment left, Fragment right);
  bool OpenParenthesis(std::vector<Level>& levels);
  bool ReadComparison(Fragment& out);
  bool ReadOperator(Operator& op);

  bool ReadValue(uint32_t& index);
  bool ReadScalar(Operand& operand);
  bool ReadText(Operand& operand);
  bool ReadNumber(Operand& operand);
  bool ReadWord(Operand& operand);
  Operand CloseList(std::vector<std::vector<Operand>>& lists);
  Operand Constant();

  bool ReadPath(std::vector<PathStep>& path);
  bool ReadIndex(std::vector<PathStep>& path);
  std::string_view KeyOf(const PathStep& step) const { return text().substr(step.at, step.length); }
  bool Resolve(const std::vector<PathStep>& path, Operand& operand);
  bool ResolveAgent(const std::vector<PathStep>& path, size_t from, Operand& operand);
  bool ResolveChannel(const std::vector<PathStep>& path, size_t from, Operand& operand);
  bool ResolveCrowd(const std::vector<PathStep>& path, Operand& operand);
  bool Attribute(Operand::Kind kind, const std::vector<PathStep>& path, size_t from,
                 Operand& operand);

  Program program_;
  Scope scope_;
  size_t at_ = 0;
  size_t nodes_ = 0;
  size_t depth_ = 0;
  bool failed_ = false;
  TextError error_;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_EXPRESSION_READER_H_
