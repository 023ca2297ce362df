// tests/shape_test.cc — what a shape forgets, and what it keeps. That states of one shape do the
// same from then on is tried in scope_test.cc, with states that nobody thought of.

#include "shape.h"

#include <functional>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "world.h"

namespace parley {
namespace {

uint64_t ShapeOf(const World& world) {
  return internal::ShapeOf(internal::StateOf(world.engine()));
}

TEST(ShapeTest, AStateComesBackLaterAndUnderOtherNames) {
  World young(LeaveAndPauseOn());
  young.AddAvailable("ann");
  young.Write("c@x");

  World old(LeaveAndPauseOn());
  const AgentId ann = old.AddAvailable("ann");
  const ConversationId first = old.Serve(ann, "c@x");
  old.Do(Reply{first, ann, 2});
  old.Do(End{first, ann});
  old.Do(Complete{old.At(first).last_task, ann});
  old.Pass(std::chrono::minutes(17));
  EXPECT_NE(old.Write("c@x"), first);

  EXPECT_EQ(ShapeOf(old), ShapeOf(young));
  EXPECT_NE(old.engine().Digest(), young.engine().Digest());
}

TEST(ShapeTest, OfIdleAgentsOnlyTheirOrderIsKept) {
  const auto busy = [](std::string_view who, Duration then) {
    World world;
    const AgentId ann = world.AddAvailable("ann");
    const AgentId bob = world.AddAvailable("bob");
    world.Do(SetActivity{who == "ann" ? bob : ann, kOffline});
    const ConversationId c = world.Serve(who == "ann" ? ann : bob, "c@x");
    world.Do(Close{c});
    world.Do(SetActivity{who == "ann" ? bob : ann, kAvailable});
    world.Pass(then);
    return ShapeOf(world);
  };
  EXPECT_EQ(busy("ann", std::chrono::minutes(10)), busy("ann", std::chrono::minutes(20)));
  EXPECT_NE(busy("ann", std::chrono::minutes(10)), busy("bob", std::chrono::minutes(10)));
}

TEST(ShapeTest, WhateverDecidesMakesAnotherShape) {
  const AgentId ann = AgentId::Make(0, 0);
  const auto c = ConversationId::Make(0, 0);
  const auto t = TaskId::Make(0, 0);
  const std::vector<std::pair<std::string_view, std::function<void(World&)>>> changes = {
      {"nothing", [](World&) {}},
      {"time", [](World& w) { w.Pass(Duration(1)); }},
      {"a setting", [](World& w) { w.Do(ApplySettings{Settings()}); }},
      {"capacity",
       [&](World& w) {
         w.Do(SetCapacity{ann, Medium::kEmail, 7});
       }},
      {"budget",
       [&](World& w) {
         w.Do(SetBudget{ann, 7});
       }},
      {"activity",
       [&](World& w) {
         w.Do(SetActivity{ann, kOffline});
       }},
      {"presence",
       [&](World& w) {
         w.Do(Disconnect{ann, SessionId{1}});
       }},
      {"a session",
       [&](World& w) {
         w.Do(Connect{ann, SessionId{2}, {}});
       }},
      {"another agent", [](World& w) { w.AddAgentNamed("bob"); }},
      {"another queue", [](World& w) { w.AddQueueNamed("other"); }},
      {"another customer", [](World& w) { w.Write("d@x"); }},
      {"priority",
       [&](World& w) {
         w.Do(UpdateTask{t, {.priority = 3}});
       }},
      {"accepted", [&](World& w) { w.AcceptNewest(ann); }},
      {"on hold",
       [&](World& w) {
         w.Do(Accept{ReservationId::Make(0, 0), true});
       }},
      {"declined",
       [&](World& w) {
         w.Do(Decline{ReservationId::Make(0, 0), {}});
       }},
      {"canceled", [&](World& w) { w.Do(CancelTask{t}); }},
      {"closed", [&](World& w) { w.Do(Close{c}); }},
      {"left",
       [&](World& w) {
         w.AcceptNewest(ann);
         w.Do(Leave{c, ann});
       }},
      {"paused",
       [&](World& w) {
         w.AcceptNewest(ann);
         w.Do(Pause{c, ann});
       }},
      {"wrapping up",
       [&](World& w) {
         w.AcceptNewest(ann);
         w.Do(End{c, ann});
       }},
      {"unread",
       [&](World& w) {
         w.AcceptNewest(ann);
         w.Do(End{c, ann});
         w.Write("c@x");
       }},
      {"answered",
       [&](World& w) {
         w.AcceptNewest(ann);
         w.Do(Reply{c, ann, 2});
       }},
  };
  std::map<uint64_t, std::string_view> shapes;
  for (const auto& [name, change] : changes) {
    World world(LeaveAndPauseOn());
    world.AddAvailable("ann");
    world.Write("c@x");
    change(world);
    const auto [other, is_new] = shapes.try_emplace(ShapeOf(world), name);
    EXPECT_TRUE(is_new) << name << " looks like " << other->second;
  }
}

}  // namespace
}  // namespace parley
