// Who is next: of all tasks that wait, the first that somebody can take goes to the best of those
// who can, until none can be taken.

#include <algorithm>
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

// The first task that somebody can take is offered to as many as its queue asks at once.
bool Model::OfferOne() {
  for (Task* task : Waiting()) {
    const std::vector<Agent*> can = Ranked(*task);
    if (can.empty()) continue;
    StopWaiting(*task);
    std::erase(returned_, task->id);
    OfferTo(*task, can);
    Bury();
    return true;
  }
  return false;
}

// Asked at once are the first of those who let it go before, or of those who did not.
void Model::OfferTo(Task& task, const std::vector<Agent*>& can) {
  const bool accepts = settings_.For(task.medium).auto_accept;  // P4.
  const uint32_t most = queues_[task.queue].rules.max_offers;
  const bool again = task.let_go.contains(can[0]->id);
  size_t asked = 0;
  while (asked < std::min<size_t>(accepts ? 1 : most, can.size()) &&
         task.let_go.contains(can[asked]->id) == again) {
    ++asked;
  }
  const std::vector<Decision> decisions = Decisions(task, can, asked);
  for (size_t i = 0; i < asked; ++i) {
    Reservation& r = reservations_[Offer(task, can[i]->id)];
    r.decision = decisions[i];
    r.runner_up = asked < can.size() ? can[asked]->id : AgentId();
    if (accepts) AcceptOffer(r);
  }
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
