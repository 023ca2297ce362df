// Does it matter how many wait, when an event matches nobody?
//
// A thousand agents, or a hundred or a hundred thousand, serve a queue and are all away; so many
// tasks wait for them. Each round has events that match nobody: a task more and one less, an agent
// who becomes free for another queue, attributes that change. Expected: a round costs the same with
// a hundred and with a million waiting, but for what the memory asks for; the bars are in
// bench/README.md. The tasks wait in four ways: alike; with skills of many kinds; by a step's
// expression, with 1000 values of the attribute that it uses; and with 1000 values that no agent
// has.
//
// Beside it stands what would be written first: flat lines, gone through for each agent who becomes
// free. Expected, with a million waiting: a thousand times slower.
//
// The one whose attributes change is asked about once for each need, so that round is shown apart.

#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "parley/base/check.h"
#include "waiting_centre.h"
#include "yardstick.h"

namespace parley {
namespace {

// What one would write first: everything in flat lines, and whoever becomes free is held against
// each that waits.
class PlainScan {
 public:
  static constexpr int kOthers = 4;  // Who become free.

  PlainScan(Crowd crowd, int64_t waiting) {
    constexpr uint64_t kSpecial = 1;  // The queue's skill.
    for (int64_t i = 0; i < waiting; ++i) {
      Item task{.skills = kSpecial};
      if (crowd == Crowd::kSkills) task.skills |= static_cast<uint64_t>(i & 511) << 1;
      if (crowd == Crowd::kExpression) task.account = i % WaitingCentre::kKinds;
      if (crowd == Crowd::kUnknown) task.account = -2;
      waiting_.push_back(task);
    }
    others_.resize(kOthers);
  }

  // How many tasks there are that none of them could take.
  size_t FreeOthers() const {
    size_t unmatched = 0;
    for (const Item& agent : others_) {
      size_t first = 0;
      while (first < waiting_.size() && !Fits(waiting_[first], agent)) ++first;
      unmatched += first;
    }
    return unmatched;
  }

 private:
  static constexpr int64_t kAny = -1;
  struct Item {
    uint64_t skills = 0;
    int64_t account = kAny;
  };

  static bool Fits(const Item& task, const Item& agent) {
    return (task.skills & ~agent.skills) == 0 &&
           (task.account == kAny || task.account == agent.account);
  }

  std::vector<Item> waiting_;
  std::vector<Item> others_;
};

constexpr std::array<const char*, 4> kCrowdNames = {"alike", "by skills", "by an expression",
                                                    "nobody fits"};
const char* NameOf(Crowd crowd) { return kCrowdNames[static_cast<size_t>(crowd)]; }

// The same rounds with many waiting and with a hundred, by turns in one run; `counter` is told what
// one takes with many, in ns.
void Compare(benchmark::State& state, const char* counter, auto round,
             int64_t agents = WaitingCentre::kAgents) {
  const auto crowd = static_cast<Crowd>(state.range(0));
  WaitingCentre many(crowd, state.range(1), agents);
  WaitingCentre few(crowd, 100, agents);
  constexpr int kRounds = 200;
  double with_many = 0;
  double with_few = 0;
  for (auto _ : state) {
    with_many += Seconds([&] {
      for (int i = 0; i < kRounds; ++i) round(many);
    });
    with_few += Seconds([&] {
      for (int i = 0; i < kRounds; ++i) round(few);
    });
  }
  state.SetLabel(NameOf(crowd));
  const auto rounds = static_cast<double>(state.iterations() * kRounds);
  state.counters[counter] = with_many * 1e9 / rounds;
  state.counters["ns_few"] = with_few * 1e9 / rounds;
  state.counters["ratio_to_100_waiting"] = with_many / with_few;
  if (state.range(1) >= 1'000'000) state.counters["S7"] = with_many / with_few;
}

void BM_MatchesNobody(benchmark::State& state) {
  Compare(state, "ns_waiting", [](WaitingCentre& centre) { centre.Round(); });
}
BENCHMARK(BM_MatchesNobody)
    ->ArgNames({"crowd", "waiting"})
    ->ArgsProduct({{0, 1, 2, 3}, {1'000, 10'000, 100'000, 1'000'000}})
    ->Unit(benchmark::kMillisecond);

// With fewer agents, and many more.
void BM_MatchesNobodyOf(benchmark::State& state) {
  Compare(
      state, "ns_agents", [](WaitingCentre& centre) { centre.Round(); }, state.range(2));
}
BENCHMARK(BM_MatchesNobodyOf)
    ->ArgNames({"crowd", "waiting", "agents"})
    ->ArgsProduct({{0, 1}, {10'000, 1'000'000}, {100, 10'000, 100'000}})
    ->Unit(benchmark::kMillisecond);

// Agents become free for whom nothing waits: beside a plain scan.
void BM_PlainScan(benchmark::State& state) {
  const auto crowd = static_cast<Crowd>(state.range(0));
  WaitingCentre centre(crowd, state.range(1));
  const PlainScan scan(crowd, state.range(1));
  constexpr int kRounds = 20;  // Ours are over so much sooner.
  double ours = 0;
  double theirs = 0;
  for (auto _ : state) {
    for (int i = 0; i < kRounds; ++i) {
      centre.SendOthersAway();
      ours += Seconds([&] { centre.FreeOthers(); }) / (kRounds * WaitingCentre::kOthers);
    }
    size_t unmatched = 0;
    theirs += Seconds([&] { unmatched = scan.FreeOthers(); }) / PlainScan::kOthers;
    PARLEY_CHECK(unmatched == static_cast<size_t>(PlainScan::kOthers * state.range(1)));
    PARLEY_CHECK(centre.engine().Reservations().empty());
  }
  state.SetLabel(NameOf(crowd));
  state.counters["ns_ours"] = ours * 1e9 / static_cast<double>(state.iterations());
  state.counters["ns_scan"] = theirs * 1e9 / static_cast<double>(state.iterations());
  state.counters[state.range(1) >= 1'000'000 ? "S8" : "scan_to_ours"] = theirs / ours;
}
BENCHMARK(BM_PlainScan)
    ->ArgNames({"crowd", "waiting"})
    ->ArgsProduct({{0, 1, 2, 3}, {10'000, 1'000'000}})
    ->Iterations(20)
    ->Unit(benchmark::kMillisecond);

void BM_AttributesChange(benchmark::State& state) {
  Compare(state, "ns_many", [](WaitingCentre& centre) { centre.ChangeAttributes(); });
}
BENCHMARK(BM_AttributesChange)
    ->ArgNames({"crowd", "waiting"})
    ->ArgsProduct({{0, 2}, {10'000, 1'000'000}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parley

BENCHMARK_MAIN();
