// Does it matter how many agents are idle when a task arrives?
//
// Each agent has skills of his own: fifteen out of thirty, no two the same. So many are idle, and a
// customer writes who needs the skills of exactly one of them, or two skills that nobody has
// together. Expected: what a message costs anyway, and a few cache misses, however many are idle.
//
// A need is known while a conversation has it; the first task of a new one is another matter, for
// then each agent is asked once. Both are measured. The counters are named by their bars
// (bench/README.md): S9a where the need is known, S9b where it is new.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "parley/base/check.h"
#include "parley/parley.h"
#include "yardstick.h"

namespace parley {
namespace {

enum class Fits : int64_t { kOne, kNobody };
enum class Need : int64_t { kKnown, kNew };

class IdleCrowd {
 public:
  static constexpr uint32_t kAtATime = 64;

  explicit IdleCrowd(uint32_t agents) : engine_(*Engine::Create(TheSettings(), clock_, policy_)) {
    for (uint32_t i = 0; i < 2 * kPairs; ++i) engine_.Apply(AddSkill{fmt::format("skill{}", i)});
    engine_.Apply(AddQueue{"queue"});
    queue_ = engine_.FindQueue("queue");
    engine_.Reserve({.agents = agents,
                     .conversations = 2 * kAtATime,
                     .messages = 2 * kAtATime,
                     .address_bytes = 16 + 4,
                     .tasks = 2 * kAtATime,
                     .needs = 2 * kAtATime});
    for (uint32_t i = 0; i < agents; ++i) {
      engine_.Apply(AddAgent{
          .name = fmt::format("agent{}", i), .skills = SkillsOf(i), .activity = kAvailable});
    }
  }

  // Gives each need to a conversation that keeps it, and that no agent has any more.
  void Know(const std::vector<SkillSet>& needs) {
    Arrive(needs);
    for (const TaskId task : engine_.Tasks()) Leave(task);
  }

  // A task for each need, in a queue where nothing waits.
  void Arrive(const std::vector<SkillSet>& needs) {
    for (const SkillSet& need : needs) {
      const std::string customer = Address(++customers_);
      engine_.Apply(Message{Medium::kChat, customer, "shop", 1, {.queue = queue_, .skills = need}});
    }
  }
  size_t offers() const { return engine_.Reservations().size(); }
  // All that came is over, and its needs, if nobody else has them, are forgotten. What comes next
  // comes a millisecond later: within one, those who are offered something are put in order by id.
  void Clear() {
    for (const TaskId task : engine_.Tasks()) {
      engine_.Apply(Close{engine_.Find(task)->conversation, ParkMode::kCompleteNow});
    }
    PARLEY_CHECK(engine_.Tasks().empty());
    clock_.Pass(Duration(1));
  }

  // The skills of the agent of this number: one of each pair, by the bits of it.
  static SkillSet SkillsOf(uint32_t number) {
    SkillSet skills;
    for (uint32_t i = 0; i < kPairs; ++i) {
      skills.Add(SkillId::Make(2 * i + (number >> i & 1), 0));
    }
    return skills;
  }
  // ... and the other one of the first pair, too, which makes too many.
  static SkillSet TooManyOf(uint32_t number) {
    SkillSet skills = SkillsOf(number);
    skills.Add(SkillId::Make(1 - (number & 1), 0));
    return skills;
  }

 private:
  static constexpr uint32_t kPairs = 15;

  static Settings TheSettings() {
    Settings settings;
    settings.limits.agents = 1u << kPairs;
    settings.leave.enabled = true;
    settings.task.retention = Duration::zero();
    return settings;
  }

  // An agent takes it, whoever he is, and leaves it.
  void Leave(TaskId task) {
    const AgentId anyone = engine_.FindAgent("agent0");
    const ConversationId conversation = engine_.Find(task)->conversation;
    engine_.Apply(Assign{conversation, anyone});
    engine_.Apply(parley::Leave{conversation, anyone});
    engine_.Apply(Complete{task, anyone});
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
  QueueId queue_;
  uint64_t customers_ = 0;
};

void BM_TaskArrives(benchmark::State& state) {
  const auto agents = static_cast<uint32_t>(state.range(0));
  const auto fits = static_cast<Fits>(state.range(1));
  const auto need = static_cast<Need>(state.range(2));
  IdleCrowd crowd(agents);
  static Yardstick yardstick(1'000'000);
  uint32_t next = 0;
  const auto draw = [&] {
    std::vector<SkillSet> needs;
    for (uint32_t i = 0; i < IdleCrowd::kAtATime; ++i) {
      const uint32_t agent = ++next * 7919 % agents;  // A prime: each once before one comes again.
      needs.push_back(fits == Fits::kOne ? IdleCrowd::SkillsOf(agent)
                                         : IdleCrowd::TooManyOf(agent));
    }
    return needs;
  };
  std::vector<SkillSet> needs = draw();
  if (need == Need::kKnown) crowd.Know(needs);
  constexpr int kMisses = 2'000;  // So many that the first few, after other work, do not count.
  double ours = 0;
  double theirs = 0;
  for (auto _ : state) {
    if (need == Need::kNew) needs = draw();
    ours += Seconds([&] { crowd.Arrive(needs); });
    PARLEY_CHECK(crowd.offers() == (fits == Fits::kOne ? IdleCrowd::kAtATime : 0));
    crowd.Clear();
    theirs += yardstick.Misses(kMisses) * IdleCrowd::kAtATime / kMisses;
  }
  benchmark::DoNotOptimize(yardstick.seed());
  const auto tasks = static_cast<double>(state.iterations() * IdleCrowd::kAtATime);
  state.SetLabel(fmt::format("{} fits, the need is {}", fits == Fits::kOne ? "one" : "nobody",
                             need == Need::kKnown ? "known" : "new"));
  state.counters["ns_task"] = ours * 1e9 / tasks;
  state.counters["misses"] = ours / theirs;
  if (agents < 30'000) return;
  state.counters[need == Need::kKnown ? "S9a" : "S9b"] = ours / theirs;
}
BENCHMARK(BM_TaskArrives)
    ->ArgNames({"agents", "fits", "need"})
    ->ArgsProduct({{100, 1'000, 10'000, 30'000}, {0, 1}, {0, 1}})
    ->Iterations(100)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parley

BENCHMARK_MAIN();
