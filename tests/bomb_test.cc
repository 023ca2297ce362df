// tests/bomb_test.cc — texts made to cost more than they are long: nested, chained, repeated. What
// a reader allocates, in calls and in bytes, stays in proportion to the length of the text, and is
// nothing to speak of once a limit is reached. Work is counted, not timed: the answer is the same
// on every machine.

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "heap.h"
#include "parley/annex/text.h"
#include "parley/annex/workspace.h"
#include "parley/parley.h"
#include "parley/routing/expression.h"
#include "parley/routing/order_by.h"
#include "parley/routing/workflow.h"

namespace parley {
namespace {

std::string Times(size_t count, std::string_view text) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += text;
  return out;
}

// {"k0":0,"k1":0,...}, behind what is given; and the first key once more, if wanted.
std::string ManyKeys(size_t count, std::string_view prefix, bool twice) {
  std::string json = "{";
  for (size_t i = 0; i < count; ++i) json += fmt::format("\"{}{}\":0,", prefix, i);
  return json + fmt::format("\"{}{}\":0}}", prefix, twice ? 0 : count);
}

struct Cost {
  size_t calls = 0;
  size_t bytes = 0;
};
Cost CostOf(const std::function<void()>& work) {
  const Cost before{Heap::calls, Heap::bytes};
  work();
  return {Heap::calls - before.calls, Heap::bytes - before.bytes};
}

struct Bomb {
  std::string_view name;
  std::function<std::string(size_t)> of_size;  // About so many bytes.
};
using Read = std::function<bool(std::string_view)>;

// Documents of any kind, whatever they are taken for.
const std::vector<Bomb>& Documents() {
  static const std::vector<Bomb> bombs = {
      {"arrays in arrays", [](size_t n) { return Times(n, "["); }},
      {"objects in objects", [](size_t n) { return Times(n / 5, "{\"a\":"); }},
      {"arrays in a member", [](size_t n) { return "{\"a\":" + Times(n, "["); }},
      {"pairs side by side", [](size_t n) { return "{\"a\":[" + Times(n / 3, "[],") + "0]}"; }},
      {"a long number", [](size_t n) { return "{\"a\":1" + Times(n, "0") + "}"; }},
      {"a large power", [](size_t n) { return "{\"a\":1e" + Times(n, "9") + "}"; }},
      {"a long text", [](size_t n) { return "{\"a\":\"" + Times(n, "x") + "\"}"; }},
      {"escapes", [](size_t n) { return "{\"a\":\"" + Times(n / 6, "\\u00e4") + "\"}"; }},
      {"a long key", [](size_t n) { return "{\"" + Times(n, "x") + "\":0}"; }},
      {"many keys", [](size_t n) { return ManyKeys(n / 9, "", false); }},
      {"a key twice", [](size_t n) { return ManyKeys(n / 9, "", true); }},
      {"keys that begin alike", [](size_t n) { return ManyKeys(n / 90, Times(80, "x"), true); }},
      {"many values", [](size_t n) { return "{\"a\":[" + Times(n / 2, "0,") + "0]}"; }},
      {"blanks", [](size_t n) { return "{" + Times(n, " "); }},
      {"steps",
       [](size_t n) {
         return R"({"task_routing":{"filters":[{"targets":[)" + Times(n / 14, R"({"queue":"q"},)") +
                R"({"queue":"q"}]}]}})";
       }},
      {"filters",
       [](size_t n) {
         constexpr std::string_view kFilter = R"({"targets":[{"queue":"q"}]})";
         return R"({"task_routing":{"filters":[)" + Times(n / 28, std::string(kFilter) + ",") +
                std::string(kFilter) + "]}}";
       }},
      {"unknown keys of workers",
       [](size_t n) {
         std::string json = R"({"workers":[{"friendly_name":"a"})";
         for (size_t i = 0; i < n / 40; ++i) {
           json += fmt::format(R"(,{{"friendly_name":"a{}","x":0,"y":0}})", i);
         }
         return json + "]}";
       }},
  };
  return bombs;
}

// Conditions, orders and scores.
const std::vector<Bomb>& Conditions() {
  static const std::vector<Bomb> bombs = {
      {"parentheses", [](size_t n) { return Times(n, "("); }},
      {"arrays", [](size_t n) { return "1 IN " + Times(n, "["); }},
      {"pairs of parentheses",
       [](size_t n) { return Times(n / 2, "(") + "1=1" + Times(n / 2, ")"); }},
      {"ORs", [](size_t n) { return Times(n / 7, "1=1 OR ") + "1=1"; }},
      {"ANDs and ORs", [](size_t n) { return Times(n / 15, "1=1 OR 1=2 AND ") + "1=1"; }},
      {"ORs in parentheses", [](size_t n) { return Times(n / 9, "(1=1 OR ") + "1=1"; }},
      {"a long number", [](size_t n) { return "1 = " + Times(n, "9"); }},
      {"a long text", [](size_t n) { return "1 = '" + Times(n, "x") + "'"; }},
      {"a long path", [](size_t n) { return "task" + Times(n / 2, ".a") + " = 1"; }},
      {"many elements", [](size_t n) { return "1 IN [" + Times(n / 2, "1,") + "1]"; }},
      {"keys of an order",
       [](size_t n) { return Times(n / 15, "worker.a DESC, ") + "worker.a ASC"; }},
      {"terms of a score", [](size_t n) { return Times(n / 11, "worker.a + ") + "worker.a"; }},
      {"blanks", [](size_t n) { return Times(n, " "); }},
  };
  return bombs;
}

const std::vector<Bomb>& LinesOfText() {
  static const std::vector<Bomb> bombs = {
      {"words", [](size_t n) { return Times(n / 2, "a "); }},
      {"fields", [](size_t n) { return "settings " + Times(n / 9, "day=1d "); }},
      {"the same setting",
       [](size_t n) { return "settings " + Times(n / 17, "leave.enabled=on "); }},
      {"a list", [](size_t n) { return "settings pause.marks=" + Times(n / 3, "1d,"); }},
      {"a long name", [](size_t n) { return "add-skill " + Times(n, "x"); }},
      {"escapes", [](size_t n) { return "add-skill \"" + Times(n / 4, "\\x41") + "\""; }},
      {"quotes", [](size_t n) { return "add-skill " + Times(n / 3, "\"a\" "); }},
      {"digits", [](size_t n) { return "pause c" + Times(n, "1"); }},
      {"skills", [](size_t n) { return "add-queue q " + Times(n / 3, "s1,"); }},
  };
  return bombs;
}

// Twice as long is at most twice as much, but for buffers that grow in steps of two and texts that
// need none while they are short; and a byte of text is at most so many of memory.
void CostsInProportion(const std::vector<Bomb>& bombs, size_t size, size_t bytes_a_byte,
                       const Read& read) {
  constexpr size_t kSlack = 64 * 1024;  // Errors, and what is there whatever the text.
  for (const Bomb& bomb : bombs) {
    const std::string shorter = bomb.of_size(size), longer = bomb.of_size(2 * size);
    const Cost one = CostOf([&] { read(shorter); });
    const Cost two = CostOf([&] { read(longer); });
    EXPECT_LE(two.calls, 3 * one.calls + 1000) << bomb.name;
    EXPECT_LE(two.bytes, 3 * one.bytes + kSlack) << bomb.name;
    EXPECT_LE(two.bytes, bytes_a_byte * longer.size() + kSlack) << bomb.name;
  }
}

TEST(BombTest, WorkspacesCostInProportion) {
  CostsInProportion(Documents(), 400'000, 400,
                    [](std::string_view text) { return Workspace::Parse(text).ok(); });
}

TEST(BombTest, WorkflowsCostInProportion) {
  std::vector<std::string> unknown;
  CostsInProportion(Documents(), 400'000, 400,
                    [&](std::string_view text) { return Workflow::Parse(text, &unknown).ok(); });
}

TEST(BombTest, AttributesCostInProportionUpToTheirLimitAndNothingAboveIt) {
  const Read read = [](std::string_view text) { return Attributes::Parse(text).ok(); };
  CostsInProportion(Documents(), Attributes::kMaxBytes / 2, 400, read);
  for (const Bomb& bomb : Documents()) {
    const std::string text = bomb.of_size(1'000'000);
    EXPECT_LE(CostOf([&] { EXPECT_FALSE(read(text)) << bomb.name; }).bytes, 10'000u) << bomb.name;
  }
}

TEST(BombTest, ConditionsCostInProportionUpToTheirLimitAndNothingAboveIt) {
  const Read read = [](std::string_view text) {
    bool any = false;
    for (const Scope scope : {Scope::kTask, Scope::kAgent, Scope::kTarget, Scope::kSkip}) {
      any = Expression::Parse(text, scope).ok() || any;
    }
    return ScoreExpression::Parse(text).ok() || AgentOrderBy::Parse(text).ok() || any;
  };
  CostsInProportion(Conditions(), Expression::kMaxBytes / 2, 1000, read);
  for (const Bomb& bomb : Conditions()) {
    const std::string text = bomb.of_size(1'000'000);
    EXPECT_LE(CostOf([&] { EXPECT_FALSE(read(text)) << bomb.name; }).bytes, 10'000u) << bomb.name;
  }
}

TEST(BombTest, EvaluatingAllocatesNothing) {
  const auto task = Attributes::Parse("{\"a\":[" + Times(2040, "1,") + "1]}").value();
  for (const Bomb& bomb : Conditions()) {
    for (const size_t size : {size_t{40}, size_t{120}, Expression::kMaxBytes - 40}) {
      const auto expression = Expression::Parse(bomb.of_size(size), Scope::kTask);
      if (!expression.ok()) continue;
      bool exhausted = false;
      const Cost cost = CostOf([&] { expression->Evaluate({.task = &task}, &exhausted); });
      EXPECT_EQ(cost.calls, 0u) << bomb.name;
    }
  }
}

TEST(BombTest, LinesCostInProportion) {
  for (const std::vector<Bomb>* bombs : {&LinesOfText(), &Documents(), &Conditions()}) {
    CostsInProportion(*bombs, 400'000, 400, [](std::string_view text) {
      TextReader reader;
      return reader.ReadCommand(text).ok() || reader.ReadEvent(text).ok();
    });
  }
}

TEST(BombTest, AnEngineRefusesThemAndStaysAsItWas) {
  ManualClock clock;
  const DefaultReroute policy;
  Engine engine = *Engine::Create(Settings(), clock, policy);
  const uint64_t digest = engine.Digest();
  const auto refuses = [&](const Command& command, std::string_view name) {
    const auto events = engine.Apply(command);
    ASSERT_FALSE(events.empty()) << name;
    EXPECT_NE(As<Refused>(events.back()), nullptr) << name;
    EXPECT_EQ(engine.Digest(), digest) << name;
  };
  for (const Bomb& bomb : Documents()) {
    const std::string text = bomb.of_size(1'000'000);
    refuses(AddAgent{"ann", {}, {}, text}, bomb.name);
    refuses(AddWorkflow{"w", text}, bomb.name);
    refuses(AddSkill{text}, bomb.name);
  }
  for (const Bomb& bomb : Conditions()) {
    const std::string text = bomb.of_size(1'000'000);
    refuses(AddQueue{"q", {}, {.agents = text}}, bomb.name);
    refuses(AddQueue{"q", {}, {.agent_order = AgentOrder::kScore, .by = text}}, bomb.name);
    refuses(AddQueue{"q", {}, {.agent_order = AgentOrder::kOrderBy, .by = text}}, bomb.name);
  }
}

}  // namespace
}  // namespace parley
