// src/commands.h — may it? Each command is first checked, then done.
//
// Check() answers with a reason and changes nothing; a query may ask it what is allowed. Do() is
// called only when Check() said kNone: it cannot fail, but for want of memory. What needs memory it
// makes first: if std::bad_alloc is thrown, nothing has changed (room.h).

#ifndef PARLEY_SRC_COMMANDS_H_
#define PARLEY_SRC_COMMANDS_H_

#include "parley/model/command.h"
#include "parley/model/refusal.h"
#include "state.h"

namespace parley::internal {

inline constexpr size_t kLongestName = 64;
inline constexpr size_t kLongestAddress = 320;
inline constexpr Duration kLongestWaited = 366 * kDay;
inline constexpr Instant kEarliest{Duration(-(int64_t{1} << 62))};  // No age begins before.
inline constexpr uint32_t kHighestCapacity = 10'000;
inline constexpr uint32_t kHighestBudget = 1'000'000;

Refusal Check(const State& s, const Advance& command);
Refusal Check(const State& s, const AddSkill& command);
Refusal Check(const State& s, const AddActivity& command);
Refusal Check(const State& s, const RenameActivity& command);
Refusal Check(const State& s, const RemoveActivity& command);
Refusal Check(const State& s, const SetActivityRole& command);
Refusal Check(const State& s, const AddQueue& command);
Refusal Check(const State& s, const UpdateQueue& command);
Refusal Check(const State& s, const RemoveQueue& command);
Refusal Check(const State& s, const AddWorkflow& command);
Refusal Check(const State& s, const UpdateWorkflow& command);
Refusal Check(const State& s, const RemoveWorkflow& command);
Refusal Check(const State& s, const ApplySettings& command);
Refusal Check(const State& s, const AddAgent& command);
Refusal Check(const State& s, const SetAgentSkills& command);
Refusal Check(const State& s, const SetAgentAttributes& command);
Refusal Check(const State& s, const RemoveAgent& command);
Refusal Check(const State& s, const SetCapacity& command);
Refusal Check(const State& s, const SetBudget& command);
Refusal Check(const State& s, const SetMediumAvailable& command);
Refusal Check(const State& s, const Connect& command);
Refusal Check(const State& s, const Disconnect& command);
Refusal Check(const State& s, const SetActivity& command);
Refusal Check(const State& s, const Logout& command);
Refusal Check(const State& s, const Message& command);
Refusal Check(const State& s, const OpenConversation& command);
Refusal Check(const State& s, const ChannelReady& command);
Refusal Check(const State& s, const ChannelFailed& command);
Refusal Check(const State& s, const Reply& command);
Refusal Check(const State& s, const Leave& command);
Refusal Check(const State& s, const Pause& command);
Refusal Check(const State& s, const Resume& command);
Refusal Check(const State& s, const End& command);
Refusal Check(const State& s, const Transfer& command);
Refusal Check(const State& s, const Close& command);
Refusal Check(const State& s, const CreateTask& command);
Refusal Check(const State& s, const IgnoreRouting& command);
Refusal Check(const State& s, const UpdateTask& command);
Refusal Check(const State& s, const CancelTask& command);
Refusal Check(const State& s, const Complete& command);
Refusal Check(const State& s, const Accept& command);
Refusal Check(const State& s, const Decline& command);
Refusal Check(const State& s, const MediaReady& command);
Refusal Check(const State& s, const MediaFailed& command);
Refusal Check(const State& s, const Reassign& command);
Refusal Check(const State& s, const Assign& command);
Refusal Check(const State& s, const Invite& command);
Refusal Check(const State& s, const CancelInvite& command);

void Do(State& s, const Advance& command);
void Do(State& s, const AddSkill& command);
void Do(State& s, const AddActivity& command);
void Do(State& s, const RenameActivity& command);
void Do(State& s, const RemoveActivity& command);
void Do(State& s, const SetActivityRole& command);
void Do(State& s, const AddQueue& command);
void Do(State& s, const UpdateQueue& command);
void Do(State& s, const RemoveQueue& command);
void Do(State& s, const AddWorkflow& command);
void Do(State& s, const UpdateWorkflow& command);
void Do(State& s, const RemoveWorkflow& command);
void Do(State& s, const ApplySettings& command);
void Do(State& s, const AddAgent& command);
void Do(State& s, const SetAgentSkills& command);
void Do(State& s, const SetAgentAttributes& command);
void Do(State& s, const RemoveAgent& command);
void Do(State& s, const SetCapacity& command);
void Do(State& s, const SetBudget& command);
void Do(State& s, const SetMediumAvailable& command);
void Do(State& s, const Connect& command);
void Do(State& s, const Disconnect& command);
void Do(State& s, const SetActivity& command);
void Do(State& s, const Logout& command);
void Do(State& s, const Message& command);
void Do(State& s, const OpenConversation& command);
void Do(State& s, const ChannelReady& command);
void Do(State& s, const ChannelFailed& command);
void Do(State& s, const Reply& command);
void Do(State& s, const Leave& command);
void Do(State& s, const Pause& command);
void Do(State& s, const Resume& command);
void Do(State& s, const End& command);
void Do(State& s, const Transfer& command);
void Do(State& s, const Close& command);
void Do(State& s, const CreateTask& command);
void Do(State& s, const IgnoreRouting& command);
void Do(State& s, const UpdateTask& command);
void Do(State& s, const CancelTask& command);
void Do(State& s, const Complete& command);
void Do(State& s, const Accept& command);
void Do(State& s, const Decline& command);
void Do(State& s, const MediaReady& command);
void Do(State& s, const MediaFailed& command);
void Do(State& s, const Reassign& command);
void Do(State& s, const Assign& command);
void Do(State& s, const Invite& command);
void Do(State& s, const CancelInvite& command);

// ---- What several of them ask ----------------------------------------------------------------

// kNone, kGone or kNotFound.
template <class Id, class Record>
Refusal CheckId(const SlotMap<Id, Record>& records, Id id) {
  if (records.Find(id) != nullptr) return Refusal::kNone;
  return records.WasIssued(id) ? Refusal::kGone : Refusal::kNotFound;
}
inline Refusal CheckId(const Conversations& conversations, ConversationId id) {
  if (conversations.IsLive(id)) return Refusal::kNone;
  return conversations.WasIssued(id) ? Refusal::kGone : Refusal::kNotFound;
}
Refusal CheckActivity(const State& s, ActivityId id);
Refusal CheckSkills(const State& s, const SkillSet& skills);
// With the texts that they were given in.
QueueRules RulesOf(const Queue& queue);
Refusal CheckName(std::string_view name);
// A new thing's name: as above, and not `taken`; and one more must be within the limit.
template <class Id>
Refusal CheckNewName(std::string_view name, Id taken, size_t count, uint32_t limit) {
  if (const Refusal r = CheckName(name); r != Refusal::kNone) return r;
  if (taken) return Refusal::kNameTaken;
  return count < limit ? Refusal::kNone : Refusal::kLimitReached;
}
Refusal CheckRoute(const State& s, const Route& route);
Refusal CheckDirect(const State& s, const Direct& direct);
bool NamesNothing(const Route& route);
Refusal CheckAttributes(std::string_view json);

// This agent has the live task or a guest's, assigned, and the channel can take the trigger.
Refusal CheckHeld(const State& s, const Conversation& c, AgentId agent, ChannelTrigger trigger);

// Both ids are in use.
Refusal CheckBoth(const State& s, ConversationId conversation, AgentId agent);

// The next task is for this agent alone at first, for one reservation time-out, if it makes sense
// to wait for him: he is available, and fits.
void PreferAgent(State& s, const Conversation& c, AgentId agent);

// The next task is for the agent who is named, if any.
void PlanDirect(State& s, const Direct& direct);

// The conversation goes by this route from now on; by its own if the route names nothing.
void ApplyRoute(State& s, Conversation& c, const Route& route);

// Whether the owner of a paused conversation may resume it now (E-8, E-9).
Refusal CheckResume(const State& s, const Conversation& c);

template <Named E>
constexpr bool IsNamed(E e) {
  return static_cast<size_t>(e) < CountOf<E>();
}

}  // namespace parley::internal

#endif  // PARLEY_SRC_COMMANDS_H_
