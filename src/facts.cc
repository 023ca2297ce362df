// src/facts.cc — see facts.h.

#include "facts.h"

#include <algorithm>

#include "eligibility.h"

namespace parley::internal {

AgentSheet::AgentSheet(const State& s, AgentId id, const Uses& uses) : id_(id) {
  const Agent& agent = s.agents[id];
  if (uses.activity) activity_id_ = IdText(agent.activity);
  size_t count = 0;
  if (uses.skills) {
    skills_.emplace();
    for (uint32_t slot = 0; slot < s.skills.size(); ++slot) {
      if (agent.skills.Has(SkillId::Make(slot, 0))) (*skills_)[count++] = s.skills[slot];
    }
  }
  facts_ = {.id = id_.text(),
            .name = agent.name,
            .activity_id = activity_id_.text(),
            .activity_name = s.activities[agent.activity.slot()].name,
            .attributes = &agent.attributes,
            .skills = skills_ ? std::span(skills_->data(), count) : std::span<std::string_view>(),
            .media = &agent.media,
            .wrapping_counts = s.settings.task.wrapping_uses_capacity};
}

CrowdSheet::CrowdSheet(const State& s, QueueId id) {
  const Queue& queue = s.queues[id];
  std::vector<int64_t> agents(s.activities.size());
  s.agents.ForEach([&](AgentId agent, const Agent& record) {
    if (!Serves(s, queue, agent)) return;
    ++agents[record.activity.slot()];
    ++(IsAvailable(s, record) ? facts_.available : facts_.unavailable);
  });
  ids_.reserve(agents.size());
  for (uint32_t slot = 0; slot < agents.size(); ++slot) {
    ids_.emplace_back(ActivityId::Make(slot, 0));
    activities_.push_back({ids_.back().text(), s.activities[slot].name, agents[slot]});
  }
  facts_.activities = activities_;
  facts_.waiting = queue.waiting;
  Instant oldest = s.time;
  s.needs.ForEach([&](NeedId, const Need& need) {
    if (need.queue != id) return;
    const auto consider = [&](const Place& p) { oldest = std::min(oldest, s.tasks[p.task].since); };
    s.places.ForEach(need.line, consider);
    s.places.ForEach(need.returned, consider);
  });
  facts_.longest_wait = (s.time - oldest).count() / 1000;
}

}  // namespace parley::internal
