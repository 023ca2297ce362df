// Enters what happened to conversations into a shadow.

#ifndef PARLEY_TESTS_SHADOW_CONVERSATIONS_H_
#define PARLEY_TESTS_SHADOW_CONVERSATIONS_H_

#include <algorithm>
#include <utility>

#include "shadow_agents.h"

namespace parley {

class ShadowConversations : protected ShadowAgents {
 protected:
  explicit ShadowConversations(Shadow& shadow) : ShadowAgents(shadow) {}
  using ShadowAgents::On;

  // ---- Conversations ----
  void On(const ConversationOpened& e) {
    ShadowConversation* c = s_.conversations.Open(e.conversation);
    s_.Expect(c != nullptr, "a conversation's id was used before", e.conversation);
    if (c == nullptr) return;
    c->medium = e.medium;
    if (CommandAs<OpenConversation>()) c->deadline = at_ + s_.settings.conversation.setup_limit;
  }
  void On(const MessageAdded& e) {
    ShadowConversation& c = s_.At(e.conversation);
    c.history.push_back({e.author, at_, e.ref});
    if (e.author) c.in_a_row = 0;
    s_.Expect(e.number == c.history.size(), "a message's number", e.conversation);
    const auto* message = CommandAs<Message>();
    const auto* reply = CommandAs<Reply>();
    s_.Expect(e.author ? reply != nullptr && reply->ref == e.ref && reply->agent == e.author &&
                             std::ranges::count(s_.In(c), e.author) == 1
                       : message != nullptr && message->ref == e.ref,
              "a message that nobody wrote", e.conversation);
  }
  void On(const ChannelChanged& e) {
    ShadowConversation& c = s_.At(e.conversation);
    s_.Expect(c.state == e.from && e.from != e.to, "channel states do not chain", e.conversation);
    s_.Expect(!c.closed, "a closed channel changed", e.conversation);
    if (e.to == ChannelState::kFailed && !CommandAs<ChannelFailed>()) {
      s_.Expect(c.deadline == at_, "setup did not fail on time", e.conversation);
    }
    c.state = e.to;
    c.deadline = kNever;
    c.orphan_told = false;
  }
  // Whether the command at hand may be what brought him in.
  bool ByHand(ConversationId id) const {
    if (const auto* resume = CommandAs<Resume>()) return resume->conversation == id;
    if (const auto* assign = CommandAs<Assign>()) return assign->conversation == id;
    return CommandAs<Accept>() || CommandAs<MediaReady>();
  }
  void On(const ParticipantJoined& e) {
    ShadowConversation& c = s_.At(e.conversation);
    if (c.participant) return JoinAsGuest(e, c);
    s_.Expect(static_cast<bool>(c.live), "joined nothing", e.conversation);
    s_.Expect(s_.At(c.live).agent == e.agent, "joined without the task", e.conversation);
    c.participant = e.agent;
    if (ByHand(e.conversation)) c.in_a_row = 0;
    c.unread = 0;
  }
  void On(const ParticipantLeft& e) {
    ShadowConversation& c = s_.At(e.conversation);
    const auto guest =
        std::ranges::find_if(c.guests, [&](TaskId id) { return s_.At(id).agent == e.agent; });
    if (guest != c.guests.end()) {
      c.guests.erase(guest);
      return;
    }
    s_.Expect(c.participant == e.agent, "left without having joined", e.conversation);
    c.participant = AgentId{};
    c.live = TaskId{};
  }
  void JoinAsGuest(const ParticipantJoined& e, ShadowConversation& c) {
    const TaskId task = std::exchange(c.invitation, TaskId{});
    s_.Expect(task && s_.At(task).state == TaskState::kAssigned && s_.At(task).agent == e.agent,
              "joined without an invitation", e.conversation);
    s_.Expect(std::ranges::count(s_.In(c), e.agent) == 0, "joined twice", e.conversation);
    c.guests.push_back(task);
  }
  void On(const LiveTaskChanged& e) {
    ShadowConversation& c = s_.At(e.conversation);
    s_.Expect(std::erase(c.guests, e.task) == 1 && s_.At(e.task).agent == e.agent,
              "the live task of nobody who is there", e.conversation);
    c.guests.push_back(std::exchange(c.live, e.task));
    c.participant = e.agent;
  }
  void On(const InvitationFailed& e) {
    const auto* canceled = PreviousAs<TaskCanceled>();
    s_.Expect(canceled != nullptr && canceled->task == e.task && canceled->reason == e.reason &&
                  failing_ == e.task,
              "an invitation that did not fail", e.conversation);
    s_.Expect(s_.At(e.task).conversation == e.conversation, "an invitation elsewhere", e.task);
    failing_ = TaskId{};
  }
  void On(const CustomRoutingRequested& e) {
    ShadowConversation& c = s_.At(e.conversation);
    s_.Expect(!c.live && !c.asked && e.deadline > at_, "a question too many", e.conversation);
    c.asked = true;
    c.orphan_told = false;
    c.deadline = e.deadline;
  }
  void On(const CustomRoutingTimedOut& e) {
    ShadowConversation& c = s_.At(e.conversation);
    s_.Expect(c.asked && c.deadline == at_, "the host was silent, and not so long", e.conversation);
    c.asked = false;
    c.deadline = kNever;
  }
  void On(const ConversationOrphaned& e) {
    ShadowConversation& c = s_.At(e.conversation);
    c.orphan_told = true;
    c.asked = false;
    c.deadline = at_ + s_.settings.leave.max_open;
  }
  void On(const ConversationClosed& e) {
    ShadowConversation& c = s_.At(e.conversation);
    s_.Expect(!c.closed && IsOver(c.state), "closed", e.conversation);
    s_.Expect(e.messages == c.history.size(), "messages of a closed conversation", e.conversation);
    c.closed = true;
    c.asked = false;
    c.deadline = kNever;
    if (c.owner) EndPause(e.conversation, c.owner);  // There is no event of its own for that.
  }
  void On(const ConversationRerouted& e) {
    const ShadowConversation& c = s_.At(e.conversation);
    s_.Expect(!c.closed, "a closed conversation is rerouted", e.conversation);
    if (e.cause != RerouteCause::kOverdue) return;
    s_.Expect(done_limit_ == at_, "overdue too early or late", e.conversation);
  }

  // ---- Leave and pause ----
  void On(const ConversationLeft& e) {
    s_.At(e.conversation).deadline = e.expires;
    const bool on_time = e.expires == at_ + s_.settings.leave.max_open;
    s_.Expect(on_time, "when a left conversation expires", e.conversation);
  }
  void On(const LeaveExpired& e) {
    s_.Expect(s_.At(e.conversation).deadline == at_, "left too long or too short", e.conversation);
  }
  void On(const TaskPaused& e) {
    ShadowConversation& c = s_.At(e.conversation);
    s_.Expect(e.deadline == at_ + s_.settings.pause.limit * s_.settings.day &&
                  ++s_.At(e.agent).paused <= s_.settings.pause.max_per_agent,
              "paused", e.conversation);
    c.owner = e.agent;
    c.unread = 0;
    c.deadline = e.deadline;
    c.parked_at = at_;
    c.marks = s_.settings.pause.marks;
    c.marks_given = 0;
  }
  void On(const PauseExpiring& e) {
    ShadowConversation& c = s_.At(e.conversation);
    while (s_.gate_seen && c.marks_given < 4 && c.marks[c.marks_given] != e.before) ++c.marks_given;
    s_.Expect(c.marks_given < 4 && c.marks[c.marks_given++] == e.before && c.owner == e.agent,
              "a mark twice or out of order", e.conversation);
    s_.Expect(at_ == std::max(c.parked_at, c.deadline - e.before), "a mark's time", e.conversation);
  }
  void EndPause(ConversationId id, AgentId agent) {
    ShadowConversation& c = s_.At(id);
    s_.Expect(c.owner == agent, "a pause ended that was another agent's", id);
    --s_.At(agent).paused;
    c.owner = AgentId{};
  }
  void On(const PauseExpired& e) {
    ShadowConversation& c = s_.At(e.conversation);
    const bool told = s_.gate_seen || c.marks_given == 4 || c.marks[c.marks_given] <= Duration();
    if (e.end == PauseEnd::kExpired) {
      s_.Expect(c.deadline == at_ && told, "paused too long or too short", e.conversation);
    }
    if (e.end == PauseEnd::kOwnerLoggedOut) {
      s_.Expect(s_.At(e.agent).requeue_at == at_, "work is taken away", e.conversation);
    }
    EndPause(e.conversation, e.agent);
  }
  void On(const TaskResumed& e) {
    EndPause(e.conversation, e.agent);
    const bool taken = e.how == ResumedHow::kAutoAccepted;
    s_.Expect(!taken || s_.At(e.conversation).participant == e.agent, "resumed", e.conversation);
  }
  void On(const CustomerMessageWhilePaused& e) {
    ShadowConversation& c = s_.At(e.conversation);
    s_.Expect(c.owner == e.agent && e.unread == ++c.unread, "unread while paused", e.conversation);
  }

  Instant done_limit_;  // Of the task that was completed last.
  TaskId failing_;      // An invitation that was canceled: it is to be told next.
};

}  // namespace parley

#endif  // PARLEY_TESTS_SHADOW_CONVERSATIONS_H_
