// tests/fuzz/fuzz_expression.cc — conditions, orders and scores: read in every scope, evaluated on
// facts drawn from the text, and held to the laws that every condition keeps.

#include <array>
#include <vector>

#include "expression_tree.h"
#include "parley/routing/expression.h"
#include "parley/routing/order_by.h"
#include "targets.h"

namespace parley::fuzz {
namespace {

// Two tasks and two agents. Their attributes have the keys that the trees of expression_tree.h use.
class SomeFacts {
 public:
  explicit SomeFacts(std::string_view text) : draw_(SeedOf(text)) {
    for (size_t i = 0; i < 2; ++i) {
      tasks_[i] = Made();
      agent_attributes_[i] = Made();
      agents_[i] = {.id = "a1",
                    .name = "ann",
                    .activity_id = "y1",
                    .activity_name = "Available",
                    .attributes = &agent_attributes_[i],
                    .skills = skills_,
                    .media = &media_};
    }
    for (Capacity& capacity : media_) capacity.configured = static_cast<uint32_t>(draw_.Below(4));
    crowd_.available = draw_.Between(0, 2);
    crowd_.waiting = draw_.Between(0, 2);
  }

  Facts Of(size_t task, size_t agent) const {
    return {.task = &tasks_[task], .agent = &agents_[agent], .crowd = &crowd_};
  }
  const Attributes& task(size_t i) const { return tasks_[i]; }

 private:
  static uint64_t SeedOf(std::string_view text) {
    Digest64 digest;
    for (const char c : text) digest.Add(static_cast<uint8_t>(c));
    return digest.value();
  }
  Attributes Made() {
    ExpressionTree trees(draw_);
    return Attributes::Parse(trees.Json(trees.Object())).value();
  }

  Draw draw_;
  std::array<Attributes, 2> tasks_, agent_attributes_;
  std::array<std::string_view, 2> skills_ = {"a", "french"};
  std::array<Capacity, kMedia> media_ = {};
  std::array<AgentFacts, 2> agents_;
  CrowdFacts crowd_;
};

class Laws {
 public:
  Laws(const Expression& expression, Scope scope, ExpressionOptions options, const Facts& facts)
      : scope_(scope), options_(options), facts_(facts), text_(expression.text()) {
    bool exhausted = false;
    holds_ = expression.Evaluate(facts, &exhausted);
    part_ = expression.FirstFalse(facts);
    if (exhausted && holds_) problem_ = "true after too many steps";
    if (part_.offset + part_.length > text_.size()) problem_ = "a part outside the text";
    if (exhausted || !problem_.empty()) return;  // Longer texts take other steps.
    if (holds_ != (part_ == TextPart()))
      problem_ = "a part of what is true, or none of what is not";
    if (!holds_) Means(text_.substr(part_.offset, part_.length));
    Means(fmt::format("({})", text_));
    Means(fmt::format("{} AND {}", text_, text_));
    Means(fmt::format("{} OR {}", text_, text_));
    Means(fmt::format("{} AND ({} OR {})", text_, text_, text_));
  }
  const std::string& problem() const { return problem_; }

 private:
  // Another text that means the same, unless it exceeds a limit.
  void Means(const std::string& other) {
    const auto read = Expression::Parse(other, scope_, options_);
    bool exhausted = false;
    if (read.ok() && read->Evaluate(facts_, &exhausted) != holds_ && !exhausted) {
      problem_ = "not the same: " + other;
    }
    const bool within = other.size() <= Expression::kMaxBytes && other.size() < 128;
    if (!read.ok() && within) problem_ = "cannot be read: " + other;
  }

  Scope scope_;
  ExpressionOptions options_;
  const Facts& facts_;
  std::string text_;
  bool holds_ = false;
  TextPart part_;
  std::string problem_;
};

// Equal values of two tasks are equal answers, and what is not used does not matter.
template <class E>
std::string WrongUses(const E& expression, const SomeFacts& facts) {
  const auto same = [&](size_t task, size_t agent) {
    return expression.Evaluate(facts.Of(task, agent)) == expression.Evaluate(facts.Of(0, 0));
  };
  const bool equal = expression.SameTaskValues(facts.task(0), facts.task(1));
  if (equal && !same(1, 0)) return "equal task values, and another answer";
  if (!expression.uses().task_attributes && !same(1, 0)) return "uses the task";
  if (!expression.uses().agent_attributes && !same(0, 1)) return "uses the agent";
  return {};
}

std::string WrongCondition(std::string_view input, Scope scope, bool numeric_text,
                           const SomeFacts& facts) {
  const ExpressionOptions options{.numeric_text = numeric_text};
  TextError error;
  const auto read = Expression::Parse(input, scope, options, &error);
  if (!read.ok()) return WrongError(error, input);
  if (read->text() != input) return "another text: " + read->text();
  if (std::string problem = WrongUses(*read, facts); !problem.empty()) return problem;
  return Laws(*read, scope, options, facts.Of(0, 0)).problem();
}

std::string WrongOrder(std::string_view input, const SomeFacts& facts) {
  TextError error;
  const auto order = AgentOrderBy::Parse(input, &error);
  if (!order.ok()) {
    if (std::string problem = WrongError(error, input); !problem.empty()) return problem;
  } else {
    const auto one = order->KeysOf(*facts.Of(0, 0).agent);
    const auto other = order->KeysOf(*facts.Of(0, 1).agent);
    if (one && other && (*one < *other) + (*other < *one) + (*one == *other) != 1) return "keys";
    if (!order->uses().agent_attributes && one != other) return "uses the agent";
  }
  const auto score = ScoreExpression::Parse(input, {}, &error);
  return score.ok() ? WrongUses(*score, facts) : WrongError(error, input);
}

}  // namespace

std::string TryExpression(std::string_view input) {
  const SomeFacts facts(input);
  for (const Scope scope : {Scope::kTask, Scope::kAgent, Scope::kTarget, Scope::kSkip}) {
    for (const bool numeric_text : {false, true}) {
      std::string problem = WrongCondition(input, scope, numeric_text, facts);
      if (!problem.empty()) return problem;
    }
  }
  return WrongOrder(input, facts);
}

}  // namespace parley::fuzz
