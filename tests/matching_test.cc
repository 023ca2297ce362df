// Is the right task offered to the right agent? A model that goes through everybody each time says
// who is next, and random histories say whether the engine, which looks only at what is new,
// agrees.
//
// The rule: the first task in line (priority, age, number) that anyone can take goes first, to the
// agent who fits and has been without an offer longest (then the lower id); who let this task go
// comes after all who did not, and not before his time.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "draw.h"
#include "plain_matching.h"
#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

constexpr std::array<Medium, 2> kMediumUsed = {Medium::kEmail, Medium::kChat};

class MatchingHistory {
 public:
  explicit MatchingHistory(uint64_t seed) : draw_(seed), world_(SettingsFrom(draw_)) {
    Do(AddSkill{"k1"});
    Do(AddSkill{"k2"});
    for (const char* name : {"one", "two"}) {
      plain_.queues[world_.AddQueueNamed(name, Skills())] = {};
    }
    for (auto& [id, skills] : plain_.queues) skills = world_.engine().SkillsOf(id);
    for (const char* name : {"ann", "bob", "cy", "dee"}) Join(name);
  }

  // One command; false if the engine offers anything else than the model.
  bool Step() {
    switch (draw_.Below(16)) {
      case 0:
        return Pass();
      case 1:
        return ChangeCapacity();
      case 2:
        return ChangeSkills();
      case 3:
        return ChangeQueue();
      case 4:
      case 5:
        return ChangeTask();
      case 6:
      case 7:
      case 8:
        return ChangeActivity();
      case 9:
      case 10:
      case 11:
        return Answer();
      default:
        return Write();
    }
  }
  std::string Story() const { return story_ + world_.Story(); }

 private:
  static Settings SettingsFrom(Draw& draw) {
    Settings settings;
    settings.reservation.exclude_previous = !draw.OneIn(4);
    settings.reservation.retry_after = Duration(draw.Between(0, 5));
    settings.conversation.on_canceled = OnCanceled::kEmitOnly;
    return settings;
  }
  SkillSet Skills() {
    SkillSet skills;
    for (uint32_t i = 0; i < 2; ++i) {
      if (draw_.OneIn(3)) skills.Add(SkillId::Make(i, 0));
    }
    return skills;
  }
  template <class Map>
  auto& OneOf(Map& map) {
    return *std::next(map.begin(), static_cast<int64_t>(draw_.Below(map.size())));
  }
  Instant Now() const { return world_.engine().Now(); }

  void Do(const Command& command) {
    world_.Do(command);
    story_ = ToText(command);
  }
  bool Check() {
    std::vector<std::pair<TaskId, AgentId>> offers;
    for (const auto& e : world_.All<ReservationCreated>()) offers.emplace_back(e.task, e.agent);
    return world_.refusal() == Refusal::kNone && offers == plain_.Match(Now());
  }

  void Join(std::string_view name) {
    const AgentId id = world_.AddAgentNamed(name, Skills());
    PlainAgent& agent = plain_.agents[id];
    agent.skills = world_.At(id).skills;
    for (const Medium medium : kMediumUsed) {
      agent.capacity[medium] = 1;
      agent.used[medium] = 0;
    }
  }
  bool Pass() {
    for (int64_t ms = draw_.Between(1, 4); ms > 0; --ms) {
      world_.Pass(1ms);
      story_ = "advance";
      if (!Check()) return false;
    }
    return true;
  }
  bool ChangeCapacity() {
    auto& [id, agent] = OneOf(plain_.agents);
    const Medium medium = draw_.OneOf(kMediumUsed);
    agent.capacity[medium] = static_cast<uint32_t>(draw_.Below(4));
    Do(SetCapacity{id, medium, agent.capacity[medium]});
    return Check();
  }
  bool ChangeSkills() {
    auto& [id, agent] = OneOf(plain_.agents);
    agent.skills = Skills();
    Do(SetAgentSkills{id, agent.skills});
    return Check();
  }
  bool ChangeQueue() {
    auto& [id, skills] = OneOf(plain_.queues);
    skills = Skills();
    Do(UpdateQueue{id, skills});
    return Check();
  }
  bool ChangeActivity() {
    auto& [id, agent] = OneOf(plain_.agents);
    agent.available = !draw_.OneIn(3);
    Do(SetActivity{id, agent.available ? kAvailable : kOffline});
    return Check();
  }

  Route SomeRoute() {
    return {OneOf(plain_.queues).first, Skills(), static_cast<int32_t>(draw_.Below(3)),
            Duration(draw_.Between(0, 3))};
  }
  bool Write() {
    const Route route = SomeRoute();
    const Medium medium = draw_.OneOf(kMediumUsed);
    const std::string customer = std::to_string(++customers_);
    Do(Message{medium, customer, "shop", 1, route});
    Enter(route, medium);
    return Check();
  }
  PlainTask& Enter(const Route& route, Medium medium) {
    PlainTask& task = plain_.tasks[world_.Only<TaskCreated>().task];
    task.queue = route.queue;
    task.skills = route.skills;
    task.medium = medium;
    task.priority = route.priority;
    task.since = Now() - route.waited;
    task.number = ++tasks_;
    return task;
  }

  // A task is updated; or canceled, and made anew for an agent alone.
  bool ChangeTask() {
    if (plain_.tasks.empty()) return true;
    auto& [id, task] = OneOf(plain_.tasks);
    const Route route = SomeRoute();
    if (draw_.OneIn(2)) return Anew(id, route);
    Do(UpdateTask{id, route});
    task.queue = route.queue;
    task.skills = route.skills;
    task.priority = route.priority;
    task.since -= route.waited;
    const bool fits =
        !task.offered_to ||
        plain_.agents.at(*task.offered_to).skills.HasAll(plain_.queues[task.queue] | task.skills);
    if (!fits) plain_.TakeBack(task);
    return Check();
  }
  bool Anew(TaskId id, const Route& route) {
    const Task record = world_.At(id);
    if (plain_.tasks[id].offered_to) plain_.TakeBack(plain_.tasks[id]);
    plain_.tasks.erase(id);
    Do(CancelTask{id});
    if (!Check()) return false;
    const AgentId agent = OneOf(plain_.agents).first;
    const Duration how_long(draw_.Between(0, 4));
    Do(CreateTask{record.conversation, {agent, how_long}, route});
    PlainTask& task = Enter(route, record.medium);
    task.alone = agent;
    task.alone_until = how_long == 0ms ? Instant::max() : Now() + how_long;
    return Check();
  }

  // An offer is declined, or accepted and completed.
  bool Answer() {
    std::vector<TaskId> offered;
    for (const auto& [id, task] : plain_.tasks) {
      if (task.offered_to) offered.push_back(id);
    }
    if (offered.empty()) return true;
    const TaskId id = draw_.OneOf(offered);
    PlainTask& task = plain_.tasks[id];
    const AgentId agent = *task.offered_to;
    const ReservationId offer = world_.At(id).reservation;
    if (draw_.OneIn(2)) {
      const auto& rule = world_.engine().settings().reservation;
      task.let_go[agent] = Now() + (rule.exclude_previous ? rule.retry_after : 0ms);
      if (task.alone == agent) task.alone = AgentId{};
      plain_.TakeBack(task);
      Do(Decline{.reservation = offer, .activity = {}});
      return Check();
    }
    Do(Accept{offer});
    if (!Check()) return false;
    plain_.TakeBack(task);
    plain_.tasks.erase(id);
    Do(Complete{id, agent});
    return Check();
  }

  Draw draw_;
  World world_;
  PlainMatching plain_;
  uint64_t customers_ = 0;
  uint64_t tasks_ = 0;
  std::string story_;
};

TEST(MatchingTest, TheEngineOffersWhatAModelThatAsksEverybodyOffers) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    MatchingHistory history(seed);
    for (int step = 0; step < 200; ++step) {
      ASSERT_TRUE(history.Step()) << "seed " << seed << ", step " << step << ": "
                                  << history.Story();
    }
  }
}

// The engine walks along the idle for a while, and then asks all who fit: whichever finds him.
TEST(MatchingTest, TheOnlyOneWhoFitsIsFoundBehindAnyNumberOfOthers) {
  for (const int others : {0, 1, 63, 64, 65, 200}) {
    World world;
    const SkillSet rare = world.AddSkillNamed("rare");
    const QueueId queue = world.AddQueueNamed("rare", rare);
    for (int i = 0; i < others; ++i) world.AddAvailable(fmt::format("other{}", i));
    const AgentId last = world.AddAvailable("last", rare);
    const AgentId after = world.AddAvailable("after", rare);
    world.Do(Message{Medium::kChat, "c@x", "shop", 1, {.queue = queue}});
    world.Do(Message{Medium::kChat, "d@x", "shop", 2, {.queue = queue}});
    std::vector<AgentId> asked;
    for (const ReservationId id : world.engine().Reservations()) {
      asked.push_back(world.engine().Find(id)->agent);
    }
    EXPECT_EQ(asked, (std::vector<AgentId>{last, after})) << others;
  }
}

// In turn it is slots that are compared: the next one after who was asked last.
TEST(MatchingTest, WhoIsNextInTurnIsToldBySlots) {
  World world;
  world.Do(AddQueue{"round", {}, {.agent_order = AgentOrder::kRoundRobin}});
  const QueueId queue = world.engine().FindQueue("round");
  const std::vector<AgentId> agents = {world.AddAvailable("ann"), world.AddAvailable("bob")};
  for (const size_t chosen : {size_t{0}, size_t{1}}) {
    world.Do(Message{kMediumUsed[chosen], "c@x", "shop", 1, {.queue = queue}});
    const Reservation& offer = *world.engine().Find(world.Only<ReservationCreated>().reservation);
    EXPECT_EQ(offer.agent, agents[chosen]);
    EXPECT_EQ(offer.decision, (Decision{DecidedBy::kOrder, AgentOrder::kRoundRobin, 0,
                                        agents[chosen].slot(), agents[1 - chosen].slot()}));
  }
}

}  // namespace
}  // namespace parley
