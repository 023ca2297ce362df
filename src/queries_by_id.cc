// src/queries_by_id.cc — what an id or a name stands for.

#include <optional>
#include <utility>

#include "commands.h"
#include "parley/engine/engine.h"
#include "state.h"
#include "workflow.h"

namespace parley {
namespace {

template <class Item>
std::string_view NameIn(const Item* item) {
  return item == nullptr ? std::string_view() : std::string_view(item->name);
}

template <class Id, class Record>
std::vector<Id> IdsIn(const SlotMap<Id, Record>& records) {
  std::vector<Id> ids;
  records.ForEach([&ids](Id id, const Record&) { ids.push_back(id); });
  return ids;
}

}  // namespace

const Task* Engine::Find(TaskId id) const { return std::as_const(state_->tasks).Find(id); }
const Reservation* Engine::Find(ReservationId id) const {
  return std::as_const(state_->reservations).Find(id);
}
std::optional<Conversation> Engine::Find(ConversationId id) const {
  return std::as_const(state_->conversations).Find(id);
}
const Agent* Engine::Find(AgentId id) const { return std::as_const(state_->agents).Find(id); }

AgentId Engine::FindAgent(std::string_view name) const { return FindAgentByName(*state_, name); }
QueueId Engine::FindQueue(std::string_view name) const { return FindQueueByName(*state_, name); }
ActivityId Engine::FindActivity(std::string_view name) const {
  return FindActivityByName(*state_, name);
}
WorkflowId Engine::FindWorkflow(std::string_view name) const {
  return FindWorkflowByName(*state_, name);
}
SkillId Engine::FindSkill(std::string_view name) const { return FindSkillByName(*state_, name); }

std::string_view Engine::NameOf(AgentId id) const { return NameIn(state_->agents.Find(id)); }
std::string_view Engine::NameOf(QueueId id) const { return NameIn(state_->queues.Find(id)); }
std::string_view Engine::NameOf(ActivityId id) const { return NameIn(state_->FindActivity(id)); }
std::string_view Engine::NameOf(SkillId id) const {
  const bool there = id && id.generation() == 0 && id.slot() < state_->skills.size();
  return there ? std::string_view(state_->skills[id.slot()]) : std::string_view();
}
std::string_view Engine::NameOf(WorkflowId id) const { return NameIn(state_->workflows.Find(id)); }
Duration Engine::ReservationTimeoutOf(WorkflowId id) const {
  const internal::Course* course = internal::CourseOf(*state_, id);
  return course == nullptr ? Duration::zero() : course->reservation_timeout;
}
std::string_view Engine::DefinitionOf(WorkflowId id) const {
  const internal::WorkflowRecord* record = state_->workflows.Find(id);
  return record == nullptr ? std::string_view() : std::string_view(record->definition);
}
const Attributes* Engine::AttributesOf(ConversationId id) const {
  const std::optional<Conversation> c = Find(id);
  return !c ? nullptr : &internal::AttributesAt(*state_, c->attributes);
}
std::vector<QueueId> Engine::Queues() const { return IdsIn(state_->queues); }
std::vector<WorkflowId> Engine::Workflows() const { return IdsIn(state_->workflows); }
ActivityId Engine::RoleOf(ActivityRole role) const { return state_->RoleOf(role); }
SkillSet Engine::SkillsOf(QueueId id) const {
  const internal::Queue* queue = state_->queues.Find(id);
  return queue == nullptr ? SkillSet() : queue->skills;
}

QueueRules Engine::RulesOf(QueueId id) const {
  const internal::Queue* queue = state_->queues.Find(id);
  return queue == nullptr ? QueueRules() : internal::RulesOf(*queue);
}

ConversationId Engine::FindOpen(Medium medium, std::string_view customer,
                                std::string_view business) const {
  return internal::FindOpen(*state_, medium, customer, business);
}
std::string_view Engine::CustomerOf(ConversationId id) const {
  const auto& conversations = state_->conversations;
  return conversations.IsLive(id) ? conversations.AddressesOf(id.slot()).customer
                                  : std::string_view();
}
std::string_view Engine::BusinessOf(ConversationId id) const {
  const auto& conversations = state_->conversations;
  return conversations.IsLive(id) ? conversations.AddressesOf(id.slot()).business
                                  : std::string_view();
}

}  // namespace parley
