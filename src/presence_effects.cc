// src/presence_effects.cc — what the presence orders do, and what a change of activity brings.

#include "effects.h"
#include "eligibility.h"
#include "lists.h"

namespace parley::internal {
namespace {

// Those who waited for him alone wait for anyone now.
void ReleaseWaiting(State& s, Agent& agent) {
  while (const Place* first = s.places.First(agent.waiting)) {
    const uint32_t before = agent.waiting.size;
    ForgetPreference(s, TaskId{first->task});
    PARLEY_CHECK(agent.waiting.size < before);
  }
  PARLEY_CHECK(agent.waiting_over == 0);
}

// Of several agents in a channel only he goes, and it needs no new one.
void ReleaseAccepted(State& s, ReservationId id, const Reservation& r) {
  const Task& task = s.tasks[r.task];
  PARLEY_CHECK(task.agent == r.agent && task.state == TaskState::kAssigned);
  if (IsOneOfSeveral(s, task)) return s.Post(id, ReservationTrigger::kComplete);
  s.Post(task.conversation, ChannelTrigger::kAgentGone);
}

void RequeueWork(State& s, AgentId id) {
  const auto& rule = s.settings.logout;
  Agent& agent = s.agents[id];
  s.matter.pause_end = PauseEnd::kOwnerLoggedOut;
  if (rule.assigned_work == WorkAtLogout::kRequeue) {
    ForEachReservation(s, agent, [&s](ReservationId r_id, const Reservation& r) {
      if (r.state == ReservationState::kAccepted) {
        ReleaseAccepted(s, r_id, r);
      } else if (r.state == ReservationState::kWrapping) {
        s.Post(r_id, ReservationTrigger::kComplete);
      }
    });
  }
  if (rule.paused_work == WorkAtLogout::kRequeue) {
    ForEachPaused(s, agent, [&s](ConversationId c) { s.Post(c, ChannelTrigger::kRequeue); });
  }
}

void ReleaseWork(State& s, AgentId id) {
  const Agent& agent = s.agents[id];
  s.matter.pause_end = PauseEnd::kOwnerRemoved;
  ForEachReservation(s, agent, [&s](ReservationId r_id, const Reservation& r) {
    if (r.state == ReservationState::kAccepted) {
      ReleaseAccepted(s, r_id, r);
    } else if (r.state == ReservationState::kWrapping) {
      s.Post(r_id, ReservationTrigger::kComplete);
    } else {
      s.Post(r_id, ReservationTrigger::kRescind);
    }
  });
  ForEachPaused(s, agent, [&s](ConversationId c) { s.Post(c, ChannelTrigger::kRequeue); });
}

void Remove(State& s, AgentId id) {
  Agent& agent = s.agents[id];
  PARLEY_CHECK(agent.presence == PresenceState::kRemoved && agent.offline == TimerId{});
  ReleaseWaiting(s, agent);
  s.Disarm(agent.requeue);
  s.Disarm(agent.wake);
  Unfile(s, id);
  s.End(id);
  s.Emit(AgentRemoved{id});
}

struct CarryPresence {
  [[gnu::always_inline]] void operator()(State& s, AgentId id, Agent& agent, PresenceEffect effect,
                                         Origin origin) const {
    using E = PresenceEffect;
    switch (effect) {
      case E::kNone:
        break;
      case E::kTellConnected:
        return s.Emit(AgentConnected{id});
      case E::kTellReconnected:
        return s.Emit(AgentReconnected{id});
      case E::kTellDisconnected:
        return s.Emit(AgentDisconnected{id});
      case E::kArmThreshold:
        PARLEY_CHECK(agent.sessions.empty() && agent.offline == TimerId{});
        agent.offline =
            s.Arm(s.time + s.settings.logout.offline_threshold, Timer::kOffline, id.slot());
        break;
      case E::kStopThreshold:
        PARLEY_CHECK(agent.offline != TimerId{});
        return s.Disarm(agent.offline);
      case E::kRejectPending:
        if (s.settings.logout.reject_pending) RejectPending(s, id);
        break;
      case E::kLogOut: {
        const bool threshold =
            static_cast<PresenceTrigger>(origin.on) == PresenceTrigger::kThreshold;
        return ChangeActivity(
            s, id, s.RoleOf(ActivityRole::kLogout),
            threshold ? ActivityCause::kDisconnectThreshold : ActivityCause::kLogout);
      }
      case E::kRequeueWork:
        return RequeueWork(s, id);
      case E::kReleaseWork:
        return ReleaseWork(s, id);
      case E::kRemove:
        return Remove(s, id);
    }
  }
};

}  // namespace

constexpr Acts<PresenceEffect, AgentId, Agent> kPresenceActs =
    ActsOf<PresenceEffect, AgentId, Agent, CarryPresence>();

void RejectPending(State& s, AgentId id) {
  ForEachReservation(s, s.agents[id], [&s](ReservationId r_id, const Reservation& r) {
    if (r.state == ReservationState::kPending) s.Post(r_id, ReservationTrigger::kDecline);
  });
}

void ChangeActivity(State& s, AgentId id, ActivityId to, ActivityCause cause) {
  Agent& agent = s.agents[id];
  const ActivityId from = agent.activity;
  PARLEY_CHECK(s.FindActivity(to) != nullptr);
  if (from == to) return;
  const Duration spent = s.time - agent.activity_since;
  Spend(s, agent, from, spent);
  PARLEY_CHECK(spent >= Duration::zero() && s.activities[from.slot()].agents > 0);
  --s.activities[from.slot()].agents;
  ++s.activities[to.slot()].agents;
  agent.activity = to;
  agent.activity_since = s.time;
  s.Emit(ActivityChanged{id, from, to, cause, spent});
  Refile(s, id);

  const auto& rule = s.settings.logout;
  const bool takes_work =
      rule.assigned_work == WorkAtLogout::kRequeue || rule.paused_work == WorkAtLogout::kRequeue;
  s.places.ForEach(agent.waiting, [&s](const Place& place) { ArmPatience(s, place.task); });
  s.Disarm(agent.requeue);
  if (to == s.RoleOf(ActivityRole::kLogout) && takes_work) {
    agent.requeue = s.Arm(s.time + rule.requeue_after, Timer::kRequeue, id.slot());
  }
}

void ReleaseAgent(State& s, AgentId id) {
  Agent& agent = s.agents[id];
  PARLEY_CHECK(agent.reservations.size == 0 && agent.paused.size == 0 && agent.waiting.empty());
  if (agent.fresh) std::erase(s.fresh_agents, id);
  ForgetAgent(s, id);
  PARLEY_CHECK(agent.idle_in == 0 && s.activities[agent.activity.slot()].agents > 0);
  --s.activities[agent.activity.slot()].agents;
  const bool named = s.agent_names.Erase(SipHash13(s.key, agent.name), id.slot());
  PARLEY_CHECK(named);
  s.times.Clear(agent.spent);
  s.wakes.Clear(agent.wakes);
  s.agents.Remove(id);
}

}  // namespace parley::internal
