// examples/own_policy.cc — a reroute policy of one's own.
//
// Replies go back to the agent who knows the customer, for ten minutes; what nobody takes twice
// goes to the duty desk; and what has been parked for more than a month is asked about before
// anyone is bothered with it.

#include <fmt/format.h>

#include "parley/annex/text.h"
#include "parley/parley.h"

namespace {

using namespace parley;
using namespace std::chrono_literals;

class KnowsTheCustomer final : public ReroutePolicy {
 public:
  explicit KnowsTheCustomer(QueueId duty_desk) : duty_desk_(duty_desk) {}

  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    if (request.cause == RerouteCause::kTaskCanceled && request.attempts >= 2) {
      decision.queue = duty_desk_;
    } else if (request.cause == RerouteCause::kReplied && request.parked_for > 30 * kDay) {
      decision.action = RerouteAction::kAskHost;
    } else if (request.cause == RerouteCause::kReplied) {
      decision.agent = request.last_agent;  // None, if he is not here any more.
      decision.agent_for = 10min;
    }
    return decision;
  }

 private:
  QueueId duty_desk_;
};

class Shop {
 public:
  Shop() : policy_(QueueId::Make(1, 0)), engine_(*Engine::Create(TheSettings(), clock_, policy_)) {
    Do(AddQueue{"support", {}});
    Do(AddQueue{"duty-desk", {}});
    for (const std::string_view name : {"ann", "bob"}) {
      Do(AddAgent{name, {}, {}});
      Do(SetActivity{engine_.FindAgent(name), kAvailable});
    }
  }

  void Do(const Command& command) {
    const auto events = engine_.Apply(command);
    names_.Learn(command, events);
    for (const Event& event : events) {
      const bool shown = As<ConversationRerouted>(event) || As<CustomRoutingRequested>(event) ||
                         As<TaskQueued>(event) || As<ReservationCreated>(event);
      if (shown) fmt::print("  {}\n", ToText(event, names_));
    }
  }
  void Say(std::string_view line) { fmt::print("{}\n", line); }

  void Write() {
    Do(Message{Medium::kChat, "mia", "shop", 1, {.queue = engine_.FindQueue("support")}});
  }
  // Whoever is offered it accepts, answers and leaves.
  void AnswerAndLeave() {
    const ConversationId id = engine_.FindOpen(Medium::kChat, "mia", "shop");
    const TaskId task = engine_.Find(id)->live_task;
    Do(Accept{engine_.Find(task)->reservation});
    Do(Leave{id, engine_.Find(id)->participant});
    Do(Complete{task});
  }
  void Pass(Duration how_long) {
    clock_.Pass(how_long);
    Do(Advance{});
  }

 private:
  static Settings TheSettings() {
    Settings settings;
    settings.leave.enabled = true;
    return settings;
  }

  ManualClock clock_;
  KnowsTheCustomer policy_;
  Engine engine_;
  Names names_;
};

}  // namespace

int main() {
  Shop shop;
  shop.Say("Mia writes for the first time; whoever has waited longest is asked.");
  shop.Write();
  shop.AnswerAndLeave();
  shop.Pass(24h);
  shop.Say("A day later she replies: the same agent is asked, and nobody else for ten minutes.");
  shop.Write();
  shop.AnswerAndLeave();
  shop.Pass(45 * 24h);
  shop.Say("Six weeks later: the host is asked what to do. It stays silent for half a minute.");
  shop.Write();
  shop.Pass(30s);
  return 0;
}
