// Holds what an engine answers when it is asked against its shadow; and asks about nothing at all.

#ifndef PARLEY_TESTS_SHADOW_QUERIES_H_
#define PARLEY_TESTS_SHADOW_QUERIES_H_

#include <algorithm>
#include <vector>

#include "draw.h"
#include "shadow.h"

namespace parley {

class ShadowQueries {
 public:
  ShadowQueries(Shadow& shadow, const Engine& engine) : s_(shadow), engine_(engine) {}

  void All() {
    for (const auto& [id, agent] : s_.agents.open()) One(id, agent);
    for (const auto& [id, c] : s_.conversations.open()) One(id, c);
    CheckLists();
    CheckLines();
  }

  // Ids that name nothing get empty answers, and no harm is done.
  void AskNonsense(ValueDraw& values) const {
    const auto agent = values.One(AgentId{});
    const auto c = values.One(ConversationId{});
    const auto queue = values.One(QueueId{});
    const auto activity = values.One(ActivityId{});
    const auto task = values.One(TaskId{});
    const bool known = engine_.Find(agent) != nullptr;
    s_.Expect(known || engine_.PausedBy(agent).empty(), "paused by nobody");
    s_.Expect(known || engine_.WorklistOf(agent).offers.empty(), "offered to nobody");
    s_.Expect(known || engine_.AllowedFor(agent, task) == AllowedActions(), "nobody may");
    s_.Expect(known || !engine_.MayRead(agent, c), "nobody reads");
    s_.Expect(known || !engine_.MayResume(agent, c), "nobody resumes");
    s_.Expect(known || engine_.ActiveTime(agent) == Duration::zero(), "nobody's time");
    s_.Expect(known || engine_.TimeIn(agent, activity) == Duration::zero(), "nobody's time");
    s_.Expect(known == !engine_.NameOf(agent).empty(), "an agent's name");
    const bool open = engine_.Find(c).has_value();
    s_.Expect(open == !engine_.CustomerOf(c).empty(), "a customer's address");
    s_.Expect(open == !engine_.BusinessOf(c).empty(), "our own address");
    s_.Expect(open || engine_.History(c).empty(), "the history of nothing");
    s_.Expect(open || engine_.Participants(c).empty(), "who is in nothing");
    const bool there = !engine_.NameOf(queue).empty();
    s_.Expect(there || engine_.SkillsOf(queue).empty(), "the skills of nothing");
    s_.Expect(there || engine_.RulesOf(queue) == QueueRules(), "the rules of nothing");
    s_.Expect(there || engine_.WaitingIn(queue).empty(), "waiting in nothing");
    s_.Expect(there || engine_.PausedIn(queue).empty(), "paused in nothing");
  }

 private:
  void One(AgentId id, const ShadowAgent& is) {
    const Worklist list = engine_.WorklistOf(id);
    const size_t held = list.offers.size() + list.live.size() + list.wrapping.size();
    s_.Expect(held == is.reservations && list.paused.size() == is.paused, "worklist", id);
    const auto paused = engine_.PausedBy(id);
    s_.Expect(paused.size() == is.paused, "how many he paused", id);
    for (size_t i = 0; i < paused.size() && s_.problem.empty(); ++i) {
      const ShadowConversation& c = s_.At(paused[i].conversation);
      s_.Expect(c.owner == id && c.deadline == paused[i].deadline && c.unread == paused[i].unread &&
                    list.paused[i] == paused[i].conversation,
                "paused list", id);
      s_.Expect(i == 0 || paused[i - 1].paused_at <= paused[i].paused_at, "paused order", id);
      s_.Expect(engine_.MayRead(id, paused[i].conversation), "reads what he paused", id);
    }
    Duration all{};
    for (uint32_t slot = 0; slot < s_.available.size(); ++slot) {
      all += engine_.TimeIn(id, ActivityId::Make(slot, 0));
    }
    s_.Expect(all == engine_.Now() - is.added, "time in all activities", id);
    const Duration out = engine_.TimeIn(id, engine_.RoleOf(ActivityRole::kLogout));
    s_.Expect(engine_.ActiveTime(id) == all - out, "active time", id);
  }

  void One(ConversationId id, const ShadowConversation& is) {
    s_.Expect(engine_.History(id) == is.history, "history", id);
    const auto found = engine_.FindOpen(is.medium, engine_.CustomerOf(id), engine_.BusinessOf(id));
    s_.Expect(is.closed != (found == id), "found by its addresses", id);
    for (const AgentId agent : s_.In(is)) {
      s_.Expect(engine_.MayRead(agent, id), "reads what he has", id);
    }
  }

  void CheckLists() {
    size_t paused = 0;
    size_t left = 0;
    size_t orphans = 0;
    for (const auto& [id, c] : s_.conversations.open()) {
      paused += c.state == ChannelState::kPause ? 1u : 0u;
      left += c.state == ChannelState::kInactive ? 1u : 0u;
      orphans += c.state == ChannelState::kActive && !c.live && !c.asked ? 1u : 0u;
    }
    s_.Expect(engine_.Paused().size() == paused, "how many are paused");
    s_.Expect(engine_.Left().size() == left, "how many are left");
    s_.Expect(engine_.Orphans().size() == orphans, "how many are orphans");
    s_.Expect(engine_.Agents().size() == s_.agents.size(), "who is where");
  }

  // Whether the one may stand before the other. Who waits for one agent alone does so as in a FIFO
  // queue; beside others of another order it depends on more than the two.
  static bool GoesFirst(const Task& a, const Task& b, const QueueRules& rules) {
    const bool alone = static_cast<bool>(a.waits_for);
    if (alone != static_cast<bool>(b.waits_for) && rules.order != TaskOrder::kFifo) return true;
    switch (alone ? TaskOrder::kFifo : rules.order) {
      case TaskOrder::kLifo:
        return a.created >= b.created;
      case TaskOrder::kAgeing:
        return (a.priority - b.priority) * rules.point_every >= a.since - b.since;
      case TaskOrder::kFifo:
        break;
    }
    return a.priority > b.priority || (a.priority == b.priority && a.since <= b.since);
  }

  void CheckLines() {
    size_t waiting = 0;
    for (const auto& [queue, is] : s_.queues) {
      s_.Expect(engine_.SkillsOf(queue) == is.skills && engine_.RulesOf(queue) == is.rules,
                "rules of a queue", queue);
      const std::vector<TaskId> line = engine_.WaitingIn(queue);
      waiting += line.size();
      for (size_t i = 1; i < line.size(); ++i) {
        const Task& a = *engine_.Find(line[i - 1]);
        const Task& b = *engine_.Find(line[i]);
        s_.Expect(GoesFirst(a, b, is.rules), "the order of a line", queue);
      }
    }
    const auto pending = std::ranges::count_if(
        s_.tasks.open(), [](const auto& task) { return task.second.state == TaskState::kPending; });
    s_.Expect(waiting == static_cast<size_t>(pending), "how many wait");
  }

  Shadow& s_;
  const Engine& engine_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_SHADOW_QUERIES_H_
