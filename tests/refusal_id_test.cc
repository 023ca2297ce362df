// Is every id in every command looked at? One command of each kind that names something, in place
// as it stands; then with each of its ids, one after the other, changed into one that was never
// given out, one whose thing is gone, and bits that name nothing.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "draw.h"
#include "world.h"

namespace parley {
namespace {

// A world with one of everything, and one of everything gone.
class Full {
 public:
  Full() : world(Roomy()) {
    world.Do(AddSkill{"german"});
    world.Do(AddActivity{"break"});
    world.Do(AddActivity{"lunch"});
    rest = world.engine().FindActivity("break");
    sales = world.AddQueueNamed("sales");
    bob = world.AddAgentNamed("bob");
    world.Do(AddWorkflow{"flow", kFlow});
    flow = world.engine().FindWorkflow("flow");
    MakeGone();
    ann = world.AddAvailable("ann");
    paused = world.ServeAndPause(ann, "paused");
    asked = world.ServeAndLeave(ann, "asked");
    world.Write("asked");
    served = world.Serve(ann, "served");
    wrapping = world.At(world.Serve(ann, "wrapping")).live_task;
    world.Do(End{world.At(wrapping).conversation, ann});
    world.Write("held");
    held = world.Only<ReservationCreated>().reservation;
    world.Do(Accept{held, true});
    world.Write("offered");
    offer = world.Only<ReservationCreated>().reservation;
    waiting = world.At(world.Write("waiting")).live_task;
    setup = Opened("setup");
    invited = world.Serve(ann, "invited", Medium::kChat);
    world.Do(Invite{invited, ann, {}, {}});
  }

  // In place, each of them.
  std::vector<Command> Commands() const {
    const Route to_sales{.queue = sales};
    return {RenameActivity{rest, "tea"},
            RemoveActivity{rest},
            SetActivityRole{ActivityRole::kDefault, rest},
            AddQueue{"new", {}},
            UpdateQueue{sales, {}},
            RemoveQueue{sales},
            UpdateWorkflow{flow, kFlow},
            RemoveWorkflow{flow},
            SetAgentAttributes{bob, "{}"},
            SetBudget{bob, 2},
            AddAgent{"eve", {}, rest},
            SetAgentSkills{bob, {}},
            RemoveAgent{bob},
            SetCapacity{bob, Medium::kChat, 2},
            SetMediumAvailable{bob, Medium::kChat, false},
            Connect{bob, SessionId{1}, {}},
            Disconnect{ann, SessionId{1}},
            SetActivity{bob, rest},
            Logout{ann},
            Message{Medium::kEmail, "new", "shop", 1, to_sales, {bob}},
            OpenConversation{Medium::kVoice, "new", "shop", to_sales},
            ChannelReady{setup, {bob}},
            ChannelFailed{setup},
            Reply{served, ann, 5},
            Leave{served, ann},
            Pause{served, ann},
            Resume{paused, ann},
            End{served, ann},
            Transfer{served, ann, bob, to_sales},
            Close{served},
            CreateTask{asked, {bob, Duration(5)}, to_sales},
            IgnoreRouting{asked},
            UpdateTask{waiting, to_sales},
            CancelTask{waiting},
            Complete{wrapping, ann},
            Accept{offer},
            Decline{offer, rest},
            MediaReady{held},
            MediaFailed{held},
            Reassign{paused, bob, to_sales},
            Assign{paused, bob},
            Invite{served, ann, bob, to_sales},
            CancelInvite{invited, ann}};
  }

  template <class IdType>
  IdType Gone() const {
    return std::get<IdType>(gone_);
  }

  World world;

 private:
  static constexpr std::string_view kFlow =
      R"({"task_routing":{"default_filter":{"queue":"support"}}})";

  // Ann has four emails and takes no more: one task waits.
  static Settings Roomy() {
    Settings settings = LeaveAndPauseOn();
    settings.leave.routing = LeaveRouting::kCustom;
    settings.leave.mode = ParkMode::kCompleteNow;
    settings.For(Medium::kEmail).capacity = 4;
    return settings;
  }
  ConversationId Opened(std::string_view customer) {
    world.Do(OpenConversation{Medium::kVoice, customer, "shop", Route{.queue = world.support()}});
    return world.engine().FindOpen(Medium::kVoice, customer, "shop");
  }
  void MakeGone() {
    const AgentId eve = world.AddAvailable("gone");
    const ConversationId c = world.Write("gone");
    const TaskId task = world.At(c).live_task;
    const ReservationId r = world.At(task).reservation;
    const QueueId queue = world.AddQueueNamed("gone");
    const ActivityId lunch = world.engine().FindActivity("lunch");
    world.Do(AddWorkflow{"gone", kFlow});
    const WorkflowId workflow = world.engine().FindWorkflow("gone");
    world.Do(RemoveWorkflow{workflow});
    world.Do(Close{c});
    world.Do(RemoveAgent{eve});
    world.Do(RemoveQueue{queue});
    world.Do(RemoveActivity{lunch});
    gone_ = {c, task, r, eve, queue, lunch, workflow};
  }

  ActivityId rest;
  QueueId sales;
  WorkflowId flow;
  AgentId ann, bob;
  ConversationId paused, asked, served, setup, invited;
  TaskId wrapping, waiting;
  ReservationId held, offer;
  std::tuple<ConversationId, TaskId, ReservationId, AgentId, QueueId, ActivityId, WorkflowId> gone_;
};

// The outcome of a command in a world of its own.
struct Outcome {
  explicit Outcome(const Command& command) {
    Full full;
    events = full.world.Do(command);
    reason = full.world.refusal();
    digest = full.world.engine().Digest();
  }
  std::vector<Event> events;
  Refusal reason;
  uint64_t digest;
};

// expect(command, field) for each id of each command, with that id changed by change(field).
template <class Change, class Expect>
void ChangeEachId(const Full& full, Change change, Expect expect) {
  for (const Command& command : full.Commands()) {
    std::visit(
        [&](const auto& plain) {
          size_t ids = 0;
          ForEachField(plain, [&](const auto& field) {
            ids += kIsId<std::remove_cvref_t<decltype(field)>> ? 1 : 0;
          });
          for (size_t chosen = 0; chosen < ids; ++chosen) {
            auto changed = plain;
            size_t next = 0;
            ForEachField(changed, [&](auto& field) {
              if constexpr (kIsId<std::remove_cvref_t<decltype(field)>>) {
                if (next++ == chosen) change(field);
              }
            });
            expect(Command(changed));
          }
        },
        command);
  }
}

TEST(RefusalIdTest, EachCommandIsInPlaceAsItStands) {
  for (const Command& command : Full().Commands()) {
    EXPECT_EQ(Outcome(command).reason, Refusal::kNone) << ToText(command);
  }
}

template <class T>
bool NamesSomething() {
  bool names = false;
  T value{};
  ForEachField(
      value, [&names](const auto& field) { names |= kIsId<std::remove_cvref_t<decltype(field)>>; });
  return names;
}

TEST(RefusalIdTest, EveryCommandThatNamesSomethingIsTried) {
  std::set<size_t> tried;
  for (const Command& command : Full().Commands()) tried.insert(command.index());
  for (size_t i = 0; i < std::variant_size_v<Command>; ++i) {
    AtIndex<Command>(i, [&](auto command) {
      using T = decltype(command);
      EXPECT_TRUE(!NamesSomething<T>() || tried.contains(i)) << T::kName;
    });
  }
}

TEST(RefusalIdTest, AnIdOfASlotThatWasNeverUsedIsNotFound) {
  const Full full;
  ChangeEachId(
      full, [](auto& id) { id = std::remove_cvref_t<decltype(id)>::Make(1'000'000, 0); },
      [](const Command& command) {
        EXPECT_EQ(Outcome(command).reason, Refusal::kNotFound) << ToText(command);
      });
}

TEST(RefusalIdTest, TheNextIdOfASlotIsNotFoundBeforeItIsGivenOut) {
  const Full full;
  ChangeEachId(
      full,
      [](auto& id) {
        using IdType = std::remove_cvref_t<decltype(id)>;
        id = id ? IdType::Make(id.slot(), id.generation() + 1) : IdType::Make(1'000'000, 0);
      },
      [](const Command& command) {
        EXPECT_EQ(Outcome(command).reason, Refusal::kNotFound) << ToText(command);
      });
}

TEST(RefusalIdTest, AnIdWhoseThingHasEndedIsGone) {
  const Full full;
  ChangeEachId(
      full, [&full](auto& id) { id = full.Gone<std::remove_cvref_t<decltype(id)>>(); },
      [](const Command& command) {
        EXPECT_EQ(Outcome(command).reason, Refusal::kGone) << ToText(command);
      });
}

TEST(RefusalIdTest, BitsThatNameNothingAreNone) {
  const Full full;
  std::vector<Command> with_none;
  ChangeEachId(
      full, [](auto& id) { id = {}; },
      [&](const Command& command) { with_none.push_back(command); });
  size_t next = 0;
  ChangeEachId(
      full, [](auto& id) { id.value = uint64_t{7} << 32; },
      [&](const Command& command) {
        const Outcome bits(command);
        const Outcome none(with_none[next++]);
        EXPECT_EQ(bits.events, none.events) << ToText(command);
        EXPECT_EQ(bits.digest, none.digest) << ToText(command);
      });
}

TEST(RefusalIdTest, ASkillThatWasNeverMadeIsNotFound) {
  for (const Command& command : Full().Commands()) {
    std::visit(
        [](auto plain) {
          bool has = false;
          ForEachField(plain, [&has](auto& field) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, SkillSet>) {
              field.Add(SkillId::Make(1, 0));
              has = true;
            }
          });
          if (!has) return;
          EXPECT_EQ(Outcome(plain).reason, Refusal::kNotFound) << ToText(Command(plain));
        },
        command);
  }
}

}  // namespace
}  // namespace parley
