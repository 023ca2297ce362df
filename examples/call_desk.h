// examples/call_desk.h — the people of a recorded call centre, played against the engine.
//
// Callers come when they came, need the type they needed, and hang up when they did, if nobody has
// answered by then. Agents are there when they were, for the types that they served. Who serves
// whom, and when, is the engine's.

#ifndef PARLEY_EXAMPLES_CALL_DESK_H_
#define PARLEY_EXAMPLES_CALL_DESK_H_

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "call_log.h"
#include "call_report.h"
#include "parley/parley.h"
#include "simulation.h"

namespace parley::examples {

// Callers gain a point for every half minute that they wait. A high-priority caller begins with
// three: he is ahead of who came less than 90 seconds before him, and of nobody else.
inline constexpr Duration kPointEvery = 30s;
inline constexpr int32_t kHighPriority = 3;

// What is planned. Numbers are places in the log.
struct CallComes {
  size_t call;
};
struct CallerTires {
  size_t call;
  ConversationId conversation;
};
struct AgentAnswers {
  ReservationId offer;
};
struct ServiceEnds {
  TaskId task;
};
struct ShiftBegins {
  size_t server;
};
struct ShiftEnds {
  size_t server;
};
using CallStep =
    std::variant<CallComes, CallerTires, AgentAnswers, ServiceEnds, ShiftBegins, ShiftEnds>;

class CallDesk final : public Simulation<CallStep> {
 public:
  explicit CallDesk(const CallLog& log)
      : Simulation(Settings(), Start(log)), log_(log), report_(log) {
    for (size_t i = 0; i < std::min<size_t>(log.types.size(), SkillSet::kMax); ++i) {
      Do(AddSkill{log.types[i]});
    }
    Do(AddQueue{"bank", {}, {.order = TaskOrder::kAgeing, .point_every = kPointEvery}});
    for (size_t i = 0; i < log.servers.size(); ++i) AddServer(i);
    for (const Call& call : log.calls) longest_wait_ = std::max(longest_wait_, call.waited);
    for (size_t i = 0; i < log.calls.size(); ++i) Plan(log.calls[i].arrives, CallComes{i});
  }

  const CallReport& report() const { return report_; }

 private:
  // Whichever is first, the first shift or the first call.
  static Instant Start(const CallLog& log) {
    Instant start = log.calls.empty() ? Instant() : log.calls[0].arrives;
    for (const Server& server : log.servers) {
      if (!server.shifts.empty()) start = std::min(start, server.shifts[0].begin);
    }
    return start;
  }

  void AddServer(size_t index) {
    const Server& server = log_.servers[index];
    SkillSet skills;
    for (const size_t type : server.types) skills.Add(SkillOf(type));
    Do(AddAgent{server.name, skills, {}});
    agents_.push_back(engine().FindAgent(server.name));
    for (const Shift& shift : server.shifts) {
      Plan(shift.begin, ShiftBegins{index});
      Plan(shift.end, ShiftEnds{index});
    }
  }

  // From the 257th type on, two of them share a skill.
  SkillId SkillOf(size_t type) const {
    return engine().FindSkill(log_.types[type % SkillSet::kMax]);
  }

  // ---- What happened: count it, and plan ----

  void See(const Event& event) override {
    if (const auto* offer = As<ReservationCreated>(event)) {
      Plan(Now(), AgentAnswers{offer->reservation});
    } else if (const auto* accepted = As<ReservationAccepted>(event)) {
      const Call& call = CallOf(engine().Find(accepted->task)->conversation);
      report_.here.Served(call, Now() - call.arrives);
      report_.busy += call.service;
      Plan(Now() + call.service, ServiceEnds{accepted->task});
    } else if (const auto* closed = As<ConversationClosed>(event)) {
      ++report_.closed;
      calls_.erase(closed->conversation);
    }
  }

  // ---- What was planned: do it ----

  void Take(const CallStep& step) override {
    std::visit([this](const auto& planned) { Play(planned); }, step);
  }

  void Play(const CallComes& step) {
    const Call& call = log_.calls[step.call];
    const std::string caller = fmt::format("line {}", call.line);
    Route route{.queue = engine().FindQueue("bank")};
    route.skills.Add(SkillOf(call.type));
    if (call.high_priority) route.priority = kHighPriority;
    if (Do(OpenConversation{Medium::kVoice, caller, "bank", route}) != Refusal::kNone) return;
    ++report_.entered;
    const ConversationId id = engine().FindOpen(Medium::kVoice, caller, "bank");
    calls_[id] = step.call;
    Plan(Now() + (call.served ? longest_wait_ : call.waited), CallerTires{step.call, id});
    Do(ChannelReady{id});
  }
  void Play(const CallerTires& step) {
    const std::optional<Conversation> c = engine().Find(step.conversation);
    if (!c || c->participant) return;  // He is being served, or has been.
    const Call& call = log_.calls[step.call];
    report_.here.HungUp(call, Now() - call.arrives);
    if (call.served) ++report_.impatient;
    Do(Close{step.conversation});
  }
  void Play(const AgentAnswers& step) {
    if (engine().Find(step.offer)) Do(Accept{step.offer});
  }
  void Play(const ServiceEnds& step) { Do(Complete{step.task, engine().Find(step.task)->agent}); }
  void Play(const ShiftBegins& step) {
    Do(Connect{agents_[step.server], SessionId{1}, {}});
    Do(SetActivity{agents_[step.server], kAvailable});
  }
  // If he is still serving somebody, he ends that first.
  void Play(const ShiftEnds& step) {
    Do(Logout{agents_[step.server]});
    Do(Disconnect{agents_[step.server], SessionId{1}, DisconnectReason::kShutdown});
  }

  const Call& CallOf(ConversationId id) const { return log_.calls[calls_.at(id)]; }

  const CallLog& log_;
  CallReport report_;
  std::vector<AgentId> agents_;  // By server.
  std::map<ConversationId, size_t> calls_;
  Duration longest_wait_ = Duration::zero();
};

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_CALL_DESK_H_
