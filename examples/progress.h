// examples/progress.h — a progress bar on a terminal, and nothing elsewhere.

#ifndef PARLEY_EXAMPLES_PROGRESS_H_
#define PARLEY_EXAMPLES_PROGRESS_H_

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace parley::examples {

class Progress {
 public:
  // `whole` of something called `unit` is to be done.
  Progress(uint64_t whole, std::string_view unit)
      : whole_(std::max<uint64_t>(whole, 1)), unit_(unit), shown_(isatty(STDERR_FILENO) == 1) {}
  ~Progress() {
    if (shown_) fmt::print(stderr, "\r{:80}\r", "");
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Show(uint64_t done) const {
    if (!shown_) return;
    constexpr uint64_t kWidth = 40;
    const uint64_t full = std::min(done, whole_) * kWidth / whole_;
    fmt::print(stderr, "\r[{:<{}}] {} of {} {}", std::string(full, '#'), kWidth, done, whole_,
               unit_);
    std::fflush(stderr);
  }

 private:
  uint64_t whole_;
  std::string unit_;
  bool shown_;
};

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_PROGRESS_H_
