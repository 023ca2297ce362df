// Floor 1 · timer/timer_store.h — the timers of a wheel, each in the place where it waits.
//
// The wheel (timer/timer_wheel.h) says where time has come to; the store knows who waits where, and
// moves timers from place to place. Each list is in arming order: Arm appends the youngest, and
// timers move, in the order of their list, to lists in which only older ones wait.
//
// A place in which very many timers wait is opened when time comes near (timer_long.h): at each
// call of OpenAhead some of them move to where they will belong (timer_rows.h). So MoveDown has few
// timers to move, unless there were too few calls.
//
// Units      Ticks (timer_place.h).
// Errors     None; a broken rule stops the process.
// Cost       Arm, Disarm, Front and PopFront as in timer_lists.h, and Disarm 62 timers besides;
//            OpenAhead 496 timers; MoveDown those of a place that have not moved before, or O(1) if
//            they share a deadline.
// Memory     As the wheel says.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_TIMER_TIMER_STORE_H_
#define PARLEY_TIMER_TIMER_STORE_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "parley/base/check.h"
#include "parley/timer/timer_lists.h"
#include "parley/timer/timer_long.h"
#include "parley/timer/timer_place.h"
#include "parley/timer/timer_pool.h"
#include "parley/timer/timer_rows.h"

namespace parley::internal {

class TimerStore {
 public:
  // Requires of all: the cursor is not behind the one of the call before, nor beyond a deadline.

  // Gives a timer that is now armed.
  TimerId Arm(uint64_t cursor, uint64_t due, uint64_t tag);
  // Requires: the timer there is armed.
  void Disarm(uint64_t cursor, uint32_t slot);

  std::optional<TimerPlace> First() const { return rows_.First(); }  // That holds timers.
  bool IsTaken(TimerPlace place) const { return rows_.IsTaken(place); }
  // Whether but one timer is there, in the list of the place itself.
  bool HasOne(TimerPlace place) const {
    return rows_.At(place).live == 1 && !rows_.IsOpened(place);
  }
  // A moment before which none there is due, as late as is known.
  uint64_t EarliestAt(uint64_t cursor, TimerPlace place) const {
    return rows_.IsOpened(place) ? BeginOf(cursor, place) : rows_.At(place).earliest;
  }

  // The first timer of a place that was not opened; takes it out.
  uint32_t Front(TimerPlace place) { return lists_.Front(rows_.At(place), pool_); }
  void PopFront(TimerPlace place);
  // The one that stands so many places behind it (timer_lists.h).
  uint32_t Ahead(TimerPlace place, uint32_t places) const {
    return lists_.Ahead(rows_.At(place), places, pool_);
  }

  // Moves the timers of the first place to where they belong now that the cursor has come to it.
  void MoveDown(uint64_t cursor, TimerPlace from);
  // Allocates what that takes, and what moves next where an opened place is entered.
  void MakeRoomToMove() {
    if (pool_.size() > reserved_) lists_.MakeRoom((rows_.opened() + 1) * (kSlots + 1));
  }

  // Moves some timers of a place to which time comes soon after `until`.
  void OpenAhead(uint64_t cursor, uint64_t until);
  uint64_t opens_from() const { return long_.from(); }  // Before that, it does nothing.

  const TimerPool& pool() const { return pool_; }
  void Reserve(uint32_t timers);
  void MakeRoom(uint32_t timers);

  // f(slot) for each timer of a place; of two with one deadline the one that was armed before comes
  // first.
  template <class F>
  void ForEachAt(TimerPlace place, F f) const {
    rows_.ForEachIn(TimerRows::SpotOf(place),
                    [&](const TimerList& list) { lists_.ForEach(list, pool_, f); });
  }

 private:
  static constexpr uint32_t kSlots = kWheelSlots;
  static constexpr uint32_t kLevels = kWheelLevels;
  static constexpr uint32_t kPerChunk = TimerLists::kPerChunk;
  static constexpr uint32_t kFewStale = 256;   // Not worth a sweep.
  static constexpr uint32_t kMany = 4096;      // Worth opening a place.
  static constexpr uint32_t kMovedAhead = 8;   // Chunks that one call moves ahead.
  static constexpr uint32_t kMostOpened = 32;  // Those to which time comes soon are few.

  // So many lists may be opened beside so many timers.
  static constexpr uint32_t MostOpened(uint32_t timers) {
    return std::min(timers / kMany * 4, kMostOpened);
  }

  void Push(TimerPlace place, uint32_t slot, uint64_t due);
  void StopIn(TimerPlace opened, uint32_t slot, uint64_t due);
  void DropRest(TimerSpot at);
  bool OpenSome(uint64_t cursor, TimerPlace place);
  void MoveBelow(uint64_t cursor, TimerSpot from);
  void MakeGood(uint64_t cursor, TimerSpot at, uint32_t slot);
  void Enter(TimerPlace opened);
  void Sweep(uint64_t cursor);

  TimerPool pool_;
  TimerLists lists_;
  TimerRows rows_;
  LongPlaces long_;        // Of which some timers may be moved ahead.
  uint32_t reserved_ = 0;  // Reserve() was told so many.
  TimerSpot swept_ = {};   // Where Sweep() is.
};

// ---- Only definitions below ----------------------------------------------------------------

inline TimerId TimerStore::Arm(uint64_t cursor, uint64_t due, uint64_t tag) {
  if (pool_.size() >= reserved_) lists_.MakeRoom(1);
  const TimerId id = pool_.IdOf(pool_.Take(cursor, due, tag));
  Push(PlaceOf(cursor, due), id.slot, due);
  return id;
}

inline void TimerStore::Disarm(uint64_t cursor, uint32_t slot) {
  const uint64_t due = pool_.DeadlineOf(slot, cursor);
  const TimerPlace place = PlaceOf(cursor, due);
  rows_.IsOpened(place) ? StopIn(place, slot, due) : lists_.Stop(rows_.At(place), pool_, slot);
  if (rows_.At(place).live == 0) rows_.MarkEmpty(place);
  if (lists_.stale() > MuchStale(pool_.size()) + kFewStale) Sweep(cursor);
}

[[gnu::noinline]] inline void TimerStore::StopIn(TimerPlace place, uint32_t slot, uint64_t due) {
  lists_.StopOpened(pool_, slot, rows_.TakeOff(place, due));
  if (rows_.At(place).live == 0) DropRest(TimerRows::SpotOf(place));
}

inline void TimerStore::PopFront(TimerPlace place) {
  TimerList& list = rows_.At(place);
  lists_.PopFront(list, pool_);
  if (list.live == 0) rows_.MarkEmpty(place);
}

// Part of Arm, with all that it calls: as calls they would cost a thirtieth of the mix.
[[gnu::always_inline]] inline void TimerStore::Push(TimerPlace place, uint32_t slot, uint64_t due) {
  TimerList& list = rows_.At(place);
  if (!lists_.Push(list, slot, due)) return;  // Not the first one there, nor are there very many.
  PARLEY_CHECK((list.live > 1) == rows_.IsTaken(place));
  rows_.MarkTaken(place);
  if (list.entries >= kMany) long_.Mark(place);
}

// In a list in which no timer is left, and below it.
inline void TimerStore::DropRest(TimerSpot at) {
  if (rows_.IsOpened(at)) {
    const uint32_t row = rows_.RowBelow(at);
    for (uint32_t slot = 0; slot < kSlots; ++slot) DropRest({row, slot});
    rows_.Close(at);
  }
  TimerList rest = std::exchange(rows_.At(at), {});
  if (rest.head != TimerLists::kNone) lists_.Litter(rest);  // A sweep may have left it no entry.
}

[[gnu::noinline]] inline void TimerStore::MoveDown(uint64_t cursor, TimerPlace from) {
  PARLEY_CHECK(rows_.At(from).live > 0);
  const bool opened = rows_.IsOpened(from);
  while (opened && rows_.At(from).head != TimerLists::kNone) {
    MoveBelow(cursor, TimerRows::SpotOf(from));
  }
  TimerList all = std::exchange(rows_.At(from), {});
  rows_.MarkEmpty(from);
  if (opened) {
    Enter(from);
  } else if (all.differ == 0) {
    const TimerPlace place = PlaceOf(cursor, all.earliest);
    PARLEY_CHECK(!rows_.IsTaken(place));
    if (swept_ == TimerRows::SpotOf(from)) lists_.StopSweep();
    rows_.At(place) = all;
    rows_.MarkTaken(place);
  } else {
    lists_.Empty(all, pool_, [&](uint32_t slot) {
      const uint64_t due = pool_.DeadlineOf(slot, cursor);
      Push(PlaceOf(cursor, due), slot, due);
    });
  }
}

// The row of a place to which time has come is the wheel's.
inline void TimerStore::Enter(TimerPlace opened) {
  PARLEY_CHECK(rows_.TakenOf(opened.level - 1) == 0);
  const uint32_t row = rows_.RowBelow(TimerRows::SpotOf(opened));
  if (swept_.row == row) lists_.StopSweep();
  for (uint32_t slot = 0; slot < kSlots; ++slot) {
    const TimerSpot spot{row, slot};
    const TimerPlace place{opened.level - 1, slot};
    rows_.At(spot).live == 0 ? DropRest(spot) : rows_.Adopt(spot, place);
    if (rows_.At(place).entries >= kMany || rows_.IsOpened(place)) long_.Mark(place);
  }
  rows_.Close(TimerRows::SpotOf(opened));
}

[[gnu::noinline]] inline void TimerStore::OpenAhead(uint64_t cursor, uint64_t until) {
  while (const auto place = long_.Next(cursor, until, rows_)) {
    if (OpenSome(cursor, *place)) return;
    long_.Unmark(*place);
  }
}

// Moves some timers of a place below it, or if there are none, of the first list below it. False if
// there is nothing to do.
inline bool TimerStore::OpenSome(uint64_t cursor, TimerPlace place) {
  PARLEY_CHECK(rows_.IsTaken(place));
  std::optional<TimerSpot> at = TimerRows::SpotOf(place);
  for (; at; at = rows_.FirstBelow(*at)) {
    const TimerList& list = rows_.At(*at);
    if (!rows_.IsOpened(*at)) {
      if (list.entries < kMany || list.differ == 0) return false;  // On level 0 none differ.
      if (rows_.opened() >= MostOpened(std::max(pool_.size(), reserved_))) return false;
      rows_.Open(*at);
    }
    if (list.entries > 0) {
      MakeRoomToMove();
      for (uint32_t i = 0; i < kMovedAhead && list.head != TimerLists::kNone; ++i) {
        MoveBelow(cursor, *at);
      }
      return true;
    }
  }
  return false;
}

// Moves what is in the first chunk of an opened list to the lists below it.
inline void TimerStore::MoveBelow(uint64_t cursor, TimerSpot from) {
  PARLEY_CHECK(rows_.IsOpened(from));
  const auto make_good = [&](uint32_t slot) { MakeGood(cursor, from, slot); };
  const auto move = [&](uint32_t slot) {
    const uint64_t due = pool_.DeadlineOf(slot, cursor);
    const TimerSpot below = rows_.Below(from, due);
    lists_.Push(rows_.At(below), slot, due);
    rows_.MarkFilled(below);
  };
  lists_.EmptyFirst(rows_.At(from), pool_, move, make_good);
}

// A stopped timer is found in a list: it was never in those below, from which it was taken off.
inline void TimerStore::MakeGood(uint64_t cursor, TimerSpot at, uint32_t slot) {
  const uint32_t last = pool_.NoteOf(slot);
  if (last >= rows_.LevelOf(at)) return;
  rows_.MakeGood(at, pool_.DeadlineOf(slot, cursor), last);
}

// Drops what stopped timers left behind in one more chunk, list after list, but only where it is
// much: in all it is more than two fifths of the timers. Of an opened list it is not known.
[[gnu::noinline]] inline void TimerStore::Sweep(uint64_t cursor) {
  PARLEY_CHECK(lists_.stale() > MuchStale(pool_.size()));
  if (lists_.HasLitter()) return lists_.DropLitter(pool_);  // First: a sweep may stand in it.
  for (uint32_t seen = 0; !lists_.sweeping(); ++seen) {
    const TimerList& list = rows_.At(swept_);
    if (list.entries > 0 && (rows_.IsOpened(swept_) || list.HasMuchStale())) break;
    if (seen == kSlots) return;  // One call goes over one row.
    swept_ = rows_.After(swept_);
  }
  const auto make_good = [&](uint32_t slot) { MakeGood(cursor, swept_, slot); };
  if (lists_.Sweep(rows_.At(swept_), pool_, make_good)) swept_ = rows_.After(swept_);
}

// Room for so many timers and for what stopped ones leave behind: so many stale entries as begin a
// sweep, and three a chunk while all are gone over. Of each place two chunks may be nearly empty.
inline void TimerStore::Reserve(uint32_t timers) {
  if (timers <= reserved_) return;
  const uint64_t few = uint64_t{timers} + kFewStale;
  const uint32_t opened = MostOpened(timers);
  const uint64_t ends = 2 * std::min<uint64_t>(few, (kLevels + opened) * kSlots) + 4;
  const uint64_t calls = timers / kPerChunk + ends;
  const uint64_t stale = (MuchStale(timers) + kFewStale + 3 * calls) * 16 / 15;
  const uint64_t slots = std::min<uint64_t>(timers + stale, UINT32_MAX);
  pool_.Reserve(static_cast<uint32_t>(slots));
  lists_.Reserve(static_cast<uint32_t>(slots / kPerChunk + ends));
  rows_.Reserve(opened);
  reserved_ = timers;
}

// Whatever the places of the timers, each place begins one chunk and then fills it.
inline void TimerStore::MakeRoom(uint32_t timers) {
  pool_.MakeRoom(timers);
  if (uint64_t{pool_.size()} + timers <= reserved_) return;
  lists_.MakeRoom(std::min(timers, timers / kPerChunk + kLevels * kSlots));
}

}  // namespace parley::internal

#endif  // PARLEY_TIMER_TIMER_STORE_H_
