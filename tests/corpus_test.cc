// tests/corpus_test.cc — what the fuzzers have found, played again: the minimised corpora, and
// every input that once went wrong (tests/fuzz/found/).

#include <gtest/gtest.h>

#include <string>

#include "fuzz/corpus.h"
#include "fuzz/targets.h"

namespace parley::fuzz {
namespace {

std::string InFolder(std::string_view folder, std::string_view target) {
  return fmt::format("{}/tests/fuzz/{}/{}.txt", PARLEY_SOURCE_DIR, folder, target);
}

class CorpusTest : public testing::TestWithParam<Target> {};

TEST_P(CorpusTest, NothingIsWrongWithAnyInput) {
  const auto& [name, run] = GetParam();
  const auto inputs = ReadCorpus(InFolder("corpus", name));
  EXPECT_GE(inputs.size(), 5u);
  for (const std::string& input : inputs) EXPECT_EQ(run(input), "") << ToLine(input);
  for (const std::string& input : ReadCorpus(InFolder("found", name))) {
    EXPECT_EQ(run(input), "") << ToLine(input);
  }
  EXPECT_EQ(run(""), "");
}

INSTANTIATE_TEST_SUITE_P(Targets, CorpusTest, testing::ValuesIn(kTargets),
                         [](const auto& target) { return std::string(target.param.name); });

TEST(CorpusFileTest, EveryByteIsReadBackAsItWas) {
  std::string all = "# \\x41\n";
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(ToLine(all).find('\n'), std::string::npos);
  EXPECT_EQ(FromLine(ToLine(all)), all);
  EXPECT_EQ(FromLine("a\\x4"), std::nullopt);
  EXPECT_EQ(FromLine("\\y"), std::nullopt);
}

}  // namespace
}  // namespace parley::fuzz
