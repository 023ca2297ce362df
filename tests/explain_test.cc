// Why is nobody taking this? Each reason, what lifts it, and the very moment at which time does.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "parley/annex/explain.h"
#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

const AgentReason& Of(const Explanation& e, AgentId agent) {
  return *std::ranges::find(e.agents, agent, &AgentReason::agent);
}

class ExplainTest : public testing::Test {
 protected:
  ExplainTest() : world_(SomeSettings()), ann_(world_.AddAvailable("ann")) {}

  static Settings SomeSettings() {
    Settings settings;
    settings.reservation.timeout = 20s;
    settings.reservation.retry_after = 1min;
    settings.conversation.on_canceled = OnCanceled::kEmitOnly;
    settings.For(Medium::kVoice).cost = 3;
    settings.For(Medium::kVoice).goes_first = true;
    return settings;
  }

  Explanation Explain(TaskId task) { return *world_.engine().Explain(task); }
  AgentReason Reason(TaskId task, AgentId agent) { return Of(Explain(task), agent); }

  // A customer writes; gives the task.
  TaskId Ask(std::string_view customer, const Route& route, Medium medium = Medium::kEmail) {
    world_.Do(Message{medium, customer, "shop", 1, route});
    return world_.Only<TaskCreated>().task;
  }
  TaskId Ask(std::string_view customer, Medium medium = Medium::kEmail) {
    return Ask(customer, {.queue = world_.support()}, medium);
  }
  WorkflowId AddWorkflowNamed(std::string_view name, std::string_view json) {
    world_.Do(AddWorkflow{name, json});
    return world_.engine().FindWorkflow(name);
  }

  // If only time passes, the reason stands up to `until`, and then it does not.
  void ExpectLiftedAt(TaskId task, AgentId agent, Instant until) {
    const AgentReason before = Reason(task, agent);
    EXPECT_EQ(before.until, until);
    ManualClock clock(world_.engine().Now());
    const DefaultReroute policy;
    Engine fork = world_.engine().Fork(clock, policy);
    clock.Set(until - 1ms);
    fork.Apply(Advance{});
    EXPECT_EQ(Of(*fork.Explain(task), agent).why, before.why);
    EXPECT_EQ(Of(*fork.Explain(task), agent).until, until);
    clock.Set(until);
    fork.Apply(Advance{});
    EXPECT_NE(Of(*fork.Explain(task), agent).why, before.why);
  }

  World world_;
  AgentId ann_;
};

TEST_F(ExplainTest, AnActivityThatIsNotAvailable) {
  world_.Do(SetActivity{ann_, kOffline});
  const AgentReason r = Reason(Ask("c@x"), ann_);
  EXPECT_EQ(r.why, WhyNot::kActivity);
  EXPECT_EQ(r.remedy, Remedy::kActivity);
  EXPECT_EQ(r.until, Instant::max());
}

TEST_F(ExplainTest, AMissedOfferMayMakeHimAvailable) {
  world_.Do(SetActivityRole{ActivityRole::kTimeout, kAvailable});
  Ask("c@x");
  world_.Do(SetCapacity{ann_, Medium::kEmail, 2});
  world_.Do(SetActivity{ann_, kOffline});
  ExpectLiftedAt(Ask("d@x"), ann_, world_.engine().Now() + 20s);
}

TEST_F(ExplainTest, AMediumThatIsSwitchedOff) {
  world_.Do(SetMediumAvailable{ann_, Medium::kEmail, false});
  const AgentReason r = Reason(Ask("c@x"), ann_);
  EXPECT_EQ(r.why, WhyNot::kMediumOff);
  EXPECT_EQ(r.remedy, Remedy::kMedium);
}

TEST_F(ExplainTest, AFullMediumHasRoomWhenEnoughOffersRunOut) {
  world_.Do(SetCapacity{ann_, Medium::kEmail, 3});
  for (const char* customer : {"c1", "c2", "c3"}) {
    Ask(customer);
    world_.Pass(5s);
  }
  world_.Do(SetCapacity{ann_, Medium::kEmail, 2});
  const TaskId task = Ask("d@x");
  const AgentReason r = Reason(task, ann_);
  EXPECT_EQ(r.why, WhyNot::kMediumFull);
  EXPECT_EQ(r.remedy, Remedy::kRoom);
  EXPECT_EQ(r.used, 3u);
  EXPECT_EQ(r.limit, 2u);
  ExpectLiftedAt(task, ann_, Instant(25s));  // The second of the three.
}

TEST_F(ExplainTest, NoTimeGivesRoomWhereThereIsAcceptedWorkOrNoCapacity) {
  world_.Serve(ann_, "c@x");
  EXPECT_EQ(Reason(Ask("d@x"), ann_).until, Instant::max());
  world_.Do(SetCapacity{ann_, Medium::kChat, 0});
  EXPECT_EQ(Reason(Ask("e@x", Medium::kChat), ann_).until, Instant::max());
}

TEST_F(ExplainTest, AFullBudget) {
  world_.Do(SetCapacity{ann_, Medium::kEmail, 3});
  world_.Do(SetBudget{ann_, 4});
  Ask("c1");
  world_.Pass(5s);
  Ask("c2");
  const TaskId call = Ask("v", Medium::kVoice);
  const AgentReason r = Reason(call, ann_);
  EXPECT_EQ(r.why, WhyNot::kBudgetFull);
  EXPECT_EQ(r.remedy, Remedy::kRoom);
  EXPECT_EQ(r.used, 2u);
  EXPECT_EQ(r.limit, 4u);
  EXPECT_EQ(r.cost, 3u);
  ExpectLiftedAt(call, ann_, Instant(20s));
}

TEST_F(ExplainTest, HeldBackForATaskOfAMediumThatGoesFirst) {
  world_.Do(SetBudget{ann_, 3});
  Ask("c@x");
  const TaskId call = Ask("v", Medium::kVoice);
  const AgentReason r = Reason(Ask("d@x", Medium::kChat), ann_);
  EXPECT_EQ(r.why, WhyNot::kHeldBack);
  EXPECT_EQ(r.remedy, Remedy::kOtherTask);
  EXPECT_EQ(r.other, call);
  EXPECT_EQ(r.until, world_.engine().NextWake());
}

TEST_F(ExplainTest, TheSkillsHeLacksAndNoOthers) {
  const SkillSet french = world_.AddSkillNamed("french");
  const SkillSet gold = world_.AddSkillNamed("gold");
  const QueueId queue = world_.AddQueueNamed("claims", french);
  world_.Do(SetAgentSkills{ann_, gold});
  const AgentReason r = Reason(Ask("c@x", {.queue = queue, .skills = gold}), ann_);
  EXPECT_EQ(r.why, WhyNot::kSkills);
  EXPECT_EQ(r.remedy, Remedy::kSkills);
  EXPECT_EQ(r.skills, french);
}

TEST_F(ExplainTest, ThePartOfAnExpressionThatIsFalse) {
  world_.Do(SetAgentAttributes{ann_, R"({"level":1,"site":"a"})"});
  const QueueRules rules{.agents = "site == 'a' AND (level > 2 OR vip == true)"};
  world_.Do(AddQueue{.name = "q", .rules = rules});
  const AgentReason r = Reason(Ask("c@x", {.queue = world_.engine().FindQueue("q")}), ann_);
  EXPECT_EQ(r.why, WhyNot::kQueueExpression);
  EXPECT_EQ(r.remedy, Remedy::kAttributes);
  EXPECT_EQ(r.part, "level > 2 OR vip == true");
  EXPECT_EQ(r.until, Instant::max());
}

TEST_F(ExplainTest, APartAboutCapacityMayBecomeTrueAtAnyWake) {
  world_.Do(AddQueue{.name = "q",
                     .rules = {.agents = "worker.channel.email.assigned_tasks == 0"}});
  world_.Serve(ann_, "c@x");
  const TaskId task = Ask("d@x", {.queue = world_.engine().FindQueue("q")}, Medium::kChat);
  const AgentReason r = Reason(task, ann_);
  EXPECT_EQ(r.why, WhyNot::kQueueExpression);
  EXPECT_EQ(r.remedy, Remedy::kRoom);
  EXPECT_EQ(r.until, world_.engine().NextWake());
}

constexpr std::string_view kThreeSteps =
    R"({"task_routing": {"filters": [{"expression": "1==1", "targets": [
    {"queue": "support", "expression": "worker.level > task.least", "timeout": 10},
    {"queue": "support", "expression": "worker.level > 1", "timeout": 10},
    {"queue": "support", "known_worker_friendly_name": "task.who"}]}]}})";

TEST_F(ExplainTest, AStepThatHeDoesNotFitAndTheNextOneThatHeDoes) {
  const WorkflowId workflow = AddWorkflowNamed("w", kThreeSteps);
  world_.Do(SetAgentAttributes{ann_, R"({"level":2})"});
  const TaskId task = Ask("c@x", {.workflow = workflow, .attributes = R"({"least":5})"});
  const Explanation e = Explain(task);
  EXPECT_EQ(e.workflow, workflow);
  EXPECT_EQ(e.filter, 1u);
  EXPECT_EQ(e.step, 1u);
  EXPECT_EQ(e.step_ends, Instant(10s));
  EXPECT_EQ(e.next, Instant(10s));
  EXPECT_EQ(e.position, 0u);
  const AgentReason& r = Of(e, ann_);
  EXPECT_EQ(r.why, WhyNot::kStepExpression);
  EXPECT_EQ(r.part, "worker.level > task.least");
  EXPECT_EQ(r.later, (StepAhead{1, 2, Instant(10s)}));
  ExpectLiftedAt(task, ann_, Instant(10s));
}

TEST_F(ExplainTest, AKnownAgentIsWantedAndNobodyElse) {
  const WorkflowId workflow = AddWorkflowNamed("w", kThreeSteps);
  const AgentId bob = world_.AddAgentNamed("bob");
  const TaskId task = Ask("c@x", {.workflow = workflow, .attributes = R"({"who":"bob"})"});
  EXPECT_EQ(Reason(task, ann_).later, std::nullopt);
  EXPECT_EQ(Reason(task, ann_).until, Instant::max());
  world_.Pass(20s);
  const AgentReason r = Reason(task, ann_);
  EXPECT_EQ(r.why, WhyNot::kKnownAgent);
  EXPECT_EQ(r.wanted, bob);
  EXPECT_EQ(Reason(task, bob).why, WhyNot::kActivity);
}

TEST_F(ExplainTest, TheTaskWaitsForAnotherAgentForAWhile) {
  const AgentId bob = world_.AddAgentNamed("bob");
  const ConversationId c = world_.Write("c@x");
  world_.Do(CancelTask{world_.At(c).live_task});
  world_.Do(CreateTask{c, {bob, 30s}});
  const TaskId task = world_.At(c).live_task;
  const AgentReason r = Reason(task, ann_);
  EXPECT_EQ(r.why, WhyNot::kWaitsForAnother);
  EXPECT_EQ(r.remedy, Remedy::kOtherAgent);
  EXPECT_EQ(r.wanted, bob);
  ExpectLiftedAt(task, ann_, world_.engine().Now() + 30s);
}

TEST_F(ExplainTest, HeLetItGoBefore) {
  const TaskId task = Ask("c@x");
  world_.Do(Decline{world_.At(task).reservation, {}});
  const AgentReason r = Reason(task, ann_);
  EXPECT_EQ(r.why, WhyNot::kLetGo);
  EXPECT_EQ(r.remedy, Remedy::kNone);
  ExpectLiftedAt(task, ann_, world_.engine().Now() + 1min);
}

TEST_F(ExplainTest, WhoIsAskedAndWhoCouldBe) {
  const AgentId bob = world_.AddAvailable("bob");
  const TaskId task = Ask("c@x");
  const Explanation e = Explain(task);
  EXPECT_EQ(e.state, TaskState::kReserved);
  EXPECT_EQ(Of(e, ann_).offer, world_.At(task).reservation);
  EXPECT_EQ(Of(e, ann_).until, world_.engine().Now() + 20s);
  EXPECT_EQ(Of(e, bob).why, WhyNot::kNothing);
  EXPECT_EQ(Of(e, bob).offer, ReservationId{});
  EXPECT_EQ(e.next, world_.engine().Now() + 20s);
}

TEST_F(ExplainTest, AnAssignedTaskSaysWhyHeAndNotAnother) {
  const AgentId bob = world_.AddAvailable("bob");
  const TaskId first = world_.At(world_.Serve(ann_, "c@x")).live_task;
  const Explanation e = Explain(first);
  EXPECT_TRUE(e.agents.empty());
  ASSERT_EQ(e.offers.size(), 1u);
  EXPECT_EQ(e.offers[0].agent, ann_);
  EXPECT_EQ(e.offers[0].runner_up, bob);
  EXPECT_EQ(e.offers[0].decision.by, DecidedBy::kId);
  EXPECT_EQ(Explain(Ask("d@x")).offers[0].decision.by, DecidedBy::kNobodyElse);
}

Decision DecisionBy(World& world, const QueueRules& rules) {
  world.Do(UpdateQueue{world.support(), {}, rules});
  world.Pass(1s);
  world.Write("c@x");
  return world.engine().Explain(world.Only<ReservationCreated>().task)->offers[0].decision;
}

TEST_F(ExplainTest, TheKeyThatDecided) {
  const AgentId bob = world_.AddAvailable("bob");
  world_.Do(SetAgentAttributes{ann_, R"({"level":7,"cost":3})"});
  world_.Do(SetAgentAttributes{bob, R"({"level":7,"cost":2})"});
  const QueueRules score{.agent_order = AgentOrder::kScore, .by = "-10 * worker.cost"};
  EXPECT_EQ(DecisionBy(world_, score),
            (Decision{DecidedBy::kOrder, AgentOrder::kScore, 0, -20, -30}));
}

TEST_F(ExplainTest, TheAttributeThatDecided) {
  const AgentId bob = world_.AddAvailable("bob");
  world_.Do(SetAgentAttributes{ann_, R"({"level":7,"cost":3})"});
  world_.Do(SetAgentAttributes{bob, R"({"level":7,"cost":5})"});
  const QueueRules list{.agent_order = AgentOrder::kOrderBy,
                        .by = "worker.level ASC, worker.cost DESC"};
  EXPECT_EQ(DecisionBy(world_, list),
            (Decision{DecidedBy::kOrder, AgentOrder::kOrderBy, 2, 5, 3}));
}

TEST_F(ExplainTest, WhoHasTheAttributeGoesBeforeWhoLacksIt) {
  const AgentId bob = world_.AddAvailable("bob");
  world_.Do(SetAgentAttributes{bob, R"({"level":5})"});
  const QueueRules list{.agent_order = AgentOrder::kOrderBy, .by = "worker.level DESC"};
  EXPECT_EQ(DecisionBy(world_, list),
            (Decision{DecidedBy::kOrder, AgentOrder::kOrderBy, 1, 5, 0, true}));
}

TEST_F(ExplainTest, AnIdThatIsNotInUseIsNotExplained) {
  EXPECT_EQ(world_.engine().Explain(TaskId{}), std::nullopt);
  EXPECT_EQ(world_.engine().Explain(TaskId::Make(7, 0)), std::nullopt);
}

}  // namespace
}  // namespace parley
