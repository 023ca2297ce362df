// src/place.cc — see place.h.

#include "place.h"

#include <variant>

#include "workflow.h"

namespace parley::internal {
namespace {

// The first text of the command that does not read, by reading each again.
class Finder {
 public:
  explicit Finder(const State& s) : s_(s) {}

  template <class T>
  void Look(const T& command) {
    if constexpr (requires { command.attributes; }) LookAt<Attributes>(command.attributes);
    if constexpr (requires { command.route.attributes; }) {
      LookAt<Attributes>(command.route.attributes);
    }
    if constexpr (requires { command.rules; }) LookAtRules(command.rules);
    if constexpr (requires { command.definition; }) {
      const Compiled compiled = Compile(s_, command.definition);
      Found(compiled.refusal != Refusal::kNone, compiled.error);
    }
  }
  uint32_t place() const { return place_; }

 private:
  void Found(bool wrong, const TextError& error) {
    if (wrong && place_ == kUnlimited) place_ = static_cast<uint32_t>(error.at);
  }
  template <class T, class... Options>
  void LookAt(std::string_view text, Options... options) {
    TextError error;
    const bool wrong = !T::Parse(text, options..., &error).ok();
    Found(wrong, error);
  }
  void LookAtRules(const QueueRules& rules) {
    if (!rules.agents.empty()) {
      LookAt<Expression>(rules.agents, Scope::kAgent, ExpressionOptions());
    }
    if (rules.agent_order == AgentOrder::kScore) {
      LookAt<ScoreExpression>(rules.by, ExpressionOptions());
    } else if (rules.agent_order == AgentOrder::kOrderBy) {
      LookAt<AgentOrderBy>(rules.by);
    } else if (!rules.by.empty()) {
      Found(true, {0, "nothing: this order has no formula"});
    }
  }

  const State& s_;
  uint32_t place_ = kUnlimited;
};

}  // namespace

uint32_t PlaceOfMistake(const State& s, const Command& command) {
  Finder finder(s);
  std::visit([&finder](const auto& c) { finder.Look(c); }, command);
  return finder.place();
}

}  // namespace parley::internal
