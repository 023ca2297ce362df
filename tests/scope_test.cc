// Is there any history, in a small world, that breaks the engine? All of them are tried.
//
//   build/release/tests/scope_test     The small worlds of every build.
//   PARLEY_SCOPES=all ...              All of them; tests/nightly_scopes.
//   PARLEY_SCOPES=presence ...         Those with this in their name.
//
// How many states and steps each has stands in tests/golden/scopes.txt. A change of the engine that
// changes them is looked at; with PARLEY_REWRITE=1 the lines of what was searched are written anew.

#include <gtest/gtest.h>
#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "golden.h"
#include "scope_list.h"
#include "scope_list_large.h"
#include "scope_search.h"
#include "watched_take.h"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer) || !defined(NDEBUG)
constexpr bool kSlow = true;
#else
constexpr bool kSlow = false;
#endif

namespace parley {
namespace {

constexpr size_t kMostStates = 4'000'000;

void Append(std::vector<SmallWorld>& scopes, std::vector<SmallWorld> more) {
  scopes.insert(scopes.end(), more.begin(), more.end());
}

const char* ChosenName() { return std::getenv("PARLEY_SCOPES"); }
bool AllAreChosen() { return ChosenName() != nullptr && ChosenName() == std::string_view("all"); }

std::vector<SmallWorld> Chosen() {
  const char* names = ChosenName();
  std::vector<SmallWorld> scopes = SmallScopes();
  if (!kSlow || names != nullptr) Append(scopes, MiddleScopes());
  if (names != nullptr) Append(scopes, LargeScopes());
  if (names != nullptr && !AllAreChosen()) {
    std::erase_if(scopes, [names](const SmallWorld& scope) {
      return scope.name.find(names) == scope.name.npos;
    });
  }
  return scopes;
}

// Lines by the name of their scope.
using Page = std::map<std::string, std::string>;

Page ReadPage() {
  Page page;
  std::ifstream in(GoldenPath("scopes.txt"));
  for (std::string line; std::getline(in, line);) page[line.substr(0, line.find("  "))] = line;
  return page;
}

void WritePage(const Page& page) {
  std::ofstream out(GoldenPath("scopes.txt"));
  for (const auto& [name, line] : page) out << line << "\n";
}

template <class Machine>
void ExpectRowsTaken() {
  for (size_t i = 0; i < Machine::kRows.size(); ++i) {
    const auto& row = Machine::kRows[i];
    EXPECT_GT(internal::taken<Machine>[i], 0u)
        << Machine::kName << " " << Name(row.from) << " " << Name(row.on) << " " << Name(row.when);
  }
}

TEST(ScopeTest, NothingBreaksInASmallWorldAndEveryRowOfEveryMachineIsTaken) {
  // A fork takes and gives back some dozen blocks: keep them instead of asking the system anew.
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 1 << 26);
  const bool rewrite = std::getenv("PARLEY_REWRITE") != nullptr;
  const std::vector<SmallWorld> scopes = Chosen();
  Page page = rewrite && AllAreChosen() ? Page() : ReadPage();
  for (const SmallWorld& scope : scopes) {
    ScopeSearch search(scope);
    EXPECT_TRUE(search.Run(kMostStates)) << search.problem();
    const std::string line = fmt::format("{:<48}{:>9} states{:>11} steps", scope.name,
                                         search.states(), search.transitions());
    fmt::print("{}{:>7} ms{:>6} compared\n", line, search.took().count(), search.compared());
    std::fflush(stdout);
    std::string& golden = page[std::string(scope.name)];
    if (rewrite) golden = line;
    EXPECT_EQ(golden, line) << "tests/golden/scopes.txt";
  }
  if (rewrite) WritePage(page);
  if (AllAreChosen()) {
    EXPECT_EQ(page.size(), scopes.size()) << "tests/golden/scopes.txt";
  }

  // There is no row that the small ones of them could not reach together.
  if (ChosenName() != nullptr && !AllAreChosen()) return;
  ExpectRowsTaken<ChannelMachine>();
  ExpectRowsTaken<TaskMachine>();
  ExpectRowsTaken<ReservationMachine>();
  ExpectRowsTaken<PresenceMachine>();
}

}  // namespace
}  // namespace parley
