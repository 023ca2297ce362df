// A clock drawn from a seed: it mostly stands, creeps from timer to timer, and leaps; now and then
// it gives a moment that no clock should give.

#ifndef PARLEY_TESTS_DRAW_TIME_H_
#define PARLEY_TESTS_DRAW_TIME_H_

#include "draw.h"
#include "draw_settings.h"
#include "parley/parley.h"

namespace parley {

// When a history begins: mostly at the origin, sometimes at an end of the times that there are.
inline Instant SomeStart(Draw& draw) {
  switch (draw.Below(8)) {
    case 0:
      return kFirstInstant;
    case 1:
      return kLastInstant - Duration(draw.OfAnySize(40));
    case 2:
      return Instant(Duration(-draw.OfAnySize(40)));
    default:
      return Instant();
  }
}

class TimeDraw {
 public:
  TimeDraw(Draw& draw, Pace pace) : draw_(draw), pace_(pace) {}

  // When the next command comes.
  Instant Next(const Engine& engine) {
    const Instant now = engine.Now();
    const Instant wake = engine.NextWake();
    const bool sleeps = wake < now + 400 * kDay;
    switch (draw_.Below(32)) {
      case 0:
      case 1:
        return sleeps ? wake : now;
      case 2:
        return sleeps ? wake + Duration(draw_.Between(-1, 2)) : now;
      case 3:
      case 4:
        return now + Duration(draw_.Between(1, 6));
      case 5:
        return draw_.OneIn(3) ? now + Leap() : now;
      case 6:
        return draw_.OneIn(10) ? WrongTime(now) : now;
      default:
        return now;
    }
  }

 private:
  Duration Leap() {
    if (draw_.OneIn(40)) return 400 * kDay;
    return Duration(draw_.OfAnySize(pace_ == Pace::kRace ? 12 : 32));
  }
  Instant WrongTime(Instant now) {
    switch (draw_.Below(3)) {
      case 0:
        return kLastInstant + Duration(draw_.OfAnySize(60));
      case 1:
        return kFirstInstant - Duration(draw_.OfAnySize(60));
      default:
        return now - Duration(draw_.OfAnySize(40));
    }
  }

  Draw& draw_;
  Pace pace_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_DRAW_TIME_H_
