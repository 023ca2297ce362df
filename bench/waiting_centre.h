// A centre in which so many wait for agents who are all away: for events that match nobody.

#ifndef PARLEY_BENCH_WAITING_CENTRE_H_
#define PARLEY_BENCH_WAITING_CENTRE_H_

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "parley/parley.h"

namespace parley {

// How the tasks wait: alike; with skills of many kinds; by a step's expression, with 1000 values of
// the attribute that it uses; with 1000 values that no agent has.
enum class Crowd : int64_t { kAlike, kSkills, kExpression, kUnknown };

class WaitingCentre {
 public:
  static constexpr int64_t kAgents = 1000;
  static constexpr int kOthers = 64;
  static constexpr int64_t kKinds = 1000;
  static constexpr int64_t kNobodys = 1'000'000'000;  // From here on no agent has the account.

  WaitingCentre(Crowd crowd, int64_t waiting, int64_t agents = kAgents)
      : engine_(*Engine::Create(TheSettings(agents), clock_, policy_)) {
    SetUp(agents);
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
    engine_.Apply(SetActivity{others_[0], kOffline});
    engine_.Apply(SetActivity{others_[0], kAvailable});
    engine_.Apply(Close{engine_.Find(task)->conversation, ParkMode::kCompleteNow});
  }
  void ChangeAttributes() {
    engine_.Apply(SetAgentAttributes{others_[0], ++extras_ % 2 == 0 ? R"({"team":"a"})" : "{}"});
  }
  // Agents of the other queue become free, one after the other; then they go away again.
  void FreeOthers() {
    for (const AgentId agent : others_) engine_.Apply(SetActivity{agent, kAvailable});
  }
  void SendOthersAway() {
    for (const AgentId agent : others_) engine_.Apply(SetActivity{agent, kOffline});
  }
  const Engine& engine() const { return engine_; }

 private:
  static Settings TheSettings(int64_t agents) {
    Settings settings;
    settings.limits.agents = static_cast<uint32_t>(agents + kOthers);
    settings.task.retention = Duration::zero();
    settings.task.ttl = 14 * kDay;
    return settings;
  }

  void SetUp(int64_t agents) {
    for (int i = 0; i < 10; ++i) engine_.Apply(AddSkill{fmt::format("skill{}", i)});
    SkillSet special;
    special.Add(engine_.FindSkill("skill0"));
    engine_.Apply(AddQueue{"queue", special});
    engine_.Apply(AddQueue{"other"});
    queue_ = engine_.FindQueue("queue");
    SkillSet all;
    for (uint32_t i = 0; i < 10; ++i) all.Add(SkillId::Make(i, 0));
    for (int64_t i = 0; i < agents; ++i) {
      const std::string name = fmt::format("agent{}", i);
      const std::string attributes = fmt::format(R"({{"account":{}}})", i);
      engine_.Apply(AddAgent{.name = name, .skills = all, .attributes = attributes});
    }
    for (int i = 0; i < kOthers; ++i) {
      const std::string name = fmt::format("other{}", i);
      engine_.Apply(AddAgent{name});
      others_.push_back(engine_.FindAgent(name));
    }
    engine_.Apply(SetActivity{others_[0], kAvailable});
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
      const int64_t kind = number % kKinds + (crowd == Crowd::kUnknown ? kNobodys : 0);
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
  std::vector<AgentId> others_;
  uint64_t extras_ = 0;
};

}  // namespace parley

#endif  // PARLEY_BENCH_WAITING_CENTRE_H_
