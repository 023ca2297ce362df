// A host made up from a seed: commands that mostly make sense for what is going on, and sometimes
// do not.
//
// It looks at the engine as a host may, through its queries, and never at what is inside.

#ifndef PARLEY_TESTS_SIMULATION_H_
#define PARLEY_TESTS_SIMULATION_H_

#include <initializer_list>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "draw.h"
#include "draw_settings.h"
#include "draw_texts.h"
#include "parley/parley.h"

namespace parley {

class Host {
 public:
  // `draw` and `engine` must outlive the host.
  Host(Draw& draw, Pace pace, const Engine& engine)
      : draw_(draw), pace_(pace), engine_(engine), values_(draw, known_) {
    known_.Learn(kOffline);
    known_.Learn(kAvailable);
  }

  void Learn(std::span<const Event> events) { known_.Learn(events); }
  const KnownIds& known() const { return known_; }

  Command Next() {
    if (steps_++ < 24 && !draw_.OneIn(4)) return Beginning();
    switch (draw_.Below(24)) {
      case 0:
        return AboutSetUp();
      case 1:
        return draw_.OneIn(2) ? Anything() : Advance{};
      case 2:
      case 3:
      case 4:
        return AboutAgent();
      case 5:
        return AboutTask();
      case 6:
      case 7:
      case 8:
      case 9:
      case 10:
      case 11:
        return AboutConversation();
      default:
        return AboutWork();
    }
  }

 private:
  using Choices = std::initializer_list<Command>;

  template <class IdType>
  IdType Known() {
    return values_.One(IdType{});
  }
  Medium SomeMedium() { return static_cast<Medium>(draw_.Below(draw_.OneIn(8) ? kMedia : 3)); }
  Route SomeRoute() {
    Route route{.queue = Known<QueueId>()};
    if (draw_.OneIn(3)) route = {.workflow = Known<WorkflowId>()};
    if (draw_.OneIn(3)) route.attributes = draw_.OneOf(kSomeAttributes);
    if (draw_.OneIn(4)) route.skills = values_.One(SkillSet{});
    if (draw_.OneIn(4)) route.priority = values_.One(int32_t{});
    if (draw_.OneIn(4)) route.waited = values_.One(Duration{});
    return route;
  }

  Direct SomeDirect() {
    if (!draw_.OneIn(2)) return {};
    return {Known<AgentId>(), values_.One(Duration{}),
            draw_.OneIn(4) ? values_.One(uint32_t{}) : 0};
  }

  template <class T>
  T Filled() {
    T command;
    values_.Fill(command);
    FillTexts(draw_, command);
    return command;
  }
  Command Anything() {
    Command command;
    AtIndex<Command>(draw_.Below(std::variant_size_v<Command>), [&](auto empty) {
      values_.Fill(empty);
      if constexpr (std::is_same_v<decltype(empty), ApplySettings>) return;
      command = empty;
    });
    return command;
  }

  // Somebody must be there before anything can happen.
  Command Beginning() {
    const AgentId agent = Known<AgentId>();
    switch (draw_.Below(8)) {
      case 0:
        return AddQueue{values_.Name(), values_.One(SkillSet{})};
      case 1:
        return AddSkill{values_.Name()};
      case 2:
        return AddAgent{values_.Name(), values_.One(SkillSet{}), {}, draw_.OneOf(kSomeAttributes)};
      case 3:
        return Connect{agent, SessionId{1}, {}};
      case 4:
        return Filled<SetCapacity>();
      case 5:
        return Write();
      default:
        return SetActivity{agent, kAvailable};
    }
  }

  Command Write() {
    return Message{SomeMedium(), values_.Address(), values_.Address(),
                   draw_.Bits(), SomeRoute(),       SomeDirect()};
  }

  Command AboutSetUp() {
    using Kinds =
        std::variant<AddSkill, AddActivity, RenameActivity, RemoveActivity, SetActivityRole,
                     AddQueue, UpdateQueue, RemoveQueue, AddWorkflow, UpdateWorkflow,
                     RemoveWorkflow, AddWorkflow, UpdateWorkflow, UpdateWorkflow>;
    Command command = ApplySettings{SettingsDraw(draw_, pace_).Any()};
    AtIndex<Kinds>(draw_.Below(18), [&](auto kind) { command = Filled<decltype(kind)>(); });
    return command;
  }

  Command AboutAgent() {
    const AgentId agent = Known<AgentId>();
    const Agent* there = engine_.Find(agent);
    if (there == nullptr) return draw_.OneIn(3) ? Filled<AddAgent>() : AboutConversation();
    const bool alone = there->sessions.empty();
    switch (draw_.Below(16)) {
      case 0:
        return draw_.OneIn(3) ? Command(RemoveAgent{agent}) : Command(Filled<AddAgent>());
      case 1:
        if (draw_.OneIn(2)) return SetAgentAttributes{agent, draw_.OneOf(kSomeAttributes)};
        return SetAgentSkills{agent, values_.One(SkillSet{})};
      case 2:
        return SetCapacity{agent, SomeMedium(), static_cast<uint32_t>(draw_.Below(4))};
      case 3:
        if (draw_.OneIn(2)) return SetBudget{agent, static_cast<uint32_t>(draw_.Below(6))};
        return SetMediumAvailable{agent, SomeMedium(), !draw_.OneIn(4)};
      case 4:
        return Logout{agent};
      case 5:
        return alone ? Command(Filled<Disconnect>())
                     : Command(Disconnect{agent, draw_.OneOf(there->sessions).id,
                                          values_.One(DisconnectReason{})});
      case 6:
      case 7:
      case 8:
        if (!alone && !draw_.OneIn(3)) return SetActivity{agent, kAvailable};
        return Connect{agent, values_.One(SessionId{}), values_.One(Version{})};
      case 9:
        return Filled<SetActivity>();
      default:
        return SetActivity{agent, kAvailable};
    }
  }

  // Something that an agent has in hand.
  Command AboutWork() {
    Worklist list;
    for (int tries = 0; tries < 4 && list.offers.empty() && list.live.empty(); ++tries) {
      list = engine_.WorklistOf(Known<AgentId>());
    }
    const auto any = [&](const std::vector<TaskId>& ids) {
      const TaskId id = draw_.OneOf(ids);
      return AboutLive(id, *engine_.Find(id));
    };
    if (!list.paused.empty() && draw_.OneIn(4)) return About(draw_.OneOf(list.paused));
    if (!list.wrapping.empty() && draw_.OneIn(4)) return any(list.wrapping);
    if (!list.offers.empty() && draw_.OneIn(2)) return any(list.offers);
    return list.live.empty() ? AboutConversation() : any(list.live);
  }

  Command AboutTask() {
    const auto id = Known<TaskId>();
    const Task* task = engine_.Find(id);
    if (task == nullptr) return draw_.OneIn(2) ? Write() : Command(Filled<Complete>());
    if (task->state == TaskState::kWrapping) return Complete{id, task->agent};
    return AboutLive(id, *task);
  }

  Command AboutConversation() {
    if (draw_.OneIn(2)) return About(Known<ConversationId>());
    const Medium medium = SomeMedium();
    const std::string_view customer = values_.Address();
    return About(engine_.FindOpen(medium, customer, values_.Address()));
  }
  Command About(ConversationId id) {
    const std::optional<Conversation> c = engine_.Find(id);
    if (!c) return draw_.OneIn(8) ? Anything() : Write();
    const Message message{c->medium,
                          Lasting(engine_.CustomerOf(id)),
                          Lasting(engine_.BusinessOf(id)),
                          draw_.Bits(),
                          {}};
    if (draw_.OneIn(8)) return message;
    if (draw_.OneIn(60)) return Close{id, values_.One(ParkMode{})};
    if (draw_.OneIn(40)) return Supervise(id);
    switch (c->state) {
      case ChannelState::kSetup:
        return draw_.OneIn(4) ? Command(ChannelFailed{id})
                              : Command(ChannelReady{id, SomeDirect()});
      case ChannelState::kPause:
        if (draw_.OneIn(4)) return Supervise(id);
        return Resume{id, c->owner, SessionFor(c->owner), draw_.OneIn(8)};
      case ChannelState::kInactive:
        if (draw_.OneIn(6)) return Supervise(id);
        return draw_.OneIn(6) ? Command(Close{id, values_.One(ParkMode{})}) : Command(message);
      default:
        break;
    }
    const Task* task = engine_.Find(c->live_task);
    if (task != nullptr) return AboutLive(c->live_task, *task);
    const Command made = CreateTask{id, SomeDirect(), SomeRoute()};
    return Choose({made, made, IgnoreRouting{id}, message, Open()});
  }

  Command Supervise(ConversationId id) {
    const AgentId agent = Known<AgentId>();
    return Choose({Assign{id, agent}, Reassign{id, {}, SomeRoute()}, Reassign{id, agent, {}},
                   CancelInvite{id}, SomeInvite(id, {})});
  }
  Command SomeInvite(ConversationId id, AgentId by) {
    Route route = draw_.OneIn(3) ? SomeRoute() : Route{};
    if (!draw_.OneIn(8)) route.workflow = {}, route.attributes = {};
    return Invite{id, by, draw_.OneIn(2) ? Known<AgentId>() : AgentId{}, route, draw_.OneIn(3)};
  }

  Command AboutLive(TaskId id, const Task& task) {
    const ReservationId offer = task.reservation;
    const ConversationId c = task.conversation;
    const AgentId agent = task.agent;
    const SessionId session = SessionFor(agent);
    const Reservation* r = engine_.Find(offer);
    const bool held = r != nullptr && r->state == ReservationState::kOnHold;
    switch (task.state) {
      case TaskState::kPending:
        return Choose({UpdateTask{id, SomeRoute()}, CancelTask{id}, Write(), Open(), AboutAgent()});
      case TaskState::kReserved:
        if (held)
          return Choose({MediaReady{offer}, MediaReady{offer}, MediaFailed{offer}, CancelTask{id},
                         UpdateTask{id, SomeRoute()}});
        return Choose({Accept{offer}, Accept{offer}, Accept{offer}, Accept{offer},
                       Accept{offer, true}, Decline{offer, {}}, Decline{offer, Known<ActivityId>()},
                       CancelTask{id}, UpdateTask{id, SomeRoute()}});
      case TaskState::kAssigned:
        return Choose({Reply{c, agent, draw_.Bits()}, Leave{c, agent, session, draw_.OneIn(8)},
                       Pause{c, agent, session, draw_.OneIn(8)}, Pause{c, agent}, End{c, agent},
                       Leave{c}, Transfer{c, agent, Known<AgentId>(), SomeRoute()},
                       Transfer{c, agent, {}, SomeRoute()}, Complete{id, agent},
                       SomeInvite(c, agent), SomeInvite(c, agent), SomeInvite(c, {}),
                       CancelInvite{c, draw_.OneIn(2) ? agent : Known<AgentId>()}});
      case TaskState::kWrapping:
        return Choose({Complete{id, agent}, Complete{id}, Reply{c, agent}});
      default:
        return Write();
    }
  }

  // The same text, but not in the engine: commands are kept and told again.
  static std::string_view Lasting(std::string_view text) {
    for (const auto* list : {&SomeAddresses(), &SomeNames()}) {
      const auto found = std::ranges::find(*list, text);
      if (found != list->end()) return *found;
    }
    return {};
  }
  Command Open() {
    return OpenConversation{SomeMedium(), values_.Address(), values_.Address(), SomeRoute()};
  }
  SessionId SessionFor(AgentId id) {
    const Agent* agent = engine_.Find(id);
    if (agent == nullptr || agent->sessions.empty() || draw_.OneIn(2)) return SessionId{};
    return draw_.OneIn(20) ? SessionId{9} : draw_.OneOf(agent->sessions).id;
  }
  Command Choose(Choices choices) { return choices.begin()[draw_.Below(choices.size())]; }

  Draw& draw_;
  Pace pace_;
  const Engine& engine_;
  KnownIds known_;
  ValueDraw values_;
  uint64_t steps_ = 0;
};

}  // namespace parley

#endif  // PARLEY_TESTS_SIMULATION_H_
