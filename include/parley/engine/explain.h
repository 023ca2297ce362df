// Floor 6 · engine/explain.h — why nobody takes a task, and why the one who was asked was.
//
// Explain() answers for each agent with the first reason that excludes him now, in the order of
// WhyNot: first what concerns the agent alone, then whether he fits, then what is between him and
// this task. So whoever sets right what is named may be told of a next one, and never of one that
// was there before it.
//
//   const auto explanation = engine.Explain(task);
//   for (const AgentReason& reason : explanation->agents) Show(reason.agent, reason.why);
//   std::cout << ToText(*explanation, engine);  // annex/explain.h
//
// `until` is the earliest instant at which time alone could lift the reason; before it, only a
// command can. It is exact where it depends on timers of the task or the agent. Where anything in
// the engine may matter (held back; an expression about activities or capacity; several agents in
// one channel, or invited to it) it is the engine's next wake: never too late, often too early. A
// step ahead counts from the moment at which it may open, and work from the moment at which it may
// be taken away. That time lifts a reason need not mean that he is asked: another task may be
// before this one.
//
// Units      Instants; Instant::max() is never.
// Threads    Plain values; they stay what they were.

#ifndef PARLEY_ENGINE_EXPLAIN_H_
#define PARLEY_ENGINE_EXPLAIN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/medium.h"
#include "parley/model/skill_set.h"
#include "parley/model/task.h"

namespace parley {

// In the order in which it is asked.
enum class WhyNot : uint8_t {
  kNothing,          // He could take it: it is offered to him, or to others before him.
  kActivity,         // His activity is not available.
  kMediumOff,        // The medium is switched off for him.
  kMediumFull,       // `used` of `limit` tasks of the medium.
  kBudgetFull,       // `used` of `limit` units are used; the task costs `cost`.
  kHeldBack,         // He keeps his desk free for `other`, of a medium that goes first.
  kSkills,           // He lacks `skills`, which the queue, the task or the step needs.
  kQueueExpression,  // `part` of the queue's expression is false.
  kStepExpression,   // `part` of the step's expression is false.
  kKnownAgent,       // The step wants `wanted` and nobody else; none: who does not serve the queue.
  kWaitsForAnother,  // The task waits for `wanted` alone.
  kLetGo,            // He let it go before, or was excluded.
  kWakes,            // It waits for him alone, and he was offered `limit` such within a minute.
};
inline constexpr std::array<std::string_view, 13> kWhyNotNames = {
    "nothing",          "activity",        "medium-off",  "medium-full",
    "budget-full",      "held-back",       "skills",      "queue-expression",
    "step-expression",  "known-agent",     "waits-for-another", "let-go",
    "wakes"};
constexpr const auto& NamesOf(WhyNot) { return kWhyNotNames; }

// What has to happen for a reason to go, if not time alone.
enum class Remedy : uint8_t {
  kNone,        // No command lifts it, or there is nothing to lift.
  kActivity,    // He changes to an activity that is available, or that is asked for.
  kMedium,      // The medium is switched on.
  kRoom,        // Work of his ends, or his capacity or budget is raised.
  kOtherTask,   // `other` is taken, or leaves its line.
  kSkills,      // He gets the skills, or the queue or the task needs fewer.
  kAttributes,  // His attributes change.
  kRouting,     // The task's attributes, or the rules of its queue or workflow.
  kOtherAgent,  // `wanted` lets it go, or is removed.
};
inline constexpr std::array<std::string_view, 9> kRemedyNames = {
    "none",   "activity",   "medium",  "room",       "other-task",
    "skills", "attributes", "routing", "other-agent"};
constexpr const auto& NamesOf(Remedy) { return kRemedyNames; }

// A step of the task's workflow that is still before it.
struct StepAhead {
  uint32_t filter = 0;  // Numbers as in Task.
  uint32_t step = 0;
  Instant opens{};  // Not before this: other steps may be skipped, and this one too.
  friend bool operator==(const StepAhead&, const StepAhead&) = default;
};

struct AgentReason {
  AgentId agent{};
  WhyNot why = WhyNot::kNothing;
  Remedy remedy = Remedy::kNone;
  Instant until = Instant::max();
  ReservationId offer{};  // It is offered to him by this one, at most until then.

  uint64_t used = 0;
  uint64_t limit = 0;
  uint64_t cost = 0;
  TaskId other{};
  AgentId wanted{};
  SkillSet skills{};
  std::string part{};
  std::optional<StepAhead> later{};  // Does he not fit now: the next step that he fits.
  friend bool operator==(const AgentReason&, const AgentReason&) = default;
};

// Why this agent is, or was, asked.
struct OfferReason {
  ReservationId reservation{};
  AgentId agent{};
  AgentId runner_up{};  // Who would have been asked instead; none: nobody, or he is gone.
  Decision decision{};
  std::string by{};  // What the queue scores by or the step or queue lists, as it is now.
  friend bool operator==(const OfferReason&, const OfferReason&) = default;
};

struct Explanation {
  TaskId task{};
  TaskState state = TaskState::kPending;
  Medium medium = Medium::kVoice;
  QueueId queue{};
  WorkflowId workflow{};  // None: its queue alone.
  uint32_t filter = 0;    // As in Task.
  uint32_t step = 0;
  AgentId waits_for{};             // For him alone.
  std::optional<size_t> position;  // Tasks before it in its queue, as Engine::PositionOf().

  // What it does by itself, and when. The earliest of all is `next`.
  Instant step_ends = Instant::max();  // It goes on to the next step, or out of its workflow.
  Instant wait_ends = Instant::max();  // Who is kept from it until then may be asked.
  Instant ends = Instant::max();       // Its ttl, its time assigned, its time in wrap-up, or kept.
  Instant next = Instant::max();       // An offer's time-out counts, too.

  std::vector<AgentReason> agents{};  // By id; none if it does not wait and is not offered.
  std::vector<OfferReason> offers{};  // Open reservations, newest first.
};

}  // namespace parley

#endif  // PARLEY_ENGINE_EXPLAIN_H_
