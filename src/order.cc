// src/order.cc — see order.h.

#include "order.h"

#include <algorithm>

#include "capacity.h"
#include "facts.h"
#include "workflow.h"

namespace parley::internal {
namespace {

constexpr int64_t kMilli = 1000;  // Points are compared in thousandths.
constexpr Duration kLongestAgeing = 3660 * kDay;

int64_t Count(Instant at) { return at.time_since_epoch().count(); }

// A task for one agent alone goes as in a FIFO queue: his line is one of many queues.
TaskOrder OrderFor(const State& s, const Task& task) {
  return task.waits_for ? TaskOrder::kFifo : s.queues[task.queue].rules.order;
}

// A point is worth some waiting, so who has most points has the earliest virtual start.
int64_t Start(const QueueRules& rules, const Task& task) {
  return Count(task.since) - task.priority * rules.point_every.count();
}

// In thousandths of a point.
int64_t Points(const State& s, const Queue& queue, const Task& task) {
  PARLEY_CHECK(queue.rules.point_every > Duration::zero() && task.since <= s.time);
  const Duration waited = std::min(s.time - task.since, kLongestAgeing);
  return (int64_t{task.priority} + queue.rules.credit) * kMilli +
         waited.count() * kMilli / queue.rules.point_every.count();
}

// Of a load that is counted in parts of 2^32.
int64_t Millionths(int64_t load) {
  return (load >> 32) * 1'000'000 + ((load & UINT32_MAX) * 1'000'000 >> 32);
}

PlacePool::Line& LineOf(State& s, const Task& task) {
  PARLEY_CHECK(task.line != LineKind::kNone);
  if (task.line == LineKind::kAgent) return s.agents[task.waits_for].waiting;
  Need& need = s.NeedOf(task.need);
  return task.line == LineKind::kReturned ? need.returned : need.line;
}

template <class F>
void ForEachInLine(State& s, QueueId queue, F f) {
  s.tasks.ForEach([&](TaskId id, Task& task) {
    if (task.line != LineKind::kNone && task.queue == queue) f(id, task);
  });
}

}  // namespace

Place PlaceOf(const State& s, TaskId id) {
  const Task& task = s.tasks[id];
  PARLEY_CHECK(task.number > 0);
  const QueueRules& rules = s.queues[task.queue].rules;
  switch (OrderFor(s, task)) {
    case TaskOrder::kLifo:
      return {0, -Count(task.created), ~task.number, id};
    case TaskOrder::kAgeing:
      return {0, Start(rules, task), task.number, id};
    case TaskOrder::kFifo:
      break;
  }
  return {-int64_t{task.priority}, Count(task.since), task.number, id};
}

Rank RankOf(const State& s, TaskId id) {
  const Task& task = s.tasks[id];
  const Queue& queue = s.queues[task.queue];
  const TaskOrder order = OrderFor(s, task);
  const bool lifo = order == TaskOrder::kLifo;
  const bool lifo_first = s.settings.routing.first == FirstKind::kLifo;
  const auto group = static_cast<uint8_t>(lifo == lifo_first ? 0 : 1);
  if (lifo) return {group, 0, -Count(task.created), ~task.number};
  if (order == TaskOrder::kAgeing) {
    return {group, -Points(s, queue, task), Start(queue.rules, task), task.number};
  }
  return {group, -int64_t{task.priority} * kMilli, Count(task.since), task.number};
}

AgentKey KeyOf(const State& s, TaskId task_id, AgentId id) {
  const Task& task = s.tasks[task_id];
  const Queue& queue = s.queues[task.queue];
  const Agent& agent = s.agents[id];
  switch (queue.rules.agent_order) {
    case AgentOrder::kLastAssigned:
      return {Count(agent.last_assigned)};
    case AgentOrder::kLastReleased:
      return {Count(agent.last_released)};
    case AgentOrder::kAvailableSince:
      return {Count(agent.activity_since)};
    case AgentOrder::kRoundRobin:
      return {queue.asked != UINT32_MAX && id.slot() > queue.asked ? 0 : 1, id.slot()};
    case AgentOrder::kLeastLoaded: {
      const Capacity& capacity = agent.For(task.medium);
      const uint64_t used = UsedBy(s, agent, task.medium);
      return {static_cast<int64_t>((used << 32) / std::max(capacity.configured, 1u))};
    }
    case AgentOrder::kScore: {
      PARLEY_CHECK(queue.score);
      const AgentSheet sheet(s, id, queue.score->uses());
      const int64_t score = queue.score->Evaluate(
          {.task = &AttributesAt(s, task.attributes), .agent = &sheet.facts()});
      return {~score};  // Highest first, and no overflow.
    }
    case AgentOrder::kOrderBy:
    case AgentOrder::kLastReserved:
      break;
  }
  return {};
}

const AgentOrderBy* OrderByOf(const State& s, const Task& task) {
  const CourseStep* step = StepOf(s, task);
  if (step != nullptr && step->order_by) return &*step->order_by;
  const Queue& queue = s.queues[task.queue];
  return queue.order_by ? &*queue.order_by : nullptr;
}

std::optional<AgentKey> KeyBy(const State& s, const AgentOrderBy& order, AgentId agent) {
  const AgentSheet sheet(s, agent, order.uses());
  const auto keys = order.KeysOf(sheet.facts());
  if (!keys) return std::nullopt;
  AgentKey key = {};
  PARLEY_CHECK(2 * keys->keys.size() <= key.size());
  for (size_t i = 0; i < keys->keys.size(); ++i) {
    key[2 * i] = keys->keys[i].missing ? 1 : 0;
    key[2 * i + 1] = keys->keys[i].value;
  }
  return key;
}

Decision Compare(AgentOrder order, const AgentOrderBy* list, const AgentKey& chosen,
                 const AgentKey& other) {
  const auto [mine, his] = std::ranges::mismatch(chosen, other);
  if (mine == chosen.end()) return {.by = DecidedBy::kLastReserved, .order = order};
  PARLEY_CHECK(*mine < *his);
  const auto at = static_cast<size_t>(mine - chosen.begin());
  Decision decision{DecidedBy::kOrder, order, 0, *mine, *his};
  if (list != nullptr) {
    decision.key = static_cast<uint32_t>(at / 2 + 1);
    decision.missing = at % 2 == 0;
    const size_t value = at | 1;  // The key before it says whether there is one.
    const bool turned = list->IsDescending(at / 2);
    decision.chosen = turned ? ~chosen[value] : chosen[value];
    decision.other = decision.missing ? 0 : turned ? ~other[value] : other[value];
  } else if (order == AgentOrder::kScore) {
    decision.chosen = ~*mine;
    decision.other = ~*his;
  } else if (order == AgentOrder::kLeastLoaded) {
    decision.chosen = Millionths(*mine);
    decision.other = Millionths(*his);
  } else if (order == AgentOrder::kRoundRobin) {
    decision.chosen = chosen[1];
    decision.other = other[1];
  }
  return decision;
}

void Unline(State& s, QueueId queue) {
  ForEachInLine(s, queue, [&s](TaskId, Task& task) {
    s.places.Erase(LineOf(s, task), task.spot, task.place);
  });
}

void Reline(State& s, QueueId queue) {
  ForEachInLine(s, queue, [&s](TaskId id, Task& task) {
    task.place = PlaceOf(s, id);
    task.spot = s.places.Insert(LineOf(s, task), task.place);
  });
}

}  // namespace parley::internal
