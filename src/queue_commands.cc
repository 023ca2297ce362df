// src/queue_commands.cc — queues are made, changed and removed.

#include "commands.h"
#include "effects.h"
#include "eligibility.h"
#include "order.h"

namespace parley::internal {
namespace {

Refusal CheckRules(const QueueRules& rules) {
  const bool in_range = IsNamed(rules.order) && IsNamed(rules.agent_order) &&
                        rules.point_every >= Duration(1) && rules.point_every <= kDay &&
                        rules.credit >= 0 && rules.max_offers >= 1 &&
                        rules.max_offers <= kMostOffers;
  return in_range ? Refusal::kNone : Refusal::kOutOfRange;
}

}  // namespace

Refusal Check(const State& s, const AddQueue& command) {
  if (const Refusal r = CheckSkills(s, command.skills); r != Refusal::kNone) return r;
  if (const Refusal r = CheckRules(command.rules); r != Refusal::kNone) return r;
  return CheckNewName(command.name, FindQueueByName(s, command.name), s.queues.size(),
                      s.settings.limits.queues);
}
void Do(State& s, const AddQueue& command) {
  const QueueId id = s.queues.Add();
  s.queues[id].name = command.name;
  s.queues[id].skills = command.skills;
  s.queues[id].rules = command.rules;
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
  Unline(s, command.queue);
  queue.skills = command.skills;
  queue.rules = command.rules;
  Reline(s, command.queue);
  s.Emit(QueueUpdated{command.queue});
  JudgeQueue(s, command.queue);
}

Refusal Check(const State& s, const RemoveQueue& command) {
  if (const Refusal r = CheckId(s.queues, command.queue); r != Refusal::kNone) return r;
  return s.queues[command.queue].needs > 0 ? Refusal::kInUse : Refusal::kNone;
}
void Do(State& s, const RemoveQueue& command) {
  s.queue_names.Erase(SipHash13(s.key, s.queues[command.queue].name), command.queue.slot());
  s.queues.Remove(command.queue);
  s.Emit(QueueRemoved{command.queue});
}

}  // namespace parley::internal
