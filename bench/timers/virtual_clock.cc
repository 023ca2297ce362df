// bench/timers/virtual_clock.cc — the calls of the C library by which event libraries learn the
// time and wait for it, answered by the program itself.

#include "timers/virtual_clock.h"

#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

using parley::VirtualTime;

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  if (!VirtualTime::Rules()) return static_cast<int>(syscall(SYS_clock_gettime, clock, now));
  constexpr int64_t kLongAfterTheStart = 1'000'000;  // Seconds: a zero would mean "not read yet".
  now->tv_sec = kLongAfterTheStart + VirtualTime::Milliseconds() / 1000;
  now->tv_nsec = VirtualTime::Milliseconds() % 1000 * 1'000'000;
  return 0;
}

int epoll_wait(int, epoll_event*, int, int) { return 0; }
int epoll_pwait(int, epoll_event*, int, int, const sigset_t*) { return 0; }
int epoll_ctl(int, int, int, epoll_event*) noexcept { return 0; }

// Whoever would be woken by the kernel's timers looks at the clock in every turn instead.
int timerfd_create(clockid_t, int) noexcept {
  errno = EINVAL;
  return -1;
}

}  // extern "C"
