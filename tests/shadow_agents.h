// Enters what happened to the set-up and to agents into a shadow.

#ifndef PARLEY_TESTS_SHADOW_AGENTS_H_
#define PARLEY_TESTS_SHADOW_AGENTS_H_

#include <variant>

#include "shadow.h"

namespace parley {

class ShadowAgents {
 protected:
  explicit ShadowAgents(Shadow& shadow) : s_(shadow) {}

  template <class T>
  const T* CommandAs() const {
    return std::get_if<T>(command_);
  }
  template <class T>
  const T* PreviousAs() const {
    return std::get_if<T>(&previous_);
  }

  // ---- Set-up ----
  void On(const SettingsApplied&) {
    const bool was = s_.settings.logout.enforce;
    s_.settings = CommandAs<ApplySettings>()->settings;
    s_.gate_seen |= s_.settings.versions_gate;
    const bool is = s_.settings.logout.enforce;
    for (auto& [id, agent] : s_.agents.open()) {
      if (!is) agent.lost_until = kNever;
      if (is && !was && agent.sessions.empty()) agent.lost_until = at_ + Threshold();
    }
  }
  void On(const ActivityAdded& e) {
    s_.Expect(e.activity.slot() == s_.available.size(), "an activity's number", e.activity);
    s_.available.push_back(CommandAs<AddActivity>()->available);
    s_.Expect(e.available == s_.available.back(), "an activity's availability", e.activity);
  }
  void On(const ActivityRoleSet& e) { s_.roles[static_cast<size_t>(e.role)] = e.activity; }
  void On(const QueueAdded& e) {
    const auto* command = CommandAs<AddQueue>();
    s_.queues[e.queue] = {command->skills, command->rules};
  }
  void On(const QueueRemoved& e) { s_.queues.erase(e.queue); }
  void On(const QueueUpdated& e) {
    const auto* command = CommandAs<UpdateQueue>();
    s_.queues[e.queue] = {command->skills, command->rules};
  }

  // ---- Agents ----
  Duration Threshold() const { return s_.settings.logout.offline_threshold; }
  ActivityId RoleOf(ActivityRole role) const { return s_.roles[static_cast<size_t>(role)]; }
  void On(const AgentAdded& e) {
    ShadowAgent* agent = s_.agents.Open(e.agent);
    s_.Expect(agent != nullptr, "an agent's id was used before", e.agent);
    if (agent == nullptr) return;
    const auto& command = *CommandAs<AddAgent>();
    agent->skills = command.skills;
    agent->activity = command.activity ? command.activity : RoleOf(ActivityRole::kDefault);
    s_.Expect(e.activity == agent->activity, "another first activity", e.agent);
    agent->since = agent->added = at_;
    for (size_t m = 0; m < kMedia; ++m) {
      agent->media[m].configured = s_.settings.media[m].capacity;
    }
  }
  void On(const AgentRemoved& e) {
    const ShadowAgent& agent = s_.At(e.agent);
    s_.Expect(agent.reservations == 0 && agent.paused == 0, "removed with work in hand", e.agent);
    s_.agents.Close(e.agent);
  }
  void On(const AgentSkillsChanged& e) {
    s_.At(e.agent).skills = CommandAs<SetAgentSkills>()->skills;
  }
  void On(const CapacityChanged& e) {
    Capacity& capacity = s_.At(e.agent).media[static_cast<size_t>(e.medium)];
    capacity.configured = e.capacity;
    capacity.available = e.available;
  }
  void On(const BudgetChanged& e) { s_.At(e.agent).budget = e.budget; }
  void On(const SessionOpened& e) { s_.At(e.agent).sessions.push_back(e.session); }
  void On(const SessionClosed& e) {
    s_.Expect(std::erase(s_.At(e.agent).sessions, e.session) == 1, "a session ends twice", e.agent);
  }
  void On(const AgentConnected& e) {
    ShadowAgent& agent = s_.At(e.agent);
    const bool missed = agent.lost_until != kNever && agent.lost_until > at_;
    s_.Expect(agent.sessions.size() == 1 && !missed, "connected", e.agent);
    agent.lost_until = kNever;
  }
  void On(const AgentReconnected& e) {
    ShadowAgent& agent = s_.At(e.agent);
    const bool missed = agent.lost_until != kNever && agent.lost_until > at_;
    s_.Expect(agent.sessions.size() == 1 && missed, "reconnected", e.agent);
    agent.lost_until = kNever;
  }
  void On(const AgentDisconnected& e) {
    ShadowAgent& agent = s_.At(e.agent);
    s_.Expect(agent.sessions.empty(), "disconnected with a session", e.agent);
    if (s_.settings.logout.enforce) agent.lost_until = at_ + Threshold();
  }
  void On(const ActivityChanged& e) {
    ShadowAgent& agent = s_.At(e.agent);
    s_.Expect(agent.activity == e.from && e.from != e.to, "activities do not chain", e.agent);
    s_.Expect(e.spent == at_ - agent.since, "time spent in an activity", e.agent);
    s_.Expect(IsExplained(e, agent), "an activity changed without its cause", e.agent);
    agent.activity = e.to;
    agent.since = at_;
    const auto& rule = s_.settings.logout;
    const bool takes =
        rule.assigned_work == WorkAtLogout::kRequeue || rule.paused_work == WorkAtLogout::kRequeue;
    const bool out = e.to == RoleOf(ActivityRole::kLogout);
    agent.requeue_at = takes && out ? at_ + rule.requeue_after : kNever;
  }
  bool IsExplained(const ActivityChanged& e, const ShadowAgent& agent) const {
    switch (e.cause) {
      case ActivityCause::kManual:
        return CommandAs<SetActivity>() != nullptr && CommandAs<SetActivity>()->agent == e.agent &&
               CommandAs<SetActivity>()->activity == e.to;
      case ActivityCause::kLogout:
        return CommandAs<Logout>() != nullptr && e.to == RoleOf(ActivityRole::kLogout);
      case ActivityCause::kDisconnectThreshold:
        return agent.lost_until == at_ && e.to == RoleOf(ActivityRole::kLogout);
      case ActivityCause::kReservationTimeout:
        return PreviousAs<ReservationTimedOut>() != nullptr &&
               PreviousAs<ReservationTimedOut>()->agent == e.agent &&
               e.to == RoleOf(ActivityRole::kTimeout);
      case ActivityCause::kDeclineOption:
        return PreviousAs<ReservationDeclined>() != nullptr && CommandAs<Decline>() != nullptr &&
               CommandAs<Decline>()->activity == e.to;
    }
    return false;
  }

  Shadow& s_;
  const Command* command_ = nullptr;
  Happening previous_;  // The event before this one.
  Instant at_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_SHADOW_AGENTS_H_
