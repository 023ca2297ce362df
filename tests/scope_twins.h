// tests/scope_twins.h — two engines of one shape do the same: they tell the same, under other names
// and at another time, and are of one shape again.

#ifndef PARLEY_TESTS_SCOPE_TWINS_H_
#define PARLEY_TESTS_SCOPE_TWINS_H_

#include <array>
#include <map>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "parley/annex/text.h"
#include "scope.h"
#include "shape.h"

namespace parley {

class ScopeTwins {
 public:
  ScopeTwins(const SmallWorld& scope, const ReroutePolicy& policy)
      : scope_(scope), policy_(policy) {}

  // Each command once, and then a walk of `steps` steps. What differs; empty if nothing does.
  std::string Compare(const Engine& one, const Engine& other, uint32_t steps, uint64_t seed) {
    pairs_ = {};
    const size_t moves = ScopeMoves(scope_, one).all().size();
    for (size_t move = 0; move < moves && differs_.empty(); ++move) {
      const auto kept = pairs_;
      Step(one, other, move);
      pairs_ = kept;
    }
    Engine a = one.Fork(clock_, policy_);
    Engine b = other.Fork(clock_, policy_);
    for (uint32_t i = 0; i < steps && differs_.empty(); ++i) {
      Digest64 draw;
      draw.Add(seed + i);
      const size_t count = ScopeMoves(scope_, a).all().size();
      auto [next_a, next_b] = Step(a, b, static_cast<size_t>(draw.value() % count));
      a = std::move(next_a);
      b = std::move(next_b);
    }
    return differs_;
  }

 private:
  std::pair<Engine, Engine> Step(const Engine& one, const Engine& other, size_t move) {
    const ScopeMoves moves_of_one(scope_, one);
    const ScopeMoves moves_of_other(scope_, other);
    Engine a = one.Fork(clock_, policy_);
    Engine b = other.Fork(clock_, policy_);
    if (moves_of_one.all().size() != moves_of_other.all().size()) {
      differs_ = "the commands there are";
      return {std::move(a), std::move(b)};
    }
    const Command& command = moves_of_one.all()[move];
    const std::span<const Event> events = Apply(a, command);
    const std::vector<Event> told(events.begin(), events.end());
    const std::span<const Event> others = Apply(b, moves_of_other.all()[move]);
    if (!Alike(a, told, b, others)) {
      differs_ = fmt::format("{}:\n{}and\n{}", ToText(command), Text(told), Text(others));
    } else if (internal::ShapeOf(internal::StateOf(a)) != internal::ShapeOf(internal::StateOf(b))) {
      differs_ = fmt::format("the shapes after {}", ToText(command));
    }
    return {std::move(a), std::move(b)};
  }

  std::span<const Event> Apply(Engine& engine, const Command& command) {
    const bool passes = std::holds_alternative<Advance>(command);
    clock_.Set(engine.Now() + (passes ? scope_.tick : Duration::zero()));
    return engine.Apply(command);
  }

  static std::string Text(std::span<const Event> events) {
    std::string out;
    for (const Event& event : events) out += ToText(event) + "\n";
    return out;
  }

  bool Alike(const Engine& a, std::span<const Event> mine, const Engine& b,
             std::span<const Event> his) {
    if (mine.size() != his.size()) return false;
    for (size_t i = 0; i < mine.size(); ++i) {
      if (a.Now() - mine[i].at != b.Now() - his[i].at) return false;
      if (mine[i].what.index() != his[i].what.index()) return false;
      const bool alike = std::visit(
          [&]<class T>(const T& what) { return AlikeFields(a, what, b, std::get<T>(his[i].what)); },
          mine[i].what);
      if (!alike) return false;
    }
    return true;
  }

  // Counts of what was, and which task was before, are told and decide nothing.
  static bool IsStatistic(std::string_view name) {
    constexpr std::array<std::string_view, 5> kNames = {"number", "messages", "unread", "previous",
                                                        "spent"};
    return std::ranges::find(kNames, name) != kNames.end();
  }

  template <class T>
  bool AlikeFields(const Engine& a, const T& mine, const Engine& b, const T& his) {
    const auto one = [&](const auto& field) {
      return IsStatistic(field.name) || AlikeValues(a, mine.*field.member, b, his.*field.member);
    };
    return std::apply([&](const auto&... field) { return (one(field) && ...); }, T::kFields);
  }

  template <class V>
  bool AlikeValues(const Engine& a, const V& mine, const Engine& b, const V& his) {
    if constexpr (std::is_same_v<V, Instant>) {
      const auto bare = [](Instant at) { return at == Instant() || at == Instant::max(); };
      if (bare(mine) || bare(his)) return mine == his;
      return mine - a.Now() == his - b.Now();
    } else if constexpr (requires { mine.generation(); }) {
      return Renamed(mine, his);
    } else {
      return mine == his;
    }
  }

  // One's ids are the other's, each always the same one.
  template <class IdType>
  bool Renamed(IdType mine, IdType his) {
    if (!mine || !his) return !mine && !his;
    auto& [there, back] = std::get<Pairs<IdType>>(pairs_);
    const auto way = there.try_emplace(mine, his).first;
    const auto other_way = back.try_emplace(his, mine).first;
    return way->second == his && other_way->second == mine;
  }

  template <class IdType>
  struct Pairs {
    std::map<IdType, IdType> there;
    std::map<IdType, IdType> back;
  };

  const SmallWorld& scope_;
  const ReroutePolicy& policy_;
  ManualClock clock_;
  std::tuple<Pairs<TaskId>, Pairs<ReservationId>, Pairs<ConversationId>, Pairs<AgentId>,
             Pairs<QueueId>, Pairs<ActivityId>, Pairs<SkillId>, Pairs<WorkflowId>>
      pairs_;
  std::string differs_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_SCOPE_TWINS_H_
