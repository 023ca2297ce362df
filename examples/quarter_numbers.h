// examples/quarter_numbers.h — the made-up contact centre of quarter.cc, in numbers.
//
// Change one and see what it does to the waits. (The test of `quarter 7` then wants a new page.)

#ifndef PARLEY_EXAMPLES_QUARTER_NUMBERS_H_
#define PARLEY_EXAMPLES_QUARTER_NUMBERS_H_

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/base/time.h"
#include "parley/model/medium.h"
#include "parley/model/settings.h"

namespace parley::examples {

using namespace std::chrono_literals;

inline Settings QuarterSettings() {
  Settings settings;
  settings.leave.enabled = true;
  settings.pause.enabled = true;
  settings.pause.limit = 3;
  return settings;
}

// ---- Customers ----

// How a medium behaves. Shares and chances are percentages.
struct MediumNumbers {
  Medium medium;
  uint64_t share;     // Of new conversations.
  Duration shortest;  // How long an agent works on a task,
  Duration longest;
  Duration patience;  // After which a customer whom nobody answers is gone; 0: never.
  uint64_t leave;     // What an agent does when he is done: leave, pause, transfer; else end.
  uint64_t pause;
  uint64_t transfer;
};
inline constexpr std::array<MediumNumbers, 4> kQuarterMedia = {{
    {Medium::kVoice, 30, 3min, 16min, 3min, 0, 0, 4},
    {Medium::kChat, 30, 8min, 40min, 15min, 20, 4, 4},
    {Medium::kEmail, 25, 5min, 60min, 0min, 55, 15, 3},
    {Medium::kWhatsapp, 15, 5min, 70min, 0min, 45, 8, 3},
}};

// New conversations in a thousand minutes like this, by the hour of a weekday. At weekends it is
// two fifths of that.
inline constexpr std::array<uint64_t, 24> kPerThousandMinutes = {
    200,  150,  100,  100,  150,  300,  800,  2200, 4200, 5600, 6000, 5800,
    5000, 5200, 5600, 5400, 5000, 4200, 3400, 2600, 1900, 1300, 700,  400};
constexpr uint64_t ArrivalsIn1000Minutes(int64_t day, size_t hour) {
  const bool weekend = day % 7 >= 5;  // Day 0 is a Monday.
  return weekend ? kPerThousandMinutes[hour] * 2 / 5 : kPerThousandMinutes[hour];
}

inline constexpr uint64_t kImportant = 5;  // Of 100 customers; they go first.
inline constexpr int32_t kImportantPriority = 10;
inline constexpr uint64_t kSpeakFrench = 8;       // Of 100; they need an agent who does, too.
inline constexpr uint64_t kCallFails = 1;         // Of 100 calls, before anyone is asked.
inline constexpr uint64_t kWritesMeanwhile = 20;  // Of 100 tasks.
inline constexpr uint64_t kWritesInPause = 25;
inline constexpr uint64_t kWritesInWrapUp = 3;
inline constexpr uint64_t kRepliesAfterLeave = 45;

// ---- Agents ----

inline constexpr size_t kAgents = 200;
inline constexpr std::array<std::string_view, 4> kTopics = {"billing", "technical", "orders",
                                                            "returns"};

// A tenth of the agents, and what each of them does at once.
struct Team {
  uint32_t voice, chat, email, whatsapp;
};
inline constexpr std::array<Team, 10> kTeams = {{
    {1, 0, 0, 0},
    {1, 0, 0, 0},
    {1, 0, 0, 0},
    {1, 0, 2, 0},
    {1, 0, 2, 0},
    {0, 3, 0, 4},
    {0, 3, 0, 4},
    {0, 3, 0, 4},
    {0, 2, 5, 0},
    {0, 0, 5, 2},
}};

// Nine of ten work on a weekday, one of three at a weekend.
constexpr bool WorksOn(size_t agent, int64_t day) {
  const auto d = static_cast<size_t>(day);
  return d % 7 < 5 ? (agent + d) % 10 != 0 : agent % 3 == d / 7 % 3;
}

inline constexpr Duration kShiftLength = 8h + 30min;
inline constexpr std::array<Duration, 10> kShiftBegins = {6h, 7h,  7h + 30min, 8h,  8h + 30min,
                                                          9h, 10h, 12h,        13h, 21h + 30min};
inline constexpr Duration kBreak = 30min;  // After four hours.

inline constexpr uint64_t kAccepts = 90;     // Of 100 offers. The rest is declined,
inline constexpr uint64_t kDeclines = 5;     // or nobody looks.
inline constexpr uint64_t kShortDrops = 30;  // Of 100 shifts: a moment without network,
inline constexpr uint64_t kLongDrops = 5;    // or so long that he is logged out.
inline constexpr uint64_t kResumes = 70;     // Of 100 pauses; the others are forgotten.

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_QUARTER_NUMBERS_H_
