// examples/report.h — what the reports of the examples are made of: counts, samples, aligned lines.

#ifndef PARLEY_EXAMPLES_REPORT_H_
#define PARLEY_EXAMPLES_REPORT_H_

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "parley/base/time.h"
#include "parley/model/event.h"

namespace parley::examples {

// How often each kind of event happened.
class EventCounts {
 public:
  void Add(const Event& event) { ++counts_[event.what.index()]; }

  template <class T>
  uint64_t Of() const {
    return counts_[Happening(T{}).index()];
  }

 private:
  std::array<uint64_t, std::variant_size_v<Happening>> counts_ = {};
};

// Lengths of time, and what is usual among them.
class Samples {
 public:
  void Add(Duration sample) {
    samples_.push_back(sample);
    sorted_ = false;
  }
  size_t size() const { return samples_.size(); }

  Duration Mean() const {
    Duration sum = Duration::zero();
    for (const Duration sample : samples_) sum += sample;
    return samples_.empty() ? sum : sum / static_cast<int64_t>(samples_.size());
  }
  // The smallest sample that at least `percent` of them do not exceed; 0 if there are none.
  Duration Quantile(size_t percent) const {
    if (samples_.empty()) return Duration::zero();
    if (!sorted_) std::ranges::sort(samples_);
    sorted_ = true;
    const size_t rank = (samples_.size() * percent + 99) / 100;
    return samples_[std::max<size_t>(rank, 1) - 1];
  }

 private:
  mutable std::vector<Duration> samples_;
  mutable bool sorted_ = false;
};

// How long tasks stand in line until somebody accepts them. Told of every event, in order.
class LineClock {
 public:
  // How long it took, if this event ends a wait in line. Resumed tasks never stood in one.
  std::optional<Duration> See(const Event& event) {
    if (const auto* queued = As<TaskQueued>(event)) since_.try_emplace(queued->task, event.at);
    if (const auto* canceled = As<TaskCanceled>(event)) since_.erase(canceled->task);
    const auto* accepted = As<ReservationAccepted>(event);
    const auto found = accepted ? since_.find(accepted->task) : since_.end();
    if (found == since_.end()) return std::nullopt;
    const Duration waited = event.at - found->second;
    since_.erase(found);
    return waited;
  }

 private:
  std::map<TaskId, Instant> since_;
};

// 0.4s, 12.0s, 4m05s, 3h20m, 2d07h: as exact as one wants to read it.
inline std::string Short(Duration duration) {
  const int64_t ms = duration.count();
  const int64_t s = ms / 1000;
  if (s < 60) return fmt::format("{}.{}s", s, ms % 1000 / 100);
  if (s < 3600) return fmt::format("{}m{:02}s", s / 60, s % 60);
  if (s < 86400) return fmt::format("{}h{:02}m", s / 3600, s % 3600 / 60);
  return fmt::format("{}d{:02}h", s / 86400, s % 86400 / 3600);
}

// 12.3%; of nothing, "-".
inline std::string Percent(uint64_t part, uint64_t whole) {
  if (whole == 0) return "-";
  const uint64_t tenths = (part * 1000 + whole / 2) / whole;
  return fmt::format("{}.{}%", tenths / 10, tenths % 10);
}

// 2020-04-01 17:31:32, for an Instant that counts from the start of 1970.
inline std::string UtcText(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at.time_since_epoch());
  const std::chrono::year_month_day date{std::chrono::sys_days(day)};
  const auto s = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch() - day).count();
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     s / 3600, s % 3600 / 60, s % 60);
}

inline void Section(std::string_view title) { fmt::print("\n{}\n", title); }

template <class Value>
void Line(std::string_view label, const Value& value, std::string_view remark = {}) {
  fmt::print("  {:<44}{:>14}{}{}\n", label, value, remark.empty() ? "" : "  ", remark);
}

inline void SamplesHeader(std::string_view title) {
  fmt::print("\n{:<28}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n", title, "count", "mean", "p50", "p90",
             "p95", "p99", "max");
}
inline void SamplesLine(std::string_view label, const Samples& samples) {
  fmt::print("  {:<26}{:>8}", label, samples.size());
  if (samples.size() > 0) {
    fmt::print("{:>9}", Short(samples.Mean()));
    for (const size_t percent : {50u, 90u, 95u, 99u, 100u}) {
      fmt::print("{:>9}", Short(samples.Quantile(percent)));
    }
  }
  fmt::print("\n");
}

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_REPORT_H_
