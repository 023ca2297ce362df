// Skills, activities, queues and settings: commands that make and change the set-up.

#include <algorithm>
#include <string>

#include "model.h"
#include "parley/model/settings_fields.h"

namespace parley::model {

bool IsBadName(std::string_view name) {
  constexpr size_t kLongest = 64;
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; };
  return name.empty() || name.size() > kLongest || std::ranges::any_of(name, is_control);
}

namespace {

template <class Records>
bool IsTaken(const Records& records, std::string_view name) {
  return std::ranges::any_of(records, [&](const auto* r) { return r->name == name; });
}

template <class Records>
Refusal BadNew(const Records& records, std::string_view name, size_t count, size_t limit) {
  if (IsBadName(name)) return Refusal::kNameInvalid;
  if (IsTaken(records, name)) return Refusal::kNameTaken;
  return count >= limit ? Refusal::kLimitReached : Refusal::kNone;
}

}  // namespace

Refusal Model::BadSkills(const SkillSet& skills) const {
  Refusal bad = Refusal::kNone;
  skills.ForEach([&](SkillId id) {
    if (skills_.Find(id) == nullptr) bad = Refusal::kNotFound;
  });
  return bad;
}

Refused Model::Take(const AddSkill& command) {
  const Refusal bad = BadNew(skills_.All(), command.name, skills_.size(), settings_.limits.skills);
  if (bad != Refusal::kNone) return {bad};
  Skill& skill = skills_.Add();
  skill.name = command.name;
  Emit(SkillAdded{skill.id});
  return {};
}

Refused Model::Take(const AddActivity& command) {
  const Refusal bad =
      BadNew(activities_.All(), command.name, activities_.slots(), settings_.limits.activities);
  if (bad != Refusal::kNone) return {bad};
  Activity& activity = activities_.Add();
  activity.name = command.name;
  activity.available = command.available;
  Emit(ActivityAdded{activity.id, activity.available});
  return {};
}

Refused Model::Take(const RenameActivity& command) {
  if (const Refusal bad = Missing(activities_, command.activity); bad != Refusal::kNone) {
    return {bad};
  }
  Activity& activity = activities_[command.activity];
  if (IsBadName(command.name)) return {Refusal::kNameInvalid};
  if (activity.name != command.name && IsTaken(activities_.All(), command.name)) {
    return {Refusal::kNameTaken};
  }
  activity.name = command.name;
  Emit(ActivityRenamed{activity.id});
  return {};
}

Refused Model::Take(const RemoveActivity& command) {
  const ActivityId id = command.activity;
  if (const Refusal bad = Missing(activities_, id); bad != Refusal::kNone) return {bad};
  if (std::ranges::find(roles_, id) != roles_.end()) return {Refusal::kProtectedActivity};
  const auto agents = agents_.All();
  if (std::ranges::any_of(agents, [&](const Agent* a) { return a->activity == id; })) {
    return {Refusal::kInUse};
  }
  activities_.Retire(id);
  Emit(ActivityRemoved{id});
  return {};
}

Refused Model::Take(const SetActivityRole& command) {
  if (static_cast<size_t>(command.role) >= roles_.size()) return {Refusal::kOutOfRange};
  const bool none = command.role == ActivityRole::kTimeout && !command.activity;
  if (!none) {
    const Refusal bad = Missing(activities_, command.activity);
    if (bad != Refusal::kNone) return {bad};
    if (command.role == ActivityRole::kLogout && activities_[command.activity].available) {
      return {Refusal::kActivityAvailable};  // R-LO-10.
    }
  }
  const ActivityId activity = none ? ActivityId() : command.activity;
  roles_[static_cast<size_t>(command.role)] = activity;
  Emit(ActivityRoleSet{command.role, activity});
  return {};
}

namespace {

// The expressions of the rules; or where they are wrong.
Refused SetExpressions(Queue& queue, const QueueRules& rules) {
  auto at = ReadCondition(rules.agents, Scope::kAgent, queue.serves);
  if (!at && rules.agent_order == AgentOrder::kScore) {
    at = ReadScore(rules.by, queue.score);
  } else if (!at && rules.agent_order == AgentOrder::kOrderBy) {
    at = ReadOrderBy(rules.by, queue.listed);
  } else if (!at && !rules.by.empty()) {
    at = 0;  // Another order asks nothing.
  }
  if (at) return {Refusal::kExpressionInvalid, kUnlimited, *at};
  return {};
}

}  // namespace

Refused Model::BadRules(const QueueRules& rules) {
  const bool in_range = static_cast<size_t>(rules.order) < kTaskOrderNames.size() &&
                        static_cast<size_t>(rules.agent_order) < kAgentOrderNames.size() &&
                        rules.point_every >= Duration(1) && rules.point_every <= kDay &&
                        rules.credit >= 0 && rules.max_offers >= 1 &&
                        rules.max_offers <= kMostOffers && rules.target >= Duration::zero() &&
                        rules.target <= 14 * kDay && rules.warn_before >= Duration::zero() &&
                        rules.warn_before <= rules.target;
  if (!in_range) return {Refusal::kOutOfRange};
  Queue read;
  return SetExpressions(read, rules);
}

namespace {
void SetRules(Queue& queue, const SkillSet& skills, const QueueRules& rules) {
  queue.skills = skills;
  queue.rules = rules;
  queue.agents = rules.agents;
  queue.by = rules.by;
  queue.rules.agents = queue.agents;
  queue.rules.by = queue.by;
  SetExpressions(queue, rules);
}
}  // namespace

Refused Model::Take(const AddQueue& command) {
  if (const Refusal skill = BadSkills(command.skills); skill != Refusal::kNone) return {skill};
  if (const Refused rules = BadRules(command.rules); rules != Refused()) return rules;
  const Refusal bad = BadNew(queues_.All(), command.name, queues_.size(), settings_.limits.queues);
  if (bad != Refusal::kNone) return {bad};
  Queue& queue = queues_.Add();
  queue.name = command.name;
  SetRules(queue, command.skills, command.rules);
  Emit(QueueAdded{queue.id});
  return {};
}

Refused Model::Take(const UpdateQueue& command) {
  if (const Refusal bad = Missing(queues_, command.queue); bad != Refusal::kNone) return {bad};
  if (const Refusal skill = BadSkills(command.skills); skill != Refusal::kNone) return {skill};
  if (const Refused rules = BadRules(command.rules); rules != Refused()) return rules;
  Queue& queue = queues_[command.queue];
  SetRules(queue, command.skills, command.rules);
  Emit(QueueUpdated{queue.id});
  for (Task* task : tasks_.All()) {
    const bool open = task->state == TaskState::kPending || task->state == TaskState::kReserved;
    if (open && task->queue == queue.id) WatchLevelAnew(*task);
  }
  return {};
}

namespace {
bool Touches(const Course& course, QueueId id) {
  const auto is_it = [id](const Step& step) { return step.queue == id; };
  if (course.otherwise && is_it(*course.otherwise)) return true;
  return std::ranges::any_of(course.filters,
                             [&](const Filter& f) { return std::ranges::any_of(f.steps, is_it); });
}
}  // namespace

Refused Model::Take(const RemoveQueue& command) {
  const QueueId id = command.queue;
  if (const Refusal bad = Missing(queues_, id); bad != Refusal::kNone) return {bad};
  const auto has_it = [&](const Task* t) {
    return t->queue == id || (t->course && Touches(*t->course, id));
  };
  const bool used =
      std::ranges::any_of(tasks_.All(), has_it) ||
      std::ranges::any_of(conversations_.All(),
                          [&](const Conversation* c) { return c->queue == id; }) ||
      std::ranges::any_of(workflows_.All(),
                          [&](const Workflow* w) { return Touches(*w->course, id); });
  if (used) return {Refusal::kInUse};
  queues_.Remove(id);
  Emit(QueueRemoved{id});
  return {};
}

namespace {

template <class T>
bool IsInRange(const SettingInfo& info, const T& field) {
  if constexpr (std::is_same_v<T, bool>) {
    return true;
  } else if constexpr (std::is_same_v<T, MediumSet>) {
    return field.bits() < 1u << kMedia;
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<size_t>(field) < CountOf<T>();
  } else if constexpr (std::is_same_v<T, Duration>) {
    return field.count() >= info.min && field.count() <= info.max;
  } else if constexpr (std::is_integral_v<T>) {
    return int64_t{field} >= info.min && int64_t{field} <= info.max;
  } else {
    return std::ranges::all_of(field, [&](Duration d) { return IsInRange(info, d); });
  }
}

// Each shorter than the one before, none longer than the limit; 0: no more (R-HL, E-15).
bool MarksAreRight(const Settings& s) {
  Duration last = s.pause.limit * kDay;
  bool first = true;
  for (const Duration mark : s.pause.marks) {
    if (mark == Duration::zero()) {
      last = mark;
    } else if (first ? mark > last : mark >= last) {
      return false;
    } else {
      last = mark;
    }
    first = false;
  }
  return true;
}

// The number of the first field that is wrong.
uint32_t FirstWrong(const Settings& s) {
  uint32_t number = 0, wrong = kUnlimited;
  VisitSettings(s, [&](const SettingInfo& info, const auto& field) {
    bool right = IsInRange(info, field);
    if (info.name == "pause.marks") right = right && MarksAreRight(s);
    for (size_t m = 0; m < kMedia; ++m) {  // R-HC-01.
      if (static_cast<const void*>(&field) != &s.media[m].enabled) continue;
      right = !s.hipaa_required || !s.media[m].enabled || IsHipaaEligible(static_cast<Medium>(m));
    }
    if (!right && wrong == kUnlimited) wrong = number;
    ++number;
  });
  return wrong;
}

}  // namespace

Refused Model::Take(const ApplySettings& command) {
  const Settings& s = command.settings;
  if (const uint32_t wrong = FirstWrong(s); wrong != kUnlimited) {
    return {Refusal::kSettingsInvalid, wrong};
  }
  if (!s.leave_pause_entitled && (s.leave.enabled || s.pause.enabled)) {
    return {Refusal::kNotEntitled};  // R-CFG-12.
  }
  const bool enforced = settings_.logout.enforce;
  settings_ = s;
  Emit(SettingsApplied{});
  if (enforced == s.logout.enforce) return {};
  for (Agent* agent : agents_.All()) {  // E-29.
    if (s.logout.enforce && agent->presence == PresenceState::kAbsent) {
      agent->presence = PresenceState::kLost;
      agent->offline = Arm(now_ + s.logout.offline_threshold, Due::kThreshold, agent->id.value);
    } else if (!s.logout.enforce && agent->presence == PresenceState::kLost) {
      agent->presence = PresenceState::kAbsent;
      Disarm(agent->offline);
    }
  }
  return {};
}

}  // namespace parley::model
