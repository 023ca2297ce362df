// What does one command cost, one whole conversation, and does it grow with what is parked?
//
// The lifecycle is eleven commands: message, accept, reply, leave, complete, and days later the
// customer's reply, accept, reply, end, complete, and an advance. Expected: a lifecycle costs at
// most twice two dependent look-ups and one cache miss once a million conversations are parked,
// because that is what the memory asks for; with few parked it is all computing. Each benchmark
// measures its yardstick in the same run. The counters are named by their bars (bench/README.md).

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "centre.h"
#include "memory_use.h"
#include "parley/parley.h"
#include "yardstick.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

void BM_Command_Advance(benchmark::State& state) {
  Centre centre(0);
  for (auto _ : state) centre.Pass(1ms);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Command_Advance);

void BM_Command_Refused(benchmark::State& state) {
  Centre centre(0);
  for (auto _ : state) benchmark::DoNotOptimize(centre.engine().Apply(Accept{ReservationId{}}));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Command_Refused);

// Rounds of lifecycles on parked customers at random, with the yardstick beside each.
void BM_Lifecycle(benchmark::State& state) {
  static std::map<uint64_t, double> seconds;  // One lifecycle, by what is parked.
  constexpr int kRound = 2'000;
  const auto parked = static_cast<uint64_t>(state.range(0));
  const uint64_t before = ResidentBytes();
  Centre centre(parked);
  const uint64_t bytes = ResidentBytes() - before;
  Yardstick yardstick(parked);
  std::mt19937_64 random(1);
  double ours = 0;
  double theirs = 0;
  for (auto _ : state) {
    ours += Seconds([&] {
      for (int i = 0; i < kRound; ++i) centre.Lifecycle(Address(random() % parked));
    });
    theirs += yardstick.LookUps(2 * kRound) + yardstick.Misses(kRound);
  }
  benchmark::DoNotOptimize(yardstick.seed());
  seconds[parked] = ours / static_cast<double>(state.iterations() * kRound);
  state.SetItemsProcessed(state.iterations() * kRound);
  state.counters["ns_lifecycle"] = seconds[parked] * 1e9;
  if (parked >= 1'000'000) state.counters["S1"] = ours / theirs;
  const double each = static_cast<double>(bytes) / static_cast<double>(parked);
  state.counters["bytes_parked"] = each;
  if (parked < 10'000'000) return;
  state.counters["S5"] = seconds[parked] / seconds[10'000];
  state.counters["S6"] = each - (16 + 4);
}
BENCHMARK(BM_Lifecycle)
    ->ArgName("parked")
    ->Arg(10'000)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Unit(benchmark::kMillisecond);

// Customers who left long ago write again, each once; nobody is there to take them.
void BM_ColdReply(benchmark::State& state) {
  constexpr int kRound = 2'000;
  const auto parked = static_cast<uint64_t>(state.range(0));
  Centre centre(parked, /*tasks=*/20 * kRound);
  Yardstick yardstick(parked);
  std::vector<uint64_t> order(parked);
  for (uint64_t i = 0; i < parked; ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), std::mt19937_64(1));
  centre.SetAnn(kOffline);
  size_t next = 0;
  double ours = 0;
  double theirs = 0;
  for (auto _ : state) {
    if (next + kRound > order.size()) return state.SkipWithError("all have written");
    std::vector<std::string> customers;
    for (int i = 0; i < kRound; ++i) customers.push_back(Address(order[next++]));
    ours += Seconds([&] {
      for (const std::string& customer : customers) centre.Write(customer);
    });
    theirs += yardstick.LookUps(kRound) + yardstick.Misses(kRound);
  }
  benchmark::DoNotOptimize(yardstick.seed());
  state.counters["ns_reply"] = ours * 1e9 / static_cast<double>(state.iterations() * kRound);
  if (parked >= 1'000'000) state.counters["S3"] = ours / theirs;
}
BENCHMARK(BM_ColdReply)
    ->ArgName("parked")
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Iterations(20)
    ->Unit(benchmark::kMillisecond);

// The same, told one by one and, to a twin of that engine, in batches.
void BM_Batch(benchmark::State& state) {
  constexpr size_t kBatch = 200;
  constexpr int kBatches = 20;
  const auto parked = static_cast<uint64_t>(state.range(0));
  Centre centre(parked, /*tasks=*/20 * kBatch * kBatches);
  centre.SetAnn(kOffline);
  Engine twin = centre.engine().Fork(centre.clock(), centre.policy());
  twin.Reserve({.tasks = 20 * kBatch * kBatches, .events = 8 * kBatch});
  std::mt19937_64 random(3);
  double one_by_one = 0;
  double batched = 0;
  for (auto _ : state) {
    for (int b = 0; b < kBatches; ++b) {
      std::vector<std::string> customers;
      for (size_t i = 0; i < kBatch; ++i) customers.push_back(Address(random() % parked));
      std::vector<Command> commands;
      for (const std::string& customer : customers) commands.push_back(centre.Writing(customer));
      size_t events = 0;
      one_by_one += Seconds([&] {
        for (const Command& command : commands) events += centre.engine().Apply(command).size();
      });
      batched += Seconds([&] { events -= twin.Apply(commands).events.size(); });
      if (events != 0) return state.SkipWithError("a batch brought something else");
    }
  }
  state.counters["gain"] = one_by_one / batched;
  if (parked >= 1'000'000) state.counters["S4"] = one_by_one / batched;
}
BENCHMARK(BM_Batch)->ArgName("parked")->Arg(100'000)->Arg(1'000'000)->Iterations(20)->Unit(
    benchmark::kMillisecond);

// How long each of many calls takes, memory being there: the same calls each time.
std::vector<double> TimeCalls(uint64_t parked) {
  Centre centre(parked);
  std::mt19937_64 random(2);
  std::vector<double> seconds;
  for (int i = 0; i < 20'000; ++i) {
    const std::string customer = Address(random() % parked);
    centre.Finish(customer);
    centre.Park(customer);
    seconds.push_back(Seconds([&] { centre.Pass(Duration(1)); }));
    seconds.push_back(Seconds([&] { centre.SetAnn(kOffline); }));
    seconds.push_back(Seconds([&] { centre.Write(customer); }));
    seconds.push_back(Seconds([&] { centre.SetAnn(kAvailable); }));
    for (const TaskId task : centre.engine().Tasks()) {
      const Close close{centre.engine().Find(task)->conversation, ParkMode::kCompleteNow};
      seconds.push_back(Seconds([&] { centre.engine().Apply(close); }));
    }
    centre.Park(customer);
  }
  return seconds;
}

// How long it takes each time that a minute passes, until shortly before the first of those parked
// is closed: nothing is due in all that time. The last is parked 17 minutes after the first.
std::vector<double> TimeMinutes(uint64_t parked) {
  Centre centre(parked, /*tasks=*/16, /*between=*/1ms);
  std::vector<double> seconds;
  for (Duration left = 90 * 24h - 20min; left > 0ms; left -= 1min) {
    seconds.push_back(Seconds([&] { centre.Pass(1min); }));
  }
  return seconds;
}

std::vector<double> TimeAll(uint64_t parked) {
  std::vector<double> seconds = TimeCalls(parked);
  std::ranges::copy(TimeMinutes(parked), std::back_inserter(seconds));
  return seconds;
}

// The longest of them. What is long whenever it is done is ours; what is long once is not: so of
// each call the shortest of three times counts.
void BM_LongestCall(benchmark::State& state) {
  const auto parked = static_cast<uint64_t>(state.range(0));
  double longest = 0;
  for (auto _ : state) {
    std::vector<double> shortest = TimeAll(parked);
    for (int again = 0; again < 2; ++again) {
      const std::vector<double> seconds = TimeAll(parked);
      if (seconds.size() != shortest.size()) return state.SkipWithError("other calls");
      for (size_t i = 0; i < seconds.size(); ++i) shortest[i] = std::min(shortest[i], seconds[i]);
    }
    longest = *std::max_element(shortest.begin(), shortest.end());
  }
  state.counters["us_longest"] = longest * 1e6;
  if (parked >= 1'000'000) state.counters["S15"] = longest * 1e6;
}
BENCHMARK(BM_LongestCall)
    ->ArgName("parked")
    ->Arg(10'000)
    ->Arg(1'000'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parley

BENCHMARK_MAIN();
