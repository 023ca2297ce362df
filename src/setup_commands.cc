// src/setup_commands.cc — skills, activities, settings.

#include <algorithm>
#include <type_traits>

#include "commands.h"
#include "effects.h"
#include "eligibility.h"
#include "utf8.h"

namespace parley::internal {
namespace {

// The field that a settings refusal names.
bool IsAboutEntitlement(const Settings& settings) {
  return !settings.leave_pause_entitled && (settings.leave.enabled || settings.pause.enabled);
}

}  // namespace

Refusal CheckActivity(const State& s, ActivityId id) {
  if (s.FindActivity(id) != nullptr) return Refusal::kNone;
  const bool was = id && id.generation() == 0 && id.slot() < s.activities.size();
  return was ? Refusal::kGone : Refusal::kNotFound;
}

Refusal CheckSkills(const State& s, const SkillSet& skills) {
  return skills.end() <= s.skills.size() ? Refusal::kNone : Refusal::kNotFound;
}

Refusal CheckName(std::string_view name) {
  const bool plain = std::ranges::none_of(
      name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  const bool text = plain && Utf8Length(name) == name.size();  // Names go into JSON documents.
  return !name.empty() && name.size() <= kLongestName && text ? Refusal::kNone
                                                              : Refusal::kNameInvalid;
}

Refusal Check(const State&, const Advance&) { return Refusal::kNone; }
void Do(State&, const Advance&) {}

Refusal Check(const State& s, const AddSkill& command) {
  return CheckNewName(command.name, FindSkillByName(s, command.name), s.skills.size(),
                      s.settings.limits.skills);
}
void Do(State& s, const AddSkill& command) {
  const auto id = SkillId::Make(static_cast<uint32_t>(s.skills.size()), 0);
  s.skilled[id.slot()].Reserve(s.agents.slots());  // First: this may need memory.
  s.skills.emplace_back(command.name);
  s.Emit(SkillAdded{id});
}

Refusal Check(const State& s, const AddActivity& command) {
  return CheckNewName(command.name, FindActivityByName(s, command.name), s.activities.size(),
                      s.settings.limits.activities);
}
void Do(State& s, const AddActivity& command) {
  const auto id = ActivityId::Make(static_cast<uint32_t>(s.activities.size()), 0);
  s.activities.push_back({std::string(command.name), command.available, /*agents=*/0});
  s.Emit(ActivityAdded{id, command.available});
}

Refusal Check(const State& s, const RenameActivity& command) {
  if (const Refusal r = CheckActivity(s, command.activity); r != Refusal::kNone) return r;
  if (const Refusal r = CheckName(command.name); r != Refusal::kNone) return r;
  const ActivityId namesake = FindActivityByName(s, command.name);
  return namesake && namesake != command.activity ? Refusal::kNameTaken : Refusal::kNone;
}
void Do(State& s, const RenameActivity& command) {
  s.activities[command.activity.slot()].name = command.name;
  s.Emit(ActivityRenamed{command.activity});
  s.agents.ForEach([&](AgentId id, const Agent& agent) {
    if (agent.activity == command.activity) JudgeFickle(s, id);
  });
}

Refusal Check(const State& s, const RemoveActivity& command) {
  if (const Refusal r = CheckActivity(s, command.activity); r != Refusal::kNone) return r;
  if (std::ranges::count(s.roles, command.activity) > 0) return Refusal::kProtectedActivity;
  return s.activities[command.activity.slot()].agents > 0 ? Refusal::kInUse : Refusal::kNone;
}
void Do(State& s, const RemoveActivity& command) {
  s.activities[command.activity.slot()].name.clear();
  s.Emit(ActivityRemoved{command.activity});
}

Refusal Check(const State& s, const SetActivityRole& command) {
  if (!IsNamed(command.role)) return Refusal::kOutOfRange;
  if (command.role == ActivityRole::kTimeout && !command.activity) return Refusal::kNone;
  if (const Refusal r = CheckActivity(s, command.activity); r != Refusal::kNone) return r;
  const bool available = s.activities[command.activity.slot()].available;
  return command.role == ActivityRole::kLogout && available ? Refusal::kActivityAvailable
                                                            : Refusal::kNone;
}
void Do(State& s, const SetActivityRole& command) {
  s.roles[static_cast<size_t>(command.role)] =
      command.activity ? command.activity : ActivityId{};  // Any id of slot 0 is none.
  s.Emit(ActivityRoleSet{command.role, s.RoleOf(command.role)});
}

Refusal Check(const State&, const ApplySettings& command) {
  if (FirstInvalidSetting(command.settings) != kUnlimited) return Refusal::kSettingsInvalid;
  return IsAboutEntitlement(command.settings) ? Refusal::kNotEntitled : Refusal::kNone;
}
void Do(State& s, const ApplySettings& command) {
  static_assert(std::is_nothrow_copy_assignable_v<Settings>);
  const Settings old = s.settings;
  s.settings = command.settings;
  s.Emit(SettingsApplied{});
  const bool enforce = s.settings.logout.enforce;
  const bool recount = old.task.wrapping_uses_capacity != s.settings.task.wrapping_uses_capacity ||
                       old.media != s.settings.media;
  const bool rewake = old.routing.wakes_per_minute != s.settings.routing.wakes_per_minute;
  s.agents.ForEach([&](AgentId id, Agent& agent) {
    if (enforce && !old.logout.enforce && agent.presence == PresenceState::kAbsent) {
      s.Post(id, PresenceTrigger::kEnforceOn);
    }
    if (!enforce && agent.presence == PresenceState::kLost) {
      s.Post(id, PresenceTrigger::kEnforceOff);
    }
    if (recount) RecountAgent(s, id);
    if (rewake) Freshen(s, id);
  });
}

}  // namespace parley::internal
