// Floor 3 · model/route.h — where a task goes, and its place there.

#ifndef PARLEY_MODEL_ROUTE_H_
#define PARLEY_MODEL_ROUTE_H_

#include <cstdint>
#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/skill_set.h"

namespace parley {

// Where a new task goes: its queue, what it needs beyond what the queue needs, and its place. For a
// conversation that has a route already, one that names no queue, skills or priority stands for
// that; any other is the whole new route, in the same queue if it names none.
struct Route {
  QueueId queue{};
  SkillSet skills{};
  int32_t priority = 0;                // 0 to 2^31 - 1; higher goes first.
  Duration waited = Duration::zero();  // Counts as having waited this long already; 0 to 366 days.
  friend bool operator==(const Route&, const Route&) = default;
  static constexpr auto kFields =
      std::tuple(Opt("queue", &Route::queue), Opt("skills", &Route::skills),
                 Opt("priority", &Route::priority), Opt("waited", &Route::waited));
};

}  // namespace parley

#endif  // PARLEY_MODEL_ROUTE_H_
