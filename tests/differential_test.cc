// Do the engine and the model, a second implementation of the domain document, ever differ? Random
// commands, most of them sensible, are told to both, and both must say the same: each event,
// refusal, question to the policy, and now and then everything that can be asked.
//
//   PARLEY_SEED=17 build/release/tests/differential_test     One history, compared in full.
//   PARLEY_STEPS=40000000 PARLEY_FIRST=1000 ...              More commands, from another seed on.
//
// A difference prints its seed, is shrunk to the few commands that make it, and is written to
// differential_<seed>.txt in the form of tests/scenarios.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "differential.h"
#include "simulation.h"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer) || !defined(NDEBUG)
constexpr uint64_t kUsualSteps = 60'000;
#else
constexpr uint64_t kUsualSteps = 500'000;
#endif

namespace parley {
namespace {

using Story = std::vector<Told>;

constexpr Checks kFull{.queries = 1, .audit = 1, .digest = 1};
constexpr Checks kLight{.queries = 64, .audit = 0, .digest = 0};

uint64_t FromEnvironment(const char* name, uint64_t usual) {
  const char* text = std::getenv(name);
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

// What differs when both are told this from the beginning; nothing if all is the same.
std::string Replayed(uint64_t seed, const Story& story, Checks checks) {
  const World world(seed);
  Differential both(world, checks);
  for (const Told& told : story) {
    if (std::string problem = both.Step(told); !problem.empty()) return problem;
  }
  return {};
}

// Leaves out halves, quarters and so on down to single commands, as long as there is a difference.
Story Shrunk(uint64_t seed, Story story, Checks checks) {
  for (size_t part = story.size() / 2; part > 0; part /= 2) {
    for (size_t from = 0; from < story.size();) {
      Story shorter = story;
      const auto begin = shorter.begin() + static_cast<std::ptrdiff_t>(from);
      const size_t length = std::min(part, story.size() - from);
      shorter.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
      if (Replayed(seed, shorter, checks).empty()) {
        from += part;
      } else {
        story = std::move(shorter);
      }
    }
  }
  return story;
}

std::string ToText(const Story& story) {
  std::string text;
  for (const Told& told : story) {
    text += fmt::format("{:7} {}\n", parley::ToText(told.at), parley::ToText(told.command));
  }
  return text;
}

void Report(uint64_t seed, const Story& story) {
  Checks checks = kFull;
  for (const Checks less : {Checks{}, Checks{.queries = 1}}) {  // Those that show it cheapest.
    if (checks.audit != 0 && !Replayed(seed, story, less).empty()) checks = less;
  }
  const Story shrunk = Shrunk(seed, story, checks);
  const std::string problem = Replayed(seed, shrunk, checks);
  const World world(seed);
  const std::string name = fmt::format("differential_{}.txt", seed);
  std::ofstream(name) << fmt::format(
      "# PARLEY_SEED={}; its policy is drawn, and its time begins at {}.\ngiven   settings {}\n{}",
      seed, parley::ToText(world.start), parley::ToText(world.settings), ToText(shrunk));
  ADD_FAILURE() << ToText(shrunk) << "PARLEY_SEED=" << seed << ", see " << name << ": " << problem;
}

// The number of commands that were compared; 0 if there was a difference. Keeps them in `story`.
uint64_t RunHistory(uint64_t seed, Checks checks, Story* story = nullptr) {
  World world(seed);
  Differential both(world, checks);
  TimeDraw time(world.draw, world.pace);
  Host host(world.draw, world.pace, both.engine());
  const uint64_t length = 100 + seed * 37 % 1400;
  for (uint64_t step = 0; step < length; ++step) {
    Told told{time.Next(both.engine()), Narrowed(seed, host.Next())};
    if (story != nullptr) story->push_back(told);
    if (!both.Step(told).empty()) return 0;
    host.Learn(both.did());
  }
  return length;
}

TEST(DifferentialTest, EngineAndModelSayTheSame) {
  const uint64_t one = FromEnvironment("PARLEY_SEED", 0);
  const uint64_t first = FromEnvironment("PARLEY_FIRST", 1);
  const uint64_t wanted = one != 0 ? 1 : FromEnvironment("PARLEY_STEPS", kUsualSteps);
  uint64_t steps = 0;
  for (uint64_t seed = one != 0 ? one : first; steps < wanted; ++seed) {
    const Checks checks = one != 0 || seed % 16 == 0 ? kFull : kLight;
    const uint64_t more = RunHistory(seed, checks);
    if (more == 0) {
      Story story;
      RunHistory(seed, checks, &story);  // Once more: to keep all of every history takes time.
      return Report(seed, story);
    }
    steps += more;
  }
  std::printf("%llu commands\n", static_cast<unsigned long long>(steps));
}

}  // namespace
}  // namespace parley
