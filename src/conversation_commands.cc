// src/conversation_commands.cc — customers write, agents answer, leave, pause, resume and end.

#include <optional>
#include <utility>

#include "commands.h"
#include "effects.h"
#include "eligibility.h"
#include "lists.h"
#include "workflow.h"

namespace parley::internal {
namespace {

bool IsAddress(std::string_view address) {
  return !address.empty() && address.size() <= kLongestAddress;
}

// A conversation is opened with this route: may it?
Refusal CheckOpening(const State& s, Medium medium, const Route& route) {
  if (!s.settings.For(medium).enabled) return Refusal::kMediumOff;
  if (!route.queue && !route.workflow) return Refusal::kQueueNeeded;
  const auto& limits = s.settings.limits;
  const bool room = s.conversations.size() < limits.conversations && s.tasks.size() < limits.tasks;
  return room ? Refusal::kNone : Refusal::kLimitReached;
}

ConversationId Open(State& s, Medium medium, std::string_view customer, std::string_view business,
                    const Route& route) {
  PARLEY_CHECK(s.sought.Is(medium, customer, business) && !s.sought.open);
  std::optional<Attributes> made;  // First: this may need memory.
  if (!route.attributes.empty()) made = *Attributes::Parse(route.attributes);
  const ConversationId id = s.conversations.Add(customer, business);
  Conversation& c = s.conversations[id];
  c.medium = medium;
  c.opened = s.time;
  c.priority = route.priority;
  const QueueId queue = route.workflow ? HomeQueue(*CourseOf(s, route.workflow)) : route.queue;
  c.need = TakeNeed(s, {queue, medium, route.skills});
  SetWorkflow(s, c, route.workflow);
  if (made) c.attributes = AddAttributes(s, *std::move(made));
  s.by_address.Insert(s.sought.hash, id.slot());
  s.Emit(ConversationOpened{id, medium});
  s.matter.plan.waited = route.waited;
  return id;
}

// Whether a customer's message to this conversation makes a task at once.
bool MakesTask(const Conversation& c) {
  return c.state == ChannelState::kInactive || (c.state == ChannelState::kActive && c.orphan);
}

// He reads and does not write: it is his wrap-up, and nothing more (R-WR-03).
bool IsWrappingUp(const State& s, ConversationId id, AgentId agent) {
  const Conversation& c = s.conversations[id];
  if (SeatOf(s, c, agent)) return false;
  bool found = false;
  ForEachReservation(s, s.agents[agent], [&](ReservationId, const Reservation& r) {
    found |= r.state == ReservationState::kWrapping && s.tasks[r.task].conversation == id;
  });
  return found;
}

}  // namespace

Refusal CheckRoute(const State& s, const Route& route) {
  if (route.priority < 0) return Refusal::kOutOfRange;
  if (route.waited < Duration::zero() || route.waited > kLongestWaited) return Refusal::kOutOfRange;
  if (route.queue) {
    if (const Refusal r = CheckId(s.queues, route.queue); r != Refusal::kNone) return r;
  }
  if (route.workflow) {
    if (const Refusal r = CheckId(s.workflows, route.workflow); r != Refusal::kNone) return r;
    if (route.queue) return Refusal::kOutOfRange;  // One or the other.
  }
  if (const Refusal r = CheckAttributes(route.attributes); r != Refusal::kNone) return r;
  return CheckSkills(s, route.skills);
}

Refusal CheckHeld(const State& s, const Conversation& c, AgentId agent, ChannelTrigger trigger) {
  if (!Allows<ChannelMachine>(c.state, trigger) || !c.live_task) return Refusal::kWrongState;
  if (SeatOf(s, c, agent)) return Refusal::kNone;
  const Task& task = s.tasks[c.live_task];
  if (task.state != TaskState::kAssigned && task.state != TaskState::kWrapping) {
    return Refusal::kWrongState;
  }
  return task.agent == agent ? Refusal::kWrongState : Refusal::kNotOwner;
}

Refusal CheckBoth(const State& s, ConversationId conversation, AgentId agent) {
  if (const Refusal r = CheckId(s.conversations, conversation); r != Refusal::kNone) return r;
  return CheckId(s.agents, agent);
}

bool NamesNothing(const Route& route) {
  return !route.queue && !route.workflow && route.skills.empty() && route.priority == 0;
}

void ApplyRoute(State& s, Conversation& c, const Route& route) {
  if (!route.attributes.empty()) {
    Attributes made = *Attributes::Parse(route.attributes);  // First: this may need memory.
    ReturnAttributes(s, c.attributes);
    c.attributes = AddAttributes(s, std::move(made));
  }
  if (NamesNothing(route)) return;
  QueueId queue = route.queue ? route.queue : s.NeedOf(c.need).queue;
  if (route.workflow) queue = HomeQueue(*CourseOf(s, route.workflow));
  if (route.workflow || route.queue) SetWorkflow(s, c, route.workflow);
  SetRoute(s, c, queue, route.skills, route.priority);
}

Refusal CheckDirect(const State& s, const Direct& direct) {
  if (direct.prefer) {
    if (const Refusal r = CheckId(s.agents, direct.prefer); r != Refusal::kNone) return r;
  }
  const bool possible =
      direct.prefer_for >= Duration::zero() && direct.prefer_for <= kLongestWaited;
  return possible ? Refusal::kNone : Refusal::kOutOfRange;
}

void PlanDirect(State& s, const Direct& direct) {
  const bool for_ever = direct.prefer_for == Duration::zero();
  s.matter.plan.agent = direct.prefer;
  s.matter.plan.over_by = direct.over_by;
  s.matter.plan.until = for_ever ? Instant::max() : s.time + direct.prefer_for;
}

void PreferAgent(State& s, const Conversation& c, AgentId id) {
  const Agent* agent = s.agents.Find(id);
  if (agent == nullptr || !IsAvailable(s, *agent) || !Fits(s, s.NeedOf(c.need), id)) return;
  s.matter.plan.agent = id;
  s.matter.plan.until = s.time + s.settings.reservation.timeout;
}

Refusal Check(const State& s, const Message& m) {
  if (!IsNamed(m.medium)) return Refusal::kOutOfRange;
  if (!IsAddress(m.customer) || !IsAddress(m.business)) return Refusal::kAddressInvalid;
  if (const Refusal r = CheckRoute(s, m.route); r != Refusal::kNone) return r;
  if (const Refusal r = CheckDirect(s, m.direct); r != Refusal::kNone) return r;
  const ConversationId open = FindOpen(s, m.medium, m.customer, m.business);
  if (!open) return CheckOpening(s, m.medium, m.route);
  const Conversation& c = s.conversations[open];
  const auto& limits = s.settings.limits;
  if (c.messages >= limits.messages_per_conversation) return Refusal::kLimitReached;
  return MakesTask(c) && s.tasks.size() >= limits.tasks ? Refusal::kLimitReached : Refusal::kNone;
}
void Do(State& s, const Message& m) {
  s.matter.ref = m.ref;
  PARLEY_CHECK(s.sought.Is(m.medium, m.customer, m.business));
  if (s.sought.open) return s.Post(s.sought.open, ChannelTrigger::kMessage);
  const ConversationId id = Open(s, m.medium, m.customer, m.business, m.route);
  PlanDirect(s, m.direct);
  s.Post(id, ChannelTrigger::kMessage);
  s.Post(id, ChannelTrigger::kReady);
}

Refusal Check(const State& s, const OpenConversation& o) {
  if (!IsNamed(o.medium)) return Refusal::kOutOfRange;
  if (!IsAddress(o.customer) || !IsAddress(o.business)) return Refusal::kAddressInvalid;
  if (const Refusal r = CheckRoute(s, o.route); r != Refusal::kNone) return r;
  if (FindOpen(s, o.medium, o.customer, o.business)) return Refusal::kAlreadyOpen;
  return CheckOpening(s, o.medium, o.route);
}
void Do(State& s, const OpenConversation& o) {
  const ConversationId id = Open(s, o.medium, o.customer, o.business, o.route);
  Conversation& c = s.conversations[id];
  c.since = s.time - o.route.waited;
  c.deadline = s.time + s.settings.conversation.setup_limit;
  c.limit = s.Arm(c.deadline, Timer::kConversation, id.slot());
}

Refusal Check(const State& s, const ChannelReady& command) {
  if (const Refusal r = CheckId(s.conversations, command.conversation); r != Refusal::kNone) {
    return r;
  }
  if (const Refusal r = CheckDirect(s, command.direct); r != Refusal::kNone) return r;
  const Conversation& c = s.conversations[command.conversation];
  return Allows<ChannelMachine>(c.state, ChannelTrigger::kReady) ? Refusal::kNone
                                                                 : Refusal::kWrongState;
}
void Do(State& s, const ChannelReady& command) {
  PlanDirect(s, command.direct);
  s.matter.plan.keep_age = true;  // It has waited since it was opened.
  s.Post(command.conversation, ChannelTrigger::kReady);
}

Refusal Check(const State& s, const ChannelFailed& command) {
  return Check(s, ChannelReady{command.conversation});
}
void Do(State& s, const ChannelFailed& command) {
  s.Post(command.conversation, ChannelTrigger::kFail);
}

Refusal Check(const State& s, const Reply& command) {
  if (const Refusal r = CheckBoth(s, command.conversation, command.agent); r != Refusal::kNone) {
    return r;
  }
  const Conversation& c = s.conversations[command.conversation];
  if (IsWrappingUp(s, command.conversation, command.agent)) return Refusal::kReplyInWrapUp;
  if (const Refusal r = CheckHeld(s, c, command.agent, ChannelTrigger::kReply);
      r != Refusal::kNone) {
    return r;
  }
  return c.messages < s.settings.limits.messages_per_conversation ? Refusal::kNone
                                                                  : Refusal::kLimitReached;
}
void Do(State& s, const Reply& command) {
  s.matter.author = command.agent;
  s.matter.ref = command.ref;
  s.Post(command.conversation, ChannelTrigger::kReply);
}

Refusal Check(const State& s, const End& command) {
  if (const Refusal r = CheckBoth(s, command.conversation, command.agent); r != Refusal::kNone) {
    return r;
  }
  const Conversation& c = s.conversations[command.conversation];
  return CheckHeld(s, c, command.agent, ChannelTrigger::kTaskDone);
}
void Do(State& s, const End& command) {
  const TaskId seat = SeatOf(s, s.conversations[command.conversation], command.agent);
  s.Post(s.tasks[seat].reservation, ReservationTrigger::kWrapUp);
}

Refusal Check(const State& s, const Transfer& command) {
  if (const Refusal r = CheckBoth(s, command.conversation, command.agent); r != Refusal::kNone) {
    return r;
  }
  if (command.to) {
    if (const Refusal r = CheckId(s.agents, command.to); r != Refusal::kNone) return r;
    if (command.to == command.agent) return Refusal::kOutOfRange;
  }
  if (const Refusal r = CheckRoute(s, command.route); r != Refusal::kNone) return r;
  const Conversation& c = s.conversations[command.conversation];
  if (const Refusal r = CheckHeld(s, c, command.agent, ChannelTrigger::kTransfer);
      r != Refusal::kNone) {
    return r;
  }
  if (c.guests.size > 0) return Refusal::kSeveralAgents;
  return s.tasks.size() < s.settings.limits.tasks ? Refusal::kNone : Refusal::kLimitReached;
}
void Do(State& s, const Transfer& command) {
  ApplyRoute(s, s.conversations[command.conversation], command.route);
  PreferAgent(s, s.conversations[command.conversation], command.to);
  s.matter.plan.exclude = command.agent;  // He has just sent it away.
  s.matter.plan.exclude_until = s.time + s.settings.reservation.retry_after;
  s.matter.plan.waited = command.route.waited;
  s.Post(command.conversation, ChannelTrigger::kTransfer);
}

Refusal Check(const State& s, const Close& command) {
  if (const Refusal r = CheckId(s.conversations, command.conversation); r != Refusal::kNone) {
    return r;
  }
  if (!IsNamed(command.mode)) return Refusal::kOutOfRange;
  // Over, but kept for a task that wraps up.
  return IsOver(s.conversations[command.conversation].state) ? Refusal::kGone : Refusal::kNone;
}
void Do(State& s, const Close& command) {
  s.matter.at_once = command.mode == ParkMode::kCompleteNow;
  s.Post(command.conversation, ChannelTrigger::kClose);
}

}  // namespace parley::internal
