// Does any history break the engine? Hostile ones are made up from seeds, and after every command
// the engine is audited, compared with its shadow, and with a twin that was told the same but never
// heard of what was refused.
//
//   PARLEY_SEED=17 build/release/tests/simulation_test     One history, the one that failed.
//   PARLEY_STEPS=50000000 ...                              More commands than the usual million.
//   PARLEY_TABLE=1 ...                                     What was reached, and how often.

#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "coverage.h"
#include "draw_policy.h"
#include "draw_time.h"
#include "parley/annex/text.h"
#include "predictions.h"
#include "shadow_compare.h"
#include "shadow_events.h"
#include "shadow_queries.h"
#include "simulation.h"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr uint64_t kUsualSteps = 60'000;
#elif defined(NDEBUG)
constexpr uint64_t kUsualSteps = 1'000'000;
#else
constexpr uint64_t kUsualSteps = 100'000;
#endif

namespace parley {
namespace {

class Simulation {
 public:
  explicit Simulation(uint64_t seed)
      : draw_(seed),
        pace_(draw_.OneIn(4)   ? Pace::kHuman
              : draw_.OneIn(3) ? Pace::kAny
                               : Pace::kRace),
        settings_(draw_.OneIn(8) ? Settings() : SettingsDraw(draw_, pace_).Valid()),
        policy_(SomePolicy(draw_)),
        clock_(SomeStart(draw_)),
        engine_(*Engine::Create(settings_, clock_, *policy_)),
        twin_(*Engine::Create(settings_, clock_, *policy_, HashKey{seed, ~seed})),
        time_(draw_, pace_),
        host_(draw_, pace_, engine_),
        shadow_(settings_),
        digest_every_(draw_.OneIn(4) ? 1 : 16) {}

  // One command. False if something is wrong.
  bool Step(Coverage& coverage) {
    clock_.Set(time_.Next(engine_));
    const Command command = host_.Next();
    Remember(command);
    const Instant before = engine_.Now();
    const auto allowed = Prediction(engine_).For(command);
    const auto events = engine_.Apply(command);
    did_ = events;
    coverage.Count(command, events);
    host_.Learn(events);
    ShadowEvents(shadow_).Enter(command, events, before, engine_.Now());
    if (const absl::Status audit = engine_.Audit(); !audit.ok()) return Fail(audit.ToString());
    ShadowCompare(shadow_, engine_).All();
    if (steps_ % 8 == 0) AskAround();
    const bool refused = !events.empty() && As<Refused>(events.back()) != nullptr;
    if (allowed && clock_.Now() == before && *allowed == refused) return Fail("allowed or not");
    if (!shadow_.problem.empty()) return Fail(shadow_.problem);
    return CompareWithTwin(command, events);
  }

  const std::string& problem() const { return problem_; }
  std::string Story() const {
    std::string out;
    for (const auto& [at, command] : last_) {
      out += fmt::format("{:>24} {}\n", ToText(at), ToText(command));
    }
    for (const Event& event : did_) out += fmt::format("{:>30} {}\n", "", ToText(event));
    return out;
  }

 private:
  bool CompareWithTwin(const Command& command, std::span<const Event> events) {
    const bool refused = !events.empty() && As<Refused>(events.back()) != nullptr;
    const auto same = twin_.Apply(refused ? Command(Advance{}) : command);
    if (engine_.NextWake() != twin_.NextWake()) return Fail("a twin wakes at another time");
    const size_t told = events.size() - (refused ? 1 : 0);
    const size_t also = same.size() - (!same.empty() && As<Refused>(same.back()) ? 1 : 0);
    if (!std::ranges::equal(events.first(told), same.first(also))) return Fail("a twin's events");
    if (++steps_ % digest_every_ != 0) return true;
    return engine_.Digest() == twin_.Digest() || Fail("a twin's digest");
  }

  void AskAround() {
    ShadowQueries queries(shadow_, engine_);
    queries.All();
    ValueDraw values(draw_, host_.known());
    queries.AskNonsense(values);
  }

  bool Fail(std::string_view problem) {
    problem_ = problem;
    return false;
  }
  void Remember(const Command& command) {
    if (last_.size() == 30) last_.pop_front();
    last_.emplace_back(clock_.Now(), command);
  }

  Draw draw_;
  Pace pace_;
  Settings settings_;
  std::unique_ptr<ReroutePolicy> policy_;
  ManualClock clock_;
  Engine engine_;
  Engine twin_;
  TimeDraw time_;
  Host host_;
  Shadow shadow_;
  uint64_t digest_every_;
  uint64_t steps_ = 0;
  std::deque<std::pair<Instant, Command>> last_;
  std::span<const Event> did_;  // By the last of them.
  std::string problem_;
};

uint64_t FromEnvironment(const char* name, uint64_t usual) {
  const char* text = std::getenv(name);
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

// So that a history that stops the process tells who it was, too.
uint64_t g_seed = 0;
const Simulation* g_simulation = nullptr;
void TellSeed(int) {
  if (g_simulation == nullptr) return;
  std::fprintf(stderr, "PARLEY_SEED=%llu\n%s", static_cast<unsigned long long>(g_seed),
               g_simulation->Story().c_str());
}

// Gives the number of commands; 0 if something is wrong.
uint64_t RunHistory(uint64_t seed, Coverage& coverage) {
  Simulation simulation(seed);
  g_seed = seed;
  g_simulation = &simulation;
  const uint64_t length = 100 + seed * 37 % 1400;
  uint64_t steps = 0;
  while (steps < length && simulation.Step(coverage)) ++steps;
  g_simulation = nullptr;
  if (simulation.problem().empty()) return steps;
  ADD_FAILURE() << simulation.Story() << "PARLEY_SEED=" << seed << ": " << simulation.problem();
  return 0;
}

TEST(SimulationTest, NoHistoryBreaksTheEngine) {
  std::signal(SIGABRT, TellSeed);
  Coverage coverage;
  const uint64_t one = FromEnvironment("PARLEY_SEED", 0);
  const uint64_t wanted = one != 0 ? 1 : FromEnvironment("PARLEY_STEPS", kUsualSteps);
  uint64_t steps = 0;
  for (uint64_t seed = one != 0 ? one : 1; steps < wanted; ++seed) {
    const uint64_t more = RunHistory(seed, coverage);
    if (more == 0) return;
    steps += more;
  }
  std::printf("%llu commands\n", static_cast<unsigned long long>(steps));
  if (std::getenv("PARLEY_TABLE") != nullptr) std::puts(coverage.Table().c_str());
  if (steps < 1'000'000) return;  // Too few to have met everything.
  for (const std::string& words : coverage.Missing()) ADD_FAILURE() << "never: " << words;
}

}  // namespace
}  // namespace parley
