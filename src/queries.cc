// src/queries.cc — answers: nothing here changes anything.

#include <algorithm>
#include <optional>
#include <utility>

#include "commands.h"
#include "eligibility.h"
#include "lists.h"
#include "order.h"
#include "parley/engine/engine.h"
#include "state.h"

namespace parley {
namespace {

using internal::State;

PausedItem PausedItemOf(const State& s, ConversationId id, const Conversation& c) {
  const Duration remaining = c.deadline - s.time;
  return {id,         c.owner,   s.NeedOf(c.need).queue, c.parked_at,
          c.deadline, remaining, LevelOf(remaining),     c.unread};
}

// f(id, conversation) for those that `wanted` says yes to, by id.
template <class Wanted, class F>
void ForEachConversation(const State& s, Wanted wanted, F f) {
  s.conversations.ForEach([&](ConversationId id, const Conversation& c) {
    if (wanted(c)) f(id, c);
  });
}

}  // namespace

std::vector<PausedItem> Engine::PausedBy(AgentId agent) const {
  std::vector<PausedItem> items;
  const Agent* record = Find(agent);
  if (record == nullptr) return items;
  const State& s = *state_;
  ForEachPaused(s, *record, [&](ConversationId id) {
    items.push_back(PausedItemOf(s, id, s.conversations[id]));
  });
  return items;
}

std::vector<PausedItem> Engine::Paused() const {
  std::vector<PausedItem> items;
  const auto paused = [](const Conversation& c) { return c.state == ChannelState::kPause; };
  ForEachConversation(*state_, paused, [&](ConversationId id, const Conversation& c) {
    items.push_back(PausedItemOf(*state_, id, c));
  });
  return items;
}

std::vector<PausedItem> Engine::PausedIn(QueueId queue) const {
  std::vector<PausedItem> items = Paused();
  std::erase_if(items, [queue](const PausedItem& item) { return item.queue != queue; });
  return items;
}

std::vector<LeftItem> Engine::Left() const {
  std::vector<LeftItem> items;
  const auto left = [](const Conversation& c) { return c.state == ChannelState::kInactive; };
  ForEachConversation(*state_, left, [&](ConversationId id, const Conversation& c) {
    items.push_back({id, c.last_agent, state_->NeedOf(c.need).queue, c.parked_at, c.deadline});
  });
  return items;
}

std::vector<ConversationId> Engine::Orphans() const {
  std::vector<ConversationId> ids;
  ForEachConversation(
      *state_, [](const Conversation& c) { return c.orphan; },
      [&](ConversationId id, const Conversation&) { ids.push_back(id); });
  return ids;
}

std::vector<TaskId> Engine::WaitingIn(QueueId queue) const {
  std::vector<std::pair<internal::Rank, TaskId>> line;
  const auto add = [&](const Place& place) {
    if (state_->tasks[place.task].queue != queue) return;
    line.emplace_back(internal::RankOf(*state_, place.task), place.task);
  };
  state_->needs.ForEach([&](internal::NeedId, const internal::Need& need) {
    if (need.queue != queue) return;
    state_->places.ForEach(need.line, add);
    state_->places.ForEach(need.returned, add);
  });
  state_->agents.ForEach(
      [&](AgentId, const Agent& agent) { state_->places.ForEach(agent.waiting, add); });
  std::ranges::sort(line, {}, [](const auto& each) { return each.first; });
  std::vector<TaskId> ids;
  for (const auto& [rank, task] : line) ids.push_back(task);
  return ids;
}

std::optional<size_t> Engine::PositionOf(TaskId id) const {
  const Task* task = Find(id);
  if (task == nullptr) return std::nullopt;
  const std::vector<TaskId> waiting = WaitingIn(task->queue);
  const auto found = std::find(waiting.begin(), waiting.end(), id);
  if (found == waiting.end()) return std::nullopt;
  return static_cast<size_t>(found - waiting.begin());
}

std::vector<AgentId> Engine::EligibleAgents(QueueId id) const {
  std::vector<AgentId> ids;
  const internal::Queue* queue = std::as_const(state_->queues).Find(id);
  if (queue == nullptr) return ids;
  state_->agents.ForEach([&](AgentId agent, const Agent&) {
    const bool serves =
        queue->known ? queue->members.Has(agent.slot()) : internal::Serves(*state_, *queue, agent);
    if (serves) ids.push_back(agent);
  });
  return ids;
}

std::vector<AgentId> Engine::EligibleAgents(TaskId id) const {
  std::vector<AgentId> ids;
  const Task* task = Find(id);
  if (task == nullptr) return ids;
  const internal::Need& need = state_->NeedOf(task->need);
  state_->agents.ForEach([&](AgentId agent, const Agent&) {
    const bool fits =
        need.known ? need.fits.Has(agent.slot()) : internal::Fits(*state_, need, agent);
    if (fits) ids.push_back(agent);
  });
  return ids;
}

std::vector<TaskId> Engine::Tasks() const {
  std::vector<TaskId> ids;
  state_->tasks.ForEach([&](TaskId id, const Task&) { ids.push_back(id); });
  return ids;
}

std::vector<ReservationId> Engine::Reservations() const {
  std::vector<ReservationId> ids;
  state_->reservations.ForEach([&](ReservationId id, const Reservation&) { ids.push_back(id); });
  return ids;
}

Worklist Engine::WorklistOf(AgentId agent) const {
  Worklist list;
  const Agent* record = Find(agent);
  if (record == nullptr) return list;
  ForEachReservation(*state_, *record, [&](ReservationId, const Reservation& r) {
    if (r.state == ReservationState::kAccepted) {
      list.live.push_back(r.task);
    } else if (r.state == ReservationState::kWrapping) {
      list.wrapping.push_back(r.task);
    } else {
      list.offers.push_back(r.task);
    }
  });
  ForEachPaused(*state_, *record, [&](ConversationId id) { list.paused.push_back(id); });
  return list;
}

AllowedActions Engine::AllowedFor(AgentId agent, TaskId task_id) const {
  const State& s = *state_;
  const Task* task = Find(task_id);
  if (task == nullptr || Find(agent) == nullptr) return {};
  const auto allows = [&s](const auto& command) { return Check(s, command) == Refusal::kNone; };
  const ReservationId his = ReservationFor(s, *task, agent);
  if (!his) return {};
  const ConversationId c = task->conversation;
  const bool live = s.conversations[c].live_task == task_id || task->guest;
  return {.accept = allows(Accept{his}),
          .decline = allows(Decline{.reservation = his, .activity = {}}),
          .reply = live && allows(Reply{c, agent}),
          .leave = live && allows(Leave{c, agent}),
          .pause = live && allows(Pause{c, agent}),
          .end = live && allows(End{c, agent}),
          .transfer = live && allows(Transfer{c, agent, {}, {}}),
          .complete = allows(Complete{task_id, agent})};
}

std::vector<AgentId> Engine::Participants(ConversationId id) const {
  std::vector<AgentId> agents;
  const std::optional<Conversation> c = Find(id);
  if (!c || !c->participant) return agents;
  agents.push_back(c->participant);
  ForEachGuest(*state_, *c, [&](TaskId, const Task& guest) { agents.push_back(guest.agent); });
  return agents;
}

bool Engine::MayResume(AgentId agent, ConversationId conversation) const {
  return Check(*state_, Resume{conversation, agent}) == Refusal::kNone;
}

std::vector<HistoryEntry> Engine::History(ConversationId id) const {
  std::vector<HistoryEntry> entries;
  const std::optional<Conversation> c = Find(id);
  if (!c) return entries;
  entries.reserve(c->messages);
  std::as_const(state_->conversations).ForEachMessage(*c, [&](const HistoryEntry& entry) {
    entries.push_back(entry);
  });
  return entries;
}

bool Engine::MayRead(AgentId agent, ConversationId id) const {
  const Agent* record = Find(agent);
  const std::optional<Conversation> c = Find(id);
  if (record == nullptr || !c) return false;
  bool may = c->owner == agent;
  ForEachReservation(*state_, *record, [&](ReservationId, const Reservation& r) {
    const bool his =
        r.state == ReservationState::kAccepted || r.state == ReservationState::kWrapping;
    may |= his && state_->tasks[r.task].conversation == id;
  });
  return may;
}

std::vector<AgentView> Engine::Agents() const {
  std::vector<AgentView> views;
  state_->agents.ForEach([&](AgentId id, const Agent& agent) {
    AgentView view{.agent = id,
                   .activity = agent.activity,
                   .in_activity = state_->time - agent.activity_since,
                   .presence = agent.presence,
                   .paused = agent.paused.size};
    for (const Capacity& capacity : agent.media) {
      view.offers += capacity.pending;
      view.live += capacity.accepted;
      view.wrapping += capacity.wrapping;
    }
    views.push_back(view);
  });
  return views;
}

std::vector<ActivityView> Engine::Activities() const {
  std::vector<ActivityView> views;
  for (uint32_t slot = 0; slot < state_->activities.size(); ++slot) {
    const Activity& activity = state_->activities[slot];
    if (activity.name.empty()) continue;  // Removed.
    views.push_back({ActivityId::Make(slot, 0), activity.available, activity.agents});
  }
  return views;
}

Duration Engine::TimeIn(AgentId agent, ActivityId activity) const {
  const Agent* record = Find(agent);
  if (record == nullptr || !activity) return Duration::zero();
  Duration time = internal::SpentIn(*state_, *record, activity);
  if (record->activity == activity) time += state_->time - record->activity_since;
  return time;
}

Duration Engine::ActiveTime(AgentId agent) const {
  const Agent* record = Find(agent);
  if (record == nullptr) return Duration::zero();
  Duration time{};
  for (uint32_t slot = 0; slot < state_->activities.size(); ++slot) {
    const auto activity = ActivityId::Make(slot, 0);
    if (activity != RoleOf(ActivityRole::kLogout)) time += TimeIn(agent, activity);
  }
  return time;
}

Totals Engine::Count() const {
  const State& s = *state_;
  return {.agents = s.agents.size(),
          .conversations = s.conversations.size(),
          .tasks = s.tasks.size(),
          .reservations = s.reservations.size(),
          .timers = s.wheel.size(),
          .messages = s.conversations.messages(),
          .events = s.events_emitted};
}

}  // namespace parley
