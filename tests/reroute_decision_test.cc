// Is every decision of a policy carried out or corrected? Policies are the host's code: whatever
// they return, at whatever moment, the conversation stays covered and the event says what was done.

#include <gtest/gtest.h>

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

class Answer final : public ReroutePolicy {
 public:
  using Change = std::function<void(const RerouteRequest&, RerouteDecision&)>;
  explicit Answer(Change change) : change_(std::move(change)) {}

  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    change_(request, decision);
    return decision;
  }

 private:
  Change change_;
};

struct Wrong {
  std::string_view name;
  std::function<void(RerouteDecision&)> make;
};

const std::vector<Wrong> kWrong = {
    {"NoSuchAction", [](RerouteDecision& d) { d.action = static_cast<RerouteAction>(99); }},
    {"NoSuchQueue", [](RerouteDecision& d) { d.queue = QueueId::Make(77, 0); }},
    {"NoQueue", [](RerouteDecision& d) { d.queue = QueueId{}; }},
    {"NoSuchSkill", [](RerouteDecision& d) { d.skills.Add(SkillId::Make(200, 0)); }},
    {"NoSuchAgent", [](RerouteDecision& d) { d.agent = AgentId::Make(77, 0); }},
    {"NobodyToWaitFor",
     [](RerouteDecision& d) {
       d.action = RerouteAction::kWaitForAgent;
       d.agent = AgentId{};
     }},
    {"TheOneWhoIsExcluded",
     [](RerouteDecision& d) {
       d.agent = AgentId::Make(0, 0);
       d.exclude = d.agent;
     }},
    {"AQuestionOfNoLength",
     [](RerouteDecision& d) {
       d.action = RerouteAction::kAskHost;
       d.deadline = 0ms;
     }},
    {"AQuestionOfMoreThanAWeek",
     [](RerouteDecision& d) {
       d.action = RerouteAction::kAskHost;
       d.deadline = 7 * kDay + 1ms;
     }},
    {"NoSuchWayWhenSilent",
     [](RerouteDecision& d) {
       d.action = RerouteAction::kAskHost;
       d.when_silent = static_cast<WhenSilent>(3);
     }},
};

class WrongDecisionTest : public testing::TestWithParam<Wrong> {};

TEST_P(WrongDecisionTest, IsReplacedByTheUsualOneAndTheEventSaysSo) {
  const Answer policy([](const RerouteRequest&, RerouteDecision& d) { GetParam().make(d); });
  World world(LeaveAndPauseOn(), policy);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndLeave(ann, "c@x");
  world.Write("c@x");
  const auto rerouted = world.Only<ConversationRerouted>();
  EXPECT_TRUE(rerouted.corrected);
  EXPECT_EQ(rerouted.action, RerouteAction::kNewTask);
  EXPECT_EQ(rerouted.queue, world.support());
  EXPECT_TRUE(world.At(c).live_task);
  world.Pass(8 * kDay);
}

INSTANTIATE_TEST_SUITE_P(All, WrongDecisionTest, testing::ValuesIn(kWrong),
                         [](const testing::TestParamInfo<Wrong>& each) {
                           return std::string(each.param.name);
                         });

// A task that came back is moved, dropped or left, whatever its channel is doing.
class ReturnedTaskTest : public testing::TestWithParam<RerouteAction> {};

TEST_P(ReturnedTaskTest, MayGoAnywhereFromAnActiveChannel) {
  const Answer policy([](const RerouteRequest&, RerouteDecision& d) { d.action = GetParam(); });
  World world(LeaveAndPauseOn(), policy);
  world.AddAvailable("ann");
  world.Write("c@x");
  world.Do(Decline{.reservation = world.Only<ReservationCreated>().reservation, .activity = {}});
  EXPECT_EQ(world.refusal(), Refusal::kNone);
  world.Pass(100 * kDay);
}

TEST_P(ReturnedTaskTest, MayGoAnywhereFromATransfer) {
  const Answer policy([](const RerouteRequest& r, RerouteDecision& d) {
    if (r.cause != RerouteCause::kNobodyElse) return;
    d.action = GetParam();
    d.agent = r.last_agent;
  });
  World world(LeaveAndPauseOn(), policy);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const AgentId bob = world.AddAvailable("bob");
  world.Do(Transfer{c, ann, bob, {}});
  world.Do(Decline{.reservation = world.Only<ReservationCreated>().reservation, .activity = {}});
  EXPECT_EQ(world.Happened<ConversationRerouted>(), GetParam() != RerouteAction::kNothing);
  world.Pass(100 * kDay);
}

INSTANTIATE_TEST_SUITE_P(All, ReturnedTaskTest,
                         testing::Values(RerouteAction::kNewTask, RerouteAction::kWaitForAgent,
                                         RerouteAction::kAskHost, RerouteAction::kPark,
                                         RerouteAction::kClose, RerouteAction::kNothing));

// ... through the workflow that it came by, through another, or through none.
TEST(RerouteDecisionTest, AReturnedTaskGoesThroughTheWorkflowThatThePolicyNames) {
  constexpr std::string_view kDefinition =
      R"({"task_routing":{"default_filter":{"queue":"support"}}})";
  WorkflowId named;
  const Answer policy([&named](const RerouteRequest& r, RerouteDecision& d) {
    if (r.cause == RerouteCause::kNobodyElse) d.action = RerouteAction::kNewTask;
    d.workflow = named;
  });
  World world(Settings(), policy);
  world.AddAvailable("ann");
  world.Do(AddWorkflow{"first", kDefinition});
  world.Do(AddWorkflow{"second", kDefinition});
  const WorkflowId first = world.engine().FindWorkflow("first");
  const Medium media[] = {Medium::kChat, Medium::kEmail, Medium::kVoice};
  for (const Medium medium : media) {
    if (medium == Medium::kEmail) named = first;
    if (medium == Medium::kVoice) named = world.engine().FindWorkflow("second");
    world.Do(Message{medium, "c@x", "shop", 1, {.workflow = first}});
    const TaskId task = world.Only<TaskCreated>().task;
    world.Do(Decline{.reservation = world.At(task).reservation, .activity = {}});
    EXPECT_EQ(world.Only<ConversationRerouted>().workflow, named);
    EXPECT_EQ(world.At(task).workflow, named);
    EXPECT_EQ(world.Happened<WorkflowEntered>(), static_cast<bool>(named));
    EXPECT_EQ(world.At(world.At(task).conversation).workflow, named ? named : first);
  }
}

// It waited for one who is removed, so it comes back and into its workflow in one instant; the
// policy takes it out again while a step is about to be skipped.
TEST(RerouteDecisionTest, AReturnedTaskThatLeavesItsWorkflowIsNotLedOnThroughIt) {
  const Answer policy([](const RerouteRequest& r, RerouteDecision& d) {
    if (r.cause != RerouteCause::kNobodyElse) return;
    d.action = RerouteAction::kNewTask;
    d.workflow = WorkflowId{};
  });
  World world(Settings(), policy);
  const AgentId ann = world.AddAvailable("ann");
  world.Do(AddWorkflow{"w", R"({"task_routing":{"filters":[{"expression":"1==1","targets":[
      {"queue":"support","skip_if":"1==1"},{"queue":"support","skip_if":"1==1"}]}]}})"});
  const Route route{.workflow = world.engine().FindWorkflow("w")};
  world.Do(Message{Medium::kChat, "c@x", "shop", 1, route, {.prefer = ann}});
  const TaskId task = world.Only<TaskCreated>().task;
  world.Do(RemoveAgent{ann});
  EXPECT_EQ(world.Only<StepSkipped>().step, 1u);
  EXPECT_EQ(world.Only<ConversationRerouted>().cause, RerouteCause::kNobodyElse);
  EXPECT_FALSE(world.At(task).workflow);
  EXPECT_EQ(world.engine().WaitingIn(world.support()), std::vector{task});
}

// A queue that needs less is news for the agent who is waited for alone, too.
TEST(RerouteDecisionTest, AnUpdatedQueueIsOfferedToTheAgentWhoIsWaitedForAlone) {
  Settings settings;
  settings.conversation.on_canceled = OnCanceled::kEmitOnly;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  world.Do(UpdateQueue{world.support(), world.AddSkillNamed("german")});
  const ConversationId c = world.Write("c@x");
  world.Do(CancelTask{world.At(c).live_task});
  world.Do(CreateTask{.conversation = c, .direct = {.prefer = ann}});
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  world.Do(UpdateQueue{world.support(), {}});
  EXPECT_EQ(world.Only<ReservationCreated>().agent, ann);
}

// A policy that does nothing leaves an orphan; each message begins its time anew.
TEST(RerouteDecisionTest, AnOrphanIsNotClosedSoonAfterItsCustomerWrote) {
  const Answer policy(
      [](const RerouteRequest&, RerouteDecision& d) { d.action = RerouteAction::kNothing; });
  World world(LeaveAndPauseOn(), policy);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  world.Do(Leave{c, ann});
  world.Write("c@x");
  world.Pass(90 * kDay - 1ms);
  world.Write("c@x");
  EXPECT_TRUE(world.Happened<ConversationOrphaned>());
  world.Pass(90 * kDay - 1ms);
  EXPECT_TRUE(world.engine().Find(c).has_value());
  world.Pass(1ms);
  EXPECT_TRUE(world.Happened<ConversationClosed>());
}

}  // namespace
}  // namespace parley
