// What happens to a channel: messages, agents who come and go, the end (B5, B8).

#include <algorithm>

#include "model.h"

namespace parley::model {

void Model::Announce(Conversation& c, ChannelState to) {
  const ChannelState from = c.state;
  c.state = to;
  Emit(ChannelChanged{c.id, from, to});
}

void Model::StopLimit(Conversation& c) { Disarm(c.limit); }

void Model::Append(Conversation& c, AgentId author, uint64_t ref) {
  c.history.push_back({author, now_, ref});
  Emit(MessageAdded{c.id, static_cast<uint32_t>(c.history.size()), author, ref});
}

// B8: the customer wrote.
void Model::OnMessage(Conversation& c, uint64_t ref) {
  Append(c, AgentId(), ref);
  c.unanswered = true;
  StartAnswer(c);
  if (c.state == ChannelState::kPause) {  // E-7.
    ++c.unread;
    Emit(CustomerMessageWhilePaused{c.id, c.owner, c.unread});
    switch (settings_.pause.on_customer_message) {
      case PausedMessage::kNotify:
        return;
      case PausedMessage::kAutoResume:
        if (MayBeResumed(c, c.owner) != Refusal::kNone || !HasRoomToResume(c)) return;
        if (!MayBeWoken(agents_[c.owner])) return;
        NoteWake(agents_[c.owner]);
        return DoResume(c);
      case PausedMessage::kRequeue:
        return Requeue(c, PauseEnd::kCustomerWrote);
    }
  }
  if (c.state == ChannelState::kInactive) {  // R-LV-10.
    StopLimit(c);
    Announce(c, ChannelState::kActive);
    Emit(ConversationReactivated{c.id});
    c.reroutes = 0;
    return Reroute(c, RerouteCause::kReplied);
  }
  if (c.state != ChannelState::kActive) return;
  if (Task* task = tasks_.Find(c.live_task)) {
    if (task->state == TaskState::kWrapping) {
      ++c.unread;
      Emit(CustomerMessageDuringWrapUp{c.id, task->id});
    }
    return;
  }
  if (!c.asked) {
    c.reroutes = 0;
    Reroute(c, RerouteCause::kOrphanWrote);
  }
}

void Model::OnAccepted(Conversation& c, Task& task) {
  c.participant = task.agent;
  c.last_agent = task.agent;
  c.unread = 0;
  Emit(ParticipantJoined{c.id, task.agent});
  if (c.state == ChannelState::kTransfer) Announce(c, ChannelState::kActive);
}

// One more agent is in the channel (E-36); or he takes the place of who invited him.
void Model::OnJoined(Conversation& c, Task& task) {
  c.invitation = {};
  task.guest = true;
  c.guests.push_back(task.id);
  Emit(ParticipantJoined{c.id, task.agent});
  if (!task.hand_over) return;
  const AgentId by = task.invited_by ? task.invited_by : c.participant;
  const TaskId his = TaskOf(c, by);
  if (!his) return;
  if (his == c.live_task) {  // He, and not the oldest guest, has it next.
    if (c.queue != task.queue) c.workflow = {};
    c.queue = task.queue;
    c.skills = task.skills;
    c.priority = task.priority;
    std::erase(c.guests, task.id);
    c.guests.insert(c.guests.begin(), task.id);
  }
  WrapUp(tasks_[his]);
}

// The live task is the oldest guest's now; the one that was is a guest's until its agent is out.
void Model::PassLive(Conversation& c) {
  Task& old = tasks_[c.live_task];
  Task& next = tasks_[c.guests.front()];
  c.guests.erase(c.guests.begin());
  old.guest = true;
  next.guest = false;
  c.live_task = next.id;
  c.participant = next.agent;
  c.last_agent = next.agent;
  Emit(LiveTaskChanged{c.id, next.id, next.agent});
  Disarm(old.answer);
  StartAnswer(c);
}

void Model::RemoveParticipant(Conversation& c) {
  if (!c.participant) return;
  Emit(ParticipantLeft{c.id, c.participant});
  c.participant = {};
}

void Model::OnTaskDone(Conversation& c) {
  const bool unanswered = c.unread > 0 && settings_.conversation.reopen_unanswered;
  RemoveParticipant(c);
  if (unanswered) return Reroute(c, RerouteCause::kUnanswered);
  Announce(c, ChannelState::kClosed);
  EndConversation(c);
}

// C16, E-11.
void Model::OnTaskCanceled(Conversation& c) {
  if (c.state == ChannelState::kTransfer) Announce(c, ChannelState::kActive);
  MakeOrphan(c);
  Reroute(c, RerouteCause::kTaskCanceled);
}

void Model::MakeOrphan(Conversation& c) {
  c.orphan = true;
  c.deadline = now_ + settings_.leave.max_open;
  c.limit = Arm(c.deadline, Due::kConversation, c.id.value);
  Emit(ConversationOrphaned{c.id});
}

// Nobody has it any more; where does it go?
void Model::OnTakenAway(Conversation& c, RerouteCause cause) {
  Task& task = tasks_[c.live_task];
  RemoveParticipant(c);
  c.live_task = {};
  Finish(task);
  Reroute(c, cause);
}

void Model::StopAsking(Conversation& c) {
  StopLimit(c);
  c.asked = false;
  c.orphan = false;
}

void Model::OnLimit(Conversation& c) {
  c.limit = {};
  switch (c.state) {
    case ChannelState::kSetup:
      Announce(c, ChannelState::kFailed);
      return EndConversation(c);
    case ChannelState::kInactive:  // R-LV-09, E-14.
      Emit(LeaveExpired{c.id});
      Announce(c, ChannelState::kClosed);
      return EndConversation(c);
    case ChannelState::kPause:
      if (now_ < c.deadline) return NextMark(c);
      EndPause(c, PauseEnd::kExpired);  // R-PX-04 to 06.
      return Reroute(c, RerouteCause::kPauseExpired);
    case ChannelState::kActive:
      if (c.orphan) {
        Announce(c, ChannelState::kClosed);
        return EndConversation(c);
      }
      c.asked = false;
      if (c.when_silent == WhenSilent::kNewTask &&
          c.reroutes >= settings_.conversation.max_reroutes) {
        c.when_silent = WhenSilent::kInactive;
      }
      Emit(CustomRoutingTimedOut{c.id, c.when_silent});
      if (c.when_silent == WhenSilent::kNewTask) return SendOn(c, UsualOrder(c));
      if (c.when_silent == WhenSilent::kInactive) {
        Announce(c, ChannelState::kInactive);
        return StartLeave(c, c.last_agent);
      }
      return OnClose(c, ParkMode::kCompleteNow);
    default:
      return;
  }
}

// Whatever it is doing.
void Model::OnClose(Conversation& c, ParkMode mode) {
  StopLimit(c);
  if (c.state == ChannelState::kPause) ForgetOwner(c);
  RemoveParticipant(c);
  const auto end = [&](Task& task) {
    if (task.state == TaskState::kPending || task.state == TaskState::kReserved) {
      return Cancel(task, CancelReason::kConversationClosed);
    }
    if (mode == ParkMode::kCompleteNow) return Finish(task);
    if (task.state == TaskState::kAssigned) WrapUp(task);
  };
  if (c.invitation) end(tasks_[c.invitation]);
  for (const TaskId guest : std::vector(c.guests)) end(tasks_[guest]);
  if (Task* task = tasks_.Find(c.live_task)) {
    c.live_task = {};
    end(*task);
  }
  Announce(c, ChannelState::kClosed);
  EndConversation(c);
}

void Model::EndConversation(Conversation& c) {
  StopLimit(c);
  c.ended = true;
  c.asked = c.orphan = false;
  Emit(ConversationClosed{c.id, static_cast<uint32_t>(c.history.size())});
  DropIfOver(c);
}

// It is kept only for tasks that wrap up.
void Model::DropIfOver(Conversation& c) {
  const bool known = std::ranges::find(over_conversations_, c.id) != over_conversations_.end();
  if (c.ended && c.open_tasks == 0 && !known) over_conversations_.push_back(c.id);
}

}  // namespace parley::model
