// The house rules that a compiler cannot check, checked. Each failure names a file and a rule.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "source_files.h"

namespace parley {
namespace {

// ---- Floors ----

// Bottom to top. A file may include its own room and the rooms below it. The annex sees the whole
// house, and nobody in the house sees the annex. parley.h stands in the door: above the engine.
const std::map<std::string, int> kFloors = {{"base", 0},   {"timer", 1},   {"store", 2},
                                            {"model", 3},  {"machine", 4}, {"routing", 5},
                                            {"engine", 6}, {"annex", 7},   {"parley.h", 6}};
constexpr int kAnnex = 7;

// "include/parley/timer/timer_wheel.h" and "parley/timer/timer_wheel.h": the wheel's floor, 1.
// A room that is not in the list above is higher than every other, so that including it fails.
int FloorOfHeader(std::string_view path) {
  const std::string_view rest = path.substr(path.find("parley/") + 7);
  const auto floor = kFloors.find(std::string(rest.substr(0, rest.find('/'))));
  return floor == kFloors.end() ? 99 : floor->second;
}

// What sources that belong to the annex begin with; the others are the engine's.
constexpr std::array<std::string_view, 5> kAnnexSources = {
    "src/figures", "src/text_", "src/what_if", "src/workspace_", "src/explain_text"};

int FloorOf(const SourceFile& file) {
  if (file.path.starts_with("include/")) return FloorOfHeader(file.path);
  const auto begins = [&](std::string_view with) { return file.path.starts_with(with); };
  return std::ranges::any_of(kAnnexSources, begins) ? kAnnex : kFloors.at("engine");
}

TEST(TidyTest, NoFileIncludesAFloorAboveItsOwn) {
  constexpr std::string_view kInclude = "#include \"";
  for (const auto& file : Sources(kHouse)) {
    for (const std::string_view line : file.lines) {
      if (!line.starts_with(kInclude)) continue;
      const std::string_view path = line.substr(kInclude.size(), line.rfind('"') - kInclude.size());
      if (!path.starts_with("parley/")) continue;
      EXPECT_LE(FloorOfHeader(path), FloorOf(file)) << file.path << " includes " << path;
    }
  }
}

// "// Floor 1 · timer/timer_wheel.h — ", "// Annex · annex/diagram.h — ", "// src/engine.cc — ".
std::string FirstWords(const SourceFile& file) {
  if (file.path.starts_with("src/")) return "// " + file.path + " — ";
  const int floor = FloorOf(file);
  return (floor == kAnnex ? "// Annex · " : "// Floor " + std::to_string(floor) + " · ") +
         file.path.substr(std::string_view("include/parley/").size()) + " — ";
}

TEST(TidyTest, EveryFileOfTheHouseSaysItsPlaceAndItsPurposeInTheFirstLine) {
  for (const auto& file : Sources(kHouse)) {
    EXPECT_TRUE(file.lines[0].starts_with(FirstWords(file)) && file.lines[0].ends_with("."))
        << file.path << " begins with\n  " << file.lines[0] << "\nand not with\n  "
        << FirstWords(file) << "...";
  }
}

TEST(TidyTest, EveryFileBeginsByTellingWhatItIsFor) {
  for (const auto& file : Sources(kEverything)) {
    EXPECT_TRUE(file.lines[0].starts_with("// ")) << file.path << ": " << file.lines[0];
  }
}

// ---- Determinism ----

// Names that make one history differ from the next, or hide a cost. In comments they are welcome.
struct Banned {
  std::string_view reason;
  bool in_annex_too;
  std::vector<std::string_view> names;
};

const std::vector<Banned> kBanned = {
    {"hash order is not an order; look up with store/index.h",
     true,
     {"unordered_map", "unordered_set", "unordered_multimap", "unordered_multiset", "flat_hash_map",
      "flat_hash_set", "node_hash_map", "node_hash_set", "std::hash", "absl::Hash",
      "absl::HashOf"}},
    {"chance comes from a seed in the command, drawn the same way everywhere",
     true,
     {"random_device", "default_random_engine", "rand", "srand", "absl::BitGen", "absl::Uniform",
      "std::shuffle", "std::sample", "uniform_int_distribution", "uniform_real_distribution",
      "normal_distribution", "exponential_distribution", "poisson_distribution",
      "bernoulli_distribution", "discrete_distribution"}},
    {"time is given, not read",
     false,
     {"system_clock", "steady_clock", "high_resolution_clock", "absl::Now", "std::time",
      "gettimeofday", "clock_gettime"}},
    {"integers in decisions; ratios belong to the annex", false, {"float", "double"}},
    {"one owner, one thread",
     false,
     {"std::thread", "std::jthread", "std::async", "std::mutex", "absl::Mutex", "std::atomic",
      "thread_local"}},
};

bool IsNamePart(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// True if `name` stands in the line as itself, not as a part of a longer name.
bool Mentions(std::string_view line, std::string_view name) {
  for (size_t at = line.find(name); at != line.npos; at = line.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool begins = at == 0 || !IsNamePart(line[at - 1]);
    if (begins && (end == line.size() || !IsNamePart(line[end]))) return true;
  }
  return false;
}

TEST(TidyTest, TheHouseIsDeterministic) {
  for (const auto& file : Sources(kHouse)) {
    for (const auto& banned : kBanned) {
      if (FloorOf(file) == kAnnex && !banned.in_annex_too) continue;
      for (const auto& line : file.lines) {
        for (const auto name : banned.names) {
          EXPECT_FALSE(Mentions(CodeOf(line), name))
              << file.path << ": " << banned.reason << "\n  " << line;
        }
      }
    }
  }
}

TEST(TidyTest, ANameIsMentionedWithItsNamespaceOrWithoutButWhole) {
  EXPECT_TRUE(Mentions("std::chrono::system_clock::now()", "system_clock"));
  EXPECT_TRUE(Mentions("::std::mutex lock;", "std::mutex"));
  EXPECT_TRUE(Mentions("doubled + double", "double"));
  EXPECT_FALSE(Mentions("operand + doubled", "rand"));
  EXPECT_FALSE(Mentions("std::hash_me", "std::hash"));
}

// ---- Sizes ----

TEST(TidyTest, FilesFitASitting) {
  for (const auto& file : Sources(kEverything)) EXPECT_LE(file.lines.size(), 300u) << file.path;
}

// How many lines each function has, by the number of its first line. clang-format makes this easy:
// a definition begins at the margin, or at the first indentation inside a class, and ends with a
// brace alone at the same place. (Classes, tables and namespaces do not end with a brace alone.)
std::map<size_t, size_t> FunctionLengths(const SourceFile& file) {
  std::map<size_t, size_t> lengths;
  for (const std::string indent : {"", "  "}) {
    size_t begin = 0;
    for (size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (line == indent + "}" && begin != 0) {
        lengths[begin] = i + 2 - begin;
        begin = 0;
      } else if (line.starts_with(indent) && line.size() > indent.size() &&
                 (std::isalpha(static_cast<unsigned char>(line[indent.size()])) ||
                  line[indent.size()] == '[')) {  // An attribute.
        begin = line.ends_with(';') ? 0 : i + 1;
      }
    }
  }
  return lengths;
}

TEST(TidyTest, FunctionsFitTheEye) {
  for (const auto& file : Sources({"include", "src", "bench", "examples"})) {
    for (const auto& [line, length] : FunctionLengths(file)) {
      EXPECT_LE(length, 60u) << file.path << ":" << line;
    }
  }
}

TEST(TidyTest, AFunctionIsMeasuredFromItsNameToItsBrace) {
  const SourceFile file{"example.cc",
                        {"int Declared();", "struct S {", "  int Inline() {", "    return 1;",
                         "  }", "};", "int Defined(int a,", "            int b) {", "  if (a) {",
                         "    b();", "  }", "}", "[[nodiscard]] int Marked() {", "  return 2;", "}",
                         "constexpr int kTable[] = {", "    1,", "};", "}  // namespace"}};
  EXPECT_THAT(FunctionLengths(file),
              testing::UnorderedElementsAre(testing::Pair(3, 3), testing::Pair(7, 6),
                                            testing::Pair(9, 3), testing::Pair(13, 3)));
}

// In characters, not bytes.
size_t Columns(std::string_view line) {
  return static_cast<size_t>(
      std::ranges::count_if(line, [](char c) { return (c & 0xC0) != 0x80; }));
}

TEST(TidyTest, LinesFitIn100ColumnsExceptInTables) {
  for (const auto& file : Sources(kEverything)) {
    bool table = false;
    for (size_t i = 0; i < file.lines.size(); ++i) {
      if (file.lines[i].find("// clang-format off") != std::string::npos) table = true;
      if (file.lines[i].find("// clang-format on") != std::string::npos) table = false;
      EXPECT_TRUE(table || Columns(file.lines[i]) <= 100) << file.path << ":" << i + 1;
    }
  }
}

// ---- Nothing left behind, nothing left out ----

// ---- Trust ----

constexpr size_t kLinesPerCheck = 15;

struct Checked {
  size_t lines = 0;
  size_t checks = 0;
};

// In the files whose paths begin so.
Checked ChecksIn(const std::string& path) {
  Checked sum;
  for (const auto& file : Sources(kHouse)) {
    if (!file.path.starts_with(path)) continue;
    for (const std::string_view line : file.lines) {
      const std::string_view code = CodeOf(line);
      if (code.find_first_not_of(' ') != code.npos && code[0] != '#') ++sum.lines;
      sum.checks += Count(code, "PARLEY_CHECK(") + Count(code, "static_assert(");
    }
  }
  return sum;
}

TEST(TidyTest, WhatMovesStateChecksItselfEvery15LinesInEveryBuild) {
  std::map<std::string, Checked> groups;
  std::istringstream movers(TextOf("tests/movers.txt"));
  for (std::string line; std::getline(movers, line);) {
    if (line.starts_with('#')) continue;
    const size_t space = line.find(' ');
    ASSERT_NE(space, line.npos) << line;
    const Checked sum = ChecksIn(line.substr(space + 1));
    EXPECT_GT(sum.lines, 0u) << "no such file: " << line;
    const std::string what = line.substr(0, space);
    Checked& group = groups[what == "wheel" ? "stores" : what == "matching" ? "effects" : what];
    group.lines += sum.lines;
    group.checks += sum.checks;
  }
  EXPECT_EQ(groups.size(), 3u);
  for (const auto& [what, sum] : groups) {
    EXPECT_GE(sum.checks * kLinesPerCheck, sum.lines) << what << ": " << sum.checks << " checks";
  }
}

TEST(TidyTest, NothingIsPutOff) {
  const std::string to = "TO", fix = "FIX", disabled = "DISABLED";  // So as not to find themselves.
  const std::vector<std::string> marks = {to + "DO", fix + "ME", disabled + "_"};
  for (const auto& file : Sources(kEverything)) {
    for (size_t i = 0; i < file.lines.size(); ++i) {
      for (const auto& mark : marks) {
        EXPECT_EQ(file.lines[i].find(mark), std::string::npos) << file.path << ":" << i + 1;
      }
    }
  }
}

TEST(TidyTest, EveryHeaderAndSourceIsListedOnceInTheBuild) {
  const std::string build = TextOf("CMakeLists.txt");
  for (const auto& file : Sources(kHouse)) {
    if (file.path.starts_with("src/") && file.path.ends_with(".h")) continue;  // Not installed.
    EXPECT_EQ(Count(build, "\n  " + file.path), 1u) << file.path;
  }
}

TEST(TidyTest, EveryTestBenchAndExampleIsListedOnceInTheBuild) {
  const std::map<std::string, std::string> kinds = {
      {"tests", "parley_test("}, {"bench", "parley_bench("}, {"examples", "parley_example("}};
  for (const auto& [folder, kind] : kinds) {
    const std::string build = TextOf(folder + "/CMakeLists.txt");
    for (const auto& file : Sources({folder})) {
      const fs::path path(file.path);
      if (path.extension() != ".cc" || path.parent_path() != folder) continue;
      const std::string call = "\n" + kind + path.stem().string();
      EXPECT_EQ(Count(build, call + ")") + Count(build, call + " "), 1u) << file.path;
    }
  }
}

}  // namespace
}  // namespace parley
