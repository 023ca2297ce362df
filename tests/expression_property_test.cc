// Random expressions mean what their trees mean.
//
//   PARLEY_SEED=17 build/release/tests/expression_property_test     Begins with another seed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "expression_meaning.h"
#include "expression_tree.h"
#include "parley/routing/expression.h"

namespace parley {
namespace {

uint64_t Seed() {
  const char* seed = std::getenv("PARLEY_SEED");
  return seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10);
}

struct Sample {
  Plain plain;
  Attributes attributes;
};
Sample DrawSample(ExpressionTree& trees) {
  Sample sample{trees.Object(), {}};
  sample.attributes = Attributes::Parse(trees.Json(sample.plain)).value();
  return sample;
}

TEST(ExpressionPropertyTest, EveryTextMeansWhatItsTreeMeans) {
  Draw draw(Seed());
  size_t compared = 0;
  size_t held = 0;
  while (compared < 100'000) {
    const bool numeric_text = draw.OneIn(4);
    ExpressionTree trees(draw);
    const ExpressionMeaning meaning(numeric_text);
    Node root = trees.DrawNode();
    const std::string text = trees.Print(root);
    if (text.size() > Expression::kMaxBytes) continue;
    const auto expression = Expression::Parse(text, Scope::kTarget, {.numeric_text = numeric_text});
    ASSERT_TRUE(expression.ok()) << text << "\n" << expression.status();

    for (int i = 0; i < 4; ++i, ++compared) {
      const Sample task = DrawSample(trees);
      const Sample agent = DrawSample(trees);
      const AgentFacts agent_facts{.attributes = &agent.attributes};
      const Facts facts{.task = &task.attributes, .agent = &agent_facts};
      const bool expected = meaning.Holds(root, task.plain, agent.plain);
      ASSERT_EQ(expression->Evaluate(facts), expected)
          << text << "\ntask " << task.attributes.ToJson() << "\nagent "
          << agent.attributes.ToJson();
      held += expected ? 1 : 0;

      TextPart part;
      if (!expected) {
        const Node& first = meaning.FirstFalse(root, task.plain, agent.plain);
        part = {first.begin, first.end - first.begin};
      }
      ASSERT_EQ(expression->FirstFalse(facts), part) << text << "\n"
                                                     << text.substr(part.offset, part.length);
    }
  }
  EXPECT_GT(held, compared / 10);
  EXPECT_LT(held, compared / 10 * 9);
}

// The bytes may serve as a key for everything that was found out about a task.
TEST(ExpressionPropertyTest, TasksWithEqualBytesAreEquallyGood) {
  Draw draw(Seed() + 1);
  ExpressionTree trees(draw);
  size_t equal = 0;
  for (int round = 0; round < 1'000; ++round) {
    Node root = trees.DrawNode(/*depth=*/3);
    const auto expression = Expression::Parse(trees.Print(root), Scope::kTarget);
    ASSERT_TRUE(expression.ok()) << expression.status();
    const Sample agent = DrawSample(trees);
    const AgentFacts agent_facts{.attributes = &agent.attributes};
    std::vector<std::pair<Attributes, bool>> seen;
    for (int i = 0; i < 12; ++i) {
      const Sample task = DrawSample(trees);
      const bool good = expression->Evaluate({.task = &task.attributes, .agent = &agent_facts});
      for (const auto& [other, other_good] : seen) {
        if (!expression->SameTaskValues(task.attributes, other)) continue;
        ASSERT_EQ(expression->HashTaskValues({}, task.attributes),
                  expression->HashTaskValues({}, other));
        ASSERT_EQ(good, other_good) << expression->text() << "\n" << task.attributes.ToJson();
        ++equal;
      }
      seen.emplace_back(task.attributes, good);
    }
  }
  EXPECT_GT(equal, 1'000u);
}

}  // namespace
}  // namespace parley
