// tests/scope_search.h — a search through all states of a scope, breadth first.
//
// A state is known by its shape (src/shape.h); of each only the way to it is kept, and it is made
// again when its turn comes. Every command is tried on a fork. Every new state is audited, every
// step is held against the laws, and a refusal must leave no trace. Now and then, where two ways
// meet, the two engines are compared; and some leaps are compared with walks. The first problem
// ends the search, with the shortest story that leads to it.

#ifndef PARLEY_TESTS_SCOPE_SEARCH_H_
#define PARLEY_TESTS_SCOPE_SEARCH_H_

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "parley/annex/text.h"
#include "parley/base/check.h"
#include "scope.h"
#include "scope_laws.h"
#include "scope_twins.h"
#include "shape.h"

namespace parley {

class ScopeSearch {
 public:
  explicit ScopeSearch(const SmallWorld& scope)
      : scope_(scope), policy_(PolicyOf(scope)), start_(Start()) {}

  // True if the search came to its end within `most` states, and all was well.
  bool Run(size_t most) {
    const auto began = std::chrono::steady_clock::now();
    ways_.push_back({});
    known_[ShapeOf(start_)] = 0;
    for (uint32_t state = 0; state < ways_.size() && problem_.empty(); ++state) {
      if (ways_.size() > most) problem_ = "there are more states than expected";
      Expand(state);
    }
    took_ = std::chrono::steady_clock::now() - began;
    return problem_.empty();
  }

  const std::string& problem() const { return problem_; }
  size_t states() const { return ways_.size(); }
  uint64_t transitions() const { return transitions_; }
  uint64_t compared() const { return compared_; }
  std::chrono::milliseconds took() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(took_);
  }

 private:
  // How a state was reached first.
  struct Way {
    uint32_t from = 0;
    uint16_t move = 0;
    uint32_t depth = 0;
  };

  static const ReroutePolicy& PolicyOf(const SmallWorld& scope) {
    static const DefaultReroute usual;
    return scope.policy == nullptr ? usual : *scope.policy;
  }

  Engine Start() {
    Engine engine = *Engine::Create(scope_.settings, clock_, policy_);
    const auto set_up = [&engine](const Command& command) {
      PARLEY_CHECK(As<Refused>(engine.Apply(command).back()) == nullptr);
    };
    set_up(AddQueue{"support", {}, scope_.rules});
    for (const std::string_view name : scope_.agents) {
      set_up(AddAgent{name, {}, kAvailable, {}});
      set_up(Connect{engine.FindAgent(name), SessionId{1}, {}});
    }
    for (const Command& command : scope_.more_set_up) set_up(command);
    if (!scope_.workflow.empty()) set_up(AddWorkflow{"way", scope_.workflow});
    return engine;
  }

  static uint64_t ShapeOf(const Engine& engine) {
    return internal::ShapeOf(internal::StateOf(engine));
  }

  Engine ForkOf(const Engine& engine) { return engine.Fork(clock_, policy_); }

  std::span<const Event> Apply(Engine& engine, const Command& command) {
    const bool passes = std::holds_alternative<Advance>(command);
    clock_.Set(engine.Now() + (passes ? scope_.tick : Duration::zero()));
    return engine.Apply(command);
  }

  // The moves that lead to a state from the start.
  std::vector<uint16_t> PathTo(uint32_t state) const {
    std::vector<uint16_t> path(ways_[state].depth);
    for (size_t i = path.size(); i-- > 0; state = ways_[state].from) path[i] = ways_[state].move;
    return path;
  }

  Engine Rebuild(uint32_t state) {
    Engine engine = ForkOf(start_);
    for (const uint16_t move : PathTo(state)) {
      const ScopeMoves moves(scope_, engine);
      Apply(engine, moves.all()[move]);
    }
    return engine;
  }

  void Expand(uint32_t state) {
    const Engine engine = Rebuild(state);
    const uint64_t digest = engine.Digest();
    const ScopeMoves moves(scope_, engine);
    Engine fork = ForkOf(engine);
    bool used = false;
    for (uint16_t move = 0; move < moves.all().size() && problem_.empty(); ++move) {
      if (used) fork = ForkOf(engine);
      const Command& command = moves.all()[move];
      const std::span<const Event> events = Apply(fork, command);
      ++transitions_;
      used = events.empty() || As<Refused>(events.back()) == nullptr;
      if (used) {
        Enter(state, move, engine, command, events, fork);
      } else if (fork.Digest() != digest) {
        Fail(state, command, "a refusal left a trace");
      }
    }
    if (state % kLeapEvery == 0) CompareLeap(state, engine);
  }

  void Enter(uint32_t from, uint16_t move, const Engine& before, const Command& command,
             std::span<const Event> events, const Engine& after) {
    const std::string broken = ScopeLaws(scope_, before, command, events, after).Broken();
    if (!broken.empty()) return Fail(from, command, broken);
    const auto next = static_cast<uint32_t>(ways_.size());
    const auto [found, is_new] = known_.try_emplace(ShapeOf(after), next);
    if (!is_new) {
      ++met_;
      if (met_ % (met_ < kFirst ? kCompareFirst : kCompareLater) == 0)
        CompareTwins(from, found->second, command, after);
      return;
    }
    ways_.push_back({from, move, ways_[from].depth + 1});
    const absl::Status audit = after.Audit();
    if (!audit.ok()) Fail(from, command, audit.ToString());
  }

  void CompareTwins(uint32_t from, uint32_t other, const Command& command, const Engine& engine) {
    ++compared_;
    const Engine twin = Rebuild(other);
    if (ShapeOf(twin) != ShapeOf(engine)) return Fail(from, command, "a way led elsewhere");
    const std::string differs = ScopeTwins(scope_, policy_).Compare(engine, twin, kTwinSteps, met_);
    if (differs.empty()) return;
    Fail(from, command,
         fmt::format("one shape, two futures: {}\nThe other one:\n{}", differs, StoryOf(other)));
  }

  // One long step and the same step cut into short ones (11).
  void CompareLeap(uint32_t state, const Engine& engine) {
    Engine leaps = ForkOf(engine);
    clock_.Set(engine.Now() + kLeap * scope_.tick);
    const std::span<const Event> told = leaps.Apply(Advance{});
    const std::vector<Event> leapt(told.begin(), told.end());
    Engine walks = ForkOf(engine);
    std::vector<Event> walked;
    for (int passed = 0; passed < kLeap; ++passed) {
      for (const Event& event : Apply(walks, Advance{})) walked.push_back(event);
    }
    if (leapt != walked || leaps.Digest() != walks.Digest()) {
      Fail(state, Advance{}, "11: a leap and a walk differ");
    }
  }

  void Fail(uint32_t state, const Command& command, std::string_view what) {
    if (!problem_.empty()) return;
    problem_ = fmt::format("{}: {}\nafter {}\nThe way there:\n{}", scope_.name, what,
                           ToText(command), StoryOf(state));
  }

  // As in a scenario file: time, command.
  std::string StoryOf(uint32_t state) {
    std::string out;
    Engine engine = ForkOf(start_);
    for (const uint16_t move : PathTo(state)) {
      const ScopeMoves moves(scope_, engine);
      const Command& command = moves.all()[move];
      const std::span<const Event> events = Apply(engine, command);
      out += fmt::format("{:>6} {}\n", ToText(engine.Now() - Instant()), ToText(command));
      for (const Event& event : events) out += fmt::format("{:>30} {}\n", "", ToText(event));
    }
    return out;
  }

  static constexpr uint64_t kFirst = 2000;  // Small worlds meet seldom.
  static constexpr uint64_t kCompareFirst = 11;
  static constexpr uint64_t kCompareLater = 997;
  static constexpr uint32_t kLeapEvery = 61;
  static constexpr uint32_t kTwinSteps = 8;
  static constexpr int kLeap = 5;

  const SmallWorld& scope_;
  const ReroutePolicy& policy_;
  ManualClock clock_;
  Engine start_;
  std::vector<Way> ways_;
  std::unordered_map<uint64_t, uint32_t> known_;
  uint64_t transitions_ = 0;
  uint64_t met_ = 0;
  uint64_t compared_ = 0;
  std::chrono::steady_clock::duration took_{};
  std::string problem_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_SCOPE_SEARCH_H_
