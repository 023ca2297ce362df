// tests/memory_test.cc — what an engine does when there is no memory: a command that cannot be
// carried out is refused and changes nothing, what cannot be done of time and routing is done by
// the next call, and nothing is lost.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "heap.h"
#include "history.h"
#include "parley/annex/text.h"
#include "parley/parley.h"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr uint64_t kHistories = 1;
#else
constexpr uint64_t kHistories = 6;
#endif

namespace parley {
namespace {

bool IsOutOfMemory(const std::vector<Event>& events) {
  const auto* refused = events.empty() ? nullptr : As<Refused>(events.back());
  return refused != nullptr && refused->reason == Refusal::kOutOfMemory;
}

// The events of a command for which only so many allocations succeed.
std::vector<Event> ApplyWith(Engine& engine, const Command& command, size_t allocations) {
  Heap::left = allocations;
  const auto events = engine.Apply(command);
  Heap::left = SIZE_MAX;
  return {events.begin(), events.end()};
}

std::string TextOf(const std::vector<Event>& events) {
  std::string text;
  for (const Event& event : events) text += ToText(event) + "\n";
  return text;
}

// Tells the engine again what was refused, and lets it go on with what it could not finish. Gives
// all events but the refusals for want of memory.
std::vector<Event> Finish(Engine& engine, const Command& command, std::vector<Event> events) {
  while (true) {
    const bool again = IsOutOfMemory(events);
    if (again) events.pop_back();
    if (!again && engine.NextWake() > engine.Now()) return events;
    const auto more = engine.Apply(again ? command : Command(Advance{}));
    events.insert(events.end(), more.begin(), more.end());
  }
}

// Fails the n-th allocation of this command, and all after it, for every n. Gives how many there
// are.
size_t FailEach(const Engine& before, const ManualClock& clock, const ReroutePolicy& policy,
                const Command& command) {
  Engine whole = before.Fork(clock, policy);
  const std::string events = TextOf(ApplyWith(whole, command, SIZE_MAX));
  for (size_t n = 0;; ++n) {
    Engine engine = before.Fork(clock, policy);
    const std::vector<Event> some = ApplyWith(engine, command, n);
    const bool none_done = IsOutOfMemory(some) && some.size() == 1;
    if (none_done && clock.Now() == before.Now()) {
      EXPECT_EQ(engine.Digest(), before.Digest()) << n << " " << ToText(command);
    }
    const bool complete = !IsOutOfMemory(some) && engine.NextWake() > engine.Now();
    EXPECT_EQ(TextOf(Finish(engine, command, some)), events) << n << " " << ToText(command);
    EXPECT_EQ(engine.Digest(), whole.Digest()) << n << " " << ToText(command);
    EXPECT_TRUE(engine.Audit().ok()) << engine.Audit() << n << " " << ToText(command);
    if (testing::Test::HasFailure() || complete) return n;
  }
}

TEST(MemoryTest, WhateverAllocationFailsTheCommandIsRefusedOrDoneAndNothingIsLost) {
  size_t failed = 0;
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    Replay replay(seed);
    for (size_t i = 0; i < replay.history.told.size(); ++i) {
      const Told& told = replay.history.told[i];
      replay.clock.Set(told.at);
      if (i % 4 == 0)
        failed += FailEach(replay.engine, replay.clock, *replay.history.policy, told.command);
      ASSERT_FALSE(HasFailure()) << "seed " << seed << ", command " << i;
      replay.engine.Apply(told.command);
    }
  }
  EXPECT_GT(failed, 8'000 * kHistories);
}

// Parks what an agent let go, so that much follows from many who do so at once.
class ParkTheReturned final : public ReroutePolicy {
 public:
  RerouteDecision Decide(const RerouteRequest& request) const override {
    RerouteDecision decision = request.usual;
    if (request.cause == RerouteCause::kNobodyElse) decision.action = RerouteAction::kPark;
    return decision;
  }
};

// More happens in one instant than room is made for at a time: offers, time-outs, tasks that were
// let go, and steps that are skipped.
TEST(MemoryTest, SoItIsWhereVeryMuchHappensInOneInstant) {
  constexpr uint32_t kTasks = 150;
  ManualClock clock;
  const ParkTheReturned policy;
  Engine engine = *Engine::Create({}, clock, policy);
  const auto tell = [&](const Command& command, size_t fails_at_least) {
    EXPECT_GT(FailEach(engine, clock, policy, command) + 1, fails_at_least) << ToText(command);
    engine.Apply(command);
  };
  tell(AddQueue{"first"}, 1);
  tell(AddQueue{"second"}, 1);
  const auto steps = [](std::string_view skip) {
    return fmt::format(R"({{"task_routing": {{"filters": [{{"expression": "1==1", "targets": [
        {{"queue": "first", "skip_if": "{}"}}, {{"queue": "second"}}]}}]}}}})",
                       skip);
  };
  tell(AddWorkflow{"w", steps("1==2")}, 1);
  tell(AddAgent{"ann"}, 1);
  tell(SetCapacity{AgentId::Make(0, 0), Medium::kChat, 0}, 1);
  tell(SetActivity{AgentId::Make(0, 0), kAvailable}, 1);
  for (uint32_t i = 0; i < kTasks; ++i) {
    const Route route{.workflow = engine.FindWorkflow("w")};
    engine.Apply(Message{Medium::kChat, fmt::format("c{}", i), "shop", 1, route});
  }
  tell(
      UpdateWorkflow{
          .workflow = engine.FindWorkflow("w"), .definition = steps("1==1"), .reevaluate = true},
      10);
  EXPECT_EQ(engine.WaitingIn(engine.FindQueue("second")).size(), kTasks);
  tell(SetCapacity{AgentId::Make(0, 0), Medium::kChat, kTasks}, 10);
  EXPECT_EQ(engine.Count().reservations, kTasks);
  clock.Pass(std::chrono::minutes(2));
  tell(Advance{}, 10);
  EXPECT_EQ(engine.Left().size(), kTasks);
}

// Who goes ends more than her own work: the invitations in her channels, each offered to many.
TEST(MemoryTest, WhoIsRemovedEndsInvitationsOfManyOffers) {
  constexpr int kChannels = 30;
  const ManualClock clock;
  const DefaultReroute policy;
  Engine engine = *Engine::Create({}, clock, policy);
  engine.Apply(AddQueue{"q"});
  engine.Apply(AddQueue{.name = "many", .rules = {.max_offers = kMostOffers}});
  const auto add = [&](const std::string& name) {
    engine.Apply(AddAgent{name, {}, kAvailable});
    engine.Apply(SetCapacity{engine.FindAgent(name), Medium::kChat, kChannels});
    return engine.FindAgent(name);
  };
  const AgentId ann = add("ann");
  std::vector<ConversationId> channels;
  for (int i = 0; i < kChannels; ++i) {
    const std::string customer = fmt::format("c{}", i);
    const Route route{.queue = engine.FindQueue("q")};
    engine.Apply(Message{Medium::kChat, customer, "shop", 1, route});
    channels.push_back(engine.FindOpen(Medium::kChat, customer, "shop"));
    engine.Apply(Accept{engine.Find(engine.Find(channels.back())->live_task)->reservation});
  }
  for (uint32_t i = 0; i < kMostOffers; ++i) add(fmt::format("b{}", i));
  for (const ConversationId c : channels) {
    const Route route{.queue = engine.FindQueue("many")};
    engine.Apply(Invite{.conversation = c, .agent = ann, .route = route});
  }
  ASSERT_EQ(engine.Count().reservations, kChannels * (1 + kMostOffers));
  EXPECT_GT(FailEach(engine, clock, policy, RemoveAgent{ann}), 10u);
}

// What one step needs beyond the room that was made for it is taken in the step.
TEST(MemoryTest, AStepMayBringMoreKindsOfWorkThanRoomIsMadeFor) {
  constexpr uint32_t kKinds = 200;  // Of needs: room is made for 128.
  ManualClock clock;
  const DefaultReroute policy;
  Settings settings;
  settings.pause.enabled = true;
  Engine engine = *Engine::Create(settings, clock, policy);
  engine.Apply(AddQueue{"q"});
  engine.Apply(AddWorkflow{"w", R"({"task_routing": {"filters": [{"expression": "1==1",
      "targets": [{"queue": "q", "expression": "1==1"}]}]}})"});
  const auto skills_of = [](uint32_t number) {
    SkillSet skills;
    for (uint32_t slot = 0; slot < 8; ++slot) {
      if ((number >> slot & 1) != 0) skills.Add(SkillId::Make(slot, 0));
    }
    return skills;
  };
  for (uint32_t i = 0; i < 8; ++i) engine.Apply(AddSkill{fmt::format("k{}", i)});
  engine.Apply(AddAgent{"ann", skills_of(255)});
  const AgentId ann = engine.FindAgent("ann");
  engine.Apply(SetActivity{ann, kAvailable});
  for (uint32_t i = 0; i < kKinds; ++i) {  // Each waits by the step's need, and not by its own.
    const std::string customer = fmt::format("c{}", i);
    const Route route{.skills = skills_of(i), .workflow = engine.FindWorkflow("w")};
    engine.Apply(Message{Medium::kChat, customer, "shop", 1, route});
    const TaskId offer = engine.WorklistOf(ann).offers.at(0);
    engine.Apply(Accept{engine.Find(offer)->reservation});
    engine.Apply(Pause{engine.FindOpen(Medium::kChat, customer, "shop"), ann});
  }
  engine.Apply(RemoveAgent{ann});
  EXPECT_EQ(engine.WaitingIn(engine.FindQueue("q")).size(), kKinds);
  EXPECT_TRUE(engine.Audit().ok()) << engine.Audit();
}

// An engine that never gets memory at the first attempt, beside one that always does.
TEST(MemoryTest, AnEngineThatIsAlwaysToldTwiceIsNoDifferent) {
  size_t refused = 0;
  for (uint64_t seed = 100; seed < 100 + 7 * kHistories; ++seed) {
    Replay replay(seed);
    for (const Told& told : replay.history.told) {
      replay.clock.Set(told.at);
      const std::vector<Event> some = ApplyWith(replay.engine, told.command, 0);
      refused += IsOutOfMemory(some) ? 1u : 0u;
      ASSERT_EQ(TextOf(Finish(replay.engine, told.command, some)), TextOf(told.events)) << seed;
      ASSERT_EQ(replay.engine.Digest(), told.digest) << seed << " " << ToText(told.command);
    }
  }
  EXPECT_GT(refused, 100 * kHistories);
}

// A batch for which only n allocations succeed, for every n: what was not refused for want of
// memory has been done, whole and in its order, and of the others nothing has.
void FailInBatch(const Engine& before, const ManualClock& clock, const ReroutePolicy& policy,
                 const std::vector<Command>& commands) {
  for (size_t n = 0, told = 0; told < commands.size(); ++n) {
    Engine engine = before.Fork(clock, policy);
    Engine other = before.Fork(clock, policy);
    Heap::left = n;
    const Applied applied = engine.Apply(commands);
    Heap::left = SIZE_MAX;
    std::vector<Event> events;
    std::vector<Event> others;
    size_t begin = 0;
    told = 0;
    for (size_t i = 0; i < applied.ends.size(); ++i) {
      events.insert(events.end(), &applied.events[0] + begin, &applied.events[0] + applied.ends[i]);
      begin = applied.ends[i];
      if (IsOutOfMemory(events)) {
        events.pop_back();
        continue;
      }
      ++told;
      const auto more = other.Apply(commands[i]);
      others.insert(others.end(), more.begin(), more.end());
    }
    events.insert(events.end(), applied.events.begin() + static_cast<ptrdiff_t>(begin),
                  applied.events.end());
    ASSERT_EQ(TextOf(Finish(engine, Advance{}, events)), TextOf(others)) << n;
    ASSERT_EQ(engine.Digest(), other.Digest()) << n;
    ASSERT_TRUE(engine.Audit().ok()) << n;
  }
}

TEST(MemoryTest, ABatchIsCarriedOutAsFarAsThereIsMemory) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    Replay replay(seed);
    const auto& all = replay.history.told;
    for (size_t begin = 0; begin + 25 <= all.size(); begin += 25) {
      replay.clock.Set(std::max(replay.clock.Now(), replay.engine.Now()));
      std::vector<Command> commands;
      for (size_t i = begin; i < begin + 25; ++i) commands.push_back(all[i].command);
      if (begin % 100 == 0)
        FailInBatch(replay.engine, replay.clock, *replay.history.policy, commands);
      ASSERT_FALSE(HasFatalFailure()) << "seed " << seed << ", commands from " << begin;
      for (size_t i = begin; i < begin + 25; ++i) {
        replay.clock.Set(all[i].at);
        replay.engine.Apply(all[i].command);
      }
    }
  }
}

}  // namespace
}  // namespace parley
