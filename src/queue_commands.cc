// src/queue_commands.cc — queues are made, changed and removed.

#include <utility>

#include "commands.h"
#include "effects.h"
#include "eligibility.h"
#include "order.h"
#include "room.h"

namespace parley::internal {
namespace {

std::string_view TextOf(const std::optional<Expression>& test) {
  return test ? std::string_view(test->text()) : std::string_view();
}

bool IsFormula(const QueueRules& rules) {
  switch (rules.agent_order) {
    case AgentOrder::kScore:
      return ScoreExpression::Parse(rules.by).ok();
    case AgentOrder::kOrderBy:
      return AgentOrderBy::Parse(rules.by).ok();
    default:
      return rules.by.empty();
  }
}

// A queue that has only rules. Requires: CheckRules() says yes.
Queue QueueWith(const QueueRules& rules) {
  Queue queue;
  queue.rules = rules;
  queue.rules.agents = {};
  queue.rules.by = {};
  if (!rules.agents.empty()) queue.agents_test = *Expression::Parse(rules.agents, Scope::kAgent);
  if (rules.agent_order == AgentOrder::kScore) queue.score = *ScoreExpression::Parse(rules.by);
  if (rules.agent_order == AgentOrder::kOrderBy) queue.order_by = *AgentOrderBy::Parse(rules.by);
  return queue;
}

void TakeRules(Queue& queue, Queue&& from) noexcept {
  queue.rules = from.rules;
  queue.agents_test = std::move(from.agents_test);
  queue.score = std::move(from.score);
  queue.order_by = std::move(from.order_by);
}

Refusal CheckRules(const QueueRules& rules) {
  const bool in_range = IsNamed(rules.order) && IsNamed(rules.agent_order) &&
                        rules.point_every >= Duration(1) && rules.point_every <= kDay &&
                        rules.credit >= 0 && rules.max_offers >= 1 &&
                        rules.max_offers <= kMostOffers && rules.target >= Duration::zero() &&
                        rules.target <= 14 * kDay && rules.warn_before >= Duration::zero() &&
                        rules.warn_before <= rules.target;
  if (!in_range) return Refusal::kOutOfRange;
  const bool reads = rules.agents.empty() || Expression::Parse(rules.agents, Scope::kAgent).ok();
  return reads && IsFormula(rules) ? Refusal::kNone : Refusal::kExpressionInvalid;
}

}  // namespace

QueueRules RulesOf(const Queue& queue) {
  QueueRules rules = queue.rules;
  rules.agents = TextOf(queue.agents_test);
  if (queue.score) rules.by = queue.score->text();
  if (queue.order_by) rules.by = queue.order_by->text();
  return rules;
}

Refusal Check(const State& s, const AddQueue& command) {
  if (const Refusal r = CheckSkills(s, command.skills); r != Refusal::kNone) return r;
  if (const Refusal r = CheckRules(command.rules); r != Refusal::kNone) return r;
  return CheckNewName(command.name, FindQueueByName(s, command.name), s.queues.size(),
                      s.settings.limits.queues);
}
void Do(State& s, const AddQueue& command) {
  Queue made = QueueWith(command.rules);
  made.name = command.name;
  made.skills = command.skills;
  MakeRoomForQueue(s, made);

  const QueueId id = s.queues.Add();
  s.queues[id] = std::move(made);
  s.queue_names.Insert(SipHash13(s.key, command.name), id.slot());
  s.Emit(QueueAdded{id});
}

Refusal Check(const State& s, const UpdateQueue& command) {
  if (const Refusal r = CheckId(s.queues, command.queue); r != Refusal::kNone) return r;
  if (const Refusal r = CheckSkills(s, command.skills); r != Refusal::kNone) return r;
  return CheckRules(command.rules);
}
void Do(State& s, const UpdateQueue& command) {
  Queue& queue = s.queues[command.queue];
  Queue made = QueueWith(command.rules);
  Unline(s, command.queue);
  queue.skills = command.skills;
  TakeRules(queue, std::move(made));
  Reline(s, command.queue);
  s.tasks.ForEach([&](TaskId id, Task& task) {  // The new target counts for all who wait.
    const bool waits = task.state == TaskState::kPending || task.state == TaskState::kReserved;
    if (task.queue != command.queue || !waits) return;
    ForgetLevel(s, task);
    WatchLevel(s, id);
  });
  s.Emit(QueueUpdated{command.queue});
  JudgeQueue(s, command.queue);
}

Refusal Check(const State& s, const RemoveQueue& command) {
  if (const Refusal r = CheckId(s.queues, command.queue); r != Refusal::kNone) return r;
  return s.queues[command.queue].needs > 0 ? Refusal::kInUse : Refusal::kNone;
}
void Do(State& s, const RemoveQueue& command) {
  s.queue_names.Erase(SipHash13(s.key, s.queues[command.queue].name), command.queue.slot());
  std::erase(s.fickle_queues, command.queue);
  s.queues.Remove(command.queue);
  s.Emit(QueueRemoved{command.queue});
}

}  // namespace parley::internal
