// examples/recorded_care.cc — plays a recorded log of customer care through the engine.
//
//   recorded_care care.csv [--agents N] [--events]
//
// Who wrote, to whom and when is recorded; how many agents there are, when they accept and when
// they pause is made up (care_desk.h). In the end every message of the file must stand in a
// history.

#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "care_desk.h"
#include "care_log.h"
#include "problems.h"
#include "report.h"
#include "table_file.h"

namespace {

using namespace parley::examples;

struct Arguments {
  std::string path;
  size_t agents = 0;
  bool events = false;
};

std::optional<Arguments> ReadArguments(std::span<char*> words) {
  Arguments arguments;
  for (size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--events") {
      arguments.events = true;
    } else if (word == "--agents" && i + 1 < words.size()) {
      const auto agents = ToNumber(words[++i], 1, 1000);
      if (!agents) return std::nullopt;
      arguments.agents = static_cast<size_t>(*agents);
    } else if (arguments.path.empty() && !word.starts_with("-")) {
      arguments.path = word;
    } else {
      return std::nullopt;
    }
  }
  return arguments.path.empty() ? std::nullopt : std::optional(arguments);
}

void PrintFile(const CareLog& log, const Problems& problems) {
  Section("The file");
  Line("rows", log.rows_in_file);
  Line("  used", log.messages.size());
  Line("  left out", log.rows_in_file - log.messages.size());
  fmt::print("{}", problems.ToText());
  Line("earlier than the row before: sorted", log.out_of_order);
  Line("companies", log.companies.size());
  if (log.messages.empty()) return;
  fmt::print("  {} to {} UTC\n", UtcText(log.messages.front().at), UtcText(log.messages.back().at));
}

int Run(const Arguments& arguments) {
  Problems problems;
  const auto log = ReadCareLog(arguments.path, problems);
  if (!log.ok()) {
    fmt::print(stderr, "{}\n", log.status().ToString());
    return 2;
  }
  CareDesk desk(*log, arguments.agents);
  if (arguments.events) desk.TellEvents(UtcText);
  desk.Run();
  PrintFile(*log, problems);
  desk.report().Print(desk.engine(), desk.commands(), desk.Refused());
  return desk.report().NothingIsLost(desk.engine()) && desk.engine().Audit().ok() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = ReadArguments(std::span(argv, static_cast<size_t>(argc)));
  if (arguments) return Run(*arguments);
  fmt::print(stderr, "usage: recorded_care <care.csv> [--agents 1..1000] [--events]\n");
  return 2;
}
