// What does Audit() cost in production, and what do a digest and a fork?
//
// Of so many conversations a tenth are with an agent or wait, the rest are parked. `ns_each` is the
// time by conversation; `ratio_to_copy` is what the audit takes beside a copy of the same state.
// Expected: the audit goes through all that there is a few times, so it grows with the state.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "parley/parley.h"
#include "yardstick.h"

namespace parley {
namespace {

class Centre {
 public:
  explicit Centre(int64_t conversations)
      : engine_(*Engine::Create(TheSettings(), clock_, policy_)) {
    engine_.Apply(AddQueue{"queue"});
    const Route route{.queue = engine_.FindQueue("queue")};
    for (int i = 0; i < kAgents; ++i) {
      engine_.Apply(AddAgent{fmt::format("agent{}", i)});
      const AgentId agent = engine_.FindAgent(fmt::format("agent{}", i));
      engine_.Apply(SetActivity{agent, kAvailable});
    }
    for (int64_t i = 0; i < conversations; ++i) {
      const auto& events =
          engine_.Apply(Message{Medium::kChat, fmt::format("c{}", i), "shop", 1, route});
      ReservationId offered;
      for (const Event& event : events) {
        if (const auto* created = As<ReservationCreated>(event)) offered = created->reservation;
      }
      if (offered) Answer(offered, i % 10 != 0);
    }
  }

  const Engine& engine() const { return engine_; }

 private:
  static constexpr int kAgents = 100;

  static Settings TheSettings() {
    Settings settings;
    settings.leave.enabled = true;
    settings.task.retention = Duration::zero();
    return settings;
  }

  void Answer(ReservationId offered, bool leaves) {
    const TaskId task = engine_.Find(offered)->task;
    const AgentId agent = engine_.Find(offered)->agent;
    engine_.Apply(Accept{offered});
    if (!leaves) return;
    engine_.Apply(Leave{engine_.Find(task)->conversation, agent});
    engine_.Apply(Complete{task, agent});
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
};

void BM_Audit(benchmark::State& state) {
  const Centre centre(state.range(0));
  const ManualClock clock;
  const DefaultReroute policy;
  double audit = 0;
  double copy = 0;
  for (auto _ : state) {
    audit += Seconds([&] {
      const absl::Status status = centre.engine().Audit();
      if (!status.ok()) state.SkipWithError(std::string(status.message()).c_str());
    });
    copy += Seconds([&] { benchmark::DoNotOptimize(centre.engine().Fork(clock, policy)); });
  }
  state.counters["ns_each"] =
      audit * 1e9 / static_cast<double>(state.iterations() * state.range(0));
  state.counters["ratio_to_copy"] = audit / copy;
}
BENCHMARK(BM_Audit)
    ->ArgName("conversations")
    ->Arg(1'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parley

BENCHMARK_MAIN();
