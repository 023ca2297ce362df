// What each set of timers took, in one round or several, and how it compares with the others.

#ifndef PARLEY_BENCH_TIMERS_COMPARED_H_
#define PARLEY_BENCH_TIMERS_COMPARED_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "timers/fired.h"

namespace parley {

// Nanoseconds, by the name of the set.
class Figures {
 public:
  void Add(const std::string& name, double ns) { all_[name].push_back(ns); }

  // One divided by the best of the others, each the median of its rounds, if both are there.
  std::optional<double> ToTheBest(const std::string& one) const {
    std::optional<double> best;
    for (const auto& [name, rounds] : all_) {
      if (name != one && (!best || Median(rounds) < *best)) best = Median(rounds);
    }
    const auto found = all_.find(one);
    if (found == all_.end() || !best) return std::nullopt;
    return Median(found->second) / *best;
  }

 private:
  static double Median(std::vector<double> rounds) {
    std::ranges::sort(rounds);
    return rounds[rounds.size() / 2];
  }

  std::map<std::string, std::vector<double>> all_;
};

// At one scale, of each trace; and what the first set fired, which all must.
struct Compared {
  Figures set, churn, fire, mix;
  std::map<std::string, Fired> fired;
};

inline Compared& ComparedAt(int64_t armed) {
  static std::map<int64_t, Compared> all;
  return all[armed];
}

}  // namespace parley

#endif  // PARLEY_BENCH_TIMERS_COMPARED_H_
