// The order of one step: the timers due, in the order they were armed; who is next; the command;
// what is due at once because of it; who is next.

#include <algorithm>
#include <variant>

#include "model.h"

namespace parley::model {

Model::Model(const Settings& settings, const ReroutePolicy& policy, Instant start)
    : Books(settings, policy, start) {
  Activity& offline = activities_.Add();
  offline.name = "Offline";
  Activity& available = activities_.Add();
  available.name = "Available";
  available.available = true;
  roles_ = {offline.id, ActivityId(), offline.id};  // R-LO-07.
}

const std::vector<Event>& Model::Apply(Instant now, const Command& command) {
  events_.clear();
  const Refusal clock = now < kFirstInstant || now > kLastInstant ? Refusal::kTimeOutOfRange
                        : now < now_                              ? Refusal::kTimeWentBack
                                                                  : Refusal::kNone;
  if (clock != Refusal::kNone) {
    Emit(Refused{clock});
    return events_;
  }
  while (!alarms_.empty() && alarms_.begin()->first.first <= now) {
    now_ = alarms_.begin()->first.first;
    Settle();
  }
  now_ = now;
  by_hand_ = std::holds_alternative<Accept>(command) ||
             std::holds_alternative<MediaReady>(command) ||
             std::holds_alternative<Resume>(command) || std::holds_alternative<Assign>(command);
  const Refused refused = Do(command);
  by_hand_ = false;
  if (refused.reason != Refusal::kNone) {
    Emit(refused);
    return events_;
  }
  Bury();
  Settle();
  return events_;
}

Refused Model::Do(const Command& command) {
  return std::visit([this](const auto& c) { return Take(c); }, command);
}

void Model::Emit(Happening what) {
  if (!std::holds_alternative<Refused>(what)) ++told_;
  events_.push_back({now_, std::move(what)});
}

// A deadline that has passed is due now, behind what is due now.
Alarm Model::Arm(Instant at, Due due, uint64_t target) {
  const Alarm alarm{std::max(at, now_), ++armed_};
  alarms_[{alarm.at, alarm.order}] = {due, target};
  return alarm;
}

void Model::Disarm(Alarm& alarm) {
  if (alarm) alarms_.erase({alarm.at, alarm.order});
  alarm = {};
}

Instant Model::NextDeadline() const {
  for (const auto& [at, what] : alarms_) {
    if (what.first != Due::kWake) return at.first;
  }
  return Instant::max();
}

size_t Model::Timers() const {
  return static_cast<size_t>(
      std::ranges::count_if(alarms_, [](const auto& a) { return a.second.first != Due::kWake; }));
}

bool Model::IsDue() const { return !alarms_.empty() && alarms_.begin()->first.first <= now_; }

// All that is due now, and what that makes due now.
void Model::Settle() {
  do {
    while (IsDue()) {
      const auto [due, target] = alarms_.begin()->second;
      alarms_.erase(alarms_.begin());
      Fire(due, target);
      Bury();
    }
  } while (Match() || IsDue());
}

void Model::Fire(Due due, uint64_t target) {
  switch (due) {
    case Due::kTaskLimit:
      return OnTaskLimit(tasks_[TaskId{target}]);
    case Due::kTaskWait:
      return OnTaskWait(tasks_[TaskId{target}]);
    case Due::kStep:
      return OnStepLimit(tasks_[TaskId{target}]);
    case Due::kConversation:
      return OnLimit(conversations_[ConversationId{target}]);
    case Due::kLevel:
      return OnLevel(tasks_[TaskId{target}]);
    case Due::kAnswer:
      return OnAnswerLimit(tasks_[TaskId{target}]);
    case Due::kWake:
      agents_[AgentId{target}].wake = {};
      return;
    case Due::kRequeue:
      agents_[AgentId{target}].requeue = {};
      return RequeueWork(agents_[AgentId{target}]);
    case Due::kThreshold: {  // R-LO-14 to 16.
      Agent& agent = agents_[AgentId{target}];
      agent.offline = {};
      agent.presence = PresenceState::kAbsent;
      RejectPending(agent);
      return LogOut(agent, ActivityCause::kDisconnectThreshold);
    }
    case Due::kOffer: {
      Reservation& r = reservations_[ReservationId{target}];
      r.limit = {};
      if (r.state == ReservationState::kPending) return LetGo(r, ReservationState::kTimedOut);
      EndOffer(r, ReservationState::kCanceled);  // The medium did not come (P6).
      return Returned(tasks_[r.task]);
    }
  }
}

// What is over can be looked up until here, and no longer.
void Model::Bury() {
  for (const ReservationId id : over_reservations_) reservations_.Remove(id);
  over_reservations_.clear();
  for (const TaskId id : over_tasks_) tasks_.Remove(id);
  over_tasks_.clear();
  for (const ConversationId id : over_conversations_) conversations_.Remove(id);
  over_conversations_.clear();
}

}  // namespace parley::model
