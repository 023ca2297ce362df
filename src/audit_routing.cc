// src/audit_routing.cc — the audit of lines, caches and matching: see audit.h.

#include <array>
#include <string_view>
#include <vector>

#include "audit.h"
#include "eligibility.h"
#include "lists.h"
#include "matching.h"

namespace parley::internal {
namespace {

class RoutingAuditor {
 public:
  explicit RoutingAuditor(const State& s) : s_(s) {}

  std::string Run() {
    s_.queues.ForEach([&](QueueId id, const Queue& queue) { Check(id, queue); });
    s_.needs.ForEach([&](NeedId, const Need& need) { Check(need); });
    CheckIdle();
    s_.tasks.ForEach([&](TaskId id, const Task& task) { Check(id, task); });
    CheckUsers();
    return first_;
  }

 private:
  template <class IdType>
  void Expect(bool holds, std::string_view what, IdType about) {
    if (!holds && first_.empty()) first_ = fmt::format("{}: {}", what, ShowId(about));
  }

  // The agents whose bit is set are those of whom `judge` says so.
  template <class Judge>
  bool Agrees(const BitSet& set, Judge judge) const {
    uint32_t wanted = 0;
    bool same = true;
    s_.agents.ForEach([&](AgentId id, const Agent&) {
      const bool is = judge(id);
      wanted += is;
      same = same && set.Has(id.slot()) == is;
    });
    return same && set.count() == wanted;
  }

  void Check(QueueId id, const Queue& queue) {
    uint32_t waiting = 0;
    s_.tasks.ForEach([&](TaskId, const Task& task) {
      waiting += task.queue == id && task.line != LineKind::kNone;
    });
    Expect(waiting == queue.waiting, "I4 tasks that wait", id);
    const bool same =
        !queue.known || Agrees(queue.members, [&](AgentId a) { return Serves(s_, queue, a); });
    Expect(same, "I6 members of a queue", id);
  }

  void Check(const Need& need) {
    const bool same =
        !need.known || Agrees(need.fits, [&](AgentId a) { return Fits(s_, need, a); });
    Expect(same && (need.known || need.fits.empty()), "I6 who fits", need.queue);
  }

  void CheckIdle() {
    std::array<uint32_t, kMedia> counts = {};
    bool same = true;
    s_.idlers.ForEach(s_.idle_line, [&](const Idle& i) {
      const Agent* agent = s_.agents.Find(i.agent);
      same = same && agent != nullptr && agent->last_reserved == i.last_reserved &&
             agent->idle_in != 0 && s_.idlers.Has(s_.idle_line, agent->idle_spot, i);
      if (!same) return;
      for (size_t m = 0; m < kMedia; ++m) {
        const bool idle = (agent->idle_in >> m & 1) != 0;
        same = same && idle == s_.idle[m].Has(i.agent.slot());
        counts[m] += idle ? 1u : 0u;
      }
    });
    for (size_t m = 0; m < kMedia; ++m) same = same && counts[m] == s_.idle[m].count();
    Expect(same, "I6 idle line", AgentId{});
  }

  void Check(TaskId id, const Task& task) {
    uint32_t offers = 0;
    ForEachOffer(s_, task, [&](ReservationId, const Reservation& r) { offers += r.task == id; });
    const bool one = task.state == TaskState::kAssigned || task.state == TaskState::kWrapping;
    Expect(offers == task.offers.size && (!one || offers == 1), "I5 offers of a task", id);
    Expect(offers == 0 || task.reservation.slot() == task.offers.head, "I5 newest offer", id);
    if (task.state != TaskState::kPending) return;
    s_.agents.ForEach([&](AgentId agent, const Agent& a) {
      const bool could = (a.idle_in != 0 || a.waiting_over > 0) && CanTake(s_, agent, id);
      Expect(!could, "I6 a task waits for an agent who waits", id);
    });
  }

  // ---- I5: what is shared counts its users ----
  void CheckUsers() {
    std::vector<uint32_t> attributes(s_.attributes.slots());
    std::vector<uint32_t> courses(s_.courses.slots());
    std::vector<uint32_t> workflows(s_.workflows.slots());
    const auto use = [](std::vector<uint32_t>& users, uint32_t slot) {
      if (slot != UINT32_MAX) ++users[slot];
    };
    s_.conversations.ForEach([&](ConversationId, const Conversation& c) {
      use(attributes, c.attributes);
      if (c.workflow) use(workflows, c.workflow.slot());
    });
    s_.tasks.ForEach([&](TaskId id, const Task& task) {
      use(attributes, task.attributes);
      use(courses, task.course);
      if (task.workflow) use(workflows, task.workflow.slot());
      Expect(static_cast<bool>(task.workflow) == (task.course != UINT32_MAX), "I5 course", id);
    });
    s_.rules.ForEach([&](RuleId, const Rule& rule) { use(attributes, rule.attributes); });
    s_.workflows.ForEach([&](WorkflowId id, const WorkflowRecord& record) {
      use(courses, record.course);
      Expect(record.users == workflows[id.slot()], "I5 users of a workflow", id);
    });
    const auto check = [&](const auto& records, const std::vector<uint32_t>& users) {
      records.ForEach([&](auto id, const auto& record) {
        Expect(record.users == users[id.slot()] && record.users > 0, "I5 shared", AgentId{});
      });
    };
    check(s_.attributes, attributes);
    check(s_.courses, courses);
  }

  const State& s_;
  std::string first_;
};

}  // namespace

std::string AuditRouting(const State& s) { return RoutingAuditor(s).Run(); }

}  // namespace parley::internal
