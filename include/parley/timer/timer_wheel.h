// Floor 1 · timer/timer_wheel.h — deadlines in, due timers out, in one total order.
//
// A TimerWheel holds one-shot timers and hands back the due ones on request. It calls nobody: the
// owner pulls with PopDue() and stays in charge of the loop, so there is no re-entrancy to reason
// about.
//
//   TimerWheel wheel(start);
//   const TimerId ring = wheel.Arm(start + 20s, tag);
//   while (std::optional<DueTimer> due = wheel.PopDue(now)) Handle(*due);
//   SleepUntil(wheel.NextWake());
//
// Order      Timers come out by deadline, and within one deadline in the order they were armed.
// Units      Milliseconds (base/time.h). There is no horizon: every Instant is representable.
// Errors     None. A stale TimerId is answered with false; a broken rule stops the process.
// Cost       Arm and Disarm O(1). PopDue O(1) amortised: a timer moves down at most 10 levels. One
//            call moves some 500 timers of a place with thousands to which time comes soon, and at
//            most 4,096 when it has come, unless there were too few calls before: then what is left
//            moves at once. Those that share a deadline move as one; those that were stopped in
//            front of the first one are passed over.
//            A jump past nothing due is O(levels). A copy is O(timers ever armed at once).
// Memory     16 bytes a timer, 28 where it is due in two years or later, and 25 KiB for the wheel;
//            18 KiB for each of at most 32 places that are opened ahead; what stopped timers leave
//            behind is swept up when it is two fifths as much. Growth copies nothing.
// Threads    One owner, one thread at a time, like every type in the engine.

#ifndef PARLEY_TIMER_TIMER_WHEEL_H_
#define PARLEY_TIMER_TIMER_WHEEL_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "parley/base/check.h"
#include "parley/base/time.h"
#include "parley/timer/timer_lists.h"
#include "parley/timer/timer_place.h"
#include "parley/timer/timer_pool.h"
#include "parley/timer/timer_store.h"

namespace parley {

struct DueTimer {
  Instant deadline;  // When it was due; may be well before the `now` given to PopDue().
  uint64_t tag;      // As given to Arm(); opaque to the wheel. Below 2^36.
};

class TimerWheel {
 public:
  explicit TimerWheel(Instant start) : cursor_(internal::ToTick(start)) {}

  TimerWheel(const TimerWheel&) = default;
  TimerWheel& operator=(const TimerWheel&) = default;

  // Starts a timer. A deadline already passed counts as due now, behind the timers due now.
  // Requires: size() < 2^31; tag < 2^36.
  TimerId Arm(Instant deadline, uint64_t tag);

  // Stops a timer. False, and nothing changes, if it was popped or disarmed. Any bits are safe.
  bool Disarm(TimerId id);

  // When the timer is due; Instant::max() if it is not armed. Any bits are safe.
  Instant DeadlineOf(TimerId id) const {
    return pool().IsArmed(id) ? internal::ToInstant(DueAt(id.slot)) : Instant::max();
  }

  // Gives what PopDue would take out, and takes nothing out.
  std::optional<DueTimer> FirstDue(Instant now);
  // Takes out the one that FirstDue() has just given. Requires: nothing changed since.
  void PopFirst(const DueTimer& first);

  // Takes out the first timer with deadline <= now, or advances to `now` if there is none.
  // Arming and disarming between two calls is fine.
  // Requires: now does not go back from one call to the next.
  std::optional<DueTimer> PopDue(Instant now);

  // Asks the memory for what Disarm() touches. Any bits are safe.
  void Fetch(TimerId id) const { pool().Fetch(id.slot); }

  // The tag of the third timer where the first one stands, if it was not stopped: it is likely to
  // be popped soon. Asks the memory for one behind it.
  std::optional<uint64_t> TagAhead() const;

  // A moment before which nothing is due: the next deadline or a little earlier, never later.
  // Instant::max() if the wheel is empty. A host that sleeps until NextWake() and then pops is on
  // time for every timer, at the price of at most 10 early wakes each.
  Instant NextWake() const;

  // After this, nothing allocates until more than `timers` timers are armed, one that is due in two
  // years or later counted twice.
  void Reserve(uint32_t timers) { store_.Reserve(timers); }
  // ... until `timers` more are.
  void MakeRoom(uint32_t timers) { store_.MakeRoom(timers); }

  // Calls f(deadline, tag) for each armed timer, in the order in which PopDue() would give them:
  // armed in this order in a new wheel, they come out as they do here. f must not arm or disarm.
  // Cost: those of a place are sorted. Allocates.
  template <class F>
  void ForEach(F f) const;

  Instant now() const { return internal::ToInstant(cursor_); }  // How far the wheel has come.
  bool DueNow() const { return store_.IsTaken({0, internal::DigitOf(cursor_, 0)}); }  // At now().
  uint32_t size() const { return pool().size(); }

 private:
  using Place = internal::TimerPlace;

  // Where timers wait (timer_place.h). Two invariants carry everything:
  //
  //   Level and slot are a function of (cursor_, deadline) alone. Where cursor_ enters the first
  //   place, that place is emptied; moving it so far changes the place of no other timer.
  //
  //   Each list is in arming order (timer_store.h).
  //
  // Hence the order in which timers are popped is a function of the armed timers and their arming
  // order. Into which advances the way was cut leaves no trace.
  const internal::TimerPool& pool() const { return store_.pool(); }
  std::optional<Place> Seek(Instant now);
  uint64_t DueAt(uint32_t slot) const { return pool().DeadlineOf(slot, cursor_); }

  uint64_t cursor_;  // Every timer armed with a deadline before it was popped.
  internal::TimerStore store_;
};

// ---- Only definitions below ----------------------------------------------------------------

inline TimerId TimerWheel::Arm(Instant deadline, uint64_t tag) {
  const uint64_t due = std::max(internal::ToTick(deadline), cursor_);
  return store_.Arm(cursor_, due, tag);
}

inline bool TimerWheel::Disarm(TimerId id) {
  if (!pool().IsArmed(id)) return false;
  store_.Disarm(cursor_, id.slot);
  return true;
}

inline std::optional<DueTimer> TimerWheel::FirstDue(Instant now) {
  const auto place = Seek(now);
  if (!place) return std::nullopt;
  const uint32_t slot = store_.Front(*place);
  return DueTimer{internal::ToInstant(DueAt(slot)), pool().TagOf(slot)};
}

inline std::optional<DueTimer> TimerWheel::PopDue(Instant now) {
  const auto due = FirstDue(now);
  if (due) PopFirst(*due);
  return due;
}

inline void TimerWheel::PopFirst(const DueTimer& first) {
  const auto place = store_.First();
  PARLEY_CHECK(place && first.deadline >= this->now());
  store_.PopFront(*place);
  cursor_ = internal::ToTick(first.deadline);  // No timer but those due with it was in its place.
}

// The place whose front is the first timer that is due, with the cursor not beyond it; or moves the
// cursor to `now`, and there is none.
inline std::optional<TimerWheel::Place> TimerWheel::Seek(Instant now) {
  const uint64_t target = internal::ToTick(now);
  PARLEY_CHECK(target >= cursor_);
  if (target >= store_.opens_from()) store_.OpenAhead(cursor_, target);
  for (auto first = store_.First(); first; first = store_.First()) {
    const uint64_t begin = internal::BeginOf(cursor_, *first);
    if (begin > target) break;
    // A timer alone in the first place is the first timer: no need to bring it down to level 0. But
    // that is not its place where the cursor has just come to, in the row of an opened one.
    if (first->level == 0 || (store_.HasOne(*first) && begin > cursor_)) {
      const uint64_t deadline = DueAt(store_.Front(*first));
      PARLEY_CHECK(deadline >= cursor_ && (first->level > 0 || deadline <= target));
      if (deadline <= target) return first;
    }
    store_.MakeRoomToMove();  // Before anything moves.
    // As far as the earliest of them: those that share a deadline go to level 0 at once.
    cursor_ = std::min(target, store_.EarliestAt(cursor_, *first));
    PARLEY_CHECK(cursor_ >= begin);
    store_.MoveDown(cursor_, *first);
  }
  cursor_ = target;
  return std::nullopt;
}

inline Instant TimerWheel::NextWake() const {
  const auto first = store_.First();
  return first ? internal::ToInstant(internal::BeginOf(cursor_, *first)) : Instant::max();
}

inline std::optional<uint64_t> TimerWheel::TagAhead() const {
  const auto first = store_.First();
  if (!first) return std::nullopt;
  const uint32_t slot = store_.Ahead(*first, 2);
  if (slot == internal::TimerLists::kNone || !pool().IsArmedAt(slot)) return std::nullopt;
  return pool().TagOf(slot);
}

template <class F>
void TimerWheel::ForEach(F f) const {
  struct Listed {
    uint64_t due;
    uint32_t order;  // How many of its place were listed before.
    uint32_t slot;
  };
  std::vector<Listed> timers;
  for (Place place; place.level < internal::kWheelLevels; ++place.level) {
    for (place.slot = 0; place.slot < internal::kWheelSlots; ++place.slot) {
      timers.clear();
      store_.ForEachAt(place, [&](uint32_t slot) {
        timers.push_back({DueAt(slot), static_cast<uint32_t>(timers.size()), slot});
      });
      std::ranges::sort(timers, {}, [](const Listed& t) { return std::pair(t.due, t.order); });
      for (const Listed& timer : timers) {
        PARLEY_CHECK(timer.due >= cursor_);
        f(internal::ToInstant(timer.due), pool().TagOf(timer.slot));
      }
    }
  }
}

}  // namespace parley

#endif  // PARLEY_TIMER_TIMER_WHEEL_H_
