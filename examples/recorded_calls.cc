// examples/recorded_calls.cc — plays a recorded month of a call centre through the engine.
//
//   recorded_calls calls.tsv [--events]
//
// Callers, their patience, the lengths of services and the agents' shifts are recorded; who serves
// whom is decided here (call_desk.h). The report sets the waits beside the recorded ones. In the
// end every caller must have been served or have hung up.

#include <cstdio>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "call_desk.h"
#include "call_log.h"
#include "report.h"

namespace {

using namespace parley::examples;

int Run(const std::string& path, bool events) {
  const auto log = ReadCallLog(path);
  if (!log.ok()) {
    fmt::print(stderr, "{}\n", log.status().ToString());
    return 2;
  }
  CallDesk desk(*log);
  if (events) desk.TellEvents(UtcText);
  desk.Run();
  const CallReport& report = desk.report();
  report.PrintFile();
  report.PrintCallers();
  report.PrintTypes();
  report.PrintAgents();
  report.PrintProof(desk.engine(), desk.commands(), desk.Refused());
  return report.NothingIsLost(desk.engine()) && desk.engine().Audit().ok() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const bool events = argc == 3 && argv[2] == std::string_view("--events");
  if ((argc == 2 || events) && argv[1][0] != '-') return Run(argv[1], events);
  fmt::print(stderr, "usage: recorded_calls <calls.tsv> [--events]\n");
  return 2;
}
