// The language of C1, row by row: what each operator says of which values.

#include "parley/routing/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace parley {
namespace {

constexpr std::string_view kTask = R"({
  "n": 5, "d": 1.10, "big": 9007199254740993, "s": "banana", "digits": "6", "yes": true,
  "no": false, "nothing": null, "list": ["a", 2, 3.0, true, null, [1]], "empty": [],
  "object": {"array": ["a", "b", "c"], "attr": "bar", "param": "pear"}, "in": {"has": 1},
  "$x_1": 1, "string_const": "foo", "key": 2, "language": "es", "skill_rating": 5.1,
  "condition_b": true, "customer_value": "Gold", "type": "ticket",
  "preferred_agents": ["a1", "a7"]})";

bool Holds(std::string_view text, ExpressionOptions options = {}) {
  static const Attributes task = Attributes::Parse(kTask).value();
  const auto expression = Expression::Parse(text, Scope::kTask, options);
  EXPECT_TRUE(expression.ok()) << text << ": " << expression.status();
  bool exhausted = true;
  const bool holds = expression.ok() && expression->Evaluate({.task = &task}, &exhausted);
  EXPECT_FALSE(exhausted) << text;
  return holds;
}

void AllHold(std::initializer_list<std::string_view> texts) {
  for (const auto text : texts) EXPECT_TRUE(Holds(text)) << text;
}
void AllFail(std::initializer_list<std::string_view> texts) {
  for (const auto text : texts) EXPECT_FALSE(Holds(text)) << text;
}

TEST(ExpressionTest, ThePublishedExamplesOfConditionsHold) {
  AllHold({"1 == 1", "0 != 1", "\"apple\" != \"orange\"", "key > 1", "object.param != \"apple\"",
           "language IN [\"en\", \"es\"]", "(condition_a == true) OR (condition_b == true)",
           "(language == \"en\" OR language == \"fr\" OR language == 'es') AND skill_rating >= 5.1",
           "customer_value == 'Gold' AND type == 'ticket'", "string_const == 'foo'",
           "object.array[2] == 'c'", "object.array[0] == \"a\"", "object.attr == 'bar'",
           "preferred_agents != null", "1==1"});
  AllFail({"(language == \"en\" OR language == \"fr\") AND skill_rating >= 5.1"});
}

TEST(ExpressionTest, AliasesMeanTheSame) {
  AllHold({"n = 5", "list >- 'a'", "'a' <- list", "'a'<-list", "list>-'a'"});
  AllFail({"n = 6", "list >- 'z'", "'z' <- list"});
}

TEST(ExpressionTest, KeywordsAreKeywordsInAnyCase) {
  AllHold({"'a' in list", "'z' not in list", "'z' Not\n\tIn list", "list has 'a'",
           "s contains 'nan'", "1 == 1 and 2 == 2", "1 == 2 oR 2 == 2", "yes == TRUE",
           "no == False", "missing == NULL"});
}

TEST(ExpressionTest, NamesMayBeginLikeKeywordsAndContainThem) {
  AllHold({"in_ == null", "$x_1 == 1", "task.in.has == 1", "nothing == null", "trueish == null"});
}

TEST(ExpressionTest, NumbersCompareByValue) {
  AllHold({"d == 1.1",
           "d == 11e-1",
           "1e2 == 100",
           "n == 5.000",
           "n < 5.0001",
           "-1 < 0",
           "-0.5 > -0.50001",
           "0 == -0.0",
           "n >= 0005",
           "n > -5",
           "n< 6",
           "0.1 < 0.11",
           "big == 9007199254740993",
           "big != 9007199254740992.0",
           "big > 9007199254740992.9",
           "123456789012345678901234567890 > 123456789012345678901234567889",
           "9223372036854775808 > 9223372036854775807",
           "1e300 > 1e299",
           "-1e300 < 1e-300",
           "100 > 20",
           "9 < 10.5"});
  AllFail({"d == 1.100001", "n > 5", "n < 5", "n != 5.0", "big == 9007199254740992.0"});
}

TEST(ExpressionTest, TextsCompareByBytes) {
  AllHold({"s == 'banana'", "s < 'bananas'", "s > 'Banana'", "s >= \"banana\"", "'' < 'a'",
           "'it is \"so\"' == 'it is \"so\"'", "'a\\' < 'b'", "'ä' > 'z'"});
  AllFail({"s == 'Banana'", "s > 'c'"});
}

TEST(ExpressionTest, FalseIsLessThanTrue) {
  AllHold({"yes == true", "no != true", "no < yes", "yes >= yes", "true > false"});
  AllFail({"yes == false", "yes < no"});
}

TEST(ExpressionTest, AMissingKeyIsNull) {
  AllHold({"missing == null", "object.missing == null", "object.array[3] == null",
           "object.array.attr == null", "object[0] == null", "s.length == null",
           "missing.deeper[7].still == null", "nothing == null", "missing == nothing"});
  AllFail({"missing == 0", "missing == ''", "missing == false", "missing < 1", "missing >= 0",
           "missing CONTAINS ''", "null < null", "null >= null"});
}

TEST(ExpressionTest, ComparingWithNullAsksForPresenceWhateverTheType) {  // E-18.
  AllHold({"list != null", "empty != null", "object != null", "s != null", "n != null",
           "null != list", "null == nothing"});
  AllFail({"list == null", "object == null", "s == null", "nothing != null", "missing != null"});
}

TEST(ExpressionTest, MixedTypesAreUnequalAndInNoOrder) {  // E-17.
  AllHold({"digits != 6", "yes != 1", "yes != 'true'", "s != 5"});
  AllFail({"digits == 6", "digits > 5", "digits < 7", "digits >= 6", "yes == 1", "s > 1", "1 < s",
           "yes < 2"});
}

TEST(ExpressionTest, NumericTextComparesAsANumberIfThatIsAskedFor) {  // E-17.
  const ExpressionOptions numeric{.numeric_text = true};
  for (const auto text : {"digits > 5", "digits == 6", "digits == 6.00", "5 < digits", "'-1e1' < 0",
                          "6 IN ['6']", "['5', '6'] HAS 6", "'10' < '9'", "s != 5", "'' != 0"}) {
    EXPECT_TRUE(Holds(text, numeric)) << text;
  }
  for (const auto text : {"s > 5", "'' < 1", "' 6' == 6", "'6x' == 6", "'1e999' > 0", "yes == 1"}) {
    EXPECT_FALSE(Holds(text, numeric)) << text;
  }
}

TEST(ExpressionTest, AScalarOperatorOnAnArrayIsFalse) {
  AllFail({"list == 'a'", "list != 'a'", "list == list", "list != list", "list > 1", "1 < list",
           "list CONTAINS 'a'", "'a' CONTAINS list", "[1] == [1]", "[1] != [2]", "[] == []",
           "object == object", "object != 'x'", "object > 1"});
}

TEST(ExpressionTest, AnArrayOperatorOnTwoScalarsIsFalse) {
  AllFail({"'a' IN 'abc'", "'a' HAS 'a'", "'z' NOT IN 'abc'", "1 NOT IN 2", "1 IN missing",
           "1 NOT IN missing", "missing HAS null", "null IN null", "object HAS 'attr'",
           "'attr' IN object", "'attr' NOT IN object"});
}

TEST(ExpressionTest, HasAndInLookForOneScalarInOneArray) {
  AllHold({"list HAS 'a'", "list HAS 2", "list HAS 2.0", "3 IN list", "true IN list",
           "null IN list", "missing IN list", "'z' NOT IN list", "1 NOT IN list", "n IN [4, 5, 6]",
           "n IN [4, n]", "'x' NOT IN []", "[1, 'two', true] HAS 'two'", "5 NOT IN empty",
           "'b' IN object.array", "[[5]] != null", "5 IN [[1], 5]"});
  AllFail({"list HAS 'A'", "list HAS 1", "list IN list", "list HAS list", "'a' HAS list",
           "list IN 'a'", "list NOT IN 'a'", "[1] IN [[1]]", "1 IN [[1]]", "1 NOT IN [1]",
           "object IN list", "object NOT IN list", "null IN empty"});
}

TEST(ExpressionTest, ContainsLooksForATextInAText) {
  AllHold({"s CONTAINS 'nan'", "s CONTAINS s", "s CONTAINS ''", "'12' CONTAINS digits OR 1 == 1"});
  AllFail(
      {"s CONTAINS 'Nan'", "'nan' CONTAINS s", "s CONTAINS 1", "n CONTAINS 5", "n CONTAINS '5'"});
}

TEST(ExpressionTest, AndBindsTighterThanOr) {
  AllHold({"1 == 1 OR 1 == 2 AND 1 == 2", "1 == 2 AND 1 == 2 OR 1 == 1",
           "1 == 2 AND 1 == 1 OR 1 == 1 AND 1 == 1", "((((n == 5))))"});
  AllFail({"(1 == 1 OR 1 == 2) AND 1 == 2", "1 == 2 AND (1 == 2 OR 1 == 1)",
           "1 == 1 AND 1 == 2 OR 1 == 2 AND 1 == 1"});
}

TEST(ExpressionTest, NothingIsEvaluatedThatDoesNotMatter) {
  // The right side alone would take more steps than there are.
  const std::string costly = "task.long CONTAINS task.half";
  const auto task = Attributes::Parse("{\"long\":\"" + std::string(2600, 'a') + "\",\"half\":\"" +
                                      std::string(1300, 'a') + "b\"}");
  ASSERT_TRUE(task.ok());
  std::string right = costly;
  for (int i = 0; i < 20; ++i) right += " OR " + costly;
  const auto run = [&](const std::string& text, bool& exhausted) {
    return Expression::Parse(text, Scope::kTask)->Evaluate({.task = &*task}, &exhausted);
  };
  bool exhausted = false;
  EXPECT_FALSE(run(right, exhausted));
  EXPECT_TRUE(exhausted);
  EXPECT_TRUE(run("1 == 1 OR " + right, exhausted));
  EXPECT_FALSE(exhausted);
  EXPECT_FALSE(run("1 == 2 AND (" + right + ")", exhausted));
  EXPECT_FALSE(exhausted);
}

TEST(ExpressionTest, ATextKeepsWhatWasWritten) {
  const auto expression = Expression::Parse(" n==5 ", Scope::kTask);
  EXPECT_EQ(expression->text(), " n==5 ");
  const Expression copy = *expression;
  EXPECT_EQ(copy.text(), expression->text());
}

TEST(ExpressionTest, WhatIsFalseIsNamed) {
  const auto task = Attributes::Parse(kTask);
  const auto why = [&](std::string_view text) {
    const auto expression = Expression::Parse(text, Scope::kTask);
    const TextPart part = expression->FirstFalse({.task = &*task});
    return std::string(text.substr(part.offset, part.length));
  };
  EXPECT_EQ(why("n == 5"), "");
  EXPECT_EQ(why("n == 6"), "n == 6");
  EXPECT_EQ(why("n == 5 AND  (s == 'x' )AND no == true"), "s == 'x'");
  EXPECT_EQ(why("n == 5 AND (yes == true AND (n == 7 AND n == 8))"), "n == 7");
  EXPECT_EQ(why("n == 5 AND (n == 6 OR (n == 7) AND n == 5) AND n == 9"),
            "n == 6 OR (n == 7) AND n == 5");
  EXPECT_EQ(why("(n == 6) OR n == 7"), "(n == 6) OR n == 7");
  EXPECT_EQ(why("n == 6 OR (n == 5 AND (n == 7 OR n == 8))"),
            "n == 6 OR (n == 5 AND (n == 7 OR n == 8))");
}

}  // namespace
}  // namespace parley
