// What an engine does with a command for which there is not memory enough. With heap.h, for one
// file of a binary.

#ifndef PARLEY_TESTS_LITTLE_MEMORY_H_
#define PARLEY_TESTS_LITTLE_MEMORY_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "heap.h"
#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley {

inline bool IsOutOfMemory(const std::vector<Event>& events) {
  const auto* refused = events.empty() ? nullptr : As<Refused>(events.back());
  return refused != nullptr && refused->reason == Refusal::kOutOfMemory;
}

// The events of a command for which only so many allocations succeed.
inline std::vector<Event> ApplyWith(Engine& engine, const Command& command, size_t allocations) {
  Heap::left = allocations;
  const auto events = engine.Apply(command);
  Heap::left = SIZE_MAX;
  return {events.begin(), events.end()};
}

inline std::string TextOf(const std::vector<Event>& events) {
  std::string text;
  for (const Event& event : events) text += ToText(event) + "\n";
  return text;
}

// Tells the engine again what was refused, and lets it go on with what it could not finish. Gives
// all events but the refusals for want of memory.
inline std::vector<Event> Finish(Engine& engine, const Command& command,
                                 std::vector<Event> events) {
  while (true) {
    const bool again = IsOutOfMemory(events);
    if (again) events.pop_back();
    if (!again && engine.NextWake() > engine.Now()) return events;
    const auto more = engine.Apply(again ? command : Command(Advance{}));
    events.insert(events.end(), more.begin(), more.end());
  }
}

// Fails the n-th allocation of this command, and all after it, for every n. Gives how many there
// are.
inline size_t FailEach(const Engine& before, const ManualClock& clock, const ReroutePolicy& policy,
                       const Command& command) {
  Engine whole = before.Fork(clock, policy);
  const std::string events = TextOf(ApplyWith(whole, command, SIZE_MAX));
  for (size_t n = 0;; ++n) {
    Engine engine = before.Fork(clock, policy);
    const std::vector<Event> some = ApplyWith(engine, command, n);
    const bool none_done = IsOutOfMemory(some) && some.size() == 1;
    if (none_done && clock.Now() == before.Now()) {
      EXPECT_EQ(engine.Digest(), before.Digest()) << n << " " << ToText(command);
    }
    const bool complete = !IsOutOfMemory(some) && engine.NextWake() > engine.Now();
    EXPECT_EQ(TextOf(Finish(engine, command, some)), events) << n << " " << ToText(command);
    EXPECT_EQ(engine.Digest(), whole.Digest()) << n << " " << ToText(command);
    EXPECT_TRUE(engine.Audit().ok()) << engine.Audit() << n << " " << ToText(command);
    if (testing::Test::HasFailure() || complete) return n;
  }
}

}  // namespace parley

#endif  // PARLEY_TESTS_LITTLE_MEMORY_H_
