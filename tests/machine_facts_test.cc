// tests/machine_facts_test.cc — what the machines promise of their rows' order and pairs.
// Each is checked over all rows, so that a new row cannot break it unseen. What can be said of each
// row by itself is checked by the compiler, beside the tables (machine/*.h).

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>

#include "parley/annex/diagram.h"
#include "parley/machine/channel_machine.h"
#include "parley/machine/presence_machine.h"
#include "parley/machine/reservation_machine.h"
#include "parley/machine/task_machine.h"

namespace parley {
namespace {

// The row does both, the first one first.
template <class Row>
bool InOrder(const Row& row, typename Row::Effect first, typename Row::Effect second) {
  const auto a = std::ranges::find(row.does, first);
  const auto b = std::ranges::find(row.does, second);
  return b != row.does.end() && a < b;
}

// The last effect of a row; none for a row without.
template <class Row>
typename Row::Effect Last(const Row& row) {
  typename Row::Effect last{};
  for (const auto effect : row.does) {
    if (effect != typename Row::Effect{}) last = effect;
  }
  return last;
}

template <class T>
bool IsOneOf(T value, std::initializer_list<T> values) {
  return std::ranges::find(values, value) != values.end();
}

// ---- The channel ----

namespace channel {
using S = ChannelState;
using T = ChannelTrigger;
using G = ChannelGuard;
using E = ChannelEffect;

TEST(ChannelMachineTest, WhileItIsOpenTheCustomerCanWriteAndTheHostCanCloseIt) {
  for (size_t i = 0; i < ChannelMachine::kStates; ++i) {
    const auto state = static_cast<S>(i);
    EXPECT_EQ(Allows<ChannelMachine>(state, T::kMessage), !IsOver(state)) << Name(state);
    EXPECT_EQ(Allows<ChannelMachine>(state, T::kClose), !IsOver(state)) << Name(state);
  }
}

TEST(ChannelMachineTest, ACustomersMessageIsNeverLost) {
  for (const auto& row : ChannelMachine::kRows) {
    EXPECT_EQ(row.does[0] == E::kAppend, IsOneOf(row.on, {T::kMessage, T::kReply})) << RowText(row);
  }
}

TEST(ChannelMachineTest, AReplyAfterLeaveIsReroutedAndAReplyDuringPauseIsNot) {
  for (const auto& row : ChannelMachine::kRows) {
    if (row.on != T::kMessage) continue;
    EXPECT_TRUE(row.from != S::kInactive || Does(row, E::kReroute)) << RowText(row);
    EXPECT_TRUE(row.from != S::kPause || !Does(row, E::kReroute)) << RowText(row);
  }
}

TEST(ChannelMachineTest, AConversationEndsExactlyWhenItsChannelComesToAnEnd) {
  for (const auto& row : ChannelMachine::kRows) {
    EXPECT_EQ(Last(row) == E::kEnd, IsOver(row.to)) << RowText(row);
  }
}

// R-LV-05, B10: first he is out, then his task wraps up or is complete, then the channel changes.
TEST(ChannelMachineTest, AnAgentIsOutBeforeHisTaskEndsAndThatBeforeTheChannelChanges) {
  for (const auto& row : ChannelMachine::kRows) {
    for (const E end : {E::kWrapUp, E::kComplete, E::kWrapUpAndComplete, E::kEndTasks}) {
      if (!Does(row, end)) continue;
      EXPECT_TRUE(InOrder(row, E::kRemoveAgent, end) || row.from == S::kTransfer) << RowText(row);
      EXPECT_TRUE(InOrder(row, end, E::kAnnounce) || row.from == row.to) << RowText(row);
    }
  }
}

TEST(ChannelMachineTest, ANewTaskIsQueuedOrGivenToTheOwnerAtOnce) {
  for (const auto& row : ChannelMachine::kRows) {
    const auto created = std::ranges::find(row.does, E::kCreateTask);
    if (created == row.does.end()) continue;
    ASSERT_NE(created + 1, row.does.end()) << RowText(row);
    const bool follows = IsOneOf(*(created + 1), {E::kQueueTask, E::kGiveToOwner, E::kGive});
    EXPECT_TRUE(follows) << RowText(row);
  }
}

TEST(ChannelMachineTest, OnlyAnOpenChannelIsRerouted) {
  for (const auto& row : ChannelMachine::kRows) {
    EXPECT_TRUE(!Does(row, E::kReroute) || row.to == S::kActive) << RowText(row);
  }
}

TEST(ChannelMachineTest, AResumedChannelGoesToItsOwnerOnlyIfHeHasRoom) {
  for (const auto& row : ChannelMachine::kRows) {
    EXPECT_EQ(Does(row, E::kGiveToOwner), row.on == T::kResume && row.when == G::kOwnerHasRoom)
        << RowText(row);
  }
}

TEST(ChannelMachineTest, NobodyLeavesOrPausesButFromAnActiveChannel) {
  for (const auto& row : ChannelMachine::kRows) {
    if (IsOneOf(row.on, {T::kLeave, T::kPause, T::kTransfer, T::kReply})) {
      EXPECT_EQ(row.from, S::kActive) << RowText(row);
    }
  }
}
}  // namespace channel

// ---- The task ----

namespace task {
using S = TaskState;
using T = TaskTrigger;
using E = TaskEffect;

TEST(TaskMachineTest, ItsEndIsToldOnceAndThenItRetires) {
  for (const auto& row : TaskMachine::kRows) {
    EXPECT_EQ(Does(row, E::kTellCompleted), row.to == S::kCompleted) << RowText(row);
    EXPECT_EQ(Does(row, E::kTellCanceled), row.to == S::kCanceled) << RowText(row);
    EXPECT_EQ(Last(row) == E::kRetire, IsOver(row.to)) << RowText(row);
  }
}

// The offer of a task that is canceled by others is canceled with it; one that came back is over.
TEST(TaskMachineTest, AnOfferStandsExactlyWhileItIsReserved) {
  for (const auto& row : TaskMachine::kRows) {
    if (row.from == S::kPending) {
      EXPECT_EQ(Does(row, E::kOffer), row.to == S::kReserved) << RowText(row);
    }
    EXPECT_TRUE(!Does(row, E::kOffer) || row.to == S::kReserved) << RowText(row);
    EXPECT_EQ(Does(row, E::kCancelOffers),
              row.from == S::kReserved && row.to == S::kCanceled && row.on != T::kReturned)
        << RowText(row);
  }
}

TEST(TaskMachineTest, ItsAgentJoinsTheChannelExactlyWhenItIsAssigned) {
  for (const auto& row : TaskMachine::kRows) {
    const bool assigned = row.from != S::kAssigned && row.to == S::kAssigned;
    EXPECT_EQ(Does(row, E::kAssign), assigned) << RowText(row);
    EXPECT_EQ(Does(row, E::kJoinChannel), assigned) << RowText(row);
  }
}
}  // namespace task

// ---- The reservation ----

namespace reservation {
using S = ReservationState;
using T = ReservationTrigger;
using E = ReservationEffect;

TEST(ReservationMachineTest, CapacityIsFreedExactlyOnTheWayToAnEnd) {
  for (const auto& row : ReservationMachine::kRows) {
    EXPECT_EQ(row.does[0] == E::kFree, IsOver(row.to)) << RowText(row);
  }
}

// The task hears of every end but the one it asked for itself.
TEST(ReservationMachineTest, ItsTaskHearsWhatBecameOfIt) {
  for (const auto& row : ReservationMachine::kRows) {
    const bool offered = IsOneOf(row.from, {S::kPending, S::kOnHold});
    EXPECT_EQ(Last(row) == E::kAssignTask, row.to == S::kAccepted) << RowText(row);
    EXPECT_EQ(Last(row) == E::kWrapUpTask, row.to == S::kWrapping) << RowText(row);
    EXPECT_EQ(Last(row) == E::kCompleteTask, row.to == S::kCompleted) << RowText(row);
    const bool wanted = !IsOneOf(row.on, {T::kCancel, T::kOutrun});
    EXPECT_EQ(Last(row) == E::kReturnTask, offered && IsOver(row.to) && wanted) << RowText(row);
  }
}

// P6: what was accepted and failed is canceled, never timed out or declined.
TEST(ReservationMachineTest, AnAcceptedOfferNeverEndsAsIfItHadNotBeen) {
  for (const auto& row : ReservationMachine::kRows) {
    if (row.from == S::kPending) continue;
    EXPECT_FALSE(IsOneOf(row.to, {S::kDeclined, S::kTimedOut})) << RowText(row);
  }
}
}  // namespace reservation

// ---- Presence ----

namespace presence {
using S = PresenceState;
using T = PresenceTrigger;
using E = PresenceEffect;

// R-LO-11, R-LO-13, R-LO-16: nothing else moves him to the logout activity.
TEST(PresenceMachineTest, OnlyTheThresholdAndHeHimselfLogHimOut) {
  for (const auto& row : PresenceMachine::kRows) {
    EXPECT_EQ(Does(row, E::kLogOut), IsOneOf(row.on, {T::kThreshold, T::kLogOut})) << RowText(row);
    if (Does(row, E::kLogOut)) {
      EXPECT_TRUE(InOrder(row, E::kRejectPending, E::kLogOut)) << RowText(row);
    }
  }
}

TEST(PresenceMachineTest, HeCanLogOutAndBeRemovedWheneverHeIsThere) {
  for (size_t i = 0; i < PresenceMachine::kStates; ++i) {
    const auto state = static_cast<S>(i);
    EXPECT_EQ(Allows<PresenceMachine>(state, T::kLogOut), !IsOver(state)) << Name(state);
    EXPECT_EQ(Allows<PresenceMachine>(state, T::kRemove), !IsOver(state)) << Name(state);
  }
}

TEST(PresenceMachineTest, HeIsRemovedWithEmptyHands) {
  for (const auto& row : PresenceMachine::kRows) {
    EXPECT_EQ(InOrder(row, E::kReleaseWork, E::kRemove), row.to == S::kRemoved) << RowText(row);
  }
}
}  // namespace presence
}  // namespace
}  // namespace parley
