// src/invite_effects.cc — several agents in one channel (E-36).
//
// One of them has the live task; the others have guests' tasks. Whoever goes, goes as a guest: if
// he has the live task, another one's becomes that first. So the channel never lacks a live task
// while somebody is in it (P1, P17).

#include <utility>

#include "commands.h"
#include "effects.h"
#include "lists.h"
#include "returning.h"
#include "workflow.h"

namespace parley::internal {
namespace {

// The seat of who goes when the invitation is accepted; none if he has gone already.
TaskId SeatToHandOver(const State& s, const Conversation& c, const Task& invitation) {
  return invitation.invited_by ? SeatOf(s, c, invitation.invited_by) : c.live_task;
}

void Unseat(State& s, Conversation& c, TaskId id) {
  PARLEY_CHECK(s.tasks[id].guest);
  s.tasks[id].guest = false;
  GuestList(s).Remove(c.guests, id.slot());
}

void Seat(State& s, Conversation& c, TaskId id) {
  PARLEY_CHECK(!s.tasks[id].guest);
  s.tasks[id].guest = true;
  GuestList(s).PushBack(c.guests, id.slot());
}

// Whoever is there already is not asked.
void ExcludeParticipants(State& s, const Conversation& c, Task& task) {
  s.declined.Append(task.declined, {c.participant, Instant::max()});
  ForEachGuest(s, c, [&](TaskId, const Task& guest) {
    s.declined.Append(task.declined, {guest.agent, Instant::max()});
  });
}

}  // namespace

TaskId SeatOf(const State& s, const Conversation& c, AgentId agent) {
  if (!agent || !c.live_task) return TaskId{};
  const Task& live = s.tasks[c.live_task];
  if (live.state == TaskState::kAssigned && live.agent == agent) return c.live_task;
  TaskId seat;
  ForEachGuest(s, c, [&](TaskId id, const Task& guest) {
    if (guest.agent == agent) seat = id;
  });
  return seat;
}

bool IsOneOfSeveral(const State& s, const Task& task) {
  if (task.guest) return true;
  const Conversation& c = s.conversations[task.conversation];
  return c.guests.size > 0 && s.tasks.Find(c.live_task) == &task;
}

bool HandsOver(const State& s, const Conversation& c) {
  const Task& invitation = s.tasks[c.invitation];
  return invitation.hand_over && SeatToHandOver(s, c, invitation);
}

void CreateInvitation(State& s, ConversationId id, Conversation& c) {
  PARLEY_CHECK(s.matter.invite != nullptr && !c.invitation && c.participant);
  const Invite& invite = *std::exchange(s.matter.invite, nullptr);
  const Route& route = invite.route;
  const bool usual = NamesNothing(route);
  const QueueId queue = route.queue ? route.queue : s.NeedOf(c.need).queue;
  const SkillSet skills = usual ? s.NeedOf(c.need).extra : route.skills;
  const TaskId task_id = s.tasks.Add();
  Task& task = s.tasks[task_id];
  task.conversation = id;
  task.medium = c.medium;
  task.need = TakeNeed(s, {queue, c.medium, skills});
  task.queue = queue;
  task.priority = usual ? c.priority : route.priority;
  task.created = s.time;
  task.since = s.time - route.waited;
  UseAttributes(s, task.attributes = c.attributes);
  task.number = ++s.tasks_made;
  task.previous = std::exchange(c.last_task, task_id);
  task.invitation = true;
  task.hand_over = invite.hand_over;
  task.invited_by = invite.agent ? invite.agent : AgentId{};
  task.for_one = static_cast<bool>(invite.to);
  task.waits_for = invite.to ? invite.to : AgentId{};
  task.waits_until = Instant::max();
  if (!invite.to) ExcludeParticipants(s, c, task);
  task.limit = s.Arm(s.time + s.settings.task.ttl, Timer::kTask, task_id.slot());
  c.invitation = task_id;
  ++c.open_tasks;
  s.Emit(TaskCreated{task_id, id, queue, task.medium, task.previous, task.priority,
                     /*invitation=*/true});
}

void AddGuest(State& s, ConversationId id, Conversation& c) {
  const TaskId task = std::exchange(c.invitation, TaskId{});
  Seat(s, c, task);
  PARLEY_CHECK(s.tasks[task].state == TaskState::kAssigned && !c.invitation);
  s.matter.heir = task;
  s.Emit(ParticipantJoined{id, s.tasks[task].agent});
}

void HandOver(State& s, Conversation& c) {
  const Task& heir = s.tasks[s.matter.heir];
  const TaskId seat = SeatToHandOver(s, c, heir);
  PARLEY_CHECK(seat && seat != s.matter.heir);
  if (seat == c.live_task) {
    if (heir.queue != s.NeedOf(c.need).queue) SetWorkflow(s, c, WorkflowId{});
    const SkillSet skills = s.NeedOf(heir.need).extra;
    SetRoute(s, c, heir.queue, skills, heir.priority);
  }
  s.Post(s.tasks[seat].reservation, ReservationTrigger::kWrapUp);
}

void PassLive(State& s, ConversationId id, Conversation& c) {
  PARLEY_CHECK(c.live_task && c.guests.size > 0);
  const TaskId named = s.matter.heir;
  const Task* heir = s.tasks.Find(named);
  const bool his = heir != nullptr && heir->guest && heir->conversation == id;
  const TaskId next = his ? named : s.tasks.IdAt(c.guests.head);
  Unseat(s, c, next);
  Seat(s, c, std::exchange(c.live_task, next));
  c.participant = s.tasks[next].agent;
  c.last_agent = c.participant;
  PARLEY_CHECK(c.participant && s.tasks[next].state == TaskState::kAssigned);
  s.Emit(LiveTaskChanged{id, next, c.participant});
  WatchAnswer(s, next);
}

void JoinChannel(State& s, TaskId id, const Task& task) {
  PARLEY_CHECK(task.state == TaskState::kAssigned && task.agent);
  const bool invited = s.conversations[task.conversation].invitation == id;
  s.Post(task.conversation, invited ? ChannelTrigger::kJoined : ChannelTrigger::kAccepted);
}

void Uninvite(State& s, const Conversation& c, CancelReason reason) {
  if (!c.invitation) return;
  s.matter.reason = reason;
  s.Post(c.invitation, TaskTrigger::kCancel);
}

void CarryOfSeveral(State& s, TaskId id, Task& task, TaskEffect effect) {
  Conversation& c = s.conversations[task.conversation];
  switch (effect) {
    case TaskEffect::kTellNotJoined:
      if (task.invitation) s.Emit(InvitationFailed{task.conversation, id, task.reason});
      break;
    case TaskEffect::kUninvite:
      return Uninvite(s, c, CancelReason::kUninvited);
    case TaskEffect::kPassLive:
      if (!task.guest) s.Post(task.conversation, ChannelTrigger::kPassOn);
      break;
    case TaskEffect::kStepOut:
      Unseat(s, c, id);
      return s.Emit(ParticipantLeft{task.conversation, task.agent});
    default:
      PARLEY_CHECK(false);
  }
}

}  // namespace parley::internal
