// tests/scenario_test.cc — is the story right? One text file in tests/scenarios, one story.

#include "scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace parley {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> ScenarioNames() {
  std::vector<std::string> names;
  for (const auto& entry :
       fs::directory_iterator(fs::path(PARLEY_SOURCE_DIR) / "tests/scenarios")) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

std::string Joined(const Lines& lines) { return fmt::format("{}\n", fmt::join(lines, "\n")); }

// Plays the lines of a block on both stages, which must see the same.
Lines PlayBlock(const ScenarioFile& file, const ScenarioBlock& block, Stage& stage, Stage& waking) {
  Lines happened;
  for (size_t i = block.begin; i < block.rule; ++i) {
    const int number = static_cast<int>(i) + 1;
    const auto followed = stage.Play(file.line(i));
    if (!followed.ok()) {
      ADD_FAILURE_AT(file.path().c_str(), number) << followed.status().message();
      continue;
    }
    happened.insert(happened.end(), followed->begin(), followed->end());
    const testing::ScopedTrace trace(file.path().c_str(), number, file.line(i));
    EXPECT_EQ(Joined(*waking.Play(file.line(i))), Joined(*followed)) << "when the host wakes";
    EXPECT_TRUE(stage.audit().ok()) << stage.audit();
  }
  return happened;
}

class ScenarioTest : public testing::TestWithParam<std::string> {};

TEST_P(ScenarioTest, GoesAsTheFileTells) {
  const ScenarioFile file(std::string(PARLEY_SOURCE_DIR) + "/tests/scenarios/" + GetParam() +
                          ".txt");
  const auto blocks = file.Blocks();
  ASSERT_TRUE(blocks.ok()) << file.path() << ": " << blocks.status().message();
  Stage stage(/*host_wakes=*/false);
  Stage waking(/*host_wakes=*/true);
  const bool rewrite = std::getenv("PARLEY_REWRITE") != nullptr;
  std::vector<Lines> happened;
  for (const ScenarioBlock& block : *blocks) {
    happened.push_back(PlayBlock(file, block, stage, waking));
    if (rewrite) continue;
    const testing::ScopedTrace trace(file.path().c_str(), static_cast<int>(block.rule) + 1,
                                     "what follows");
    EXPECT_EQ(Joined(file.Expected(block)), Joined(happened.back()));
  }
  EXPECT_EQ(stage.Digest(), waking.Digest()) << "when the host wakes";
  if (rewrite && !HasFailure()) file.Rewrite(*blocks, happened);
}

INSTANTIATE_TEST_SUITE_P(Stories, ScenarioTest, testing::ValuesIn(ScenarioNames()),
                         [](const auto& story) { return story.param; });

// ---- The player itself -----------------------------------------------------------------------

std::string Complaint(std::string_view line) {
  Stage stage(/*host_wakes=*/false);
  return std::string(stage.Play(line).status().message());
}

TEST(StageTest, AMalformedLineIsNamedNotPlayed) {
  EXPECT_THAT(Complaint("0s nonsense"), testing::HasSubstr("a command"));
  EXPECT_THAT(Complaint("soon advance"), testing::HasSubstr("a time"));
  EXPECT_THAT(Complaint("0s accept"), testing::HasSubstr("reservation"));
  EXPECT_THAT(Complaint("? weather"), testing::HasSubstr("not a question"));
  EXPECT_THAT(Complaint("? used ann"), testing::HasSubstr("column"));
  EXPECT_THAT(Complaint("policy whim"), testing::HasSubstr("prefer-last-agent"));
  EXPECT_THAT(Complaint("given accept r1"), testing::HasSubstr("Refused NotFound"));
}

TEST(StageTest, ThePolicyIsChosenBeforeTheFirstCommand) {
  Stage stage(/*host_wakes=*/false);
  EXPECT_TRUE(stage.Play("policy ask-host 30s close").ok());
  EXPECT_TRUE(stage.Play("0s advance").ok());
  EXPECT_FALSE(stage.Play("policy default").ok());
}

// ---- What is wrong with the form of a file ----

std::string FormError(std::string_view text) {
  const std::string path = testing::TempDir() + "/parley_scenario.txt";
  std::ofstream(path) << text;
  const std::string message(ScenarioFile(path).Blocks().status().message());
  fs::remove(path);
  return message;
}

TEST(ScenarioFileTest, WhatIsRewrittenIsBelowTheRulesAndNothingElse) {
  const std::string path = testing::TempDir() + "/parley_scenario.txt";
  std::ofstream(path) << "# Why.\n\n0s  advance   # said\n----\n0s Old\n= old\n\n# More.\n----\n";
  const ScenarioFile file(path);
  const auto blocks = file.Blocks();
  ASSERT_TRUE(blocks.ok()) << blocks.status();
  EXPECT_THAT(file.Expected((*blocks)[0]), testing::ElementsAre("0s Old", "= old"));
  file.Rewrite(*blocks, {{"5s New line"}, {"= 1/1"}});
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_EQ(
      text.str(),
      "# Why.\n\n0s  advance   # said\n----\n5s      New line\n\n# More.\n----\n=       1/1\n");
  fs::remove(path);
}

TEST(ScenarioFileTest, ItsFormIsChecked) {
  EXPECT_EQ(FormError("# Why.\n\n0s advance\n----\n"), "");
  EXPECT_EQ(FormError("0s advance\n----\n"), "line 1: expected the intent");
  EXPECT_EQ(FormError("# Why.\n"), "line 1: a file without a block tells nothing");
  EXPECT_EQ(FormError("# Why.\n0s advance\n----\n\n1s advance\n"),
            "line 5: expected a rule below the last commands");
  EXPECT_EQ(FormError("# Why.\n0s advance\n----\n# No.\n"),
            "line 4: comments stand above commands");
  EXPECT_EQ(FormError("# Why.\n0s advance\n----\n----\n"), "line 4: two rules in one block");
}

}  // namespace
}  // namespace parley
