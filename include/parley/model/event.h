// Floor 3 · model/event.h — everything that can have happened, in the past tense.
//
// An event is a plain value without texts, cheap to copy: names were given by the host and can be
// looked up. Its place in the stream is its number: the engine emits each event once, in order.

#ifndef PARLEY_MODEL_EVENT_H_
#define PARLEY_MODEL_EVENT_H_

#include <variant>

#include "parley/base/time.h"
#include "parley/model/conversation_event.h"
#include "parley/model/setup_event.h"
#include "parley/model/task_event.h"
#include "parley/model/workflow_event.h"

namespace parley {

using Happening = std::variant<
    SkillAdded, ActivityAdded, ActivityRenamed, ActivityRemoved, ActivityRoleSet, QueueAdded,
    QueueUpdated, QueueRemoved, WorkflowAdded, WorkflowUpdated, WorkflowRemoved, WorkflowWarning,
    SettingsApplied, AgentAdded, AgentSkillsChanged, AgentAttributesChanged, AgentRemoved,
    CapacityChanged, BudgetChanged, SessionOpened, SessionClosed, AgentConnected, AgentDisconnected,
    AgentReconnected, ActivityChanged, ConversationOpened, MessageAdded, ChannelChanged,
    ParticipantJoined, ParticipantLeft, LiveTaskChanged, InvitationFailed,
    CustomerMessageDuringWrapUp, ConversationRerouted, CustomRoutingRequested,
    CustomRoutingTimedOut, ConversationOrphaned, ConversationClosed, ConversationLeft,
    ConversationReactivated, LeaveExpired, TaskPaused, PauseExpiring, PauseExpired, TaskResumed,
    CustomerMessageWhilePaused, TaskCreated, WorkflowEntered, StepEntered, StepTimedOut,
    StepSkipped, WorkflowTimedOut, TaskQueued, TaskUpdated, TaskWrapUp, WrapUpExpired, AgentSilent,
    ServiceLevelAtRisk, ServiceLevelMissed, TaskCompleted, TaskCanceled, ReservationCreated,
    ReservationOnHold, ReservationAccepted, ReservationWrapUp, ReservationCompleted,
    ReservationDeclined, ReservationTimedOut, ReservationCanceled, ReservationRescinded, Refused>;

struct Event {
  Instant at{};  // When it happened; for a timer, its deadline, however late the host came.
  Happening what{};
  friend bool operator==(const Event&, const Event&) = default;
};

// The event as a T, or nullptr.
template <class T>
const T* As(const Event& event) {
  return std::get_if<T>(&event.what);
}

}  // namespace parley

#endif  // PARLEY_MODEL_EVENT_H_
