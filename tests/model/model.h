// The domain once more, written from its document and from nothing else: maps, lists and loops over
// everything. It is told the same commands as an engine and must say the same; where the two
// differ, one of them does not do what the documents promise (tests/differential_test.cc).
//
//   Model model(settings, policy, start);
//   for (const Event& event : model.Apply(now, command)) ...
//
// It shares with the library the plain values only: ids, times, sets, settings, commands, events,
// refusals, views and the interface of a reroute policy. Rules carry the ids of the requirements.

#ifndef PARLEY_TESTS_MODEL_MODEL_H_
#define PARLEY_TESTS_MODEL_MODEL_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "books.h"

namespace parley::model {

bool IsBadName(std::string_view name);

// An id as people write it: a1, and a1.2 for the second one in that place (base/ids.h).
template <class IdType>
std::string TextOf(char kind, IdType id) {
  std::string text = kind + std::to_string(id.slot() + 1);
  if (id.generation() > 0) text += "." + std::to_string(id.generation() + 1);
  return text;
}

class Model : public Books {
 public:
  Model(const Settings& settings, const ReroutePolicy& policy, Instant start);

  // What happens, oldest first; until the next command.
  const std::vector<Event>& Apply(Instant now, const Command& command);

  // Those of agents who may not be woken left out. max(): no timer is armed.
  Instant NextDeadline() const;
  size_t Timers() const;

  // True once the engine may have done something else than it tells (tests/differential_profile.h):
  // from then on there is nothing to compare.

  // ---- Queries, as of Engine ----
  Instant Now() const { return now_; }
  std::vector<PausedItem> Paused() const;
  std::vector<PausedItem> PausedBy(AgentId agent) const;
  std::vector<LeftItem> Left() const;
  std::vector<ConversationId> Orphans() const;
  std::vector<TaskId> WaitingIn(QueueId queue) const;
  Worklist WorklistOf(AgentId agent) const;
  AllowedActions AllowedFor(AgentId agent, TaskId task) const;
  bool MayResume(AgentId agent, ConversationId conversation) const;
  bool MayRead(AgentId agent, ConversationId conversation) const;
  std::vector<AgentId> Participants(ConversationId id) const;
  Duration TimeIn(AgentId agent, ActivityId activity) const;
  Duration ActiveTime(AgentId agent) const;

  size_t Messages() const;

  bool Serves(const Queue& queue, const Agent& agent) const;
  WhyNot Why(const Task& task, const Agent& agent) const;
  WhyNot WhyUnfit(const Task& task, const Agent& agent) const;

  uint32_t Used(const Agent& agent, Medium medium) const;
  uint32_t Count(const Agent& agent, Medium medium, ReservationState state) const;

 private:
  // ---- step.cc: time ----
  void Emit(Happening what);
  Alarm Arm(Instant at, Due due, uint64_t target);
  void Disarm(Alarm& alarm);
  bool IsDue() const;
  void Settle();
  bool FireOne(Instant until);
  void Fire(Due due, uint64_t target);
  void Bury();
  Refused Do(const Command& command);

  // ---- May it? One function for each command; the reason, or kNone and it is done. ----
  Refused Take(const Advance&) { return {}; }
  Refused Take(const AddSkill&);
  Refused Take(const AddActivity&);
  Refused Take(const RenameActivity&);
  Refused Take(const RemoveActivity&);
  Refused Take(const SetActivityRole&);
  Refused Take(const AddQueue&);
  Refused Take(const UpdateQueue&);
  Refused Take(const RemoveQueue&);
  Refused Take(const AddWorkflow&);
  Refused Take(const UpdateWorkflow&);
  Refused Take(const RemoveWorkflow&);
  Refused Take(const ApplySettings&);
  Refused Take(const AddAgent&);
  Refused Take(const SetAgentSkills&);
  Refused Take(const SetAgentAttributes&);
  Refused Take(const RemoveAgent&);
  Refused Take(const SetCapacity&);
  Refused Take(const SetBudget&);
  Refused Take(const SetMediumAvailable&);
  Refused Take(const Connect&);
  Refused Take(const Disconnect&);
  Refused Take(const SetActivity&);
  Refused Take(const Logout&);
  Refused Take(const Message&);
  Refused Take(const OpenConversation&);
  Refused Take(const ChannelReady&);
  Refused Take(const ChannelFailed&);
  Refused Take(const Reply&);
  Refused Take(const Leave&);
  Refused Take(const Pause&);
  Refused Take(const Resume&);
  Refused Take(const End&);
  Refused Take(const Transfer&);
  Refused Take(const Close&);
  Refused Take(const CreateTask&);
  Refused Take(const IgnoreRouting&);
  Refused Take(const UpdateTask&);
  Refused Take(const CancelTask&);
  Refused Take(const Complete&);
  Refused Take(const Accept&);
  Refused Take(const Decline&);
  Refused Take(const MediaReady&);
  Refused Take(const MediaFailed&);
  Refused Take(const Reassign&);
  Refused Take(const Assign&);
  Refused Take(const Invite&);
  Refused Take(const CancelInvite&);

  template <class IdType, class T>
  static Refusal Missing(const Shelf<IdType, T>& shelf, IdType id) {
    if (shelf.Find(id) != nullptr) return Refusal::kNone;
    return shelf.WasIssued(id) ? Refusal::kGone : Refusal::kNotFound;
  }
  Refusal BadSkills(const SkillSet& skills) const;
  static Refused BadRules(const QueueRules& rules);
  Refused BadWorkflow(std::string_view definition, Duration timeout, Course& out) const;
  void Warn(const Workflow& workflow);
  Refused BadRoute(const Route& route) const;
  static bool NamesAny(const Route& route);
  Refused BadDirect(const Direct& direct) const;
  void Prefer(Order& order, const Direct& direct) const;
  Refused BadAddresses(Medium medium, std::string_view customer, std::string_view business) const;
  Refused BadOpening(Medium medium, const Route& route) const;
  Refusal BadSession(const Agent& agent, SessionId session, bool programmatic, bool pause,
                     Medium medium) const;
  Refusal MayLetGo(const Conversation& c, AgentId agent) const;
  Refusal MayBeResumed(const Conversation& c, AgentId agent) const;
  ConversationId Open(Medium medium, std::string_view customer, std::string_view business,
                      const Route& route);
  ConversationId FindOpen(Medium medium, std::string_view customer,
                          std::string_view business) const;
  TaskId TaskOf(const Conversation& c, AgentId agent) const;

  // ---- channel.cc, parking.cc, reroute.cc: conversations (B5, B7, B8) ----
  void Announce(Conversation& c, ChannelState to);
  void StopLimit(Conversation& c);
  void Append(Conversation& c, AgentId author, uint64_t ref);
  void OnMessage(Conversation& c, uint64_t ref);
  void OnAccepted(Conversation& c, Task& task);
  void OnJoined(Conversation& c, Task& task);
  void OnTaskDone(Conversation& c);
  void OnTaskCanceled(Conversation& c);
  void OnTakenAway(Conversation& c, RerouteCause cause);
  void OnLimit(Conversation& c);
  void OnClose(Conversation& c, ParkMode mode);
  void RemoveParticipant(Conversation& c);
  void PassLive(Conversation& c);
  void MakeOrphan(Conversation& c);
  void EndConversation(Conversation& c);
  void DropIfOver(Conversation& c);
  void StopAsking(Conversation& c);
  void StartLeave(Conversation& c, AgentId agent);
  void StartPause(Conversation& c, AgentId agent);
  void NextMark(Conversation& c);
  void EndPause(Conversation& c, PauseEnd end);
  void ForgetOwner(Conversation& c);
  void DoResume(Conversation& c);
  bool HasRoomToResume(const Conversation& c) const;
  void Requeue(Conversation& c, PauseEnd end);
  void Reroute(Conversation& c, RerouteCause cause);
  RerouteRequest Request(const Conversation& c, RerouteCause cause) const;
  RerouteDecision Usual(const Conversation& c, RerouteCause cause) const;
  bool IsPossible(const RerouteDecision& decision) const;
  void Carry(Conversation& c, RerouteCause cause, const RerouteDecision& decision);
  void SendOn(Conversation& c, const Order& order);
  void MoveOn(Conversation& c, Task& task, const Order& order);
  Order OrderFrom(const Conversation& c, const RerouteDecision& decision) const;
  Order UsualOrder(const Conversation& c) const;
  void SetRoute(Conversation& c, const Route& route);
  void PreferIfThere(Order& order, AgentId to, const Conversation& c);
  void EndPauseFor(Conversation& c, const Route& route);

  // ---- task.cc, reservation.cc: tasks and offers (B1, B2) ----
  Task& MakeTask(Conversation& c, const Order& order, bool invitation);
  void Enter(Task& task);
  void StopWaiting(Task& task);
  void Give(Task& task, AgentId agent);
  ReservationId Offer(Task& task, AgentId agent);
  void AcceptOffer(Reservation& r);
  void LetGo(Reservation& r, ReservationState how);
  void EndOffer(Reservation& r, ReservationState how);
  void Returned(Task& task);
  void OnNobodyElse(Task& task);
  void Cancel(Task& task, CancelReason reason);
  void WrapUp(Task& task);
  void Finish(Task& task);
  void Retire(Task& task);
  void Uninvite(Task& task);
  void StepOut(Task& task);
  bool OneOfSeveral(const Task& task) const;
  void OnTaskLimit(Task& task);
  void OnTaskWait(Task& task);
  void ArmWait(Task& task);
  Instant WaitsUntil(const Task& task) const;
  void EndWait(Task& task);
  void Free(Reservation& r);
  void TellReservation(const Reservation& r);

  // ---- cursor.cc: workflows (B4) ----
  const Step* StepOf(const Task& task) const;
  void LeaveWorkflow(Task& task);
  void SendThrough(Task& task);
  void NextStep(Task& task, bool by_time);
  void EnterStep(Task& task, uint32_t filter, uint32_t number);
  void OnStepLimit(Task& task);
  void LeaveStepByTime(Task& task);
  bool SkipAll();
  bool IsSkipped(const Task& task, const Step& step) const;
  AgentId KnownAgent(const Task& task, const Step& step) const;

  // ---- facts.cc: what expressions ask ----
  LookUp Asking(const Task& task, const Agent* agent) const;
  Value AgentFact(const Agent& agent, const std::vector<std::string>& path) const;
  Value ChannelFact(const Agent& agent, Medium medium, const std::string& what) const;
  Value CrowdFact(const Queue& queue, const std::string& root, const std::string& what) const;

  // ---- service_level.cc, answer.cc: clocks that run beside ----
  void WatchLevel(Task& task);
  void WatchLevelAnew(Task& task);
  void OnLevel(Task& task);
  void StartAnswer(Conversation& c);
  Duration TimeToAnswer(const Conversation& c) const;
  void StopAnswer(Conversation& c);
  void OnAnswerLimit(Task& task);

  // ---- presence.cc: agents (B3) ----
  void MoveTo(Agent& agent, ActivityId activity, ActivityCause cause);
  void LogOut(Agent& agent, ActivityCause cause);
  void RejectPending(Agent& agent);
  void RequeueWork(Agent& agent);
  void ReleaseWork(Agent& agent);
  void SendBackWaiting(AgentId agent);
  bool IsLoggedOut(AgentId agent) const;
  bool IsHere(AgentId agent) const;  // Not just being removed, either.
  bool IsAvailable(const Agent& agent) const;
  Instant NotBefore() const;

  // ---- line.cc: who is first in line ----
  Turn TurnOf(const Task& task) const;
  std::vector<Task*> Waiting() const;

  // ---- matching.cc: who is next ----
  bool Match();
  bool OfferOne();
  void OfferTo(Task& task, const std::vector<Agent*>& can);
  bool AskAll();
  bool Fits(const Task& task, const Agent& agent) const;
  bool MayBeWoken(const Agent& agent) const;
  void ArmWake(Agent& agent);
  void NoteWake(Agent& agent);
  bool HasRoom(const Agent& agent, Medium medium, uint32_t over_by) const;
  bool FitsBudget(const Agent& agent, Medium medium, uint32_t over_by) const;
  bool IsHeldBack(const Task& task, const Agent& agent) const;
  bool WaitsForRoom(const Task& task, const Agent& agent) const;
  bool IsFor(const Task& task, const Agent& agent) const;
  bool CanTake(const Task& task, Agent& agent);

  // ---- choice.cc: which agent is next ----
  std::vector<Agent*> Ranked(const Task& task);
  AgentOrder OrderFor(const Task& task) const;
  const OrderBy& ListFor(const Task& task) const;
  bool IsListed(const Task& task, const std::vector<Agent*>& can) const;
  std::vector<int64_t> RankOf(const Task& task, const Agent& agent, bool listed) const;
  std::vector<Decision> Decisions(const Task& task, const std::vector<Agent*>& can,
                                  size_t asked) const;
  Decision WhyHe(const Task& task, const Agent& he, const Agent& next, bool listed) const;
};

}  // namespace parley::model

#endif  // PARLEY_TESTS_MODEL_MODEL_H_
