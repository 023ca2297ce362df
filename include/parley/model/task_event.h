// Floor 3 · model/task_event.h — what happened to tasks and offers.

#ifndef PARLEY_MODEL_TASK_EVENT_H_
#define PARLEY_MODEL_TASK_EVENT_H_

#include <cstdint>
#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/medium.h"
#include "parley/model/refusal.h"
#include "parley/model/settings.h"
#include "parley/model/task.h"

namespace parley {

// ---- Tasks and reservations ------------------------------------------------------------------

// With `invitation`, it is beside the live task; whoever accepts it joins (E-36).
struct TaskCreated {
  TaskId task{};
  ConversationId conversation{};
  QueueId queue{};
  Medium medium = Medium::kVoice;
  TaskId previous{};
  int32_t priority = 0;
  bool invitation = false;
  friend bool operator==(const TaskCreated&, const TaskCreated&) = default;
  static constexpr std::string_view kName = "TaskCreated";
  static constexpr auto kFields =
      std::tuple(Arg("task", &TaskCreated::task), Arg("conversation", &TaskCreated::conversation),
                 Arg("queue", &TaskCreated::queue), Arg("medium", &TaskCreated::medium),
                 Opt("previous", &TaskCreated::previous), Opt("priority", &TaskCreated::priority),
                 Opt("invitation", &TaskCreated::invitation));
};

// It waits in the line of `queue`; with `agent`, for him alone (until `until`, if given).
struct TaskQueued {
  TaskId task{};
  QueueId queue{};
  AgentId agent{};
  Instant until{};
  int32_t priority = 0;
  uint32_t over_by = 0;  // Of a task for one agent: so far above his capacity.
  friend bool operator==(const TaskQueued&, const TaskQueued&) = default;
  static constexpr std::string_view kName = "TaskQueued";
  static constexpr auto kFields =
      std::tuple(Arg("task", &TaskQueued::task), Arg("queue", &TaskQueued::queue),
                 Opt("agent", &TaskQueued::agent), Opt("until", &TaskQueued::until),
                 Opt("priority", &TaskQueued::priority), Opt("over-by", &TaskQueued::over_by));
};

struct TaskUpdated {
  TaskId task{};
  QueueId queue{};
  int32_t priority = 0;
  friend bool operator==(const TaskUpdated&, const TaskUpdated&) = default;
  static constexpr std::string_view kName = "TaskUpdated";
  static constexpr auto kFields =
      std::tuple(Arg("task", &TaskUpdated::task), Arg("queue", &TaskUpdated::queue),
                 Opt("priority", &TaskUpdated::priority));
};

struct TaskWrapUp {
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const TaskWrapUp&, const TaskWrapUp&) = default;
  static constexpr std::string_view kName = "TaskWrapUp";
  static constexpr auto kFields =
      std::tuple(Arg("task", &TaskWrapUp::task), Arg("agent", &TaskWrapUp::agent));
};

// It was in wrap-up for X.wrap_up_limit of its medium, and is completed now.
struct WrapUpExpired {
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const WrapUpExpired&, const WrapUpExpired&) = default;
  static constexpr std::string_view kName = "WrapUpExpired";
  static constexpr auto kFields =
      std::tuple(Arg("task", &WrapUpExpired::task), Arg("agent", &WrapUpExpired::agent));
};

// The task has waited for so long that its queue's service level will be missed at `at`. Told once,
// but for a task whose queue or age changes, and for all when the queue's rules change.
struct ServiceLevelAtRisk {
  TaskId task{};
  QueueId queue{};
  Instant at{};
  friend bool operator==(const ServiceLevelAtRisk&, const ServiceLevelAtRisk&) = default;
  static constexpr std::string_view kName = "ServiceLevelAtRisk";
  static constexpr auto kFields =
      std::tuple(Arg("task", &ServiceLevelAtRisk::task), Arg("queue", &ServiceLevelAtRisk::queue),
                 Arg("at", &ServiceLevelAtRisk::at));
};
// ... or is missed now: nobody accepted it within rules.target of its age.
struct ServiceLevelMissed {
  TaskId task{};
  QueueId queue{};
  friend bool operator==(const ServiceLevelMissed&, const ServiceLevelMissed&) = default;
  static constexpr std::string_view kName = "ServiceLevelMissed";
  static constexpr auto kFields =
      std::tuple(Arg("task", &ServiceLevelMissed::task), Arg("queue", &ServiceLevelMissed::queue));
};

// The agent has left the customer without an answer for as long as he may (answer.limit). `taken`:
// the conversation goes to another now; else it was taken too often already, and stays.
struct AgentSilent {
  TaskId task{};
  AgentId agent{};
  bool taken = false;
  friend bool operator==(const AgentSilent&, const AgentSilent&) = default;
  static constexpr std::string_view kName = "AgentSilent";
  static constexpr auto kFields =
      std::tuple(Arg("task", &AgentSilent::task), Arg("agent", &AgentSilent::agent),
                 Opt("taken", &AgentSilent::taken));
};

struct TaskCompleted {
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const TaskCompleted&, const TaskCompleted&) = default;
  static constexpr std::string_view kName = "TaskCompleted";
  static constexpr auto kFields =
      std::tuple(Arg("task", &TaskCompleted::task), Arg("agent", &TaskCompleted::agent));
};

struct TaskCanceled {
  TaskId task{};
  CancelReason reason = CancelReason::kNone;
  friend bool operator==(const TaskCanceled&, const TaskCanceled&) = default;
  static constexpr std::string_view kName = "TaskCanceled";
  static constexpr auto kFields =
      std::tuple(Arg("task", &TaskCanceled::task), Arg("reason", &TaskCanceled::reason));
};

// The agent is asked; but if ReservationAccepted follows in the same step, as in Resume, he has it
// already.
struct ReservationCreated {
  ReservationId reservation{};
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const ReservationCreated&, const ReservationCreated&) = default;
  static constexpr std::string_view kName = "ReservationCreated";
  static constexpr auto kFields =
      std::tuple(Arg("reservation", &ReservationCreated::reservation),
                 Arg("task", &ReservationCreated::task), Arg("agent", &ReservationCreated::agent));
};

struct ReservationOnHold {
  ReservationId reservation{};
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const ReservationOnHold&, const ReservationOnHold&) = default;
  static constexpr std::string_view kName = "ReservationOnHold";
  static constexpr auto kFields =
      std::tuple(Arg("reservation", &ReservationOnHold::reservation),
                 Arg("task", &ReservationOnHold::task), Arg("agent", &ReservationOnHold::agent));
};

struct ReservationAccepted {
  ReservationId reservation{};
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const ReservationAccepted&, const ReservationAccepted&) = default;
  static constexpr std::string_view kName = "ReservationAccepted";
  static constexpr auto kFields = std::tuple(Arg("reservation", &ReservationAccepted::reservation),
                                             Arg("task", &ReservationAccepted::task),
                                             Arg("agent", &ReservationAccepted::agent));
};

// When ReservationCompleted follows in the same step, as in Pause, it is over already.
struct ReservationWrapUp {
  ReservationId reservation{};
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const ReservationWrapUp&, const ReservationWrapUp&) = default;
  static constexpr std::string_view kName = "ReservationWrapUp";
  static constexpr auto kFields =
      std::tuple(Arg("reservation", &ReservationWrapUp::reservation),
                 Arg("task", &ReservationWrapUp::task), Arg("agent", &ReservationWrapUp::agent));
};

struct ReservationCompleted {
  ReservationId reservation{};
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const ReservationCompleted&, const ReservationCompleted&) = default;
  static constexpr std::string_view kName = "ReservationCompleted";
  static constexpr auto kFields = std::tuple(Arg("reservation", &ReservationCompleted::reservation),
                                             Arg("task", &ReservationCompleted::task),
                                             Arg("agent", &ReservationCompleted::agent));
};

struct ReservationDeclined {
  ReservationId reservation{};
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const ReservationDeclined&, const ReservationDeclined&) = default;
  static constexpr std::string_view kName = "ReservationDeclined";
  static constexpr auto kFields = std::tuple(Arg("reservation", &ReservationDeclined::reservation),
                                             Arg("task", &ReservationDeclined::task),
                                             Arg("agent", &ReservationDeclined::agent));
};

struct ReservationTimedOut {
  ReservationId reservation{};
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const ReservationTimedOut&, const ReservationTimedOut&) = default;
  static constexpr std::string_view kName = "ReservationTimedOut";
  static constexpr auto kFields = std::tuple(Arg("reservation", &ReservationTimedOut::reservation),
                                             Arg("task", &ReservationTimedOut::task),
                                             Arg("agent", &ReservationTimedOut::agent));
};

struct ReservationCanceled {
  ReservationId reservation{};
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const ReservationCanceled&, const ReservationCanceled&) = default;
  static constexpr std::string_view kName = "ReservationCanceled";
  static constexpr auto kFields = std::tuple(Arg("reservation", &ReservationCanceled::reservation),
                                             Arg("task", &ReservationCanceled::task),
                                             Arg("agent", &ReservationCanceled::agent));
};

struct ReservationRescinded {
  ReservationId reservation{};
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const ReservationRescinded&, const ReservationRescinded&) = default;
  static constexpr std::string_view kName = "ReservationRescinded";
  static constexpr auto kFields = std::tuple(Arg("reservation", &ReservationRescinded::reservation),
                                             Arg("task", &ReservationRescinded::task),
                                             Arg("agent", &ReservationRescinded::agent));
};

// ---- Refusals --------------------------------------------------------------------------------

// The command changed nothing. `setting` numbers a field (SettingName()) when it is about one; `at`
// is the byte of a text in the command at which it is wrong.
struct Refused {
  Refusal reason = Refusal::kNone;
  uint32_t setting = kUnlimited;
  uint32_t at = kUnlimited;
  friend bool operator==(const Refused&, const Refused&) = default;
  static constexpr std::string_view kName = "Refused";
  static constexpr auto kFields = std::tuple(
      Arg("reason", &Refused::reason), Opt("setting", &Refused::setting), Opt("at", &Refused::at));
};

}  // namespace parley

#endif  // PARLEY_MODEL_TASK_EVENT_H_
