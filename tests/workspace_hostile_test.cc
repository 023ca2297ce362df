// Is every wrong workspace refused, with a place and a pointer?

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "parley/annex/workspace.h"

namespace parley {
namespace {

using testing::HasSubstr;

struct Wrong {
  std::string json;
  std::string before;  // What stands before the place of the error.
  std::string expected;
};

void ExpectRefused(const Wrong& wrong) {
  WorkspaceReport report;
  report.unknown = {"as before"};
  TextError error;
  const auto workspace = Workspace::Parse(wrong.json, &report, &error);
  ASSERT_FALSE(workspace.ok()) << wrong.json;
  EXPECT_EQ(error.expected, wrong.expected) << wrong.json;
  EXPECT_EQ(error.at, wrong.json.find(wrong.before) + wrong.before.size()) << wrong.json;
  EXPECT_EQ(workspace.status(), ToStatus(error));
  EXPECT_EQ(report.unknown, std::vector<std::string>{"as before"});
}

TEST(WorkspaceHostileTest, NumbersWordsAndTypesThatDoNotFitAreRefused) {
  const std::string queue = R"({"task_queues": [{"friendly_name": "q", )";
  const std::string worker =
      R"({"workers": [{"friendly_name": "ann", "channels": [{"task_channel_unique_name": "sms", )";
  const std::vector<Wrong> cases = {
      {"[]", "", "an object"},
      {R"({"workers": 5})", "\"workers\": ", "a list of at most 100000 for /workers"},
      {R"({"workers": {"meta": {}}})", "\"workers\": ", "a list for /workers/workers"},
      {R"({"workers": [7]})", "[", "an object for /workers/0"},
      {R"({"workspace": []})", "\"workspace\": ", "an object for /workspace"},
      {R"({"activities": [{"available": true}]})", "[", "a name for /activities/0/friendly_name"},
      {R"({"activities": [{"friendly_name": "x", "available": 1}]})",
       "\"available\": ", "true or false for /activities/0/available"},
      {queue + R"("max_reserved_workers": 51}]})", "\"max_reserved_workers\": ",
       "a whole number from 1 to 50 for /task_queues/0/max_reserved_workers"},
      {queue + R"("task_order": "fifo"}]})",
       "\"task_order\": ", "\"FIFO\" or \"LIFO\" or \"AGEING\" for /task_queues/0/task_order"},
      {queue + R"("point_every": 0}]})",
       "\"point_every\": ", "a whole number from 1 to 86400000 for /task_queues/0/point_every"},
      {queue + R"("skills": "law"}]})",
       "\"skills\": ", "a list of at most 256 for /task_queues/0/skills"},
      {worker + R"("configured_capacity": 10001}]}]})", "\"configured_capacity\": ",
       "a whole number from 0 to 10000 for /workers/0/channels/0/configured_capacity"},
      {R"({"workers": [{"friendly_name": "ann", "channels": [{"configured_capacity": 1}]}]})",
       "\"channels\": [", "a task channel for /workers/0/channels/0"},
      {R"({"workflows": [{"friendly_name": "w"}]})", "[",
       "a workflow for /workflows/0/configuration"},
  };
  for (const Wrong& wrong : cases) ExpectRefused(wrong);
}

TEST(WorkspaceHostileTest, ReferencesToNothingAndNamesOfTwoThingsAreRefused) {
  const std::string activities =
      R"({"activities": [{"sid": "WA1", "friendly_name": "Lunch"}, {"friendly_name": "Tea"}], )";
  const std::string taken = "a name and a sid that nothing before it has for ";
  const std::vector<Wrong> cases = {
      {R"({"task_queues": [{"friendly_name": "q"}, {"friendly_name": "q"}]})",
       "{\"friendly_name\": \"q\"}, {\"friendly_name\": ", taken + "/task_queues/1/friendly_name"},
      {R"({"workers": [{"sid": "1", "friendly_name": "a"}, {"sid": "1", "friendly_name": "b"}]})",
       "{\"sid\": \"1\", \"friendly_name\": \"a\"}, {\"sid\": \"1\", \"friendly_name\": ",
       taken + "/workers/1/friendly_name"},
      {R"({"activities": [{"sid": "x", "friendly_name": "a"}, {"friendly_name": "x"}]})",
       "}, {\"friendly_name\": ", taken + "/activities/1/friendly_name"},
      {activities + R"("workers": [{"friendly_name": "ann", "activity_sid": "WA2"}]})",
       "\"activity_sid\": ", "an activity of this document for /workers/0/activity_sid"},
      {activities + R"("workers": [{"friendly_name": "ann", "activity_name": "Gone"}]})",
       "\"activity_name\": ", "an activity of this document for /workers/0/activity_name"},
      {activities + R"("workers": [{"friendly_name": "ann", "activity_sid": "WA1",
                                    "activity_name": "Tea"}]})",
       "\"activity_name\": ", "\"Lunch\", as the sid says, for /workers/0/activity_name"},
      {activities + R"("workspace": {"timeout_activity_sid": "WA9"}})", "timeout_activity_sid\": ",
       "an activity of this document for /workspace/timeout_activity_sid"},
      {R"({"workers": [{"friendly_name": "ann", "channels": [{"task_channel_sid": "TC1",
           "task_channel_unique_name": "sms", "configured_capacity": 1}]}]})",
       "\"task_channel_sid\": ",
       "a task channel of this document for /workers/0/channels/0/task_channel_sid"},
      {R"({"workers": [{"friendly_name": "ann", "channels": [{"task_channel_unique_name": "sms"},
           {"task_channel_unique_name": "sms"}]}]})",
       "\"sms\"},\n           ",
       "a task channel that nothing before it has for /workers/0/channels/1"},
      {R"({"workflows": [{"friendly_name": "w", "configuration":
           {"task_routing": {"default_filter": {"queue": "WQ1"}}}}]})",
       "\"queue\": ",
       "a queue of this document for "
       "/workflows/0/configuration/task_routing/default_filter/queue"},
  };
  for (const Wrong& wrong : cases) ExpectRefused(wrong);
}

TEST(WorkspaceHostileTest, TextsInsideTheTextAreRefusedWithBothPlaces) {
  const std::vector<Wrong> cases = {
      {R"({"workflows": [{"friendly_name": "w", "configuration": "{"}]})", "\"configuration\": ",
       "a workflow, with string literal at byte 1 of it, for /workflows/0/configuration"},
      {R"({"workflows": [{"friendly_name": "w", "configuration":
           "{\"task_routing\": {\"default_filter\": {\"queue\": \"q\"}}}"}]})",
       "\"configuration\":\n           ",
       "a workflow, with a queue of this document for "
       "/workflows/0/configuration/task_routing/default_filter/queue at byte 46 of it, for "
       "/workflows/0/configuration"},
      {R"({"workflows": [{"friendly_name": "w", "configuration": 5}]})",
       "\"configuration\": ", "an object for /workflows/0/configuration"},
      {R"({"workers": [{"friendly_name": "ann", "attributes": "[]"}]})",
       "\"attributes\": ", "attributes, with an object at byte 0 of it, for /workers/0/attributes"},
      {R"({"workers": [{"friendly_name": "ann", "attributes": 5}]})",
       "\"attributes\": ", "attributes, with an object at byte 0 of it, for /workers/0/attributes"},
      {R"({"workers": [{"friendly_name": "ann", "attributes": "{\"a\":1,\"a\":2}"}]})",
       "\"attributes\": ",
       "attributes, with a key that this object does not have yet at byte 7 of it, for "
       "/workers/0/attributes"},
  };
  for (const Wrong& wrong : cases) ExpectRefused(wrong);
}

TEST(WorkspaceHostileTest, WhatIsNotJsonOrBeyondItsLimitsIsRefused) {
  const std::string numbers =
      "a number of at most 40 digits, from 1e-300 to 1e300, in at most 320 bytes";
  const std::vector<Wrong> cases = {
      {"", "", "'[', '{', or a literal"},
      {"{\"x\": " + std::string(1'000'000, '['), "{\"x\": " + std::string(79, '['),
       "at most 80 objects and arrays inside each other"},
      {"{\"x\": 1" + std::string(1'000'000, '0') + "}", "{\"x\": ", numbers},
      {"{\"x\": -1e-999999999999999999999}", "{\"x\": ", numbers},
      {"{\"workers\": [], \"workers\": []}", "[], ", "a key that this object does not have yet"},
      {"{\"x\": \"\xED\xA0\x80\"}", "{\"x\": \"\xED", "JSON in UTF-8"},
      {"{\"x\": \"\\ud800\"}", "{\"x\": \"\\ud800", "JSON in UTF-8"},
  };
  for (const Wrong& wrong : cases) ExpectRefused(wrong);
}

TEST(WorkspaceHostileTest, LongDocumentsAreReadUpToTheirLimits) {
  TextError error;
  EXPECT_FALSE(Workspace::Parse(std::string(Workspace::kMaxBytes + 1, ' '), nullptr, &error).ok());
  EXPECT_EQ(error, (TextError{16'000'000, "the end; at most 16000000 bytes are read"}));

  std::string list = "{\"x\": [0";
  for (int i = 0; i < 1'000'000; ++i) list += ",0";
  EXPECT_THAT(Workspace::Parse(list + "]}").status().message(),
              HasSubstr("at most 1000000 values are read"));

  const auto activities = [](int count) {
    std::string json = "{\"activities\": [";
    for (int i = 0; i < count; ++i) {
      json += (i == 0 ? "{\"friendly_name\": \"a" : ",{\"friendly_name\": \"a") +
              std::to_string(i) + "\"}";
    }
    return json + "]}";
  };
  EXPECT_TRUE(Workspace::Parse(activities(100'000)).ok());
  EXPECT_THAT(Workspace::Parse(activities(100'001)).status().message(),
              HasSubstr("at byte 15: expected a list of at most 100000 for /activities"));
}

// Whatever is cut off or changed in a document, it is read or refused with a place inside it.
TEST(WorkspaceHostileTest, ADocumentCutOffOrSpoiltAnywhereIsReadOrRefusedWithAPlaceInIt) {
  const std::string whole =
      R"({"activities": [{"sid": "WA1", "friendly_name": "Lünch", "available": true}],
          "task_queues": {"task_queues": [{"friendly_name": "q", "max_reserved_workers": 2}],
                          "meta": {"next_page_url": null}},
          "workflows": [{"friendly_name": "w", "task_reservation_timeout": 30, "configuration":
             "{\"task_routing\": {\"default_filter\": {\"queue\": \"q\"}}}"}],
          "workers": [{"friendly_name": "ann", "activity_sid": "WA1", "attributes": "{\"a\": 1.5}",
             "channels": [{"task_channel_unique_name": "sms", "configured_capacity": 1}]}]})";
  ASSERT_TRUE(Workspace::Parse(whole).ok());
  for (size_t i = 0; i < whole.size(); ++i) {
    TextError error;
    EXPECT_FALSE(Workspace::Parse(whole.substr(0, i), nullptr, &error).ok()) << i;
    EXPECT_LE(error.at, i);
    for (const char c : {'"', '{', ']', '\0', '9', '\xFF', '\\'}) {
      std::string spoilt = whole;
      spoilt[i] = c;
      const auto workspace = Workspace::Parse(spoilt, nullptr, &error);
      if (workspace.ok()) {
        EXPECT_EQ(*Workspace::Parse(workspace->ToJson()), *workspace) << i << c;
      } else {
        EXPECT_LE(error.at, spoilt.size()) << i << c;
        EXPECT_FALSE(error.expected.empty()) << i << c;
      }
    }
  }
}

}  // namespace
}  // namespace parley
