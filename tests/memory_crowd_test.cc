// What an engine does when there is no memory and very much happens in one instant: see
// memory_test.cc.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "little_memory.h"

namespace parley {
namespace {

// Parks what an agent let go, so that much follows from many who do so at once.
class ParkTheReturned final : public ReroutePolicy {
 public:
  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    if (request.cause == RerouteCause::kNobodyElse) decision.action = RerouteAction::kPark;
    return decision;
  }
};

// Offers, time-outs, tasks let go and steps skipped: more than room is made for at a time.
TEST(MemoryCrowdTest, NothingIsLostWhereVeryMuchHappensInOneInstant) {
  constexpr uint32_t kTasks = 150;
  ManualClock clock;
  const ParkTheReturned policy;
  Engine engine = *Engine::Create({}, clock, policy);
  const auto tell = [&](const Command& command, size_t fails_at_least) {
    EXPECT_GT(FailEach(engine, clock, policy, command) + 1, fails_at_least) << ToText(command);
    engine.Apply(command);
  };
  tell(AddQueue{"first"}, 1);
  tell(AddQueue{"second"}, 1);
  const auto steps = [](std::string_view skip) {
    return fmt::format(R"({{"task_routing": {{"filters": [{{"expression": "1==1", "targets": [
        {{"queue": "first", "skip_if": "{}"}}, {{"queue": "second"}}]}}]}}}})",
                       skip);
  };
  tell(AddWorkflow{"w", steps("1==2")}, 1);
  tell(AddAgent{"ann"}, 1);
  tell(SetCapacity{AgentId::Make(0, 0), Medium::kChat, 0}, 1);
  tell(SetActivity{AgentId::Make(0, 0), kAvailable}, 1);
  for (uint32_t i = 0; i < kTasks; ++i) {
    const Route route{.workflow = engine.FindWorkflow("w")};
    engine.Apply(Message{Medium::kChat, fmt::format("c{}", i), "shop", 1, route});
  }
  tell(
      UpdateWorkflow{
          .workflow = engine.FindWorkflow("w"), .definition = steps("1==1"), .reevaluate = true},
      10);
  EXPECT_EQ(engine.WaitingIn(engine.FindQueue("second")).size(), kTasks);
  tell(SetCapacity{AgentId::Make(0, 0), Medium::kChat, kTasks}, 10);
  EXPECT_EQ(engine.Count().reservations, kTasks);
  clock.Pass(std::chrono::minutes(2));
  tell(Advance{}, 10);
  EXPECT_EQ(engine.Left().size(), kTasks);
}

// Each offer is a step of its own, and so is each question where else a task goes: room is made for
// it, whatever came before in that instant.
TEST(MemoryCrowdTest, WhoeverCanTakeAllIsOfferedAllAndLetsAllGo) {
  constexpr uint32_t kTasks = 800;
  ManualClock clock;
  const ParkTheReturned policy;
  Engine engine = *Engine::Create({}, clock, policy);
  engine.Apply(AddQueue{"q"});
  engine.Apply(AddAgent{"ann", {}, kAvailable});
  engine.Apply(SetCapacity{AgentId::Make(0, 0), Medium::kChat, 0});
  const Route route{.queue = engine.FindQueue("q")};
  for (uint32_t i = 0; i < kTasks; ++i) {
    engine.Apply(Message{Medium::kChat, fmt::format("c{}", i), "shop", 1, route});
  }
  const SetCapacity command{AgentId::Make(0, 0), Medium::kChat, kTasks};
  EXPECT_GT(FailEach(engine, clock, policy, command), 10u);
  EXPECT_EQ(engine.Apply(command).size(), 1 + kTasks);
  clock.Pass(std::chrono::minutes(2));
  EXPECT_GT(FailEach(engine, clock, policy, Advance{}), 10u);
  engine.Apply(Advance{});
  EXPECT_EQ(engine.Left().size(), kTasks);
}

// Who goes ends more than her own work: the invitations in her channels, each offered to many.
TEST(MemoryCrowdTest, WhoIsRemovedEndsInvitationsOfManyOffers) {
  constexpr int kChannels = 30;
  const ManualClock clock;
  const DefaultReroute policy;
  Engine engine = *Engine::Create({}, clock, policy);
  engine.Apply(AddQueue{"q"});
  engine.Apply(AddQueue{.name = "many", .rules = {.max_offers = kMostOffers}});
  const auto add = [&](const std::string& name) {
    engine.Apply(AddAgent{name, {}, kAvailable});
    engine.Apply(SetCapacity{engine.FindAgent(name), Medium::kChat, kChannels});
    return engine.FindAgent(name);
  };
  const AgentId ann = add("ann");
  std::vector<ConversationId> channels;
  for (int i = 0; i < kChannels; ++i) {
    const std::string customer = fmt::format("c{}", i);
    const Route route{.queue = engine.FindQueue("q")};
    engine.Apply(Message{Medium::kChat, customer, "shop", 1, route});
    channels.push_back(engine.FindOpen(Medium::kChat, customer, "shop"));
    engine.Apply(Accept{engine.Find(engine.Find(channels.back())->live_task)->reservation});
  }
  for (uint32_t i = 0; i < kMostOffers; ++i) add(fmt::format("b{}", i));
  for (const ConversationId c : channels) {
    const Route route{.queue = engine.FindQueue("many")};
    engine.Apply(Invite{.conversation = c, .agent = ann, .route = route});
  }
  ASSERT_EQ(engine.Count().reservations, kChannels * (1 + kMostOffers));
  EXPECT_GT(FailEach(engine, clock, policy, RemoveAgent{ann}), 10u);
}

// What one step needs beyond the room that was made for it is taken in the step.
TEST(MemoryCrowdTest, AStepMayBringMoreKindsOfWorkThanRoomIsMadeFor) {
  constexpr uint32_t kKinds = 200;  // Of needs: room is made for 128.
  ManualClock clock;
  const DefaultReroute policy;
  Settings settings;
  settings.pause.enabled = true;
  Engine engine = *Engine::Create(settings, clock, policy);
  engine.Apply(AddQueue{"q"});
  engine.Apply(AddWorkflow{"w", R"({"task_routing": {"filters": [{"expression": "1==1",
      "targets": [{"queue": "q", "expression": "1==1"}]}]}})"});
  const auto skills_of = [](uint32_t number) {
    SkillSet skills;
    for (uint32_t slot = 0; slot < 8; ++slot) {
      if ((number >> slot & 1) != 0) skills.Add(SkillId::Make(slot, 0));
    }
    return skills;
  };
  for (uint32_t i = 0; i < 8; ++i) engine.Apply(AddSkill{fmt::format("k{}", i)});
  engine.Apply(AddAgent{"ann", skills_of(255)});
  const AgentId ann = engine.FindAgent("ann");
  engine.Apply(SetActivity{ann, kAvailable});
  for (uint32_t i = 0; i < kKinds; ++i) {  // Each waits by the step's need, and not by its own.
    const std::string customer = fmt::format("c{}", i);
    const Route route{.skills = skills_of(i), .workflow = engine.FindWorkflow("w")};
    engine.Apply(Message{Medium::kChat, customer, "shop", 1, route});
    const TaskId offer = engine.WorklistOf(ann).offers.at(0);
    engine.Apply(Accept{engine.Find(offer)->reservation});
    engine.Apply(Pause{engine.FindOpen(Medium::kChat, customer, "shop"), ann});
  }
  engine.Apply(RemoveAgent{ann});
  EXPECT_EQ(engine.WaitingIn(engine.FindQueue("q")).size(), kKinds);
  EXPECT_TRUE(engine.Audit().ok()) << engine.Audit();
}

}  // namespace
}  // namespace parley
