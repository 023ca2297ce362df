// tests/scope_laws.h — what must hold of every step, beyond what Engine::Audit() says of a state.
//
// Audit() sees one state; these see the one before, what was told, and the one after. The letters
// are those of the domain's invariants (f).

#ifndef PARLEY_TESTS_SCOPE_LAWS_H_
#define PARLEY_TESTS_SCOPE_LAWS_H_

#include <map>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "parley/annex/text.h"
#include "scope.h"

namespace parley {

class ScopeLaws {
 public:
  ScopeLaws(const SmallWorld& scope, const Engine& before, const Command& command,
            std::span<const Event> events, const Engine& after)
      : scope_(scope), before_(before), command_(command), events_(events), after_(after) {}

  // What does not hold; empty if all does.
  std::string Broken() {
    for (const Customer& customer : scope_.customers) CheckConversation(customer);
    CheckOffersAndActivities();
    CheckNewTasks();
    return broken_;
  }

 private:
  void Expect(bool holds, std::string_view what) {
    if (!holds && broken_.empty()) broken_ = what;
  }

  template <class C>
  bool Is() const {
    return std::holds_alternative<C>(command_);
  }

  // A conversation stays itself until it is told to be over (8), forgets nothing (9), and a pause
  // keeps its end (7).
  void CheckConversation(const Customer& customer) {
    const ConversationId id = before_.FindOpen(customer.medium, customer.address, "s");
    if (!id) return;
    bool closed = false;
    for (const Event& event : events_) {
      const auto* over = As<ConversationClosed>(event);
      closed |= over != nullptr && over->conversation == id;
    }
    const ConversationId now = after_.FindOpen(customer.medium, customer.address, "s");
    Expect(closed || now == id, "8: an open conversation is another one");
    if (now != id) return;
    const std::vector<HistoryEntry> was = before_.History(id);
    const std::vector<HistoryEntry> is = after_.History(id);
    Expect(was.size() <= is.size() && std::equal(was.begin(), was.end(), is.begin()),
           "9: a history did not only grow");
    const Conversation old = *before_.Find(id);
    const Conversation c = *after_.Find(id);
    const bool paused = old.state == ChannelState::kPause && c.state == ChannelState::kPause;
    if (!paused || old.parked_at != c.parked_at) return;
    Expect(old.deadline == c.deadline, "7: the end of a pause moved");
    Expect(old.marks_given <= c.marks_given, "7: a mark was taken back");
  }

  // Who is not available is offered nothing (6), but what he is given at once; and no activity
  // changes without a cause that is there (10).
  void CheckOffersAndActivities() {
    std::map<AgentId, ActivityId> activities;
    for (const AgentView& view : before_.Agents()) activities[view.agent] = view.activity;
    for (size_t i = 0; i < events_.size(); ++i) {
      if (const auto* changed = As<ActivityChanged>(events_[i])) {
        Expect(HasCause(changed->cause), "10: an activity changed without a cause");
        activities[changed->agent] = changed->to;
      }
      if (const auto* added = As<AgentAdded>(events_[i]))
        activities[added->agent] = added->activity;
      if (const auto* created = As<ReservationCreated>(events_[i])) {
        Expect(activities[created->agent] == kAvailable || IsGiven(i),
               "6: an agent who is not available was asked");
      }
    }
  }

  // Accepted in the same breath, because somebody said so.
  bool IsGiven(size_t i) const {
    const bool may = Is<Assign>() || Is<Resume>() || Is<Message>();
    const auto* next = i + 1 < events_.size() ? As<ReservationAccepted>(events_[i + 1]) : nullptr;
    return may && next != nullptr &&
           next->reservation == As<ReservationCreated>(events_[i])->reservation;
  }

  bool HasCause(ActivityCause cause) const {
    switch (cause) {
      case ActivityCause::kManual:
        return Is<SetActivity>();
      case ActivityCause::kLogout:
        return Is<Logout>();
      case ActivityCause::kDeclineOption:
        return Is<Decline>();
      case ActivityCause::kDisconnectThreshold:
        return before_.settings().logout.enforce;
      case ActivityCause::kReservationTimeout:
        return static_cast<bool>(before_.RoleOf(ActivityRole::kTimeout));
    }
    return false;
  }

  // A new turn of a conversation has a task of its own (8).
  void CheckNewTasks() {
    for (const Event& event : events_) {
      if (const auto* created = As<TaskCreated>(event)) {
        Expect(before_.Find(created->task) == nullptr, "8: a task's id was given twice");
      }
    }
  }

  const SmallWorld& scope_;
  const Engine& before_;
  const Command& command_;
  std::span<const Event> events_;
  const Engine& after_;
  std::string broken_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_SCOPE_LAWS_H_
