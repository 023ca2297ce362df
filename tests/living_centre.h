// A centre that takes memory for what it expects, and then lives.

#ifndef PARLEY_TESTS_LIVING_CENTRE_H_
#define PARLEY_TESTS_LIVING_CENTRE_H_

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "draw.h"
#include "parley/parley.h"

namespace parley {

// After Reserve(), nothing but ordinary commands: customers write, agents answer,
// decline, miss, leave, pause, resume, transfer and end; sessions and activities come and go.
class LivingCentre {
 public:
  LivingCentre() : engine_(*Engine::Create(TheSettings(), clock_, policy_)), draw_(7) {
    for (const char* name : {"sales", "care"}) engine_.Apply(AddQueue{name});
    for (int i = 0; i < kAgents; ++i) {
      engine_.Apply(AddAgent{fmt::format("agent {}", i)});
      engine_.Apply(Connect{AgentAt(i), SessionId{1}});
      engine_.Apply(SetActivity{AgentAt(i), kAvailable});
    }
    EXPECT_TRUE(engine_.Reserve({.agents = kAgents,
                                 .conversations = kCustomers,
                                 .paused = 12 * 2,
                                 .messages = 40'000,
                                 .address_bytes = 8 + 4,
                                 .tasks = 2 * kCustomers,
                                 .needs = 8,
                                 .events = 20'000}));
  }

  void Step() {
    clock_.Pass(
        Duration(draw_.OneIn(50) ? draw_.Between(0, 20 * 3'600'000) : draw_.Between(0, 90'000)));
    const Command command = Next();
    const auto events = engine_.Apply(command);
    for (const Event& event : events) Learn(event);
    done_ += events.empty() || As<Refused>(events.back()) == nullptr ? 1u : 0u;
  }
  size_t done() const { return done_; }

 private:
  static constexpr int kAgents = 12;
  static constexpr uint32_t kCustomers = 300;

  static Settings TheSettings() {
    Settings settings;
    settings.leave.enabled = true;
    settings.pause.enabled = true;
    settings.pause.limit = 2;
    settings.leave.max_open = 5 * kDay;
    settings.task.retention = std::chrono::hours(1);
    settings.conversation.max_reroutes = 5;
    settings.limits.messages_per_conversation = 100;
    return settings;
  }
  static AgentId AgentAt(int i) { return AgentId::Make(static_cast<uint32_t>(i), 0); }
  AgentId AnyAgent() { return AgentAt(static_cast<int>(draw_.Below(kAgents))); }

  Command Next() {
    const AgentId agent = AnyAgent();
    switch (draw_.Below(12)) {
      case 0:
        return Accept{offer_};
      case 1:
        return Decline{offer_};
      case 2:
        return SetActivity{agent, draw_.OneIn(4) ? kOffline : kAvailable};
      case 3:
        return draw_.OneIn(8) ? Command(Disconnect{agent, SessionId{1}})
                              : Connect{agent, SessionId{1}};
      case 4:
        return Leave{conversation_, agent_};
      case 5:
        return Pause{conversation_, agent_};
      case 6:
        return Resume{paused_, owner_};
      case 7:
        return Transfer{
            .conversation = conversation_, .agent = agent_, .route = {.queue = AnyQueue()}};
      case 8:
        return Complete{task_, agent_};
      case 9:
        return draw_.OneIn(2) ? Command(End{conversation_, agent_})
                              : Reply{conversation_, agent_, 1};
      default:
        customer_ = fmt::format("{:08}", draw_.Below(kCustomers));  // Too short for the heap.
        return Message{Medium::kWhatsapp, customer_, "shop", 1, {.queue = AnyQueue()}};
    }
  }
  QueueId AnyQueue() { return QueueId::Make(static_cast<uint32_t>(draw_.Below(2)), 0); }

  void Learn(const Event& event) {
    if (const auto* e = As<ReservationCreated>(event)) offer_ = e->reservation;
    if (const auto* e = As<ParticipantJoined>(event)) {
      conversation_ = e->conversation;
      agent_ = e->agent;
    }
    if (const auto* e = As<TaskWrapUp>(event)) task_ = e->task;
    if (const auto* e = As<TaskPaused>(event)) {
      paused_ = e->conversation;
      owner_ = e->agent;
    }
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
  Draw draw_;
  ReservationId offer_;
  ConversationId conversation_, paused_;
  AgentId agent_, owner_;
  TaskId task_;
  std::string customer_;
  size_t done_ = 0;
};

}  // namespace parley

#endif  // PARLEY_TESTS_LIVING_CENTRE_H_
