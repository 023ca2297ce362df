// Leave and pause: how they begin, warn, and end (A2 to A6, B7).

#include <algorithm>

#include "model.h"

namespace parley::model {

void Model::StartLeave(Conversation& c, AgentId agent) {
  c.silent.clear();
  c.parked_at = now_;
  c.deadline = now_ + settings_.leave.max_open;
  c.limit = Arm(c.deadline, Due::kConversation, c.id.value);
  Emit(ConversationLeft{c.id, agent, c.deadline});
}

void Model::StartPause(Conversation& c, AgentId agent) {
  c.silent.clear();
  c.owner = agent;
  c.parked_at = now_;
  c.unread = 0;
  c.deadline = now_ + settings_.pause.limit * settings_.day;  // R-PX-07: the limit in force now.
  c.marks = settings_.pause.marks;
  c.marks_given = 0;
  agents_[agent].paused.push_back(c.id);
  Emit(TaskPaused{c.id, agent, c.deadline});
  NextMark(c);
}

// Tells the marks that are reached, each once (R-HL, E-15), and waits for the next one or the end.
void Model::NextMark(Conversation& c) {
  while (c.marks_given < c.marks.size() && c.marks[c.marks_given] != Duration::zero()) {
    const Duration before = c.marks[c.marks_given];
    if (c.deadline - before > now_) {
      c.limit = Arm(c.deadline - before, Due::kConversation, c.id.value);
      return;
    }
    ++c.marks_given;
    const auto& sessions = agents_[c.owner].sessions;  // R-VG-04.
    const bool shown = !settings_.versions_gate || sessions.empty() ||
                       std::ranges::any_of(
                           sessions, [](const Session& s) { return ShowsReassignment(s.version); });
    if (shown) Emit(PauseExpiring{c.id, c.owner, before});
  }
  c.limit = Arm(c.deadline, Due::kConversation, c.id.value);
}

void Model::ForgetOwner(Conversation& c) {
  if (c.owner) std::erase(agents_[c.owner].paused, c.id);
  c.owner = {};
}

// It was paused, and is active; nobody has it.
void Model::EndPause(Conversation& c, PauseEnd end) {
  StopLimit(c);
  Emit(PauseExpired{c.id, c.owner, c.queue, end});
  Announce(c, ChannelState::kActive);
  ForgetOwner(c);
}

void Model::Requeue(Conversation& c, PauseEnd end) {
  EndPause(c, end);
  Reroute(c, RerouteCause::kPauseExpired);
}

// R-RS-05, E-9.
bool Model::HasRoomToResume(const Conversation& c) const {
  const Agent& owner = agents_[c.owner];
  const auto& pause = settings_.pause;
  if (!owner.desks[static_cast<size_t>(c.medium)].available) return false;
  if (HasRoom(owner, c.medium, 0)) return true;
  if (pause.resume_at_capacity != ResumeAtCapacity::kForce) return false;
  return HasRoom(owner, c.medium, pause.resume_over_by);
}

// A new task, his at once if he has room (R-RS-03 to 05).
void Model::DoResume(Conversation& c) {
  const AgentId owner = c.owner;
  const bool room = HasRoomToResume(c);
  StopLimit(c);
  Announce(c, ChannelState::kActive);
  if (room) {
    Order order = UsualOrder(c);
    Task& task = MakeTask(c, order, false);
    Give(task, owner);
  } else {
    Reroute(c, RerouteCause::kResumedAtCapacity);
  }
  const ResumedHow how = room ? ResumedHow::kAutoAccepted : ResumedHow::kReroutedAtCapacity;
  if (!c.ended) Emit(TaskResumed{c.id, owner, how, c.live_task});
  ForgetOwner(c);
}

}  // namespace parley::model
