// tests/question_memory_test.cc — whoever asks an engine, or forks it, where there is no memory for
// the answer gets an exception, and the engine is what it was.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <new>
#include <vector>

#include "heap.h"
#include "history.h"
#include "parley/annex/what_if.h"
#include "parley/parley.h"

namespace parley {
namespace {

// Fails the n-th allocation, and all after it, for every n. Gives how many there are.
size_t FailEachOf(const std::function<void()>& question) {
  for (size_t n = 0;; ++n) {
    Heap::left = n;
    bool answered = true;
    try {
      question();
    } catch (const std::bad_alloc&) {
      answered = false;
    }
    Heap::left = SIZE_MAX;
    if (answered) return n;
  }
}

template <class T>
std::vector<T> Some(std::vector<T> all) {
  all.resize(std::min<size_t>(all.size(), 4));
  return all;
}

// Everything that can be asked, of the first few that there are.
std::vector<std::function<void()>> Questions(const Replay& replay) {
  const Engine& engine = replay.engine;
  std::vector<std::function<void()>> all = {
      [&] { engine.Fork(replay.clock, *replay.history.policy); },
      [&] { engine.Audit().IgnoreError(); },
      [&] { engine.Paused(), engine.Left(), engine.Orphans(), engine.Queues(); },
      [&] { engine.Workflows(), engine.Tasks(), engine.Reservations(); },
      [&] { engine.Agents(), engine.Activities(), engine.Digest(); }};
  for (const TaskId task : Some(engine.Tasks())) {
    const ConversationId c = engine.Find(task)->conversation;
    all.push_back([&engine, task] { engine.Explain(task), engine.EligibleAgents(task); });
    all.push_back([&engine, task] { engine.PositionOf(task); });
    all.push_back([&engine, c] { engine.History(c), engine.Participants(c); });
  }
  for (const QueueId queue : Some(engine.Queues())) {
    all.push_back([&engine, queue] { engine.WaitingIn(queue), engine.PausedIn(queue); });
    all.push_back([&engine, queue] { engine.EligibleAgents(queue); });
  }
  for (const AgentView& agent : Some(engine.Agents())) {
    all.push_back([&engine, id = agent.agent] { engine.PausedBy(id), engine.WorklistOf(id); });
  }
  return all;
}

constexpr uint64_t kHistories = 20;

TEST(QuestionMemoryTest, AForkOrAQuestionWithoutMemoryThrowsAndChangesNothing) {
  size_t thrown = 0;
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    Replay replay(seed);
    for (const Told& told : replay.history.told) {
      replay.clock.Set(told.at);
      replay.engine.Apply(told.command);
    }
    const uint64_t digest = replay.engine.Digest();
    for (const auto& question : Questions(replay)) {
      thrown += FailEachOf(question);
      ASSERT_EQ(replay.engine.Digest(), digest) << "seed " << seed;
    }
    ASSERT_TRUE(replay.engine.Audit().ok()) << "seed " << seed;
  }
  EXPECT_GT(thrown, 100 * kHistories);
}

// The wheel has gone ahead of what could be done: a fork begins where the engine says that it is.
TEST(QuestionMemoryTest, AForkGoesOnFromWhereTimeCouldNotBePassed) {
  ManualClock clock;
  const DefaultReroute policy;
  Engine engine = *Engine::Create({}, clock, policy);
  engine.Apply(AddQueue{"q"});
  engine.Apply(AddAgent{"ann", {}, kAvailable});
  const AgentId ann = engine.FindAgent("ann");
  engine.Apply(SetCapacity{ann, Medium::kChat, 2});
  for (const char* customer : {"a", "b"}) {  // Two offers that end in one place of the wheel.
    const Route route{.queue = engine.FindQueue("q")};
    engine.Apply(Message{Medium::kChat, customer, "shop", 1, route});
    clock.Pass(Duration(7));
  }
  const ManualClock late(clock.Now() + 15 * kDay);
  size_t stopped = 0;
  for (size_t n = 0;; ++n) {
    Engine other = engine.Fork(late, policy);
    Heap::left = n;
    const auto events = other.Apply(Advance{});
    Heap::left = SIZE_MAX;
    if (events.empty() || As<Refused>(events.back()) == nullptr) break;
    EXPECT_LE(other.NextWake(), late.Now());
    stopped += other.Now() < late.Now() ? 1u : 0u;
    const ManualClock there(other.Now());
    Engine fork = other.Fork(there, policy);
    for (const Event& event : fork.Apply(SetBudget{ann, 5})) {
      EXPECT_EQ(As<Refused>(event), nullptr) << n;
    }
    const auto run = *WhatIf::Create(other, {});
    run->RunUntil(late.Now());
    EXPECT_EQ(run->engine().Now(), late.Now()) << n;
  }
  EXPECT_GT(stopped, 0u);
}

}  // namespace
}  // namespace parley
