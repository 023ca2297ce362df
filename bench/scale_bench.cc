// What happens to very many at once, to a copy, and to a second engine on a second core?
//
// A million pauses end in the same millisecond and go back to the queue, their records in no order
// in memory: expected, about two cache misses each. A fork of a live engine is a copy of its bytes:
// expected, not much slower than memcpy. Engines share nothing: expected, two do twice as much. The
// counters are named by their bars (bench/README.md).

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "centre.h"
#include "memory_use.h"
#include "parley/parley.h"
#include "yardstick.h"

namespace parley {
namespace {

// Pauses in the order given, all in one instant, and all for as long.
class Pauses {
 public:
  explicit Pauses(const std::vector<uint64_t>& order)
      : engine_(*Engine::Create(TheSettings(), clock_, policy_)) {
    const auto pauses = static_cast<uint32_t>(order.size());
    engine_.Apply(AddQueue{"support"});
    engine_.Apply(AddAgent{"ann"});
    engine_.Reserve({.agents = 1,
                     .conversations = pauses,
                     .paused = pauses,
                     .messages = pauses,
                     .address_bytes = 16 + 4,
                     .tasks = pauses,
                     .needs = 1,
                     .events = 8 * pauses});
    // First they stand in memory one after the other, waiting; then each is served in its turn.
    std::vector<TaskId> tasks;
    for (uint64_t i = 0; i < order.size(); ++i) tasks.push_back(Write(i));
    for (const uint64_t i : order) Pause(tasks[i]);
  }

  size_t Expire() {
    clock_.Pass(14 * kDay);
    return engine_.Apply(Advance{}).size();
  }

 private:
  static Settings TheSettings() {
    Settings settings;
    settings.pause.enabled = true;
    settings.pause.mode = ParkMode::kCompleteNow;
    settings.pause.marks = {};
    settings.task.retention = Duration::zero();
    return settings;
  }
  TaskId Write(uint64_t i) {
    const Route route{.queue = engine_.FindQueue("support")};
    TaskId task;
    for (const Event& e : engine_.Apply(Message{Medium::kEmail, Address(i), "shop", 1, route})) {
      if (const auto* created = As<TaskCreated>(e)) task = created->task;
    }
    return task;
  }
  void Pause(TaskId task) {
    const AgentId ann = engine_.FindAgent("ann");
    const ConversationId c = engine_.Find(task)->conversation;
    engine_.Apply(Assign{c, ann});
    engine_.Apply(parley::Pause{c, ann});
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
};

void BM_PausesExpire(benchmark::State& state) {
  const auto pauses = static_cast<uint64_t>(state.range(0));
  std::vector<uint64_t> order(pauses);
  for (uint64_t i = 0; i < pauses; ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), std::mt19937_64(1));
  Yardstick yardstick(pauses);
  double ours = 0;
  double theirs = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Pauses pauses_now(order);
    state.ResumeTiming();
    size_t events = 0;
    ours += Seconds([&] { events = pauses_now.Expire(); });
    if (events < 2 * pauses) state.SkipWithError("not all have expired");
    theirs += yardstick.Misses(static_cast<int>(pauses));
  }
  benchmark::DoNotOptimize(yardstick.seed());
  const auto all = static_cast<double>(state.iterations()) * static_cast<double>(pauses);
  state.counters["ns_each"] = ours * 1e9 / all;
  if (pauses >= 1'000'000) state.counters["S10"] = ours / theirs;
}
BENCHMARK(BM_PausesExpire)
    ->ArgName("pauses")
    ->Arg(10'000)
    ->Arg(1'000'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

void BM_Fork(benchmark::State& state) {
  const auto parked = static_cast<uint64_t>(state.range(0));
  const uint64_t before = ResidentBytes();
  Centre centre(parked);
  const uint64_t bytes = ResidentBytes() - before;
  const std::vector<char> from(bytes, 1);
  double ours = 0;
  double theirs = 0;
  for (auto _ : state) {
    ours += Seconds([&] {
      const Engine copy = centre.engine().Fork(centre.clock(), centre.policy());
      benchmark::DoNotOptimize(copy.Now());
    });
    theirs += Seconds([&] {
      const auto to = std::make_unique_for_overwrite<char[]>(bytes);  // Fresh memory, as ours.
      std::memcpy(to.get(), from.data(), bytes);
      benchmark::DoNotOptimize(to[bytes / 2]);
    });
  }
  state.counters["ms_fork"] = ours * 1e3 / static_cast<double>(state.iterations());
  state.counters["speed_of_memcpy"] = theirs / ours;
  if (parked >= 1'000'000) state.counters["S17"] = theirs / ours;
}
BENCHMARK(BM_Fork)->ArgName("parked")->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void Live(Centre& centre, uint64_t parked, int lifecycles) {
  std::mt19937_64 random(1);
  for (int i = 0; i < lifecycles; ++i) centre.Lifecycle(Address(random() % parked));
}

void BM_TwoEngines(benchmark::State& state) {
  constexpr int kLifecycles = 20'000;
  const auto parked = static_cast<uint64_t>(state.range(0));
  Centre first(parked);
  Centre second(parked);
  double one = 0;
  double two = 0;
  for (auto _ : state) {
    one += Seconds([&] { Live(first, parked, kLifecycles); });
    two += Seconds([&] {
      std::thread other([&] { Live(second, parked, kLifecycles); });
      Live(first, parked, kLifecycles);
      other.join();
    });
  }
  state.counters["throughput_of_two"] = 2 * one / two;
  if (parked >= 1'000'000) state.counters["S19"] = 2 * one / two;
}
BENCHMARK(BM_TwoEngines)
    ->ArgName("parked")
    ->Arg(10'000)
    ->Arg(1'000'000)
    ->Iterations(3)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parley

BENCHMARK_MAIN();
