// Does a team's TaskRouter workspace load as it is, and come back as it was?

#include "parley/annex/workspace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "golden.h"
#include "parley/annex/text.h"

namespace parley {
namespace {

using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// An export after the vendor's documented examples: arrays and answers of list calls,
// configurations and attributes as texts and as objects.
std::string Export() {
  std::ostringstream text;
  text << std::ifstream(GoldenPath("workspace_export.json")).rdbuf();
  return text.str();
}

Workspace ParseExport(WorkspaceReport* report = nullptr) {
  auto workspace = Workspace::Parse(Export(), report);
  EXPECT_TRUE(workspace.ok()) << workspace.status();
  return workspace.ok() ? *std::move(workspace) : Workspace();
}

TEST(WorkspaceTest, TheExportIsReadWithNamesInThePlaceOfSids) {
  const Workspace workspace = ParseExport();
  EXPECT_EQ(workspace.name, "Example contact centre");
  EXPECT_EQ(workspace.default_activity, "Offline");
  EXPECT_EQ(workspace.timeout_activity, "Break");
  ASSERT_EQ(workspace.activities.size(), 4u);
  EXPECT_TRUE(workspace.activities[1].available);
  ASSERT_EQ(workspace.channels.size(), 5u);
  ASSERT_EQ(workspace.queues.size(), 5u);
  EXPECT_EQ(workspace.queues[2].max_offers, 3u);
  EXPECT_EQ(workspace.queues[3].order, TaskOrder::kLifo);
  EXPECT_EQ(workspace.queues[4].agents, R"(role IN ["supervisor", "admin"])");
  ASSERT_EQ(workspace.workflows.size(), 2u);
  EXPECT_EQ(workspace.workflows[0].reservation_timeout, seconds(120));
  const Workflow& main = workspace.workflows[0].definition;
  ASSERT_EQ(main.filters.size(), 3u);
  EXPECT_EQ(main.filters[0].steps[0].queue, "Support");
  EXPECT_EQ(main.filters[0].steps[0].known_agent_name, "last_agent");
  EXPECT_EQ(main.filters[1].steps[1].queue, "Support");
  EXPECT_EQ(main.otherwise->queue, "Everyone");
  ASSERT_EQ(workspace.agents.size(), 3u);
  EXPECT_EQ(workspace.agents[1].activity, "Break");
  EXPECT_EQ(workspace.agents[1].attributes.Find("quality").text(), "0.95");
  EXPECT_EQ(workspace.agents[2].attributes.Find("role").text(), "supervisor");
  EXPECT_THAT(workspace.agents[2].capacities, ElementsAre(WorkspaceCapacity{"voice", 1, false},
                                                          WorkspaceCapacity{"default", 2, false},
                                                          WorkspaceCapacity{"video", 1, true}));
}

TEST(WorkspaceTest, TheReportNamesWhatIsIgnoredOnceAndWhatWillDiffer) {
  WorkspaceReport report;
  ParseExport(&report);
  EXPECT_THAT(report.unknown, IsEmpty());
  EXPECT_THAT(report.ignored, Contains("/workers/*/date_status_changed").Times(1));
  EXPECT_THAT(report.ignored, Contains("/workflows/workflows/*/assignment_callback_url").Times(1));
  EXPECT_THAT(report.ignored, Contains("/task_queues/*/assignment_activity_sid").Times(1));
  EXPECT_THAT(report.ignored, Contains("/workspace/events_filter").Times(1));
  EXPECT_THAT(report.warnings,
              ElementsAre("/task_channels/channels/0: the task channel default is custom here",
                          "/task_channels/channels/4: the task channel video is custom here",
                          "/workflows/workflows/1/configuration/task_routing/filters/0/targets/0"
                          "/known_worker_sid: agents have ids of their own here, and no sids"));
}

TEST(WorkspaceTest, WhatIsWrittenIsTheVendorsJsonAndReadsBack) {
  const Workspace workspace = ParseExport();
  const std::string json = workspace.ToJson();
  EXPECT_THAT(json, MatchesGolden("workspace_written.json"));
  WorkspaceReport report;
  const auto again = Workspace::Parse(json, &report);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, workspace);
  EXPECT_THAT(report.unknown, IsEmpty());
  EXPECT_THAT(report.ignored, IsEmpty());
}

TEST(WorkspaceTest, OurOwnKeysReadBack) {
  Workspace workspace;
  workspace.logout_activity = "Offline";
  workspace.activities = {{"", "Offline", false}};
  auto& queue = workspace.queues.emplace_back();
  queue.name = "ageing";
  queue.skills = {"law", "tax"};
  queue.order = TaskOrder::kAgeing;
  queue.point_every = seconds(5);
  queue.credit = 7;
  queue.agent_order = AgentOrder::kScore;
  queue.by = "worker.level * 10";
  auto& agent = workspace.agents.emplace_back();
  agent.name = "ann";
  agent.skills = {"tax"};
  agent.budget = 12;
  const auto again = Workspace::Parse(workspace.ToJson());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, workspace);
}

// Rounded down, half a second would be the setting's time-out, or none at all.
TEST(WorkspaceTest, PartsOfASecondAreWrittenAsAWholeOne) {
  Workspace workspace;
  auto& workflow = workspace.workflows.emplace_back();
  workflow.name = "w";
  workflow.reservation_timeout = std::chrono::milliseconds(1500);
  auto& filter = workflow.definition.filters.emplace_back();
  filter.steps.resize(1);
  filter.steps[0].queue = "q";
  filter.steps[0].timeout = std::chrono::milliseconds(1);
  workspace.queues.emplace_back().name = "q";
  const auto again = Workspace::Parse(workspace.ToJson());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->workflows[0].reservation_timeout, seconds(2));
  EXPECT_EQ(again->workflows[0].definition.filters[0].steps[0].timeout, seconds(1));
}

TEST(WorkspaceTest, KeysThatMeanNothingAreToldWithTheirPointers) {
  WorkspaceReport report;
  const auto workspace = Workspace::Parse(
      R"({"version": 1, "workspace": {"colour": 1},
          "activities": {"activities": [{"friendly_name": "Lunch", "a": 0}], "total": 1},
          "task_queues": [{"friendly_name": "q", "a/b": 0}, {"friendly_name": "r", "a": 0}],
          "workflows": [{"friendly_name": "w", "configuration":
             "{\"task_routing\": {\"default_filter\": {\"queue\": \"q\", \"timeout\": 3}}}"}],
          "workers": [{"friendly_name": "ann", "team": "x",
             "channels": [{"task_channel_unique_name": "sms", "configured_capacity": 1,
                           "x": 0}]}]})",
      &report);
  ASSERT_TRUE(workspace.ok()) << workspace.status();
  EXPECT_THAT(
      report.unknown,
      ElementsAre("/activities/activities/0/a", "/activities/total", "/task_queues/0/a~1b",
                  "/task_queues/1/a",
                  "/workflows/0/configuration/task_routing/default_filter/timeout",
                  "/workers/0/channels/0/x", "/workers/0/team", "/workspace/colour", "/version"));
}

TEST(WorkspaceTest, WhatCannotBeKeptIsWarnedOf) {
  WorkspaceReport report;
  const auto workspace = Workspace::Parse(
      R"({"workspace": {"multi_task_enabled": false, "prioritize_queue_order": "LIFO"},
          "activities": [{"sid": "WA7", "friendly_name": "Lunch"}],
          "task_queues": {"task_queues": [{"sid": "WQ7", "friendly_name": "q",
             "target_workers": "activity_sid != 'WA7' AND team != 'WA77'"}],
             "meta": {"next_page_url": "https://taskrouter.example.com/next"}},
          "workflows": [{"friendly_name": "w", "configuration": {"task_routing": {
             "filters": [{"expression": "home == 'WQ7'", "targets": [{"queue": "WQ7",
                "expression": "worker.sid == 'WK9'", "skip_if": "workers.WA7 > 1"}]}]}}}],
          "workers": [{"sid": "WK9", "friendly_name": "ann"}]})",
      &report);
  ASSERT_TRUE(workspace.ok()) << workspace.status();
  const std::string filter = "/workflows/0/configuration/task_routing/filters/0/";
  EXPECT_THAT(
      report.warnings,
      ElementsAre("/task_queues/meta/next_page_url: there are more pages, which are not here",
                  "/workspace/prioritize_queue_order: LIFO queues do not go before others "
                  "here",
                  "/workspace/multi_task_enabled: agents have a capacity for each medium, "
                  "and can have several tasks",
                  "/task_queues/task_queues/0/target_workers: WA7 is a sid, and nothing has "
                  "sids here",
                  filter + "expression: WQ7 is a sid, and nothing has sids here",
                  filter + "targets/0/expression: WK9 is a sid, and nothing has sids here",
                  filter + "targets/0/skip_if: WA7 is a sid, and nothing has sids here"));
}

}  // namespace
}  // namespace parley
