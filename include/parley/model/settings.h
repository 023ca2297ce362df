// Floor 3 · model/settings.h — everything that can be tuned, with its unit, range and default.
//
// Settings are one value: they are checked together and applied whole, at Create() and by the
// command ApplySettings. There is no half of a change. They live among the nouns because a command
// carries them.
//
//   Settings settings;
//   settings.leave.enabled = true;
//   settings.pause.limit = 3;                    // Days.
//   absl::Status status = Validate(settings);    // Names the field that is out of its range.
//
// What a change touches: deadlines stand as they were armed (R-PX-07, R-PX-08, E-29), parked
// conversations go on when their switch is turned off (E-28). Turning logout.enforce off stops the
// running thresholds, turning it on starts one for every agent who is disconnected. Whether
// wrap-up uses capacity counts at once, auto_accept from the next offer on. Limits hold for what is
// added after the change.
//
// Units      Durations in milliseconds, pause.limit in days, the rest counts.
// Errors     Validate() names the first field that is out of range.
// Threads    Plain values.

#ifndef PARLEY_MODEL_SETTINGS_H_
#define PARLEY_MODEL_SETTINGS_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "parley/base/describe.h"
#include "parley/base/time.h"
#include "parley/model/medium.h"

namespace parley {

inline constexpr Duration kDay = std::chrono::hours(24);
inline constexpr uint32_t kUnlimited = UINT32_MAX;

// What a customer's reply does after Leave, unless the reroute policy decides otherwise.
enum class LeaveRouting : uint8_t { kNewTask, kCustom };
inline constexpr std::array<std::string_view, 2> kLeaveRoutingNames = {"new-task", "custom"};
constexpr const auto& NamesOf(LeaveRouting) { return kLeaveRoutingNames; }

// What Leave and Pause do with the agent's task (E-2, E-35).
enum class ParkMode : uint8_t {
  kWrapUp,       // It goes to wrap-up and ends when the agent completes it.
  kCompleteNow,  // It is completed by the command itself.
};
inline constexpr std::array<std::string_view, 2> kParkModeNames = {"wrap-up", "complete-now"};
constexpr const auto& NamesOf(ParkMode) { return kParkModeNames; }

// What a customer's message does to a paused conversation, besides being kept (E-7).
enum class PausedMessage : uint8_t { kNotify, kAutoResume, kRequeue };
inline constexpr std::array<std::string_view, 3> kPausedMessageNames = {"notify", "auto-resume",
                                                                        "requeue"};
constexpr const auto& NamesOf(PausedMessage) { return kPausedMessageNames; }

// What Resume does when its agent is at capacity (R-RS-05, E-9).
enum class ResumeAtCapacity : uint8_t {
  kRoute,          // Ask the reroute policy; by default anyone in the queue may have it.
  kRefuse,         // Refuse, and stay paused.
  kWaitSameAgent,  // A new task waits until the same agent has room.
  kForce,          // Give it to the agent all the same.
};
inline constexpr std::array<std::string_view, 4> kResumeAtCapacityNames = {
    "route", "refuse", "wait-same-agent", "force"};
constexpr const auto& NamesOf(ResumeAtCapacity) { return kResumeAtCapacityNames; }

// What becomes of an agent's work when he is logged out (E-33, E-34).
enum class WorkAtLogout : uint8_t { kKeep, kRequeue };
inline constexpr std::array<std::string_view, 2> kWorkAtLogoutNames = {"keep", "requeue"};
constexpr const auto& NamesOf(WorkAtLogout) { return kWorkAtLogoutNames; }

// What becomes of an open conversation whose task was canceled (E-11).
enum class OnCanceled : uint8_t { kRequeue, kInactive, kClose, kEmitOnly };
inline constexpr std::array<std::string_view, 4> kOnCanceledNames = {"requeue", "inactive", "close",
                                                                     "emit-only"};
constexpr const auto& NamesOf(OnCanceled) { return kOnCanceledNames; }

// What happens when the host was asked where a conversation goes and did not answer in time.
enum class WhenSilent : uint8_t { kNewTask, kInactive, kClose };
inline constexpr std::array<std::string_view, 3> kWhenSilentNames = {"new-task", "inactive",
                                                                     "close"};
constexpr const auto& NamesOf(WhenSilent) { return kWhenSilentNames; }

// Which kind of queue comes first for an agent who serves both (c).
enum class FirstKind : uint8_t { kFifo, kLifo };
inline constexpr std::array<std::string_view, 2> kFirstKindNames = {"fifo", "lifo"};
constexpr const auto& NamesOf(FirstKind) { return kFirstKindNames; }

struct Settings {
  struct Leave {
    bool enabled = false;
    LeaveRouting routing = LeaveRouting::kNewTask;
    Duration max_open = 90 * kDay;
    ParkMode mode = ParkMode::kWrapUp;
    bool operator==(const Leave&) const = default;
  } leave;

  struct Pause {
    bool enabled = false;
    int32_t limit = 14;                                                               // Days.
    std::array<Duration, 4> marks = {std::chrono::hours(24), std::chrono::hours(1)};  // 0: none.
    PausedMessage on_customer_message = PausedMessage::kNotify;
    ResumeAtCapacity resume_at_capacity = ResumeAtCapacity::kRoute;
    Duration resume_wait = Duration::zero();  // Of kWaitSameAgent; 0: for ever.
    uint32_t resume_over_by = kUnlimited;     // Of kForce: how far above his capacity.
    bool resume_requires_available = false;
    uint32_t max_per_agent = kUnlimited;
    ParkMode mode = ParkMode::kCompleteNow;
    int32_t expired_priority_boost = 0;
    bool expired_keeps_age = false;
    bool operator==(const Pause&) const = default;
  } pause;

  struct CustomRouting {
    Duration timeout = std::chrono::seconds(30);
    WhenSilent fallback = WhenSilent::kNewTask;
    bool operator==(const CustomRouting&) const = default;
  } custom_routing;

  struct Logout {
    bool enforce = true;
    Duration offline_threshold = std::chrono::seconds(30);
    bool reject_pending = true;
    WorkAtLogout assigned_work = WorkAtLogout::kKeep;
    WorkAtLogout paused_work = WorkAtLogout::kKeep;
    WorkAtLogout waiting_work = WorkAtLogout::kRequeue;
    // For all three kinds of work, from the logout on. What waits for him alone goes to others then
    // at the latest, unless he is back before: then it waits as long as it would have.
    Duration requeue_after = std::chrono::minutes(5);
    bool operator==(const Logout&) const = default;
  } logout;

  struct Reservation {
    Duration timeout = std::chrono::seconds(120);
    Duration hold_limit = std::chrono::seconds(120);
    bool exclude_previous = true;
    Duration retry_after = std::chrono::seconds(30);
    bool operator==(const Reservation&) const = default;
  } reservation;

  struct Routing {
    FirstKind first = FirstKind::kFifo;
    uint32_t wakes_per_minute = 0;  // 0: any number.
    bool operator==(const Routing&) const = default;
  } routing;

  // An agent who does not answer the customer loses the conversation to another.
  struct Answer {
    Duration limit = Duration::zero();  // 0: none.
    uint32_t max_takeaways = 3;
    bool backs_off = true;
    bool operator==(const Answer&) const = default;
  } answer;

  struct Task {
    Duration ttl = kDay;
    Duration max_assigned = Duration::zero();  // 0: none.
    uint32_t max_assignments = 1000;
    Duration retention = std::chrono::minutes(5);
    bool wrapping_uses_capacity = true;
    bool operator==(const Task&) const = default;
  } task;

  struct Conversation {
    OnCanceled on_canceled = OnCanceled::kRequeue;
    bool reopen_unanswered = true;
    Duration setup_limit = std::chrono::seconds(120);
    uint32_t max_reroutes = 100;
    bool operator==(const Conversation&) const = default;
  } conversation;

  struct OneMedium {
    bool enabled = true;
    uint32_t capacity = 1;  // Of an agent who is added from now on.
    bool auto_accept = false;
    Duration wrap_up_limit = Duration::zero();  // 0: none.
    uint32_t cost = 1;           // Of one task, out of an agent's budget, if he has one.
    MediumSet interrupted_by{};  // Tasks of these media find room as if this one had none.
    bool goes_first = false;     // Who could take it on an emptier desk takes nothing else.
    bool operator==(const OneMedium&) const = default;
  };
  std::array<OneMedium, kMedia> media = {};

  bool versions_gate = false;
  bool hipaa_required = false;
  bool leave_pause_entitled = true;

  struct Limits {
    uint32_t agents = 15'000;
    uint32_t queues = 5'000;
    uint32_t workflows = 1'000;
    uint32_t skills = 256;
    uint32_t activities = 100;
    uint32_t sessions_per_agent = 8;
    uint32_t conversations = 20'000'000;
    uint32_t tasks = 20'000'000;
    uint32_t messages_per_conversation = 100'000;
    uint32_t agents_per_conversation = 16;
    bool operator==(const Limits&) const = default;
  } limits;

  // How long one day of pause.limit lasts. 24 h, except in a simulation that wants the deadlines
  // of weeks to race those of seconds.
  Duration day = kDay;

  bool operator==(const Settings&) const = default;

  const OneMedium& For(Medium medium) const { return media[static_cast<size_t>(medium)]; }
  OneMedium& For(Medium medium) { return media[static_cast<size_t>(medium)]; }
};

// The number (model/settings_fields.h) of the first field that is wrong; kUnlimited if none is.
// Cost: O(fields).
uint32_t FirstInvalidSetting(const Settings& settings);

// OK, or kInvalidArgument with the field, its value and its range. Cost: O(fields).
absl::Status Validate(const Settings& settings);

}  // namespace parley

#endif  // PARLEY_MODEL_SETTINGS_H_
