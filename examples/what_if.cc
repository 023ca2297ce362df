// examples/what_if.cc — noon at a call desk: what to tell a caller, and whom to call in.
//
// The live engine is never touched: every question is asked of a fork, which runs ahead with agents
// who behave as they did this morning.

#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "parley/annex/figures.h"
#include "parley/annex/text.h"
#include "parley/annex/what_if.h"
#include "parley/parley.h"

namespace {

using namespace parley;
using namespace std::chrono_literals;

class CallDesk {
 public:
  CallDesk() : engine_(*Engine::Create(Settings(), clock_, policy_)) {
    Do(AddQueue{"support", {}});
    for (const std::string_view name : {"ann", "bob", "eve"}) Do(AddAgent{name, {}, kAvailable});
  }

  void Do(const Command& command) {
    for (const Event& event : engine_.Apply(command)) {
      figures_.Add(event);
      if (const auto* offer = As<ReservationCreated>(event)) offered_ = offer->reservation;
    }
  }

  // Gives the caller's task. Whoever is asked accepts after 4 seconds.
  TaskId Call(std::string_view caller) {
    offered_ = ReservationId{};
    const QueueId support = engine_.FindQueue("support");
    Do(Message{Medium::kVoice, caller, "desk", 1, {.queue = support}});
    const TaskId task = engine_.Find(engine_.FindOpen(Medium::kVoice, caller, "desk"))->live_task;
    Pass(4s);
    if (offered_) Do(Accept{offered_});
    return task;
  }
  // The agent hangs up and wraps up; if someone waits, he takes the next call.
  void HangUp(std::string_view name, Duration wrap_up) {
    const AgentId agent = engine_.FindAgent(name);
    const TaskId task = engine_.WorklistOf(agent).live.at(0);
    Do(End{engine_.Find(task)->conversation, agent});
    Pass(wrap_up);
    offered_ = ReservationId{};
    Do(Complete{task, agent});
    if (offered_) Do(Accept{offered_});
  }
  void Pass(Duration how_long) {
    clock_.Pass(how_long);
    Do(Advance{});
  }

  const Engine& engine() const { return engine_; }
  const QueueFigures& figures() const {
    return figures_.Of(engine_.FindQueue("support"), Medium::kVoice);
  }

 private:
  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
  Figures figures_;
  ReservationId offered_;
};

// What this morning's figures say about the agents.
Assumptions AsThisMorning(const QueueFigures& figures) {
  Assumptions assumptions;
  assumptions.accept_after = figures.offer_until_accepted.Average();
  assumptions.For(Medium::kVoice) = figures.handling.Average();
  assumptions.wrap_up = figures.wrap_up.Average();
  assumptions.target = 5min;
  return assumptions;
}

void Print(std::string_view title, const Outcome& outcome) {
  fmt::print("  {:<34}{:>9}{:>9}{:>10}{:>10}{:>6}.{}%\n", title, outcome.accepted, outcome.waiting,
             ToText(outcome.average_wait), ToText(outcome.longest_wait),
             outcome.level.PerMille() / 10, outcome.level.PerMille() % 10);
}

// How it goes on for ten minutes, after `change`, beside how it goes on without.
void Ask(const CallDesk& desk, std::string_view title, const Command& change) {
  const Assumptions assumptions = AsThisMorning(desk.figures());
  const auto as_is = *WhatIf::Create(desk.engine(), assumptions);
  const auto changed = *WhatIf::Create(desk.engine(), assumptions);
  changed->Apply(change);
  as_is->RunUntil(desk.engine().Now() + 10min);
  changed->RunUntil(desk.engine().Now() + 10min);
  for (const Compared& row : Compare(*as_is, *changed)) {
    if (row.base != row.changed) Print(title, row.changed);
  }
}

int Run() {
  CallDesk desk;
  for (const std::string_view caller : {"a", "b", "c"}) desk.Call(caller);
  desk.Pass(3min);
  for (const std::string_view agent : {"ann", "bob", "eve"}) desk.HangUp(agent, 24s);
  TaskId last;
  for (const std::string_view caller : {"d", "e", "f", "g", "h", "i", "j", "k", "l"}) {
    last = desk.Call(caller);
  }
  const uint64_t before = desk.engine().Digest();

  const Assumptions assumptions = AsThisMorning(desk.figures());
  fmt::print("This morning an agent took {} to accept, {} for the caller, {} to wrap up.\n\n",
             ToText(assumptions.accept_after), ToText(assumptions.For(Medium::kVoice)),
             ToText(assumptions.wrap_up));

  const auto wait = *EstimatedWait(desk.engine(), last, assumptions);
  fmt::print("The last caller hears: {} are before you; it will take about {}.\n\n",
             *desk.engine().PositionOf(last), wait ? ToText(*wait) : "a day or more");

  fmt::print("  {:<34}{:>9}{:>9}{:>10}{:>10}{:>9}\n", "In 10 minutes", "accepted", "waiting",
             "average", "longest", "in 5m");
  const auto as_is = *WhatIf::Create(desk.engine(), assumptions);
  as_is->RunUntil(desk.engine().Now() + 10min);
  Print("as it is", OutcomeOf(*as_is, desk.engine().FindQueue("support"), Medium::kVoice));
  Ask(desk, "if dan were called in", AddAgent{"dan", {}, kAvailable});
  Ask(desk, "if bob went to lunch", SetActivity{desk.engine().FindAgent("bob"), kOffline});
  Settings settings = desk.engine().settings();
  settings.task.wrapping_uses_capacity = false;
  Ask(desk, "if calls came during wrap-up", ApplySettings{settings});

  const bool untouched = desk.engine().Digest() == before && desk.engine().Audit().ok();
  fmt::print("\nThe live engine: {}.\n", untouched ? "untouched" : "CHANGED");
  return untouched ? 0 : 1;
}

}  // namespace

int main() { return Run(); }
