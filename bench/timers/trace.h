// What happens to timers, written down once and then played on each set of timers.
//
//   set    N timers at random within 90 days
//   churn  N/2 of them, each canceled and another set
//   fire   through the 90 days, from deadline to deadline
//   mix    N timers live: offers of 2 minutes, of which 98 % are canceled after 8 seconds, and for
//          every fourth of them a pause of 14 days, of which 80 % are canceled, or a leave of 90,
//          of which 50 % are; time goes on with each offer, as fast as that keeps N alive

#ifndef PARLEY_BENCH_TIMERS_TRACE_H_
#define PARLEY_BENCH_TIMERS_TRACE_H_

#include <algorithm>
#include <cstdint>
#include <deque>
#include <vector>

#include "parley/base/check.h"

namespace parley {

struct TimerStep {
  enum Kind : uint32_t { kSet, kCancel, kAdvance };

  int64_t time;   // The deadline, or how far to advance, in milliseconds.
  uint32_t slot;  // Not of an advance.
  Kind kind;
};
static_assert(sizeof(TimerStep) == 16);

struct TimerTraces {
  explicit TimerTraces(uint32_t armed);

  std::vector<TimerStep> set, churn, fire;  // One after the other, with as many slots as timers.
  std::vector<TimerStep> mix_before, mix;   // On their own, with more slots.
  uint32_t mix_slots;
};

// ---- Only definitions below ----------------------------------------------------------------

// Draws without a pattern that matters, the same everywhere.
class TraceRandom {
 public:
  // Requires: bound <= 2^33.
  uint64_t Below(uint64_t bound) {
    state_ = state_ * 6364136223846793005 + 1442695040888963407;
    return (state_ >> 33) * bound >> 31;
  }
  int64_t Within(int64_t span) {  // From 1 to span.
    return 1 + static_cast<int64_t>(Below(static_cast<uint64_t>(span)));
  }
  uint32_t Slot(uint32_t begin, uint32_t end) {
    return begin + static_cast<uint32_t>(Below(end - begin));
  }

 private:
  uint64_t state_ = 1;
};

// A park is canceled when its slot is drawn again. In the time of a pause, 1.61 draws come to a
// slot of pauses on the average, so that 80 % are canceled; in the time of a leave, 0.69 to one of
// leaves. As many pauses begin as leaves: one slot in sixteen is for pauses, and about half of all
// slots have a timer that is set.
class MixWriter {
 public:
  MixWriter(uint32_t armed, std::vector<TimerStep>& before, std::vector<TimerStep>& steps)
      : steps_(steps), deadlines_(kOffers + 2 * armed), pauses_(kOffers + armed / 8) {
    for (uint32_t slot = kOffers; slot < slots(); ++slot) {
      const bool pause = slot < pauses_;
      if (random_.Below(100) >= (pause ? 80u : 50u)) continue;
      deadlines_[slot] = random_.Within(pause ? kPause : kLeave);
      before.push_back({deadlines_[slot], slot, TimerStep::kSet});
    }
  }

  uint32_t slots() const { return static_cast<uint32_t>(deadlines_.size()); }

  void Step(uint32_t number) {
    // Every eighth step draws a slot of pauses, and each is drawn once in kPause / 1.61.
    const double slots_of_pauses = pauses_ - kOffers;
    now_ = static_cast<int64_t>(number * (kPause / 1.61 / 8 / slots_of_pauses));
    while (!canceled_.empty() && canceled_.front().time <= now_) {
      steps_.push_back(canceled_.front());
      canceled_.pop_front();
    }
    steps_.push_back({now_, 0, TimerStep::kAdvance});
    const uint32_t offer = number % kOffers;
    PARLEY_CHECK(deadlines_[offer] <= now_);  // Whatever was offered there has ended.
    Set(offer, kOffer);
    if (random_.Below(100) < 98) canceled_.push_back({now_ + kAnswer, offer, TimerStep::kCancel});
    if (number % 4 == 0) Park();
  }

 private:
  static constexpr int64_t kAnswer = 8'000;
  static constexpr int64_t kOffer = 120'000;
  static constexpr int64_t kPause = 14 * 86'400'000LL;
  static constexpr int64_t kLeave = 90 * 86'400'000LL;
  static constexpr uint32_t kOffers = 4096;

  void Set(uint32_t slot, int64_t span) {
    deadlines_[slot] = now_ + span;
    steps_.push_back({deadlines_[slot], slot, TimerStep::kSet});
  }
  void Park() {
    const bool pause = random_.Below(2) == 0;
    const uint32_t slot = pause ? random_.Slot(kOffers, pauses_) : random_.Slot(pauses_, slots());
    if (deadlines_[slot] > now_) steps_.push_back({0, slot, TimerStep::kCancel});
    Set(slot, pause ? kPause : kLeave);
  }

  std::vector<TimerStep>& steps_;
  std::vector<int64_t> deadlines_;  // By slot: first those of offers, then pauses, then leaves.
  uint32_t pauses_;                 // Behind the last slot of pauses.
  std::deque<TimerStep> canceled_;  // Offers that will be canceled, the next one first.
  int64_t now_ = 0;
  TraceRandom random_;
};

inline TimerTraces::TimerTraces(uint32_t armed) {
  constexpr int64_t kSpan = 90 * 86'400'000LL;
  TraceRandom random;
  std::vector<int64_t> deadlines;
  for (uint32_t slot = 0; slot < armed; ++slot) {
    deadlines.push_back(random.Within(kSpan));
    set.push_back({deadlines[slot], slot, TimerStep::kSet});
  }
  for (uint32_t i = 0; i < armed / 2; ++i) {
    const uint32_t slot = random.Slot(0, armed);
    deadlines[slot] = random.Within(kSpan);
    churn.push_back({0, slot, TimerStep::kCancel});
    churn.push_back({deadlines[slot], slot, TimerStep::kSet});
    if (i % 64 == 63)
      churn.push_back({0, 0, TimerStep::kAdvance});  // Cleans up, where that is due.
  }
  std::ranges::sort(deadlines);
  for (const int64_t deadline : deadlines) {
    if (fire.empty() || fire.back().time != deadline) {
      fire.push_back({deadline, 0, TimerStep::kAdvance});
    }
  }
  MixWriter writer(armed, mix_before, mix);
  mix_slots = writer.slots();
  // Thirteen days with a million and more: all that a wheel puts off for days comes once.
  for (uint32_t i = 1; i <= std::max(armed / 2 * 3, 200'000u); ++i) writer.Step(i);
}

}  // namespace parley

#endif  // PARLEY_BENCH_TIMERS_TRACE_H_
