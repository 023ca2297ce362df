// What an engine says may be done, to be held against what it then does.

#ifndef PARLEY_TESTS_PREDICTIONS_H_
#define PARLEY_TESTS_PREDICTIONS_H_

#include <optional>
#include <variant>

#include "parley/parley.h"

namespace parley {

// Whether AllowedFor() and MayResume() would let the command through; nothing if they do not speak
// of such a command. Holds for the instant that the engine has come to.
class Prediction {
 public:
  explicit Prediction(const Engine& engine) : engine_(engine) {}

  std::optional<bool> For(const Command& command) const {
    return std::visit([this](const auto& c) { return Of(c); }, command);
  }

 private:
  using Answer = std::optional<bool>;

  template <class T>
  Answer Of(const T&) const {
    return std::nullopt;
  }
  Answer Of(const Accept& c) const { return Offer(c.reservation).accept; }
  Answer Of(const Decline& c) const {
    return c.activity ? Answer() : Answer(Offer(c.reservation).decline);
  }
  Answer Of(const Reply& c) const { return Live(c.conversation, c.agent).reply; }
  Answer Of(const Leave& c) const {
    const bool plain = c.agent && c.session == SessionId{};
    return plain ? Answer(Live(c.conversation, c.agent).leave) : Answer();
  }
  Answer Of(const Pause& c) const {
    return c.session == SessionId{} ? Answer(Live(c.conversation, c.agent).pause) : Answer();
  }
  Answer Of(const End& c) const { return Live(c.conversation, c.agent).end; }
  Answer Of(const Transfer& c) const {
    const bool plain = !c.to && c.route == Route();
    return plain ? Answer(Live(c.conversation, c.agent).transfer) : Answer();
  }
  Answer Of(const Complete& c) const {
    return c.agent ? Answer(engine_.AllowedFor(c.agent, c.task).complete) : Answer();
  }
  Answer Of(const Resume& c) const {
    const bool plain = c.session == SessionId{};
    return plain ? Answer(engine_.MayResume(c.agent, c.conversation)) : Answer();
  }

  AllowedActions Offer(ReservationId id) const {
    const Reservation* r = engine_.Find(id);
    return r == nullptr ? AllowedActions() : engine_.AllowedFor(r->agent, r->task);
  }
  AllowedActions Live(ConversationId id, AgentId agent) const {
    for (const TaskId task : engine_.WorklistOf(agent).live) {  // Of several, each has his own.
      if (engine_.Find(task)->conversation == id) return engine_.AllowedFor(agent, task);
    }
    const std::optional<Conversation> c = engine_.Find(id);
    return !c ? AllowedActions() : engine_.AllowedFor(agent, c->live_task);
  }

  const Engine& engine_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_PREDICTIONS_H_
