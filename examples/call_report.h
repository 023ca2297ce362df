// examples/call_report.h — recorded waits and the engine's, side by side.

#ifndef PARLEY_EXAMPLES_CALL_REPORT_H_
#define PARLEY_EXAMPLES_CALL_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "call_log.h"
#include "parley/engine/engine.h"
#include "report.h"

namespace parley::examples {

// How a day's callers fared, in the record or here.
class CallFates {
 public:
  explicit CallFates(size_t types) : served_by_type_(types), hung_up_by_type_(types) {}

  void Served(const Call& call, Duration waited) {
    served_.Add(waited);
    served_by_type_[call.type].Add(waited);
  }
  void HungUp(const Call& call, Duration waited) {
    hung_up_.Add(waited);
    ++hung_up_by_type_[call.type];
  }

  const Samples& served() const { return served_; }
  const Samples& hung_up() const { return hung_up_; }
  const Samples& ServedOf(size_t type) const { return served_by_type_[type]; }
  uint64_t HungUpOf(size_t type) const { return hung_up_by_type_[type]; }

 private:
  Samples served_;
  Samples hung_up_;
  std::vector<Samples> served_by_type_;
  std::vector<uint64_t> hung_up_by_type_;
};

struct CallReport {
  explicit CallReport(const CallLog& of)
      : log(of), recorded(of.types.size()), here(of.types.size()) {
    for (const Call& call : log.calls) {
      call.served ? recorded.Served(call, call.waited) : recorded.HungUp(call, call.waited);
    }
  }

  // Every call that came was served or hung up, and is over.
  bool NothingIsLost(const Engine& engine) const {
    const auto totals = engine.Count();
    return entered == log.calls.size() && here.served().size() + here.hung_up().size() == entered &&
           closed == entered && totals.conversations == 0;
  }

  void PrintFile() const;
  void PrintCallers() const;
  void PrintTypes() const;
  void PrintAgents() const;
  void PrintProof(const Engine& engine, uint64_t commands, uint64_t refused) const;

  const CallLog& log;
  CallFates recorded;
  CallFates here;
  uint64_t entered = 0;
  uint64_t impatient = 0;  // Hung up here when they had waited as long as anyone in the record.
  uint64_t closed = 0;
  Duration busy = Duration::zero();
};

// ---- Only definitions below ------------------------------------------------------------------

inline void CallReport::PrintFile() const {
  Section("The file");
  Line("rows", log.rows_in_file);
  Line("  phantoms", log.phantoms);
  Line("  hung up before the queue", log.gone_before_queue);
  Line("  left out", log.rows_in_file - log.phantoms - log.gone_before_queue - log.calls.size());
  Line("  calls", log.calls.size());
  fmt::print("{}", log.unusable.ToText());
  if (const std::string odd = log.odd.ToText(); !odd.empty()) {
    fmt::print("  used, although something is wrong:\n{}", odd);
  }
  if (log.calls.empty()) return;
  fmt::print("  {} to {}\n", UtcText(log.calls.front().arrives), UtcText(log.calls.back().arrives));
}

inline void CallReport::PrintCallers() const {
  const auto both = [](std::string_view label, const std::string& a, const std::string& b) {
    fmt::print("  {:<44}{:>14}{:>14}\n", label, a, b);
  };
  const auto number = [](size_t n) { return fmt::to_string(n); };
  const size_t calls = log.calls.size();
  fmt::print("\n{:<46}{:>14}{:>14}\n", "Callers", "recorded", "here");
  both("served", number(recorded.served().size()), number(here.served().size()));
  both("  of all", Percent(recorded.served().size(), calls), Percent(here.served().size(), calls));
  both("hung up while they waited", number(recorded.hung_up().size()),
       number(here.hung_up().size()));
  both("  after the longest wait in the record", "", number(impatient));

  SamplesHeader("Waits");
  SamplesLine("served, recorded", recorded.served());
  SamplesLine("served, here", here.served());
  SamplesLine("hung up, recorded", recorded.hung_up());
  SamplesLine("hung up, here", here.hung_up());
}

inline void CallReport::PrintTypes() const {
  SamplesHeader("Waits of those served");
  for (size_t type = 0; type < log.types.size(); ++type) {
    const std::string& name = log.types[type];
    SamplesLine(fmt::format("{} recorded, {} hung up", name, recorded.HungUpOf(type)),
                recorded.ServedOf(type));
    SamplesLine(fmt::format("{} here, {} hung up", name, here.HungUpOf(type)), here.ServedOf(type));
  }
}

inline void CallReport::PrintAgents() const {
  size_t shifts = 0;
  Duration on_shift = Duration::zero();
  for (const Server& server : log.servers) {
    shifts += server.shifts.size();
    for (const Shift& shift : server.shifts) on_shift += shift.end - shift.begin;
  }
  const auto share = [&](Duration of) {
    return Percent(static_cast<uint64_t>(of.count()), static_cast<uint64_t>(on_shift.count()));
  };
  Section("Agents");
  Line("agents", log.servers.size());
  Line("shifts", shifts);
  Line("time on shift", fmt::format("{}h{:02}m", on_shift / 1h, on_shift % 1h / 1min));
  Line("busy, recorded", share(log.busy));
  Line("busy, here", share(busy));
}

inline void CallReport::PrintProof(const Engine& engine, uint64_t commands,
                                   uint64_t refused) const {
  Section("Engine");
  Line("commands", commands);
  Line("  refused", refused);
  Line("events", engine.Count().events);
  Section("Nobody is lost");
  Line("calls in the file", log.calls.size());
  Line("came", entered);
  Line("  served", here.served().size());
  Line("  hung up", here.hung_up().size());
  Line("  still there", engine.Count().conversations);
  Line("each of them once", NothingIsLost(engine) ? "yes" : "NO");
  fmt::print(R"(
What differs from the record: agents count as ready from the first to the last service of a shift,
because breaks are not in it; they answer at once; and all phones are one queue. Who was served in
the record hangs up here only after the longest recorded wait; who hung up there and is served here
takes as long as the caller of his type before him. So this is what these agents could have done
without a break, not what they would have done.
)");
}

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_CALL_REPORT_H_
