// Floor 0 · base/time.h — what a moment is.
//
// Time comes in through one door, an injected Clock, and only the engine's front door opens it:
// once per command. EngineClock therefore has no now(), and an Instant cannot be made from another
// clock's time. Clocks that read the machine's are banned here by tests/tidy_test.cc; the host's
// own is annex/wall_clock.h.

#ifndef PARLEY_BASE_TIME_H_
#define PARLEY_BASE_TIME_H_

#include <chrono>
#include <cstdint>

namespace parley {

// A clock that is only a unit: whole milliseconds since an origin the host chooses.
struct EngineClock {
  using rep = int64_t;
  using period = std::milli;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<EngineClock, duration>;
  static constexpr bool is_steady = true;
};

using Duration = EngineClock::duration;  // 20s and 250ms convert exactly; 10us does not compile.
using Instant = EngineClock::time_point;

// Where the engine's time comes from. Now() may stand still; it must not go back.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;
};

// Time that moves when told to: for tests, simulation and replay.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant now = {}) : now_(now) {}

  Instant Now() const override { return now_; }
  void Set(Instant now) { now_ = now; }
  void Pass(Duration by) { now_ += by; }

 private:
  Instant now_;
};

}  // namespace parley

#endif  // PARLEY_BASE_TIME_H_
