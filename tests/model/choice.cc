// Which of those who can take a task gets it, and why he and not the next one.

#include <algorithm>
#include <tuple>

#include "model.h"

namespace parley::model {

namespace {
int64_t Ms(Instant at) { return at.time_since_epoch().count(); }
}  // namespace

// The order in force: the step's, else the queue's.
AgentOrder Model::OrderFor(const Task& task) const {
  const Step* step = StepOf(task);
  if (step != nullptr && step->order) return AgentOrder::kOrderBy;
  return queues_[task.queue].rules.agent_order;
}

const OrderBy& Model::ListFor(const Task& task) const {
  const Step* step = StepOf(task);
  return step != nullptr && step->order ? *step->order : queues_[task.queue].listed;
}

// Listed attributes count if all who can take the task have integers there, or nothing.
bool Model::IsListed(const Task& task, const std::vector<Agent*>& can) const {
  if (OrderFor(task) != AgentOrder::kOrderBy) return false;
  return std::ranges::all_of(can, [&](const Agent* agent) {
    return Keys(ListFor(task), Asking(task, agent)).has_value();
  });
}

// What agents are compared by, the smallest first.
std::vector<int64_t> Model::RankOf(const Task& task, const Agent& agent, bool listed) const {
  if (listed) return *Keys(ListFor(task), Asking(task, &agent));
  const Queue& queue = queues_[task.queue];
  switch (OrderFor(task)) {
    case AgentOrder::kLastAssigned:
      return {Ms(agent.last_assigned)};
    case AgentOrder::kLastReleased:
      return {Ms(agent.last_released)};
    case AgentOrder::kAvailableSince:
      return {Ms(agent.activity_since)};
    case AgentOrder::kRoundRobin: {
      const bool passed = queue.asked_last != kUnlimited && agent.id.slot() <= queue.asked_last;
      return {int64_t{agent.id.slot()} + (passed ? int64_t{kUnlimited} : 0)};
    }
    case AgentOrder::kLeastLoaded: {
      const uint32_t most = agent.desks[static_cast<size_t>(task.medium)].configured;
      return {most == 0 ? 0 : int64_t{Used(agent, task.medium)} * 1'000'000 / most};
    }
    case AgentOrder::kScore:
      return {-Points(queue.score, Asking(task, &agent))};
    default:
      return {};
  }
}

// Those who can take it, in the queue's order, then whoever has been without an offer longest
// first; who let it go comes after all who did not (E-21, E-37).
std::vector<Agent*> Model::Ranked(const Task& task) {
  std::vector<Agent*> can = agents_.All();
  std::erase_if(can, [&](Agent* agent) { return !CanTake(task, *agent); });
  if (can.size() < 2) return can;
  const bool listed = IsListed(task, can);
  std::ranges::sort(can, {}, [&](const Agent* agent) {
    return std::tuple(task.let_go.contains(agent->id), RankOf(task, *agent, listed),
                      agent->last_reserved, agent->id);
  });
  return can;
}

// Why the first so many are asked, and not the next one.
std::vector<Decision> Model::Decisions(const Task& task, const std::vector<Agent*>& can,
                                       size_t asked) const {
  if (task.waits_for) return std::vector<Decision>(asked, {DecidedBy::kName});
  if (asked == can.size()) return std::vector<Decision>(asked, {DecidedBy::kNobodyElse});
  const bool listed = IsListed(task, can);
  std::vector<Decision> decisions;
  for (size_t i = 0; i < asked; ++i) {
    decisions.push_back(WhyHe(task, *can[i], *can[asked], listed));
  }
  return decisions;
}

// The first comparison in which they are not equal, with both sides (model/task.h).
Decision Model::WhyHe(const Task& task, const Agent& he, const Agent& next, bool listed) const {
  const AgentOrder order = OrderFor(task);
  if (task.let_go.contains(he.id) != task.let_go.contains(next.id)) {
    return {DecidedBy::kLetGo, order};
  }
  const auto his = RankOf(task, he, listed), other = RankOf(task, next, listed);
  const auto at = static_cast<size_t>(std::ranges::mismatch(his, other).in1 - his.begin());
  if (at < his.size() && listed) {
    const auto key = static_cast<uint32_t>(at / 2);  // Missing or not, then the value.
    const int64_t sign = ListFor(task).clauses[key].descending ? -1 : 1;
    return {DecidedBy::kOrder,         order, key + 1, sign * his[2 * key + 1],
            sign * other[2 * key + 1], other[2 * key] != 0};
  }
  if (at < his.size()) {
    const int64_t sign = order == AgentOrder::kScore ? -1 : 1;
    if (order != AgentOrder::kRoundRobin) {
      return {DecidedBy::kOrder, order, 0, sign * his[0], sign * other[0]};
    }
    return {DecidedBy::kOrder, order, 0, he.id.slot(), next.id.slot()};
  }
  if (he.last_reserved == next.last_reserved) return {DecidedBy::kId, order};
  return {DecidedBy::kLastReserved, order, 0, Ms(he.last_reserved), Ms(next.last_reserved)};
}

}  // namespace parley::model
