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
//            A jump past nothing due is O(levels). A copy is O(timers ever armed at once).
// Memory     16 bytes a timer, 28 where it is due in two years or later, and 17 KiB for the wheel;
//            what stopped timers leave behind is swept up when it is two fifths as much.
//            Growth copies nothing.
// Threads    One owner, one thread at a time, like every type in the engine.

#ifndef PARLEY_TIMER_TIMER_WHEEL_H_
#define PARLEY_TIMER_TIMER_WHEEL_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "parley/base/check.h"
#include "parley/base/time.h"
#include "parley/timer/timer_lists.h"
#include "parley/timer/timer_place.h"
#include "parley/timer/timer_pool.h"

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
    return pool_.IsArmed(id) ? internal::ToInstant(DueAt(id.slot)) : Instant::max();
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
  void Fetch(TimerId id) const { pool_.Fetch(id.slot); }

  // The tag of the third timer where the first one stands, if it was not stopped: it is likely to
  // be popped soon. Asks the memory for one behind it.
  std::optional<uint64_t> TagAhead() const;

  // A moment before which nothing is due: the next deadline or a little earlier, never later.
  // Instant::max() if the wheel is empty. A host that sleeps until NextWake() and then pops is on
  // time for every timer, at the price of at most 10 early wakes each.
  Instant NextWake() const;

  // After this, nothing allocates until more than `timers` timers are armed, one that is due in two
  // years or later counted twice.
  void Reserve(uint32_t timers);
  // ... until `timers` more are.
  void MakeRoom(uint32_t timers);

  // Calls f(deadline, tag) for each armed timer. Arming them in this order in a new wheel started
  // at now() gives a wheel that pops and lists like this one. f must not arm or disarm.
  template <class F>
  void ForEach(F f) const;

  Instant now() const { return internal::ToInstant(cursor_); }  // How far the wheel has come.
  bool DueNow() const { return (occupied_[0] >> cursor_ % kSlots & 1) != 0; }  // At now().
  uint32_t size() const { return pool_.size(); }

 private:
  using Place = internal::TimerPlace;
  using List = internal::TimerList;

  // Where timers wait (timer_place.h). Two invariants carry everything:
  //
  //   Level and slot are a function of (cursor_, deadline) alone. Where cursor_ enters the first
  //   place, that place is emptied; moving it so far changes the place of no other timer.
  //
  //   Each list is in arming order. Arm appends the youngest; Descend opens the first place, below
  //   which no timer waits, and fills those lists in its own order.
  //
  // Hence the order of ForEach, which goes by level, slot and list, is a function of cursor_, the
  // armed timers and their arming order. Into which advances the way was cut leaves no trace.
  static constexpr uint32_t kSlots = internal::kWheelSlots;
  static constexpr uint32_t kLevels = internal::kWheelLevels;
  static constexpr uint32_t kFewStale = 256;  // Not worth a sweep.
  static constexpr uint32_t kPerChunk = internal::TimerLists::kPerChunk;

  List& ListOf(Place place) { return all_[place.level][place.slot]; }
  std::optional<Place> First() const;  // The first place that is not empty.
  std::optional<Place> Seek(Instant now);
  void Append(uint32_t slot, uint64_t deadline);
  uint64_t DueAt(uint32_t slot) const { return pool_.DeadlineOf(slot, cursor_); }
  void MarkEmpty(Place place);
  void Descend(Place from);
  void Sweep();

  uint64_t cursor_;  // Every timer armed with a deadline before it was popped.
  internal::TimerPool pool_;
  internal::TimerLists lists_;
  std::array<uint64_t, kLevels> occupied_ = {};  // Bit s of occupied_[l]: all_[l][s] not empty.
  uint32_t levels_ = 0;                          // Bit l: occupied_[l] is not 0.
  uint32_t reserved_ = 0;                        // Reserve() was told so many.
  Place swept_ = {};                             // Where Sweep() is.
  std::array<std::array<List, kSlots>, kLevels> all_ = {};
};

// ---- Only definitions below ----------------------------------------------------------------

inline TimerId TimerWheel::Arm(Instant deadline, uint64_t tag) {
  if (size() >= reserved_) lists_.MakeRoom(1);
  const uint64_t due = std::max(internal::ToTick(deadline), cursor_);
  const uint32_t slot = pool_.Take(cursor_, due, tag);
  Append(slot, due);
  return pool_.IdOf(slot);
}

inline bool TimerWheel::Disarm(TimerId id) {
  if (!pool_.IsArmed(id)) return false;
  const Place place = internal::PlaceOf(cursor_, DueAt(id.slot));
  List& list = ListOf(place);
  pool_.Stop(id.slot);
  lists_.Forget(list, pool_);
  if (list.live == 0) MarkEmpty(place);
  if (lists_.stale() > internal::MuchStale(size()) + kFewStale) Sweep();
  return true;
}

inline std::optional<DueTimer> TimerWheel::FirstDue(Instant now) {
  const auto place = Seek(now);
  if (!place) return std::nullopt;
  const uint32_t slot = lists_.Front(ListOf(*place), pool_);
  return DueTimer{internal::ToInstant(DueAt(slot)), pool_.TagOf(slot)};
}

inline std::optional<DueTimer> TimerWheel::PopDue(Instant now) {
  const auto due = FirstDue(now);
  if (due) PopFirst(*due);
  return due;
}

inline void TimerWheel::PopFirst(const DueTimer& first) {
  const auto place = First();
  PARLEY_CHECK(place && first.deadline >= this->now());
  List& list = ListOf(*place);
  lists_.PopFront(list, pool_);
  if (list.live == 0) MarkEmpty(*place);
  cursor_ = internal::ToTick(first.deadline);  // No timer but those due with it was in its place.
}

// The place whose front is the first timer that is due, with the cursor not beyond it; or moves the
// cursor to `now`, and there is none.
inline std::optional<TimerWheel::Place> TimerWheel::Seek(Instant now) {
  const uint64_t target = internal::ToTick(now);
  PARLEY_CHECK(target >= cursor_);
  for (auto first = First(); first; first = First()) {
    const uint64_t begin = internal::BeginOf(cursor_, *first);
    if (begin > target) break;
    List& list = ListOf(*first);
    // A timer alone in the first place is the first timer: no need to bring it down to level 0.
    if (first->level == 0 || list.live == 1) {
      const uint64_t deadline = DueAt(lists_.Front(list, pool_));
      PARLEY_CHECK(deadline >= cursor_ && (first->level > 0 || deadline <= target));
      if (deadline <= target) return first;
    }
    if (size() > reserved_) lists_.MakeRoom(kSlots + 1);  // Before anything moves.
    // As far as the earliest of them: those that share a deadline go to level 0 at once.
    cursor_ = std::min(target, list.earliest);
    PARLEY_CHECK(cursor_ >= begin);
    Descend(*first);
  }
  cursor_ = target;
  return std::nullopt;
}

inline Instant TimerWheel::NextWake() const {
  const auto first = First();
  return first ? internal::ToInstant(internal::BeginOf(cursor_, *first)) : Instant::max();
}

inline std::optional<uint64_t> TimerWheel::TagAhead() const {
  const auto first = First();
  if (!first) return std::nullopt;
  const uint32_t slot = lists_.Ahead(all_[first->level][first->slot], 2, pool_);
  if (slot == internal::TimerLists::kNone || !pool_.IsArmedAt(slot)) return std::nullopt;
  return pool_.TagOf(slot);
}

// Room for so many timers and for what stopped ones leave behind: so many stale entries as begin a
// sweep, and three a chunk while all are gone over. Of each place two chunks may be nearly empty.
inline void TimerWheel::Reserve(uint32_t timers) {
  if (timers <= reserved_) return;
  const uint64_t few = uint64_t{timers} + kFewStale;
  const uint64_t ends = 2 * std::min<uint64_t>(few, kLevels * kSlots) + 4;
  const uint64_t stale =
      (internal::MuchStale(timers) + kFewStale + 3 * (timers / kPerChunk + ends)) * 16 / 15;
  const uint64_t slots = std::min<uint64_t>(timers + stale, UINT32_MAX);
  pool_.Reserve(static_cast<uint32_t>(slots));
  lists_.Reserve(static_cast<uint32_t>(slots / kPerChunk + ends));
  reserved_ = timers;
}

// Whatever the places of the timers, each place begins one chunk and then fills it.
inline void TimerWheel::MakeRoom(uint32_t timers) {
  pool_.MakeRoom(timers);
  if (uint64_t{size()} + timers <= reserved_) return;
  lists_.MakeRoom(std::min(timers, timers / kPerChunk + kLevels * kSlots));
}

template <class F>
void TimerWheel::ForEach(F f) const {
  for (uint32_t level = 0; level < kLevels; ++level) {
    for (uint64_t rest = occupied_[level]; rest != 0; rest &= rest - 1) {
      const auto slot = static_cast<size_t>(std::countr_zero(rest));
      lists_.ForEach(all_[level][slot], pool_, [&](uint32_t timer) {
        f(internal::ToInstant(DueAt(timer)), pool_.TagOf(timer));
      });
    }
  }
}

// The lowest occupied level holds the earliest timers: they share every higher digit with the
// cursor, while the timers above differ from it there.
inline std::optional<TimerWheel::Place> TimerWheel::First() const {
  if (levels_ == 0) return std::nullopt;
  const auto level = static_cast<uint16_t>(std::countr_zero(levels_));
  PARLEY_CHECK(occupied_[level] != 0);
  const auto slot = static_cast<uint16_t>(std::countr_zero(occupied_[level]));
  return Place{level, slot};
}

inline void TimerWheel::Append(uint32_t slot, uint64_t deadline) {
  const Place place = internal::PlaceOf(cursor_, deadline);
  List& list = ListOf(place);
  PARLEY_CHECK((list.live == 0) == ((occupied_[place.level] >> place.slot & 1) == 0));
  lists_.Push(list, slot, deadline);
  occupied_[place.level] |= uint64_t{1} << place.slot;
  levels_ |= 1u << place.level;
}

inline void TimerWheel::MarkEmpty(Place place) {
  PARLEY_CHECK(ListOf(place).live == 0);
  occupied_[place.level] &= ~(uint64_t{1} << place.slot);
  if (occupied_[place.level] == 0) levels_ &= ~(1u << place.level);
}

// Moves the timers of one place, in order, to where they belong now that the cursor has come.
inline void TimerWheel::Descend(Place from) {
  PARLEY_CHECK(ListOf(from).live > 0);
  List all = std::exchange(ListOf(from), {});
  MarkEmpty(from);
  lists_.Empty(all, pool_, [this](uint32_t slot) { Append(slot, DueAt(slot)); });
}

// Drops what stopped timers left behind in one more chunk, place after place, but only where it is
// much. There is such a place: in all it is more than two fifths of the timers.
inline void TimerWheel::Sweep() {
  PARLEY_CHECK(lists_.stale() > internal::MuchStale(size()));
  while (!lists_.sweeping() && !ListOf(swept_).HasMuchStale()) {
    swept_ = internal::PlaceAfter(swept_);
  }
  if (lists_.Sweep(ListOf(swept_), pool_)) swept_ = internal::PlaceAfter(swept_);
}

}  // namespace parley

#endif  // PARLEY_TIMER_TIMER_WHEEL_H_
