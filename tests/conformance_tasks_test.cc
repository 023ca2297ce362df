// tests/conformance_tasks_test.cc — the life of a task, row by row.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A conversation that is closed when its task is canceled, so that nothing follows.
Settings CloseOnCancel() {
  Settings settings;
  settings.conversation.on_canceled = OnCanceled::kClose;
  return settings;
}

// B1 T1: a task is made, and waits in its queue; the queue must exist and the priority be one.
TEST(ConformanceTasksTest, ATaskIsMadeForAQueueWithAPriority) {
  World world;
  const auto answer = [&](const Route& route) {
    return world.Try(Message{Medium::kEmail, "c@x", "shop", 1, route});
  };
  EXPECT_EQ(answer({}), Refusal::kQueueNeeded);
  EXPECT_EQ(answer({.queue = QueueId::Make(9, 0)}), Refusal::kNotFound);
  EXPECT_EQ(answer({.queue = world.support(), .priority = -1}), Refusal::kOutOfRange);
  EXPECT_EQ(answer({.queue = world.support(), .waited = -1ms}), Refusal::kOutOfRange);
  EXPECT_EQ(answer({.queue = world.support(), .priority = INT32_MAX}), Refusal::kNone);
  EXPECT_EQ(world.Only<TaskCreated>().queue, world.support());
  EXPECT_EQ(world.At(world.Only<TaskCreated>().task).priority, INT32_MAX);
  EXPECT_EQ(world.At(world.Only<TaskCreated>().task).state, TaskState::kPending);
}

// B1 T1: how long it may wait is a setting: a day by default, two weeks at most.
TEST(ConformanceTasksTest, ATaskMayWaitTwoWeeksAtMost) {
  World world;
  Settings settings;
  EXPECT_EQ(settings.task.ttl, 86'400s);
  settings.task.ttl = 1'209'600s;
  EXPECT_EQ(world.Try(ApplySettings{settings}), Refusal::kNone);
  settings.task.ttl = 1'209'600s + 1ms;
  EXPECT_EQ(world.Try(ApplySettings{settings}), Refusal::kSettingsInvalid);
}

// B1 T2: a task is offered to an agent who is available, has the medium on, and has room.
TEST(ConformanceTasksTest, ATaskIsOfferedToWhoeverIsAvailableWithRoom) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetCapacity{ann, Medium::kEmail, 0});
  const TaskId task = world.At(world.Write("c@x")).live_task;
  world.Do(SetMediumAvailable{ann, Medium::kEmail, false});
  world.Do(SetActivity{ann, kOffline});
  world.Do(SetCapacity{ann, Medium::kEmail, 1});
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  world.Do(SetMediumAvailable{ann, Medium::kEmail, true});
  EXPECT_FALSE(world.Happened<ReservationCreated>());
  world.Do(SetActivity{ann, kAvailable});
  EXPECT_EQ(world.Only<ReservationCreated>().task, task);
}

// B1 T6: at its time limit a task is canceled, and the reason says so: while it waits,
TEST(ConformanceTasksTest, AWaitingTaskIsCanceledAtItsLimit) {
  World world(CloseOnCancel());
  const TaskId task = world.At(world.Write("c@x")).live_task;
  world.Pass(kDay - 1ms);
  EXPECT_EQ(world.At(task).state, TaskState::kPending);
  world.Pass(1ms);
  EXPECT_EQ(world.Only<TaskCanceled>(), (TaskCanceled{task, CancelReason::kTtl}));
}

// B1 T6: ... and while it is offered: then the offer is, too. E-26: accepting then is too late.
TEST(ConformanceTasksTest, AnOfferedTaskIsCanceledAtItsLimitWithItsOffer) {
  Settings settings = CloseOnCancel();
  settings.task.ttl = 100s;
  World world(settings);
  world.AddAvailable("ann");
  world.Write("c@x");
  const ReservationId offer = world.Only<ReservationCreated>().reservation;
  world.clock().Pass(100s);
  world.Do(Accept{offer});
  EXPECT_EQ(world.Only<ReservationCanceled>().reservation, offer);
  EXPECT_EQ(world.Only<TaskCanceled>().reason, CancelReason::kTtl);
  EXPECT_EQ(world.refusal(), Refusal::kGone);
}

// B1 T7: it is canceled when it has been offered so often; 1000 times by default.
TEST(ConformanceTasksTest, ATaskIsCanceledAfterTooManyOffers) {
  EXPECT_EQ(Settings().task.max_assignments, 1000u);
  Settings settings = CloseOnCancel();
  settings.task.max_assignments = 2;
  settings.reservation.retry_after = 1s;
  World world(settings);
  world.AddAvailable("ann");
  const TaskId task = world.At(world.Write("c@x")).live_task;
  world.Do(Decline{world.At(task).reservation});
  EXPECT_FALSE(world.Happened<TaskCanceled>());
  world.Pass(1s);
  world.Do(Decline{world.At(task).reservation});
  EXPECT_EQ(world.Only<TaskCanceled>(), (TaskCanceled{task, CancelReason::kMaxAssignments}));
}

// B1 T8: a task that waits or is offered can be canceled. B1 T14: no other can.
TEST(ConformanceTasksTest, OnlyATaskThatNobodyHasAcceptedIsCanceled) {
  World world(CloseOnCancel());
  const TaskId waiting = world.At(world.Write("waiting@x")).live_task;
  EXPECT_EQ(world.Try(CancelTask{waiting}), Refusal::kNone);
  EXPECT_EQ(world.Only<TaskCanceled>().reason, CancelReason::kApi);
  EXPECT_EQ(world.Try(CancelTask{waiting}), Refusal::kGone);
  const AgentId ann = world.AddAvailable("ann");
  EXPECT_EQ(world.Try(CancelTask{world.At(world.Write("offered@x")).live_task}), Refusal::kNone);
  const ConversationId c = world.Serve(ann, "assigned@x");
  EXPECT_EQ(world.Try(CancelTask{world.At(c).live_task}), Refusal::kWrongState);
  world.Do(End{c, ann});
  EXPECT_EQ(world.Try(CancelTask{world.At(c).live_task}), Refusal::kWrongState);
}

// B1 T10: an offer that ends without an accept puts the task back; its time limit runs on.
TEST(ConformanceTasksTest, AfterAnOfferTheTaskWaitsAgainAndItsLimitRunsOn) {
  World world(CloseOnCancel());
  const AgentId ann = world.AddAvailable("ann");
  const TaskId task = world.At(world.Write("c@x")).live_task;
  world.Pass(100s);
  world.Do(Decline{world.At(task).reservation, kOffline});
  EXPECT_EQ(world.At(task).state, TaskState::kPending);
  EXPECT_THAT(world.engine().WaitingIn(world.support()), ElementsAre(task));
  world.Pass(kDay - 100s);
  EXPECT_EQ(world.Only<TaskCanceled>().task, task);
  EXPECT_THAT(world.engine().WorklistOf(ann).offers, IsEmpty());
}

// B1 T13: an assigned task can be completed without wrap-up, by its agent or by the host.
TEST(ConformanceTasksTest, AnAssignedTaskCanBeCompletedAtOnce) {
  for (const bool host : {false, true}) {
    World world;
    const AgentId ann = world.AddAvailable("ann");
    const TaskId task = world.At(world.Serve(ann, "c@x")).live_task;
    EXPECT_EQ(world.Try(Complete{task, host ? AgentId() : ann}), Refusal::kNone);
    EXPECT_EQ(world.Only<TaskCompleted>().task, task);
    EXPECT_FALSE(world.Happened<TaskWrapUp>());
  }
}

// B1 T15: an assigned task lives as long as it takes, unless a limit is set: then it moves on.
TEST(ConformanceTasksTest, AnAssignedTaskHasNoLimitUnlessOneIsSet) {
  for (const bool limited : {false, true}) {
    Settings settings;
    if (limited) settings.task.max_assigned = kDay;
    World world(settings);
    const AgentId ann = world.AddAvailable("ann");
    const ConversationId c = world.Serve(ann, "c@x");
    const TaskId task = world.At(c).live_task;
    world.Pass(kDay - 1ms);
    EXPECT_THAT(world.last(), IsEmpty());
    world.Pass(1ms);
    EXPECT_EQ(world.At(task).state, limited ? TaskState::kCompleted : TaskState::kAssigned);
    EXPECT_EQ(world.At(c).live_task != task, limited);
    world.Do(Advance{});
  }
}

// B1 T16, E-23: an ended task can be looked up for five minutes, or as set.
TEST(ConformanceTasksTest, AnEndedTaskIsKeptForAWhile) {
  World world;
  const AgentId ann = world.AddAvailable("ann");
  const TaskId task = world.At(world.Serve(ann, "c@x")).live_task;
  world.Do(Complete{task, ann});
  world.Pass(300s - 1ms);
  EXPECT_NE(world.engine().Find(task), nullptr);
  EXPECT_EQ(world.Try(Complete{task, ann}), Refusal::kGone);
  world.Pass(1ms);
  EXPECT_EQ(world.engine().Find(task), nullptr);
  EXPECT_EQ(world.Try(Complete{task, ann}), Refusal::kGone);
}

// E-23: how long is a setting, and a history does not depend on it.
TEST(ConformanceTasksTest, HowLongAnEndedTaskIsKeptIsASetting) {
  Settings settings = LeaveAndPauseOn();
  settings.task.retention = Duration::zero();
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  EXPECT_EQ(world.engine().Find(world.At(c).last_task), nullptr);
  EXPECT_EQ(world.engine().History(c).size(), 1u);
}

// B1 T17: a task's priority and age can be changed while it waits; it is placed anew,
TEST(ConformanceTasksTest, AWaitingTaskCanBeGivenAnotherPlaceInLine) {
  World world;
  const TaskId first = world.At(world.Write("first@x")).live_task;
  world.Pass(1s);
  const TaskId second = world.At(world.Write("second@x")).live_task;
  EXPECT_THAT(world.engine().WaitingIn(world.support()), ElementsAre(first, second));
  world.Do(UpdateTask{second, {.waited = 2s}});
  EXPECT_THAT(world.engine().WaitingIn(world.support()), ElementsAre(second, first));
  world.Do(UpdateTask{first, {.priority = 1}});
  EXPECT_EQ(world.Only<TaskUpdated>().task, first);
  EXPECT_THAT(world.engine().WaitingIn(world.support()), ElementsAre(first, second));
}

// B1 T17: ... and so can its queue and what it needs: who fits now is asked.
TEST(ConformanceTasksTest, AWaitingTaskCanBeSentElsewhere) {
  World world;
  const SkillSet french = world.AddSkillNamed("french");
  const QueueId paris = world.AddQueueNamed("paris", french);
  world.Do(Message{Medium::kEmail, "c@x", "shop", 1, {.queue = paris}});
  const TaskId task = world.Only<TaskCreated>().task;
  const AgentId ann = world.AddAvailable("ann");
  EXPECT_THAT(world.engine().WorklistOf(ann).offers, IsEmpty());
  world.Do(UpdateTask{task, {.queue = world.support()}});
  EXPECT_EQ(world.Only<ReservationCreated>(),
            (ReservationCreated{world.At(task).reservation, task, ann}));
}

// B1 T19, B5 C14: an assigned task can be sent to another queue; the sender wraps up at once.
TEST(ConformanceTasksTest, AnAssignedTaskCanBeTransferredToAnotherQueue) {
  World world;
  const QueueId billing = world.AddQueueNamed("billing");
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.Serve(ann, "c@x");
  const TaskId old = world.At(c).live_task;
  EXPECT_EQ(world.Try(Transfer{c, ann, ann}), Refusal::kOutOfRange);
  world.Do(Transfer{c, ann, AgentId(), {.queue = billing}});
  EXPECT_THAT(world.Trace(), ElementsAre("ParticipantLeft", "ReservationWrapUp", "TaskWrapUp",
                                         "ChannelChanged", "TaskCreated", "TaskQueued"));
  EXPECT_EQ(world.At(old).state, TaskState::kWrapping);
  EXPECT_EQ(world.Only<TaskCreated>().queue, billing);
  EXPECT_EQ(world.Only<TaskCreated>().previous, old);
  EXPECT_EQ(world.At(c).state, ChannelState::kTransfer);
}

// E-22: the order in line is priority, then age, then arrival.
TEST(ConformanceTasksTest, TheOrderInLineIsPriorityThenAgeThenArrival) {
  World world;
  const auto write = [&](std::string customer, const Route& route) {
    world.Do(Message{Medium::kEmail, customer, "shop", 1, route});
    return world.Only<TaskCreated>().task;
  };
  const QueueId q = world.support();
  const TaskId plain = write("a", {.queue = q});
  const TaskId same = write("b", {.queue = q});
  const TaskId waited = write("c", {.queue = q, .waited = 1ms});
  const TaskId urgent = write("d", {.queue = q, .priority = 1});
  EXPECT_THAT(world.engine().WaitingIn(q), ElementsAre(urgent, waited, plain, same));
  world.AddAvailable("ann");
  EXPECT_EQ(world.Only<ReservationCreated>().task, urgent);
}

}  // namespace
}  // namespace parley
