// Floor 3 · model/settings_fields.h — every field of Settings, with its name, meaning and range.
//
// One list, walked by the checks, the text form, the digest and the documentation: a field that is
// not here does not compile into any of them, and tests/settings_test.cc notices.
//
// Threads    Constants; read from anywhere.

#ifndef PARLEY_MODEL_SETTINGS_FIELDS_H_
#define PARLEY_MODEL_SETTINGS_FIELDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/model/settings.h"

namespace parley {

// One field of Settings, as documentation, checks and the text form see it. Every range includes
// both ends; booleans and enums have none.
struct SettingInfo {
  std::string_view name;
  std::string_view says;
  int64_t min = 0;
  int64_t max = 0;
};

// Calls visit(SettingInfo, field) for every field of `settings`, in one fixed order.
template <class S, class Visit>
constexpr void VisitSettings(S& settings, Visit visit);

// The fields, counted in visiting order. A refusal of settings names one of these numbers.
constexpr uint32_t CountSettings();
std::string_view SettingName(uint32_t number);

// ---- Only definitions below ------------------------------------------------------------------

namespace internal {

inline constexpr int64_t kHourMs = 3'600'000;
inline constexpr int64_t kDayMs = 24 * kHourMs;
inline constexpr int64_t kMany = kUnlimited;

// clang-format off
template <class S, class Visit>
constexpr void VisitParking(S& s, Visit& visit) {
  visit(SettingInfo{"leave.enabled", "agents may leave a conversation (R-CFG-01)"}, s.leave.enabled);
  visit(SettingInfo{"leave.routing", "what a reply after Leave does (R-CFG-05)"}, s.leave.routing);
  visit(SettingInfo{"leave.max_open", "how long a left conversation, or an orphan, waits for its customer (R-LV-09)", 1, 90 * kDayMs}, s.leave.max_open);
  visit(SettingInfo{"leave.mode", "how Leave ends the task (E-35)"}, s.leave.mode);
  visit(SettingInfo{"pause.enabled", "agents may pause a conversation (R-CFG-01)"}, s.pause.enabled);
  visit(SettingInfo{"pause.limit", "days until a paused conversation is reassigned (R-PX-02, R-PX-03)", 1, 14}, s.pause.limit);
  visit(SettingInfo{"pause.marks", "how long before the limit a mark is given, each shorter than the one before; at most the limit (R-HL-02, R-HL-03)", 0, 14 * kDayMs}, s.pause.marks);
  visit(SettingInfo{"pause.on_customer_message", "what a message does to a paused conversation; auto-resume only if its owner can take it (E-7)"}, s.pause.on_customer_message);
  visit(SettingInfo{"pause.resume_at_capacity", "what Resume does when the agent is full (E-9)"}, s.pause.resume_at_capacity);
  visit(SettingInfo{"pause.resume_wait", "how long wait-same-agent waits for him before anyone may have it; 0 for ever (E-9)", 0, 14 * kDayMs}, s.pause.resume_wait);
  visit(SettingInfo{"pause.resume_over_by", "how many tasks above his capacity force may give him", 0, kMany}, s.pause.resume_over_by);
  visit(SettingInfo{"pause.resume_requires_available", "Resume needs an available activity (E-8)"}, s.pause.resume_requires_available);
  visit(SettingInfo{"pause.max_per_agent", "paused conversations an agent may hold (E-42)", 1, kMany}, s.pause.max_per_agent);
  visit(SettingInfo{"pause.mode", "how Pause ends the task (E-2)"}, s.pause.mode);
  visit(SettingInfo{"pause.expired_priority_boost", "added to the priority when a pause runs out (E-38)", 0, INT32_MAX}, s.pause.expired_priority_boost);
  visit(SettingInfo{"pause.expired_keeps_age", "when a pause runs out the task keeps its place in line (E-10)"}, s.pause.expired_keeps_age);
  visit(SettingInfo{"custom_routing.timeout", "how long the host has to decide", 1, 7 * kDayMs}, s.custom_routing.timeout);
  visit(SettingInfo{"custom_routing.fallback", "what happens when the host is silent"}, s.custom_routing.fallback);
  visit(SettingInfo{"logout.enforce", "a disconnected agent is moved to the logout activity (R-LO-11)"}, s.logout.enforce);
  visit(SettingInfo{"logout.offline_threshold", "how long he must stay disconnected (R-LO-14, R-LO-15)", 0, kDayMs}, s.logout.offline_threshold);
  visit(SettingInfo{"logout.reject_pending", "offers are taken back at logout"}, s.logout.reject_pending);
  visit(SettingInfo{"logout.assigned_work", "what becomes of assigned and wrapping work (E-33)"}, s.logout.assigned_work);
  visit(SettingInfo{"logout.paused_work", "what becomes of paused work (E-34)"}, s.logout.paused_work);
  visit(SettingInfo{"logout.waiting_work", "what becomes of tasks that wait for him alone"}, s.logout.waiting_work);
  visit(SettingInfo{"logout.requeue_after", "how long after logout work is requeued", 0, 14 * kDayMs}, s.logout.requeue_after);
}

template <class S, class Visit>
constexpr void VisitWork(S& s, Visit& visit) {
  visit(SettingInfo{"reservation.timeout", "how long an offer stands (R-RV-03, R-RV-04)", 1, kDayMs}, s.reservation.timeout);
  visit(SettingInfo{"reservation.hold_limit", "how long media may take after an accept", 1, kDayMs}, s.reservation.hold_limit);
  visit(SettingInfo{"reservation.exclude_previous", "an agent who let an offer go is not asked again at once (E-37)"}, s.reservation.exclude_previous);
  visit(SettingInfo{"reservation.retry_after", "when he may be asked again, if nobody else can (E-37)", 0, kDayMs}, s.reservation.retry_after);
  visit(SettingInfo{"routing.first", "which kind of queue goes first for an agent who serves both; ageing counts as fifo"}, s.routing.first);
  visit(SettingInfo{"routing.wakes_per_minute", "tasks that wait for one agent alone and are offered to him within any 60 s; 0 for any number", 0, 1'000}, s.routing.wakes_per_minute);
  visit(SettingInfo{"answer.limit", "how long an agent may leave the customer without an answer; 0 for ever", 0, 14 * kDayMs}, s.answer.limit);
  visit(SettingInfo{"answer.max_takeaways", "how often a conversation is taken from an agent who does not answer, in a row", 0, 20}, s.answer.max_takeaways);
  visit(SettingInfo{"answer.backs_off", "each next agent has twice the time of the one before"}, s.answer.backs_off);
  visit(SettingInfo{"task.ttl", "how long a task may wait for an agent", 1, 14 * kDayMs}, s.task.ttl);
  visit(SettingInfo{"task.max_assigned", "how long a task may stay assigned; 0 for ever", 0, 14 * kDayMs}, s.task.max_assigned);
  visit(SettingInfo{"task.max_assignments", "offers of one task before it is canceled", 1, 1'000'000}, s.task.max_assignments);
  visit(SettingInfo{"task.retention", "how long an ended task can be looked up (E-23)", 0, kDayMs}, s.task.retention);
  visit(SettingInfo{"task.wrapping_uses_capacity", "wrap-up holds capacity (E-5)"}, s.task.wrapping_uses_capacity);
  visit(SettingInfo{"conversation.on_canceled", "what becomes of a conversation whose task was canceled (E-11)"}, s.conversation.on_canceled);
  visit(SettingInfo{"conversation.reopen_unanswered", "a message during wrap-up makes a new task at Complete (B8)"}, s.conversation.reopen_unanswered);
  visit(SettingInfo{"conversation.setup_limit", "how long a channel may be in setup", 1, kDayMs}, s.conversation.setup_limit);
  visit(SettingInfo{"conversation.max_reroutes", "new tasks in a row that nobody accepted, resumed, was assigned by hand or wrote in, before it is left inactive", 1, 1'000'000}, s.conversation.max_reroutes);
}

template <class S, class Visit>
constexpr void VisitMedia(S& s, Visit& visit) {
  for (size_t i = 0; i < kMedia; ++i) {
    constexpr std::array<std::string_view, kMedia> kEnabled = {
        "voice.enabled", "sms.enabled", "email.enabled", "web.enabled", "whatsapp.enabled",
        "chat.enabled", "messenger.enabled", "gbm.enabled", "custom.enabled"};
    constexpr std::array<std::string_view, kMedia> kCapacity = {
        "voice.capacity", "sms.capacity", "email.capacity", "web.capacity", "whatsapp.capacity",
        "chat.capacity", "messenger.capacity", "gbm.capacity", "custom.capacity"};
    constexpr std::array<std::string_view, kMedia> kAutoAccept = {
        "voice.auto_accept", "sms.auto_accept", "email.auto_accept", "web.auto_accept", "whatsapp.auto_accept",
        "chat.auto_accept", "messenger.auto_accept", "gbm.auto_accept", "custom.auto_accept"};
    constexpr std::array<std::string_view, kMedia> kWrapUpLimit = {
        "voice.wrap_up_limit", "sms.wrap_up_limit", "email.wrap_up_limit", "web.wrap_up_limit", "whatsapp.wrap_up_limit",
        "chat.wrap_up_limit", "messenger.wrap_up_limit", "gbm.wrap_up_limit", "custom.wrap_up_limit"};
    constexpr std::array<std::string_view, kMedia> kCost = {
        "voice.cost", "sms.cost", "email.cost", "web.cost", "whatsapp.cost",
        "chat.cost", "messenger.cost", "gbm.cost", "custom.cost"};
    constexpr std::array<std::string_view, kMedia> kInterruptedBy = {
        "voice.interrupted_by", "sms.interrupted_by", "email.interrupted_by", "web.interrupted_by",
        "whatsapp.interrupted_by", "chat.interrupted_by", "messenger.interrupted_by",
        "gbm.interrupted_by", "custom.interrupted_by"};
    constexpr std::array<std::string_view, kMedia> kGoesFirst = {
        "voice.goes_first", "sms.goes_first", "email.goes_first", "web.goes_first",
        "whatsapp.goes_first", "chat.goes_first", "messenger.goes_first", "gbm.goes_first",
        "custom.goes_first"};
    visit(SettingInfo{kEnabled[i], "new conversations on this medium are taken (R-HC-01)"}, s.media[i].enabled);
    visit(SettingInfo{kCapacity[i], "tasks at once of an agent added from now on", 0, 10'000}, s.media[i].capacity);
    visit(SettingInfo{kAutoAccept[i], "an offer is accepted for the agent at once (P4)"}, s.media[i].auto_accept);
    visit(SettingInfo{kWrapUpLimit[i], "how long a task may stay in wrap-up before it is completed; 0 for ever (P3)", 0, 14 * kDayMs}, s.media[i].wrap_up_limit);
    visit(SettingInfo{kCost[i], "what a task costs out of an agent's budget, if he has one", 0, 1'000'000}, s.media[i].cost);
    visit(SettingInfo{kInterruptedBy[i], "media whose tasks find room in a budget as if this medium used none"}, s.media[i].interrupted_by);
    visit(SettingInfo{kGoesFirst[i], "while a task of it waits for room in an agent's budget, he is offered nothing else that costs"}, s.media[i].goes_first);
  }
}

template <class S, class Visit>
constexpr void VisitAccount(S& s, Visit& visit) {
  visit(SettingInfo{"versions.gate", "clients of old versions are held to what they can do (R-VG)"}, s.versions_gate);
  visit(SettingInfo{"compliance.hipaa_required", "media that are not HIPAA eligible must be off (R-HC-01)"}, s.hipaa_required);
  visit(SettingInfo{"account.leave_pause_entitled", "the account may turn Leave and Pause on (R-CFG-12)"}, s.leave_pause_entitled);
  visit(SettingInfo{"limits.agents", "agents at one time", 0, 10'000'000}, s.limits.agents);
  visit(SettingInfo{"limits.queues", "queues at one time", 0, 1'000'000}, s.limits.queues);
  visit(SettingInfo{"limits.workflows", "workflows at one time", 0, 1'000'000}, s.limits.workflows);
  visit(SettingInfo{"limits.skills", "skills", 0, 256}, s.limits.skills);
  visit(SettingInfo{"limits.activities", "activities, removed ones included; one of them is Offline", 1, 1'000}, s.limits.activities);
  visit(SettingInfo{"limits.sessions_per_agent", "connections of one agent", 1, 1'000}, s.limits.sessions_per_agent);
  visit(SettingInfo{"limits.conversations", "conversations, closed ones that still wrap up included", 0, 1'000'000'000}, s.limits.conversations);
  visit(SettingInfo{"limits.tasks", "tasks, ended ones that are still kept included", 0, 1'000'000'000}, s.limits.tasks);
  visit(SettingInfo{"limits.messages_per_conversation", "messages in one history", 1, 1'000'000'000}, s.limits.messages_per_conversation);
  visit(SettingInfo{"limits.agents_per_conversation", "agents in one channel, with the one who is invited", 1, 1'000}, s.limits.agents_per_conversation);
  visit(SettingInfo{"simulation.day", "how long a day of pause.limit lasts; 24h in production (E-27)", 1, kDayMs}, s.day);
}
// clang-format on

}  // namespace internal

template <class S, class Visit>
constexpr void VisitSettings(S& settings, Visit visit) {
  internal::VisitParking(settings, visit);
  internal::VisitWork(settings, visit);
  internal::VisitMedia(settings, visit);
  internal::VisitAccount(settings, visit);
}

constexpr uint32_t CountSettings() {
  Settings settings;
  uint32_t count = 0;
  VisitSettings(settings, [&count](const SettingInfo&, const auto&) { ++count; });
  return count;
}

}  // namespace parley

#endif  // PARLEY_MODEL_SETTINGS_FIELDS_H_
