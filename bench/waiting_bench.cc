// Does it matter how many wait, when an event matches nobody?
//
// A thousand agents serve a queue and are all busy or away; so many tasks wait for them. Each round
// has events that match nobody: a task more and one less, an agent who becomes free for another
// queue, attributes that change. Expected: a round costs the same with a hundred and with a million
// waiting, but for what the memory asks for; the bar is in bench/README.md. The tasks wait in four
// ways: alike; with skills of many kinds; by a step's expression, with 1000 values of the attribute
// that it uses; and with 1000 values that no agent has.
//
// The one whose attributes change is asked about once for each need, so that round is shown apart.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "parley/parley.h"
#include "yardstick.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

enum class Crowd : int64_t { kAlike, kSkills, kExpression, kUnknown };

class Centre {
 public:
  Centre(Crowd crowd, int64_t waiting) : engine_(*Engine::Create(TheSettings(), clock_, policy_)) {
    SetUp();
    for (int64_t i = 0; i < waiting; ++i) Write(crowd, i);
  }

  // A task comes and is canceled, and an agent of the other queue goes and comes back.
  void Round() {
    const std::string customer = fmt::format("extra{}", ++extras_);
    TaskId task;
    for (const Event& event :
         engine_.Apply(Message{Medium::kChat, customer, "shop", 1, {.queue = queue_}})) {
      if (const auto* created = As<TaskCreated>(event)) task = created->task;
    }
    engine_.Apply(SetActivity{other_, kOffline});
    engine_.Apply(SetActivity{other_, kAvailable});
    engine_.Apply(Close{engine_.Find(task)->conversation, ParkMode::kCompleteNow});
  }
  void ChangeAttributes() {
    engine_.Apply(SetAgentAttributes{other_, ++extras_ % 2 == 0 ? R"({"team":"a"})" : "{}"});
  }

 private:
  static constexpr int kAgents = 1000;
  static constexpr int64_t kKinds = 1000;

  static Settings TheSettings() {
    Settings settings;
    settings.task.retention = Duration::zero();
    settings.task.ttl = 14 * kDay;
    return settings;
  }

  void SetUp() {
    for (int i = 0; i < 10; ++i) engine_.Apply(AddSkill{fmt::format("skill{}", i)});
    SkillSet special;
    special.Add(engine_.FindSkill("skill0"));
    engine_.Apply(AddQueue{"queue", special});
    engine_.Apply(AddQueue{"other"});
    queue_ = engine_.FindQueue("queue");
    SkillSet all;
    for (uint32_t i = 0; i < 10; ++i) all.Add(SkillId::Make(i, 0));
    for (int i = 0; i < kAgents; ++i) {
      const std::string name = fmt::format("agent{}", i);
      const std::string attributes = fmt::format(R"({{"account":{}}})", i);
      engine_.Apply(AddAgent{.name = name, .skills = all, .attributes = attributes});
    }
    engine_.Apply(AddAgent{"other"});
    other_ = engine_.FindAgent("other");
    engine_.Apply(SetActivity{other_, kAvailable});
    engine_.Apply(AddWorkflow{"by account", R"({"task_routing": {"default_filter":
        {"queue": "queue", "expression": "worker.account == task.account"}}})"});
    workflow_ = engine_.FindWorkflow("by account");
  }

  void Write(Crowd crowd, int64_t number) {
    Route route{.queue = queue_};
    std::string attributes;
    if (crowd == Crowd::kSkills) {
      for (uint32_t i = 0; i < 9; ++i) {
        if ((number >> i & 1) != 0) route.skills.Add(SkillId::Make(i + 1, 0));
      }
    } else if (crowd != Crowd::kAlike) {
      const int64_t kind = number % kKinds + (crowd == Crowd::kUnknown ? kAgents : 0);
      attributes = fmt::format(R"({{"account":{}}})", kind);
      route = {.workflow = workflow_, .attributes = attributes};
    }
    engine_.Apply(Message{Medium::kChat, fmt::format("c{}", number), "shop", 1, route});
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
  QueueId queue_;
  WorkflowId workflow_;
  AgentId other_;
  uint64_t extras_ = 0;
};

// The same rounds with `many` waiting and with a hundred, by turns in one run.
void Compare(benchmark::State& state, auto round) {
  const auto crowd = static_cast<Crowd>(state.range(0));
  Centre many(crowd, state.range(1));
  Centre few(crowd, 100);
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
  const auto rounds = static_cast<double>(state.iterations() * kRounds);
  state.counters["ns_many"] = with_many * 1e9 / rounds;
  state.counters["ns_few"] = with_few * 1e9 / rounds;
  state.counters["ratio_to_100_waiting"] = with_many / with_few;
  if (state.range(1) >= 1'000'000) state.counters["S7"] = with_many / with_few;
}

void BM_MatchesNobody(benchmark::State& state) {
  Compare(state, [](Centre& centre) { centre.Round(); });
}
BENCHMARK(BM_MatchesNobody)
    ->ArgNames({"crowd", "waiting"})
    ->ArgsProduct({{0, 1, 2, 3}, {10'000, 1'000'000}})
    ->Unit(benchmark::kMillisecond);

void BM_AttributesChange(benchmark::State& state) {
  Compare(state, [](Centre& centre) { centre.ChangeAttributes(); });
}
BENCHMARK(BM_AttributesChange)
    ->ArgNames({"crowd", "waiting"})
    ->ArgsProduct({{0, 2}, {10'000, 1'000'000}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parley

BENCHMARK_MAIN();
