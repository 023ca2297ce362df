// tests/example_parts_test.cc — what the examples are made of: tables, logs, reports, the host's
// loop.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../examples/call_desk.h"
#include "../examples/call_log.h"
#include "../examples/care_log.h"
#include "../examples/problems.h"
#include "../examples/report.h"
#include "../examples/simulation.h"
#include "../examples/table_file.h"
#include "temporary_file.h"

namespace parley::examples {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::array<std::string_view, 2> kAB = {"a", "b"};

TEST(TableFileTest, ColumnsAreFoundByNameWhereverTheyStand) {
  const TemporaryFile file("b,x,a\n2,?,1\n4,?,3\n");
  Problems problems;
  const auto table = ReadTable(file.path(), kAB, problems);
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_EQ(table->rows.size(), 2u);
  EXPECT_THAT(table->rows[0].cells, ElementsAre("1", "2"));
  EXPECT_THAT(table->rows[1].cells, ElementsAre("3", "4"));
  EXPECT_EQ(table->rows[1].line, 3u);
}

TEST(TableFileTest, TabsCrLfAMarkAtTheStartAndNoLastLineEndAreRead) {
  const TemporaryFile file(
      "\xEF\xBB\xBF"
      "a\tb\r\n1\t\"2\r\n\r\n3\t");
  Problems problems;
  const auto table = ReadTable(file.path(), kAB, problems);
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_EQ(table->rows.size(), 2u);
  EXPECT_THAT(table->rows[0].cells, ElementsAre("1", "\"2"));
  EXPECT_THAT(table->rows[1].cells, ElementsAre("3", ""));
  EXPECT_EQ(table->rows[1].line, 4u);
}

TEST(TableFileTest, QuotedCellsMayHoldCommasAndQuotes) {
  const TemporaryFile file("a,b\n\"1,2\",\"say \"\"hi\"\"\"\n\"\",3\"4\n");
  Problems problems;
  const auto table = ReadTable(file.path(), kAB, problems);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->rows[0].cells, ElementsAre("1,2", "say \"hi\""));
  EXPECT_THAT(table->rows[1].cells, ElementsAre("", "3\"4"));
}

TEST(TableFileTest, RowsThatDoNotFitAreLeftOutWithTheirLineNumbers) {
  const TemporaryFile file("a,b\n1\n1,2\n1,2,3\n\"1,2\n1,2\n");
  Problems problems;
  const auto table = ReadTable(file.path(), kAB, problems);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->rows_in_file, 5u);
  EXPECT_EQ(table->rows.size(), 1u);
  EXPECT_EQ(problems.Count("wrong number of columns"), 2u);
  EXPECT_EQ(problems.Count("quote not closed"), 1u);
  EXPECT_THAT(problems.ToText(), HasSubstr("line 2: 1 instead of 2"));
  EXPECT_THAT(problems.ToText(), HasSubstr("line 6: line 3"));
}

TEST(TableFileTest, AFileWithoutAColumnOrWithoutAnythingIsAnError) {
  Problems problems;
  for (const std::string_view text : {"a,x\n1,2\n", "a,b,a\n1,2,3\n", ""}) {
    const TemporaryFile file(text);
    EXPECT_EQ(ReadTable(file.path(), kAB, problems).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
  EXPECT_EQ(ReadTable("/no/such/file", kAB, problems).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadTable(testing::TempDir(), kAB, problems).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(ProblemsTest, TheFirstOfAKindAreShownAndTheOthersCounted) {
  Problems problems;
  for (size_t line = 1; line <= 12; ++line) problems.Add("late", line, "it is");
  EXPECT_EQ(problems.Count("late"), 12u);
  EXPECT_THAT(problems.ToText(), HasSubstr("line 10: it is\n    and 2 more\n"));
}

TEST(NumberTest, ANumberIsTheWholeTextAndInItsRange) {
  EXPECT_EQ(ToNumber("-7", -10, 10), -7);
  EXPECT_EQ(ToNumber("11", -10, 10), std::nullopt);
  for (const std::string_view text : {"", " 1", "1 ", "+1", "0x1", "1.0", "99999999999999999999"}) {
    EXPECT_EQ(ToNumber(text, 0, INT64_MAX), std::nullopt) << text;
  }
}

TEST(NameTest, ANameIsUtf8WithoutControlCharacters) {
  for (const std::string_view text :
       {"", "ann", "J\xC3\xBCrgen", "\xE2\x82\xAC", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(IsPlain(text)) << text;
  }
  for (const std::string_view text : {"a\nb", "\x7F", "\xC3", "\xC3(", "\x80", "\xC0\x80",
                                      "\xE0\x80\x80", "\xED\xA0\x80", "\xF8", "\xF4\x90\x80\x80"}) {
    EXPECT_FALSE(IsPlain(text)) << text;
  }
}

TEST(CareLogTest, OnlyDaysThatExistAreDates) {
  EXPECT_EQ(ParseUtc("1970-01-02T00:00:01Z"), Instant(24h + 1s));
  EXPECT_EQ(UtcText(*ParseUtc("2020-02-29T23:59:59Z")), "2020-02-29 23:59:59");
  for (const std::string_view text :
       {"2019-02-29T00:00:00Z", "2020-13-01T00:00:00Z", "2020-01-01T24:00:00Z",
        "2020-01-01T00:60:00Z", "2020-01-01 00:00:00Z", "2020-01-01T00:00:00", "2020-01-01", ""}) {
    EXPECT_EQ(ParseUtc(text), std::nullopt) << text;
  }
}

TEST(CallLogTest, ATimeOfDayIsOnTheDayThatBringsItNearest) {
  const Instant late(23h + 59min);
  EXPECT_EQ(Near(late, 23h + 58min), Instant(23h + 58min));
  EXPECT_EQ(Near(late, 1min), Instant(24h + 1min));
  EXPECT_EQ(Near(Instant(24h), 23h), Instant(23h));
}

TEST(CallDeskTest, MoreTypesThanThereAreSkillsArePlayed) {
  std::string text = fmt::format("{}\n", fmt::join(kCallColumns, "\t"));
  for (int type = 0; type < 300; ++type) {
    text += fmt::format("AGENT\t0\ttype{}\tann\t990131\t0:00:00\t0:00:00\t0", type);
    text += "\t9:00:00\t9:00:05\t5\t9:00:05\t9:01:05\t60\n";
  }
  const TemporaryFile file(text);
  const auto log = ReadCallLog(file.path());
  ASSERT_TRUE(log.ok()) << log.status();
  ASSERT_EQ(log->types.size(), 300u);
  CallDesk desk(*log);
  desk.Run();
  EXPECT_TRUE(desk.report().NothingIsLost(desk.engine()));
  EXPECT_EQ(desk.engine().Audit(), absl::OkStatus());
}

TEST(ReportTest, AQuantileIsTheSmallestSampleThatSoManyDoNotExceed) {
  Samples samples;
  EXPECT_EQ(samples.Quantile(50), 0s);
  for (const int s : {4, 1, 3, 2}) samples.Add(std::chrono::seconds(s));
  EXPECT_EQ(samples.Quantile(0), 1s);
  EXPECT_EQ(samples.Quantile(50), 2s);
  EXPECT_EQ(samples.Quantile(51), 3s);
  EXPECT_EQ(samples.Quantile(100), 4s);
  EXPECT_EQ(samples.Mean(), 2500ms);
}

TEST(ReportTest, LengthsAreShortAndPercentagesRounded) {
  EXPECT_EQ(Short(999ms), "0.9s");
  EXPECT_EQ(Short(59s), "59.0s");
  EXPECT_EQ(Short(65s), "1m05s");
  EXPECT_EQ(Short(3h + 59s), "3h00m");
  EXPECT_EQ(Short(49h), "2d01h");
  EXPECT_EQ(Percent(2, 3), "66.7%");
  EXPECT_EQ(Percent(0, 0), "-");
}

// Takes note of what it is told, in order.
class Notes final : public Simulation<int> {
 public:
  Notes() : Simulation(Settings(), Instant()) {
    Do(AddAgent{"ann", {}, {}});
    Do(Connect{engine().FindAgent("ann"), SessionId{1}, {}});
    Plan(Instant(2s), 2);
    Plan(Instant(1s), 1);
    Plan(Instant(1s), 10);
  }
  std::vector<std::pair<int, Duration>> taken;
  std::vector<Duration> logouts;

 private:
  void Take(const int& step) override {
    taken.emplace_back(step, Now().time_since_epoch());
    if (step == 2) {
      Do(Disconnect{engine().FindAgent("ann"), SessionId{1}, DisconnectReason::kNetwork});
      Plan(Now() + 30s, 32);
      Plan(Now() - 1s, 3);
    }
  }
  void See(const Event& event) override {
    if (As<AgentDisconnected>(event)) logouts.push_back(Now().time_since_epoch());
  }
};

TEST(SimulationTest, StepsAreTakenByTimeThenAsPlannedAndTheEngineIsWokenInBetween) {
  Notes notes;
  notes.Run();
  EXPECT_THAT(notes.taken, ElementsAre(std::pair(1, 1s), std::pair(10, 1s), std::pair(2, 2s),
                                       std::pair(3, 2s), std::pair(32, 32s)));
  EXPECT_THAT(notes.logouts, ElementsAre(2s));
  EXPECT_EQ(notes.engine().NextWake(), Instant::max());
  EXPECT_EQ(notes.engine().Now(), Instant(32s));  // The threshold of 30 s.
}

}  // namespace
}  // namespace parley::examples
