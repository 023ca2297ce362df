// Floor 1 · timer/timer_rows.h — the rows of a wheel: where its lists stand, and which hold timers.
//
// A row is 64 lists, one for each value of a digit. The wheel has a row for each level. A place in
// which very many timers wait may be opened: it gets a row of its own, of the level below, into
// which they are moved by and by; later ones still go to the list of the place itself. Lists of
// that row may be opened in turn. Once all have moved, and time has come to the place, its row
// becomes the wheel's row of that level, and no timer is touched.
//
// Of an opened place, `live` counts the timers in all of it. Below it, a timer that is stopped is
// taken off the lists that its deadline leads to, though it may stand above them still: so `live`
// is right there once all above has moved, and wraps around zero before. How far down it was taken
// off is noted with it, and made good when it is found above.
//
// Units      Ticks (timer_place.h).
// Errors     None; a broken rule stops the process.
// Cost       O(levels) each, and Close a row.
// Memory     2.3 KiB a row, of which the wheel has 11; growth copies nothing.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_TIMER_TIMER_ROWS_H_
#define PARLEY_TIMER_TIMER_ROWS_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/timer/timer_lists.h"
#include "parley/timer/timer_place.h"

namespace parley::internal {

// A list of a row. Of the wheel's own rows the number is the level.
struct TimerSpot {
  uint32_t row = 0;
  uint32_t slot = 0;

  friend bool operator==(TimerSpot, TimerSpot) = default;
};

class TimerRows {
 public:
  using Lists = std::array<TimerList, kWheelSlots>;

  TimerList& At(TimerPlace place) { return own_[place.level][place.slot]; }
  const TimerList& At(TimerPlace place) const { return own_[place.level][place.slot]; }
  const TimerList& At(TimerSpot spot) const {
    return spot.row < kWheelLevels ? own_[spot.row][spot.slot] : In(spot.row).lists[spot.slot];
  }
  TimerList& At(TimerSpot spot) {
    return spot.row < kWheelLevels ? own_[spot.row][spot.slot] : In(spot.row).lists[spot.slot];
  }
  static TimerSpot SpotOf(TimerPlace place) { return {place.level, place.slot}; }
  uint32_t LevelOf(TimerSpot spot) const {
    return spot.row < kWheelLevels ? spot.row : In(spot.row).level;
  }

  // The first place that holds timers.
  std::optional<TimerPlace> First() const;
  bool IsTaken(TimerPlace place) const { return (taken_[place.level] >> place.slot & 1) != 0; }
  uint64_t TakenOf(uint32_t level) const { return taken_[level]; }
  void MarkTaken(TimerPlace place);
  void MarkEmpty(TimerPlace place);

  // Opens a list: it gets a row, whose lists are empty; without memory, nothing has changed. Closes
  // it: the row is given back.
  void Open(TimerSpot spot);
  void Close(TimerSpot opened);
  bool IsOpened(TimerPlace place) const { return opened_ > 0 && IsOpened(SpotOf(place)); }
  bool IsOpened(TimerSpot spot) const { return RowBelow(spot) != 0; }
  // A list is that of a place of the wheel now, with what is below it. Requires: none was there.
  void Adopt(TimerSpot spot, TimerPlace place);

  // The row of an opened list, the list in it for a deadline, and the first to which entries came.
  uint32_t RowBelow(TimerSpot opened) const {
    return opened.row < kWheelLevels ? own_below_[opened.row][opened.slot]
                                     : In(opened.row).below[opened.slot];
  }
  TimerSpot Below(TimerSpot opened, uint64_t deadline) const {
    return {RowBelow(opened), DigitOf(deadline, LevelOf(opened) - 1)};
  }
  std::optional<TimerSpot> FirstBelow(TimerSpot opened) const;
  void MarkFilled(TimerSpot spot) { In(spot.row).filled |= uint64_t{1} << spot.slot; }
  // Takes off a timer that is stopped, from all lists that its deadline leads to. Gives the level
  // of the last one.
  uint32_t TakeOff(TimerPlace opened, uint64_t deadline);
  // Makes good for the lists below an opened one, down to that level.
  void MakeGood(TimerSpot opened, uint64_t deadline, uint32_t last);

  // After this, Open allocates nothing until there are more than `n` opened lists.
  void Reserve(uint32_t n) { rows_.Reserve(n); }
  uint32_t opened() const { return opened_; }  // Lists that are.

  // Round all lists of all rows.
  TimerSpot After(TimerSpot spot) const;

  // Calls f(list) for the lists below a list, if it is opened, then for itself: of two timers with
  // one deadline the one that was armed before comes first.
  template <class F>
  void ForEachIn(TimerSpot spot, F f) const;

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  using Numbers = std::array<uint32_t, kWheelSlots>;

  struct Row {
    Lists lists = {};
    Numbers below = {};   // The rows of those lists that are opened; 0 of the others.
    uint64_t filled = 0;  // Bit s: there were entries in lists[s].
    uint32_t level = 0;
    uint32_t next = kNone;
  };

  uint32_t& Number(TimerSpot spot) {
    return spot.row < kWheelLevels ? own_below_[spot.row][spot.slot]
                                   : In(spot.row).below[spot.slot];
  }
  Row& In(uint32_t row) { return const_cast<Row&>(std::as_const(*this).In(row)); }
  const Row& In(uint32_t row) const {
    PARLEY_CHECK(row >= kWheelLevels && row - kWheelLevels < used_);
    return rows_[row - kWheelLevels];
  }

  std::array<uint64_t, kWheelLevels> taken_ = {};  // Bit s of taken_[l]: own_[l][s] holds timers.
  uint32_t levels_ = 0;                            // Bit l: taken_[l] is not 0.
  uint32_t used_ = 0;                              // Rows before this one were used at some time.
  uint32_t opened_ = 0;
  uint32_t free_ = kNone;
  std::array<Lists, kWheelLevels> own_ = {};
  std::array<Numbers, kWheelLevels> own_below_ = {};
  Blocks<Row> rows_;
};

// ---- Only definitions below ----------------------------------------------------------------

// The lowest occupied level holds the earliest timers: they share every higher digit with the
// cursor, while the timers above differ from it there.
inline std::optional<TimerPlace> TimerRows::First() const {
  if (levels_ == 0) return std::nullopt;
  const auto level = static_cast<uint32_t>(std::countr_zero(levels_));
  PARLEY_CHECK(taken_[level] != 0);
  return TimerPlace{level, static_cast<uint32_t>(std::countr_zero(taken_[level]))};
}

inline void TimerRows::MarkTaken(TimerPlace place) {
  taken_[place.level] |= uint64_t{1} << place.slot;
  levels_ |= 1u << place.level;
}

inline void TimerRows::MarkEmpty(TimerPlace place) {
  PARLEY_CHECK(At(place).live == 0);
  taken_[place.level] &= ~(uint64_t{1} << place.slot);
  if (taken_[place.level] == 0) levels_ &= ~(1u << place.level);
}

inline void TimerRows::Open(TimerSpot spot) {
  PARLEY_CHECK(!IsOpened(spot) && LevelOf(spot) > 0);
  uint32_t row = free_;
  if (row == kNone) {
    rows_.Reserve(used_ + 1);
    row = kWheelLevels + used_++;
  } else {
    free_ = In(row).next;
  }
  PARLEY_CHECK(In(row).filled == 0 && opened_ < used_);
  In(row).level = LevelOf(spot) - 1;
  Number(spot) = row;
  ++opened_;
}

inline void TimerRows::Close(TimerSpot opened) {
  PARLEY_CHECK(IsOpened(opened) && opened_ > 0);
  const uint32_t row = std::exchange(Number(opened), 0);
  In(row) = {};
  In(row).next = free_;
  free_ = row;
  --opened_;
}

inline void TimerRows::Adopt(TimerSpot spot, TimerPlace place) {
  PARLEY_CHECK(!IsTaken(place) && At(spot).live > 0);
  PARLEY_CHECK(LevelOf(spot) == place.level && !IsOpened(place));
  At(place) = At(spot);
  Number(SpotOf(place)) = Number(spot);
  MarkTaken(place);
}

inline std::optional<TimerSpot> TimerRows::FirstBelow(TimerSpot opened) const {
  const uint64_t filled = In(RowBelow(opened)).filled;
  if (filled == 0) return std::nullopt;
  return TimerSpot{RowBelow(opened), static_cast<uint32_t>(std::countr_zero(filled))};
}

inline uint32_t TimerRows::TakeOff(TimerPlace opened, uint64_t deadline) {
  PARLEY_CHECK(At(opened).live > 0);
  TimerSpot at = SpotOf(opened);
  for (; IsOpened(at); at = Below(at, deadline)) --At(at).live;
  --At(at).live;
  return LevelOf(at);
}

inline void TimerRows::MakeGood(TimerSpot opened, uint64_t deadline, uint32_t last) {
  PARLEY_CHECK(LevelOf(opened) > last);
  const TimerSpot below = Below(opened, deadline);
  ++At(below).live;
  if (LevelOf(below) > last) MakeGood(below, deadline, last);
}

inline TimerSpot TimerRows::After(TimerSpot spot) const {
  PARLEY_CHECK(spot.row < kWheelLevels + used_);
  if (spot.slot + 1 < kWheelSlots) return {spot.row, spot.slot + 1};
  return {(spot.row + 1) % (kWheelLevels + used_), 0};
}

template <class F>
void TimerRows::ForEachIn(TimerSpot spot, F f) const {
  if (IsOpened(spot)) {
    const uint32_t row = RowBelow(spot);
    for (uint32_t slot = 0; slot < kWheelSlots; ++slot) ForEachIn({row, slot}, f);
  }
  f(At(spot));
}

}  // namespace parley::internal

#endif  // PARLEY_TIMER_TIMER_ROWS_H_
