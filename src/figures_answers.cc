// src/figures_answers.cc — what the figures say when they are asked.

#include <algorithm>

#include "parley/annex/figures.h"

namespace parley {

void Spread::Add(Duration length) {
  min = count == 0 ? length : std::min(min, length);
  max = count == 0 ? length : std::max(max, length);
  total += length;
  ++count;
}

Duration Spread::Average() const {
  return count == 0 ? Duration::zero() : total / static_cast<int64_t>(count);
}

uint32_t ServiceLevel::PerMille() const {
  return of == 0 ? 1000 : static_cast<uint32_t>(within * 1000 / of);
}

uint64_t QueueFigures::Total() const {
  uint64_t total = 0;
  for (const uint64_t count : by_state) total += count;
  return total;
}

Figures::Figures(std::vector<Duration> thresholds) : thresholds_(std::move(thresholds)) {
  std::ranges::sort(thresholds_);
  const auto twice = std::ranges::unique(thresholds_);
  thresholds_.erase(twice.begin(), twice.end());
  for (const Duration threshold : thresholds_) nothing_.splits.push_back({.threshold = threshold});
  activities_ = {{kOffline, {.available = false}}, {kAvailable, {.available = true}}};
}

const QueueFigures& Figures::Of(QueueId queue, Medium medium) const {
  const auto found = queues_.find({queue, medium});
  return found == queues_.end() ? nothing_ : found->second;
}

std::vector<Figures::Key> Figures::Seen() const {
  std::vector<Key> keys;
  for (const auto& [key, figures] : queues_) keys.push_back(key);
  return keys;
}

std::optional<LongestWait> Figures::LongestWaiting(QueueId queue, Medium medium,
                                                   Instant now) const {
  const Key key{queue, medium};
  const OpenTask* oldest = nullptr;
  const OpenTask* in_queue = nullptr;
  LongestWait wait;
  for (const auto& [id, task] : tasks_) {
    const bool waits = task.state == TaskState::kPending || task.state == TaskState::kReserved;
    if (!waits || task.key != key) continue;
    if (oldest == nullptr || task.created < oldest->created) {
      oldest = &task;
      wait.oldest = id;
      wait.age = now - task.created;
    }
    if (in_queue == nullptr || task.entered < in_queue->entered) {
      in_queue = &task;
      wait.oldest_in_queue = id;
      wait.age_in_queue = now - task.entered;
    }
  }
  if (oldest == nullptr) return std::nullopt;
  return wait;
}

std::optional<ServiceLevel> Figures::LevelOf(QueueId queue, Medium medium, Duration target) const {
  const QueueFigures& q = Of(queue, medium);
  const auto split = std::ranges::find(q.splits, target, &Split::threshold);
  if (split == q.splits.end()) return std::nullopt;
  return ServiceLevel{target, split->accepted, q.until_accepted.count + q.until_canceled.count};
}

uint64_t Figures::AgentsIn(ActivityId activity) const {
  const auto found = activities_.find(activity);
  return found == activities_.end() ? 0 : found->second.agents;
}

uint64_t Figures::AvailableAgents() const {
  uint64_t agents = 0;
  for (const auto& [id, activity] : activities_) agents += activity.available ? activity.agents : 0;
  return agents;
}

Duration Figures::TimeIn(AgentId agent, ActivityId activity, Instant now) const {
  const auto found = agents_.find(agent);
  if (found == agents_.end()) return Duration::zero();
  const AgentTimes& times = found->second;
  const auto spent = times.spent.find(activity);
  const Duration before = spent == times.spent.end() ? Duration::zero() : spent->second;
  return times.here && times.activity == activity ? before + (now - times.since) : before;
}

}  // namespace parley
