// Floor 6 · engine/views.h — what the engine answers when it is asked.

#ifndef PARLEY_ENGINE_VIEWS_H_
#define PARLEY_ENGINE_VIEWS_H_

#include <cstdint>
#include <vector>

#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/agent.h"
#include "parley/model/conversation.h"
#include "parley/model/task.h"

namespace parley {

// One line of a Paused list (R-PS-08, R-HL-01).
struct PausedItem {
  ConversationId conversation{};
  AgentId owner{};
  QueueId queue{};
  Instant paused_at{};
  Instant deadline{};  // When it is reassigned if nobody resumes it,
  Duration remaining{};
  ReassignLevel level{};
  uint32_t unread = 0;  // Customer messages since the pause began.
};

// A conversation that waits for its customer; nobody owns it (R-LV-19).
struct LeftItem {
  ConversationId conversation{};
  AgentId last_agent{};
  QueueId queue{};
  Instant left_at{};
  Instant expires{};
};

// An agent's tasks as his desktop shows them, newest offer first (R-EM-02).
struct Worklist {
  std::vector<TaskId> offers{};
  std::vector<TaskId> live{};
  std::vector<TaskId> wrapping{};
  std::vector<ConversationId> paused{};  // Oldest first.
};

// What an agent may do about a task now (R-EM-08).
struct AllowedActions {
  bool accept = false;
  bool decline = false;
  bool reply = false;
  bool leave = false;
  bool pause = false;
  bool end = false;
  bool transfer = false;
  bool complete = false;
  friend bool operator==(const AllowedActions&, const AllowedActions&) = default;
};

// Who is where.
struct AgentView {
  AgentId agent{};
  ActivityId activity{};
  Duration in_activity{};
  PresenceState presence{};
  uint32_t offers = 0;
  uint32_t live = 0;
  uint32_t wrapping = 0;
  uint32_t paused = 0;
};

// One that an agent can be in.
struct ActivityView {
  ActivityId activity{};
  bool available = false;
  uint32_t agents = 0;  // In it now.
};

// How many there are.
struct Totals {
  uint32_t agents = 0;
  uint32_t conversations = 0;  // Closed ones that still wrap up included.
  uint32_t tasks = 0;          // Ended ones that are still kept included.
  uint32_t reservations = 0;
  uint32_t timers = 0;
  uint64_t messages = 0;
  uint64_t events = 0;  // Emitted so far; refusals do not count.
};

}  // namespace parley

#endif  // PARLEY_ENGINE_VIEWS_H_
