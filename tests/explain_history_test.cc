// Is what Explain says true, whatever happened before? In made-up histories, after every command:
// no waiting task has an agent whom nothing excludes; and when time alone goes on, on a fork,
// nobody is offered a task before the moment that was told for him, and no task moves before its
// next.
//
//   PARLEY_SEED=17 build/release/tests/explain_history_test     Begins with another seed.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "draw_policy.h"
#include "draw_time.h"
#include "parley/annex/explain.h"
#include "parley/annex/text.h"
#include "parley/parley.h"
#include "simulation.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 4> kCustomers = {"c1", "c2", "c3", "c4"};

using Seen = std::array<uint64_t, CountOf<WhyNot>()>;

class History {
 public:
  explicit History(uint64_t seed)
      : draw_(seed),
        pace_(draw_.OneIn(3) ? Pace::kHuman : Pace::kRace),
        policy_(SomePolicy(draw_)),
        engine_(*Engine::Create(SettingsDraw(draw_, pace_).Valid(), clock_, *policy_, {seed, 2})),
        time_(draw_, pace_),
        host_(draw_, pace_, engine_) {
    if (draw_.OneIn(2)) OpenShop();
  }

  // One command, and what is said after it. False if that is not true.
  bool Step(Seen& seen) {
    clock_.Set(time_.Next(engine_));
    const Command command = draw_.OneIn(8) ? Routed() : host_.Next();
    Tell(command);
    told_.clear();
    for (const TaskId id : engine_.Tasks()) {
      if (engine_.Find(id)->state != TaskState::kPending) continue;
      told_[id] = *engine_.Explain(id);
      if (!Holds(told_[id], seen)) return Fail(id, ToText(command));
    }
    return told_.empty() || !draw_.OneIn(4) || LetTimePass();
  }
  const std::string& problem() const { return problem_; }

 private:
  void Tell(const Command& command) { host_.Learn(engine_.Apply(command)); }

  // So that tasks go through workflows from the beginning: the queues that they name, and agents.
  void OpenShop() {
    static constexpr std::array<std::string_view, 6> kNames = {"w1", "w2", "w3", "w4", "w5", "w6"};
    Tell(AddQueue{"ann"});
    Tell(AddQueue{"bob"});
    for (size_t i = 0; i < kNames.size(); ++i) Tell(AddWorkflow{kNames[i], kSomeWorkflows[i]});
    for (const std::string_view name : {"ann", "bob", "Ann"}) {
      Tell(AddAgent{name, {}, kAvailable, draw_.OneOf(kSomeAttributes)});
    }
  }
  // A customer who goes through one of them, if there is one.
  Command Routed() {
    const auto workflows = engine_.Workflows();
    if (workflows.empty()) return Advance{};
    const auto medium = static_cast<Medium>(draw_.Below(3));
    return Message{
        medium,
        draw_.OneOf(kCustomers),
        "shop",
        1,
        {.workflow = draw_.OneOf(workflows), .attributes = draw_.OneOf(kSomeAttributes)}};
  }

  bool Fail(TaskId id, const std::string& after) {
    problem_ = after + ":\n" + ToText(told_[id], engine_);
    return false;
  }

  bool Holds(const Explanation& e, Seen& seen) const {
    bool holds = e.agents.size() == engine_.Agents().size() && e.next > engine_.Now();
    for (const AgentReason& reason : e.agents) {
      ++seen[static_cast<size_t>(reason.why)];
      holds = holds && reason.why != WhyNot::kNothing && reason.until > engine_.Now();
    }
    return holds;
  }

  bool LetTimePass() {
    ManualClock clock(engine_.Now());
    Engine fork = engine_.Fork(clock, *policy_);
    clock.Set(std::min(kLastInstant, engine_.Now() + Duration(draw_.OfAnySize(24))));
    std::string since;
    for (const Event& event : fork.Apply(Advance{})) {
      since += ToText(event) + '\n';
      if (IsDue(event)) continue;
      problem_ += since;
      return false;
    }
    return true;
  }

  // What is known of a task is known until something has happened to it.
  bool IsDue(const Event& event) {
    if (const auto* offer = As<ReservationCreated>(event)) {
      const auto at = told_.find(offer->task);
      if (at == told_.end()) return true;
      const auto& agents = at->second.agents;
      const auto his = std::ranges::find(agents, offer->agent, &AgentReason::agent);
      if (his == agents.end() || his->until > event.at) return Fail(offer->task, ToText(event));
      told_.erase(at);
    } else if (const auto* step = As<StepTimedOut>(event)) {
      return Moves(step->task, event);
    } else if (const auto* canceled = As<TaskCanceled>(event)) {
      return Moves(canceled->task, event) && (told_.erase(canceled->task), true);
    }
    return true;
  }
  bool Moves(TaskId id, const Event& event) {
    const auto at = told_.find(id);
    return at == told_.end() || at->second.next <= event.at || Fail(id, ToText(event));
  }

  Draw draw_;
  Pace pace_;
  std::unique_ptr<ReroutePolicy> policy_;
  ManualClock clock_;
  Engine engine_;
  TimeDraw time_;
  Host host_;
  std::map<TaskId, Explanation> told_;
  std::string problem_;
};

TEST(ExplainHistoryTest, WhatIsSaidIsTrue) {
  Seen seen = {};
  const char* given = std::getenv("PARLEY_SEED");
  const uint64_t first = given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
  for (uint64_t seed = first; seed < first + 400; ++seed) {
    History history(seed);
    for (int step = 0; step < 400; ++step) {
      ASSERT_TRUE(history.Step(seen)) << "seed " << seed << ", step " << step << "\n"
                                      << history.problem();
    }
  }
  for (size_t why = 1; why < seen.size(); ++why) {
    EXPECT_GT(seen[why], 0u) << Name(static_cast<WhyNot>(why));
  }
}

}  // namespace
}  // namespace parley
