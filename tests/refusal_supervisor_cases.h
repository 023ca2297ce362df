// Commands out of place: what a supervisor cannot do.

#ifndef PARLEY_TESTS_REFUSAL_SUPERVISOR_CASES_H_
#define PARLEY_TESTS_REFUSAL_SUPERVISOR_CASES_H_

#include <vector>

#include "refusal_cases.h"

namespace parley {

inline const std::vector<RefusalCase>& AboutSupervisors() {
  static const std::vector<RefusalCase> cases = {
      {Refusal::kWrongState, "what waits is reassigned",
       [](World& w) { return Reassign{w.Write("c@x"), {}, {}}; }},
      {Refusal::kWrongState, "a channel in setup is reassigned",
       [](World& w) {
         w.Do(OpenConversation{Medium::kVoice, "c", "shop", Route{.queue = w.support()}});
         return Reassign{w.Only<ConversationOpened>().conversation, {}, {}};
       }},
      {Refusal::kWrongState, "a channel in setup is assigned",
       [](World& w) {
         w.Do(OpenConversation{Medium::kVoice, "c", "shop", Route{.queue = w.support()}});
         const auto c = w.Only<ConversationOpened>().conversation;
         return Assign{c, w.AddAvailable("ann")};
       }},
      {Refusal::kWrongState, "what one agent has is assigned to another",
       [](World& w) {
         const ConversationId c = w.Serve(w.AddAvailable("ann"), "c@x");
         return Assign{c, w.AddAvailable("bob")};
       }},
      {Refusal::kAlreadyWithAgent, "it is reassigned to him who has it",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Reassign{w.Serve(ann, "c@x"), ann, {}};
       }},
      {Refusal::kAlreadyWithAgent, "it is assigned to him who has it",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Assign{w.Serve(ann, "c@x"), ann};
       }},
      {Refusal::kAlreadyWithAgent, "it is assigned to him whose medium is being set up",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.Write("c@x");
         w.Do(Accept{w.Only<ReservationCreated>().reservation, true});
         return Assign{c, ann};
       }},
      {Refusal::kGone, "it is assigned to an agent who was removed",
       [](World& w) {
         const AgentId ann = w.AddAgentNamed("ann");
         w.Do(RemoveAgent{ann});
         return Assign{w.Write("c@x"), ann};
       }},
      {Refusal::kGone, "it is closed, and only wraps up",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.Serve(ann, "c@x");
         w.Do(Close{c, ParkMode::kWrapUp});
         return Reassign{c, {}, {}};
       }},
      {Refusal::kGone, "a closed one is assigned",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.Serve(ann, "c@x");
         w.Do(Close{c, ParkMode::kWrapUp});
         return Assign{c, ann};
       }},
      {Refusal::kLimitReached, "there is no room for the task of a reassigned conversation",
       [](World& w) { return Reassign{w.ServeAndLeave(w.AddAvailable("ann"), "c@x"), {}, {}}; },
       [](Settings& s) { s.limits.tasks = 1; }},
      {Refusal::kLimitReached, "there is no room for the task of an assigned conversation",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Assign{w.ServeAndLeave(ann, "c@x"), ann};
       },
       [](Settings& s) { s.limits.tasks = 1; }},
  };
  return cases;
}

}  // namespace parley

#endif  // PARLEY_TESTS_REFUSAL_SUPERVISOR_CASES_H_
