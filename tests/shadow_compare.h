// Holds a shadow against the engine's records.

#ifndef PARLEY_TESTS_SHADOW_COMPARE_H_
#define PARLEY_TESTS_SHADOW_COMPARE_H_

#include <algorithm>
#include <optional>

#include "shadow.h"

namespace parley {

class ShadowCompare {
 public:
  ShadowCompare(Shadow& shadow, const Engine& engine) : s_(shadow), engine_(engine) {}

  void All() {
    for (const auto& [id, agent] : s_.agents.open()) One(id, agent);
    for (const auto& [id, r] : s_.reservations.open()) One(id, r);
    for (const auto& [id, task] : s_.tasks.open()) One(id, task);
    for (const auto& [id, c] : s_.conversations.open()) One(id, c);
    const Totals totals = engine_.Count();
    s_.Expect(totals.agents == s_.agents.size(), "how many agents");
    s_.Expect(totals.reservations == s_.reservations.size(), "how many reservations");
    s_.Expect(totals.tasks == s_.tasks.size(), "how many tasks");
    s_.Expect(totals.conversations == s_.conversations.size(), "how many conversations");
    s_.Expect(totals.messages == messages_, "how many messages");
    s_.Expect(totals.events == s_.events, "how many events");
    s_.Expect(engine_.NextWake() > engine_.Now(), "the next wake is past");
    s_.Expect(engine_.NextWake() <= earliest_, "the next wake is late");
    s_.Expect(engine_.settings() == s_.settings, "settings");
  }

 private:
  // It must be to come, and the engine must wake for it.
  template <class IdType>
  void Await(Instant deadline, IdType about) {
    s_.Expect(deadline > engine_.Now(), "a deadline passed in silence", about);
    earliest_ = std::min(earliest_, deadline);
  }

  void One(AgentId id, const ShadowAgent& is) {
    const Agent* has = engine_.Find(id);
    s_.Expect(has != nullptr, "an agent is missing", id);
    if (has == nullptr) return;
    s_.Expect(has->activity == is.activity && has->activity_since == is.since, "activity", id);
    for (size_t m = 0; m < kMedia; ++m) {
      const Capacity& a = has->media[m];
      const Capacity& b = is.media[m];
      s_.Expect(a.configured == b.configured && a.available == b.available &&
                    a.pending == b.pending && a.accepted == b.accepted && a.wrapping == b.wrapping,
                "capacity", id);
    }
    s_.Expect(has->skills == is.skills && has->budget == is.budget, "skills", id);
    s_.Expect(has->sessions.size() == is.sessions.size(), "sessions", id);
    s_.Expect(has->paused.size == is.paused && has->reservations.size == is.reservations,
              "what an agent has in hand", id);
    s_.Expect((has->presence == PresenceState::kLost) == (is.lost_until != kNever), "presence", id);
    Await(is.lost_until, id);
    Await(is.requeue_at, id);
  }
  void One(ReservationId id, const ShadowReservation& is) {
    const Reservation* has = engine_.Find(id);
    s_.Expect(
        has != nullptr && has->state == is.state && has->task == is.task && has->agent == is.agent,
        "reservation", id);
    Await(is.limit, id);
  }
  void One(TaskId id, const ShadowTask& is) {
    const Task* has = engine_.Find(id);
    s_.Expect(has != nullptr, "a task is missing", id);
    if (has == nullptr) return;
    s_.Expect(has->state == is.state && has->queue == is.queue && has->medium == is.medium &&
                  has->conversation == is.conversation && has->agent == is.agent &&
                  has->reservation == (is.offers.empty() ? ReservationId{} : is.offers.back()) &&
                  has->offers.size == is.offers.size(),
              "task", id);
    Await(is.limit, id);
  }
  void One(ConversationId id, const ShadowConversation& is) {
    const std::optional<Conversation> has = engine_.Find(id);
    s_.Expect(has.has_value(), "a conversation is missing", id);
    if (!has) return;
    messages_ += is.history.size();
    s_.Expect(has->state == is.state && has->ended == is.closed && has->asked == is.asked, "state",
              id);
    s_.Expect(has->messages == is.history.size(), "history", id);
    s_.Expect(has->live_task == is.live && has->open_tasks == is.open_tasks, "tasks", id);
    s_.Expect(has->participant == is.participant, "participant", id);
    s_.Expect(has->invitation == is.invitation, "invitation", id);
    s_.Expect(engine_.Participants(id) == s_.In(is), "participants", id);
    s_.Expect(has->owner == is.owner, "owner", id);
    s_.Expect(is.deadline == kNever || has->deadline == is.deadline, "deadline", id);
    const bool uncovered = is.state == ChannelState::kActive && !is.live && !is.asked;
    s_.Expect(has->orphan == uncovered && (!uncovered || is.orphan_told), "orphan", id);
    Await(is.deadline, id);
  }

  Shadow& s_;
  const Engine& engine_;
  uint64_t messages_ = 0;
  Instant earliest_ = kNever;
};

}  // namespace parley

#endif  // PARLEY_TESTS_SHADOW_COMPARE_H_
