// Floor 3 · model/command.h — everything that can be asked of the engine.
//
// A command is a plain value. Texts in it are views: they must live until Apply() returns. Each
// comment says what the command does and, after "Refuses:", with which reasons it is answered
// instead; kNotFound and kGone for an id that names nothing (any more) go without saying. Times
// and limits are those of Settings.

#ifndef PARLEY_MODEL_COMMAND_H_
#define PARLEY_MODEL_COMMAND_H_

#include <string_view>
#include <tuple>
#include <variant>

#include "parley/model/agent_command.h"
#include "parley/model/conversation_command.h"
#include "parley/model/setup_command.h"
#include "parley/model/supervisor_command.h"
#include "parley/model/task_command.h"
#include "parley/model/workflow_command.h"

namespace parley {

// Nothing new; only time has passed. Refused only by the clock.
struct Advance {
  friend bool operator==(const Advance&, const Advance&) = default;
  static constexpr std::string_view kName = "advance";
  static constexpr auto kFields = std::tuple();
};

using Command =
    std::variant<Advance, AddSkill, AddActivity, RenameActivity, RemoveActivity, SetActivityRole,
                 AddQueue, UpdateQueue, RemoveQueue, AddWorkflow, UpdateWorkflow, RemoveWorkflow,
                 ApplySettings, AddAgent, SetAgentSkills, SetAgentAttributes, RemoveAgent,
                 SetCapacity, SetBudget, SetMediumAvailable, Connect, Disconnect, SetActivity,
                 Logout, Message, OpenConversation, ChannelReady, ChannelFailed, Reply, Leave,
                 Pause, Resume, End, Transfer, Close, CreateTask, IgnoreRouting, UpdateTask,
                 CancelTask, Complete, Accept, Decline, MediaReady, MediaFailed, Reassign, Assign,
                 Invite, CancelInvite>;

}  // namespace parley

#endif  // PARLEY_MODEL_COMMAND_H_
