// examples/call_row.h — reads one row of a call centre's log.
//
// Times of day are h:mm:ss, dates are yymmdd. Each of the three parts of a call (automated answer,
// queue, service) has the time it began, the time it ended, and its length in seconds; a part that
// never was has 0:00:00, 0:00:00 and 0.

#ifndef PARLEY_EXAMPLES_CALL_ROW_H_
#define PARLEY_EXAMPLES_CALL_ROW_H_

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "parley/base/time.h"
#include "problems.h"
#include "table_file.h"

namespace parley::examples {

using namespace std::chrono_literals;

// The columns, as ReadTable() is asked for them.
inline constexpr std::array<std::string_view, 14> kCallColumns = {
    "outcome",  "priority", "type",   "server", "date",      "vru_entry", "vru_exit",
    "vru_time", "q_start",  "q_exit", "q_time", "ser_start", "ser_exit",  "ser_time"};

enum class CallOutcome : uint8_t { kServed, kHungUp, kPhantom };

// One part of a call.
struct CallPart {
  Duration begin = Duration::zero();  // Time of day; so is `end`.
  Duration end = Duration::zero();
  Duration length = Duration::zero();

  bool Was() const { return begin != 0s || end != 0s || length != 0s; }
  // Midnight may lie between begin and end.
  bool ClocksAgree() const { return length >= 0s && (end - begin - length) % 24h == 0s; }
};

struct CallRow {
  size_t line = 0;
  CallOutcome outcome = CallOutcome::kServed;
  bool high_priority = false;
  std::string type;
  std::string server;  // Empty: nobody, or nobody knows who.
  Instant day;         // Its first moment, counted from the start of 1970.
  CallPart automated;
  CallPart queue;
  CallPart service;
};

// The row; nothing, and a problem, if it has a cell that cannot be read. Problems: "unknown
// outcome", "unknown priority", "bad type", "bad server", "bad date", "bad time".
inline std::optional<CallRow> ReadCallRow(const TableRow& row, Problems& problems);

// This time of day, on the day that brings it nearest to the given moment.
inline Instant Near(Instant moment, Duration time_of_day) {
  const auto day = std::chrono::floor<std::chrono::days>(moment.time_since_epoch());
  const Instant same_day = Instant(day) + time_of_day;
  if (same_day - moment > 12h) return same_day - 24h;
  return moment - same_day > 12h ? same_day + 24h : same_day;
}

// ---- Only definitions below ------------------------------------------------------------------

namespace internal {

inline std::optional<CallOutcome> ParseOutcome(std::string_view text) {
  if (text == "AGENT") return CallOutcome::kServed;
  if (text == "HANG") return CallOutcome::kHungUp;
  return text == "PHANTOM" ? std::optional(CallOutcome::kPhantom) : std::nullopt;
}

// 7:05:09; from 0:00:00 to 23:59:59.
inline std::optional<Duration> ParseTimeOfDay(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == text.npos || text.size() != colon + 6 || text[colon + 3] != ':') return std::nullopt;
  const auto h = ToNumber(text.substr(0, colon), 0, 23);
  const auto m = ToNumber(text.substr(colon + 1, 2), 0, 59);
  const auto s = ToNumber(text.substr(colon + 4, 2), 0, 59);
  if (!h || !m || !s) return std::nullopt;
  return std::chrono::hours(*h) + std::chrono::minutes(*m) + std::chrono::seconds(*s);
}

// 990131: the 31st of January 1999. Years below 70 are of this century.
inline std::optional<Instant> ParseDate(std::string_view text) {
  const auto number = text.size() == 6 ? ToNumber(text, 0, 999999) : std::nullopt;
  if (!number) return std::nullopt;
  const auto n = static_cast<unsigned>(*number);
  const unsigned year = n / 10000 + (n / 10000 < 70 ? 2000 : 1900);
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(n / 100 % 100),
                                         std::chrono::day(n % 100)};
  if (!date.ok()) return std::nullopt;
  return Instant(std::chrono::sys_days(date).time_since_epoch());
}

// Three cells from this one on.
inline std::optional<CallPart> ParsePart(const TableRow& row, size_t first) {
  const auto begin = ParseTimeOfDay(row.cells[first]);
  const auto end = ParseTimeOfDay(row.cells[first + 1]);
  const auto seconds = ToNumber(row.cells[first + 2], -86400, 86400);
  if (!begin || !end || !seconds) return std::nullopt;
  return CallPart{*begin, *end, std::chrono::seconds(*seconds)};
}

// Fit to name a skill or an agent.
inline bool IsCallName(std::string_view name) {
  constexpr size_t kLongest = 64;
  return !name.empty() && name.size() <= kLongest && IsPlain(name);
}

}  // namespace internal

inline std::optional<CallRow> ReadCallRow(const TableRow& row, Problems& problems) {
  const auto bad = [&](std::string_view kind, size_t cell) {
    problems.Add(kind, row.line, Shown(row.cells[cell]));
    return std::nullopt;
  };
  const auto outcome = internal::ParseOutcome(row.cells[0]);
  const auto priority = ToNumber(row.cells[1], 0, 2);
  const auto day = internal::ParseDate(row.cells[4]);
  if (!outcome) return bad("unknown outcome", 0);
  if (!priority) return bad("unknown priority", 1);
  if (!internal::IsCallName(row.cells[2])) return bad("bad type", 2);
  if (!internal::IsCallName(row.cells[3])) return bad("bad server", 3);
  if (!day) return bad("bad date", 4);

  std::array<CallPart, 3> parts;
  for (size_t i = 0; i < parts.size(); ++i) {
    const auto part = internal::ParsePart(row, 5 + 3 * i);
    if (!part) {
      problems.Add("bad time", row.line,
                   fmt::format("{} to {} in {} s", Shown(row.cells[5 + 3 * i]),
                               Shown(row.cells[6 + 3 * i]), Shown(row.cells[7 + 3 * i])));
      return std::nullopt;
    }
    parts[i] = *part;
  }
  return CallRow{row.line,
                 *outcome,
                 *priority == 2,
                 row.cells[2],
                 row.cells[3] == "NO_SERVER" ? std::string() : row.cells[3],
                 *day,
                 parts[0],
                 parts[1],
                 parts[2]};
}

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_CALL_ROW_H_
