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
// Cost       Arm and Disarm O(1). PopDue O(1) amortised: a timer moves down at most 10 levels, and
//            only once where all in a coarse slot share a deadline; one call moves all in a slot.
//            A jump past nothing due is O(levels). A copy is O(timers ever armed at once); it pops
//            the same from then on, under the same ids.
// Memory     32 bytes a timer and 11 KiB for the wheel; growth copies nothing (timer_pool.h).
// Threads    One owner, one thread at a time, like every type in the engine.

#ifndef PARLEY_TIMER_TIMER_WHEEL_H_
#define PARLEY_TIMER_TIMER_WHEEL_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "parley/base/check.h"
#include "parley/base/time.h"
#include "parley/timer/timer_place.h"
#include "parley/timer/timer_pool.h"

namespace parley {

struct DueTimer {
  Instant deadline;  // When it was due; may be well before the `now` given to PopDue().
  uint64_t tag;      // As given to Arm(); opaque to the wheel.
};

class TimerWheel {
 public:
  explicit TimerWheel(Instant start) : cursor_(internal::ToTick(start)) {}

  TimerWheel(const TimerWheel&) = default;
  TimerWheel& operator=(const TimerWheel&) = default;

  // Starts a timer. A deadline already passed counts as due now, behind the timers due now.
  // Requires: size() < 2^32 - 1.
  TimerId Arm(Instant deadline, uint64_t tag);

  // Stops a timer. Returns false, and changes nothing, if it was popped or disarmed before. Any
  // bits are safe.
  bool Disarm(TimerId id);

  // When the timer is due; Instant::max() if it is not armed. Any bits are safe.
  Instant DeadlineOf(TimerId id) const {
    return pool_.IsArmed(id) ? internal::ToInstant(pool_.At(id.slot).deadline) : Instant::max();
  }

  // Gives what PopDue would take out, and takes nothing out.
  std::optional<DueTimer> FirstDue(Instant now);

  // Takes out the first timer with deadline <= now, or advances to `now` if there is none.
  // Arming and disarming between two calls is fine.
  // Requires: now does not go back from one call to the next.
  std::optional<DueTimer> PopDue(Instant now);

  // Asks the memory for this timer, if it is armed; for those beside it, which Disarm() touches.
  // Any bits are safe.
  void Fetch(TimerId id) const { pool_.Fetch(id.slot); }
  void FetchAround(TimerId id) const;

  // The tag of the third timer where the first one stands: it is likely to be popped soon. Asks the
  // memory for the one behind it.
  std::optional<uint64_t> TagAhead() const;

  // A moment before which nothing is due: the next deadline or a little earlier, never later.
  // Instant::max() if the wheel is empty. A host that sleeps until NextWake() and then pops is on
  // time for every timer, at the price of at most 10 early wakes each.
  Instant NextWake() const;

  // After this, Arm allocates nothing until `timers` timers are armed.
  void Reserve(uint32_t timers) { pool_.Reserve(timers); }
  // ... until `timers` more are.
  void MakeRoom(uint32_t timers) { pool_.MakeRoom(timers); }

  // Calls f(deadline, tag) for each armed timer. Arming them in this order in a new wheel started
  // at now() gives a wheel that pops and lists like this one. f must not arm or disarm.
  template <class F>
  void ForEach(F f) const;

  Instant now() const { return internal::ToInstant(cursor_); }  // How far the wheel has come.
  uint32_t size() const { return pool_.size(); }

 private:
  using Timer = internal::TimerPool::Timer;
  using Place = internal::TimerPlace;

  // Where timers wait (timer_place.h). Two invariants carry everything:
  //
  //   Level and slot are a function of (cursor_, deadline) alone. Where cursor_ enters the first
  //   place, that place is emptied; moving it so far changes the place of no other timer.
  //
  //   Each list is in arming order. Arm appends the youngest; Descend opens the first place, below
  //   which every list is empty, and fills those lists in its own order.
  //
  // Hence the order of ForEach, which goes by level, slot and list, is a function of cursor_, the
  // armed timers and their arming order. Into which advances the way was cut leaves no trace.
  struct List {
    uint32_t head = kNone;
    uint32_t tail = kNone;
    uint64_t earliest = UINT64_MAX;  // No timer in it is due before.
  };

  // The first place that is not empty, and the earliest tick at which a timer in it can be due.
  struct Head {
    Place place;
    uint64_t begin;
  };

  static constexpr uint32_t kNone = internal::TimerPool::kNone;
  static constexpr uint32_t kSlots = internal::kWheelSlots;
  static constexpr uint32_t kLevels = internal::kWheelLevels;

  std::optional<Head> First() const;
  uint32_t Seek(Instant now);
  void Append(uint32_t index);
  void MarkEmpty(Place place);
  DueTimer Take(uint32_t index);
  void Descend(Place from);

  uint64_t cursor_;  // Every timer armed with a deadline before it was popped.
  internal::TimerPool pool_;
  std::array<uint64_t, kLevels> occupied_ = {};  // Bit s of occupied_[l]: lists_[l][s] not empty.
  uint32_t levels_ = 0;                          // Bit l: occupied_[l] is not 0.
  std::array<std::array<List, kSlots>, kLevels> lists_ = {};
};

// ---- Only definitions below ----------------------------------------------------------------

inline TimerId TimerWheel::Arm(Instant deadline, uint64_t tag) {
  const uint32_t index = pool_.Take();
  Timer& timer = pool_.At(index);
  timer.deadline = internal::ToTick(deadline) < cursor_ ? cursor_ : internal::ToTick(deadline);
  timer.tag = tag;
  Append(index);
  return pool_.IdOf(index);
}

inline bool TimerWheel::Disarm(TimerId id) {
  const bool armed = pool_.IsArmed(id);
  if (armed) Take(id.slot);
  return armed;
}

inline std::optional<DueTimer> TimerWheel::FirstDue(Instant now) {
  const uint32_t index = Seek(now);
  if (index == kNone) return std::nullopt;
  return DueTimer{internal::ToInstant(pool_.At(index).deadline), pool_.At(index).tag};
}

inline std::optional<DueTimer> TimerWheel::PopDue(Instant now) {
  const uint32_t index = Seek(now);
  if (index == kNone) return std::nullopt;
  cursor_ = pool_.At(index).deadline;  // Now no timer but those due with it is in its place.
  return Take(index);
}

// Gives the index of the first timer that is due, with the cursor not beyond it; or moves the
// cursor to `now` and gives kNone.
inline uint32_t TimerWheel::Seek(Instant now) {
  const uint64_t target = internal::ToTick(now);
  PARLEY_CHECK(target >= cursor_);
  for (auto first = First(); first && first->begin <= target; first = First()) {
    const auto [level, slot] = first->place;
    const List list = lists_[level][slot];
    PARLEY_CHECK(list.head != kNone && list.tail != kNone);
    const uint64_t deadline = pool_.At(list.head).deadline;
    // A timer alone in the first place is the first timer: no need to bring it down to level 0.
    if (level == 0 || (list.head == list.tail && deadline <= target)) {
      PARLEY_CHECK(deadline >= cursor_ && deadline <= target);
      return list.head;
    }
    // As far as the earliest of them: those that share a deadline go to level 0 at once.
    cursor_ = std::min(target, list.earliest);
    PARLEY_CHECK(cursor_ >= first->begin);
    Descend(first->place);
  }
  cursor_ = target;
  return kNone;
}

inline Instant TimerWheel::NextWake() const {
  const auto first = First();
  return first ? internal::ToInstant(first->begin) : Instant::max();
}

inline void TimerWheel::FetchAround(TimerId id) const {
  if (!pool_.IsArmed(id)) return;
  pool_.Fetch(pool_.At(id.slot).prev);
  pool_.Fetch(pool_.At(id.slot).next);
}

inline std::optional<uint64_t> TimerWheel::TagAhead() const {
  const auto first = First();
  if (!first) return std::nullopt;
  uint32_t index = lists_[first->place.level][first->place.slot].head;
  for (int i = 0; i < 2 && index != kNone; ++i) index = pool_.At(index).next;
  if (index == kNone) return std::nullopt;
  pool_.Fetch(pool_.At(index).next);
  return pool_.At(index).tag;
}

template <class F>
void TimerWheel::ForEach(F f) const {
  for (uint32_t level = 0; level < kLevels; ++level) {
    for (uint64_t rest = occupied_[level]; rest != 0; rest &= rest - 1) {
      const List& list = lists_[level][static_cast<size_t>(std::countr_zero(rest))];
      for (uint32_t index = list.head; index != kNone; index = pool_.At(index).next) {
        f(internal::ToInstant(pool_.At(index).deadline), pool_.At(index).tag);
      }
    }
  }
}

// The lowest occupied level holds the earliest timers: they share every higher digit with the
// cursor, while the timers above differ from it there.
inline std::optional<TimerWheel::Head> TimerWheel::First() const {
  if (levels_ == 0) return std::nullopt;
  const auto level = static_cast<uint16_t>(std::countr_zero(levels_));
  PARLEY_CHECK(occupied_[level] != 0);
  const auto slot = static_cast<uint16_t>(std::countr_zero(occupied_[level]));
  return Head{{level, slot}, internal::BeginOf(cursor_, {level, slot})};
}

inline void TimerWheel::Append(uint32_t index) {
  const auto [level, slot] = internal::PlaceOf(cursor_, pool_.At(index).deadline);
  List& list = lists_[level][slot];
  PARLEY_CHECK((list.tail == kNone) == ((occupied_[level] >> slot & 1) == 0));
  Timer& timer = pool_.At(index);
  timer.level = level;
  timer.slot = slot;
  timer.prev = list.tail;
  timer.next = kNone;
  (list.tail == kNone ? list.head : pool_.At(list.tail).next) = index;
  list.tail = index;
  list.earliest = std::min(list.earliest, timer.deadline);
  occupied_[level] |= uint64_t{1} << slot;
  levels_ |= 1u << level;
}

inline void TimerWheel::MarkEmpty(Place place) {
  occupied_[place.level] &= ~(uint64_t{1} << place.slot);
  if (occupied_[place.level] == 0) levels_ &= ~(1u << place.level);
}

// Takes a timer out of its list and out of the pool; what it was is returned.
inline DueTimer TimerWheel::Take(uint32_t index) {
  const Timer timer = pool_.At(index);
  List& list = lists_[timer.level][timer.slot];
  PARLEY_CHECK((timer.prev == kNone) == (list.head == index));
  PARLEY_CHECK((timer.next == kNone) == (list.tail == index));
  (timer.prev == kNone ? list.head : pool_.At(timer.prev).next) = timer.next;
  (timer.next == kNone ? list.tail : pool_.At(timer.next).prev) = timer.prev;
  if (list.head == kNone) {
    list.earliest = UINT64_MAX;
    MarkEmpty({timer.level, timer.slot});
  }
  pool_.Free(index);
  return {internal::ToInstant(timer.deadline), timer.tag};
}

// Moves the timers of one place, in order, to where they belong now that the cursor has come.
inline void TimerWheel::Descend(Place from) {
  uint32_t index = lists_[from.level][from.slot].head;
  PARLEY_CHECK(index != kNone);
  lists_[from.level][from.slot] = {};
  MarkEmpty(from);
  while (index != kNone) {
    const uint32_t next = pool_.At(index).next;
    Append(index);
    PARLEY_CHECK(pool_.At(index).level < from.level);
    index = next;
  }
}

}  // namespace parley

#endif  // PARLEY_TIMER_TIMER_WHEEL_H_
