// tests/fuzz/targets.h — what the fuzzers try: every reader of outside bytes, one function each.
//
//   std::string problem = fuzz::TryAttributes(bytes);  // Empty, or what is wrong, in words.
//
// Any bytes will do; what is not to be read is to be refused. Each works in proportion to the
// length of its input, which `run` bounds; where time could make the engine do more, the number of
// its wakes is bounded, too. fuzz_entry.cc makes a fuzzer of each, ../corpus_test.cc plays what
// they have found.

#ifndef PARLEY_TESTS_FUZZ_TARGETS_H_
#define PARLEY_TESTS_FUZZ_TARGETS_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "parley/parley.h"

namespace parley::fuzz {

std::string TryAttributes(std::string_view input);
std::string TryCommands(std::string_view input);
std::string TryExpression(std::string_view input);
std::string TryMeaning(std::string_view input);
std::string TryModel(std::string_view input);
std::string TrySettings(std::string_view input);
std::string TryTables(std::string_view input);
std::string TryText(std::string_view input);
std::string TryWorkflow(std::string_view input);
std::string TryWorkspace(std::string_view input);

struct Target {
  std::string_view name;
  std::string (*run)(std::string_view input);
};
inline constexpr std::array<Target, 10> kTargets = {{{"attributes", TryAttributes},
                                                     {"commands", TryCommands},
                                                     {"expression", TryExpression},
                                                     {"meaning", TryMeaning},
                                                     {"model", TryModel},
                                                     {"settings", TrySettings},
                                                     {"tables", TryTables},
                                                     {"text", TryText},
                                                     {"workflow", TryWorkflow},
                                                     {"workspace", TryWorkspace}}};

// How often an engine may wake in one input. After that the input is at its end.
inline constexpr size_t kMostWakes = 2000;

// An engine to try texts on.
struct Place {
  ManualClock clock;
  DefaultReroute policy;
  Engine engine = *Engine::Create(Settings(), clock, policy);

  // Whether it was refused.
  bool Refuses(const Command& command) {
    const auto events = engine.Apply(command);
    return !events.empty() && As<Refused>(events.back()) != nullptr;
  }
};

// An error names a place in the text, or its end, and says what was expected there.
inline std::string WrongError(const TextError& error, std::string_view text) {
  if (error.at <= text.size() && !error.expected.empty()) return {};
  return fmt::format("an error at {} of {}: \"{}\"", error.at, text.size(), error.expected);
}

}  // namespace parley::fuzz

#endif  // PARLEY_TESTS_FUZZ_TARGETS_H_
