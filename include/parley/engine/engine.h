// Floor 6 · engine/engine.h — the front door: commands in, events out.
//
// An Engine decides which task goes to which agent, and when. It is a deterministic machine:
//
//   command ──▶ engine ──▶ transitions ──▶ events
//
// The same settings, policy, times and commands give the same events, on every machine and in
// every build. The engine draws no chance, starts no thread, does no I/O and calls nobody back but
// the two things it was given: a Clock, asked once per command, and a ReroutePolicy, asked where a
// conversation goes next. The host reads the events after:
//
//   absl::StatusOr<Engine> engine = Engine::Create(settings, clock, policy);
//   for (const Event& event : engine->Apply(command)) Publish(event);
//   SleepUntil(engine->NextWake());  // ... and then Apply(Advance{}).
//
// Order      Time passes instant by instant. At each, the due timers act, in the order they were
//            armed, and then routing. The command comes last, and routing after it. So one long
//            step and the same step cut into short ones give the same events.
// Units      Milliseconds (base/time.h). Counts are numbers of tasks, agents or conversations.
// Errors     A setting out of range: a Status with a sentence, from Create().
//            A command out of place: one Refused event with its reason, and nothing else changes.
//            No memory: the same, with kOutOfMemory. What time and routing would bring stays due:
//            NextWake() is not after the clock's time, and the next Apply() goes on with it. Room
//            is made before each step, so nothing is lost or half done. Create(), Fork() and the
//            queries throw std::bad_alloc and change nothing.
//            A broken invariant of ours: PARLEY_CHECK stops the process; so does a policy that
//            throws, and a step that needs far more than others (128 new kinds of need, say) when
//            there is no memory for the rest of it.
// Cost       Each function says its own.
// Threads    One owner, one thread at a time. Engines share nothing; run as many as you like.

#ifndef PARLEY_ENGINE_ENGINE_H_
#define PARLEY_ENGINE_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "parley/base/hash.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/engine/explain.h"
#include "parley/engine/views.h"
#include "parley/model/command.h"
#include "parley/model/event.h"
#include "parley/model/settings.h"
#include "parley/routing/reroute.h"

namespace parley {

class Engine;

// What a host means to have at one time, for Engine::Reserve.
struct Expected {
  uint32_t agents = 0;
  uint32_t conversations = 0;  // Open ones, those that are left or paused among them,
  uint32_t paused = 0;         // those that are paused, at one time,
  uint32_t messages = 0;       // messages in all their histories,
  uint32_t address_bytes = 0;  // the two addresses of one, together,
  // and what else one takes that waits: nearly always 15 to 35 bytes, and 3 to 15 for each of its
  // messages. 0: 48, and 16 for each.
  uint32_t packed_bytes = 0;
  uint32_t tasks = 0;   // Ended ones that are still kept (task.retention) among them.
  uint32_t needs = 0;   // Different ones: by queue, medium, skills, a step's expression.
  uint32_t events = 0;  // Of one call.
};

// What a batch of commands has brought.
struct Applied {
  std::span<const Event> events;  // Of all of them, oldest first.
  // How many of these there were after each command: those of command i end at ends[i]. If memory
  // ran out, only the first ends.size() commands were looked at, and nothing came of the others.
  std::span<const size_t> ends;
};

namespace internal {
struct State;
const State& StateOf(const Engine& engine);  // For tests that look inside.
}  // namespace internal

// The two activities that every engine starts with; both can be renamed, and Available removed.
// Offline has the roles default and logout (R-LO-07); the time-out role is nobody's.
inline constexpr ActivityId kOffline = ActivityId::Make(0, 0);
inline constexpr ActivityId kAvailable = ActivityId::Make(1, 0);

// The times that an engine works with: 73 million years around the origin, so that no deadline and
// no difference of two times can overflow. Outside, commands are refused with kTimeOutOfRange.
inline constexpr Instant kFirstInstant{Duration(-(int64_t{1} << 61))};
inline constexpr Instant kLastInstant{Duration(int64_t{1} << 61)};

class Engine {
 public:
  // Builds an empty engine at clock.Now(). `key` keeps whoever chooses the addresses from choosing
  // where they are stored: give it secret random bits in production. It changes no event.
  // Fails with kInvalidArgument, naming the field, if a setting is out of its range, or the clock
  // is out of what an engine works with.
  // Both references must outlive the engine.
  static absl::StatusOr<Engine> Create(const Settings& settings, const Clock& clock,
                                       const ReroutePolicy& policy, HashKey key = {});

  // An engine of its own that stands where this one stands: told the same from now on, it does the
  // same under the same ids. It may be told something else: this one never hears of it. The fork
  // asks `clock`, which must not be before Now(), and `policy`; both must outlive it.
  // Cost: O(state), a deep copy.
  Engine Fork(const Clock& clock, const ReroutePolicy& policy) const;

  // Takes memory for what is expected. As long as there is no more of it, commands that bring no
  // names, attributes, expressions, workflows or settings allocate nothing, unless a step's skip_if
  // is asked. Addresses of other lengths, and whatever else is more, take memory when it is needed:
  // an agent's first session, say, the first batch of a size, or a command about an agent who has
  // more than 256 conversations.
  // Returns false if there is not so much memory; what was taken stays.
  // Cost: O(expected).
  bool Reserve(const Expected& expected);

  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  // Moves time to clock.Now(), carries out `command`, and returns what happened, oldest first.
  // The events stay valid until the next call.
  // Refuses: kTimeWentBack, kTimeOutOfRange; otherwise as each command says in model/command.h.
  // Cost: O(timers due + offers x agents / 64), in an order of agents other than the usual one
  // O(offers x agents who fit and are free), and for an agent who gains something O(queues where
  // somebody waits).
  std::span<const Event> Apply(const Command& command);

  // Applies the commands one after the other; the clock is asked before each. The events are the
  // same as one by one, and what is refused tells so in its place. It is faster where commands are
  // about conversations that nothing has happened to for long: while one is carried out, the
  // memory is asked for what the next ones need.
  // If there is no memory to tell that a command was refused (kOutOfMemory, say), it ends before
  // that command; the events behind the last end are what time has brought.
  // Cost: as of each.
  Applied Apply(std::span<const Command> commands);

  // The moment by which the host should call Apply(Advance{}) if nothing else happens
  // first; Instant::max() when no timer is armed. It may be early, never late. A host that comes
  // late delays events and loses none. Cost: O(1).
  Instant NextWake() const;

  // How far the engine has come: the time of its last command that was not refused for its time.
  Instant Now() const;
  const Settings& settings() const;
  const ReroutePolicy& policy() const;

  // ---- Looking up: O(1), lists O(their length) ----

  // The record, or nullptr if the id is not, or no longer, in use. Valid until the next Apply().
  const Task* Find(TaskId id) const;
  const Reservation* Find(ReservationId id) const;
  const Agent* Find(AgentId id) const;
  // A conversation's as a value: it is made of what is kept of one that waits.
  std::optional<Conversation> Find(ConversationId id) const;

  // By name; an id that names nothing if there is none. Activities and skills: O(their number).
  AgentId FindAgent(std::string_view name) const;
  QueueId FindQueue(std::string_view name) const;
  ActivityId FindActivity(std::string_view name) const;
  SkillId FindSkill(std::string_view name) const;
  WorkflowId FindWorkflow(std::string_view name) const;

  // Its name, empty if the id is not in use. Valid until the next Apply().
  std::string_view NameOf(AgentId id) const;
  std::string_view NameOf(QueueId id) const;
  std::string_view NameOf(ActivityId id) const;
  std::string_view NameOf(SkillId id) const;
  std::string_view NameOf(WorkflowId id) const;
  ActivityId RoleOf(ActivityRole role) const;
  SkillSet SkillsOf(QueueId id) const;
  QueueRules RulesOf(QueueId id) const;
  Duration ReservationTimeoutOf(WorkflowId id) const;  // 0: the setting's.
  std::string_view DefinitionOf(WorkflowId id) const;  // As it was given.
  // What was said about a conversation; nullptr for an id not in use.
  const Attributes* AttributesOf(ConversationId id) const;
  std::vector<QueueId> Queues() const;  // All of them, by id.
  std::vector<WorkflowId> Workflows() const;

  // The conversation of these addresses that is not over, and the addresses of a conversation.
  ConversationId FindOpen(Medium medium, std::string_view customer,
                          std::string_view business) const;
  std::string_view CustomerOf(ConversationId id) const;
  std::string_view BusinessOf(ConversationId id) const;

  // ---- Asking ----
  // "By id" is by slot, as base/ids.h writes them: q1 before q2, and q1.3 before q2, too.

  // Paused conversations: an agent's, oldest first, O(his); all, by id, O(conversations).
  std::vector<PausedItem> PausedBy(AgentId agent) const;
  std::vector<PausedItem> Paused() const;
  std::vector<PausedItem> PausedIn(QueueId queue) const;
  // Left conversations, and orphans, by id. O(conversations).
  std::vector<LeftItem> Left() const;
  std::vector<ConversationId> Orphans() const;

  // The tasks that wait in a queue's lines, first in line first. O(needs + agents + waiting x log).
  std::vector<TaskId> WaitingIn(QueueId queue) const;
  // How many tasks stand before it in WaitingIn() its queue: 0 is the first in line. None if it
  // does not wait there. Cost: as WaitingIn.
  std::optional<size_t> PositionOf(TaskId task) const;

  // Who may take a task of the queue, or this very task, when he has room: whom the skills and
  // expressions let in, whatever he does and has in hand. By id; none if the id is not in use.
  // O(agents); an expression each where nobody has waited yet.
  std::vector<AgentId> EligibleAgents(QueueId queue) const;
  std::vector<AgentId> EligibleAgents(TaskId task) const;

  // Why nobody takes the task, or why it is with whom it is (engine/explain.h); none if the id is
  // not in use. Cost: as PositionOf, and O(agents x steps still before it), an expression each.
  std::optional<Explanation> Explain(TaskId task) const;

  // All tasks, by id, ended ones that are still kept included. O(tasks).
  std::vector<TaskId> Tasks() const;
  // All reservations that are not over, by id. O(reservations).
  std::vector<ReservationId> Reservations() const;

  Worklist WorklistOf(AgentId agent) const;                          // O(his).
  AllowedActions AllowedFor(AgentId agent, TaskId task) const;       // O(his).
  bool MayResume(AgentId agent, ConversationId conversation) const;  // O(his).

  // Who is in the channel: the agent with the live task, then those who joined, oldest first.
  // O(them).
  std::vector<AgentId> Participants(ConversationId id) const;

  // What was said, oldest first; empty for an id not in use. O(messages).
  std::vector<HistoryEntry> History(ConversationId id) const;
  // Whether the agent may read it: a task or a wrap-up of his, or his pause; not an offer. O(his).
  bool MayRead(AgentId agent, ConversationId id) const;

  // Who is where, by id. O(agents).
  std::vector<AgentView> Agents() const;
  // The activities there are, by id. O(activities).
  std::vector<ActivityView> Activities() const;
  // How long the agent has been in an activity altogether, and in all but the logout activity
  // (R-LO-20); the time in removed activities counts for the second. O(activities) and its square.
  Duration TimeIn(AgentId agent, ActivityId activity) const;
  Duration ActiveTime(AgentId agent) const;

  Totals Count() const;  // O(1).

  // ---- Trust ----

  // Recomputes every invariant from scratch and names the first that does not hold, with what it is
  // about. Changes nothing: it can be run in production, between commands.
  // Cost: O(state + queues x tasks + (queues + needs + waiting tasks) x agents), an expression each
  // where there is one.
  absl::Status Audit() const;

  // A digest of the whole state. Two engines that were told the same agree on it; a replay is
  // checked by comparing it after every command. Cost: O(state); for tests and audits.
  uint64_t Digest() const;

 private:
  friend const internal::State& internal::StateOf(const Engine& engine);

  explicit Engine(std::unique_ptr<internal::State> state);

  std::unique_ptr<internal::State> state_;  // Holds indices, never pointers, to its own parts.
};

}  // namespace parley

#endif  // PARLEY_ENGINE_ENGINE_H_
