// What does one command cost, one whole conversation, and does it grow with what is parked?
//
// The lifecycle is eleven commands: message, accept, reply, leave, complete, and days later the
// customer's reply, accept, reply, end, complete, and an advance. Expected: a lifecycle costs at
// most twice two dependent look-ups and one cache miss once a million conversations are parked,
// because that is what the memory asks for; with few parked it is all computing. Each benchmark
// measures its yardstick in the same run and shows the ratio; bars are in bench/README.md.
//
// Baselines only: the numbers that the next changes are compared with.

#include <benchmark/benchmark.h>
#include <malloc.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "parley/parley.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

// A 16-byte address that looks random and is not.
std::string Address(uint64_t number) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx",
                static_cast<unsigned long long>(number * 0x9E3779B97F4A7C15));
  return std::string(text, 16);
}

class Centre {
 public:
  explicit Centre(uint64_t parked) : engine_(*Engine::Create(TheSettings(), clock_, policy_)) {
    engine_.Apply(AddQueue{"support"});
    support_ = engine_.FindQueue("support");
    engine_.Apply(AddAgent{"ann"});
    ann_ = engine_.FindAgent("ann");
    engine_.Apply(SetActivity{ann_, kAvailable});
    for (uint64_t i = 0; i < parked; ++i) Park(Address(i));
  }

  // The customer writes, ann answers and leaves.
  void Park(const std::string& customer) {
    const ConversationId c = Serve(customer);
    engine_.Apply(Leave{c, ann_});
    engine_.Apply(Complete{task_, ann_});
  }
  // The customer comes back, ann answers and ends.
  void Finish(const std::string& customer) {
    const ConversationId c = Serve(customer);
    engine_.Apply(End{c, ann_});
    engine_.Apply(Complete{task_, ann_});
  }
  void Pass(Duration by) {
    clock_.Pass(by);
    engine_.Apply(Advance{});
  }
  Engine& engine() { return engine_; }

 private:
  static Settings TheSettings() {
    Settings settings;
    settings.leave.enabled = true;
    settings.task.retention = Duration::zero();
    return settings;
  }

  ConversationId Serve(const std::string& customer) {
    ReservationId offer;
    for (const Event& event :
         engine_.Apply(Message{Medium::kEmail, customer, "shop", 1, {.queue = support_}})) {
      if (const auto* created = As<ReservationCreated>(event)) offer = created->reservation;
    }
    task_ = engine_.Find(offer)->task;
    const ConversationId c = engine_.Find(task_)->conversation;
    engine_.Apply(Accept{offer});
    engine_.Apply(Reply{c, ann_, 2});
    return c;
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
  QueueId support_;
  AgentId ann_;
  TaskId task_;
};

// Two dependent look-ups and one miss, in tables of the same size.
class Yardstick {
 public:
  explicit Yardstick(uint64_t size) : lines_(size * 8 + 8) {
    for (uint64_t i = 0; i < size; ++i) map_.emplace(Address(i), i);
    for (uint64_t i = 0; i <= size; ++i) lines_[i * 8] = (i * 0x9E3779B97F4A7C15) % (size + 1);
  }
  // Every key comes from the value found before: nothing can be fetched ahead.
  uint64_t Once(uint64_t seed, uint64_t size) {
    for (int i = 0; i < 2; ++i) seed = Mixed(map_.find(Address(seed % size))->second, seed);
    return seed + lines_[seed % (size + 1) * 8];
  }

 private:
  static uint64_t Mixed(uint64_t a, uint64_t b) { return (a ^ (b >> 7)) * 0xD1342543DE82EF95 + 1; }
  absl::flat_hash_map<std::string, uint64_t> map_;
  std::vector<uint64_t> lines_;
};

double Seconds(auto work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// What the process holds now; freed memory is handed back first.
uint64_t ResidentBytes() {
  malloc_trim(0);
  uint64_t pages = 0;
  uint64_t resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

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
  const auto parked = static_cast<uint64_t>(state.range(0));
  const uint64_t before = ResidentBytes();
  Centre centre(parked);
  const uint64_t bytes = ResidentBytes() - before;
  Yardstick yardstick(parked);
  std::mt19937_64 random(1);
  constexpr int kRound = 2'000;
  double ours = 0;
  double theirs = 0;
  uint64_t seed = 1;
  for (auto _ : state) {
    ours += Seconds([&] {
      for (int i = 0; i < kRound; ++i) {
        const std::string customer = Address(random() % parked);
        centre.Finish(customer);
        centre.Park(customer);
        centre.Pass(1ms);
      }
    });
    theirs += Seconds([&] {
      for (int i = 0; i < kRound; ++i) seed = yardstick.Once(seed, parked);
    });
    benchmark::DoNotOptimize(seed);
  }
  state.SetItemsProcessed(state.iterations() * kRound);
  state.counters["ns_lifecycle"] =
      benchmark::Counter(ours * 1e9 / static_cast<double>(state.iterations() * kRound));
  state.counters["ratio_to_2_lookups_1_miss"] = benchmark::Counter(ours / theirs);
  state.counters["bytes_parked"] =
      benchmark::Counter(static_cast<double>(bytes) / static_cast<double>(parked));
}
BENCHMARK(BM_Lifecycle)
    ->ArgName("parked")
    ->Arg(1'000'000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parley

BENCHMARK_MAIN();
