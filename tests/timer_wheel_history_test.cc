// Every boundary of every level of a TimerWheel; then random histories, against a model that is too
// simple to be wrong, and against the same history with its advances cut finer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "parley/timer/timer_wheel.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

using Listed = std::vector<std::pair<Instant, uint64_t>>;

constexpr Instant kStart{};

std::vector<uint64_t> PopAll(TimerWheel& wheel, Instant now) {
  std::vector<uint64_t> tags;
  while (const auto due = wheel.PopDue(now)) tags.push_back(due->tag);
  return tags;
}

Listed ListOf(const TimerWheel& wheel) {
  Listed timers;
  wheel.ForEach([&timers](Instant deadline, uint64_t tag) { timers.emplace_back(deadline, tag); });
  return timers;
}

// The moment `by` milliseconds after `from`, or the end of time if that is nearer.
Instant Later(Instant from, uint64_t by) {
  const auto count = static_cast<uint64_t>(from.time_since_epoch().count());
  const uint64_t room = static_cast<uint64_t>(INT64_MAX) - count;
  return Instant(Duration(static_cast<int64_t>(count + std::min(by, room))));
}

// Any order of magnitude is as likely as any other, so every level gets its share.
uint64_t AnyScale(std::mt19937_64& random, uint32_t max_bits) {
  const auto bits = static_cast<uint32_t>(random() % (max_bits + 1));
  return bits == 0 ? 0 : random() >> (64 - bits);
}

// ---- Every boundary ----------------------------------------------------------------------------

// Starts at, just before and just after the places where digits turn over, and some in between.
std::vector<Instant> Starts() {
  std::vector<Instant> starts = {Instant::min(), Instant(Duration(1'753'000'123'456))};
  for (const int64_t around :
       {int64_t{0}, int64_t{1} << 12, int64_t{1} << 36, -(int64_t{1} << 60)}) {
    for (int64_t off = -2; off <= 2; ++off) starts.push_back(Instant(Duration(around + off)));
  }
  return starts;
}

// Two milliseconds either side of every multiple of 64^level that is one, two, 63 and 64 away, and
// of every such distance.
std::vector<Instant> BoundariesAfter(Instant start) {
  std::set<Instant> found;
  const auto base = static_cast<uint64_t>(start.time_since_epoch().count());
  for (uint32_t level = 0; level <= 10; ++level) {
    const uint64_t unit = uint64_t{1} << (6 * level);
    for (const uint64_t times : {1u, 2u, 63u, 64u}) {
      if (times > UINT64_MAX / 4 / unit) continue;
      for (const uint64_t distance : {times * unit, times * unit - base % unit}) {
        for (uint64_t off = 0; off <= 4; ++off) found.insert(Later(start, distance + off - 2));
      }
    }
  }
  std::erase_if(found, [start](Instant t) { return t < start; });
  return {found.begin(), found.end()};
}

void ExpectExact(Instant start, Instant deadline) {
  TimerWheel wheel(start);
  wheel.Arm(deadline, 1);
  if (deadline > start) {
    ASSERT_THAT(PopAll(wheel, deadline - 1ms), IsEmpty());
  }
  ASSERT_EQ(ListOf(wheel), Listed({{deadline, 1}}));
  ASSERT_LE(wheel.NextWake(), deadline);
  ASSERT_THAT(PopAll(wheel, deadline), ElementsAre(1))
      << start.time_since_epoch().count() << " to " << deadline.time_since_epoch().count();
}

TEST(TimerWheelBoundaryTest, NoTimerIsEarlyOrLateAtTheEdgeOfAnyLevel) {
  for (const Instant start : Starts()) {
    for (const Instant deadline : BoundariesAfter(start)) {
      ASSERT_NO_FATAL_FAILURE(ExpectExact(start, deadline));
    }
  }
}

TEST(TimerWheelBoundaryTest, TheDeadlinesOfTheDomainAreExact) {
  for (const Instant start : Starts()) {
    for (const Duration delay :
         {Duration(30s), Duration(2min), Duration(24h * 14), Duration(24h * 90)}) {
      for (const Duration off : {-1ms, 0ms, 1ms}) {
        ASSERT_NO_FATAL_FAILURE(ExpectExact(start, start + delay + off));
      }
    }
  }
}

// All boundaries in one wheel, each armed twice, the last first: one jump to the end of time must
// give them by deadline and then by arming order.
TEST(TimerWheelBoundaryTest, OneJumpGivesAllBoundariesInOrder) {
  for (const Instant start : Starts()) {
    const std::vector<Instant> boundaries = BoundariesAfter(start);
    TimerWheel wheel(start);
    for (const uint64_t copy : {0u, 1u}) {
      for (uint64_t i = boundaries.size(); i-- > 0;) wheel.Arm(boundaries[i], 2 * i + copy);
    }
    for (uint64_t i = 0; i < 2 * boundaries.size(); ++i) {
      const auto due = wheel.PopDue(Instant::max());
      ASSERT_TRUE(due.has_value());
      ASSERT_EQ(due->tag, i);
      ASSERT_EQ(due->deadline, boundaries[i / 2]);
    }
    ASSERT_FALSE(wheel.PopDue(Instant::max()).has_value());
  }
}

// ---- Random histories --------------------------------------------------------------------------

// The model: a multimap from deadline to tag, which keeps equal keys in insertion order.
struct Model {
  using Timers = std::multimap<Instant, uint64_t>;

  Timers timers;
  std::vector<std::pair<TimerId, Timers::iterator>> armed;
  std::vector<TimerId> dead;

  void Kill(size_t pick) {
    dead.push_back(armed[pick].first);
    timers.erase(armed[pick].second);
    armed[pick] = armed.back();
    armed.pop_back();
  }
  void KillFirst() {
    const auto is_first = [this](const auto& a) { return a.second == timers.begin(); };
    Kill(static_cast<size_t>(std::find_if(armed.begin(), armed.end(), is_first) - armed.begin()));
  }
};

void ExpectAlike(const TimerWheel& wheel, const Model& model) {
  ASSERT_EQ(wheel.size(), model.timers.size());
  const Instant first = model.timers.empty() ? Instant::max() : model.timers.begin()->first;
  ASSERT_LE(wheel.NextWake(), first);
  ASSERT_EQ(wheel.DueNow(), first == wheel.now() && !model.timers.empty());
  Model::Timers listed;
  wheel.ForEach([&listed](Instant deadline, uint64_t tag) { listed.emplace(deadline, tag); });
  ASSERT_EQ(listed, model.timers);
}

class WheelAgainstModelTest : public testing::TestWithParam<uint32_t> {};

TEST_P(WheelAgainstModelTest, AgreesOnEveryStepOfARandomHistory) {
  std::mt19937_64 random(GetParam());  // Specified by the standard: one seed, one history.
  Instant now = GetParam() % 3 == 0 ? Instant::min() : kStart + Duration(AnyScale(random, 50));
  const uint32_t step_bits = 8 + GetParam() % 5 * 8;  // Some histories take years, some seconds.
  TimerWheel wheel(now);
  Model model;
  std::set<std::pair<uint32_t, uint32_t>> ids;
  for (uint64_t step = 0; step < 3'000; ++step) {
    const uint64_t dice = random() % 10;
    if (dice < 5 && model.armed.size() < 200) {
      const bool shared = dice == 0 && !model.timers.empty();
      const Instant deadline =
          shared ? model.timers.rbegin()->first : Later(now, AnyScale(random, 63));
      const TimerId id = wheel.Arm(deadline, step);
      ASSERT_TRUE(ids.insert({id.slot, id.generation}).second) << "given twice";
      model.armed.emplace_back(id, model.timers.emplace(deadline, step));
    } else if (dice < 7 && !model.armed.empty()) {
      const size_t pick = random() % model.armed.size();
      ASSERT_TRUE(wheel.Disarm(model.armed[pick].first));
      model.Kill(pick);
    } else {
      now = Later(now, AnyScale(random, step_bits));
      while (const auto due = wheel.PopDue(now)) {
        ASSERT_FALSE(model.timers.empty());
        ASSERT_EQ(due->deadline, model.timers.begin()->first) << "step " << step;
        ASSERT_EQ(due->tag, model.timers.begin()->second) << "step " << step;
        model.KillFirst();
        ASSERT_NO_FATAL_FAILURE(ExpectAlike(wheel, model)) << "step " << step;
      }
      ASSERT_TRUE(model.timers.empty() || model.timers.begin()->first > now);
      ASSERT_TRUE(model.timers.empty() || wheel.NextWake() > now);
      ASSERT_EQ(wheel.now(), now);
    }
    if (!model.dead.empty()) {
      ASSERT_FALSE(wheel.Disarm(model.dead[random() % model.dead.size()]));
    }
    ASSERT_NO_FATAL_FAILURE(ExpectAlike(wheel, model)) << "step " << step;
  }
}

// One wheel makes each advance at once, the other in pieces; due timers are armed again now and
// then, as the engine would. Neither what comes out nor what ForEach lists may differ. Restoring a
// third wheel from the list must give the same list.
TEST_P(WheelAgainstModelTest, CuttingAnAdvanceChangesNothing) {
  std::mt19937_64 random(GetParam());
  const uint32_t step_bits = 8 + GetParam() % 5 * 8;
  TimerWheel whole(kStart);
  TimerWheel cut(kStart);
  Instant deadline = kStart;
  std::vector<std::pair<TimerId, TimerId>> ids;
  const auto advance = [](TimerWheel& wheel, Instant now, Listed& out) {
    while (const auto due = wheel.PopDue(now)) {
      out.emplace_back(due->deadline, due->tag);
      if (due->tag % 4 == 0) wheel.Arm(Later(due->deadline, due->tag * 37), due->tag + 1);
    }
  };
  for (uint64_t step = 0; step < 2'000; ++step) {
    const uint64_t dice = random() % 10;
    if (dice < 6) {
      // Now and then the last deadline again, passed or not: order within a deadline counts too.
      if (dice != 0) deadline = Later(whole.now(), AnyScale(random, 45));
      const TimerId id = whole.Arm(deadline, step);
      ids.emplace_back(id, cut.Arm(deadline, step));
    } else if (dice < 8 && !ids.empty()) {
      const auto& [id, twin] = ids[random() % ids.size()];
      ASSERT_EQ(whole.Disarm(id), cut.Disarm(twin));
    } else {
      const Instant end = Later(whole.now(), AnyScale(random, step_bits));
      Listed once;
      Listed in_pieces;
      advance(whole, end, once);
      while (cut.now() < end) {
        const auto left = static_cast<uint64_t>((end - cut.now()).count());
        advance(cut, Later(cut.now(), 1 + AnyScale(random, 40) % left), in_pieces);
      }
      advance(cut, end, in_pieces);
      ASSERT_EQ(once, in_pieces) << "step " << step;
    }
    ASSERT_EQ(ListOf(whole), ListOf(cut)) << "step " << step;
    ASSERT_EQ(whole.NextWake(), cut.NextWake());
    if (step % 100 != 0) continue;
    TimerWheel restored(whole.now());
    for (const auto& [when, tag] : ListOf(whole)) restored.Arm(when, tag);
    ASSERT_EQ(ListOf(restored), ListOf(whole)) << "step " << step;
    ASSERT_EQ(restored.NextWake(), whole.NextWake());
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, WheelAgainstModelTest, testing::Range(0u, 50u));

}  // namespace
}  // namespace parley
