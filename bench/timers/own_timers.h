// Sets of timers out of our wheel, and out of what the standard library and Abseil give for
// nothing.
//
// Every set has the same four calls. A slot is whatever may have a timer, and is numbered from 0;
// Set and Cancel are told the truth: a slot that is set has no timer, one that is canceled has one.
// Advance fires all that is due. Times are milliseconds.

#ifndef PARLEY_BENCH_TIMERS_OWN_TIMERS_H_
#define PARLEY_BENCH_TIMERS_OWN_TIMERS_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "absl/container/btree_set.h"
#include "parley/timer/timer_wheel.h"
#include "timers/fired.h"

namespace parley {

class WheelTimers {
 public:
  static constexpr const char* kName = "parley";

  explicit WheelTimers(uint32_t slots) : ids_(slots) {}

  void Set(uint32_t slot, int64_t deadline) {
    ids_[slot] = wheel_.Arm(Instant(Duration(deadline)), slot);
  }
  void Cancel(uint32_t slot) { wheel_.Disarm(ids_[slot]); }
  void Advance(int64_t now) {
    while (const std::optional<DueTimer> due = wheel_.PopDue(Instant(Duration(now)))) {
      fired_.Add(static_cast<uint32_t>(due->tag), now);
    }
  }
  const Fired& fired() const { return fired_; }

 private:
  TimerWheel wheel_{Instant{}};
  std::vector<TimerId> ids_;
  Fired fired_;
};

// A heap in which canceled timers stay until they come to the top, or are the majority.
class QueueTimers {
 public:
  static constexpr const char* kName = "priority_queue";

  explicit QueueTimers(uint32_t slots) : generations_(slots) {}

  void Set(uint32_t slot, int64_t deadline) { queue_.push({deadline, slot, ++generations_[slot]}); }
  void Cancel(uint32_t slot) {
    ++generations_[slot];
    ++dead_;
    if (dead_ > 1'000 && dead_ * 2 > queue_.size()) Sweep();
  }
  void Advance(int64_t now) {
    while (!queue_.empty() && queue_.top().deadline <= now) {
      const Entry first = queue_.top();
      queue_.pop();
      if (IsLive(first)) {
        ++generations_[first.slot];
        fired_.Add(first.slot, now);
      } else {
        --dead_;
      }
    }
  }
  const Fired& fired() const { return fired_; }

 private:
  struct Entry {
    int64_t deadline;
    uint32_t slot;
    uint32_t generation;

    friend bool operator<(const Entry& a, const Entry& b) { return a.deadline > b.deadline; }
  };
  struct Queue : std::priority_queue<Entry> {
    using std::priority_queue<Entry>::c;
  };

  bool IsLive(const Entry& entry) const { return generations_[entry.slot] == entry.generation; }
  void Sweep() {
    std::erase_if(queue_.c, [this](const Entry& entry) { return !IsLive(entry); });
    std::make_heap(queue_.c.begin(), queue_.c.end());
    dead_ = 0;
  }

  Queue queue_;
  std::vector<uint32_t> generations_;  // By slot: odd while a timer is set.
  size_t dead_ = 0;                    // Canceled, and still in the queue.
  Fired fired_;
};

class TreeTimers {
 public:
  static constexpr const char* kName = "btree_set";

  explicit TreeTimers(uint32_t slots) : deadlines_(slots) {}

  void Set(uint32_t slot, int64_t deadline) {
    deadlines_[slot] = deadline;
    timers_.emplace(deadline, slot);
  }
  void Cancel(uint32_t slot) { timers_.erase({deadlines_[slot], slot}); }
  void Advance(int64_t now) {
    while (!timers_.empty() && timers_.begin()->first <= now) {
      fired_.Add(timers_.begin()->second, now);
      timers_.erase(timers_.begin());
    }
  }
  const Fired& fired() const { return fired_; }

 private:
  absl::btree_set<std::pair<int64_t, uint32_t>> timers_;
  std::vector<int64_t> deadlines_;  // By slot.
  Fired fired_;
};

class MultimapTimers {
 public:
  static constexpr const char* kName = "multimap";

  explicit MultimapTimers(uint32_t slots) : places_(slots) {}

  void Set(uint32_t slot, int64_t deadline) { places_[slot] = timers_.emplace(deadline, slot); }
  void Cancel(uint32_t slot) { timers_.erase(places_[slot]); }
  void Advance(int64_t now) {
    while (!timers_.empty() && timers_.begin()->first <= now) {
      fired_.Add(timers_.begin()->second, now);
      timers_.erase(timers_.begin());
    }
  }
  const Fired& fired() const { return fired_; }

 private:
  using Timers = std::multimap<int64_t, uint32_t>;

  Timers timers_;
  std::vector<Timers::iterator> places_;  // By slot.
  Fired fired_;
};

}  // namespace parley

#endif  // PARLEY_BENCH_TIMERS_OWN_TIMERS_H_
