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

// Where a new task goes: its queue or workflow, what it needs beyond that, and its place. For a
// conversation that has a route already, one that names no queue, workflow, skills or priority
// stands for that; any other is the whole new route, in the same queue if it names none.
// Attributes, if given, replace those of the conversation; its later tasks have them too (P8).
struct Route {
  QueueId queue{};
  SkillSet skills{};
  int32_t priority = 0;                // 0 to 2^31 - 1; higher goes first.
  Duration waited = Duration::zero();  // Counts as having waited this long already; 0 to 366 days.
  WorkflowId workflow{};               // Instead of a queue: through its filters and steps (B4).
  std::string_view attributes{};       // JSON (model/attributes.h); none: as they were.
  friend bool operator==(const Route&, const Route&) = default;
  static constexpr auto kFields =
      std::tuple(Opt("queue", &Route::queue), Opt("skills", &Route::skills),
                 Opt("priority", &Route::priority), Opt("waited", &Route::waited),
                 Opt("workflow", &Route::workflow), Opt("attributes", &Route::attributes));
};

// Direct routing (B1): one agent is asked alone for `prefer_for` (0 to 366 days; 0: for ever), then
// whoever fits the route. He may be given it `over_by` tasks above his capacity; kUnlimited:
// whatever he does and whatever he can.
struct Direct {
  AgentId prefer{};
  Duration prefer_for = Duration::zero();
  uint32_t over_by = 0;
  friend bool operator==(const Direct&, const Direct&) = default;
  static constexpr auto kFields =
      std::tuple(Opt("prefer", &Direct::prefer), Opt("prefer-for", &Direct::prefer_for),
                 Opt("over-by", &Direct::over_by));
};

}  // namespace parley

#endif  // PARLEY_MODEL_ROUTE_H_
