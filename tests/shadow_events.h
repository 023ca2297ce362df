// Enters events into a shadow, one by one, and says what is wrong with them.

#ifndef PARLEY_TESTS_SHADOW_EVENTS_H_
#define PARLEY_TESTS_SHADOW_EVENTS_H_

#include <span>
#include <variant>

#include "shadow_workflows.h"

namespace parley {

class ShadowEvents : private ShadowWorkflows {
 public:
  explicit ShadowEvents(Shadow& shadow) : ShadowWorkflows(shadow) {}

  // What one command did; the engine's time went from `before` to `now`.
  void Enter(const Command& command, std::span<const Event> events, Instant before, Instant now) {
    command_ = &command;
    for (size_t i = 0; i < events.size() && s_.problem.empty(); ++i) {
      at_ = events[i].at;
      const bool refused = As<Refused>(events[i]) != nullptr;
      s_.Expect(at_ >= s_.last_event && at_ >= before && at_ <= now, "time of an event");
      s_.Expect(!refused || i + 1 == events.size(), "a refusal is not last");
      s_.last_event = at_;
      if (!refused) ++s_.events;
      std::visit([this](const auto& what) { On(what); }, events[i].what);
      previous_ = events[i].what;
    }
    s_.Expect(!failing_, "an invitation failed in silence", failing_);
    if (events.empty() || As<Refused>(events.back()) == nullptr) Finish(now);
    ForgetDone(now);
  }

 private:
  using ShadowWorkflows::On;
  template <class T>
  void On(const T&) {}  // Changes nothing that is kept here.

  // What accepted commands do without an event of their own.
  void Finish(Instant) {
    if (const auto* logout = CommandAs<Logout>()) {
      if (auto* agent = s_.agents.Find(logout->agent)) agent->lost_until = kNever;
    }
  }
  void ForgetDone(Instant now) {
    for (auto& [id, agent] : s_.agents.open()) {
      if (agent.lost_until <= now) agent.lost_until = kNever;
      if (agent.requeue_at <= now) agent.requeue_at = kNever;
    }
    std::erase_if(s_.tasks.open(), [now](const auto& task) {
      return IsOver(task.second.state) && task.second.limit <= now;
    });
    std::erase_if(s_.conversations.open(),
                  [](const auto& c) { return c.second.closed && c.second.open_tasks == 0; });
  }

  // ---- Tasks ----
  void On(const TaskCreated& e) {
    ShadowTask* task = s_.tasks.Open(e.task);
    ShadowConversation& c = s_.At(e.conversation);
    s_.Expect(task != nullptr, "a task's id was used before", e.task);
    const bool lacks = e.invitation ? c.participant && !c.invitation : !c.live;
    s_.Expect(lacks && !c.closed, "a second live task", e.task);
    s_.Expect(e.previous == c.last, "tasks of a conversation do not chain", e.task);
    if (task == nullptr) return;
    task->conversation = e.conversation;
    task->medium = c.medium;
    task->queue = e.queue;
    s_.Expect(e.medium == c.medium, "a task of another medium", e.task);
    task->limit = at_ + s_.settings.task.ttl;
    c.last = e.task;
    ++c.open_tasks;
    task->invitation = e.invitation;
    if (e.invitation) {
      c.invitation = e.task;
      return;
    }
    c.live = e.task;
    c.asked = c.orphan_told = false;
    c.deadline = kNever;
    const bool may = ++c.in_a_row <= s_.settings.conversation.max_reroutes;
    const bool asked = CommandAs<CreateTask>() || CommandAs<Transfer>() || c.owner ||
                       CommandAs<Reassign>() || CommandAs<Assign>();
    s_.Expect(may || asked, "a task too many", e.task);
  }
  void On(const TaskQueued& e) {
    const ShadowTask& task = s_.At(e.task);
    s_.Expect(task.state == TaskState::kPending, "queued, and not pending", e.task);
    s_.Expect(task.queue == e.queue, "queued in another queue", e.task);
    s_.At(e.task).over_by = e.agent ? e.over_by : 0;
  }
  void On(const ConversationRerouted& e) {
    ShadowWorkflows::On(e);
    const bool anew = e.cause == RerouteCause::kReplied || e.cause == RerouteCause::kOrphanWrote;
    if (anew) s_.At(e.conversation).in_a_row = 0;
    const bool moves =
        e.action == RerouteAction::kNewTask || e.action == RerouteAction::kWaitForAgent;
    const TaskId live = s_.At(e.conversation).live;
    if (!moves || !live) return;
    s_.At(live).queue = e.queue;
    LeaveWorkflow(s_.At(live));
  }
  void On(const TaskUpdated& e) {
    ShadowTask& task = s_.At(e.task);
    s_.Expect(task.state == TaskState::kPending || task.state == TaskState::kReserved,
              "updated too late", e.task);
    task.queue = e.queue;
    LeaveWorkflow(task);
  }
  void On(const TaskWrapUp& e) {
    Move(e.task, {TaskState::kAssigned}, TaskState::kWrapping);
    ShadowTask& task = s_.At(e.task);
    const Duration most = s_.settings.For(task.medium).wrap_up_limit;
    task.limit = most > Duration::zero() ? at_ + most : kNever;
  }
  void On(const WrapUpExpired& e) {
    const ShadowTask& task = s_.At(e.task);
    s_.Expect(task.state == TaskState::kWrapping && task.limit == at_ && task.agent == e.agent,
              "wrap-up too long or too short", e.task);
  }
  void On(const TaskCompleted& e) {
    done_limit_ = s_.At(e.task).limit;
    s_.Expect(s_.At(e.task).agent == e.agent, "completed by another agent", e.task);
    Move(e.task, {TaskState::kAssigned, TaskState::kWrapping}, TaskState::kCompleted);
    End(e.task);
  }
  void On(const TaskCanceled& e) {
    const bool on_time = e.reason != CancelReason::kTtl || s_.At(e.task).limit == at_;
    s_.Expect(on_time && e.reason != CancelReason::kNone, "canceled", e.task);
    Move(e.task, {TaskState::kPending, TaskState::kReserved}, TaskState::kCanceled);
    End(e.task);
  }
  void Move(TaskId id, std::initializer_list<TaskState> from, TaskState to) {
    ShadowTask& task = s_.At(id);
    s_.Expect(std::ranges::count(from, task.state) == 1, "task states do not chain", id);
    s_.Expect(!IsOver(to) || task.offers.empty(), "ended with an open reservation", id);
    task.state = to;
  }
  void End(TaskId id) {
    ShadowTask& task = s_.At(id);
    ShadowConversation& c = s_.At(task.conversation);
    task.limit = at_ + s_.settings.task.retention;
    --c.open_tasks;
    if (c.live == id) c.live = TaskId{};
    if (c.invitation != id) return;
    c.invitation = TaskId{};
    failing_ = id;
  }

  // ---- Reservations ----
  void On(const ReservationCreated& e) {
    ShadowReservation* r = s_.reservations.Open(e.reservation);
    s_.Expect(r != nullptr, "a reservation's id was used before", e.reservation);
    if (r == nullptr) return;
    ShadowTask& task = s_.At(e.task);
    const bool more = task.state == TaskState::kReserved;
    s_.Expect(task.state == TaskState::kPending || more, "offered, and not pending", e.task);
    const size_t most = s_.queues[task.queue].rules.max_offers;
    s_.Expect(!more || task.offers.size() < most, "offered to too many", e.task);
    CheckOffer(e, task);
    *r = {e.task, e.agent, ReservationState::kPending, at_ + OfferTimeout(task)};
    task.state = TaskState::kReserved;
    task.offers.push_back(e.reservation);
    ++s_.At(e.agent).reservations;
    ++CountOf(*r);
  }
  // But for Assign, only a resumed conversation may be given to an agent who is not available; only
  // by force to one who is full.
  void CheckOffer(const ReservationCreated& e, const ShadowTask& task) {
    const auto* assign = CommandAs<Assign>();  // Whoever he is.
    const bool named = assign != nullptr && assign->agent == e.agent;
    if (named && assign->conversation == task.conversation) return;
    const ShadowAgent& agent = s_.At(e.agent);
    if (task.over_by == kUnlimited) return;  // Whatever he does.
    const bool has_room = s_.HasRoom(agent, task.medium, task.over_by);
    const ShadowConversation& c = s_.At(task.conversation);
    const bool there = std::ranges::count(s_.In(c), e.agent) != 0;
    s_.Expect(!there || !task.invitation, "who is there is invited", e.agent);
    const bool resumed = PreviousAs<TaskCreated>() != nullptr && c.owner == e.agent;
    const bool forced = s_.settings.pause.resume_at_capacity == ResumeAtCapacity::kForce;
    s_.Expect(has_room || (resumed && forced), "offered to an agent who is full", e.agent);
    if (resumed) return;
    s_.Expect(s_.IsAvailable(agent), "offered to an unavailable agent", e.agent);
    const bool fits = agent.skills.HasAll(s_.queues[task.queue].skills);
    s_.Expect(fits, "offered without the skills", e.agent);
  }
  uint32_t& CountOf(const ShadowReservation& r) {
    Capacity& capacity = s_.At(r.agent).media[static_cast<size_t>(s_.At(r.task).medium)];
    if (r.state == ReservationState::kAccepted) return capacity.accepted;
    return r.state == ReservationState::kWrapping ? capacity.wrapping : capacity.pending;
  }
  template <class E>
  void Change(const E& e, std::initializer_list<ReservationState> from, ReservationState to) {
    ShadowReservation& r = s_.At(e.reservation);
    s_.Expect(std::ranges::count(from, r.state) == 1, "reservation states do not chain",
              e.reservation);
    s_.Expect(r.task == e.task && r.agent == e.agent, "of another task", e.reservation);
    --CountOf(r);
    r.state = to;
    r.limit = kNever;
    if (!IsOver(to)) {
      ++CountOf(r);
      return;
    }
    --s_.At(e.agent).reservations;
    ShadowTask& task = s_.At(e.task);
    std::erase(task.offers, e.reservation);
    if (task.state == TaskState::kReserved && task.offers.empty()) task.state = TaskState::kPending;
    s_.reservations.Close(e.reservation);
  }
  using R = ReservationState;
  void On(const ReservationOnHold& e) {
    Change(e, {R::kPending}, R::kOnHold);
    s_.At(e.reservation).limit = at_ + s_.settings.reservation.hold_limit;
  }
  void On(const ReservationAccepted& e) {
    Change(e, {R::kPending, R::kOnHold}, R::kAccepted);
    ShadowTask& task = s_.At(e.task);
    task.state = TaskState::kAssigned;
    task.agent = e.agent;
    const Duration most = s_.settings.task.max_assigned;
    task.limit = most > Duration::zero() ? at_ + most : kNever;
  }
  void On(const ReservationWrapUp& e) { Change(e, {R::kAccepted}, R::kWrapping); }
  void On(const ReservationCompleted& e) { Change(e, {R::kAccepted, R::kWrapping}, R::kCompleted); }
  void On(const ReservationDeclined& e) { Change(e, {R::kPending}, R::kDeclined); }
  void On(const ReservationTimedOut& e) {
    s_.Expect(s_.At(e.reservation).limit == at_, "an offer ran out early or late", e.reservation);
    Change(e, {R::kPending}, R::kTimedOut);
  }
  void On(const ReservationCanceled& e) { Change(e, {R::kPending, R::kOnHold}, R::kCanceled); }
  void On(const ReservationRescinded& e) { Change(e, {R::kPending, R::kOnHold}, R::kRescinded); }
};

}  // namespace parley

#endif  // PARLEY_TESTS_SHADOW_EVENTS_H_
