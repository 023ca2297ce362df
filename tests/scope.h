// tests/scope.h — a small world that can be searched through: who is in it, and what may happen.
//
// A scope is a start and an alphabet. From the start, in every state that is found, every command
// of the alphabet is tried on everything it can be about, and one millisecond passes. Durations are
// 1 to 4 ms, so that timers race each other and everything else, and the search comes to an end.

#ifndef PARLEY_TESTS_SCOPE_H_
#define PARLEY_TESTS_SCOPE_H_

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include "parley/parley.h"

namespace parley {

// What may happen in a scope, besides that time passes.
// clang-format off
enum class Act {
  kMessage, kOpen,                                           // Of each customer.
  kReady, kFail, kHostLeave, kClose, kCloseToWrapUp,         // Of the host, for each conversation.
  kCreateTask, kIgnore, kReassign, kInviteAny, kCancelInvite,
  kReply, kLeave, kPause, kResume, kEnd, kTransfer, kTransferTo,      // Of each agent, for each.
  kInvite, kInviteHim, kHandOver, kReassignTo, kAssign,
  kUpdate, kCancel, kComplete, kCompleteForHim,              // Of each task.
  kAccept, kHold, kMediaReady, kMediaFailed, kDecline,       // Of each offer.
  kConnect, kDisconnect, kLogout, kGoOffline, kOfflineAndReject, kGoAvailable,  // Of each agent.
  kRemoveAgent, kAddAgent, kCapacity0, kCapacity1,
  kEnforce, kDoNotEnforce,
};
// clang-format on

struct Customer {
  Medium medium = Medium::kChat;
  std::string_view address;
};

struct SmallWorld {
  std::string_view name;
  Settings settings;
  std::vector<Customer> customers;
  std::vector<std::string_view> agents;
  std::vector<Act> acts;
  const ReroutePolicy* policy = nullptr;  // None: the default one.
  Duration tick{1};                       // How much time passes at once.
  QueueRules rules{};                     // Of its queue, "support".
  std::string_view workflow{};            // Its text; else straight into the queue.
  std::vector<Command> more_set_up{};     // Before the workflow.
};

// The commands of a scope in one state. The order depends on the state's shape alone, so the n-th
// command of one state is about the same as the n-th of another one of its shape.
class ScopeMoves {
 public:
  ScopeMoves(const SmallWorld& scope, const Engine& engine) : scope_(scope), engine_(engine) {
    for (const std::string_view name : scope.agents) {
      if (const AgentId id = engine.FindAgent(name)) agents_.push_back(id);
    }
    moves_.reserve(64);
    for (const Act act : scope.acts) Add(act);
    moves_.push_back(Advance{});
  }
  const std::vector<Command>& all() const { return moves_; }

 private:
  void Add(Act act) {
    if (act <= Act::kOpen) return AddOfCustomers(act);
    if (act <= Act::kAssign) return AddOfConversations(act);
    if (act <= Act::kCompleteForHim) return AddOfTasks(act);
    if (act <= Act::kDecline) return AddOfOffers(act);
    AddOfAgents(act);
  }

  Route RouteOf() const {
    const WorkflowId workflow = engine_.FindWorkflow("way");
    return workflow ? Route{.workflow = workflow} : Route{.queue = engine_.FindQueue("support")};
  }

  void AddOfCustomers(Act act) {
    for (const Customer& c : scope_.customers) {
      if (act == Act::kMessage) {
        moves_.push_back(Message{c.medium, c.address, "s", 0, RouteOf()});
      } else {
        moves_.push_back(OpenConversation{c.medium, c.address, "s", RouteOf()});
      }
    }
  }

  void AddOfConversations(Act act) {
    for (const Customer& customer : scope_.customers) {
      const ConversationId c = engine_.FindOpen(customer.medium, customer.address, "s");
      if (!c) continue;
      if (act <= Act::kCancelInvite) {
        AddHosts(act, c);
      } else {
        for (const AgentId agent : agents_) AddAgents(act, c, agent);
      }
    }
  }

  void AddHosts(Act act, ConversationId c) {
    switch (act) {
      case Act::kReady:
        return moves_.push_back(ChannelReady{c});
      case Act::kFail:
        return moves_.push_back(ChannelFailed{c});
      case Act::kHostLeave:
        return moves_.push_back(Leave{c});
      case Act::kClose:
        return moves_.push_back(Close{c});
      case Act::kCloseToWrapUp:
        return moves_.push_back(Close{c, ParkMode::kWrapUp});
      case Act::kCreateTask:
        return moves_.push_back(CreateTask{.conversation = c});
      case Act::kIgnore:
        return moves_.push_back(IgnoreRouting{c});
      case Act::kReassign:
        return moves_.push_back(Reassign{.conversation = c});
      case Act::kInviteAny:
        return moves_.push_back(Invite{.conversation = c});
      default:
        return moves_.push_back(CancelInvite{.conversation = c});
    }
  }

  void AddAgents(Act act, ConversationId c, AgentId a) {
    switch (act) {
      case Act::kReply:
        return moves_.push_back(Reply{c, a});
      case Act::kLeave:
        return moves_.push_back(Leave{c, a});
      case Act::kPause:
        return moves_.push_back(Pause{c, a});
      case Act::kResume:
        return moves_.push_back(Resume{c, a});
      case Act::kEnd:
        return moves_.push_back(End{c, a});
      case Act::kTransfer:
        return moves_.push_back(Transfer{.conversation = c, .agent = a});
      case Act::kReassignTo:
        return moves_.push_back(Reassign{.conversation = c, .to = a});
      case Act::kAssign:
        return moves_.push_back(Assign{c, a});
      case Act::kInvite:
        return moves_.push_back(Invite{.conversation = c, .agent = a});
      default:
        for (const AgentId to : agents_) AddPairs(act, c, a, to);
    }
  }

  void AddPairs(Act act, ConversationId c, AgentId a, AgentId to) {
    if (a == to) return;
    if (act == Act::kTransferTo) moves_.push_back(Transfer{c, a, to, {}});
    if (act == Act::kInviteHim) moves_.push_back(Invite{c, a, to, {}, false});
    if (act == Act::kHandOver) moves_.push_back(Invite{c, a, to, {}, true});
  }

  void AddOfTasks(Act act) {
    std::vector<std::pair<uint64_t, TaskId>> made;
    for (const TaskId id : engine_.Tasks()) made.emplace_back(engine_.Find(id)->number, id);
    std::ranges::sort(made);
    for (const auto& [number, id] : made) {
      const Task& task = *engine_.Find(id);
      if (IsOver(task.state)) continue;
      if (act == Act::kUpdate) moves_.push_back(UpdateTask{id, {}});
      if (act == Act::kCancel) moves_.push_back(CancelTask{id});
      if (act == Act::kCompleteForHim) moves_.push_back(Complete{id});
      const bool his = task.state == TaskState::kAssigned || task.state == TaskState::kWrapping;
      if (act == Act::kComplete && his) moves_.push_back(Complete{id, task.agent});
    }
  }

  void AddOfOffers(Act act) {
    std::vector<std::tuple<uint64_t, uint32_t, ReservationId>> offers;
    for (const ReservationId id : engine_.Reservations()) {
      const Reservation& r = *engine_.Find(id);
      const bool open =
          r.state == ReservationState::kPending || r.state == ReservationState::kOnHold;
      if (open) offers.emplace_back(engine_.Find(r.task)->number, r.agent.slot(), id);
    }
    std::ranges::sort(offers);
    for (const auto& [number, slot, id] : offers) {
      if (act == Act::kAccept) moves_.push_back(Accept{id});
      if (act == Act::kHold) moves_.push_back(Accept{id, /*hold=*/true});
      if (act == Act::kMediaReady) moves_.push_back(MediaReady{id});
      if (act == Act::kMediaFailed) moves_.push_back(MediaFailed{id});
      if (act == Act::kDecline) moves_.push_back(Decline{id});
    }
  }

  void AddOfAgents(Act act) {
    if (act == Act::kEnforce || act == Act::kDoNotEnforce) {
      Settings settings = engine_.settings();
      settings.logout.enforce = act == Act::kEnforce;
      if (settings == engine_.settings()) return;
      return moves_.push_back(ApplySettings{settings});
    }
    if (act == Act::kAddAgent) {
      for (const std::string_view name : scope_.agents) {
        if (!engine_.FindAgent(name)) moves_.push_back(AddAgent{name, {}, kAvailable, {}});
      }
    }
    for (const AgentId agent : agents_) AddOfAgent(act, agent);
  }

  void AddOfAgent(Act act, AgentId a) {
    const SessionId session{1};
    if (act == Act::kConnect) moves_.push_back(Connect{a, session, {}});
    if (act == Act::kDisconnect) moves_.push_back(Disconnect{a, session});
    if (act == Act::kLogout) moves_.push_back(Logout{a});
    if (act == Act::kGoOffline) moves_.push_back(SetActivity{a, kOffline});
    if (act == Act::kOfflineAndReject) moves_.push_back(SetActivity{a, kOffline, true});
    if (act == Act::kGoAvailable) moves_.push_back(SetActivity{a, kAvailable});
    if (act == Act::kRemoveAgent) moves_.push_back(RemoveAgent{a});
    for (const auto& [of, capacity] : {std::pair(Act::kCapacity0, 0u), {Act::kCapacity1, 1u}}) {
      const Medium medium = scope_.customers[0].medium;
      const bool is = engine_.Find(a)->For(medium).configured == capacity;
      if (act == of && !is) moves_.push_back(SetCapacity{a, medium, capacity});
    }
  }

  const SmallWorld& scope_;
  const Engine& engine_;
  std::vector<AgentId> agents_;
  std::vector<Command> moves_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_SCOPE_H_
