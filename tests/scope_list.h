// tests/scope_list.h — the scopes that are searched in a moment. Together they take every row of
// every machine.

#ifndef PARLEY_TESTS_SCOPE_LIST_H_
#define PARLEY_TESTS_SCOPE_LIST_H_

#include <string_view>
#include <vector>

#include "scope.h"

namespace parley {

// Everything takes 1 to 4 ms, and what counts up to a limit never comes to it.
inline Settings Fast() {
  Settings s = {};
  s.day = Duration(3);
  s.leave.enabled = true;
  s.leave.max_open = Duration(3);
  s.pause.enabled = true;
  s.pause.limit = 1;
  s.pause.marks = {Duration(1)};
  s.custom_routing.timeout = Duration(2);
  s.logout.offline_threshold = Duration(2);
  s.logout.requeue_after = Duration(1);
  s.reservation.timeout = Duration(2);
  s.reservation.hold_limit = Duration(2);
  s.reservation.retry_after = Duration(1);
  s.task.ttl = Duration(3);
  s.task.retention = Duration::zero();
  s.task.max_assignments = 1'000'000;
  s.conversation.setup_limit = Duration(2);
  s.conversation.max_reroutes = 1'000'000;
  s.limits.messages_per_conversation = 1'000'000;
  for (auto& medium : s.media) medium.capacity = 1;
  return s;
}

inline const std::vector<Customer> kOneCustomer = {{Medium::kChat, "c"}};
inline const std::vector<std::string_view> kAnn = {"ann"};
inline const std::vector<std::string_view> kAnnAndBob = {"ann", "bob"};

inline SmallWorld Parking() {
  SmallWorld scope{
      "parking: 1 customer, 1 agent",
      Fast(),
      kOneCustomer,
      kAnn,
      {Act::kMessage, Act::kAccept, Act::kDecline, Act::kLeave, Act::kHostLeave, Act::kPause,
       Act::kResume, Act::kEnd, Act::kComplete, Act::kClose, Act::kCloseToWrapUp}};
  scope.settings.pause.mode = ParkMode::kWrapUp;
  scope.settings.task.retention = Duration(1);
  return scope;
}

inline SmallWorld Presence() {
  SmallWorld scope{
      "presence: 1 customer, 1 agent",
      Fast(),
      kOneCustomer,
      kAnn,
      {Act::kMessage, Act::kAccept, Act::kPause, Act::kResume, Act::kEnd, Act::kComplete,
       Act::kConnect, Act::kDisconnect, Act::kLogout, Act::kOfflineAndReject, Act::kGoAvailable,
       Act::kRemoveAgent, Act::kAddAgent, Act::kEnforce, Act::kDoNotEnforce}};
  scope.settings.logout.assigned_work = WorkAtLogout::kRequeue;
  scope.settings.logout.paused_work = WorkAtLogout::kRequeue;
  return scope;
}

inline SmallWorld AskingTheHost() {
  SmallWorld scope{"asking the host: 1 customer, 1 agent",
                   Fast(),
                   kOneCustomer,
                   kAnn,
                   {Act::kMessage, Act::kOpen, Act::kReady, Act::kFail, Act::kAccept, Act::kDecline,
                    Act::kLeave, Act::kComplete, Act::kTransfer, Act::kClose, Act::kCreateTask,
                    Act::kIgnore, Act::kUpdate, Act::kCancel, Act::kReassign}};
  scope.settings.leave.mode = ParkMode::kCompleteNow;
  static const AskTheHost policy(Duration(2), WhenSilent::kNewTask);
  scope.policy = &policy;
  return scope;
}

inline SmallWorld Limits() {
  SmallWorld scope{"limits: 1 customer, 2 agents",
                   Fast(),
                   kOneCustomer,
                   kAnnAndBob,
                   {Act::kMessage, Act::kReply, Act::kAccept, Act::kDecline, Act::kEnd,
                    Act::kComplete, Act::kTransfer}};
  scope.settings.answer.limit = Duration(1);
  scope.settings.answer.max_takeaways = 1;
  scope.settings.task.max_assigned = Duration(2);
  scope.settings.task.max_assignments = 2;
  scope.settings.conversation.max_reroutes = 3;
  scope.settings.conversation.on_canceled = OnCanceled::kInactive;
  for (auto& medium : scope.settings.media) medium.wrap_up_limit = Duration(1);
  return scope;
}

inline SmallWorld Supervised() {
  SmallWorld scope{
      "supervised: 1 customer, 2 agents",
      Fast(),
      kOneCustomer,
      kAnnAndBob,
      {Act::kMessage, Act::kAccept, Act::kDecline, Act::kPause, Act::kResume, Act::kLeave,
       Act::kComplete, Act::kCancel, Act::kReassign, Act::kReassignTo, Act::kAssign, Act::kClose}};
  scope.settings.leave.mode = ParkMode::kCompleteNow;
  scope.settings.conversation.on_canceled = OnCanceled::kEmitOnly;
  return scope;
}

inline SmallWorld SeveralOffers() {
  SmallWorld scope{"several offers: 1 customer, 2 agents",
                   Fast(),
                   kOneCustomer,
                   kAnnAndBob,
                   {Act::kMessage, Act::kAccept, Act::kHold, Act::kMediaReady, Act::kMediaFailed,
                    Act::kDecline, Act::kAssign, Act::kComplete, Act::kCancel, Act::kRemoveAgent}};
  scope.rules.max_offers = 2;
  return scope;
}

inline SmallWorld Invitations() {
  SmallWorld scope{"invitations: 1 customer, 2 agents",
                   Fast(),
                   kOneCustomer,
                   kAnnAndBob,
                   {Act::kMessage, Act::kAccept, Act::kDecline, Act::kLeave, Act::kEnd,
                    Act::kComplete, Act::kInvite, Act::kInviteHim, Act::kHandOver, Act::kInviteAny,
                    Act::kCancelInvite, Act::kTransferTo, Act::kClose}};
  scope.settings.task.max_assigned = Duration(3);
  scope.settings.leave.mode = ParkMode::kCompleteNow;
  return scope;
}

// A step of a workflow lasts whole seconds.
inline SmallWorld TwoSteps() {
  SmallWorld scope{"two steps: 1 customer, 1 agent",
                   Fast(),
                   kOneCustomer,
                   kAnn,
                   {Act::kMessage, Act::kAccept, Act::kDecline, Act::kComplete, Act::kCancel,
                    Act::kUpdate, Act::kGoOffline, Act::kGoAvailable}};
  scope.tick = Duration(500);
  Settings& s = scope.settings;
  s.reservation.timeout = s.reservation.hold_limit = 3 * scope.tick;
  s.reservation.retry_after = scope.tick;
  s.task.ttl = 8 * scope.tick;
  s.leave.max_open = 2 * scope.tick;
  s.conversation.on_canceled = OnCanceled::kInactive;
  scope.more_set_up = {AddQueue{"second"}};
  scope.workflow = R"({"task_routing": {"filters": [{"expression": "1==1", "targets": [
      {"queue": "support", "timeout": 1},
      {"queue": "second", "timeout": 1, "skip_if": "workers.available == 0"}]}]}})";
  return scope;
}

inline SmallWorld AtOnce() {
  SmallWorld scope{
      "accepted at once: 1 customer, 1 agent",
      Fast(),
      kOneCustomer,
      kAnn,
      {Act::kMessage, Act::kLeave, Act::kPause, Act::kResume, Act::kEnd, Act::kComplete,
       Act::kCompleteForHim, Act::kGoOffline, Act::kGoAvailable, Act::kCapacity0, Act::kCapacity1}};
  for (auto& medium : scope.settings.media) medium.auto_accept = true;
  scope.settings.pause.on_customer_message = PausedMessage::kAutoResume;
  return scope;
}

// Decides for what nobody else takes; the rest as usual.
class WhenReturned final : public ReroutePolicy {
 public:
  explicit WhenReturned(RerouteAction action) : action_(action) {}

  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    if (request.cause == RerouteCause::kNobodyElse) decision.action = action_;
    return decision;
  }

 private:
  RerouteAction action_;
};

inline SmallWorld Returned(std::string_view name, const ReroutePolicy& policy) {
  SmallWorld scope{name,
                   Fast(),
                   kOneCustomer,
                   kAnn,
                   {Act::kMessage, Act::kAccept, Act::kDecline, Act::kTransfer, Act::kLeave,
                    Act::kComplete, Act::kCreateTask, Act::kIgnore, Act::kClose}};
  scope.policy = &policy;
  return scope;
}
inline SmallWorld AskedWhenReturned() {
  static const WhenReturned policy(RerouteAction::kAskHost);
  return Returned("asked when returned: 1 customer, 1 agent", policy);
}
inline SmallWorld ParkedWhenReturned() {
  static const WhenReturned policy(RerouteAction::kPark);
  return Returned("parked when returned: 1 customer, 1 agent", policy);
}

inline std::vector<SmallWorld> SmallScopes() {
  return {Parking(),    Presence(),          AskingTheHost(),     Limits(),
          Supervised(), SeveralOffers(),     Invitations(),       TwoSteps(),
          AtOnce(),     AskedWhenReturned(), ParkedWhenReturned()};
}

}  // namespace parley

#endif  // PARLEY_TESTS_SCOPE_LIST_H_
