// The timers of Boost.Asio, a binary heap and an operation on the free store for each; see
// own_timers.h.

#ifndef PARLEY_BENCH_TIMERS_ASIO_TIMERS_H_
#define PARLEY_BENCH_TIMERS_ASIO_TIMERS_H_

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <vector>

#include "timers/fired.h"
#include "timers/virtual_clock.h"

namespace parley {

// The virtual time as a clock of the standard library's kind.
struct VirtualSteadyClock {
  using duration = std::chrono::milliseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<VirtualSteadyClock>;
  static constexpr bool is_steady = true;
  static time_point now() { return time_point(duration(VirtualTime::Milliseconds())); }
};

class AsioTimers {
 public:
  static constexpr const char* kName = "boost_asio";

  explicit AsioTimers(uint32_t slots) {
    timers_.reserve(slots);
    for (uint32_t i = 0; i < slots; ++i) timers_.emplace_back(context_);
  }

  void Set(uint32_t slot, int64_t deadline) {
    timers_[slot].expires_at(Moment(VirtualSteadyClock::duration(deadline)));
    timers_[slot].async_wait([this, slot](const boost::system::error_code& error) {
      if (!error) fired_.Add(slot, VirtualTime::Milliseconds());
    });
  }
  void Cancel(uint32_t slot) { timers_[slot].cancel(); }
  void Advance(int64_t now) {
    VirtualTime::Set(now);
    context_.restart();
    context_.poll();
  }
  const Fired& fired() const { return fired_; }

 private:
  using Moment = VirtualSteadyClock::time_point;
  using Timer = boost::asio::basic_waitable_timer<VirtualSteadyClock>;

  boost::asio::io_context context_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE};  // Locks nothing.
  std::vector<Timer> timers_;
  Fired fired_;
};

}  // namespace parley

#endif  // PARLEY_BENCH_TIMERS_ASIO_TIMERS_H_
