// The same commands give the same events and the same state, to the last bit, in every build: these
// are the digests, in tests/golden/determinism.txt. Whoever builds with another compiler, another
// optimisation, a sanitizer or 32 bits compares with the same page; tests/determinism does all
// that.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "golden.h"
#include "history.h"
#include "parley/annex/text.h"

namespace parley {
namespace {

// FNV-1a, of texts that each end with a newline.
class TextDigest {
 public:
  void Add(std::string_view text) {
    for (const char c : text) AddByte(static_cast<unsigned char>(c));
    AddByte('\n');
  }
  uint64_t value() const { return value_; }

 private:
  void AddByte(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001B3; }

  uint64_t value_ = 0xCBF29CE484222325;
};

std::string RowOf(uint64_t seed) {
  const History history(seed);
  TextDigest commands;
  TextDigest events;
  size_t count = 0;
  commands.Add(ToText(history.settings));
  for (const Told& told : history.told) {
    commands.Add(ToText(told.at) + ' ' + ToText(told.command));
    for (const Event& event : told.events) events.Add(ToText(event));
    count += told.events.size();
  }
  return fmt::format("{:4} {:8} {:8} {:016x} {:016x} {:016x}\n", seed, history.told.size(), count,
                     commands.value(), events.value(), history.told.back().digest);
}

TEST(DeterminismTest, EveryBuildGivesTheSameDigests) {
  std::string page = "seed commands   events the commands     the events       the engine\n";
  for (uint64_t seed = 1; seed <= 60; ++seed) page += RowOf(seed);
  EXPECT_THAT(page, MatchesGolden("determinism.txt"));
}

}  // namespace
}  // namespace parley
