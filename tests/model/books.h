// Everything that the model holds.

#ifndef PARLEY_TESTS_MODEL_BOOKS_H_
#define PARLEY_TESTS_MODEL_BOOKS_H_

#include <array>
#include <map>
#include <utility>
#include <vector>

#include "records.h"
#include "shelf.h"

namespace parley::model {

class Books {
 public:
  const Settings& settings() const { return settings_; }
  const Shelf<TaskId, Task>& tasks() const { return tasks_; }
  const Shelf<ReservationId, Reservation>& reservations() const { return reservations_; }
  const Shelf<ConversationId, Conversation>& conversations() const { return conversations_; }
  const Shelf<AgentId, Agent>& agents() const { return agents_; }
  const Shelf<QueueId, Queue>& queues() const { return queues_; }
  const Shelf<ActivityId, Activity>& activities() const { return activities_; }
  const Shelf<SkillId, Skill>& skills() const { return skills_; }
  const Shelf<WorkflowId, Workflow>& workflows() const { return workflows_; }
  ActivityId RoleOf(ActivityRole role) const { return roles_[static_cast<size_t>(role)]; }
  uint64_t told() const { return told_; }

 protected:
  Books(const Settings& settings, const ReroutePolicy& policy, Instant start)
      : settings_(settings), policy_(policy), now_(start) {}

  Settings settings_;
  const ReroutePolicy& policy_;
  Instant now_;
  bool by_hand_ = false;  // Whoever gets a task now gets it because somebody wants it so.
  std::vector<Event> events_;
  uint64_t told_ = 0;
  uint64_t armed_ = 0;
  uint64_t tasks_made_ = 0;
  std::map<std::pair<Instant, uint64_t>, std::pair<Due, uint64_t>> alarms_;
  std::vector<ReservationId> over_reservations_;
  std::vector<TaskId> returned_;  // Offers of them ended, and nobody was asked since.
  std::vector<TaskId> entered_;   // They entered a step of their workflow just now.
  std::vector<TaskId> over_tasks_;
  std::vector<ConversationId> over_conversations_;
  ActivityId decline_to_;

  Shelf<SkillId, Skill> skills_;
  Shelf<ActivityId, Activity> activities_;
  Shelf<QueueId, Queue> queues_;
  Shelf<WorkflowId, Workflow> workflows_;
  Shelf<AgentId, Agent> agents_;
  Shelf<ConversationId, Conversation> conversations_;
  Shelf<TaskId, Task> tasks_;
  Shelf<ReservationId, Reservation> reservations_;
  std::array<ActivityId, 3> roles_;
};

}  // namespace parley::model

#endif  // PARLEY_TESTS_MODEL_BOOKS_H_
