// What references mean in each scope: task, agent, a queue's crowd, and what the engine knows
// itself.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "parley/routing/expression.h"

namespace parley {
namespace {

constexpr auto kVoice = static_cast<size_t>(Medium::kVoice);

// An agent with everything that an expression can ask for, and a task and a crowd beside him.
struct Scene {
  Attributes task = Attributes::Parse(R"({
      "language": "en", "caller": "+1", "do_not_contact": ["a7", "a9"], "preferred_agents": ["bob"],
      "task": {"x": 1}, "agent": {"x": 2}, "worker": 3, "queue": {"waiting": -1}})")
                        .value();
  Attributes attributes = Attributes::Parse(R"({
      "languages": ["en", "fr"], "level": 5, "contact_uri": "+2", "id": "bob", "sid": "forged",
      "friendly_name": "forged", "activity_name": "forged", "channel": {"voice": {
      "assigned_tasks": 99}}, "worker": {"level": 6}, "in": {"deep": true}})")
                              .value();
  std::array<std::string_view, 2> skills = {"support", "sales"};
  std::array<Capacity, kMedia> media = {};
  AgentFacts agent{.id = "a1",
                   .name = "bob",
                   .activity_id = "y2",
                   .activity_name = "Generally Available",
                   .attributes = &attributes,
                   .skills = skills,
                   .media = &media};
  std::array<CrowdFacts::Activity, 3> activities = {
      {{"WAxx", "Available", 1}, {"WAyy", "Break", 2}, {"Break", "Odd", 7}}};
  CrowdFacts crowd{.available = 0,
                   .unavailable = 3,
                   .activities = activities,
                   .waiting = 12,
                   .longest_wait = 61};

  bool Holds(std::string_view text, Scope scope) const {
    const auto expression = Expression::Parse(text, scope);
    EXPECT_TRUE(expression.ok()) << text << ": " << expression.status();
    return expression.ok() &&
           expression->Evaluate({.task = &task, .agent = &agent, .crowd = &crowd});
  }
};

TEST(ExpressionScopeTest, InAFilterReferencesAreTheTasks) {
  const Scene scene;
  for (const auto text :
       {"language == 'en'", "task.language == 'en'", "task.agent.x == 2", "task.task.x == 1",
        "worker == 3", "level == null", "queue.waiting == -1"}) {
    EXPECT_TRUE(scene.Holds(text, Scope::kTask)) << text;
  }
}

TEST(ExpressionScopeTest, InAQueueReferencesAreTheAgents) {
  const Scene scene;
  for (const auto text :
       {"(skills HAS 'support') AND (languages HAS 'english') OR level == 5", "worker.level == 5",
        "agent.level == 5", "worker.worker.level == 6", "language == null",
        "activity_name == 'Generally Available'", "agent.in.deep == true"}) {
    EXPECT_TRUE(scene.Holds(text, Scope::kAgent)) << text;
  }
}

TEST(ExpressionScopeTest, InAStepBothAreNamedInFull) {
  const Scene scene;
  for (const auto text :
       {"worker.id IN task.preferred_agents", "agent.languages HAS task.language",
        "(task.caller!=worker.contact_uri) and (worker.sid not in task.do_not_contact)",
        "worker.activity_name in ['Generally Available', 'High Value Tasks']",
        "worker.activity_sid == 'y2'", "worker.skills HAS 'sales'", "worker.languages[1] = 'fr'"}) {
    EXPECT_TRUE(scene.Holds(text, Scope::kTarget)) << text;
  }
}

TEST(ExpressionScopeTest, SkipIfAsksForTheCrowd) {
  const Scene scene;
  for (const auto text :
       {"1==1", "workers.available == 0", "workers.unavailable > 2", "workers.WAxx < 2",
        "workers.WAxx < 2 OR workers.WAyy < 2", "workers.Available == 1", "workers.Break == 7",
        "workers.Odd == 7", "workers.Nobody == null", "queue.waiting > 10",
        "queue.longest_wait > 60 AND task.language == 'en'"}) {
    EXPECT_TRUE(scene.Holds(text, Scope::kSkip)) << text;
  }
}

TEST(ExpressionScopeTest, WhatTheEngineKnowsGoesBeforeAttributesOfTheSameName) {
  Scene scene;
  for (const auto text :
       {"worker.sid == 'a1'", "worker.friendly_name == 'bob'", "worker.activity_name != 'forged'",
        "worker.channel.voice.assigned_tasks == 0", "worker.name == 'bob'"}) {
    EXPECT_TRUE(scene.Holds(text, Scope::kTarget)) << text;
  }
  // These two are not the vendor's words: a team's own attributes of these names go on to count.
  scene.attributes = Attributes::Parse(R"({"skills": ["own"], "name": "Robert"})").value();
  EXPECT_TRUE(scene.Holds("skills HAS 'own' AND name == 'Robert'", Scope::kAgent));
  EXPECT_FALSE(scene.Holds("skills HAS 'sales'", Scope::kAgent));
}

TEST(ExpressionScopeTest, CapacityIsWhatTheFormulaSays) {  // E-20, B3.
  Scene scene;
  scene.media[kVoice] = {.configured = 3, .pending = 1, .accepted = 1};
  for (const auto text :
       {"worker.channel.voice.available_capacity_percentage == 33",
        "worker.channel.voice.assigned_tasks == 1", "worker.channel.voice.configured_capacity == 3",
        "worker.channel.email.configured_capacity == 0",
        "worker.channel.email.available_capacity_percentage == 0"}) {
    EXPECT_TRUE(scene.Holds(text, Scope::kTarget)) << text;
  }
  EXPECT_TRUE(scene.Holds("channel.voice.available_capacity_percentage <= 33", Scope::kAgent));

  scene.media[kVoice] = {.configured = 2, .wrapping = 1};
  EXPECT_TRUE(scene.Holds("channel.voice.available_capacity_percentage == 50", Scope::kAgent));
  scene.agent.wrapping_counts = false;
  EXPECT_TRUE(scene.Holds("channel.voice.available_capacity_percentage == 100", Scope::kAgent));
}

TEST(ExpressionScopeTest, WhatTheHostLeavesOutIsNull) {
  const auto holds = [](std::string_view text, Scope scope, const Facts& facts) {
    return Expression::Parse(text, scope)->Evaluate(facts);
  };
  EXPECT_TRUE(holds("x == null", Scope::kTask, {}));
  EXPECT_TRUE(holds("x == null AND sid == null AND skills == null", Scope::kAgent, {}));
  EXPECT_TRUE(holds("channel.sms.assigned_tasks == null", Scope::kAgent, {}));
  EXPECT_TRUE(holds("workers.available == null AND workers.x == null", Scope::kSkip, {}));
  const AgentFacts nobody;
  EXPECT_TRUE(holds("x == null AND sid == null AND name == null AND activity_sid == null",
                    Scope::kAgent, {.agent = &nobody}));
  EXPECT_TRUE(holds("skills != null AND 'x' NOT IN skills", Scope::kAgent, {.agent = &nobody}));
}

TEST(ExpressionScopeTest, AReferenceThatMeansNothingHereIsRefused) {
  struct Refused {
    std::string_view text;
    Scope scope;
    size_t at;
    std::string_view expected;
  };
  const Refused cases[] = {
      {"1 == worker.x", Scope::kTask, 5, "an attribute of the task"},
      {"agent.x == 1", Scope::kTask, 0, "an attribute of the task"},
      {"task.x == 1", Scope::kAgent, 0, "an attribute of the agent"},
      {"x == 1", Scope::kTarget, 0, "\"task.\" or \"worker.\""},
      {"task == 1", Scope::kTarget, 0, "\"task.\" or \"worker.\""},
      {"worker[0] == 1", Scope::kTarget, 0, "\"task.\" or \"worker.\""},
      {"workers.available == 1", Scope::kTarget, 0, "\"task.\" or \"worker.\""},
      {"x == 1", Scope::kSkip, 0, "workers.available"},
      {"worker.x == 1", Scope::kSkip, 0, "workers.available"},
      {"workers.x.y == 1", Scope::kSkip, 0, "workers.available"},
      {"queue.length == 1", Scope::kSkip, 0, "workers.available"},
      {"channel.fax.assigned_tasks == 1", Scope::kAgent, 8, "a medium: voice, sms"},
      {"worker.channel.voice.assigned == 1", Scope::kTarget, 20, ".assigned_tasks"},
      {"worker.channel.voice == 1", Scope::kTarget, 20, ".assigned_tasks"},
      {"channel.voice.assigned_tasks.x == 1", Scope::kAgent, 13, ".assigned_tasks"},
  };
  for (const Refused& refused : cases) {
    TextError error;
    EXPECT_FALSE(Expression::Parse(refused.text, refused.scope, {}, &error).ok()) << refused.text;
    EXPECT_EQ(error.at, refused.at) << refused.text << ": " << error.expected;
    EXPECT_THAT(error.expected, testing::HasSubstr(refused.expected)) << refused.text;
  }
}

TEST(ExpressionScopeTest, AnExpressionTellsWhatItDependsOn) {
  const auto uses = [](std::string_view text, Scope scope) {
    return Expression::Parse(text, scope)->uses();
  };
  EXPECT_EQ(uses("1 == 1", Scope::kTarget), Uses());
  EXPECT_EQ(uses("worker.sid == worker.friendly_name", Scope::kTarget), Uses());
  EXPECT_EQ(uses("x IN [task.y]", Scope::kTask), Uses{.task_attributes = true});
  EXPECT_EQ(uses("x == 1", Scope::kAgent), Uses{.agent_attributes = true});
  EXPECT_EQ(uses("name == 'x'", Scope::kAgent), Uses{.agent_attributes = true});
  EXPECT_EQ(uses("activity_sid == 'x'", Scope::kAgent), Uses{.activity = true});
  EXPECT_EQ(uses("channel.sms.assigned_tasks == 1", Scope::kAgent), Uses{.capacity = true});
  EXPECT_EQ(uses("skills HAS 'x'", Scope::kAgent),
            (Uses{.agent_attributes = true, .skills = true}));
  EXPECT_EQ(uses("workers.x == task.y", Scope::kSkip),
            (Uses{.task_attributes = true, .crowd = true}));
  EXPECT_EQ(uses("worker.x == task.y AND worker.activity_name == 'z'", Scope::kTarget),
            (Uses{.task_attributes = true, .agent_attributes = true, .activity = true}));
}

TEST(ExpressionScopeTest, TasksWithEqualValuesAreTold) {
  const auto expression =
      Expression::Parse("worker.a == task.a AND worker.l IN [task.b, task.c[0].d]", Scope::kTarget);
  const auto same = [&](std::string_view a, std::string_view b) {
    const Attributes first = Attributes::Parse(a).value();
    const Attributes second = Attributes::Parse(b).value();
    const bool equal = expression->SameTaskValues(first, second);
    EXPECT_EQ(equal,
              expression->HashTaskValues({}, first) == expression->HashTaskValues({}, second));
    return equal;
  };
  EXPECT_TRUE(same(R"({"a":1,"b":"x"})", R"({"b":"x","a":1,"z":5,"c":[]})"));
  EXPECT_TRUE(same(R"({})", R"({"a":null})"));
  EXPECT_FALSE(same(R"({"a":1})", R"({"a":"1"})"));
  EXPECT_FALSE(same(R"({"a":1})", R"({"b":1})"));
  EXPECT_FALSE(same(R"({"a":"x","b":"y"})", R"({"a":"xy","b":""})"));
  EXPECT_FALSE(same(R"({"c":[{"d":1}]})", R"({"c":[{"d":2}]})"));
}

}  // namespace
}  // namespace parley
