// Events with so many agents whose attributes did not change, as many rounds as are asked for, and
// nothing else: for a tool that counts how often an expression is evaluated (S18, bench/README.md).
// bench/run runs it twice and takes the difference.
//
//   expressions 10000 100

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "count/number.h"
#include "parley/base/check.h"
#include "parley/parley.h"

namespace parley {
namespace {

// A workflow chooses among the agents by an expression.
class Centre {
 public:
  explicit Centre(uint64_t agents) : engine_(*Engine::Create(TheSettings(), clock_, policy_)) {
    engine_.Apply(AddQueue{"queue", {}, {.agents = "level > 1"}});
    for (uint64_t i = 0; i < agents; ++i) {
      const std::string name = fmt::format("agent{}", i);
      const std::string attributes = fmt::format(R"({{"account":{},"level":3}})", i);
      engine_.Apply(AddAgent{name, {}, kAvailable, attributes});
    }
    agent_ = engine_.FindAgent("agent0");
    engine_.Apply(AddWorkflow{"by account", R"({"task_routing": {"default_filter":
        {"queue": "queue", "expression": "worker.account == task.account"}}})"});
    workflow_ = engine_.FindWorkflow("by account");
    Write("one who keeps the need", kNobodys);
    Write("another", kSomebodys);
  }

  // Tasks come that nobody fits, and somebody, and go; an agent goes and comes back.
  void Round() {
    const TaskId waits = Write("customer", kNobodys);
    const TaskId offered = Write("customer", kSomebodys);
    engine_.Apply(SetActivity{agent_, kOffline});
    engine_.Apply(SetActivity{agent_, kAvailable});
    engine_.Apply(Close{engine_.Find(waits)->conversation, ParkMode::kCompleteNow});
    engine_.Apply(Close{engine_.Find(offered)->conversation, ParkMode::kCompleteNow});
  }

 private:
  static constexpr int kNobodys = -1;
  static constexpr int kSomebodys = 1;

  static Settings TheSettings() {
    Settings settings;
    settings.task.retention = Duration::zero();
    return settings;
  }

  TaskId Write(std::string_view customer, int account) {
    const std::string attributes = fmt::format(R"({{"account":{}}})", account);
    const std::string business = fmt::format("shop {}", account);
    const Route route{.workflow = workflow_, .attributes = attributes};
    TaskId task;
    for (const Event& e : engine_.Apply(Message{Medium::kChat, customer, business, 1, route})) {
      if (const auto* created = As<TaskCreated>(e)) task = created->task;
    }
    PARLEY_CHECK(engine_.Find(task) != nullptr);
    return task;
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
  WorkflowId workflow_;
  AgentId agent_;
};

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
  const uint64_t agents = parley::NumberAt(1, argc, argv);
  const uint64_t rounds = parley::NumberAt(2, argc, argv);
  if (agents < 2) {
    std::fputs("usage: expressions AGENTS ROUNDS, of at least two agents\n", stderr);
    return 2;
  }
  parley::Centre centre(agents);
  for (uint64_t i = 0; i < rounds; ++i) centre.Round();
  return 0;
}
