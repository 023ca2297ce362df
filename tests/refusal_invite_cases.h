// Commands out of place: where several agents are in one channel, or are to be.

#ifndef PARLEY_TESTS_REFUSAL_INVITE_CASES_H_
#define PARLEY_TESTS_REFUSAL_INVITE_CASES_H_

#include <vector>

#include "refusal_case.h"

namespace parley {

// ann has it, and bob has joined.
inline ConversationId ServeByTwo(World& w, AgentId ann, AgentId bob) {
  const ConversationId c = w.Serve(ann, "c@x");
  w.Do(Invite{c, ann, bob, {}});
  w.AcceptNewest(bob);
  return c;
}

inline const std::vector<RefusalCase>& AboutInvitations() {
  static const std::vector<RefusalCase> cases = {
      {Refusal::kSeveralAgents, "one of two pauses",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Pause{ServeByTwo(w, ann, w.AddAvailable("bob")), ann};
       }},
      {Refusal::kSeveralAgents, "one of two transfers",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Transfer{ServeByTwo(w, ann, w.AddAvailable("bob")), ann, {}, {}};
       }},
      {Refusal::kSeveralAgents, "the host leaves for two",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Leave{ServeByTwo(w, ann, w.AddAvailable("bob"))};
       }},
      {Refusal::kSeveralAgents, "it is taken from two",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Reassign{ServeByTwo(w, ann, w.AddAvailable("bob")), {}, {}};
       }},
      {Refusal::kAlreadyInvited, "a second invitation",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.Serve(ann, "c@x");
         w.Do(Invite{c, ann, w.AddAvailable("bob"), {}});
         return Invite{c, ann, {}, {}};
       }},
      {Refusal::kAlreadyWithAgent, "he has it already",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Invite{w.Serve(ann, "c@x"), {}, ann, {}};
       }},
      {Refusal::kAlreadyWithAgent, "he has joined already",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const AgentId bob = w.AddAvailable("bob");
         return Invite{ServeByTwo(w, ann, bob), ann, bob, {}};
       }},
      {Refusal::kNotQualified, "he does not serve the queue",
       [](World& w) {
         const ConversationId c = w.Serve(w.AddAvailable("ann"), "c@x");
         const QueueId french = w.AddQueueNamed("french", w.AddSkillNamed("fr"));
         return Invite{c, {}, w.AddAvailable("bob"), {.queue = french}};
       }},
      {Refusal::kNotQualified, "he lacks a skill of the route",
       [](World& w) {
         const ConversationId c = w.Serve(w.AddAvailable("ann"), "c@x");
         const SkillSet skills = w.AddSkillNamed("fr");
         return Invite{c, {}, w.AddAvailable("bob"), {.skills = skills}};
       }},
      {Refusal::kNotOwner, "who is not there invites",
       [](World& w) {
         const ConversationId c = w.Serve(w.AddAvailable("ann"), "c@x");
         return Invite{c, w.AddAvailable("bob"), {}, {}};
       }},
      {Refusal::kNotOwner, "who is not there takes it back",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const AgentId bob = w.AddAvailable("bob");
         const ConversationId c = w.Serve(ann, "c@x");
         w.Do(Invite{c, ann, bob, {}});
         return CancelInvite{c, bob};
       }},
      {Refusal::kNotInvited, "nobody is invited",
       [](World& w) { return CancelInvite{w.Serve(w.AddAvailable("ann"), "c@x"), {}}; }},
      {Refusal::kWrongState, "a supervisor invites to what still waits",
       [](World& w) { return Invite{w.Write("c@x"), {}, {}, {}}; }},
      {Refusal::kWrongState, "a supervisor invites to a wrap-up",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.Serve(ann, "c@x");
         w.Do(End{c, ann});
         return Invite{c, {}, {}, {}};
       }},
      {Refusal::kWrongState, "an invitation is sent elsewhere",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.Serve(ann, "c@x");
         w.Do(Invite{c, ann, {}, {}});
         return UpdateTask{w.At(c).invitation, {.queue = w.support()}};
       }},
      {Refusal::kGone, "a supervisor invites to what is closed",
       [](World& w) {
         const ConversationId c = w.Serve(w.AddAvailable("ann"), "c@x");
         w.Do(Close{c, ParkMode::kWrapUp});
         return Invite{c, {}, {}, {}};
       }},
      {Refusal::kGone, "an invitation to what is closed is taken back",
       [](World& w) {
         const ConversationId c = w.Serve(w.AddAvailable("ann"), "c@x");
         w.Do(Close{c, ParkMode::kWrapUp});
         return CancelInvite{c, {}};
       }},
      {Refusal::kOutOfRange, "an invitation changes the attributes",
       [](World& w) {
         const ConversationId c = w.Serve(w.AddAvailable("ann"), "c@x");
         return Invite{c, {}, {}, {.attributes = R"({"a":1})"}};
       }},
      {Refusal::kLimitReached, "there is no room for the task of an invitation",
       [](World& w) { return Invite{w.Serve(w.AddAvailable("ann"), "c@x"), {}, {}, {}}; },
       [](Settings& s) { s.limits.tasks = 1; }},
      {Refusal::kLimitReached, "no more agents may be in the channel",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Invite{ServeByTwo(w, ann, w.AddAvailable("bob")), ann, {}, {}};
       },
       [](Settings& s) { s.limits.agents_per_conversation = 2; }},
  };
  return cases;
}

}  // namespace parley

#endif  // PARLEY_TESTS_REFUSAL_INVITE_CASES_H_
