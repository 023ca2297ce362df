// Engine and model side by side: the first thing that they answer differently, in words.

#ifndef PARLEY_TESTS_DIFFERENTIAL_COMPARE_H_
#define PARLEY_TESTS_DIFFERENTIAL_COMPARE_H_

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "differential_compare_tasks.h"
#include "model/model.h"
#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley {

class Comparison : TaskComparison {
 public:
  using TaskComparison::TaskComparison;

  // Everything that can be asked. Empty if all answers are the same.
  const std::string& All() {
    Counts();
    SetUp();
    for (const model::Agent* agent : model_.agents().All()) OneAgent(*agent);
    for (const model::Conversation* c : model_.conversations().All()) OneConversation(*c);
    Work();
    Lists();
    return problem_;
  }

 private:
  void Counts() {
    const Totals totals = engine_.Count();
    Same("agents", totals.agents, model_.agents().size());
    Same("conversations", totals.conversations, model_.conversations().size());
    Same("tasks", totals.tasks, model_.tasks().size());
    Same("reservations", totals.reservations, model_.reservations().size());
    Same("timers", totals.timers - Wakes(), model_.Timers());
    Same("messages", totals.messages, model_.Messages());
    Same("events", totals.events, model_.told());
    const Instant wake = engine_.NextWake(), due = model_.NextDeadline();
    const bool sleeps = wake == Instant::max() && due != Instant::max();
    const bool stirs = wake != Instant::max() && due == Instant::max() && Wakes() == 0;
    if (wake > due || sleeps || stirs || wake < engine_.Now()) {
      Same("next wake", wake, due);
    }
    Same("now", engine_.Now(), model_.Now());
    if (engine_.settings() != model_.settings()) Same("settings", 0, 1);
  }

  // Timers of agents who may not be woken. The model looks at all that waits whenever it looks, and
  // has more of them; when they matter the events show it.
  uint32_t Wakes() const {
    uint32_t wakes = 0;
    for (const model::Agent* agent : model_.agents().All()) {
      const Agent* e = engine_.Find(agent->id);
      if (e != nullptr && e->wake != TimerId()) ++wakes;
    }
    return wakes;
  }

  void SetUp() {
    for (size_t role = 0; role < kActivityRoleNames.size(); ++role) {
      const auto r = static_cast<ActivityRole>(role);
      Same("role", engine_.RoleOf(r), model_.RoleOf(r));
    }
    const auto views = engine_.Activities();
    const auto activities = model_.activities().All();
    Same("activities", views.size(), activities.size());
    for (size_t i = 0; i < std::min(views.size(), activities.size()); ++i) {
      const model::Activity& activity = *activities[i];
      Same("activity", views[i].activity, activity.id);
      Same("available", views[i].available, activity.available);
      Same("activity name", engine_.NameOf(activity.id), activity.name);
    }
    std::vector<QueueId> queues;
    for (const model::Queue* queue : model_.queues().All()) {
      queues.push_back(queue->id);
      Same("queue name", engine_.NameOf(queue->id), queue->name);
      if (engine_.SkillsOf(queue->id) != queue->skills) Same("queue skills", 0, 1);
      if (engine_.RulesOf(queue->id) != queue->rules) Same("queue rules", 0, 1);
      Same("waiting", engine_.WaitingIn(queue->id), model_.WaitingIn(queue->id));
      std::vector<AgentId> serve;
      for (const model::Agent* agent : model_.agents().All()) {
        if (model_.Serves(*queue, *agent)) serve.push_back(agent->id);
      }
      Same("eligible", engine_.EligibleAgents(queue->id), serve);
    }
    Same("queues", engine_.Queues(), queues);
    std::vector<WorkflowId> workflows;
    for (const model::Workflow* w : model_.workflows().All()) {
      workflows.push_back(w->id);
      Same("workflow name", engine_.NameOf(w->id), w->name);
      Same("workflow", engine_.DefinitionOf(w->id), w->definition);
      Same("its time-out", engine_.ReservationTimeoutOf(w->id), w->reservation_timeout);
    }
    Same("workflows", engine_.Workflows(), workflows);
    for (const model::Skill* skill : model_.skills().All()) {
      Same("skill", engine_.NameOf(skill->id), skill->name);
    }
  }

  void OneAgent(const model::Agent& m) {
    const Agent* e = engine_.Find(m.id);
    if (e == nullptr) return Same("agent", AgentId(), m.id);
    Same("agent", m.id, "name", e->name, m.name);
    Same("agent", m.id, "found", engine_.FindAgent(m.name), m.id);
    Same("agent", m.id, "activity", e->activity, m.activity);
    Same("agent", m.id, "since", e->activity_since, m.activity_since);
    Same("agent", m.id, "presence", e->presence, m.presence);
    Same("agent", m.id, "sessions", e->sessions.size(), m.sessions.size());
    Same("agent", m.id, "budget", e->budget, m.budget);
    Same("agent", m.id, "last reserved", e->last_reserved, m.last_reserved);
    Same("agent", m.id, "last assigned", e->last_assigned, m.last_assigned);
    Same("agent", m.id, "last released", e->last_released, m.last_released);
    Same("agent", m.id, "active", engine_.ActiveTime(m.id), model_.ActiveTime(m.id));
    if (e->skills != m.skills) Same("agent", m.id, "skills", 0, 1);
    if (e->sessions != m.sessions) Same("agent", m.id, "sessions", 0, 1);
    for (size_t i = 0; i < kMedia; ++i) {
      const auto medium = static_cast<Medium>(i);
      const Capacity& c = e->media[i];
      Same("agent", m.id, "capacity", c.configured, m.desks[i].configured);
      Same("agent", m.id, "switch", c.available, m.desks[i].available);
      Same("agent", m.id, "offers", c.pending,
           model_.Count(m, medium, ReservationState::kPending) +
               model_.Count(m, medium, ReservationState::kOnHold));
      Same("agent", m.id, "accepted", c.accepted,
           model_.Count(m, medium, ReservationState::kAccepted));
      Same("agent", m.id, "wrapping", c.wrapping,
           model_.Count(m, medium, ReservationState::kWrapping));
    }
    for (const model::Activity* activity : model_.activities().All()) {
      Same("agent", m.id, "time in", engine_.TimeIn(m.id, activity->id),
           model_.TimeIn(m.id, activity->id));
    }
    Desk(m);
  }

  void Desk(const model::Agent& m) {
    const Worklist e = engine_.WorklistOf(m.id), w = model_.WorklistOf(m.id);
    Same("agent", m.id, "list of offers", e.offers, w.offers);
    Same("agent", m.id, "list of live", e.live, w.live);
    Same("agent", m.id, "list of wrapping", e.wrapping, w.wrapping);
    Same("agent", m.id, "list of paused", e.paused, w.paused);
    Items(engine_.PausedBy(m.id), model_.PausedBy(m.id));
    for (const model::Task* task : model_.tasks().All()) {
      const AllowedActions a = engine_.AllowedFor(m.id, task->id);
      const AllowedActions b = model_.AllowedFor(m.id, task->id);
      const auto bits = [](const AllowedActions& may) {
        return std::array{may.accept, may.decline, may.reply,    may.leave,
                          may.pause,  may.end,     may.transfer, may.complete};
      };
      if (a != b) {
        Same("agent", m.id, fmt::format("may do about {}", ToText(task->id)), bits(a), bits(b));
      }
    }
    for (const model::Conversation* c : model_.conversations().All()) {
      Same("conversation", c->id, "may be resumed", engine_.MayResume(m.id, c->id),
           model_.MayResume(m.id, c->id));
      Same("conversation", c->id, "may be read", engine_.MayRead(m.id, c->id),
           model_.MayRead(m.id, c->id));
    }
  }

  void OneConversation(const model::Conversation& m) {
    const std::optional<Conversation> e = engine_.Find(m.id);
    if (!e) return Same("conversation", ConversationId(), m.id);
    Same("conversation", m.id, "state", e->state, m.state);
    Same("conversation", m.id, "customer", engine_.CustomerOf(m.id), m.customer);
    Same("conversation", m.id, "business", engine_.BusinessOf(m.id), m.business);
    Same("conversation", m.id, "orphan", e->orphan, m.orphan);
    Same("conversation", m.id, "ended", e->ended, m.ended);
    Same("conversation", m.id, "asked", e->asked, m.asked);
    Same("conversation", m.id, "open tasks", e->open_tasks, m.open_tasks);
    if (m.ended) return;
    Same("conversation", m.id, "live task", e->live_task, m.live_task);
    Same("conversation", m.id, "last task", e->last_task, m.last_task);
    Same("conversation", m.id, "invitation", e->invitation, m.invitation);
    Same("conversation", m.id, "participant", e->participant, m.participant);
    Same("conversation", m.id, "owner", e->owner, m.owner);
    Same("conversation", m.id, "last agent", e->last_agent, m.last_agent);
    Same("conversation", m.id, "opened", e->opened, m.opened);
    Same("conversation", m.id, "workflow", e->workflow, m.workflow);
    Same("conversation", m.id, "priority", e->priority, m.priority);
    Same("conversation", m.id, "reroutes", e->reroutes, m.reroutes);
    Same("conversation", m.id, "participants", engine_.Participants(m.id),
         model_.Participants(m.id));
    if (engine_.History(m.id) != m.history) Same("conversation", m.id, "history", 0, 1);
    const bool waits = m.state == ChannelState::kSetup || m.state == ChannelState::kInactive ||
                       m.state == ChannelState::kPause || m.orphan || m.asked;
    if (waits) Same("conversation", m.id, "deadline", e->deadline, m.deadline);
    const bool parked = m.state == ChannelState::kInactive || m.state == ChannelState::kPause;
    if (parked) Same("conversation", m.id, "parked at", e->parked_at, m.parked_at);
    if (m.state == ChannelState::kPause) Same("conversation", m.id, "unread", e->unread, m.unread);
    Same("conversation", m.id, "open", engine_.FindOpen(m.medium, m.customer, m.business), m.id);
  }

  void Items(const std::vector<PausedItem>& e, const std::vector<PausedItem>& m) {
    Same("paused", e.size(), m.size());
    for (size_t i = 0; i < std::min(e.size(), m.size()); ++i) {
      Same("paused", e[i].conversation, m[i].conversation);
      Same("paused owner", e[i].owner, m[i].owner);
      Same("paused queue", e[i].queue, m[i].queue);
      Same("paused at", e[i].paused_at, m[i].paused_at);
      Same("paused until", e[i].deadline, m[i].deadline);
      Same("paused for", e[i].remaining, m[i].remaining);
      Same("paused level", e[i].level, m[i].level);
      Same("paused unread", e[i].unread, m[i].unread);
    }
  }

  void Lists() {
    Items(engine_.Paused(), model_.Paused());
    const auto left = engine_.Left(), also = model_.Left();
    Same("left", left.size(), also.size());
    for (size_t i = 0; i < std::min(left.size(), also.size()); ++i) {
      Same("left", left[i].conversation, also[i].conversation);
      Same("left by", left[i].last_agent, also[i].last_agent);
      Same("left queue", left[i].queue, also[i].queue);
      Same("left at", left[i].left_at, also[i].left_at);
      Same("left until", left[i].expires, also[i].expires);
    }
    Same("orphans", engine_.Orphans(), model_.Orphans());
  }
};

}  // namespace parley

#endif  // PARLEY_TESTS_DIFFERENTIAL_COMPARE_H_
