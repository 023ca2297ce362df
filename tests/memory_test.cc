// tests/memory_test.cc — what an engine does when there is no memory: a command that cannot be
// carried out is refused and changes nothing, what cannot be done of time and routing is done by
// the next call, and nothing is lost.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "history.h"
#include "little_memory.h"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr uint64_t kHistories = 1;
#else
constexpr uint64_t kHistories = 6;
#endif

namespace parley {
namespace {

TEST(MemoryTest, WhateverAllocationFailsTheCommandIsRefusedOrDoneAndNothingIsLost) {
  size_t failed = 0;
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    Replay replay(seed);
    for (size_t i = 0; i < replay.history.told.size(); ++i) {
      const Told& told = replay.history.told[i];
      replay.clock.Set(told.at);
      if (i % 4 == 0)
        failed += FailEach(replay.engine, replay.clock, *replay.history.policy, told.command);
      ASSERT_FALSE(HasFailure()) << "seed " << seed << ", command " << i;
      replay.engine.Apply(told.command);
    }
  }
  EXPECT_GT(failed, 8'000 * kHistories);
}

// An engine that never gets memory at the first attempt, beside one that always does.
TEST(MemoryTest, AnEngineThatIsAlwaysToldTwiceIsNoDifferent) {
  size_t refused = 0;
  for (uint64_t seed = 100; seed < 100 + 7 * kHistories; ++seed) {
    Replay replay(seed);
    for (const Told& told : replay.history.told) {
      replay.clock.Set(told.at);
      const std::vector<Event> some = ApplyWith(replay.engine, told.command, 0);
      refused += IsOutOfMemory(some) ? 1u : 0u;
      ASSERT_EQ(TextOf(Finish(replay.engine, told.command, some)), TextOf(told.events)) << seed;
      ASSERT_EQ(replay.engine.Digest(), told.digest) << seed << " " << ToText(told.command);
    }
  }
  EXPECT_GT(refused, 100 * kHistories);
}

// A batch for which only n allocations succeed, for every n: what was not refused for want of
// memory has been done, whole and in its order, and of the others nothing has.
void FailInBatch(const Engine& before, const ManualClock& clock, const ReroutePolicy& policy,
                 const std::vector<Command>& commands) {
  for (size_t n = 0, told = 0; told < commands.size(); ++n) {
    Engine engine = before.Fork(clock, policy);
    Engine other = before.Fork(clock, policy);
    Heap::left = n;
    const Applied applied = engine.Apply(commands);
    Heap::left = SIZE_MAX;
    std::vector<Event> events;
    std::vector<Event> others;
    size_t begin = 0;
    told = 0;
    for (size_t i = 0; i < applied.ends.size(); ++i) {
      events.insert(events.end(), &applied.events[0] + begin, &applied.events[0] + applied.ends[i]);
      begin = applied.ends[i];
      if (IsOutOfMemory(events)) {
        events.pop_back();
        continue;
      }
      ++told;
      const auto more = other.Apply(commands[i]);
      others.insert(others.end(), more.begin(), more.end());
    }
    events.insert(events.end(), applied.events.begin() + static_cast<ptrdiff_t>(begin),
                  applied.events.end());
    ASSERT_EQ(TextOf(Finish(engine, Advance{}, events)), TextOf(others)) << n;
    ASSERT_EQ(engine.Digest(), other.Digest()) << n;
    ASSERT_TRUE(engine.Audit().ok()) << n;
  }
}

TEST(MemoryTest, ABatchIsCarriedOutAsFarAsThereIsMemory) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    Replay replay(seed);
    const auto& all = replay.history.told;
    for (size_t begin = 0; begin + 25 <= all.size(); begin += 25) {
      replay.clock.Set(std::max(replay.clock.Now(), replay.engine.Now()));
      std::vector<Command> commands;
      for (size_t i = begin; i < begin + 25; ++i) commands.push_back(all[i].command);
      if (begin % 100 == 0)
        FailInBatch(replay.engine, replay.clock, *replay.history.policy, commands);
      ASSERT_FALSE(HasFatalFailure()) << "seed " << seed << ", commands from " << begin;
      for (size_t i = begin; i < begin + 25; ++i) {
        replay.clock.Set(all[i].at);
        replay.engine.Apply(all[i].command);
      }
    }
  }
}

}  // namespace
}  // namespace parley
