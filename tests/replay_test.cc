// Do the same commands at the same times always give the same events and the same state? Also when
// the way was cut into pieces, when they went through text, when the hash key is another, and when
// the engine was moved in memory on the way.

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "history.h"
#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley {
namespace {

// An engine that is told a history again.
struct Replay {
  explicit Replay(const History& history, HashKey key = {})
      : engine(*Engine::Create(history.settings, clock, *history.policy, key)) {}

  std::vector<Event> Apply(Instant at, const Command& command) {
    clock.Set(at);
    const auto span = engine.Apply(command);
    return {span.begin(), span.end()};
  }

  ManualClock clock;
  Engine engine;
};

constexpr uint64_t kHistories = 60;

// tell(replay, told) applies one command, in its own way, and gives the events.
using Tell = std::function<std::vector<Event>(Replay&, const Told&)>;

void ExpectSame(const History& history, Replay& replay, const Tell& tell) {
  for (size_t i = 0; i < history.told.size(); ++i) {
    const Told& told = history.told[i];
    ASSERT_EQ(tell(replay, told), told.events) << "after " << i << ": " << ToText(told.command);
    ASSERT_EQ(replay.engine.Digest(), told.digest) << "after " << i << ": " << ToText(told.command);
  }
}

std::vector<Event> TellPlainly(Replay& replay, const Told& told) {
  return replay.Apply(told.at, told.command);
}

// Where the way from the engine's time to `at` is cut; nowhere if the clock goes wrong.
using Cuts = std::function<std::vector<Instant>(const Engine& engine, Instant at)>;

std::vector<Event> TellInPieces(Replay& replay, const Told& told, const Cuts& cuts) {
  std::vector<Event> all;
  if (told.at > replay.engine.Now() && told.at <= kLastInstant) {
    for (const Instant cut : cuts(replay.engine, told.at)) {
      const auto events = replay.Apply(cut, Advance{});
      all.insert(all.end(), events.begin(), events.end());
    }
  }
  const auto events = replay.Apply(told.at, told.command);
  all.insert(all.end(), events.begin(), events.end());
  return all;
}

TEST(ReplayTest, TheSameCommandsGiveTheSameEventsAndTheSameDigest) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    const History history(seed);
    Replay replay(history);
    ExpectSame(history, replay, TellPlainly);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

TEST(ReplayTest, TheHashKeyChangesNothingThatCanBeSeen) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    const History history(seed);
    Replay replay(history, HashKey{seed, seed << 32});
    ExpectSame(history, replay, TellPlainly);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

TEST(ReplayTest, AnAdvanceCutInTwoIsTheSameAdvance) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    const History history(seed);
    Replay replay(history);
    Draw draw(seed);
    const Cuts in_two = [&draw](const Engine& engine, Instant at) {
      return std::vector<Instant>{engine.Now() +
                                  Duration(draw.Between(0, (at - engine.Now()).count()))};
    };
    ExpectSame(history, replay,
               [&](Replay& r, const Told& told) { return TellInPieces(r, told, in_two); });
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

TEST(ReplayTest, AnAdvanceCutInManyIsTheSameAdvance) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    const History history(seed);
    Replay replay(history);
    const Cuts in_many = [](const Engine& engine, Instant at) {
      std::vector<Instant> cuts;
      const Duration part = std::max((at - engine.Now()) / 16, Duration(1));
      for (Instant cut = engine.Now(); cut < at; cut += part) cuts.push_back(cut);
      return cuts;
    };
    ExpectSame(history, replay,
               [&](Replay& r, const Told& told) { return TellInPieces(r, told, in_many); });
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

TEST(ReplayTest, AHostThatWakesForEachTimerSeesEachAtItsDeadline) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    const History history(seed);
    Replay replay(history);
    ExpectSame(history, replay, [](Replay& r, const Told& told) {
      std::vector<Event> all;
      while (r.engine.NextWake() < told.at && told.at <= kLastInstant) {
        const Instant wake = r.engine.NextWake();
        for (const Event& event : r.Apply(wake, Advance{})) {
          EXPECT_EQ(event.at, wake);
          all.push_back(event);
        }
      }
      const auto events = r.Apply(told.at, told.command);
      all.insert(all.end(), events.begin(), events.end());
      return all;
    });
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(ReplayTest, AMovedEngineGoesOnWhereItWas) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    const History history(seed);
    Replay replay(history);
    ExpectSame(history, replay, [](Replay& r, const Told& told) {
      Engine elsewhere = std::move(r.engine);
      r.engine = std::move(elsewhere);
      return r.Apply(told.at, told.command);
    });
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

TEST(ReplayTest, CommandsThatWentThroughTextAreTheSameCommands) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    const History history(seed);
    Replay replay(history);
    Names names;
    TextReader reader;
    ExpectSame(history, replay, [&](Replay& r, const Told& told) {
      const std::string line = ToText(told.command, names);
      const auto command = reader.ReadCommand(line, names);
      EXPECT_TRUE(command.ok()) << command.status() << "\n" << line;
      if (!command.ok()) return std::vector<Event>{};
      EXPECT_EQ(*command, told.command) << line;
      const auto events = r.Apply(told.at, *command);
      names.Learn(*command, events);
      return events;
    });
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(ReplayTest, EventsThatWentThroughTextAreTheSameEvents) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    const History history(seed);
    Names names;
    TextReader reader;
    for (const Told& told : history.told) {
      names.Learn(told.command, told.events);
      for (const Event& event : told.events) {
        const std::string line = ToText(event, names);
        const auto read = reader.ReadEvent(line, names);
        ASSERT_TRUE(read.ok()) << read.status() << "\n" << line;
        ASSERT_EQ(*read, event) << line;
      }
    }
  }
}

}  // namespace
}  // namespace parley
