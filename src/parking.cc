// src/parking.cc — what the channel's orders about Leave and Pause do.

#include <utility>

#include "capacity.h"
#include "commands.h"
#include "effects.h"
#include "lists.h"
#include "returning.h"

namespace parley::internal {
namespace {

// The next mark, or the end of the pause.
void ArmPause(State& s, ConversationId id, Conversation& c) {
  PARLEY_CHECK(c.state == ChannelState::kPause && c.limit == TimerId{});
  const auto& marks = s.terms[c.terms].marks;
  const bool marked = c.marks_given < marks.size() && marks[c.marks_given] > Duration::zero();
  const Instant next = marked ? c.deadline - marks[c.marks_given] : c.deadline;
  c.limit = s.Arm(next, Timer::kConversation, id.slot());
}

// R-VG-04: nobody is told whose every client is too old to show it.
bool IsShown(const State& s, const Agent& owner) {
  if (!s.settings.versions_gate || owner.sessions.empty()) return true;
  for (const Session& session : owner.sessions) {
    if (ShowsReassignment(session.version)) return true;
  }
  return false;
}

}  // namespace

// He has room, or as much above it as he may be given by force.
bool CanTakeBack(const State& s, const Conversation& c) {
  const auto& rule = s.settings.pause;
  const bool forced = rule.resume_at_capacity == ResumeAtCapacity::kForce;
  const Agent& owner = s.agents[c.owner];
  if (forced && rule.resume_over_by == kUnlimited) return true;
  return HasRoomOver(s, owner, c.medium, forced ? rule.resume_over_by : 0);
}

void StartLeave(State& s, ConversationId id, Conversation& c) {
  PARLEY_CHECK(!c.live_task && !c.asked && c.limit == TimerId{});
  ForgetSilent(s, c);
  c.orphan = false;
  c.parked_at = s.time;
  c.deadline = s.time + s.settings.leave.max_open;
  c.limit = s.Arm(c.deadline, Timer::kConversation, id.slot());
  s.conversations.MayClose(id);
  s.Emit(ConversationLeft{id, c.last_agent, c.deadline});
}

void StartPause(State& s, ConversationId id, Conversation& c) {
  PARLEY_CHECK(!c.live_task && !c.participant && !c.owner && c.terms == UINT32_MAX);
  ForgetSilent(s, c);
  c.owner = c.last_agent;
  c.unread = 0;
  c.parked_at = s.time;
  c.deadline = s.time + s.settings.pause.limit * s.settings.day;
  c.marks_given = 0;
  c.terms = TakeTerms(s, s.settings.pause.marks);
  const PauseId pause = s.pauses.Add();
  s.pauses[pause].conversation = id;
  c.pause = pause.slot();
  PausedList(s).PushBack(s.agents[c.owner].paused, c.pause);
  ArmPause(s, id, c);
  s.conversations.MayClose(id);
  s.Emit(TaskPaused{id, c.owner, c.deadline});
}

void Mark(State& s, ConversationId id, Conversation& c) {
  PARLEY_CHECK(c.marks_given < s.terms[c.terms].marks.size());
  const Duration before = s.terms[c.terms].marks[c.marks_given++];
  ArmPause(s, id, c);
  if (IsShown(s, s.agents[c.owner])) s.Emit(PauseExpiring{id, c.owner, before});
}

void ForgetOwner(State& s, Conversation& c) {
  PausedList(s).Remove(s.agents[c.owner].paused, c.pause);
  s.pauses.Remove(s.pauses.IdAt(std::exchange(c.pause, UINT32_MAX)));
  PARLEY_CHECK(s.terms[c.terms].users > 0);
  --s.terms[std::exchange(c.terms, UINT32_MAX)].users;
  c.owner = AgentId{};
}

void TellResumed(State& s, ConversationId id, const Conversation& c) {
  if (IsOver(c.state)) return;  // At capacity, and the policy closed it.
  PARLEY_CHECK(c.owner);        // He is forgotten after it was told.
  const bool accepted = c.live_task && s.tasks[c.live_task].state == TaskState::kAssigned;
  s.Emit(TaskResumed{id, c.owner,
                     accepted ? ResumedHow::kAutoAccepted : ResumedHow::kReroutedAtCapacity,
                     c.live_task});
}

void FollowMessage(State& s, ConversationId id, const Conversation& c) {
  switch (s.settings.pause.on_customer_message) {
    case PausedMessage::kNotify:
      break;
    case PausedMessage::kAutoResume:
      if (CheckResume(s, c) != Refusal::kNone) break;
      if (!CanTakeBack(s, c) || !MayWake(s, s.agents[c.owner])) break;
      NoteWake(s, c.owner);
      s.Post(id, ChannelTrigger::kResume);
      break;
    case PausedMessage::kRequeue:
      s.matter.pause_end = PauseEnd::kCustomerWrote;
      s.Post(id, ChannelTrigger::kRequeue);
      break;
  }
}

}  // namespace parley::internal
