// examples/quarter.cc — a made-up quarter of a contact centre: four media, 200 agents in shifts.
//
//   quarter [days [seed]]
//
// Customers write and call by day and by night, agents come and go, leave and pause, forget and
// lose their network; in the end everybody who was left waiting has expired. The story depends on
// nothing but days and seed: the same on every machine, to the last digit of the digest. Only the
// time that it takes does not, and is told on the error output.

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include <fmt/format.h>

#include "quarter_centre.h"
#include "report.h"
#include "table_file.h"

namespace {

using namespace parley;
using namespace parley::examples;

void PrintEngine(const QuarterCentre& centre) {
  Section("Engine");
  Line("commands", centre.commands());
  for (size_t i = 1; i < CountOf<Refusal>(); ++i) {
    const auto reason = static_cast<Refusal>(i);
    const uint64_t refused = centre.Refused(reason);
    if (refused > 0) Line(fmt::format("  refused: {}", Name(reason)), refused);
  }
  Line("events", centre.engine().Count().events);
  Line("nightly audits", centre.check().nights(),
       centre.check().status().ok() ? "all good" : "NOT GOOD");
  Line("all is over, and nothing lost",
       centre.report().NothingIsLost(centre.engine()) ? "yes" : "NO");
  Line("digest of all nights", fmt::format("{:016x}", centre.check().digest()));
  Line("digest of the end", fmt::format("{:016x}", centre.engine().Digest()));
  if (!centre.check().status().ok()) {
    fmt::print(stderr, "{}\n", centre.check().status().ToString());
  }
}

int Run(int64_t days, uint64_t seed) {
  using SteadyClock = std::chrono::steady_clock;
  const auto begin = SteadyClock::now();
  QuarterCentre centre(days, seed);
  centre.Run();
  const std::chrono::duration<double> took = SteadyClock::now() - begin;

  fmt::print("{} days of new customers, {} until all was over; seed {}\n", days,
             centre.check().nights() - 1, seed);
  centre.report().Print(centre.engine(), centre.shifts());
  PrintEngine(centre);
  std::fflush(stdout);
  const double working = took.count() - centre.check().seconds();
  fmt::print(stderr, "\n{:.2f} s, {:.0f} commands a second; and {:.2f} s for audits and digests\n",
             working, static_cast<double>(centre.commands()) / working, centre.check().seconds());
  return centre.check().status().ok() && centre.report().NothingIsLost(centre.engine()) ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const auto days = ToNumber(argc > 1 ? argv[1] : "90", 1, 3650);
  const auto seed = ToNumber(argc > 2 ? argv[2] : "1", 0, INT64_MAX);
  if (argc <= 3 && days && seed) return Run(*days, static_cast<uint64_t>(*seed));
  fmt::print(stderr, "usage: quarter [days, 1 to 3650 [seed]]\n");
  return 2;
}
