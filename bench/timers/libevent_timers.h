// The timers of libevent, a binary heap; see own_timers.h.

#ifndef PARLEY_BENCH_TIMERS_LIBEVENT_TIMERS_H_
#define PARLEY_BENCH_TIMERS_LIBEVENT_TIMERS_H_

#include <event2/event.h>
#include <event2/event_struct.h>

#include <cstdint>
#include <vector>

#include "parley/base/check.h"
#include "timers/fired.h"
#include "timers/virtual_clock.h"

namespace parley {

class LibeventTimers {
 public:
  static constexpr const char* kName = "libevent";

  explicit LibeventTimers(uint32_t slots) : base_(event_base_new()), slots_(slots) {
    PARLEY_CHECK(base_ != nullptr);
    for (Slot& slot : slots_) {
      slot.owner = this;
      evtimer_assign(&slot.timer, base_, &LibeventTimers::OnTimer, &slot);
    }
  }
  ~LibeventTimers() {
    for (Slot& slot : slots_) evtimer_del(&slot.timer);  // In no order: faster than the base is.
    event_base_free(base_);
  }
  LibeventTimers(const LibeventTimers&) = delete;
  LibeventTimers& operator=(const LibeventTimers&) = delete;

  void Set(uint32_t slot, int64_t deadline) {
    const int64_t wait = deadline - VirtualTime::Milliseconds();
    const timeval after{wait / 1000, wait % 1000 * 1000};
    evtimer_add(&slots_[slot].timer, &after);
  }
  void Cancel(uint32_t slot) { evtimer_del(&slots_[slot].timer); }
  void Advance(int64_t now) {
    VirtualTime::Set(now);
    event_base_loop(base_, EVLOOP_NONBLOCK);
  }
  const Fired& fired() const { return fired_; }

 private:
  struct Slot {
    event timer;
    LibeventTimers* owner;
  };

  static void OnTimer(evutil_socket_t, short, void* data) {
    auto* slot = static_cast<Slot*>(data);
    slot->owner->fired_.Add(static_cast<uint32_t>(slot - slot->owner->slots_.data()),
                            VirtualTime::Milliseconds());
  }

  event_base* base_;
  std::vector<Slot> slots_;
  Fired fired_;
};

}  // namespace parley

#endif  // PARLEY_BENCH_TIMERS_LIBEVENT_TIMERS_H_
