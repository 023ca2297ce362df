// The work of work.h done by an engine: a message, an offer, an accept; an end and a wrap-up.

#ifndef PARLEY_BENCH_DATABASES_PARLEY_DESK_H_
#define PARLEY_BENCH_DATABASES_PARLEY_DESK_H_

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "databases/work.h"
#include "parley/parley.h"
#include "yardstick.h"

namespace parley {

class ParleyDesk {
 public:
  ParleyDesk() : engine_(*Engine::Create(TheSettings(), clock_, policy_)) {
    for (uint32_t queue = 0; queue < Work::kQueues; ++queue) {
      engine_.Apply(AddSkill{fmt::format("skill{}", queue)});
      engine_.Apply(AddQueue{fmt::format("queue{}", queue), {SkillId::Make(queue, 0)}});
    }
    for (uint32_t agent = 0; agent < Work::kAgents; ++agent) {
      SkillSet skills;
      for (uint32_t queue = 0; queue < Work::kQueues; ++queue) {
        if (Work::Serves(agent, queue)) skills.Add(SkillId::Make(queue, 0));
      }
      engine_.Apply(AddAgent{fmt::format("agent{}", agent), skills, kAvailable});
    }
    constexpr uint32_t kAtATime = 2'000;
    engine_.Reserve({.agents = Work::kAgents,
                     .conversations = kAtATime,
                     .messages = kAtATime,
                     .address_bytes = 16 + 4,
                     .tasks = kAtATime,
                     .needs = Work::kQueues});
  }

  std::optional<Match> Come(uint32_t task, uint32_t queue, int64_t now) {
    clock_.Set(Instant(std::chrono::seconds(now)));
    const Route route{.queue = QueueId::Make(queue, 0)};
    coming_ = task;
    return Accepted(engine_.Apply(Message{Medium::kChat, Address(task), "shop", 1, route}));
  }

  std::optional<Match> Finish(uint32_t agent, int64_t now) {
    clock_.Set(Instant(std::chrono::seconds(now)));
    const TaskId task = at_[agent];
    engine_.Apply(End{engine_.Find(task)->conversation, AgentId::Make(agent, 0)});
    return Accepted(engine_.Apply(Complete{task, AgentId::Make(agent, 0)}));
  }

 private:
  static Settings TheSettings() {
    Settings settings;
    settings.task.retention = Duration::zero();
    return settings;
  }

  // Whoever was asked says yes.
  std::optional<Match> Accepted(std::span<const Event> events) {
    std::optional<ReservationCreated> offer;
    for (const Event& event : events) {
      if (const auto* created = As<TaskCreated>(event)) Number(created->task) = coming_;
      if (const auto* reserved = As<ReservationCreated>(event)) offer = *reserved;
    }
    if (!offer) return std::nullopt;
    engine_.Apply(Accept{offer->reservation});
    at_[offer->agent.slot()] = offer->task;
    return Match{Number(offer->task), offer->agent.slot()};
  }
  uint32_t& Number(TaskId task) {
    if (task.slot() >= numbers_.size()) numbers_.resize(task.slot() + 1);
    return numbers_[task.slot()];
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
  uint32_t coming_ = 0;
  std::vector<uint32_t> numbers_;                                // By slot of the task.
  std::vector<TaskId> at_ = std::vector<TaskId>(Work::kAgents);  // By agent.
};

}  // namespace parley

#endif  // PARLEY_BENCH_DATABASES_PARLEY_DESK_H_
