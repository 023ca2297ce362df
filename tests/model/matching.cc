// Who is next: of all tasks that wait, the first that somebody can take goes to the best of those
// who can, until none can be taken.

#include <algorithm>
#include <tuple>
#include <utility>

#include "model.h"

namespace parley::model {

// True if something was sent on that may be matched once what is due now has happened.
bool Model::Match() {
  while (OfferOne()) {
  }
  const bool skipped = SkipAll();
  return AskAll() || skipped;
}

namespace {
constexpr Duration kMinute = std::chrono::minutes(1);
}  // namespace

// Whether he may be offered one more task that waits for him alone (routing.wakes_per_minute).
bool Model::MayBeWoken(const Agent& agent) const {
  const uint32_t most = settings_.routing.wakes_per_minute;
  if (most == 0) return true;
  const auto counts = [&](Instant at) { return at > now_ - kMinute; };
  return std::ranges::count_if(agent.wakes, counts) < most;
}

void Model::NoteWake(Agent& agent) {
  if (settings_.routing.wakes_per_minute == 0) return;
  agent.wakes.push_back(now_);
  std::erase_if(agent.wakes, [&](Instant at) { return at <= now_ - kMinute; });
}

// The moment at which he may be; sooner than was thought before if the limit was raised since.
void Model::ArmWake(Agent& agent) {
  const size_t most = settings_.routing.wakes_per_minute;
  const Instant at = agent.wakes[agent.wakes.size() - most] + kMinute;
  if (agent.wake && agent.wake.at <= at) return;
  Disarm(agent.wake);
  agent.wake = Arm(at, Due::kWake, agent.id.value);
}

// Whether he may be asked for it now, whatever else he does.
bool Model::IsFor(const Task& task, const Agent& agent) const {
  if (task.waits_for) return task.waits_for == agent.id;
  if (std::ranges::find(task.never, agent.id) != task.never.end()) return false;
  const auto let_go = task.let_go.find(agent.id);
  return let_go == task.let_go.end() || let_go->second <= now_;
}

bool Model::CanTake(const Task& task, Agent& agent) {
  const auto has_it = [&](ReservationId id) { return reservations_[id].agent == agent.id; };
  if (std::ranges::any_of(task.offers, has_it) || !IsFor(task, agent)) return false;
  const uint32_t over_by = task.waits_for ? task.over_by : 0;
  if (over_by == kUnlimited) return true;  // B1, direct routing: whatever he does.
  if (task.waits_for && !MayBeWoken(agent)) {
    ArmWake(agent);
    return false;
  }
  if (!IsAvailable(agent)) return false;
  if (!agent.desks[static_cast<size_t>(task.medium)].available) return false;
  if (!HasRoom(agent, task.medium, over_by) || IsHeldBack(task, agent)) return false;
  return Fits(task, agent);
}

// By the attributes that the step, or else the queue, lists; nothing if it does not list any, or
// one is no integer.
std::optional<std::vector<int64_t>> Model::ListedRank(const Task& task, const Agent& agent) const {
  const Step* step = StepOf(task);
  const OrderBy& listed =
      step != nullptr && step->order ? *step->order : queues_[task.queue].listed;
  return Keys(listed, Asking(task, &agent));
}

// By what the queue chooses among its agents, the smallest first.
std::vector<int64_t> Model::RankOf(const Task& task, const Agent& agent) const {
  const Queue& queue = queues_[task.queue];
  const auto count = [](Instant at) { return std::vector{int64_t{at.time_since_epoch().count()}}; };
  switch (queue.rules.agent_order) {
    case AgentOrder::kLastAssigned:
      return count(agent.last_assigned);
    case AgentOrder::kLastReleased:
      return count(agent.last_released);
    case AgentOrder::kAvailableSince:
      return count(agent.activity_since);
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
  const Step* step = StepOf(task);
  const bool by_step = step != nullptr && step->order;
  bool listed = by_step || queues_[task.queue].rules.agent_order == AgentOrder::kOrderBy;
  for (const Agent* agent : can) listed = listed && ListedRank(task, *agent);
  const auto rank = [&](const Agent& agent) {
    if (listed) return *ListedRank(task, agent);
    return by_step ? std::vector<int64_t>() : RankOf(task, agent);
  };
  std::ranges::sort(can, {}, [&](const Agent* agent) {
    return std::tuple(task.let_go.contains(agent->id), rank(*agent), agent->last_reserved,
                      agent->id);
  });
  return can;
}

// The first task that somebody can take is offered to as many as its queue asks at once.
bool Model::OfferOne() {
  for (Task* task : Waiting()) {
    const std::vector<Agent*> can = Ranked(*task);
    if (can.empty()) continue;
    StopWaiting(*task);
    std::erase(returned_, task->id);
    const bool accepts = settings_.For(task->medium).auto_accept;  // P4.
    const uint32_t most = accepts ? 1 : queues_[task->queue].rules.max_offers;
    const bool again = task->let_go.contains(can[0]->id);
    ReservationId offer;
    for (size_t asked = 0; asked < std::min<size_t>(most, can.size()); ++asked) {
      if (task->let_go.contains(can[asked]->id) == again) offer = Offer(*task, can[asked]->id);
    }
    if (accepts) AcceptOffer(reservations_[offer]);
    Bury();
    return true;
  }
  return false;
}

// Where do those go that came back, and that nobody else can take now?
bool Model::AskAll() {
  const auto returned = std::exchange(returned_, {});
  for (const TaskId id : returned) {
    Task* task = tasks_.Find(id);
    if (task == nullptr || task->state != TaskState::kPending) continue;
    OnNobodyElse(*task);
    Bury();
  }
  return !returned.empty();
}

}  // namespace parley::model
