// tests/examples_test.cc — the example programs, run as a user runs them.
//
// The pages in tests/golden hold what they print for made-up
// files and for a made-up week: the same on every compiler. Recorded files are played if the folder
// that has them is named in PARLEY_DATA.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "golden.h"
#include "temporary_file.h"

namespace parley {
namespace {

using testing::HasSubstr;

struct Outcome {
  int code = -1;
  std::string printed;  // On the standard output.
};

class ProgramTest : public testing::Test {
 protected:
  static std::string Path(const std::string& program) {
    return fmt::format("{}/{}", PARLEY_EXAMPLES, program);
  }
  static std::string Sample(const std::string& name) {
    return fmt::format("{}/examples/{}", PARLEY_SOURCE_DIR, name);
  }

  // With everything in quotes; what goes to the error output is not looked at.
  static Outcome Run(const std::string& program, const std::vector<std::string>& arguments) {
    std::string line = fmt::format("'{}'", Path(program));
    for (const std::string& argument : arguments) line += fmt::format(" '{}'", argument);
    line += " 2>/dev/null";
    Outcome outcome;
    FILE* pipe = popen(line.c_str(), "r");
    if (pipe == nullptr) return outcome;
    std::array<char, 4096> part;
    while (const size_t size = fread(part.data(), 1, part.size(), pipe)) {
      outcome.printed.append(part.data(), size);
    }
    const int status = pclose(pipe);
    if (WIFEXITED(status)) outcome.code = WEXITSTATUS(status);
    return outcome;
  }

  // The recorded file of this name; empty, if there is none.
  static std::string Recorded(const std::string& name) {
    const char* folder = std::getenv("PARLEY_DATA");
    const std::string path = folder == nullptr ? "" : fmt::format("{}/{}", folder, name);
    return std::filesystem::exists(path) ? path : std::string();
  }
};

TEST_F(ProgramTest, AMadeUpWeekIsTheSameOnEveryMachineToTheLastDigit) {
  const Outcome week = Run("quarter", {"7"});
  EXPECT_EQ(week.code, 0);
  EXPECT_THAT(week.printed, MatchesGolden("quarter_7.txt"));
}

TEST_F(ProgramTest, AnotherSeedIsAnotherWeek) {
  const Outcome one = Run("quarter", {"1", "1"});
  const Outcome two = Run("quarter", {"1", "2"});
  EXPECT_EQ(one.code, 0);
  EXPECT_EQ(two.code, 0);
  const auto digest = [](const Outcome& week) {
    return week.printed.substr(week.printed.find("digest of all nights"));
  };
  EXPECT_NE(digest(one), digest(two));
}

TEST_F(ProgramTest, TheSampleOfCareLosesNoMessage) {
  const Outcome outcome = Run("recorded_care", {Sample("sample_care.csv")});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.printed, MatchesGolden("recorded_care_sample.txt"));
}

TEST_F(ProgramTest, TheEventsAreToldBeforeTheReport) {
  const Outcome outcome = Run("recorded_care", {Sample("sample_care.csv"), "--events"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.printed, testing::StartsWith("2024-03-01 09:00:00 ConversationOpened c1"));
  EXPECT_THAT(outcome.printed, HasSubstr("Nothing is lost"));
}

TEST_F(ProgramTest, TheSampleOfCallsLosesNobody) {
  const Outcome outcome = Run("recorded_calls", {Sample("sample_calls.tsv")});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.printed, MatchesGolden("recorded_calls_sample.txt"));
}

TEST_F(ProgramTest, WhatIfAnswersTheSameOnEveryMachine) {
  const Outcome outcome = Run("what_if", {});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.printed, MatchesGolden("what_if.txt"));
}

TEST_F(ProgramTest, AFileThatCannotBeReadAndArgumentsThatMakeNoSenseExitWith2) {
  for (const std::string program : {"recorded_care", "recorded_calls"}) {
    EXPECT_EQ(Run(program, {}).code, 2) << program;
    EXPECT_EQ(Run(program, {"/no/such/file"}).code, 2) << program;
    EXPECT_EQ(Run(program, {Sample("CMakeLists.txt")}).code, 2) << program;
    EXPECT_EQ(Run(program, {Sample("sample_care.csv"), "--nonsense"}).code, 2) << program;
  }
  EXPECT_EQ(Run("recorded_care", {Sample("sample_care.csv"), "--agents", "0"}).code, 2);
  EXPECT_EQ(Run("quarter", {"0"}).code, 2);
  EXPECT_EQ(Run("quarter", {"7", "x"}).code, 2);
}

TEST_F(ProgramTest, AHeaderWithoutRowsIsAnEmptyLogAndNoError) {
  const TemporaryFile file("conversation,company,turn,role,sent_at\n");
  EXPECT_EQ(Run("recorded_care", {file.path()}).code, 0);
}

TEST_F(ProgramTest, EveryRecordedMessageOfCareStandsInAHistory) {
  const std::string path = Recorded("care-messages-dev.csv");
  if (path.empty()) GTEST_SKIP() << "PARLEY_DATA does not name a folder with the recorded care";
  for (const std::string agents : {"1", "2", "9"}) {
    const Outcome outcome = Run("recorded_care", {path, "--agents", agents});
    EXPECT_EQ(outcome.code, 0) << agents << outcome.printed;
    EXPECT_THAT(outcome.printed,
                HasSubstr("messages in the file                                  1211"));
  }
}

TEST_F(ProgramTest, EveryRecordedCallerIsServedOrHangsUp) {
  const std::string path = Recorded("bank-1999-01.tsv");
  if (path.empty()) GTEST_SKIP() << "PARLEY_DATA does not name a folder with the recorded calls";
  const Outcome outcome = Run("recorded_calls", {path});
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_THAT(outcome.printed,
              HasSubstr("came                                                 30161"));
}

}  // namespace
}  // namespace parley
