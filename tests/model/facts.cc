// What expressions can ask about: a task, an agent, the crowd of a queue (C1, F9).

#include <algorithm>
#include <string>

#include "model.h"

namespace parley::model {

// Whether he is one of the queue's agents.
bool Model::Serves(const Queue& queue, const Agent& agent) const {
  if (!agent.skills.HasAll(queue.skills)) return false;
  return Holds(queue.serves, [&](const Operand& asked) { return AgentFact(agent, asked.path); });
}

// Whether he is one of those whom the task is for (R-WR-05).
bool Model::Fits(const Task& task, const Agent& agent) const {
  if (!agent.skills.HasAll(task.skills) || !Serves(queues_[task.queue], agent)) return false;
  const Step* step = StepOf(task);
  if (step == nullptr) return true;
  if (!agent.skills.HasAll(step->skills)) return false;
  if (!step->known.empty() && task.known != agent.id) return false;
  return Holds(step->wants, Asking(task, &agent));
}

LookUp Model::Asking(const Task& task, const Agent* agent) const {
  return [this, &task, agent](const Operand& asked) {
    if (asked.root == "task") {
      return At(conversations_[task.conversation].attributes, asked.path);
    }
    if (asked.root == "worker") return AgentFact(*agent, asked.path);
    return CrowdFact(queues_[task.queue], asked.root, asked.path[0]);
  };
}

// What is known of him goes before what is said, but for `name` and `skills`.
Value Model::AgentFact(const Agent& agent, const std::vector<std::string>& path) const {
  if (path.size() == 1) {
    if (path[0] == "sid") return ToValue(TextOf('a', agent.id));
    if (path[0] == "friendly_name") return ToValue(agent.name);
    if (path[0] == "activity_sid") return ToValue(TextOf('y', agent.activity));
    if (path[0] == "activity_name") return ToValue(activities_[agent.activity].name);
  }
  if (path.size() == 3 && path[0] == "channel") {
    for (size_t m = 0; m < kMedia; ++m) {
      const auto medium = static_cast<Medium>(m);
      if (Name(medium) == path[1]) return ChannelFact(agent, medium, path[2]);
    }
  }
  if (agent.attributes.members.contains(path[0])) return At(agent.attributes, path);
  Value known;
  if (path[0] == "name") known.members["name"] = ToValue(agent.name);
  if (path[0] == "skills") {
    Value& skills = known.members["skills"];
    skills.type = Value::kArray;
    agent.skills.ForEach([&](SkillId id) { skills.elements.push_back(ToValue(skills_[id].name)); });
  }
  return At(known, path);
}

Value Model::ChannelFact(const Agent& agent, Medium medium, const std::string& what) const {
  const int64_t configured = agent.desks[static_cast<size_t>(medium)].configured;
  if (what == "configured_capacity") return ToValue(configured);
  if (what == "assigned_tasks") {
    return ToValue(int64_t{Count(agent, medium, ReservationState::kAccepted)});
  }
  if (what != "available_capacity_percentage") return {};
  const int64_t left = std::max<int64_t>(configured - int64_t{Used(agent, medium)}, 0);
  return ToValue(configured == 0 ? 0 : left * 100 / configured);
}

Value Model::CrowdFact(const Queue& queue, const std::string& root, const std::string& what) const {
  int64_t count = 0;
  if (root == "queue") {
    int64_t longest = 0;
    for (const Task* task : tasks_.All()) {
      if (task->state != TaskState::kPending || task->queue != queue.id) continue;
      ++count;
      longest = std::max<int64_t>(longest, (now_ - task->since).count() / 1000);
    }
    if (what == "waiting") return ToValue(count);
    return what == "longest_wait" ? ToValue(longest) : Value();
  }
  for (const Agent* agent : agents_.All()) {
    const Activity& activity = activities_[agent->activity];
    const bool is_in = what == "available" ? activity.available
                       : what == "unavailable"
                           ? !activity.available
                           : activity.name == what || TextOf('y', activity.id) == what;
    if (is_in && Serves(queue, *agent)) ++count;
  }
  return ToValue(count);
}

}  // namespace parley::model
