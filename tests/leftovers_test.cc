// tests/leftovers_test.cc — what is over leaves nothing behind: a host that runs for years needs no
// more memory than one that has run for a day. Lives of conversations, agents and queues are led
// again and again, and the bytes that the engine holds are counted: after a hundred of each kind
// they stay what they are, though every list of every life grew and went.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "parley/annex/text.h"
#include "parley/parley.h"

namespace {
size_t held = 0;
constexpr size_t kBefore = alignof(std::max_align_t);  // The size stands before the memory.
}  // namespace

// Kept out of line: inlined, g++ takes the pair for a mismatch.
[[gnu::noinline]] void* operator new(size_t bytes) {
  auto* memory = static_cast<char*>(std::malloc(bytes + kBefore));
  if (memory == nullptr) throw std::bad_alloc();
  *reinterpret_cast<size_t*>(memory) = bytes;
  held += bytes;
  return memory + kBefore;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  if (memory == nullptr) return;
  char* begin = static_cast<char*>(memory) - kBefore;
  held -= *reinterpret_cast<size_t*>(begin);
  std::free(begin);
}
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { operator delete(memory); }

namespace parley {
namespace {

using namespace std::chrono_literals;

Settings EverythingOn() {
  Settings settings;
  settings.leave.enabled = true;
  settings.leave.mode = ParkMode::kCompleteNow;
  settings.pause.enabled = true;
  settings.answer.limit = 1min;
  settings.task.retention = 0ms;
  settings.routing.wakes_per_minute = 1000;
  for (auto& medium : settings.media) medium.capacity = 100;
  return settings;
}

class Office {
 public:
  Office() : engine_(*Engine::Create(EverythingOn(), clock_, policy_)) {
    Do(AddSkill{"gold"});
    Do(AddSkill{"silver"});
    Do(AddQueue{"q"});
    Do(AddWorkflow{"w", R"({"task_routing":{"filters":[{"expression":"vip == true","targets":[)"
                        R"({"queue":"q","expression":"worker.level >= task.level","timeout":9},)"
                        R"({"queue":"q"}]}],"default_filter":{"queue":"q"}}})"});
    ann_ = Hire("ann");
    bob_ = Hire("bob");
  }

  void Do(const Command& command) {
    for (const Event& event : engine_.Apply(command)) {
      ASSERT_EQ(As<Refused>(event), nullptr) << ToText(command) << "\n" << ToText(event);
      if (const auto* e = As<ConversationOpened>(event)) conversation_ = e->conversation;
      if (const auto* e = As<ReservationCreated>(event)) offer_ = e->reservation;
    }
  }
  void Pass(Duration by) {
    clock_.Pass(by);
    Do(Advance{});
  }
  AgentId Hire(std::string_view name) {
    Do(AddAgent{name, {}, kAvailable});
    const AgentId agent = engine_.FindAgent(name);
    Do(Connect{agent, SessionId{1}, {}});
    return agent;
  }
  Route ToQueue() const { return {.queue = engine_.FindQueue("q")}; }
  ConversationId Write(const Route& route, AgentId prefer = {}) {
    Do(Message{Medium::kChat, "c@x", "shop", 1, route, {.prefer = prefer}});
    return conversation_;
  }
  void AcceptIt() { Do(Accept{offer_}); }
  ReservationId offer() const { return offer_; }
  AgentId AgentOf(ReservationId id) const { return engine_.Find(id)->agent; }
  AgentId ann() const { return ann_; }
  AgentId bob() const { return bob_; }
  Engine& engine() { return engine_; }

 private:
  ManualClock clock_;
  const DefaultReroute policy_;
  Engine engine_;
  AgentId ann_;
  AgentId bob_;
  ConversationId conversation_;
  ReservationId offer_;
};

// A life that begins and ends. `n` makes each a little different.
struct Life {
  std::string_view name;
  std::function<void(Office&, uint32_t n)> lead;
};

void BeSilent(Office& o, uint32_t) {
  const ConversationId c = o.Write(o.ToQueue());
  o.AcceptIt();
  o.Pass(1min);  // It is taken from her, and somebody else is asked.
  o.Do(Close{c});
}

void GoThroughAWorkflow(Office& o, uint32_t n) {
  const std::string attributes = fmt::format(R"({{"vip":true,"level":{}}})", n + 1);
  const Route route{.workflow = o.engine().FindWorkflow("w"), .attributes = attributes};
  const ConversationId c = o.Write(route);
  o.Do(UpdateTask{o.engine().Find(c)->live_task, route});
  o.Pass(9s);  // Nobody has a level: into the second step.
  o.Do(Decline{.reservation = o.offer(), .activity = {}});
  o.AcceptIt();
  o.Do(Close{c});
}

void PauseAndLeave(Office& o, uint32_t n) {
  ApplySettings changed{o.engine().settings()};
  changed.settings.pause.marks = {Duration(100 + n), Duration(50)};
  o.Do(changed);
  const ConversationId c = o.Write(o.ToQueue());
  o.AcceptIt();
  const AgentId first = o.AgentOf(o.offer());
  o.Do(Pause{c, first});
  o.Do(Resume{c, first});
  o.Do(Leave{c, first});
  o.Write({});
  o.AcceptIt();
  o.Do(Pause{c, o.AgentOf(o.offer())});
  o.Pass(14 * kDay);
  o.Do(Close{c});
}

void BeSeveral(Office& o, uint32_t) {
  const ConversationId c = o.Write(o.ToQueue(), o.ann());
  o.AcceptIt();
  o.Do(Invite{.conversation = c, .agent = o.ann()});
  o.Do(Decline{.reservation = o.offer(), .activity = {}});  // Nobody else could be asked.
  o.Do(Invite{.conversation = c, .agent = o.ann(), .to = o.bob()});
  o.AcceptIt();
  o.Do(End{c, o.ann()});
  o.Do(Invite{.conversation = c, .agent = o.bob(), .to = o.ann(), .hand_over = true});
  o.AcceptIt();
  for (const AgentId agent : {o.ann(), o.bob()}) {
    for (const TaskId task : o.engine().WorklistOf(agent).wrapping) o.Do(Complete{task, agent});
  }
  o.Do(Close{c});
}

void ComeAndGo(Office& o, uint32_t n) {
  const std::string name = fmt::format("agent {:04}", n);
  const AgentId agent = o.Hire(name);
  o.Do(SetAgentAttributes{agent, fmt::format(R"({{"number":{}}})", n)});
  const ConversationId c = o.Write(o.ToQueue(), agent);
  o.AcceptIt();
  o.Do(Leave{c, agent});
  o.Do(Disconnect{agent, SessionId{1}, DisconnectReason::kNetwork});
  o.Pass(30s);
  o.Do(Close{c});
  const ConversationId waits = o.Write(o.ToQueue(), agent);
  o.Do(RemoveAgent{agent});
  o.Do(Close{waits});
}

void OpenAndShut(Office& o, uint32_t n) {
  const std::string name = fmt::format("place {:04}", n);
  SkillSet skills;
  skills.Add(o.engine().FindSkill("gold"));
  o.Do(AddQueue{name, skills, {.agents = "worker.activity_name != 'Away'"}});
  const QueueId queue = o.engine().FindQueue(name);
  o.Do(AddWorkflow{name, fmt::format(R"({{"task_routing":{{"default_filter":{{"queue":"{}",)"
                                     R"("known_worker_friendly_name":"task.agent"}}}}}})",
                                     name)});
  const WorkflowId workflow = o.engine().FindWorkflow(name);
  o.Do(Close{o.Write({.workflow = workflow, .attributes = R"({"agent":"ann"})"})});
  skills.Add(o.engine().FindSkill("silver"));
  o.Do(Close{o.Write({.queue = queue, .skills = skills})});
  o.Do(RemoveWorkflow{workflow});
  o.Do(RemoveQueue{queue});
}

class LeftoversTest : public testing::TestWithParam<Life> {};

TEST_P(LeftoversTest, WhatIsOverLeavesNothing) {
  Office office;
  const auto lead = [&](uint32_t from, uint32_t to) {
    for (uint32_t n = from; n < to; ++n) {
      office.Pass(1min);
      GetParam().lead(office, n);
      ASSERT_FALSE(HasFailure()) << n;
    }
  };
  // What waits is packed, and takes more when ids have grown: now there is a block for each size.
  ASSERT_TRUE(office.engine().Reserve({}));
  lead(0, 100);
  const size_t before = held;
  lead(100, 5000);  // A block of the smallest records holds 4,096.
  EXPECT_EQ(held, before);
  EXPECT_TRUE(office.engine().Audit().ok()) << office.engine().Audit();
}

INSTANTIATE_TEST_SUITE_P(
    Lives, LeftoversTest,
    testing::Values(Life{"Silent", BeSilent}, Life{"Workflow", GoThroughAWorkflow},
                    Life{"PauseAndLeave", PauseAndLeave}, Life{"Several", BeSeveral},
                    Life{"Agents", ComeAndGo}, Life{"Places", OpenAndShut}),
    [](const testing::TestParamInfo<Life>& life) { return std::string(life.param.name); });

}  // namespace
}  // namespace parley
