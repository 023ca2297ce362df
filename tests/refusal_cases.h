// Commands out of place: about time and ids, about tasks, about leave and pause.

#ifndef PARLEY_TESTS_REFUSAL_CASES_H_
#define PARLEY_TESTS_REFUSAL_CASES_H_

#include <vector>

#include "refusal_case.h"

namespace parley {

using namespace std::chrono_literals;

inline constexpr uint32_t kFar = 1'000'000;  // No slot goes so far.

// An agent who has paused c@x, and who can take one email and takes another one.
inline Resume FullAgentResumes(World& w) {
  const AgentId ann = w.AddAvailable("ann");
  const ConversationId paused = w.ServeAndPause(ann, "c@x");
  w.Serve(ann, "d@x");
  return {paused, ann};
}

// Ann's client leaves, pauses and resumes nothing: it is too old.
inline Connect OldClient(AgentId agent) { return {agent, SessionId{7}, Version{2, 4, 0}}; }

inline const std::vector<RefusalCase>& AboutTimeAndIds() {
  static const std::vector<RefusalCase> cases = {
      {Refusal::kTimeWentBack, "the clock is a millisecond before the last command",
       [](World& w) {
         w.Pass(1s);
         w.clock().Pass(-1ms);
         return Command(Advance{});
       }},
      {Refusal::kTimeOutOfRange, "the clock is past the last instant",
       [](World& w) {
         w.clock().Set(kLastInstant + 1ms);
         return Command(Advance{});
       }},
      {Refusal::kTimeOutOfRange, "the clock is before the first instant",
       [](World& w) {
         w.clock().Set(kFirstInstant - 1ms);
         return Command(Advance{});
       }},
      {Refusal::kNotFound, "an offer was never made",
       [](World&) { return Accept{ReservationId::Make(kFar, 0)}; }},
      {Refusal::kGone, "an offer is accepted after it ran out",
       [](World& w) {
         w.AddAvailable("ann");
         w.Write("c@x");
         const auto offer = w.Only<ReservationCreated>().reservation;
         w.Do(Decline{.reservation = offer, .activity = {}});
         return Accept{offer};
       }},
      {Refusal::kGone, "a task has ended, and is still kept",
       [](World& w) {
         const ConversationId c = w.Write("c@x");
         const TaskId task = w.At(c).live_task;
         w.Do(CancelTask{task});
         return CancelTask{task};
       }},
      {Refusal::kGone, "a closed conversation that still wraps up is closed again",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.Serve(ann, "c@x");
         w.Do(Close{c, ParkMode::kWrapUp});
         return Close{c};
       }},
  };
  return cases;
}

inline const std::vector<RefusalCase>& AboutTasks() {
  static const std::vector<RefusalCase> cases = {
      {Refusal::kWrongState, "an assigned task is canceled",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return CancelTask{w.At(w.Serve(ann, "c@x")).live_task};
       }},
      {Refusal::kWrongState, "an offer is accepted twice",
       [](World& w) {
         w.AddAvailable("ann");
         w.Write("c@x");
         const auto offer = w.Only<ReservationCreated>().reservation;
         w.Do(Accept{offer});
         return Accept{offer};
       }},
      {Refusal::kWrongState, "the medium is ready of an offer that is not on hold",
       [](World& w) {
         w.AddAvailable("ann");
         w.Write("c@x");
         return MediaReady{w.Only<ReservationCreated>().reservation};
       }},
      {Refusal::kWrongState, "a conversation that is open becomes ready",
       [](World& w) { return ChannelReady{w.Write("c@x")}; }},
      {Refusal::kWrongState, "a task is made for a left conversation",
       [](World& w) {
         return CreateTask{.conversation = w.ServeAndLeave(w.AddAvailable("ann"), "c@x")};
       }},
      {Refusal::kWrongState, "nobody has the conversation that is to be left",
       [](World& w) { return Leave{w.Write("c@x")}; }},
      {Refusal::kNotOwner, "another agent replies",
       [](World& w) {
         const ConversationId c = w.Serve(w.AddAvailable("ann"), "c@x");
         return Reply{c, w.AddAvailable("bob")};
       }},
      {Refusal::kNotOwner, "another agent completes",
       [](World& w) {
         const ConversationId c = w.Serve(w.AddAvailable("ann"), "c@x");
         return Complete{w.At(c).live_task, w.AddAvailable("bob")};
       }},
      {Refusal::kNotOwner, "another agent resumes",
       [](World& w) {
         const ConversationId c = w.ServeAndPause(w.AddAvailable("ann"), "c@x");
         return Resume{c, w.AddAvailable("bob")};
       }},
      {Refusal::kReplyInWrapUp, "an agent replies after End",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.Serve(ann, "c@x");
         w.Do(End{c, ann});
         return Reply{c, ann};
       }},
      {Refusal::kHasLiveTask, "a second task is made",
       [](World& w) { return CreateTask{.conversation = w.Write("c@x")}; }},
      {Refusal::kNotAsked, "an answer to no question",
       [](World& w) { return IgnoreRouting{w.Write("c@x")}; }},
      {Refusal::kOutOfRange, "an agent transfers to himself",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Transfer{w.Serve(ann, "c@x"), ann, ann, {}};
       }},
      {Refusal::kOutOfRange, "a conversation is closed in a way that has no name",
       [](World& w) {
         return Close{w.Write("c@x"), static_cast<ParkMode>(7)};
       }},
  };
  return cases;
}

inline const std::vector<RefusalCase>& AboutLeaveAndPause() {
  static const std::vector<RefusalCase> cases = {
      {Refusal::kFeatureOff, "Leave is off",
       [](World& w) { return Leave{w.Serve(w.AddAvailable("ann"), "c@x")}; },
       [](Settings& s) { s.leave.enabled = false; }},
      {Refusal::kFeatureOff, "Pause is off",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Pause{w.Serve(ann, "c@x"), ann};
       },
       [](Settings& s) { s.pause.enabled = false; }},
      {Refusal::kNotInThisVersion, "the client is too old to leave an email",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         w.Do(OldClient(ann));
         return Leave{w.Serve(ann, "c@x"), ann, SessionId{7}};
       },
       [](Settings& s) { s.versions_gate = true; }},
      {Refusal::kNotInThisVersion, "a program pauses in 2.12.0",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         w.Do(Connect{ann, SessionId{7}, Version{2, 12, 0}});
         return Pause{w.Serve(ann, "c@x"), ann, SessionId{7}, true};
       },
       [](Settings& s) { s.versions_gate = true; }},
      {Refusal::kNotPaused, "a conversation is resumed that is not paused",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Resume{w.Serve(ann, "c@x"), ann};
       }},
      {Refusal::kAtCapacity, "a full agent resumes, and nobody else is to have it",
       [](World& w) { return FullAgentResumes(w); },
       [](Settings& s) { s.pause.resume_at_capacity = ResumeAtCapacity::kRefuse; }},
      {Refusal::kAgentUnavailable, "an agent resumes on his break",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.ServeAndPause(ann, "c@x");
         w.Do(AddActivity{"break"});
         w.Do(SetActivity{ann, w.engine().FindActivity("break")});
         return Resume{c, ann};
       },
       [](Settings& s) { s.pause.resume_requires_available = true; }},
      {Refusal::kAgentOffline, "a disconnected agent resumes",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.ServeAndPause(ann, "c@x");
         w.Do(Disconnect{ann, SessionId{1}});
         return Resume{c, ann};
       }},
      {Refusal::kAgentOffline, "a logged-out agent resumes",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         const ConversationId c = w.ServeAndPause(ann, "c@x");
         w.Do(Logout{ann});
         return Resume{c, ann};
       }},
      {Refusal::kTooManyPaused, "one pause more than an agent may hold",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         w.ServeAndPause(ann, "c@x");
         return Pause{w.Serve(ann, "d@x"), ann};
       },
       [](Settings& s) { s.pause.max_per_agent = 1; }},
      {Refusal::kNotConnected, "a client pauses that is not connected",
       [](World& w) {
         const AgentId ann = w.AddAvailable("ann");
         return Pause{w.Serve(ann, "c@x"), ann, SessionId{9}};
       }},
  };
  return cases;
}

}  // namespace parley

#endif  // PARLEY_TESTS_REFUSAL_CASES_H_
