// Is a workflow read as the vendor writes it, written so that it reads back, and refused with a
// place?

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "parley/routing/workflow.h"

namespace parley {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Every key that means something, the vendor's and ours.
constexpr std::string_view kFull = R"({
  "task_routing": {
    "timeout_mode": "per_target",
    "filters": [
      {"filter_friendly_name": "French", "expression": "language == 'fr'", "targets": [
        {"queue": "support", "expression": "worker.languages HAS task.language",
         "priority": 5, "timeout": 30, "skip_if": "workers.available == 0",
         "order_by": "worker.level DESC", "skills": ["french", "law"]},
        {"priority": "10", "timeout": "60"},
        {"queue": "nights", "known_worker_sid": "task.agent_sid",
         "known_worker_unknown": "skip"}]},
      {"friendly_name": "Rest", "targets": [
        {"queue": "support", "known_worker_friendly_name": "agent"}]}],
    "default_filter": {"task_queue_sid": "everyone", "priority": 0}}})";

Workflow FullWorkflow() {
  Workflow workflow;
  workflow.clock = StepClock::kPerStep;
  auto& french = workflow.filters.emplace_back();
  french.name = "French";
  french.expression = "language == 'fr'";
  french.steps.resize(3);
  french.steps[0].queue = "support";
  french.steps[0].expression = "worker.languages HAS task.language";
  french.steps[0].priority = 5;
  french.steps[0].timeout = seconds(30);
  french.steps[0].skip_if = "workers.available == 0";
  french.steps[0].order_by = "worker.level DESC";
  french.steps[0].skills = {"french", "law"};
  french.steps[1].priority = 10;
  french.steps[1].timeout = seconds(60);
  french.steps[2].queue = "nights";
  french.steps[2].known_agent_id = "agent_sid";
  french.steps[2].skip_unknown = true;
  auto& rest = workflow.filters.emplace_back();
  rest.name = "Rest";
  rest.steps.resize(1);
  rest.steps[0].queue = "support";
  rest.steps[0].known_agent_name = "agent";
  workflow.otherwise.emplace();
  workflow.otherwise->queue = "everyone";
  workflow.otherwise->priority = 0;
  return workflow;
}

TEST(WorkflowJsonTest, EveryKeyOfTheVendorAndOfOursIsRead) {
  std::vector<std::string> unknown;
  const auto workflow = Workflow::Parse(kFull, &unknown);
  ASSERT_TRUE(workflow.ok()) << workflow.status();
  EXPECT_EQ(*workflow, FullWorkflow());
  EXPECT_THAT(unknown, IsEmpty());
}

TEST(WorkflowJsonTest, WhatIsWrittenReadsBackAndIsWrittenAlike) {
  const std::string json = FullWorkflow().ToJson();
  const auto again = Workflow::Parse(json);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, FullWorkflow());
  EXPECT_EQ(again->ToJson(), json);
}

TEST(WorkflowJsonTest, NamesWithQuotesAndControlsAndAttributesCalledTaskReadBack) {
  Workflow workflow;
  workflow.otherwise.emplace();
  workflow.otherwise->queue = "a \"b\" \\ \n \x01 é";
  workflow.otherwise->known_agent_name = "task.agent";
  const auto again = Workflow::Parse(workflow.ToJson());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, workflow);
}

TEST(WorkflowJsonTest, KeysThatMeanNothingAreToldOnceEach) {
  std::vector<std::string> unknown;
  const auto workflow = Workflow::Parse(
      R"({"version": 2, "task_routing": {"colour": 1,
          "filters": [{"targets": [{"queue": "a", "a/b~c": {"queue": 1}}], "note": null}],
          "default_filter": {"queue": "a", "timeout": 3, "skip_if": "1 == 1"}}})",
      &unknown);
  ASSERT_TRUE(workflow.ok()) << workflow.status();
  EXPECT_THAT(
      unknown,
      ElementsAre("/task_routing/filters/0/targets/0/a~1b~0c", "/task_routing/filters/0/note",
                  "/task_routing/default_filter/timeout", "/task_routing/default_filter/skip_if",
                  "/task_routing/colour", "/version"));
}

TEST(WorkflowJsonTest, NullIsLikeAMissingKey) {
  std::vector<std::string> unknown;
  const auto workflow = Workflow::Parse(
      R"({"task_routing": {"filters": null, "timeout_mode": null, "default_filter":
          {"queue": "a", "priority": null, "known_worker_sid": null, "skills": null,
           "known_worker_unknown": null}}})",
      &unknown);
  ASSERT_TRUE(workflow.ok()) << workflow.status();
  EXPECT_THAT(unknown, IsEmpty());
  Workflow expected;
  expected.otherwise.emplace();
  expected.otherwise->queue = "a";
  EXPECT_EQ(*workflow, expected);
}

struct Wrong {
  std::string json;
  std::string before;  // What stands before the place of the error.
  std::string expected;
};

std::string Routing(std::string_view inside) {
  return "{\"task_routing\": {" + std::string(inside) + "}}";
}
std::string Target(std::string_view inside) {
  return Routing("\"filters\": [{\"targets\": [{\"queue\": \"a\", " + std::string(inside) + "}]}]");
}

void ExpectRefused(const Wrong& wrong) {
  std::vector<std::string> unknown = {"as before"};
  TextError error;
  const auto workflow = Workflow::Parse(wrong.json, &unknown, &error);
  ASSERT_FALSE(workflow.ok()) << wrong.json;
  EXPECT_EQ(error.at, wrong.json.find(wrong.before) + wrong.before.size()) << wrong.json;
  EXPECT_EQ(error.expected, wrong.expected) << wrong.json;
  EXPECT_EQ(workflow.status(), ToStatus(error));
  EXPECT_THAT(unknown, ElementsAre("as before"));
}

TEST(WorkflowJsonTest, AValueThatDoesNotFitIsRefusedWithItsPlaceAndPointer) {
  const std::string target = "/task_routing/filters/0/targets/0";
  const std::string priority = "a whole number from 0 to 2147483647 for " + target + "/priority";
  const std::string timeout = "a whole number from 0 to 31622400 for " + target + "/timeout";
  const std::string attribute = "the name of a task attribute for " + target + "/known_worker_sid";
  const std::vector<Wrong> cases = {
      {"[]", "", "an object"},
      {"{}", "", "an object with task_routing"},
      {R"({"task_routing": 7})", ": ", "an object for /task_routing"},
      {Routing(""), ": ", "a filter or a default_filter for /task_routing"},
      {Routing(R"("filters": {})"),
       "\"filters\": ", "a list of at most 1000 for /task_routing/filters"},
      {Routing(R"("filters": ["x"])"), "[", "an object for /task_routing/filters/0"},
      {Routing(R"("filters": [{"targets": []}])"),
       "\"targets\": ", "at least one target for /task_routing/filters/0/targets"},
      {Routing(R"("filters": [{"expression": "a == 1"}])"), "[",
       "at least one target for /task_routing/filters/0/targets"},
      {Routing(R"("filters": [{"targets": [{"timeout": 1}]}])"), "\"targets\": [",
       "a queue for " + target},
      {Routing(R"("default_filter": {"queue": ""})"),
       "\"default_filter\": ", "a queue for /task_routing/default_filter"},
      {Routing(R"("timeout_mode": "never", "default_filter": {"queue": "a"})"),
       "\"timeout_mode\": ",
       "\"cumulative_task_age\" or \"per_target\" for /task_routing/timeout_mode"},
      {Target(R"("expression": 5)"), "\"expression\": ", "a text for " + target + "/expression"},
      {Target(R"("priority": -1)"), "\"priority\": ", priority},
      {Target(R"("priority": 2147483648)"), "\"priority\": ", priority},
      {Target(R"("priority": 1.5)"), "\"priority\": ", priority},
      {Target(R"("priority": "high")"), "\"priority\": ", priority},
      {Target(R"("priority": [])"), "\"priority\": ", priority},
      {Target(R"("timeout": 99999999999999999999999)"), "\"timeout\": ", timeout},
      {Target(R"("timeout": 1e1)"), "\"timeout\": ", timeout},
      {Target(R"("timeout": 31622401)"), "\"timeout\": ", timeout},
      {Target(R"("skills": ["b", 1])"), "\"b\", ", "a text for " + target + "/skills/1"},
      {Target(R"("known_worker_sid": "task.")"), "\"known_worker_sid\": ", attribute},
      {Target(R"("known_worker_unknown": true)"),
       "\"known_worker_unknown\": ", "\"skip\" for " + target + "/known_worker_unknown"},
      {Target(R"("task_queue_sid": "b")"),
       "\"task_queue_sid\": ", "queue or task_queue_sid, not both for " + target},
      {Target(R"("known_worker_friendly_name": "b", "known_worker_sid": "c")"),
       "\"known_worker_sid\": ",
       "known_worker_sid or known_worker_friendly_name, not both for " + target},
  };
  for (const Wrong& wrong : cases) ExpectRefused(wrong);
}

TEST(WorkflowJsonTest, WhatIsNotJsonOrBeyondItsLimitsIsRefusedWithItsPlace) {
  const std::string deep = Target("\"x\": " + std::string(100'000, '['));
  const std::string digits(100'000, '9');
  const std::string numbers =
      "a number of at most 40 digits, from 1e-300 to 1e300, in at most 320 bytes";
  const std::vector<Wrong> cases = {
      {deep, "\"x\": " + std::string(74, '['), "at most 80 objects and arrays inside each other"},
      {Target("\"x\": " + digits), "\"x\": ", numbers},
      {Target("\"x\": 1e999"), "\"x\": ", numbers},
      {Target("\"x\": 1, \"x\": 2"), "\"x\": 1, ", "a key that this object does not have yet"},
      {Target("\"x\": \"\xC0\x80\""), "\"x\": \"", "JSON in UTF-8"},
      {Routing(std::string(1, '\0')), "{\"task_routing\": {", "no NUL byte"},
      {Routing("\"default_filter\": {\"queue\": \"a\"},"), "},", "string literal"},
      {Routing("\"default_filter\": {\"queue\": \"a\"}") + "x", "}}}", "end of input"},
  };
  for (const Wrong& wrong : cases) ExpectRefused(wrong);
}

TEST(WorkflowJsonTest, SizesHaveLimits) {
  TextError error;
  EXPECT_FALSE(Workflow::Parse(std::string(Workflow::kMaxBytes + 1, ' '), nullptr, &error).ok());
  EXPECT_EQ(error, (TextError{1'000'000, "the end; at most 1000000 bytes are read"}));

  const auto filters = [](size_t count, size_t targets) {
    std::string list = "{\"queue\": \"a\"}";
    for (size_t i = 1; i < targets; ++i) list += ", {}";
    const std::string filter = "{\"targets\": [" + list + "]}";
    std::string all = filter;
    for (size_t i = 1; i < count; ++i) all += ", " + filter;
    return Routing("\"filters\": [" + all + "]");
  };
  EXPECT_TRUE(Workflow::Parse(filters(1000, 1)).ok());
  EXPECT_TRUE(Workflow::Parse(filters(1, 100)).ok());
  EXPECT_THAT(Workflow::Parse(filters(1001, 1)).status().message(),
              HasSubstr("a list of at most 1000 for /task_routing/filters"));
  EXPECT_THAT(Workflow::Parse(filters(1, 101)).status().message(),
              HasSubstr("a list of at most 100 for /task_routing/filters/0/targets"));
}

}  // namespace
}  // namespace parley
