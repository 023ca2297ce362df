// src/room.cc — see room.h.

#include "room.h"

#include <algorithm>
#include <new>
#include <vector>

#include "lists.h"

namespace parley::internal {
namespace {

// What one step adds at most. None of these numbers is a limit: a step that needs more takes it,
// and only if there is no memory in that very moment it stops the process.
struct Amounts {
  uint64_t events = 0;
  uint64_t orders = 0;
  uint64_t timers = 0;
  uint64_t tasks = 0;
  uint64_t offers = 0;
  uint64_t needs = 0;
  uint64_t declined = 0;

  Amounts operator+(const Amounts& b) const {
    return {events + b.events, orders + b.orders, timers + b.timers,    tasks + b.tasks,
            offers + b.offers, needs + b.needs,   declined + b.declined};
  }
  Amounts operator*(uint64_t n) const {
    return {events * n, orders * n, timers * n, tasks * n, offers * n, needs * n, declined * n};
  }
};
constexpr Amounts kStep{96, 192, 24, 2, 12, 6, 96};  // What it is about,
constexpr Amounts kOther{12, 32, 4, 1, 1, 3, 2};     // and for each of the others: half as much.
constexpr uint64_t kStepsAtATime = 16;
// So many needs of new kinds, at most, come up in one step.
constexpr uint64_t kMostNewNeeds = 128;
// Reserve() makes room for so much work of one agent.
constexpr uint64_t kUsualWork = 256;
static_assert(kMostNewNeeds > kStep.needs * kStepsAtATime);

template <class T>
void Grow(std::vector<T>& list, uint64_t size) {
  if (size <= list.capacity()) return;
  if (size > list.max_size()) throw std::bad_alloc();
  list.reserve(std::max(static_cast<size_t>(size), list.capacity() * 2));
}

// Of lists that have at most one entry for each of the things that they list.
void GrowLists(State& s, const Amounts& more) {
  const uint64_t needs = s.needs.size() + more.needs;
  Grow(s.hot_needs, needs);
  Grow(s.waiting_queues, s.queues.size());
  Grow(s.fickle_needs, needs);
  Grow(s.fresh_agents, s.agents.size());
  Grow(s.fickle_queues, s.queues.size());
  const uint64_t lines = 2 * needs + s.agents.size();
  Grow(s.cursors, lines);
  Grow(s.cursors_before, lines);
  Grow(s.returned_tasks, s.returned_tasks.size() + more.offers);
  Grow(s.entered_tasks, s.entered_tasks.size() + more.tasks);
  Grow(s.returned_before, s.returned_tasks.capacity());
  Grow(s.entered_before, s.entered_tasks.capacity());
  Grow(s.ended_tasks, more.orders);
  Grow(s.ended_reservations, more.orders);
  Grow(s.ended_conversations, more.orders);
  Grow(s.ended_agents, 2);
}

void GrowSpareSets(State& s, uint64_t count) {
  Grow(s.spare.sets, count);
  while (s.spare.sets.size() < count) {
    BitSet set;
    set.Reserve(s.agents.slots());
    s.spare.sets.push_back(std::move(set));
  }
}

void Grow(State& s, const Amounts& more, uint64_t others) {
  const auto of = [](uint64_t n) { return static_cast<uint32_t>(n); };
  Grow(s.events, s.events.size() + more.events);
  Grow(s.agenda, 2 * more.orders);
  GrowLists(s, more);
  GrowSpareSets(s, std::min(more.needs, kMostNewNeeds));
  s.wheel.MakeRoom(of(more.timers));
  s.tasks.MakeRoom(of(more.tasks));
  s.reservations.MakeRoom(of(more.offers));
  s.needs.MakeRoom(of(more.needs));
  s.rules.MakeRoom(of(more.needs));
  s.by_need.MakeRoom(of(more.needs));
  s.by_rule.MakeRoom(of(more.needs));
  s.places.MakeRoom(of(more.tasks * 2));
  s.declined.MakeRoom(of(more.declined));
  s.times.MakeRoom(of(more.offers));
  s.wakes.MakeRoom(of(more.offers));
  s.conversations.MakeRoom(of(more.tasks));
  s.pauses.MakeRoom(of(kStepsAtATime));
  s.idlers.MakeRoom(of(kStepsAtATime + others));
  Grow(s.terms, s.terms.size() + kStepsAtATime);
}

// What may be taken from an agent, or wait for him, and the offers of invitations that end with it.
uint64_t WorkOf(const State& s, AgentId id) {
  const Agent& agent = s.agents[id];
  uint64_t work = uint64_t{agent.paused.size} + agent.reservations.size + agent.waiting.size;
  ForEachReservation(s, agent, [&](ReservationId, const Reservation& r) {
    const Conversation& c = s.conversations[s.tasks[r.task].conversation];
    if (c.invitation) work += s.tasks[c.invitation].offers.size;
  });
  return work;
}

uint64_t GuestsOf(const State& s, ConversationId id) { return s.conversations[id].guests.size; }

// How many others each command may be about. Most are about none.
template <class C>
uint64_t OthersOf(const State&, const C&) {
  return 0;
}
uint64_t OthersOf(const State& s, const ApplySettings&) { return s.agents.size(); }
uint64_t OthersOf(const State& s, const RemoveAgent& c) { return WorkOf(s, c.agent); }
uint64_t OthersOf(const State& s, const SetActivity& c) { return WorkOf(s, c.agent); }
uint64_t OthersOf(const State& s, const Disconnect& c) { return WorkOf(s, c.agent); }
uint64_t OthersOf(const State& s, const Logout& c) { return WorkOf(s, c.agent); }
uint64_t OthersOf(const State& s, const Decline& c) {
  return WorkOf(s, s.reservations[c.reservation].agent);
}
uint64_t OthersOf(const State& s, const Close& c) { return GuestsOf(s, c.conversation); }
uint64_t OthersOf(const State& s, const Invite& c) { return GuestsOf(s, c.conversation); }
// Each word of it may deserve a warning.
uint64_t OthersOf(const State&, const AddWorkflow& c) { return c.definition.size() / 16; }
uint64_t OthersOf(const State& s, const UpdateWorkflow& c) {
  return c.definition.size() / 16 + (c.reevaluate ? s.workflows[c.workflow].users : 0);
}

void RouteRoom(State& s, const Route& route) {
  if (!route.attributes.empty()) s.attributes.MakeRoom(1);
}

void OpenRoom(State& s, size_t address, const Route& route) {
  s.conversations.MakeRoomForOne(address);
  s.by_address.MakeRoom(1);
  RouteRoom(s, route);
}

// What else a command may add.
template <class C>
void MoreRoom(State& s, const C& c) {
  if constexpr (requires { c.route; }) RouteRoom(s, c.route);
}
void MoreRoom(State& s, const Message& c) {
  OpenRoom(s, c.customer.size() + c.business.size(), c.route);
}
void MoreRoom(State& s, const OpenConversation& c) {
  OpenRoom(s, c.customer.size() + c.business.size(), c.route);
}
void MoreRoom(State& s, const UpdateQueue&) { s.wheel.MakeRoom(s.tasks.size() + kStep.timers); }

}  // namespace

void MakeRoom(State& s, uint64_t others) {
  const uint64_t steps = 1 + (others + 1) / 2;
  s.wheel.MakeRoom(kStep.timers);  // Timers that moved down have used up some of it.
  if (steps <= s.spare.steps) {
    s.spare.steps -= steps;
    return;
  }
  s.spare.steps = 0;  // If this fails half-way, the next step makes room again.
  const bool usual = steps <= kStepsAtATime;
  Grow(s, kStep * kStepsAtATime + kOther * (usual ? 0 : others), usual ? 0 : others);
  if (usual) s.spare.steps = kStepsAtATime - steps;
}

void MakeRoomFor(State& s, const Command& command) {
  std::visit(
      [&s](const auto& c) {
        MakeRoom(s, OthersOf(s, c));
        MoreRoom(s, c);
      },
      command);
}

void MakeRoomFor(State& s, const DueTimer& due) {
  const auto slot = static_cast<uint32_t>(due.tag);
  switch (static_cast<Timer>(due.tag >> 32)) {
    case Timer::kOffline:
    case Timer::kRequeue:
      return MakeRoom(s, WorkOf(s, s.agents.IdAt(slot)));
    case Timer::kReservation:
      return MakeRoom(s, s.agents[s.reservations.At(slot).agent].waiting.size);
    default:
      return MakeRoom(s);
  }
}

void MakeRoomFor(State& s, TaskId task) {
  PARLEY_CHECK(s.tasks[task].line != LineKind::kNone);
  MakeRoom(s, s.queues[s.tasks[task].queue].rules.max_offers - 1);
}

void MakeRoomForAgent(State& s) {
  s.agents.MakeRoom(1);
  s.agent_names.MakeRoom(1);
  Grow(s.fresh_agents, s.agents.size() + 1);
  const uint64_t lines = 2 * (s.needs.size() + kStep.needs * kStepsAtATime) + s.agents.size() + 1;
  Grow(s.cursors, lines);
  Grow(s.cursors_before, lines);
  const uint32_t slots = s.agents.slots() + 1;
  s.queues.ForEach([slots](QueueId, Queue& queue) { queue.members.Reserve(slots); });
  s.needs.ForEach([slots](NeedId, Need& need) {
    if (need.known) need.fits.Reserve(slots);
  });
  for (BitSet& idle : s.idle) idle.Reserve(slots);
  for (size_t i = 0; i < s.skills.size(); ++i) s.skilled[i].Reserve(slots);
  for (BitSet& set : s.spare.sets) set.Reserve(slots);
}

namespace {

uint32_t plus(uint64_t n, uint64_t more) {
  return static_cast<uint32_t>(std::min<uint64_t>(n + more, UINT32_MAX - 2));
}

size_t LargestCell(const Expected& e) {
  if (e.packed_bytes == 0) return kParcelMost;
  const uint64_t size = std::min<uint64_t>(uint64_t{e.address_bytes} + e.packed_bytes, kParcelMost);
  return CellPool::SizeOf(CellPool::KindOf(static_cast<size_t>(size)));
}
// Histories are not all of one length: a cell may be an eighth larger than what is in it, or seven
// bytes.
uint64_t CellBytes(uint64_t conversations, const Expected& e) {
  if (e.packed_bytes > 0) return conversations * LargestCell(e);
  const uint64_t bytes =
      conversations * (uint64_t{e.address_bytes} + 48) + e.messages * uint64_t{16};
  return bytes + bytes / 8 + conversations * 7;
}

void ReserveConversations(State& s, const Expected& e) {
  const uint64_t open = uint64_t{e.tasks} + kStep.tasks * kStepsAtATime;
  const uint64_t per_conversation = e.messages / std::max<uint64_t>(e.conversations, 1) + 1;
  s.conversations.Reserve({.all = plus(e.conversations, 1),
                           .open = plus(open, 0),
                           .bytes = CellBytes(e.conversations + open, e),
                           .largest = LargestCell(e),
                           .messages = plus(open * per_conversation, kStepsAtATime)});
  s.pauses.Reserve(plus(e.paused, kStepsAtATime));
}

}  // namespace

void Reserve(State& s, const Expected& e) {
  const Amounts step = kStep * kStepsAtATime;
  s.agents.Reserve(e.agents);
  s.agent_names.Reserve(e.agents);
  ReserveConversations(s, e);
  s.by_address.Reserve(plus(e.conversations, 1));
  s.tasks.Reserve(plus(e.tasks, step.tasks));
  s.reservations.Reserve(plus(e.tasks, step.offers));
  s.places.Reserve(plus(e.tasks, step.tasks * 2));
  s.declined.Reserve(plus(e.tasks, step.declined));
  s.idlers.Reserve(plus(e.agents, kStepsAtATime));
  s.times.Reserve(plus(uint64_t{e.agents} * s.activities.size(), step.offers));
  s.wakes.Reserve(plus(uint64_t{e.agents} * s.settings.routing.wakes_per_minute, step.offers));
  // Of a conversation one, of a task with its offer five, of an agent three.
  const uint64_t timers = e.conversations + uint64_t{5} * e.tasks + uint64_t{3} * e.agents;
  s.wheel.Reserve(plus(timers, step.timers));
  if (const uint64_t events = e.events + step.events; events > s.events.capacity()) {
    s.events.resize(events);  // Written to, so that the pages are there, too.
    s.events.clear();
  }
  Grow(s.terms, s.terms.size() + 1 + kStepsAtATime);  // One more: of the settings as they are.
  // What all of one agent's work may bring at once, and a return of every task in one instant.
  const uint64_t work = std::min<uint64_t>(e.conversations, kUsualWork);
  Grow(s, step + kOther * work, work);
  GrowLists(s,
            step + kOther * work + Amounts{.tasks = e.tasks, .offers = e.tasks, .needs = e.needs});
  GrowSpareSets(s, step.needs + e.needs);
  s.needs.Reserve(plus(e.needs, step.needs));
  s.rules.Reserve(plus(e.needs, step.needs));
  s.by_need.Reserve(plus(e.needs, step.needs));
  s.by_rule.Reserve(plus(e.needs, step.needs));
  s.spare.steps = 0;
  MakeRoom(s);
}

void MakeRoomForQueue(State& s, Queue& queue) {
  queue.members.Reserve(s.agents.slots());
  s.queues.MakeRoom(1);
  s.queue_names.MakeRoom(1);
  Grow(s.fickle_queues, s.queues.size() + 1);
  Grow(s.waiting_queues, s.queues.size() + 1);
}

void MakeRoomForCourse(State& s) {
  s.courses.MakeRoom(1);
  s.workflows.MakeRoom(1);
  s.workflow_names.MakeRoom(1);
}

}  // namespace parley::internal
