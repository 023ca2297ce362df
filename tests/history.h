// A history made up from a seed: the commands of a host, what they did, and the state after each.
//
//   const History history(17);
//   for (const Told& told : history.told) ...

#ifndef PARLEY_TESTS_HISTORY_H_
#define PARLEY_TESTS_HISTORY_H_

#include <memory>
#include <vector>

#include "draw_policy.h"
#include "draw_time.h"
#include "parley/parley.h"
#include "simulation.h"

namespace parley {

// One command of a history, with what it did.
struct Told {
  Instant at;
  Command command;
  std::vector<Event> events;
  uint64_t digest = 0;
};

struct History {
  explicit History(uint64_t seed) : draw(seed), policy(SomePolicy(draw)) {
    const Pace pace = draw.OneIn(3) ? Pace::kAny : draw.OneIn(3) ? Pace::kHuman : Pace::kRace;
    settings = SettingsDraw(draw, pace).Valid();
    ManualClock clock;
    Engine engine = *Engine::Create(settings, clock, *policy);
    TimeDraw time(draw, pace);
    Host host(draw, pace, engine);
    for (int i = 0; i < 800; ++i) {
      clock.Set(time.Next(engine));
      const Command command = host.Next();
      const auto events = engine.Apply(command);
      host.Learn(events);
      told.push_back({clock.Now(), command, {events.begin(), events.end()}, engine.Digest()});
    }
  }

  Draw draw;
  std::unique_ptr<ReroutePolicy> policy;
  Settings settings;
  std::vector<Told> told;
};

// An engine that is told a history again, one command after the other.
struct Replay {
  explicit Replay(uint64_t seed)
      : history(seed), engine(*Engine::Create(history.settings, clock, *history.policy)) {}

  History history;
  ManualClock clock;
  Engine engine;
};

}  // namespace parley

#endif  // PARLEY_TESTS_HISTORY_H_
