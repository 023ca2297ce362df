// Does an engine become what a workspace says, wholly or not at all, and say what it has become?

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "golden.h"
#include "parley/annex/text.h"
#include "parley/annex/workspace.h"

namespace parley {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::SizeIs;
using testing::StartsWith;

class WorkspaceEngineTest : public testing::Test {
 protected:
  static Workspace ParseText(std::string_view json) {
    auto workspace = Workspace::Parse(json);
    EXPECT_TRUE(workspace.ok()) << workspace.status();
    return workspace.ok() ? *std::move(workspace) : Workspace();
  }
  static Workspace ParseExport() {
    std::ostringstream text;
    text << std::ifstream(GoldenPath("workspace_export.json")).rdbuf();
    return ParseText(text.str());
  }
  Engine NewEngine(const Settings& settings = {}) {
    return *Engine::Create(settings, clock_, policy_);
  }

  // That it fails with a message that begins so, and the engine stays as it was.
  void ExpectUnchanged(const Workspace& workspace, Engine& engine, absl::StatusCode code,
                       const std::string& begin) {
    const uint64_t before = engine.Digest();
    size_t told = 0;
    const absl::Status status =
        ApplyWorkspace(workspace, engine, [&](const Command&, std::span<const Event>) { ++told; });
    EXPECT_EQ(status.code(), code);
    EXPECT_THAT(std::string(status.message()), StartsWith(begin));
    EXPECT_EQ(engine.Digest(), before);
    EXPECT_EQ(told, 0u);
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_ = NewEngine();
};

TEST_F(WorkspaceEngineTest, TheExportBecomesTheEnginesSetUp) {
  ASSERT_EQ(ApplyWorkspace(ParseExport(), engine_), absl::OkStatus());
  EXPECT_EQ(engine_.Audit(), absl::OkStatus());
  EXPECT_EQ(engine_.NameOf(engine_.RoleOf(ActivityRole::kDefault)), "Offline");
  EXPECT_EQ(engine_.NameOf(engine_.RoleOf(ActivityRole::kTimeout)), "Break");
  const QueueRules spanish = engine_.RulesOf(engine_.FindQueue("Spanish"));
  EXPECT_EQ(spanish.agents, R"(routing.skills HAS "support" AND languages HAS "es")");
  EXPECT_EQ(spanish.max_offers, 3u);
  EXPECT_EQ(engine_.RulesOf(engine_.FindQueue("Callbacks")).order, TaskOrder::kLifo);
  const WorkflowId main = engine_.FindWorkflow("Contact centre");
  EXPECT_EQ(engine_.ReservationTimeoutOf(main), seconds(120));
  EXPECT_EQ(Workflow::Parse(engine_.DefinitionOf(main))->filters[1].steps[0].queue, "Spanish");
  const Agent* const alice = engine_.Find(engine_.FindAgent("alice"));
  ASSERT_NE(alice, nullptr);
  EXPECT_EQ(alice->activity, kAvailable);
  EXPECT_EQ(alice->attributes.Find("full_name").text(), "Alice Example");
  EXPECT_EQ(alice->For(Medium::kChat).configured, 3u);
}

// "default" and "video" are both custom: no agent gets more of either than he had.
TEST_F(WorkspaceEngineTest, OfSeveralChannelsThatAreCustomTheLargestAvailableOneCounts) {
  ASSERT_EQ(ApplyWorkspace(ParseExport(), engine_), absl::OkStatus());
  const Agent& chen = *engine_.Find(engine_.FindAgent("chen"));
  EXPECT_EQ(chen.For(Medium::kCustom).configured, 1u);
  EXPECT_TRUE(chen.For(Medium::kCustom).available);
  EXPECT_EQ(chen.For(Medium::kVoice).configured, 1u);
  EXPECT_FALSE(chen.For(Medium::kVoice).available);
  EXPECT_EQ(chen.For(Medium::kEmail).configured, Settings().For(Medium::kEmail).capacity);
}

TEST_F(WorkspaceEngineTest, ATaskGoesThroughTheImportedWorkflow) {
  ASSERT_EQ(ApplyWorkspace(ParseExport(), engine_), absl::OkStatus());
  engine_.Apply(SetActivity{engine_.FindAgent("beto"), kAvailable});
  engine_.Apply(Message{Medium::kChat,
                        "c@example.org",
                        "help@shop.example",
                        1,
                        {.workflow = engine_.FindWorkflow("Contact centre"),
                         .attributes = R"({"language": "es", "type": "support"})"}});
  const auto& beto = *engine_.Find(engine_.FindAgent("beto"));
  const auto& alice = *engine_.Find(engine_.FindAgent("alice"));
  EXPECT_EQ(beto.For(Medium::kChat).pending, 1u);
  EXPECT_EQ(alice.For(Medium::kChat).pending, 0u);
}

TEST_F(WorkspaceEngineTest, TheSinkGetsEveryCommandSoThatAReplayAndNamesAreTheSame) {
  Names names;
  Engine replayed = NewEngine();
  std::vector<std::string> lines;
  const auto sink = [&](const Command& command, std::span<const Event> events) {
    lines.push_back(ToText(command, names));
    names.Learn(command, events);
    replayed.Apply(command);
  };
  ASSERT_EQ(ApplyWorkspace(ParseExport(), engine_, sink), absl::OkStatus());
  EXPECT_EQ(replayed.Digest(), engine_.Digest());
  ASSERT_GT(lines.size(), 4u);
  EXPECT_EQ(names.Of(engine_.FindQueue("Spanish")), "Spanish");
  EXPECT_THAT(std::vector(lines.begin(), lines.begin() + 4),
              ElementsAre("advance", "add-activity Break", "add-activity Training",
                          "set-activity-role default Offline"));
}

TEST_F(WorkspaceEngineTest, WhatAnEngineHasIsWrittenAndMakesAnotherLikeIt) {
  ASSERT_EQ(ApplyWorkspace(ParseExport(), engine_), absl::OkStatus());
  engine_.Apply(RenameActivity{kAvailable, "Ready"});
  engine_.Apply(AddSkill{"law"});
  const SkillSet law{engine_.FindSkill("law")};
  engine_.Apply(AddQueue{"ageing",
                         law,
                         {.order = TaskOrder::kAgeing,
                          .point_every = seconds(5),
                          .credit = 3,
                          .agent_order = AgentOrder::kScore,
                          .by = "2 * worker.level"}});
  engine_.Apply(SetAgentSkills{engine_.FindAgent("beto"), law});
  engine_.Apply(SetBudget{engine_.FindAgent("beto"), 7});
  engine_.Apply(AddWorkflow{
      "legal", R"({"task_routing": {"default_filter": {"queue": "ageing", "skills": ["law"]}}})"});
  const Workspace workspace = ReadWorkspace(engine_);
  ASSERT_THAT(workspace.queues, SizeIs(6));
  EXPECT_EQ(workspace.queues[5].skills, std::vector<std::string>{"law"});
  EXPECT_THAT(workspace.workflows, SizeIs(3));
  EXPECT_EQ(workspace.agents[0].activity, "Ready");
  EXPECT_EQ(workspace.agents[1].budget, 7u);

  const auto parsed = Workspace::Parse(workspace.ToJson());
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(*parsed, workspace);
  Engine other = NewEngine();
  other.Apply(RenameActivity{kAvailable, "Ready"});
  ASSERT_EQ(ApplyWorkspace(*parsed, other), absl::OkStatus());
  EXPECT_EQ(ReadWorkspace(other), workspace);
}

TEST_F(WorkspaceEngineTest, WhatOneEngineRefusesChangesNothing) {
  struct Case {
    std::string json;
    std::string begin;
  };
  const std::string workflow = R"({"task_queues": [{"friendly_name": "q"}], "workflows":
      [{"friendly_name": "w", "configuration": {"task_routing": {"filters": [)";
  const std::vector<Case> cases = {
      {R"({"task_queues": [{"friendly_name": "first"},
                           {"friendly_name": "q", "target_workers": "level >"}]})",
       "queue q, target_workers: at byte 7"},
      {R"({"task_queues": [{"friendly_name": "q", "agent_order": "score",
                            "agent_order_by": "1 +"}]})",
       "queue q, agent_order_by: at byte 2"},
      {workflow + R"({"expression": "a ==", "targets": [{"queue": "q"}]}]}}}]})",
       "workflow w, filter 1, expression: at byte 4"},
      {workflow + R"({"targets": [{"queue": "q"}, {"expression": "worker.a 5"}]}]}}}]})",
       "workflow w, filter 1, target 2, expression: at byte 9"},
      {workflow + R"({"targets": [{"queue": "q", "skip_if": "task"}]}]}}}]})",
       "workflow w, filter 1, target 1, skip_if: at byte 0"},
      {workflow + R"({"targets": [{"queue": "q", "order_by": "worker.a UP"}]}]}}}]})",
       "workflow w, filter 1, target 1, order_by: at byte 9"},
      {R"({"task_queues": [{"friendly_name": "q"}], "workflows": [{"friendly_name": "w",
           "configuration": {"task_routing": {"default_filter": {"queue": "q",
           "expression": "a == 1"}}}}]})",
       "workflow w, default filter, expression: at byte 0"},
      {R"({"workers": [{"friendly_name": "a\u0001"}]})", "worker a\x01: refused, NameInvalid"},
      {R"({"activities": [{"friendly_name": "Busy", "available": true}],
           "workspace": {"logout_activity_name": "Busy"}})",
       "the logout activity: refused, ActivityAvailable"},
  };
  engine_.Apply(AddQueue{"there"});
  for (const Case& wrong : cases) {
    ExpectUnchanged(ParseText(wrong.json), engine_, absl::StatusCode::kInvalidArgument,
                    wrong.begin);
  }
}

TEST_F(WorkspaceEngineTest, WhatIsThereAlreadyIsNotOverwritten) {
  engine_.Apply(AddQueue{"Spanish"});
  ExpectUnchanged(ParseExport(), engine_, absl::StatusCode::kAlreadyExists,
                  "queue Spanish: the engine has one");
  ExpectUnchanged(
      ParseText(R"({"activities": [{"friendly_name": "Available", "available": false}]})"), engine_,
      absl::StatusCode::kFailedPrecondition,
      "activity Available: the engine has one that is "
      "available");
  Engine again = NewEngine();
  ASSERT_EQ(ApplyWorkspace(ParseText(R"({"workers": [{"friendly_name": "ann"}]})"), again),
            absl::OkStatus());
  ExpectUnchanged(ParseText(R"({"workers": [{"friendly_name": "ann"}]})"), again,
                  absl::StatusCode::kAlreadyExists, "worker ann: the engine has one");
}

TEST_F(WorkspaceEngineTest, ActivitiesThatWereRenamedOrRemovedHereCanBeMadeByTheDocument) {
  engine_.Apply(RemoveActivity{kAvailable});
  engine_.Apply(RenameActivity{kOffline, "Gone"});
  const Workspace workspace = ParseText(
      R"({"activities": [{"friendly_name": "Available", "available": false},
                         {"friendly_name": "Offline", "available": true}],
          "workspace": {"logout_activity_name": "Available"}})");
  ASSERT_EQ(ApplyWorkspace(workspace, engine_), absl::OkStatus());
  for (const ActivityView& view : engine_.Activities()) {
    EXPECT_EQ(view.available, engine_.NameOf(view.activity) == "Offline");
  }
  EXPECT_EQ(engine_.RoleOf(ActivityRole::kLogout), engine_.FindActivity("Available"));
}

TEST_F(WorkspaceEngineTest, LimitsCountWhatIsThere) {
  Settings settings;
  settings.limits.queues = 3;
  Engine engine = NewEngine(settings);
  engine.Apply(AddQueue{"one"});
  const std::string queues = R"({"task_queues": [{"friendly_name": "a"}, {"friendly_name": "b"})";
  ExpectUnchanged(ParseText(queues + R"(, {"friendly_name": "c"}]})"), engine,
                  absl::StatusCode::kResourceExhausted,
                  "queues: 1 and 3 more are over the limit of 3");
  EXPECT_EQ(ApplyWorkspace(ParseText(queues + "]}"), engine), absl::OkStatus());
}

TEST_F(WorkspaceEngineTest, AnEngineWhoseClockWentBackRefusesWithoutAChange) {
  clock_.Set(Instant(seconds(10)));
  engine_.Apply(Advance{});
  clock_.Set(Instant(seconds(5)));
  ExpectUnchanged(ParseExport(), engine_, absl::StatusCode::kInvalidArgument,
                  "the time: refused, TimeWentBack");
}

}  // namespace
}  // namespace parley
