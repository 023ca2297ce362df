// Commands that open conversations and add to them.

#include <algorithm>

#include "model.h"

namespace parley::model {
namespace {
constexpr size_t kLongestAddress = 320;
constexpr Duration kMostWaited = 366 * kDay;
}  // namespace

ConversationId Model::FindOpen(Medium medium, std::string_view customer,
                               std::string_view business) const {
  for (const Conversation* c : conversations_.All()) {
    if (!c->ended && c->medium == medium && c->customer == customer && c->business == business) {
      return c->id;
    }
  }
  return {};
}

Refused Model::BadAddresses(Medium medium, std::string_view customer,
                            std::string_view business) const {
  if (static_cast<size_t>(medium) >= kMedia) return {Refusal::kOutOfRange};
  for (const std::string_view address : {customer, business}) {
    if (address.empty() || address.size() > kLongestAddress) return {Refusal::kAddressInvalid};
  }
  return {};
}

Refused Model::BadRoute(const Route& route) const {
  if (route.priority < 0 || route.waited < Duration::zero() || route.waited > kMostWaited) {
    return {Refusal::kOutOfRange};
  }
  if (route.queue) {
    const Refusal bad = Missing(queues_, route.queue);
    if (bad != Refusal::kNone) return {bad};
  }
  if (route.workflow) {
    const Refusal bad = Missing(workflows_, route.workflow);
    if (bad != Refusal::kNone) return {bad};
  }
  if (route.queue && route.workflow) return {Refusal::kOutOfRange};
  Value attributes;
  if (const auto at = ReadAttributes(route.attributes, attributes)) {
    return {Refusal::kAttributesInvalid, kUnlimited, *at};
  }
  if (const Refusal bad = BadSkills(route.skills); bad != Refusal::kNone) return {bad};
  return {};
}

Refused Model::BadDirect(const Direct& direct) const {
  if (direct.prefer) {
    if (const Refusal bad = Missing(agents_, direct.prefer); bad != Refusal::kNone) return {bad};
  }
  if (direct.prefer_for < Duration::zero() || direct.prefer_for > kMostWaited) {
    return {Refusal::kOutOfRange};
  }
  return {};
}

// Direct routing (B1).
void Model::Prefer(Order& order, const Direct& direct) const {
  if (!direct.prefer) return;
  const bool for_ever = direct.prefer_for == Duration::zero();
  order.agent = direct.prefer;
  order.until = for_ever ? Instant::max() : now_ + direct.prefer_for;
  order.over_by = direct.over_by;
}

// What a new conversation needs (B6).
Refused Model::BadOpening(Medium medium, const Route& route) const {
  if (const Refused bad = BadRoute(route); bad != Refused()) return bad;
  if (!settings_.For(medium).enabled) return {Refusal::kMediumOff};
  if (!route.queue && !route.workflow) return {Refusal::kQueueNeeded};
  if (conversations_.size() >= settings_.limits.conversations ||
      tasks_.size() >= settings_.limits.tasks) {
    return {Refusal::kLimitReached};
  }
  return {};
}

ConversationId Model::Open(Medium medium, std::string_view customer, std::string_view business,
                           const Route& route) {
  Conversation& c = conversations_.Add();
  c.medium = medium;
  c.customer = customer;
  c.business = business;
  c.opened = now_;
  SetRoute(c, route);
  c.since = now_ - route.waited;
  Emit(ConversationOpened{c.id, medium});
  return c.id;
}

bool Model::NamesAny(const Route& route) {
  return route.queue || route.workflow || !route.skills.empty() || route.priority != 0;
}

// A route that names nothing stands for the one that it has; any other is the whole new one.
void Model::SetRoute(Conversation& c, const Route& route) {
  if (!route.attributes.empty()) ReadAttributes(route.attributes, c.attributes);
  if (!NamesAny(route)) return;
  if (route.queue) c.queue = route.queue;
  if (route.workflow) c.queue = FirstQueue(*workflows_[route.workflow].course);
  if (route.queue || route.workflow) c.workflow = route.queue ? WorkflowId() : route.workflow;
  c.skills = route.skills;
  c.priority = route.priority;
}

Refused Model::Take(const Message& command) {
  const Refused bad = BadAddresses(command.medium, command.customer, command.business);
  if (bad != Refused()) return bad;
  if (const Refused no = BadRoute(command.route); no != Refused()) return no;
  if (const Refused no = BadDirect(command.direct); no != Refused()) return no;
  if (Conversation* c =
          conversations_.Find(FindOpen(command.medium, command.customer, command.business))) {
    if (c->history.size() >= settings_.limits.messages_per_conversation) {
      return {Refusal::kLimitReached};
    }
    const bool uncovered = c->state == ChannelState::kActive && !c->live_task && !c->asked;
    const bool makes = c->state == ChannelState::kInactive || uncovered;
    if (makes && tasks_.size() >= settings_.limits.tasks) return {Refusal::kLimitReached};
    OnMessage(*c, command.ref);
    return {};
  }
  if (const Refused no = BadOpening(command.medium, command.route); no != Refused()) return no;
  Conversation& c =
      conversations_[Open(command.medium, command.customer, command.business, command.route)];
  Append(c, AgentId(), command.ref);
  c.unanswered = true;
  Announce(c, ChannelState::kActive);
  Order order = UsualOrder(c);
  order.since = c.since;
  Prefer(order, command.direct);
  SendOn(c, order);
  return {};
}

Refused Model::Take(const OpenConversation& command) {
  const Refused bad = BadAddresses(command.medium, command.customer, command.business);
  if (bad != Refused()) return bad;
  if (const Refused no = BadRoute(command.route); no != Refused()) return no;
  if (FindOpen(command.medium, command.customer, command.business)) {
    return {Refusal::kAlreadyOpen};
  }
  if (const Refused no = BadOpening(command.medium, command.route); no != Refused()) return no;
  Conversation& c =
      conversations_[Open(command.medium, command.customer, command.business, command.route)];
  c.deadline = now_ + settings_.conversation.setup_limit;
  c.limit = Arm(c.deadline, Due::kConversation, c.id.value);
  return {};
}

Refused Model::Take(const ChannelReady& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  Conversation& c = conversations_[command.conversation];
  if (const Refused no = BadDirect(command.direct); no != Refused()) return no;
  if (c.state != ChannelState::kSetup) return {Refusal::kWrongState};
  StopLimit(c);
  Announce(c, ChannelState::kActive);
  Order order = UsualOrder(c);
  order.since = c.since;
  Prefer(order, command.direct);
  SendOn(c, order);
  return {};
}

Refused Model::Take(const ChannelFailed& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  Conversation& c = conversations_[command.conversation];
  if (c.state != ChannelState::kSetup) return {Refusal::kWrongState};
  StopLimit(c);
  Announce(c, ChannelState::kFailed);
  EndConversation(c);
  return {};
}

// The task by which the agent is in the channel.
TaskId Model::TaskOf(const Conversation& c, AgentId agent) const {
  if (const Task* live = tasks_.Find(c.live_task)) {
    if (c.participant == agent && live->agent == agent) return live->id;
  }
  for (const TaskId guest : c.guests) {
    if (tasks_[guest].agent == agent) return guest;
  }
  return {};
}

Refused Model::Take(const Reply& command) {
  if (const Refusal bad = Missing(conversations_, command.conversation); bad != Refusal::kNone) {
    return {bad};
  }
  if (const Refusal bad = Missing(agents_, command.agent); bad != Refusal::kNone) return {bad};
  Conversation& c = conversations_[command.conversation];
  const TaskId his = TaskOf(c, command.agent);
  if (!his || tasks_[his].state != TaskState::kAssigned) {
    for (const ReservationId id : agents_[command.agent].reservations) {
      const Reservation& r = reservations_[id];
      const bool here = tasks_[r.task].conversation == c.id;
      if (here && r.state == ReservationState::kWrapping) return {Refusal::kReplyInWrapUp};
    }
    const Task* live = tasks_.Find(c.live_task);
    const bool held = live != nullptr && live->state != TaskState::kPending &&
                      live->state != TaskState::kReserved;
    return {held ? Refusal::kNotOwner : Refusal::kWrongState};  // R-WR-03.
  }
  if (c.history.size() >= settings_.limits.messages_per_conversation) {
    return {Refusal::kLimitReached};
  }
  Append(c, command.agent, command.ref);
  StopAnswer(c);
  c.reroutes = 0;
  return {};
}

}  // namespace parley::model
