// Hostile expressions: an error with its place and what was expected, in bounded time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "draw.h"
#include "parley/routing/expression.h"

namespace parley {
namespace {

std::string Times(size_t count, std::string_view text) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += text;
  return out;
}

struct Refused {
  std::string text;
  size_t at;
  std::string_view expected;
};

void AllAreRefused(std::initializer_list<Refused> cases) {
  for (const Refused& refused : cases) {
    TextError error;
    const auto expression = Expression::Parse(refused.text, Scope::kTask, {}, &error);
    const std::string shown = refused.text.substr(0, 60);
    ASSERT_FALSE(expression.ok()) << shown;
    EXPECT_EQ(error.at, refused.at) << shown << ": " << error.expected;
    EXPECT_THAT(error.expected, testing::HasSubstr(refused.expected)) << shown;
    EXPECT_EQ(expression.status(), ToStatus(error)) << shown;
  }
}

TEST(ExpressionHostileTest, WhatTheGrammarDoesNotAllowIsRefusedWithItsPlace) {
  AllAreRefused({
      {"", 0, "a value"},
      {"   ", 3, "a value"},
      {"n", 1, "an operator"},
      {"n ==", 4, "a value"},
      {"n == 5 n", 7, "AND, OR or the end"},
      {"n == 5 AND", 10, "a value"},
      {"n == 5 OR OR n == 5", 10, "a value"},
      {"AND n == 5", 0, "a value"},
      {"NOT n == 5", 0, "a value"},
      {"n NOT 5", 6, "IN"},
      {"n == 5)", 6, "AND, OR or the end"},
      {"(n == 5", 7, "AND, OR or \")\""},
      {"(n == 5]", 7, "AND, OR or \")\""},
      {"()", 1, "a value"},
      {"(n) == 5", 2, "an operator"},
      {"n === 5", 4, "a value"},
      {"n <> 5", 3, "a value"},
      {"n && 5", 2, "an operator"},
      {"customer-value == 1", 8, "an operator"},
      {"n <-5", 3, "a blank"},
      {"n >-5", 3, "a blank"},
      {"n == -", 6, "a digit"},
      {"n == +5", 5, "a value"},
      {"n == .5", 5, "a value"},
      {"n == 5.", 6, "a blank"},
      {"n == 5x", 6, "a blank"},
      {"n == 1e", 6, "a blank"},
      {"n == 5AND n == 5", 6, "a blank"},
      {"n == 'abc", 9, "the closing '"},
      {"n == \"abc'", 10, "the closing \""},
      {"n IN [1, 2", 10, "\",\" or \"]\""},
      {"n IN [1, 2)", 10, "\",\" or \"]\""},
      {"n IN [1,]", 8, "a value"},
      {"n IN [,1]", 6, "a value"},
      {"n IN [1 2]", 8, "\",\" or \"]\""},
      {"a. == 1", 2, "a name"},
      {"a..b == 1", 2, "a name"},
      {".a == 1", 0, "a value"},
      {"a.1 == 1", 2, "a name"},
      {"a[] == 1", 2, "the number of an element"},
      {"a[-1] == 1", 2, "the number of an element"},
      {"a['x'] == 1", 2, "the number of an element"},
      {"a[1 == 1", 4, "\"]\""},
      {"a[9999999999] == 1", 2, "the number of an element"},
      {"\xC3\xA4 == 1", 0, "a value"},
      {"n == 5;", 6, "AND, OR or the end"},
      {"taskrouter.currentTime > 0800", 0, "the time of day is not known"},
  });
}

TEST(ExpressionHostileTest, LimitsAreRefusedWithTheirPlace) {
  const std::string deep = Times(65, "(") + "1 == 1" + Times(65, ")");
  const std::string wide = "1 IN [" + Times(1021, "1,") + "1,1,1]";
  AllAreRefused({
      {std::string(4097, ' '), 4096, "at most 4096 bytes"},
      {std::string(1 << 20, '('), 4096, "at most 4096 bytes"},
      {Times(1 << 18, "1=1 "), 4096, "at most 4096 bytes"},
      {deep, 64, "at most 64 parentheses and arrays"},
      {std::string(4096, '('), 64, "at most 64 parentheses and arrays"},
      {"1 IN " + std::string(4000, '['), 69, "at most 64 parentheses and arrays"},
      {Times(60, "(") + "1 IN [[[[[", 69, "at most 64 parentheses and arrays"},
      {wide, 6 + 2 * 1021, "at most 1024 comparisons and values"},
      {"n == " + std::string(41, '7'), 5, "a number of at most 40 digits"},
      {"n == " + std::string(4000, '0'), 5, "a number of at most 40 digits"},
      {"n == 1e301", 5, "a number of at most 40 digits"},
      {"n == 1e" + std::string(4000, '9'), 5, "a number of at most 40 digits"},
      {"n == -1e-99999999999999999999", 5, "a number of at most 40 digits"},
  });
  const auto parses = [](const std::string& text) {
    return Expression::Parse(text, Scope::kTask).ok();
  };
  EXPECT_TRUE(parses(Times(64, "(") + "1 == 1" + Times(64, ")")));
  EXPECT_TRUE(parses("1 IN " + Times(64, "[") + Times(64, "]")));
  EXPECT_TRUE(parses("1 IN [" + Times(1020, "1,") + "1]"));
  EXPECT_TRUE(parses("'" + std::string(4089, 'x') + "' = 1"));
}

TEST(ExpressionHostileTest, BytesThatAreNoTextAreRefusedWithTheirPlace) {
  AllAreRefused({
      {std::string("n == 5\0 OR 1 == 1", 17), 6, "no NUL byte"},
      {"n == '\xFF'", 6, "UTF-8"},
      {"n == '\xC0\x80'", 6, "UTF-8"},
      {"n == '\xE4\xB8", 6, "UTF-8"},
      {"n == '\xED\xA0\x80'", 6, "UTF-8"},
      {"n == '\xF4\x90\x80\x80'", 6, "UTF-8"},
      {"n == '\xE0\x9F\xBF'", 6, "UTF-8"},
      {"n == '\xF0\x8F\xBF\xBF'", 6, "UTF-8"},
      {"n == 'a\x80'", 7, "UTF-8"},
  });
  EXPECT_TRUE(
      Expression::Parse("n == '\xF4\x8F\xBF\xBF \xE2\x82\xAC \xC3\xA4'", Scope::kTask).ok());
}

// The longest chains and the largest arrays that the limits allow: steps, not sizes, end them.
TEST(ExpressionHostileTest, EvaluatingEndsAfterItsSteps) {
  const auto task = Attributes::Parse("{\"a\":[" + Times(2040, "1,") + "1]}");
  ASSERT_TRUE(task.ok());
  std::string chain = "a HAS 2";
  for (int i = 0; i < 300; ++i) chain += " OR a HAS 2";
  const auto expression = Expression::Parse(chain, Scope::kTask);
  ASSERT_TRUE(expression.ok()) << expression.status();
  bool exhausted = false;
  EXPECT_FALSE(expression->Evaluate({.task = &*task}, &exhausted));
  EXPECT_TRUE(exhausted);

  // What is true after too many steps is not true, in either direction.
  const auto negated = Expression::Parse(chain + " OR 1=1", Scope::kTask);
  ASSERT_TRUE(negated.ok()) << negated.status();
  EXPECT_FALSE(negated->Evaluate({.task = &*task}, &exhausted));
  EXPECT_TRUE(exhausted);
  EXPECT_EQ(negated->FirstFalse({.task = &*task}).length, negated->text().size());
}

TEST(ExpressionHostileTest, AnyBytesGiveAnErrorWithinTheTextOrAnExpression) {
  static constexpr std::string_view kPieces[] = {
      "(",    ")",  "[",    "]",   ",",     "1",        "-",        ".",    "'a'", "\"",
      "AND ", "OR", " IN ", "NOT", " HAS ", "task",     "worker.x", "null", "==",  "<-",
      ">-",   "=",  " ",    "x",   "[0]",   "CONTAINS", "\xC3",     "e9",   "!=",  "x == 1"};
  Draw draw(3);
  size_t good = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = draw.OneIn(2) ? "x == 1 " : "";
    for (uint64_t n = draw.Below(12); n > 0; --n) text += kPieces[draw.Below(std::size(kPieces))];
    TextError error;
    const auto scope = static_cast<Scope>(draw.Below(4));
    const auto expression = Expression::Parse(text, scope, {}, &error);
    if (expression.ok()) {
      ++good;
      expression->Evaluate({});
      continue;
    }
    ASSERT_LE(error.at, text.size()) << text;
    ASSERT_FALSE(error.expected.empty()) << text;
  }
  EXPECT_GT(good, 100u);
}

}  // namespace
}  // namespace parley
