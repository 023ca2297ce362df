// Engine and model side by side, tasks: where they are, who has them and why, who could.

#ifndef PARLEY_TESTS_DIFFERENTIAL_COMPARE_TASKS_H_
#define PARLEY_TESTS_DIFFERENTIAL_COMPARE_TASKS_H_

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fmt/format.h>

#include "model/model.h"
#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley {

// Remembers the first difference in words.
class Sameness {
 public:
  Sameness(const Engine& engine, const model::Model& model) : engine_(engine), model_(model) {}

 protected:
  template <class T>
  static std::string Shown(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      return std::to_string(static_cast<int64_t>(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
      return std::to_string(value);
    } else if constexpr (requires { ToText(value); }) {
      return ToText(value);
    } else if constexpr (requires { std::string(value); }) {
      return std::string(value);
    } else if constexpr (requires { value.begin(); }) {
      std::string all;
      for (const auto& each : value) all += Shown(each) + " ";
      return all;
    } else {
      return "?";
    }
  }
  static std::string Shown(const Decision& d) {
    return fmt::format("{} {} key {} {} against {}, missing {}", Name(d.by), Name(d.order), d.key,
                       d.chosen, d.other, d.missing);
  }
  template <class A, class B>
  void Same(std::string_view what, const A& engine, const B& model) {
    if (engine == model || !problem_.empty()) return;
    problem_ = fmt::format("{}: engine {}, model {}", what, Shown(engine), Shown(model));
  }
  template <class IdType, class A, class B>
  void Same(std::string_view kind, IdType id, std::string_view what, const A& engine,
            const B& model) {
    if (engine == model || !problem_.empty()) return;
    Same(fmt::format("{} {} {}", kind, ToText(id), what), engine, model);
  }

  const Engine& engine_;
  const model::Model& model_;
  std::string problem_;
};

class TaskComparison : protected Sameness {
 public:
  using Sameness::Sameness;

 protected:
  void Work() {
    for (const model::Task* task : model_.tasks().All()) {
      OneTask(*task);
      Explained(*task);
    }
    for (const model::Reservation* r : model_.reservations().All()) OneReservation(*r);
  }

 private:
  void OneTask(const model::Task& m) {
    const Task* e = engine_.Find(m.id);
    if (e == nullptr) return Same("task", TaskId(), m.id);
    Same("task", m.id, "conversation", e->conversation, m.conversation);
    Same("task", m.id, "state", e->state, m.state);
    Same("task", m.id, "reason", e->reason, m.reason);
    Same("task", m.id, "queue", e->queue, m.queue);
    Same("task", m.id, "workflow", e->workflow, m.workflow);
    Same("task", m.id, "priority", e->priority, m.priority);
    Same("task", m.id, "created", e->created, m.created);
    Same("task", m.id, "since", e->since, m.since);
    Same("task", m.id, "agent", e->agent, m.agent);
    Same("task", m.id, "previous", e->previous, m.previous);
    Same("task", m.id, "assignments", e->assignments, m.assignments);
    Same("task", m.id, "invitation", e->invitation, m.invitation);
    Same("task", m.id, "hand over", e->hand_over, m.hand_over);
    Same("task", m.id, "invited by", e->invited_by, m.invited_by);
    Same("task", m.id, "guest", e->guest, m.guest);
    if (m.state != TaskState::kPending && m.state != TaskState::kReserved) return;
    Same("task", m.id, "filter", e->filter, m.filter);
    Same("task", m.id, "step", e->step, m.step);
    Same("task", m.id, "waits for", e->waits_for, m.waits_for);
    if (m.waits_for) Same("task", m.id, "waits until", e->waits_until, m.waits_until);
    if (m.waits_for) Same("task", m.id, "over by", e->over_by, m.over_by);
    if (m.state == TaskState::kReserved) {
      Same("task", m.id, "offer", e->reservation, m.offers.front());
    }
  }

  static Instant At(const model::Alarm& alarm) { return alarm ? alarm.at : Instant::max(); }

  // Why nobody takes it, where it stands, and what it does by itself.
  void Explained(const model::Task& m) {
    const std::optional<Explanation> e = engine_.Explain(m.id);
    if (!e) return Same("explained", TaskId(), m.id);
    Same("task", m.id, "ends", e->ends, At(m.limit));
    Same("task", m.id, "step ends", e->step_ends, At(m.step_limit));
    // May be too early: whoever else becomes due may log out the one whom it waits for.
    if (e->wait_ends > At(m.wait)) Same("task", m.id, "wait ends", e->wait_ends, At(m.wait));
    const std::vector<TaskId> line = model_.WaitingIn(m.queue);
    const auto place = static_cast<size_t>(std::ranges::find(line, m.id) - line.begin());
    Same("task", m.id, "position", e->position.value_or(line.size()), place);
    if (m.state != TaskState::kPending && m.state != TaskState::kReserved) {
      return Same("task", m.id, "reasons", e->agents.size(), 0u);
    }
    std::vector<AgentId> all, eligible, asked;
    for (const model::Agent* agent : model_.agents().All()) {
      all.push_back(agent->id);
      if (model_.WhyUnfit(m, *agent) == WhyNot::kNothing) eligible.push_back(agent->id);
    }
    for (const AgentReason& reason : e->agents) asked.push_back(reason.agent);
    Same("task", m.id, "asked about", asked, all);
    Same("task", m.id, "eligible", engine_.EligibleAgents(m.id), eligible);
    for (const AgentReason& reason : e->agents) Reason(m, reason);
  }

  void Reason(const model::Task& m, const AgentReason& e) {
    const model::Agent* agent = model_.agents().Find(e.agent);
    if (agent == nullptr || e.offer) return;
    const WhyNot why = model_.Why(m, *agent);
    if (e.why != why) return Same("agent", e.agent, "why not", Name(e.why), Name(why));
    if (why == WhyNot::kWaitsForAnother) Same("task", m.id, "wants", e.wanted, m.waits_for);
    if (why != WhyNot::kKnownAgent) return;
    const model::Agent* known = model_.agents().Find(m.known);  // None, if not of the queue.
    const bool serves = known != nullptr && model_.Serves(model_.queues()[m.queue], *known);
    Same("task", m.id, "wants", e.wanted, serves ? m.known : AgentId());
  }

  void OneReservation(const model::Reservation& m) {
    const Reservation* e = engine_.Find(m.id);
    if (e == nullptr) return Same("reservation", ReservationId(), m.id);
    Same("reservation", m.id, "task", e->task, m.task);
    Same("reservation", m.id, "agent", e->agent, m.agent);
    Same("reservation", m.id, "state", e->state, m.state);
    Same("reservation", m.id, "created", e->created, m.created);
    Same("reservation", m.id, "runner-up", e->runner_up, m.runner_up);
    if (e->decision == m.decision || !problem_.empty()) return;
    problem_ = fmt::format("why {}: engine {}, model {}", ToText(m.id), Shown(e->decision),
                           Shown(m.decision));
  }
};

}  // namespace parley

#endif  // PARLEY_TESTS_DIFFERENTIAL_COMPARE_TASKS_H_
