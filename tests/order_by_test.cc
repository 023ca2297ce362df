// Orders and scores: which agent goes first, and what is refused.

#include "parley/routing/order_by.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <string>
#include <string_view>

#include "draw.h"

namespace parley {
namespace {

std::optional<AgentOrderBy::Keys> KeysOf(std::string_view order, std::string_view attributes) {
  const auto parsed = AgentOrderBy::Parse(order);
  EXPECT_TRUE(parsed.ok()) << order << ": " << parsed.status();
  const Attributes read = Attributes::Parse(attributes).value();
  return parsed->KeysOf({.attributes = &read});
}

// The first agent goes before the second.
bool Before(std::string_view order, std::string_view first, std::string_view second) {
  return KeysOf(order, first).value() < KeysOf(order, second).value();
}

TEST(OrderByTest, ThePublishedExampleTakesTheOneWithLessSupport) {
  const std::string_view order = "worker.finance ASC, worker.support ASC";
  EXPECT_TRUE(Before(order, R"({"finance":10,"support":5})", R"({"finance":10,"support":8})"));
  EXPECT_TRUE(Before(order, R"({"finance":9,"support":8})", R"({"finance":10,"support":5})"));
  EXPECT_EQ(KeysOf(order, R"({"finance":1,"support":2})"),
            KeysOf(order, R"({"support":2,"finance":1,"more":3})"));
}

TEST(OrderByTest, DescTurnsTheOrderRoundForEveryInteger) {
  const std::string least = R"({"x":-9223372036854775808})";
  const std::string most = R"({"x":9223372036854775807})";
  EXPECT_TRUE(Before("worker.x ASC", least, most));
  EXPECT_TRUE(Before("worker.x desc", most, least));
  EXPECT_TRUE(Before("agent.a.b[1] Desc", R"({"a":{"b":[0,2]}})", R"({"a":{"b":[0,1]}})"));
}

TEST(OrderByTest, WhoLacksTheAttributeComesLastInBothDirections) {
  for (const std::string_view direction : {"ASC", "DESC"}) {
    const std::string order = "worker.x " + std::string(direction) + ", worker.y ASC";
    EXPECT_TRUE(Before(order, R"({"x":9223372036854775807,"y":2})", R"({"y":1})"));
    EXPECT_TRUE(Before(order, R"({"x":-9223372036854775808})", R"({"x":null})"));
    EXPECT_TRUE(Before(order, R"({"y":1})", R"({"y":2})"));
  }
}

TEST(OrderByTest, AnAttributeThatIsNoIntegerMakesTheOrderIgnored) {
  for (const std::string_view value : {"\"5\"", "5.0", "true", "[5]", "{}", "1e2"}) {
    EXPECT_FALSE(KeysOf("worker.y ASC, worker.x ASC", "{\"x\":" + std::string(value) + "}"))
        << value;
  }
}

TEST(OrderByTest, CapacityIsAnIntegerLikeAnyOther) {
  std::array<Capacity, kMedia> media = {};
  media[static_cast<size_t>(Medium::kChat)] = {.configured = 4, .accepted = 1};
  const auto order = AgentOrderBy::Parse("worker.channel.chat.available_capacity_percentage ASC");
  ASSERT_TRUE(order.ok());
  EXPECT_EQ(order->KeysOf({.media = &media})->keys[0].value, 75);
  EXPECT_EQ(order->uses(), Uses{.capacity = true});
}

struct Refused {
  std::string text;
  size_t at;
  std::string_view expected;
};

TEST(OrderByTest, WhatIsNoOrderIsRefusedWithItsPlace) {
  std::string nine = "worker.a ASC";
  for (int i = 0; i < 8; ++i) nine += ",worker.a ASC";
  const Refused cases[] = {
      {"", 0, "a reference"},
      {"worker.x", 8, "ASC or DESC"},
      {"worker.x UP", 9, "ASC or DESC"},
      {"worker.x ASC,", 13, "a reference"},
      {"worker.x ASC worker.y ASC", 13, "\",\" or the end"},
      {"x ASC", 0, "\"task.\" or \"worker.\""},
      {"worker.y ASC, task.x ASC", 19, "an attribute of the agent"},
      {"5 ASC", 0, "a reference"},
      {nine, 8 * 13, "at most 8 keys"},
      {std::string(1 << 20, ' '), 4096, "at most 4096 bytes"},
      {"worker.\xFF", 7, "UTF-8"},
  };
  for (const Refused& refused : cases) {
    TextError error;
    EXPECT_FALSE(AgentOrderBy::Parse(refused.text, &error).ok());
    EXPECT_EQ(error.at, refused.at) << refused.text.substr(0, 60) << ": " << error.expected;
    EXPECT_THAT(error.expected, testing::HasSubstr(refused.expected));
  }
}

// ---- Scores ----

int64_t Score(std::string_view text, std::string_view agent = "{}", std::string_view task = "{}") {
  const auto score = ScoreExpression::Parse(text);
  EXPECT_TRUE(score.ok()) << text << ": " << score.status();
  const Attributes agent_attributes = Attributes::Parse(agent).value();
  const Attributes task_attributes = Attributes::Parse(task).value();
  const AgentFacts facts{.attributes = &agent_attributes};
  return score->Evaluate({.task = &task_attributes, .agent = &facts});
}

TEST(ScoreTest, ASumOfTermsCounts) {
  const std::string_view text = "10 * (worker.team == task.team) + 2 * worker.level";
  EXPECT_EQ(Score(text, R"({"team":"red","level":3})", R"({"team":"red"})"), 16);
  EXPECT_EQ(Score(text, R"({"team":"blue","level":3})", R"({"team":"red"})"), 6);
  EXPECT_EQ(Score("-worker.x - 2*(1 == 1 OR 1 == 2) + task.y", R"({"x":5})", R"({"y":100})"), 93);
  EXPECT_EQ(Score("(1 == 1 AND (2 == 2)) + (1 == 2)"), 1);
}

TEST(ScoreTest, WhatIsNoIntegerCountsNothing) {
  EXPECT_EQ(Score("5 * worker.x + 7 * task.y", R"({"x":"5"})", R"({"y":1.5})"), 0);
  EXPECT_EQ(Score("5 * worker.none"), 0);
}

TEST(ScoreTest, AScoreStaysAtTheEndOfItsRange) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  const std::string_view most = R"({"x":9223372036854775807,"y":-9223372036854775808,"one":1})";
  EXPECT_EQ(Score("2 * worker.x", most), kMost);
  EXPECT_EQ(Score("2 * worker.y", most), kLeast);
  EXPECT_EQ(Score("-1 * worker.y", most), kMost);
  EXPECT_EQ(Score("-2 * worker.x", most), kLeast);
  EXPECT_EQ(Score("worker.x + worker.one", most), kMost);
  EXPECT_EQ(Score("worker.y - worker.one", most), kLeast);
  EXPECT_EQ(Score("9223372036854775807 * worker.one", most), kMost);
}

TEST(ScoreTest, WhatIsNoScoreIsRefusedWithItsPlace) {
  const Refused cases[] = {
      {"", 0, "a reference"},
      {"5", 1, "\"*\""},
      {"5 *", 3, "a reference"},
      {"5 * 6", 4, "a reference"},
      {"worker.x +", 10, "a reference"},
      {"worker.x worker.y", 9, "\"+\", \"-\" or the end"},
      {"worker.x * 5", 9, "\"+\", \"-\" or the end"},
      {"(1 == 1", 7, "AND, OR or \")\""},
      {"(worker.x)", 9, "an operator"},
      {"(1 == 1))", 8, "\"+\", \"-\" or the end"},
      {"9223372036854775808 * worker.x", 0, "a factor of at most"},
      {"worker.x + y", 11, "\"task.\" or \"worker.\""},
      {"5 * " + std::string(65, '(') + "1 == 1", 68, "at most 64 parentheses"},
      {std::string(4097, '('), 4096, "at most 4096 bytes"},
  };
  for (const Refused& refused : cases) {
    TextError error;
    EXPECT_FALSE(ScoreExpression::Parse(refused.text, {}, &error).ok()) << refused.text;
    EXPECT_EQ(error.at, refused.at) << refused.text.substr(0, 60) << ": " << error.expected;
    EXPECT_THAT(error.expected, testing::HasSubstr(refused.expected));
  }
}

TEST(ScoreTest, AScoreTellsWhatItDependsOn) {
  const auto score = ScoreExpression::Parse("3 * (worker.skills HAS task.topic) + task.urgency");
  ASSERT_TRUE(score.ok());
  EXPECT_EQ(score->uses(),
            (Uses{.task_attributes = true, .agent_attributes = true, .skills = true}));
  const auto same = [&](std::string_view a, std::string_view b) {
    return score->SameTaskValues(*Attributes::Parse(a), *Attributes::Parse(b));
  };
  EXPECT_TRUE(same(R"({"topic":"x","z":1})", R"({"z":2,"topic":"x"})"));
  EXPECT_FALSE(same(R"({"topic":"x"})", R"({"topic":"y"})"));
  EXPECT_FALSE(same(R"({"urgency":1})", R"({})"));
}

// The keys of any two agents are ordered as the values are, one after the other.
TEST(OrderByTest, KeysCompareLikeTheValuesInTurn) {
  const auto order = AgentOrderBy::Parse("worker.a ASC, worker.b DESC");
  Draw draw(4);
  for (int i = 0; i < 10'000; ++i) {
    struct Agent {
      std::optional<int64_t> a, b;
      Attributes attributes;
    };
    const auto any = [&] {
      Agent agent;
      if (!draw.OneIn(4)) agent.a = draw.Between(-1, 1);
      if (!draw.OneIn(4)) agent.b = draw.Between(-1, 1);
      const auto text = [](auto value) { return value ? std::to_string(*value) : "null"; };
      agent.attributes =
          Attributes::Parse("{\"a\":" + text(agent.a) + ",\"b\":" + text(agent.b) + "}").value();
      return agent;
    };
    const Agent x = any();
    const Agent y = any();
    const auto less = [](auto left, auto right, bool descending) {
      if (!left || !right) return left.has_value() && !right.has_value();
      return descending ? *left > *right : *left < *right;
    };
    const bool expected = less(x.a, y.a, false) || (x.a == y.a && less(x.b, y.b, true));
    const auto keys_x = order->KeysOf({.attributes = &x.attributes});
    const auto keys_y = order->KeysOf({.attributes = &y.attributes});
    ASSERT_EQ(*keys_x < *keys_y, expected) << x.attributes.ToJson() << y.attributes.ToJson();
  }
}

}  // namespace
}  // namespace parley
