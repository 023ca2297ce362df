// src/effects.h — what follows: rows are taken, and their effects carried out.
//
// Take() finds the row, sets the state and carries out the row's effects, up to the first one from
// which something follows; TakeRest() goes on when that is done. An act does one effect: it changes
// the state, emits at most one event, and posts what concerns another machine.

#ifndef PARLEY_SRC_EFFECTS_H_
#define PARLEY_SRC_EFFECTS_H_

#include <array>
#include <cstddef>
#include <utility>

#include "parley/base/describe.h"
#include "state.h"

namespace parley::internal {

// Requires: the machine has a row for the trigger; commands ask before, and effects know.
void Take(State& s, ConversationId id, ChannelTrigger on);
void Take(State& s, TaskId id, TaskTrigger on);
void Take(State& s, ReservationId id, ReservationTrigger on);
void Take(State& s, AgentId id, PresenceTrigger on);
void TakeRest(State& s, ConversationId id, const Order& order);
void TakeRest(State& s, TaskId id, const Order& order);
void TakeRest(State& s, ReservationId id, const Order& order);
void TakeRest(State& s, AgentId id, const Order& order);

// What each effect of a machine does, by its number.
template <class Effect, class Id, class Record>
using Acts = std::array<void (*)(State&, Id, Record&, Origin), CountOf<Effect>()>;
extern const Acts<ChannelEffect, ConversationId, Conversation> kChannelActs;
extern const Acts<TaskEffect, TaskId, Task> kTaskActs;
extern const Acts<ReservationEffect, ReservationId, Reservation> kReservationActs;
extern const Acts<PresenceEffect, AgentId, Agent> kPresenceActs;

// Makes a function of each case of Carry, which has a switch over all effects: as one function, it
// would save and restore for each of them what the largest one needs.
template <class Effect, class Id, class Record, class Carry>
constexpr Acts<Effect, Id, Record> ActsOf() {
  return [&]<size_t... n>(std::index_sequence<n...>) {
    return Acts<Effect, Id, Record>{[](State& s, Id id, Record& record, Origin origin) {
      Carry{}(s, id, record, static_cast<Effect>(n), origin);
    }...};
  }
  (std::make_index_sequence<CountOf<Effect>()>());
}

// The channel's orders about Leave and Pause (src/parking.cc).
void StartLeave(State& s, ConversationId id, Conversation& c);
void StartPause(State& s, ConversationId id, Conversation& c);
void Mark(State& s, ConversationId id, Conversation& c);
void ForgetOwner(State& s, Conversation& c);
void TellResumed(State& s, ConversationId id, const Conversation& c);
// The service level of the queue that a task waits in (src/level.cc).
void WatchLevel(State& s, TaskId id);
void ForgetLevel(State& s, Task& task);  // It is in another queue, or waits no more.
void TellLevel(State& s, TaskId id);

// Whether a resumed conversation is its owner's at once (E-9).
bool CanTakeBack(const State& s, const Conversation& c);
// After the message was told: what else it does to a pause (E-7).
void FollowMessage(State& s, ConversationId id, const Conversation& c);

// Asks the policy about a conversation and posts what it decides (src/reroute.cc).
void Reroute(State& s, ConversationId id, RerouteCause cause);
void FallBack(State& s, ConversationId id);

// Tells the policy of tasks that came back and that nobody can take now.
void AskWhereElse(State& s);

// A task waits in the line that it belongs in, or in none (src/lines.cc).
void EnterLine(State& s, TaskId id, Task& task);
void LeaveLine(State& s, Task& task);

// How long a task waits for one agent alone, anew: he has logged out, or is back.
void ArmPatience(State& s, TaskId id);

// The time for which a task waited for one agent, or barred one, is over.
void StopWaiting(State& s, TaskId id);

// Until when the agent is not asked for the task; good until the next one is barred.
Instant& BarOf(State& s, Task& task, AgentId agent);
// He is not asked until then, or later if that was so before.
void Bar(State& s, Task& task, AgentId agent, Instant until);

// The task is for anyone from now on.
void ForgetPreference(State& s, TaskId id);

// Whether the task goes through its workflow from the top, or into its line as it is.
TaskTrigger EntryOf(const Task& task);

// A waiting task takes the conversation's route, out of line; kEnter puts it back.
void MoveTask(State& s, TaskId id, const Conversation& c, Instant since);

// The next matching looks at this need.
void MarkHot(State& s, uint32_t need);

// Declines all of an agent's offers.
void RejectPending(State& s, AgentId id);

// Puts an agent where he belongs among the idle, after anything that matters to it has changed.
void Refile(State& s, AgentId id);
void Refile(State& s, AgentId id, Medium medium);    // ... if it matters for this medium only.
void Unfile(State& s, AgentId id);                   // ... nowhere, until the next Refile().
void TakeUnit(State& s, AgentId id, Medium medium);  // One more offer, now.
void RecountAgent(State& s, AgentId id);             // ... after his numbers changed.
void Freshen(State& s, AgentId id);  // He gained something: the next matching looks at him.
void ChangeActivity(State& s, AgentId id, ActivityId to, ActivityCause cause);

// Several agents in one channel (src/invite_effects.cc). An agent's seat is his task in it,
// assigned; none if he is not in it.
TaskId SeatOf(const State& s, const Conversation& c, AgentId agent);
bool IsOneOfSeveral(const State& s, const Task& task);
bool HandsOver(const State& s, const Conversation& c);
void CreateInvitation(State& s, ConversationId id, Conversation& c);
void AddGuest(State& s, ConversationId id, Conversation& c);
void HandOver(State& s, Conversation& c);
void PassLive(State& s, ConversationId id, Conversation& c);
void JoinChannel(State& s, TaskId id, const Task& task);
// The task's orders that are about others in its channel.
void CarryOfSeveral(State& s, TaskId id, Task& task, TaskEffect effect);
void Uninvite(State& s, const Conversation& c, CancelReason reason);

// The records' ends.
void ReleaseTask(State& s, TaskId id);
void ReleaseConversation(State& s, ConversationId id);
void ReleaseAgent(State& s, AgentId id);

}  // namespace parley::internal

#endif  // PARLEY_SRC_EFFECTS_H_
