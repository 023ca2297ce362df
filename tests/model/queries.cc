// What the model answers when it is asked, as the engine's queries say.

#include <algorithm>

#include "model.h"

namespace parley::model {

size_t Model::Messages() const {
  size_t messages = 0;
  for (const Conversation* c : conversations_.All()) messages += c->history.size();
  return messages;
}

std::vector<PausedItem> Model::Paused() const {
  std::vector<PausedItem> items;
  for (const Conversation* c : conversations_.All()) {
    if (c->state != ChannelState::kPause) continue;
    const Duration left = c->deadline - now_;
    items.push_back(
        {c->id, c->owner, c->queue, c->parked_at, c->deadline, left, LevelOf(left), c->unread});
  }
  return items;
}

std::vector<PausedItem> Model::PausedBy(AgentId agent) const {
  std::vector<PausedItem> items;
  const Agent* owner = agents_.Find(agent);
  if (owner == nullptr) return items;
  for (const ConversationId id : owner->paused) {
    for (const PausedItem& item : Paused()) {
      if (item.conversation == id) items.push_back(item);
    }
  }
  return items;
}

std::vector<LeftItem> Model::Left() const {
  std::vector<LeftItem> items;
  for (const Conversation* c : conversations_.All()) {
    if (c->state != ChannelState::kInactive) continue;
    items.push_back({c->id, c->last_agent, c->queue, c->parked_at, c->deadline});
  }
  return items;
}

std::vector<ConversationId> Model::Orphans() const {
  std::vector<ConversationId> ids;
  for (const Conversation* c : conversations_.All()) {
    if (c->orphan) ids.push_back(c->id);
  }
  return ids;
}

std::vector<TaskId> Model::WaitingIn(QueueId queue) const {
  std::vector<TaskId> ids;
  for (const Task* task : Waiting()) {
    if (task->queue == queue) ids.push_back(task->id);
  }
  return ids;
}

// R-EM-02, R-PS-08.
Worklist Model::WorklistOf(AgentId id) const {
  Worklist list;
  const Agent* agent = agents_.Find(id);
  if (agent == nullptr) return list;
  for (const ReservationId reservation : agent->reservations) {
    const Reservation& r = reservations_[reservation];
    if (r.state == ReservationState::kAccepted) {
      list.live.push_back(r.task);
    } else if (r.state == ReservationState::kWrapping) {
      list.wrapping.push_back(r.task);
    } else {
      list.offers.push_back(r.task);
    }
  }
  list.paused = agent->paused;
  return list;
}

// R-EM-08.
AllowedActions Model::AllowedFor(AgentId id, TaskId task_id) const {
  AllowedActions may;
  const Agent* agent = agents_.Find(id);
  const Task* task = tasks_.Find(task_id);
  if (agent == nullptr || task == nullptr) return may;
  for (const ReservationId offer : task->offers) {
    const Reservation& r = reservations_[offer];
    if (r.agent == id && r.state == ReservationState::kPending) may.accept = may.decline = true;
  }
  if (task->agent != id) return may;
  if (task->state == TaskState::kWrapping) may.complete = true;
  if (task->state != TaskState::kAssigned) return may;
  const Conversation& c = conversations_[task->conversation];
  const bool several = !c.guests.empty();
  may.complete = may.end = true;
  may.reply = c.history.size() < settings_.limits.messages_per_conversation;
  may.leave = settings_.leave.enabled;
  may.pause =
      settings_.pause.enabled && !several && agent->paused.size() < settings_.pause.max_per_agent;
  may.transfer = !several && tasks_.size() < settings_.limits.tasks;
  return may;
}

bool Model::MayResume(AgentId agent, ConversationId conversation) const {
  const Conversation* c = conversations_.Find(conversation);
  if (c == nullptr || agents_.Find(agent) == nullptr) return false;
  return MayBeResumed(*c, agent) == Refusal::kNone && tasks_.size() < settings_.limits.tasks;
}

bool Model::MayRead(AgentId id, ConversationId conversation) const {
  const Agent* agent = agents_.Find(id);
  if (agent == nullptr || conversations_.Find(conversation) == nullptr) return false;
  for (const ReservationId reservation : agent->reservations) {
    const Reservation& r = reservations_[reservation];
    const bool his =
        r.state == ReservationState::kAccepted || r.state == ReservationState::kWrapping;
    if (his && tasks_[r.task].conversation == conversation) return true;
  }
  return std::ranges::find(agent->paused, conversation) != agent->paused.end();
}

std::vector<AgentId> Model::Participants(ConversationId id) const {
  std::vector<AgentId> there;
  const Conversation* c = conversations_.Find(id);
  if (c == nullptr) return there;
  if (c->participant) there.push_back(c->participant);
  for (const TaskId guest : c->guests) there.push_back(tasks_[guest].agent);
  return there;
}

Duration Model::TimeIn(AgentId id, ActivityId activity) const {
  const Agent* agent = agents_.Find(id);
  if (agent == nullptr) return Duration::zero();
  const auto before = agent->spent.find(activity);
  Duration time = before == agent->spent.end() ? Duration::zero() : before->second;
  if (agent->activity == activity) time += now_ - agent->activity_since;
  return time;
}

Duration Model::ActiveTime(AgentId id) const {
  const Agent* agent = agents_.Find(id);
  if (agent == nullptr) return Duration::zero();
  const ActivityId logout = RoleOf(ActivityRole::kLogout);
  Duration time = agent->activity == logout ? Duration::zero() : now_ - agent->activity_since;
  for (const auto& [activity, spent] : agent->spent) {
    if (activity != logout) time += spent;
  }
  return time;
}

}  // namespace parley::model
