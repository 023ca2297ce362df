// A wheel beside a model that is obviously right, for tests that stop and pop timers at will.

#ifndef PARLEY_TESTS_ARMED_TIMERS_H_
#define PARLEY_TESTS_ARMED_TIMERS_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "parley/timer/timer_wheel.h"

namespace parley {

// Timers with the ids under which they can be stopped, beside a model: a multimap keeps equal keys
// in the order they came.
struct ArmedTimers {
  explicit ArmedTimers(uint32_t reserved = 0) {
    if (reserved > 0) wheel.Reserve(reserved);
  }

  void Arm(Instant deadline) {
    const TimerId id = wheel.Arm(deadline, armed.size());
    const auto place = model.emplace(std::max(deadline, wheel.now()), armed.size());
    armed.push_back({id, place, tags.size()});
    tags.push_back(place->second);
  }
  void StopAt(size_t pick) {
    const Armed& timer = armed[tags[pick]];
    ASSERT_TRUE(wheel.Disarm(timer.id));
    model.erase(timer.place);
    Forget(pick);
  }
  // Those due until then, or so many of them.
  void Advance(Instant now, size_t most = SIZE_MAX) {
    for (; most > 0; --most) {
      const auto due = wheel.PopDue(now);
      if (!due) break;
      ASSERT_FALSE(model.empty());
      ASSERT_EQ(due->deadline, model.begin()->first);
      ASSERT_EQ(due->tag, model.begin()->second);
      model.erase(model.begin());
      Forget(armed[due->tag].pick);
    }
    ASSERT_TRUE(most == 0 || model.empty() || model.begin()->first > now);
  }
  void ExpectAlike() const {
    std::vector<std::pair<Instant, uint64_t>> listed;
    wheel.ForEach([&](Instant deadline, uint64_t tag) { listed.emplace_back(deadline, tag); });
    const std::vector<std::pair<Instant, uint64_t>> expected(model.begin(), model.end());
    ASSERT_EQ(listed, expected);
    ASSERT_EQ(wheel.size(), model.size());
    ASSERT_LE(wheel.NextWake(), model.empty() ? Instant::max() : model.begin()->first);
  }
  void Forget(size_t pick) {
    armed[tags.back()].pick = pick;
    tags[pick] = tags.back();
    tags.pop_back();
  }

  using Model = std::multimap<Instant, uint64_t>;
  struct Armed {
    TimerId id;
    Model::iterator place;
    size_t pick;  // Where its tag stands.
  };

  TimerWheel wheel{Instant{}};
  Model model;
  std::vector<Armed> armed;    // By tag; of those that were stopped or popped, too.
  std::vector<uint64_t> tags;  // Of those that can be stopped.
};

}  // namespace parley

#endif  // PARLEY_TESTS_ARMED_TIMERS_H_
