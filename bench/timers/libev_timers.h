// The timers of libev, a heap with four children; see own_timers.h.

#ifndef PARLEY_BENCH_TIMERS_LIBEV_TIMERS_H_
#define PARLEY_BENCH_TIMERS_LIBEV_TIMERS_H_

#include <ev.h>

#include <cstdint>
#include <vector>

#include "parley/base/check.h"
#include "timers/fired.h"
#include "timers/virtual_clock.h"

namespace parley {

class LibevTimers {
 public:
  static constexpr const char* kName = "libev";

  explicit LibevTimers(uint32_t slots) : timers_(slots), loop_(ev_loop_new(EVBACKEND_EPOLL)) {
    PARLEY_CHECK(loop_ != nullptr);
    for (ev_timer& timer : timers_) {
      timer.cb = &LibevTimers::OnTimer;
      timer.data = this;
    }
  }
  ~LibevTimers() { ev_loop_destroy(loop_); }
  LibevTimers(const LibevTimers&) = delete;
  LibevTimers& operator=(const LibevTimers&) = delete;

  void Set(uint32_t slot, int64_t deadline) {
    // It fires after the moment given, not at it; half a millisecond before is the same for us.
    const auto wait = static_cast<double>(deadline - VirtualTime::Milliseconds());
    timers_[slot].at = wait * 1e-3 - 5e-4;
    ev_timer_start(loop_, &timers_[slot]);
  }
  void Cancel(uint32_t slot) { ev_timer_stop(loop_, &timers_[slot]); }
  void Advance(int64_t now) {
    VirtualTime::Set(now);
    ev_run(loop_, EVRUN_NOWAIT);
  }
  const Fired& fired() const { return fired_; }

 private:
  using Loop = struct ev_loop;

  static void OnTimer(Loop*, ev_timer* timer, int) {
    auto* self = static_cast<LibevTimers*>(timer->data);
    self->fired_.Add(static_cast<uint32_t>(timer - self->timers_.data()),
                     VirtualTime::Milliseconds());
  }

  std::vector<ev_timer> timers_;
  Loop* loop_;
  Fired fired_;
};

}  // namespace parley

#endif  // PARLEY_BENCH_TIMERS_LIBEV_TIMERS_H_
