// tests/fuzz/fuzz_meaning.cc — expressions grown from the bytes as trees, printed and read: the
// text means what the tree means (../expression_meaning.h).

#include "expression_meaning.h"
#include "expression_tree.h"
#include "parley/routing/expression.h"
#include "targets.h"

namespace parley::fuzz {

std::string TryMeaning(std::string_view input) {
  Draw draw(input);
  const bool numeric_text = draw.OneIn(4);
  ExpressionTree trees(draw);
  const ExpressionMeaning meaning(numeric_text);
  Node root = trees.DrawNode();
  const std::string text = trees.Print(root);
  if (text.size() > Expression::kMaxBytes) return {};
  const auto read = Expression::Parse(text, Scope::kTarget, {.numeric_text = numeric_text});
  if (!read.ok()) return text + ": " + read.status().ToString();

  const Plain task = trees.Object(), agent = trees.Object();
  const auto task_attributes = Attributes::Parse(trees.Json(task));
  const auto agent_attributes = Attributes::Parse(trees.Json(agent));
  if (!task_attributes.ok() || !agent_attributes.ok()) return "attributes of a tree do not read";
  const AgentFacts agent_facts{.attributes = &*agent_attributes};
  const Facts facts{.task = &*task_attributes, .agent = &agent_facts};
  const bool holds = meaning.Holds(root, task, agent);
  TextPart part;
  if (!holds) {
    const Node& first = meaning.FirstFalse(root, task, agent);
    part = {first.begin, first.end - first.begin};
  }
  if (read->Evaluate(facts) == holds && read->FirstFalse(facts) == part) return {};
  return fmt::format("{} is not {} for {} and {}", text, holds, task_attributes->ToJson(),
                     agent_attributes->ToJson());
}

}  // namespace parley::fuzz
