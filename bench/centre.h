// A centre with one agent, who serves one customer at a time: for lifecycles.

#ifndef PARLEY_BENCH_CENTRE_H_
#define PARLEY_BENCH_CENTRE_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "parley/parley.h"
#include "yardstick.h"

namespace parley {

// A time and numbers of bodies as hosts have them: small ones would take less memory.
inline constexpr Instant kTwoThousandTwentyFive{std::chrono::milliseconds(1'735'689'600'000)};

class Centre {
 public:
  // With room for so many tasks at a time, and a conversation of each beside those parked: all of
  // them at once, or one after the other.
  explicit Centre(uint64_t parked, uint32_t tasks = 16, Duration between = Duration::zero())
      : engine_(*Engine::Create(TheSettings(parked + tasks), clock_, policy_)) {
    engine_.Apply(AddQueue{"support"});
    support_ = engine_.FindQueue("support");
    engine_.Apply(AddAgent{"ann"});
    ann_ = engine_.FindAgent("ann");
    const auto conversations = static_cast<uint32_t>(parked + tasks);
    engine_.Reserve({.agents = 1,
                     .conversations = conversations,
                     .messages = 2 * conversations + 2 * tasks,
                     .address_bytes = 16 + 4,
                     .packed_bytes = 28,
                     .tasks = tasks,
                     .needs = 1});
    SetAnn(kAvailable);
    for (uint64_t i = 0; i < parked; ++i) {
      if (between > Duration::zero()) Pass(between);
      Park(Address(i));
    }
  }

  // The customer writes, ann answers and leaves.
  void Park(std::string_view customer) {
    const ConversationId c = Serve(customer);
    engine_.Apply(Leave{c, ann_});
    engine_.Apply(Complete{task_, ann_});
  }
  // The customer comes back, ann answers and ends.
  void Finish(std::string_view customer) {
    const ConversationId c = Serve(customer);
    engine_.Apply(End{c, ann_});
    engine_.Apply(Complete{task_, ann_});
  }
  // All of it, and a millisecond: eleven commands.
  void Lifecycle(std::string_view customer) {
    Finish(customer);
    Park(customer);
    Pass(Duration(1));
  }
  void Pass(Duration by) {
    clock_.Pass(by);
    engine_.Apply(Advance{});
  }
  Message Writing(std::string_view customer) {
    return {Medium::kEmail, customer, "shop", NextRef(), {.queue = support_}};
  }
  void Write(std::string_view customer) { engine_.Apply(Writing(customer)); }
  void SetAnn(ActivityId activity) { engine_.Apply(SetActivity{ann_, activity}); }

  Engine& engine() { return engine_; }
  const ManualClock& clock() const { return clock_; }
  const DefaultReroute& policy() const { return policy_; }

 private:
  static Settings TheSettings(uint64_t conversations) {
    Settings settings;
    if (conversations > settings.limits.conversations) {
      settings.limits.conversations = static_cast<uint32_t>(conversations);
    }
    settings.leave.enabled = true;
    settings.task.retention = Duration::zero();
    return settings;
  }

  ConversationId Serve(std::string_view customer) {
    ReservationId offer;
    for (const Event& event : engine_.Apply(Writing(customer))) {
      if (const auto* created = As<ReservationCreated>(event)) offer = created->reservation;
    }
    task_ = engine_.Find(offer)->task;
    const ConversationId c = engine_.Find(task_)->conversation;
    engine_.Apply(Accept{offer});
    engine_.Apply(Reply{c, ann_, NextRef()});
    return c;
  }

  // Between two messages of one conversation a host has numbered those of others.
  uint64_t NextRef() { return ref_ += 1'000; }

  ManualClock clock_{kTwoThousandTwentyFive};
  DefaultReroute policy_;
  Engine engine_;
  QueueId support_;
  AgentId ann_;
  TaskId task_;
  uint64_t ref_ = 1'000'000'000;  // Bodies are numbered by a host that has many.
};

}  // namespace parley

#endif  // PARLEY_BENCH_CENTRE_H_
