// An agent who leaves the customer without an answer loses the conversation (answer.limit).

#include <algorithm>

#include "model.h"

namespace parley::model {

// From the accept, or from the customer's message after an answer.
void Model::StartAnswer(Conversation& c) {
  const auto& rule = settings_.answer;
  Task* task = tasks_.Find(c.live_task);
  const bool runs = task != nullptr && task->state == TaskState::kAssigned &&
                    rule.limit > Duration::zero() && c.unanswered && !task->answer;
  if (!runs) return;
  task->answer = Arm(now_ + TimeToAnswer(c), Due::kAnswer, task->id.value);
}

// Each has twice the time of the one before.
Duration Model::TimeToAnswer(const Conversation& c) const {
  Duration time = settings_.answer.limit;
  for (size_t i = 0; settings_.answer.backs_off && i < c.silent.size(); ++i) time *= 2;
  return time;
}

// An agent wrote: whoever has it has answered.
void Model::StopAnswer(Conversation& c) {
  c.unanswered = false;
  c.silent.clear();
  if (Task* task = tasks_.Find(c.live_task)) Disarm(task->answer);
}

void Model::OnAnswerLimit(Task& task) {
  task.answer = {};
  Conversation& c = conversations_[task.conversation];
  const bool taken = c.silent.size() < settings_.answer.max_takeaways;
  Emit(AgentSilent{task.id, task.agent, taken});
  if (!taken) return;
  c.silent.emplace_back(task.agent, now_ + TimeToAnswer(c));
  if (OneOfSeveral(task)) return Finish(task);
  OnTakenAway(c, RerouteCause::kAgentSilent);
}

}  // namespace parley::model
