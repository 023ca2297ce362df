// src/returning.cc — see returning.h.

#include "returning.h"

#include <algorithm>

#include "capacity.h"
#include "effects.h"

namespace parley::internal {
namespace {

constexpr Duration kMinute = std::chrono::seconds(60);

// How long he may leave the customer waiting: twice as long for each one before him.
Duration AnswerLimit(const State& s, const Conversation& c) {
  const auto& rule = s.settings.answer;
  PARLEY_CHECK(c.silent.size < 32);
  return rule.limit * (rule.backs_off ? int64_t{1} << c.silent.size : 1);
}

}  // namespace

bool TakesAlone(const State& s, const Task& task) {
  PARLEY_CHECK(task.waits_for);
  if (task.over_by == kUnlimited) return true;
  const Agent& agent = s.agents[task.waits_for];
  return IsAvailable(s, agent) && HasRoomOver(s, agent, task.medium, task.over_by) &&
         s.NeedOf(task.need).fits.Has(task.waits_for.slot()) && MayWake(s, agent) &&
         !IsHeld(s, task.waits_for, task.medium);
}

bool MayWake(const State& s, const Agent& agent) {
  const uint32_t most = s.settings.routing.wakes_per_minute;
  if (most == 0) return true;
  const Instant from = s.time - kMinute;
  uint32_t recent = 0;
  s.wakes.ForEach(agent.wakes, [&](Instant at) { recent += at > from ? 1u : 0u; });
  return recent < most;
}

void NoteWake(State& s, AgentId id) {
  PARLEY_CHECK(s.agents[id].presence != PresenceState::kRemoved);
  if (s.settings.routing.wakes_per_minute == 0) return;
  Agent& agent = s.agents[id];
  while (agent.wakes.size > 0 && s.wakes.First(agent.wakes) <= s.time - kMinute) {
    s.wakes.PopFirst(agent.wakes);
  }
  s.wakes.Append(agent.wakes, s.time);
}

void ArmWake(State& s, AgentId id) {
  Agent& agent = s.agents[id];
  if (MayWake(s, agent)) return;
  // The oldest of those that count leaves the minute first.
  const uint32_t most = s.settings.routing.wakes_per_minute;
  PARLEY_CHECK(agent.wakes.size >= most);
  uint32_t after = agent.wakes.size;  // How many come after this one, and itself.
  Instant at;
  s.wakes.ForEach(agent.wakes, [&](Instant wake) {
    if (after-- == most) at = wake + kMinute;
  });
  // One that was armed under another limit may be too late; one that is early asks again.
  if (agent.wake != TimerId{} && s.wheel.DeadlineOf(agent.wake) <= at) return;
  s.Disarm(agent.wake);
  agent.wake = s.Arm(at, Timer::kWake, id.slot());
}

void WatchAnswer(State& s, TaskId id) {
  if (s.settings.answer.limit == Duration::zero()) return;
  Task& task = s.tasks[id];
  const Conversation& c = s.conversations[task.conversation];
  const bool watched =
      c.live_task == id && task.state == TaskState::kAssigned && !c.answered && c.messages > 0;
  if (!watched || task.wait != TimerId{}) return;
  task.wait = s.Arm(s.time + AnswerLimit(s, c), Timer::kTaskWait, id.slot());
}

void ForgetSilent(State& s, Conversation& c) { s.declined.Clear(c.silent); }

void TellSilent(State& s, TaskId id, const Task& task) {
  const Conversation& c = s.conversations[task.conversation];
  s.Emit(AgentSilent{id, task.agent, c.silent.size < s.settings.answer.max_takeaways});
}

void TakeAway(State& s, TaskId, const Task& task) {
  Conversation& c = s.conversations[task.conversation];
  PARLEY_CHECK(task.state == TaskState::kAssigned && !c.answered);
  s.declined.Append(c.silent, {task.agent, s.time + AnswerLimit(s, c)});
  // Of several agents only he goes; another one is there to answer.
  if (IsOneOfSeveral(s, task)) return s.Post(task.reservation, ReservationTrigger::kComplete);
  s.Post(task.conversation, ChannelTrigger::kAgentSilent);
}

}  // namespace parley::internal
