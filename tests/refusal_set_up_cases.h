// Commands out of place: about the set-up, about agents, about what a conversation begins with.

#ifndef PARLEY_TESTS_REFUSAL_SET_UP_CASES_H_
#define PARLEY_TESTS_REFUSAL_SET_UP_CASES_H_

#include <string>
#include <vector>

#include "refusal_case.h"

namespace parley {

inline const std::string& LongName() {
  static const std::string name(65, 'n');
  return name;
}
inline const std::string& LongAddress() {
  static const std::string address(321, 'a');
  return address;
}

inline const std::vector<RefusalCase>& AboutSetUp() {
  static const std::vector<RefusalCase> cases = {
      {Refusal::kNameInvalid, "a name is empty", [](World&) { return AddSkill{""}; }},
      {Refusal::kNameInvalid, "a name is too long",
       [](World&) {
         return AddQueue{LongName(), {}};
       }},
      {Refusal::kNameInvalid, "a name has a control character",
       [](World&) { return AddActivity{"tea\nbreak"}; }},
      {Refusal::kNameInvalid, "a name is not UTF-8",
       [](World&) { return AddAgent{"\xC3(", {}, {}}; }},
      {Refusal::kNameTaken, "two queues of one name",
       [](World&) {
         return AddQueue{"support", {}};
       }},
      {Refusal::kNameTaken, "an activity gets another's name",
       [](World&) {
         return RenameActivity{kAvailable, "Offline"};
       }},
      {Refusal::kNotFound, "a queue needs a skill that nobody made",
       [](World&) {
         SkillSet skills;
         skills.Add(SkillId::Make(3, 0));
         return AddQueue{"sales", skills};
       }},
      {Refusal::kInUse, "an activity is removed with an agent in it",
       [](World& w) {
         w.AddAvailable("ann");
         return RemoveActivity{kAvailable};
       }},
      {Refusal::kOutOfRange, "a queue asks nobody at a time",
       [](World&) {
         return AddQueue{"sales", {}, {.max_offers = 0}};
       }},
      {Refusal::kOutOfRange, "a queue asks more agents than can be asked",
       [](World& w) {
         return UpdateQueue{w.support(), {}, {.max_offers = kMostOffers + 1}};
       }},
      {Refusal::kOutOfRange, "a point is to be gained in no time",
       [](World&) {
         return AddQueue{"sales", {}, {.point_every = Duration(0)}};
       }},
      {Refusal::kExpressionInvalid, "a queue's expression has no end",
       [](World&) {
         return AddQueue{"sales", {}, {.agents = "level >"}};
       }},
      {Refusal::kExpressionInvalid, "a queue's score is no formula",
       [](World& w) {
         return UpdateQueue{w.support(), {}, {.agent_order = AgentOrder::kScore}};
       }},
      {Refusal::kExpressionInvalid, "a formula is given to an order that has none",
       [](World&) {
         return AddQueue{"sales", {}, {.by = "worker.level"}};
       }},
      {Refusal::kAttributesInvalid, "an agent's attributes are no object",
       [](World&) { return AddAgent{.name = "ann", .attributes = "[1]"}; }},
      {Refusal::kAttributesInvalid, "attributes name a key twice",
       [](World& w) {
         return SetAgentAttributes{w.AddAgentNamed("ann"), R"({"a":1,"a":2})"};
       }},
      {Refusal::kOutOfRange, "a budget is too large",
       [](World& w) {
         return SetBudget{w.AddAgentNamed("ann"), 1'000'001};
       }},
      {Refusal::kWorkflowInvalid, "a workflow is no JSON",
       [](World&) {
         return AddWorkflow{"w", "{"};
       }},
      {Refusal::kWorkflowInvalid, "a workflow leads nowhere",
       [](World&) {
         return AddWorkflow{"w", R"({"task_routing":{"filters":[]}})"};
       }},
      {Refusal::kNotFound, "a workflow names a queue that nobody made",
       [](World&) {
         return AddWorkflow{"w", R"({"task_routing":{"default_filter":{"queue":"none"}}})"};
       }},
      {Refusal::kOutOfRange, "a workflow's offers stand for more than a day",
       [](World&) {
         return AddWorkflow{"w", R"({"task_routing":{"default_filter":{"queue":"support"}}})",
                            kDay + Duration(1)};
       }},
      {Refusal::kInUse, "a workflow is removed with a conversation in it",
       [](World& w) {
         w.Do(AddWorkflow{"w", R"({"task_routing":{"default_filter":{"queue":"support"}}})"});
         const WorkflowId workflow = w.engine().FindWorkflow("w");
         w.Do(Message{Medium::kChat, "c@x", "shop", 1, {.workflow = workflow}});
         return RemoveWorkflow{workflow};
       }},
      {Refusal::kOutOfRange, "a route names a queue and a workflow",
       [](World& w) {
         w.Do(AddWorkflow{"w", R"({"task_routing":{"default_filter":{"queue":"support"}}})"});
         const WorkflowId workflow = w.engine().FindWorkflow("w");
         return Message{
             Medium::kChat, "c@x", "shop", 1, {.queue = w.support(), .workflow = workflow}};
       }},
      {Refusal::kInUse, "a queue is removed with a conversation in it",
       [](World& w) {
         w.Write("c@x");
         return RemoveQueue{w.support()};
       }},
      {Refusal::kProtectedActivity, "the logout activity is removed",
       [](World&) { return RemoveActivity{kOffline}; }},
      {Refusal::kActivityAvailable, "the logout activity is to be an available one",
       [](World&) {
         return SetActivityRole{ActivityRole::kLogout, kAvailable};
       }},
      {Refusal::kOutOfRange, "a role that has no name",
       [](World&) {
         return SetActivityRole{static_cast<ActivityRole>(9), kOffline};
       }},
      {Refusal::kSettingsInvalid, "settings with a pause of fifteen days",
       [](World& w) {
         ApplySettings command{w.engine().settings()};
         command.settings.pause.limit = 15;
         return command;
       }},
      {Refusal::kNotEntitled, "Leave for an account that may not have it",
       [](World& w) {
         ApplySettings command{w.engine().settings()};
         command.settings.leave_pause_entitled = false;
         return command;
       }},
      {Refusal::kLimitReached, "a queue too many",
       [](World&) {
         return AddQueue{"sales", {}};
       },
       [](Settings& s) { s.limits.queues = 1; }},
  };
  return cases;
}

inline const std::vector<RefusalCase>& AboutAgents() {
  static const std::vector<RefusalCase> cases = {
      {Refusal::kNameTaken, "two agents of one name",
       [](World& w) {
         w.AddAgentNamed("ann");
         return AddAgent{"ann", {}, {}};
       }},
      {Refusal::kActivityAvailable, "offers are rejected on the way to an available activity",
       [](World& w) {
         return SetActivity{w.AddAgentNamed("ann"), kAvailable, true};
       }},
      {Refusal::kOutOfRange, "a capacity above the highest",
       [](World& w) {
         return SetCapacity{w.AddAgentNamed("ann"), Medium::kChat, 10'001};
       }},
      {Refusal::kOutOfRange, "a medium that has no name",
       [](World& w) {
         return SetMediumAvailable{w.AddAgentNamed("ann"), static_cast<Medium>(kMedia), true};
       }},
      {Refusal::kOutOfRange, "session 0",
       [](World& w) {
         return Connect{w.AddAgentNamed("ann"), SessionId{0}, {}};
       }},
      {Refusal::kOutOfRange, "a disconnect for a reason that has no name",
       [](World& w) {
         return Disconnect{w.AddAvailable("ann"), SessionId{1}, static_cast<DisconnectReason>(6)};
       }},
      {Refusal::kAlreadyConnected, "a session connects twice",
       [](World& w) {
         return Connect{w.AddAvailable("ann"), SessionId{1}, {}};
       }},
      {Refusal::kNotConnected, "a session disconnects that never connected",
       [](World& w) {
         return Disconnect{w.AddAvailable("ann"), SessionId{2}};
       }},
      {Refusal::kNotADisconnect, "a computer is locked",
       [](World& w) {
         return Disconnect{w.AddAvailable("ann"), SessionId{1}, DisconnectReason::kLocked};
       }},
      {Refusal::kNotADisconnect, "a computer is left idle",
       [](World& w) {
         return Disconnect{w.AddAvailable("ann"), SessionId{1}, DisconnectReason::kIdle};
       }},
  };
  return cases;
}

inline const std::vector<RefusalCase>& AboutBeginnings() {
  static const std::vector<RefusalCase> cases = {
      {Refusal::kAlreadyOpen, "two conversations of the same addresses",
       [](World& w) {
         w.Write("c@x");
         return OpenConversation{Medium::kEmail, "c@x", "shop", Route{.queue = w.support()}};
       }},
      {Refusal::kQueueNeeded, "a first message without a queue",
       [](World&) {
         return Message{Medium::kEmail, "c@x", "shop", 1, {}};
       }},
      {Refusal::kMediumOff, "a first message on a medium that is off",
       [](World& w) {
         return Message{Medium::kSms, "c@x", "shop", 1, Route{.queue = w.support()}};
       },
       [](Settings& s) { s.For(Medium::kSms).enabled = false; }},
      {Refusal::kAddressInvalid, "nobody writes",
       [](World& w) {
         return Message{Medium::kEmail, "", "shop", 1, Route{.queue = w.support()}};
       }},
      {Refusal::kAddressInvalid, "an address is too long",
       [](World& w) {
         return Message{Medium::kEmail, "c@x", LongAddress(), 1, Route{.queue = w.support()}};
       }},
      {Refusal::kOutOfRange, "a medium that has no name",
       [](World& w) {
         return Message{static_cast<Medium>(200), "c@x", "shop", 1, Route{.queue = w.support()}};
       }},
      {Refusal::kOutOfRange, "a priority below 0",
       [](World& w) {
         return Message{Medium::kEmail, "c@x", "shop", 1,
                        Route{.queue = w.support(), .skills = {}, .priority = -1}};
       }},
      {Refusal::kLimitReached, "a message too many in one history",
       [](World& w) {
         w.Write("c@x");
         return Message{Medium::kEmail, "c@x", "shop", 2, {}};
       },
       [](Settings& s) { s.limits.messages_per_conversation = 1; }},
  };
  return cases;
}

}  // namespace parley

#endif  // PARLEY_TESTS_REFUSAL_SET_UP_CASES_H_
