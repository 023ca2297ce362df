// Attributes: what JSON becomes, what it is equal to, and what is refused, and where.

#include "parley/model/attributes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "draw.h"

namespace parley {
namespace {

Attributes Read(std::string_view json) {
  TextError error;
  const auto attributes = Attributes::Parse(json, &error);
  EXPECT_TRUE(attributes.ok()) << json << ": " << attributes.status();
  return attributes.value_or(Attributes());
}

std::string Times(size_t count, std::string_view text) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(AttributesTest, EveryTypeIsKeptAndFound) {
  const Attributes all = Read(R"( {"text": "é\n\u0041", "yes": true, "no": false, "none": null,
      "whole": -12, "least": -9223372036854775808, "exact": 99.90, "power": 1E+2,
      "list": [1, "two", [3], {"four": 4}], "in": {"side": {"deep": "er"}}} )");
  EXPECT_EQ(all.Find("text").text(), "é\nA");
  EXPECT_TRUE(all.Find("yes").boolean());
  EXPECT_FALSE(all.Find("no").boolean());
  EXPECT_TRUE(all.Find("none").is_null());
  EXPECT_EQ(all.Find("whole").integer(), -12);
  EXPECT_EQ(all.Find("least").integer(), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(all.Find("exact").type(), AttributeType::kDecimal);
  EXPECT_EQ(all.Find("exact").text(), "99.90");
  EXPECT_EQ(all.Find("power").text(), "1E+2");
  EXPECT_EQ(all.Find("list").size(), 4u);
  EXPECT_EQ(all.Find("list").at(1).text(), "two");
  EXPECT_EQ(all.Find("list").at(2).at(0).integer(), 3);
  EXPECT_EQ(all.Find("list").at(3).Find("four").integer(), 4);
  EXPECT_EQ(all.Find("in").Find("side").Find("deep").text(), "er");
}

TEST(AttributesTest, WhatIsMissingIsNull) {
  const Attributes some = Read(R"({"b": {"c": 1}, "list": [1]})");
  EXPECT_TRUE(some.Find("a").is_null());
  EXPECT_TRUE(some.Find("c").is_null());
  EXPECT_TRUE(some.Find("").is_null());
  EXPECT_TRUE(some.Find("b").Find("c").Find("d").is_null());
  EXPECT_TRUE(some.Find("list").at(1).is_null());
  EXPECT_TRUE(some.Find("list").Find("1").is_null());
  EXPECT_TRUE(AttributeView().is_null());
  EXPECT_EQ(AttributeView().size(), 0u);
}

TEST(AttributesTest, JsonIsWrittenInOneWay) {
  EXPECT_EQ(Read(R"({"b":1, "a" : [ 1.50 , "\"\\\u0001\/", {} , [] ], "B": null})").ToJson(),
            R"({"B":null,"a":[1.50,"\"\\\u0001/",{},[]],"b":1})");
  EXPECT_EQ(Read("").ToJson(), "{}");
  EXPECT_EQ(Read("{}"), Attributes());
  EXPECT_EQ(Read("{\"n\":18446744073709551615}").ToJson(), "{\"n\":18446744073709551615}");
  EXPECT_EQ(Read("{\"n\":123456789012345678901234567890}").ToJson(),
            "{\"n\":123456789012345678901234567890}");
}

TEST(AttributesTest, TheOrderOfKeysAndBlanksDoNotMatterButDigitsDo) {
  EXPECT_EQ(Read(R"({"a":1,"b":[true]})"), Read(R"({ "b": [ true ], "a": 1 })"));
  EXPECT_NE(Read(R"({"a":1.1})"), Read(R"({"a":1.10})"));
  EXPECT_NE(Read(R"({"a":"1"})"), Read(R"({"a":1})"));
  EXPECT_NE(Read(R"({"a":null})"), Read(R"({})"));
  EXPECT_NE(Read(R"({"a":[1,[2]]})"), Read(R"({"a":[[1],2]})"));
}

TEST(AttributesTest, TheLimitsThemselvesAreAllowed) {
  const std::string long_text(Attributes::kMaxBytes - 8, 'x');
  EXPECT_EQ(Read("{\"a\":\"" + long_text + "\"}").Find("a").text(), long_text);
  const size_t deep = Attributes::kMaxDepth - 1;
  const std::string nested = "{\"a\":" + Times(deep, "[") + Times(deep, "]") + "}";
  EXPECT_EQ(Read(nested).ToJson(), nested);
  EXPECT_EQ(Read("{\"a\":" + std::string(40, '7') + "}").Find("a").text().size(), 40u);
  EXPECT_EQ(Read("{\"a\":[1e300,-1e-300,0e999]}").Find("a").size(), 3u);
  const std::string many = "{\"a\":[" + Times(2040, "0,") + "0]}";
  EXPECT_EQ(Read(many).ToJson(), many);
}

struct Refused {
  std::string json;
  size_t at;
  std::string_view expected;  // Part of what is said.
};

TEST(AttributesTest, WhatIsNotAttributesIsRefusedWithItsPlace) {
  const Refused cases[] = {
      {"[]", 0, "an object"},
      {"5", 0, "an object"},
      {"1e-999", 0, "a number of at most 40 digits"},
      {"\"a\"", 0, "an object"},
      {" ", 1, ""},
      {"{", 1, "string literal"},
      {"{\"a\":}", 5, ""},
      {"{\"a\" 1}", 5, "':'"},
      {"{\"a\":1,}", 7, "string literal"},
      {"{\"a\":1} x", 8, "end of input"},
      {"{\"a\":1}{}", 7, "end of input"},
      {"{'a':1}", 1, "string literal"},
      {"{\"a\":01}", 6, ""},
      {"{\"a\":NaN}", 5, ""},
      {"{\"a\":nul}", 8, ""},
      {"{\"a\":\"b", 7, ""},
      {"{\"a\":/**/1}", 5, ""},
      {"{\"a\":1,\"b\":2,\"a\":3}", 13, "a key that this object does not have yet"},
      {"{\"x\":{\"a\":1,\"\\u0061\":3}}", 12, "a key that this object does not have yet"},
      {"{\"a\":\"\xC3\"}", 7, "UTF-8"},
      {"{\"a\":\"\xED\xA0\x80\"}", 7, "UTF-8"},
      {"{\"a\":\"\\ud800\"}", 12, "UTF-8"},
      {"{\"a\":\"\x01\"}", 6, "UTF-8"},
      {std::string("{}\0{}", 5), 2, "no NUL byte"},
      {"{\"a\":1e301}", 5, "a number of at most 40 digits"},
      {"{\"a\":1e999}", 5, "a number of at most 40 digits"},
      {"{\"a\":1e-301}", 5, "a number of at most 40 digits"},
      {"{\"a\":" + std::string(41, '7') + "}", 5, "a number of at most 40 digits"},
      {"{\"a\":1." + std::string(400, '0') + "}", 5, "a number of at most 40 digits"},
      {"{\"a\":" + Times(64, "["), 68, "at most 64 objects and arrays"},
      {std::string(4097, ' '), 4096, "at most 4096 bytes"},
      {std::string(1 << 20, '['), 4096, "at most 4096 bytes"},
  };
  for (const Refused& refused : cases) {
    TextError error;
    const auto attributes = Attributes::Parse(refused.json, &error);
    const std::string shown = refused.json.substr(0, 60);
    ASSERT_FALSE(attributes.ok()) << shown;
    EXPECT_EQ(error.at, refused.at) << shown << ": " << error.expected;
    EXPECT_THAT(error.expected, testing::HasSubstr(refused.expected)) << shown;
    EXPECT_FALSE(error.expected.empty()) << shown;
    EXPECT_EQ(attributes.status(), ToStatus(error)) << shown;
  }
}

// A random value in JSON, in canonical form but for the order of keys.
std::string Json(Draw& draw, size_t depth) {
  std::string out;
  switch (draw.Below(depth > 4 ? 6 : 8)) {
    case 0:
      return "null";
    case 1:
      return draw.OneIn(2) ? "true" : "false";
    case 2:
      return fmt::format("{}", static_cast<int64_t>(draw.Bits()) >> draw.Below(64));
    case 3:
      return fmt::format("{}.{:03}e{}", draw.Between(-9, 9), draw.Below(1000), draw.Below(9));
    case 4:
    case 5:
      return fmt::format("\"{}\"", draw.OneIn(2) ? "é\\\"" : Times(draw.Below(9), "x"));
    case 6:
      for (uint64_t i = draw.Below(5); i > 0; --i) {
        out.append(out.empty() ? "" : ",").append(Json(draw, depth + 1));
      }
      return "[" + out + "]";
    default:
      for (uint64_t i = draw.Below(5); i > 0; --i) {
        out.append(out.empty() ? "" : ",");
        out.append(fmt::format("\"k{}\":{}", i, Json(draw, depth + 1)));
      }
      return "{" + out + "}";
  }
}

TEST(AttributesTest, WhatIsWrittenReadsBackToTheSame) {
  Draw draw(1);
  size_t read = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string json = "{\"a\":" + Json(draw, 0) + ",\"b\":" + Json(draw, 0) + "}";
    if (json.size() > Attributes::kMaxBytes) continue;
    const Attributes first = Read(json);
    ASSERT_EQ(Read(first.ToJson()), first) << json;
    ASSERT_EQ(first.ToJson().size(), json.size()) << json;
    ++read;
  }
  EXPECT_GT(read, 19'000u);
}

TEST(AttributesTest, AnyDamageGivesAnErrorOrAttributes) {
  Draw draw(2);
  size_t refused = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string json = "{\"a\":" + Json(draw, 0) + "}";
    for (uint64_t n = 1 + draw.Below(3); n > 0; --n) {
      json[draw.Below(json.size())] = static_cast<char>(draw.Below(256));
    }
    TextError error;
    const auto attributes = Attributes::Parse(json, &error);
    if (attributes.ok()) {
      ASSERT_EQ(Read(attributes->ToJson()), *attributes) << json;
    } else {
      ASSERT_LE(error.at, json.size()) << json;
      ++refused;
    }
  }
  EXPECT_GT(refused, 10'000u);
}

}  // namespace
}  // namespace parley
