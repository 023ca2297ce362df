// A clock that stands still until it is told to jump, for timers of event libraries.
//
// The libraries read clock_gettime and ask epoll what is ready. The program defines both
// (virtual_clock.cc), and the linker takes the program's own: so the timers are the library's real
// ones, they meet their deadlines without anybody waiting, and the kernel is never asked, which is
// to the libraries' advantage.

#ifndef PARLEY_BENCH_TIMERS_VIRTUAL_CLOCK_H_
#define PARLEY_BENCH_TIMERS_VIRTUAL_CLOCK_H_

#include <cstdint>

namespace parley {

// While one of these lives, every clock of the process shows the virtual time.
class VirtualTime {
 public:
  VirtualTime() { ++scopes_; }
  ~VirtualTime() { --scopes_; }
  VirtualTime(const VirtualTime&) = delete;
  VirtualTime& operator=(const VirtualTime&) = delete;

  static bool Rules() { return scopes_ != 0; }
  static int64_t Milliseconds() { return now_; }
  static void Set(int64_t milliseconds) { now_ = milliseconds; }

 private:
  static inline int scopes_ = 0;
  static inline int64_t now_ = 0;
};

}  // namespace parley

#endif  // PARLEY_BENCH_TIMERS_VIRTUAL_CLOCK_H_
