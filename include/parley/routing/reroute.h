// Floor 5 · routing/reroute.h — where a conversation goes when nobody has it.
//
// The engine asks its ReroutePolicy, and says what it would do by itself: `usual` is what the
// domain and the settings say. A policy changes what it wants changed and returns the rest as it
// is:
//
//   class AskAnnFirst final : public ReroutePolicy {
//     RerouteDecision Decide(const RerouteRequest& request) const override {
//       RerouteDecision decision = request.usual;
//       if (request.cause == RerouteCause::kReplied) {
//         decision.agent = ann_;
//         decision.agent_for = std::chrono::minutes(10);
//       }
//       return decision;
//     }
//     ...
//
// It is not asked once conversation.max_reroutes is reached, but for kNobodyElse. That one is asked
// after routing, for each task that came back and finds nobody, in the order in which they came.
//
// The decision stands in a ConversationRerouted event, so a replay with another policy shows at the
// first difference. A decision that names what does not exist is replaced by the usual one, and the
// event says so.
//
// Errors     None: a policy always decides. It must not call the engine.
// Threads    Called inside Apply(), on its thread. Keep it a pure function of the request.

#ifndef PARLEY_ROUTING_REROUTE_H_
#define PARLEY_ROUTING_REROUTE_H_

#include <cstdint>

#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/medium.h"
#include "parley/model/reroute.h"
#include "parley/model/settings.h"
#include "parley/model/skill_set.h"

namespace parley {

struct RerouteDecision {
  RerouteAction action = RerouteAction::kNewTask;

  // kNewTask and kWaitForAgent:
  QueueId queue{};
  WorkflowId workflow{};    // Through it, instead of into the queue.
  SkillSet skills{};        // Beyond what the queue needs.
  int32_t priority = 0;   // Of this task only. Below 0 counts as 0.
  bool keep_age = false;  // It stands in line where the conversation's last task stood.
  AgentId agent{};  // kNewTask: asked alone at first, if he is still there; kWaitForAgent: alone.
  Duration agent_for = Duration::zero();  // ... for so long; at most 14 days.
  uint32_t over_by = 0;  // ... and up to so many tasks above his capacity.
  AgentId exclude{};                        // Is not asked for this task.

  // kAskHost:
  Duration deadline = Duration::zero();  // 1 ms to 7 days.
  WhenSilent when_silent = WhenSilent::kNewTask;

  friend bool operator==(const RerouteDecision&, const RerouteDecision&) = default;
};

struct RerouteRequest {
  RerouteCause cause = RerouteCause::kReplied;
  ConversationId conversation{};
  Medium medium = Medium::kVoice;
  AgentId last_agent{};  // Who dealt with it last; none if he is not here any more.
  bool last_agent_logged_out = false;  // ... or he is not here any more.
  AgentId owner{};       // Who had paused it; likewise.
  QueueId queue{};       // Of its last task,
  WorkflowId workflow{};  // and the workflow that the conversation goes by.
  int32_t priority = 0;
  Duration parked_for = Duration::zero();  // How long it was left or paused.
  uint32_t attempts = 0;                   // New tasks since an agent accepted or wrote.
  RerouteDecision usual{};
};

class ReroutePolicy {
 public:
  virtual ~ReroutePolicy() = default;
  // Pure: it is asked in the middle of a step. It must not throw.
  virtual RerouteDecision Decide(const RerouteRequest& request) const = 0;
};

// What the domain and the settings say.
class DefaultReroute final : public ReroutePolicy {
 public:
  RerouteDecision Decide(const RerouteRequest& request) const override { return request.usual; }
};

// A new task is first for the agent who dealt with the conversation last, for `how_long`; after
// that, or if he is logged out, anyone may have it.
class PreferLastAgent final : public ReroutePolicy {
 public:
  explicit PreferLastAgent(Duration how_long) : how_long_(how_long) {}

  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    const bool fresh =
        request.cause != RerouteCause::kNobodyElse && request.cause != RerouteCause::kAgentGone &&
        request.cause != RerouteCause::kAgentSilent;
    const bool there = !request.last_agent_logged_out;
    if (fresh && there && decision.action == RerouteAction::kNewTask) {
      decision.agent = request.last_agent;
      decision.agent_for = how_long_;
    }
    return decision;
  }

 private:
  Duration how_long_;
};

// Work that comes back (a reply after Leave, a pause that ran out, a resume without room) is first
// for the agent who had it last, if he is not logged out: for `wait`, and up to `over_by` tasks
// above his capacity. After that anyone may have it, with the age that it had if `keep_age`.
class ReturnToAgent final : public ReroutePolicy {
 public:
  struct Terms {
    Duration wait = Duration::zero();
    uint32_t over_by = 0;
    bool keep_age = false;
  };
  explicit ReturnToAgent(Terms terms) : terms_(terms) {}

  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    const bool back = request.cause == RerouteCause::kReplied ||
                      request.cause == RerouteCause::kUnanswered ||
                      request.cause == RerouteCause::kPauseExpired ||
                      request.cause == RerouteCause::kResumedAtCapacity;
    if (!back || decision.action != RerouteAction::kNewTask) return decision;
    decision.keep_age = decision.keep_age || terms_.keep_age;
    if (request.last_agent_logged_out) return decision;
    decision.agent = request.last_agent;
    decision.agent_for = terms_.wait;
    decision.over_by = terms_.over_by;
    return decision;
  }

 private:
  Terms terms_;
};

// The host decides, whatever the cause but a task that merely waits on; when it is silent for
// `deadline`, `when_silent` is done.
class AskTheHost final : public ReroutePolicy {
 public:
  AskTheHost(Duration deadline, WhenSilent when_silent)
      : deadline_(deadline), when_silent_(when_silent) {}

  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    if (decision.action == RerouteAction::kNothing) return decision;
    decision.action = RerouteAction::kAskHost;
    decision.deadline = deadline_;
    decision.when_silent = when_silent_;
    return decision;
  }

 private:
  Duration deadline_;
  WhenSilent when_silent_;
};

}  // namespace parley

#endif  // PARLEY_ROUTING_REROUTE_H_
