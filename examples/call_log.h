// examples/call_log.h — reads a call centre's log: who called, waited, was served, and by whom.
//
// Every row is one of these: a phantom, a caller who hung up before he came to the queue, a call,
// or a row that cannot be used. Where clocks disagree the row is used for what it can tell, and
// listed.

#ifndef PARLEY_EXAMPLES_CALL_LOG_H_
#define PARLEY_EXAMPLES_CALL_LOG_H_

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "absl/status/statusor.h"
#include "call_row.h"
#include "parley/base/time.h"
#include "problems.h"
#include "table_file.h"

namespace parley::examples {

// Somebody who came to the queue, or to an agent without waiting.
struct Call {
  size_t line = 0;
  size_t type = 0;  // Its place in CallLog::types.
  bool high_priority = false;
  bool served = false;  // Else he hung up.
  Instant arrives;
  Duration waited = Duration::zero();
  Duration service = Duration::zero();  // Of one who hung up: what it might have been.
};

struct Shift {
  Instant begin;
  Instant end;
};

struct Server {
  std::string name;
  std::vector<size_t> types;  // That he served in this log.
  std::vector<Shift> shifts;  // In order of time.
};

struct CallLog {
  std::vector<std::string> types;
  std::vector<Server> servers;
  std::vector<Call> calls;  // In order of arrival.
  size_t rows_in_file = 0;
  size_t phantoms = 0;
  size_t gone_before_queue = 0;
  Duration busy = Duration::zero();  // Service by agents who are known.
  Problems unusable;                 // Rows that are left out.
  Problems odd;                      // Rows that are used although something is wrong with them.
};

// An agent who served nobody for so long had gone home.
inline constexpr Duration kLongestIdle = 3h;
// A service that begins so far from the end of the wait does not tell when the agent was there.
inline constexpr Duration kClocksDiffer = 1min;

// Fails as ReadTable().
inline absl::StatusOr<CallLog> ReadCallLog(const std::string& path);

// ---- Only definitions below ------------------------------------------------------------------

namespace internal {

inline std::string PartText(const CallPart& part) {
  const auto clock = [](Duration of_day) {
    const auto s = of_day / 1s;
    return fmt::format("{}:{:02}:{:02}", s / 3600, s % 3600 / 60, s % 60);
  };
  return fmt::format("{} to {} in {} s", clock(part.begin), clock(part.end), part.length / 1s);
}

class CallLogReader {
 public:
  CallLog Read(const Table& table, Problems problems) {
    log_.rows_in_file = table.rows_in_file;
    log_.unusable = std::move(problems);
    for (const TableRow& cells : table.rows) {
      if (const auto row = ReadCallRow(cells, log_.unusable)) Add(*row);
    }
    std::ranges::stable_sort(log_.calls, {}, &Call::arrives);
    GuessServices();
    for (size_t i = 0; i < log_.servers.size(); ++i) FindShifts(log_.servers[i], services_[i]);
    return std::move(log_);
  }

 private:
  void Add(const CallRow& row) {
    if (row.outcome == CallOutcome::kPhantom) {
      ++log_.phantoms;
      return;
    }
    for (const CallPart* part : {&row.automated, &row.queue, &row.service}) {
      if (!part->ClocksAgree()) log_.odd.Add("exit before entry", row.line, PartText(*part));
    }
    const bool served = row.outcome == CallOutcome::kServed;
    if (!served && !row.queue.Was()) {
      ++log_.gone_before_queue;
    } else {
      AddCall(row, served);
    }
  }

  void AddCall(const CallRow& row, bool served) {
    Call call;
    call.line = row.line;
    call.type = TypeOf(row.type);
    call.high_priority = row.high_priority;
    call.served = served;
    call.arrives =
        Near(row.day + row.automated.begin, row.queue.Was() ? row.queue.begin : row.automated.end);
    call.waited = std::max<Duration>(row.queue.length, 0s);
    if (served) {
      call.service = std::max<Duration>(row.service.length, 0s);
      AddService(row, call);
    } else if (row.service.Was()) {
      log_.odd.Add("hung up, and served as well", row.line, PartText(row.service));
    }
    log_.calls.push_back(call);
  }

  void AddService(const CallRow& row, const Call& call) {
    const Instant expected = call.arrives + call.waited;
    const Instant begin = Near(expected, row.service.begin);
    const bool fits = begin - expected <= kClocksDiffer && expected - begin <= kClocksDiffer;
    if (!fits) {
      log_.odd.Add("service not at the end of the wait", row.line, PartText(row.service));
    }
    if (row.server.empty()) return;
    log_.busy += call.service;
    const size_t server = ServerOf(row.server);
    auto& types = log_.servers[server].types;
    if (std::ranges::find(types, call.type) == types.end()) types.push_back(call.type);
    if (fits) services_[server].push_back({begin, begin + call.service});
  }

  size_t TypeOf(const std::string& name) {
    const auto [found, is_new] = types_.emplace(name, log_.types.size());
    if (is_new) log_.types.push_back(name);
    return found->second;
  }
  size_t ServerOf(const std::string& name) {
    const auto [found, is_new] = servers_.emplace(name, log_.servers.size());
    if (is_new) {
      log_.servers.push_back({name, {}, {}});
      services_.emplace_back();
    }
    return found->second;
  }

  // Who hung up may be served this time: for as long as the last one before him of his type.
  void GuessServices() {
    std::map<size_t, Duration> last;
    for (const Call& call : log_.calls) {
      if (call.served) last.emplace(call.type, call.service);  // The first: for those before it.
    }
    for (Call& call : log_.calls) {
      if (call.served) {
        last[call.type] = call.service;
      } else {
        call.service = last[call.type];
      }
    }
  }

  static void FindShifts(Server& server, std::vector<Shift>& services) {
    std::ranges::stable_sort(services, {}, &Shift::begin);
    for (const Shift& service : services) {
      auto& shifts = server.shifts;
      if (shifts.empty() || service.begin - shifts.back().end > kLongestIdle) {
        shifts.push_back(service);
      } else {
        shifts.back().end = std::max(shifts.back().end, service.end);
      }
    }
  }

  CallLog log_;
  std::map<std::string, size_t> types_;
  std::map<std::string, size_t> servers_;
  std::vector<std::vector<Shift>> services_;  // By server.
};

}  // namespace internal

inline absl::StatusOr<CallLog> ReadCallLog(const std::string& path) {
  Problems problems;
  const auto table = ReadTable(path, kCallColumns, problems);
  if (!table.ok()) return table.status();
  return internal::CallLogReader().Read(*table, std::move(problems));
}

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_CALL_LOG_H_
