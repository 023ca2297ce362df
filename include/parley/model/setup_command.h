// Floor 3 · model/setup_command.h — commands that make and change the set-up.

#ifndef PARLEY_MODEL_SETUP_COMMAND_H_
#define PARLEY_MODEL_SETUP_COMMAND_H_

#include <cstdint>
#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/model/agent.h"
#include "parley/model/queue.h"
#include "parley/model/settings.h"
#include "parley/model/skill_set.h"

namespace parley {

// Makes a skill. Refuses: kNameInvalid, kNameTaken, kLimitReached.
struct AddSkill {
  std::string_view name{};
  friend bool operator==(const AddSkill&, const AddSkill&) = default;
  static constexpr std::string_view kName = "add-skill";
  static constexpr auto kFields = std::tuple(Arg("name", &AddSkill::name));
};

// Makes an activity; whether it is available never changes. Refuses: as AddSkill.
struct AddActivity {
  std::string_view name{};
  bool available = false;
  friend bool operator==(const AddActivity&, const AddActivity&) = default;
  static constexpr std::string_view kName = "add-activity";
  static constexpr auto kFields =
      std::tuple(Arg("name", &AddActivity::name), Opt("available", &AddActivity::available));
};

// Gives an activity another name; its id and roles stay (R-LO-08). Refuses: kNameInvalid,
// kNameTaken.
struct RenameActivity {
  ActivityId activity{};
  std::string_view name{};
  friend bool operator==(const RenameActivity&, const RenameActivity&) = default;
  static constexpr std::string_view kName = "rename-activity";
  static constexpr auto kFields =
      std::tuple(Arg("activity", &RenameActivity::activity), Arg("name", &RenameActivity::name));
};

// Refuses: kProtectedActivity for one with a role (R-LO-09), kInUse while an agent is in it.
struct RemoveActivity {
  ActivityId activity{};
  friend bool operator==(const RemoveActivity&, const RemoveActivity&) = default;
  static constexpr std::string_view kName = "remove-activity";
  static constexpr auto kFields = std::tuple(Arg("activity", &RemoveActivity::activity));
};

// Says which activity new agents start in (default), which one an agent who let an offer run out
// goes to (timeout; none: he stays where he is), and which one is for those who are logged out.
// Refuses: kActivityAvailable for an available logout activity (R-LO-10).
struct SetActivityRole {
  ActivityRole role = ActivityRole::kDefault;
  ActivityId activity{};
  friend bool operator==(const SetActivityRole&, const SetActivityRole&) = default;
  static constexpr std::string_view kName = "set-activity-role";
  static constexpr auto kFields =
      std::tuple(Arg("role", &SetActivityRole::role), Arg("activity", &SetActivityRole::activity));
};

// Makes a queue; only agents with all its skills, and who satisfy rules.agents, serve it.
// Refuses: as AddSkill; kNotFound, kOutOfRange, kExpressionInvalid.
struct AddQueue {
  std::string_view name{};
  SkillSet skills{};
  QueueRules rules{};
  friend bool operator==(const AddQueue&, const AddQueue&) = default;
  static constexpr std::string_view kName = "add-queue";
  static constexpr auto kFields =
      std::tuple(Arg("name", &AddQueue::name), Opt("skills", &AddQueue::skills),
                 Arg("rules", &AddQueue::rules));
};

// Changes what a queue needs and all its rules. Offers that stand are left to run; who waits is
// put in the new order. Refuses: as AddQueue, but for the name.
struct UpdateQueue {
  QueueId queue{};
  SkillSet skills{};
  QueueRules rules{};
  friend bool operator==(const UpdateQueue&, const UpdateQueue&) = default;
  static constexpr std::string_view kName = "update-queue";
  static constexpr auto kFields =
      std::tuple(Arg("queue", &UpdateQueue::queue), Opt("skills", &UpdateQueue::skills),
                 Arg("rules", &UpdateQueue::rules));
};

// Refuses: kInUse while a conversation that is not over, or still wraps up, or a task that is kept,
// belongs to it, or a workflow names it: the newest version, or one that such a task has.
struct RemoveQueue {
  QueueId queue{};
  friend bool operator==(const RemoveQueue&, const RemoveQueue&) = default;
  static constexpr std::string_view kName = "remove-queue";
  static constexpr auto kFields = std::tuple(Arg("queue", &RemoveQueue::queue));
};

// Applies all settings at once, or none (R-CFG-07). Refuses: kSettingsInvalid naming the field,
// kNotEntitled (R-CFG-12).
struct ApplySettings {
  Settings settings{};
  friend bool operator==(const ApplySettings&, const ApplySettings&) = default;
  static constexpr std::string_view kName = "settings";
  static constexpr auto kFields = std::tuple(Arg("settings", &ApplySettings::settings));
};

}  // namespace parley

#endif  // PARLEY_MODEL_SETUP_COMMAND_H_
