// tests/conformance_test.cc — which test holds which requirement: the table, and that it is whole.
//
// A test says what it holds in the comment directly above it, a scenario in the comment that it
// begins with: R-LV-09 is a requirement, B2 V3 a row of a state machine, E-26 a settled ambiguity.
// tests/requirements.txt lists the requirements; each must be held by a test. What was found is
// written to tests/conformance.md with PARLEY_REWRITE=1, for review in the diff.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::Pair;

// From the id of what is held to the names of those who hold it.
using Holders = std::map<std::string, std::set<std::string>>;

std::vector<std::string> LinesOf(const fs::path& path) {
  std::ifstream in(path);
  EXPECT_TRUE(in.is_open()) << path;
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

fs::path InTests(const std::string& name) { return fs::path(PARLEY_SOURCE_DIR) / "tests" / name; }

// An id counts where it stands in full ("B2 V3, V4" is about V3 only), or in "R-LV-01 to 08".
void Collect(const std::string& comment, const std::string& holder, Holders& holders) {
  static const std::regex id(
      R"(\b(E-\d+|B\d+( [TVWCF]\d+)?|(R-[A-Z]{2,3}-)(\d\d)( to (\d\d))?)\b)");
  for (std::sregex_iterator i(comment.begin(), comment.end(), id), end; i != end; ++i) {
    const std::smatch& found = *i;
    if (!found[6].matched) {
      holders[found.str()].insert(holder);
      continue;
    }
    for (int n = std::stoi(found[4]); n <= std::stoi(found[6]); ++n) {
      holders[fmt::format("{}{:02}", found[3].str(), n)].insert(holder);
    }
  }
}

// The name in "TEST(Suite, Name) {", also when it goes on in the next line; empty for other lines.
std::string TestNameIn(const std::string& line, const std::string& next) {
  static const std::regex test(R"(^TEST(?:_[FP])?\((\w+),\s*(\w+)\).*)");
  const std::string both = line.ends_with(",") ? line + next : line;
  std::smatch found;
  return std::regex_match(both, found, test) ? found[1].str() + '.' + found[2].str() : "";
}

void CollectTests(const std::vector<std::string>& lines, Holders& holders) {
  std::string comment;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].starts_with("//")) {
      comment += lines[i] + '\n';
      continue;
    }
    const std::string name = TestNameIn(lines[i], i + 1 < lines.size() ? lines[i + 1] : "");
    if (!name.empty()) Collect(comment, name, holders);
    comment.clear();
  }
}

void CollectScenario(const std::vector<std::string>& lines, const std::string& name,
                     Holders& holders) {
  for (const std::string& line : lines) {
    if (!line.starts_with('#')) return;
    Collect(line, name, holders);
  }
}

std::vector<fs::path> FilesIn(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

Holders CollectAll() {
  Holders holders;
  for (const fs::path& path : FilesIn(InTests(""), ".cc")) CollectTests(LinesOf(path), holders);
  for (const fs::path& path : FilesIn(InTests("scenarios"), ".txt")) {
    CollectScenario(LinesOf(path), "scenarios/" + path.filename().string(), holders);
  }
  return holders;
}

// Id and text, in the order of tests/requirements.txt.
std::vector<std::pair<std::string, std::string>> Requirements() {
  std::vector<std::pair<std::string, std::string>> requirements;
  for (const std::string& line : LinesOf(InTests("requirements.txt"))) {
    const size_t space = line.find(' ');
    EXPECT_NE(space, std::string::npos) << line;
    requirements.emplace_back(line.substr(0, space), line.substr(space + 1));
  }
  return requirements;
}

std::string Row(const std::string& id, const std::string& text, const Holders& holders) {
  const auto found = holders.find(id);
  if (found == holders.end()) return fmt::format("| {} | {}| |\n", id, text);
  return fmt::format("| {} | {}| `{}` |\n", id, text, fmt::join(found->second, "`<br>`"));
}

// Letters first, then numbers by value: B5 C9 comes before B5 C10.
std::string SortKey(const std::string& id) {
  std::string key;
  for (size_t i = 0; i < id.size();) {
    size_t end = i;
    while (end < id.size() && std::isdigit(static_cast<unsigned char>(id[end]))) ++end;
    if (end == i) {
      key += id[i++];
      continue;
    }
    key += fmt::format("{:0>4}", id.substr(i, end - i));
    i = end;
  }
  return key;
}

std::string Page(const Holders& holders) {
  std::string page =
      "# Which test holds what\n\n"
      "Written by tests/conformance_test.cc from the comments above the tests; not by hand.\n\n"
      "## Requirements\n\n| id | requirement | held by |\n|---|---|---|\n";
  for (const auto& [id, text] : Requirements()) page += Row(id, text + ' ', holders);
  page += "\n## Rows of the state machines, and settled ambiguities\n\n";
  page += "| id | held by |\n|---|---|\n";
  std::map<std::string, std::string> others;
  for (const auto& [id, names] : holders) {
    if (!id.starts_with("R-")) others[SortKey(id)] = id;
  }
  for (const auto& [key, id] : others) {
    page += fmt::format("| {} | `{}` |\n", id, fmt::join(holders.at(id), "`<br>`"));
  }
  return page;
}

TEST(ConformanceTest, EveryRequirementIsHeldByATest) {
  const Holders holders = CollectAll();
  EXPECT_EQ(Requirements().size(), 105u);
  for (const auto& [id, text] : Requirements()) {
    EXPECT_TRUE(holders.contains(id)) << id << ": " << text;
  }
}

TEST(ConformanceTest, EveryRowOfTasksReservationsAgentsAndWorkflowsIsHeldByATest) {
  const Holders holders = CollectAll();
  const std::vector<std::pair<std::string, int>> tables = {
      {"B1 T", 19}, {"B2 V", 12}, {"B3 W", 10}, {"B4 F", 13}};
  for (const auto& [row, last] : tables) {
    for (int n = 1; n <= last; ++n) {
      EXPECT_TRUE(holders.contains(fmt::format("{}{}", row, n))) << row << n;
    }
  }
}

TEST(ConformanceTest, NoTestHoldsARequirementThatIsNotListed) {
  std::set<std::string> listed;
  for (const auto& [id, text] : Requirements()) {
    EXPECT_TRUE(listed.insert(id).second) << id << " is listed twice";
  }
  for (const auto& [id, names] : CollectAll()) {
    EXPECT_TRUE(!id.starts_with("R-") || listed.contains(id)) << id << " in " << *names.begin();
  }
}

TEST(ConformanceTest, ThePageIsUpToDate) {
  const std::string page = Page(CollectAll());
  if (std::getenv("PARLEY_REWRITE") != nullptr) std::ofstream(InTests("conformance.md")) << page;
  std::ostringstream written;
  written << std::ifstream(InTests("conformance.md")).rdbuf();
  EXPECT_EQ(written.str(), page) << "Write it anew with PARLEY_REWRITE=1, and read the diff.";
}

TEST(ConformanceTest, ATestHoldsWhatTheCommentDirectlyAboveItNames) {
  Holders holders;
  CollectTests(
      {"// R-LV-01: something about the next test,", "// and E-26. B2 V3: more.",
       "TEST(LeaveTest, IsSo) {", "  // R-LV-02 inside counts for nobody.", "}",
       "// R-LV-03 with a line between counts for nobody.", "", "TEST_P(LeaveTest,",
       "       IsOtherwise) {", "}", "// R-LV-04", "TEST_F(LeaveTest,", "       IsLong) {"},
      holders);
  EXPECT_THAT(holders, ElementsAre(Pair("B2 V3", ElementsAre("LeaveTest.IsSo")),
                                   Pair("E-26", ElementsAre("LeaveTest.IsSo")),
                                   Pair("R-LV-01", ElementsAre("LeaveTest.IsSo")),
                                   Pair("R-LV-04", ElementsAre("LeaveTest.IsLong"))));
}

TEST(ConformanceTest, AScenarioHoldsWhatItsFirstCommentNames) {
  Holders holders;
  CollectScenario({"# A story.", "# R-PX-04 to 05", "", "# R-PX-06"}, "scenarios/a.txt", holders);
  EXPECT_THAT(holders, ElementsAre(Pair("R-PX-04", ElementsAre("scenarios/a.txt")),
                                   Pair("R-PX-05", ElementsAre("scenarios/a.txt"))));
}

}  // namespace
