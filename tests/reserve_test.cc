// tests/reserve_test.cc — an engine that took memory for what is expected asks for no more, however
// its conversations come and go, wait and come back.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "heap.h"
#include "living_centre.h"
#include "parley/parley.h"

namespace parley {
namespace {

TEST(ReserveTest, WhatIsExpectedIsReservedAndNothingIsAllocatedAfterThat) {
  LivingCentre centre;
  const size_t before = Heap::calls;
  for (int i = 0; i < 200'000; ++i) {
    centre.Step();
    ASSERT_EQ(Heap::calls, before) << "step " << i;
  }
  EXPECT_GT(centre.done(), 50'000u);
}

// So many conversations wait at once, paused and left in turn, each with a history of its own
// length; they come back when they like, or all when their time is over.
class ManyWait {
 public:
  static constexpr uint32_t kAll = 60'000;
  static constexpr uint32_t kMessages = 4;  // Of one, in the mean.

  explicit ManyWait(LeaveRouting routing = LeaveRouting::kNewTask)
      : engine_(*Engine::Create(TheSettings(routing), clock_, policy_)) {
    engine_.Apply(AddQueue{"support"});
    engine_.Apply(AddAgent{"ann"});
    ann_ = engine_.FindAgent("ann");
    engine_.Apply(Connect{ann_, SessionId{1}});
    engine_.Apply(SetActivity{ann_, kAvailable});
  }

  // So many are dealt with at a time.
  bool Reserve(uint32_t tasks) {
    return engine_.Reserve({.agents = 1,
                            .conversations = kAll,
                            .paused = kAll,
                            .messages = kAll * kMessages,
                            .address_bytes = 6 + 4,
                            .tasks = tasks,
                            .needs = 1,
                            .events = 12 * tasks});
  }
  // A customer writes, ann answers, and lets the conversation wait.
  void Serve(uint32_t customer, bool pause) {
    customer_ = fmt::format("{:06}", customer);
    const Message message{Medium::kEmail, customer_, "shop", kBody, {.queue = TheQueue()}};
    const ConversationId c = Accept(engine_.Apply(message));
    const uint32_t replies = customer % 3;
    for (uint32_t i = 0; i < replies; ++i) engine_.Apply(Reply{c, ann_, kBody});
    clock_.Pass(Duration(1 + customer % 7'000));
    engine_.Apply(pause ? Command(Pause{c, ann_}) : parley::Leave{c, ann_});
  }
  ConversationId Write(uint32_t customer) {
    customer_ = fmt::format("{:06}", customer);
    engine_.Apply(Message{Medium::kEmail, customer_, "shop", kBody, {.queue = TheQueue()}});
    return engine_.FindOpen(Medium::kEmail, customer_, "shop");
  }
  // Nobody has the conversation.
  void Cancel(ConversationId id) { engine_.Apply(CancelTask{engine_.Find(id)->live_task}); }
  // The host was asked who should have it.
  void Ignore(ConversationId id) { engine_.Apply(IgnoreRouting{id}); }
  // ann goes on with what she has paused, and leaves it.
  void Leave(ConversationId paused) {
    Accept(engine_.Apply(Resume{paused, ann_}));
    engine_.Apply(parley::Leave{paused, ann_});
  }
  size_t Pass(Duration by) {
    clock_.Pass(by);
    return engine_.Apply(Advance{}).size();
  }
  const Engine& engine() const { return engine_; }

 private:
  static constexpr uint64_t kBody = 1'000'000'000'000;

  ConversationId Accept(std::span<const Event> events) {
    ReservationId offer;
    for (const Event& event : events) {
      if (const auto* created = As<ReservationCreated>(event)) offer = created->reservation;
    }
    const ConversationId c = engine_.Find(engine_.Find(offer)->task)->conversation;
    engine_.Apply(parley::Accept{offer});
    return c;
  }
  static Settings TheSettings(LeaveRouting routing) {
    Settings settings;
    settings.leave.enabled = true;
    settings.leave.routing = routing;
    settings.custom_routing.fallback = WhenSilent::kInactive;
    settings.conversation.on_canceled = OnCanceled::kEmitOnly;
    settings.leave.mode = ParkMode::kCompleteNow;
    settings.pause.enabled = true;
    settings.pause.mode = ParkMode::kCompleteNow;
    settings.task.retention = Duration::zero();
    return settings;
  }
  QueueId TheQueue() const { return engine_.FindQueue("support"); }

  ManualClock clock_{Instant(std::chrono::hours(500'000))};
  DefaultReroute policy_;
  Engine engine_;
  AgentId ann_;
  std::string customer_;
};

TEST(ReserveTest, HistoriesOfWhatWaitsAreReserved) {
  ManyWait centre;
  ASSERT_TRUE(centre.Reserve(1));
  const size_t before = Heap::calls;
  for (int times = 0; times < 2; ++times) {
    for (uint32_t i = 0; i < ManyWait::kAll; ++i) centre.Serve(i, false);
  }
  EXPECT_EQ(Heap::calls, before);
}

// However it came to wait, it stands packed: few are reserved that are not.
TEST(ReserveTest, WhatNobodyHasWaitsInAsLittle) {
  ManyWait centre(LeaveRouting::kCustom);
  ASSERT_TRUE(centre.Reserve(1));
  const size_t before = Heap::calls;
  for (uint32_t i = 0; i < ManyWait::kAll / 3; ++i) centre.Cancel(centre.Write(i));
  EXPECT_EQ(Heap::calls, before);
  for (uint32_t i = ManyWait::kAll / 3; i < ManyWait::kAll; ++i) {
    centre.Serve(i, false);
    const ConversationId asked = centre.Write(i);
    if (i % 2 == 0) centre.Ignore(asked);
    if (i % 2 != 0) centre.Pass(std::chrono::seconds(30));
  }
  EXPECT_EQ(Heap::calls, before);
  EXPECT_EQ(centre.engine().Count().conversations, ManyWait::kAll);
}

TEST(ReserveTest, PausesInAnyNumberAreReserved) {
  ManyWait centre;
  ASSERT_TRUE(centre.Reserve(ManyWait::kAll));
  const size_t before = Heap::calls;
  for (uint32_t i = 0; i < ManyWait::kAll; ++i) centre.Serve(i, i % 2 == 1);
  ASSERT_EQ(Heap::calls, before);
  const std::vector<PausedItem> paused = centre.engine().Paused();
  ASSERT_EQ(paused.size(), ManyWait::kAll / 2);

  const size_t since = Heap::calls;
  for (const PausedItem& item : paused) centre.Leave(item.conversation);
  for (uint32_t i = 0; i < ManyWait::kAll; ++i) centre.Serve(i, true);
  ASSERT_EQ(Heap::calls, since);
  ASSERT_EQ(centre.engine().Paused().size(), ManyWait::kAll);

  const size_t at_last = Heap::calls;
  EXPECT_GT(centre.Pass(14 * kDay), size_t{ManyWait::kAll});
  EXPECT_EQ(Heap::calls, at_last);
  EXPECT_TRUE(centre.engine().Paused().empty());
  EXPECT_TRUE(centre.engine().Audit().ok());
}

TEST(ReserveTest, WhatCannotBeReservedIsRefusedAndTheEngineIsAsItWas) {
  ManualClock clock;
  const DefaultReroute policy;
  Engine engine = *Engine::Create({}, clock, policy);
  const uint64_t digest = engine.Digest();
  Heap::left = 3;
  const bool reserved = engine.Reserve({.conversations = 100'000});
  Heap::left = SIZE_MAX;
  EXPECT_FALSE(reserved);
  EXPECT_EQ(engine.Digest(), digest);
  EXPECT_TRUE(engine.Reserve({.conversations = 1'000}));
  EXPECT_EQ(engine.Digest(), digest);
}

// Wherever it ends, the engine goes on with what it has.
TEST(ReserveTest, WhatWasReservedOnlyInPartIsGood) {
  for (size_t allocations = 0;; ++allocations) {
    ManyWait centre;
    Heap::left = allocations;
    const bool reserved = centre.Reserve(16);
    Heap::left = SIZE_MAX;
    for (uint32_t i = 0; i < 400; ++i) centre.Serve(i, i % 2 == 0);
    ASSERT_EQ(centre.engine().Paused().size(), 200u) << allocations;
    ASSERT_TRUE(centre.engine().Audit().ok()) << allocations;
    if (reserved) break;
  }
}

}  // namespace
}  // namespace parley
