// The timers of libuv, a heap of linked nodes; see own_timers.h.

#ifndef PARLEY_BENCH_TIMERS_LIBUV_TIMERS_H_
#define PARLEY_BENCH_TIMERS_LIBUV_TIMERS_H_

#include <uv.h>

#include <cstdint>
#include <vector>

#include "parley/base/check.h"
#include "timers/fired.h"
#include "timers/virtual_clock.h"

namespace parley {

class LibuvTimers {
 public:
  static constexpr const char* kName = "libuv";

  explicit LibuvTimers(uint32_t slots) : timers_(slots) {
    PARLEY_CHECK(uv_loop_init(&loop_) == 0);
    for (uv_timer_t& timer : timers_) {
      uv_timer_init(&loop_, &timer);
      timer.data = this;
    }
  }
  ~LibuvTimers() {
    for (uv_timer_t& timer : timers_) uv_close(reinterpret_cast<uv_handle_t*>(&timer), nullptr);
    uv_run(&loop_, UV_RUN_NOWAIT);
    PARLEY_CHECK(uv_loop_close(&loop_) == 0);
  }
  LibuvTimers(const LibuvTimers&) = delete;
  LibuvTimers& operator=(const LibuvTimers&) = delete;

  void Set(uint32_t slot, int64_t deadline) {
    uv_timer_start(&timers_[slot], &LibuvTimers::OnTimer,
                   static_cast<uint64_t>(deadline - VirtualTime::Milliseconds()), 0);
  }
  void Cancel(uint32_t slot) { uv_timer_stop(&timers_[slot]); }
  void Advance(int64_t now) {
    VirtualTime::Set(now);
    uv_run(&loop_, UV_RUN_NOWAIT);
  }
  const Fired& fired() const { return fired_; }

 private:
  static void OnTimer(uv_timer_t* timer) {
    auto* self = static_cast<LibuvTimers*>(timer->data);
    self->fired_.Add(static_cast<uint32_t>(timer - self->timers_.data()),
                     VirtualTime::Milliseconds());
  }

  std::vector<uv_timer_t> timers_;
  uv_loop_t loop_;
  Fired fired_;
};

}  // namespace parley

#endif  // PARLEY_BENCH_TIMERS_LIBUV_TIMERS_H_
