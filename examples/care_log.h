// examples/care_log.h — reads a log of customer care: who wrote to whom, and when.
//
//   conversation,company,turn,role,sent_at
//   c0000,TeamYouTube,0,customer,2020-04-01T17:31:32Z
//
// A row that cannot be used is a problem with its line number; the others are put in order of time.

#ifndef PARLEY_EXAMPLES_CARE_LOG_H_
#define PARLEY_EXAMPLES_CARE_LOG_H_

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "absl/status/statusor.h"
#include "parley/base/time.h"
#include "problems.h"
#include "table_file.h"

namespace parley::examples {

struct CareMessage {
  size_t conversation = 0;  // Its place in CareLog::conversations.
  Instant at;               // Counts from the start of 1970, UTC.
  bool from_agent = false;
  size_t line = 0;
};

struct CareConversation {
  std::string name;
  size_t company = 0;
  std::vector<size_t> messages;  // Their places in CareLog::messages, in order of time.
};

struct CareLog {
  std::vector<std::string> companies;
  std::vector<CareConversation> conversations;
  std::vector<CareMessage> messages;  // In order of time; at one time, as in the file.
  size_t rows_in_file = 0;
  size_t out_of_order = 0;  // Rows earlier than the one before in their conversation.
};

// Fails as ReadTable(). Problems: as ReadTable(); "bad date", "unknown role", "bad name",
// "company changes".
inline absl::StatusOr<CareLog> ReadCareLog(const std::string& path, Problems& problems);

// 2020-04-01T17:31:32Z, exactly so, as an Instant that counts from the start of 1970.
inline std::optional<Instant> ParseUtc(std::string_view text) {
  constexpr std::string_view kPattern = "dddd-dd-ddTdd:dd:ddZ";
  const bool fits = std::ranges::equal(text, kPattern, [](char c, char pattern) {
    return pattern == 'd' ? c >= '0' && c <= '9' : c == pattern;
  });
  if (!fits) return std::nullopt;
  const auto number = [text](size_t at, size_t size) {
    return static_cast<int>(*ToNumber(text.substr(at, size), 0, 9999));
  };
  using namespace std::chrono;
  const year_month_day date{year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                            day(static_cast<unsigned>(number(8, 2)))};
  if (!date.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59) {
    return std::nullopt;
  }
  return Instant(sys_days(date).time_since_epoch() + hours(number(11, 2)) + minutes(number(14, 2)) +
                 seconds(number(17, 2)));
}

// ---- Only definitions below ------------------------------------------------------------------

namespace internal {

// Fit to name a queue, and agents after it.
inline bool IsCareName(std::string_view name) {
  constexpr size_t kLongest = 56;
  return !name.empty() && name.size() <= kLongest && IsPlain(name);
}

class CareLogReader {
 public:
  explicit CareLogReader(Problems& problems) : problems_(problems) {}

  CareLog Read(const Table& table) {
    log_.rows_in_file = table.rows_in_file;
    for (const TableRow& row : table.rows) {
      if (auto message = ReadMessage(row)) log_.messages.push_back(*message);
    }
    std::ranges::stable_sort(log_.messages, {}, &CareMessage::at);
    for (size_t i = 0; i < log_.messages.size(); ++i) {
      log_.conversations[log_.messages[i].conversation].messages.push_back(i);
    }
    return std::move(log_);
  }

 private:
  std::optional<CareMessage> ReadMessage(const TableRow& row) {
    const std::string &name = row.cells[0], &company = row.cells[1], &role = row.cells[2];
    const auto at = ParseUtc(row.cells[3]);
    if (!IsCareName(name) || !IsCareName(company)) {
      return Bad("bad name", row, IsCareName(name) ? company : name);
    }
    if (role != "customer" && role != "agent") return Bad("unknown role", row, role);
    if (!at) return Bad("bad date", row, row.cells[3]);
    const size_t conversation = FindConversation(name, company);
    if (log_.companies[log_.conversations[conversation].company] != company) {
      return Bad("company changes", row, company);
    }
    Instant& latest = latest_.emplace(conversation, *at).first->second;
    if (*at < latest) ++log_.out_of_order;
    latest = *at;
    return CareMessage{conversation, *at, role == "agent", row.line};
  }

  std::nullopt_t Bad(std::string_view kind, const TableRow& row, std::string_view cell) {
    problems_.Add(kind, row.line, Shown(cell));
    return std::nullopt;
  }

  size_t FindConversation(const std::string& name, const std::string& company) {
    const auto [found, is_new] = conversations_.emplace(name, log_.conversations.size());
    if (is_new) log_.conversations.push_back({name, FindCompany(company), {}});
    return found->second;
  }

  size_t FindCompany(const std::string& name) {
    const auto [found, is_new] = companies_.emplace(name, log_.companies.size());
    if (is_new) log_.companies.push_back(name);
    return found->second;
  }

  Problems& problems_;
  CareLog log_;
  std::map<std::string, size_t> companies_;
  std::map<std::string, size_t> conversations_;
  std::map<size_t, Instant> latest_;  // The last row's time, by conversation.
};

}  // namespace internal

inline absl::StatusOr<CareLog> ReadCareLog(const std::string& path, Problems& problems) {
  static constexpr std::array<std::string_view, 4> kColumns = {"conversation", "company", "role",
                                                               "sent_at"};
  const auto table = ReadTable(path, kColumns, problems);
  if (!table.ok()) return table.status();
  return internal::CareLogReader(problems).Read(*table);
}

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_CARE_LOG_H_
