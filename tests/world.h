// An engine with a clock and everyday set-up, for tests that are about something else.
//
//   World world(LeaveAndPauseOn());
//   AgentId ann = world.AddAvailable("ann");
//   world.Write("c@x");
//   world.Do(Accept{world.Only<ReservationCreated>().reservation});
//
// Every command is followed by an audit; a broken invariant fails the test where it broke.

#ifndef PARLEY_TESTS_WORLD_H_
#define PARLEY_TESTS_WORLD_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley {

// Enums in failure messages: kGone is "Gone".
template <Named E>
void PrintTo(const E& e, std::ostream* out) {
  static_cast<size_t>(e) < CountOf<E>() ? *out << Name(e) : *out << static_cast<size_t>(e);
}

inline constexpr std::array<Medium, kMedia> kAllMedia = {
    Medium::kVoice, Medium::kSms,       Medium::kEmail, Medium::kWeb,   Medium::kWhatsapp,
    Medium::kChat,  Medium::kMessenger, Medium::kGbm,   Medium::kCustom};

// INSTANTIATE_TEST_SUITE_P(Media, PauseTest, testing::ValuesIn(kAllMedia), NameOfMedium);
inline std::string NameOfMedium(const testing::TestParamInfo<Medium>& info) {
  return std::string(Name(info.param));
}

inline Settings LeaveAndPauseOn() {
  Settings settings;
  settings.leave.enabled = true;
  settings.pause.enabled = true;
  return settings;
}

class World {
 public:
  explicit World(const Settings& settings = Settings(), const ReroutePolicy& policy = Usual())
      : engine_(Make(settings, clock_, policy)) {
    support_ = AddQueueNamed("support");
  }

  // Applies the command at the clock's time. The events stay in last() until the next one.
  const std::vector<Event>& Do(const Command& command) {
    const auto events = engine_.Apply(command);
    last_.assign(events.begin(), events.end());
    names_.Learn(command, last_);
    const absl::Status audit = engine_.Audit();
    EXPECT_TRUE(audit.ok()) << audit << "\nafter " << ToText(command, names_) << Story();
    return last_;
  }

  // Applies the command and gives the answer. A refusal must leave no trace.
  Refusal Try(const Command& command) {
    Do(Advance{});
    const uint64_t before = engine_.Digest();
    Do(command);
    if (refusal() != Refusal::kNone) {
      EXPECT_EQ(last_.size(), 1u) << Story();
      EXPECT_EQ(engine_.Digest(), before) << Story();
    }
    return refusal();
  }

  // Lets time pass; timers act on the way.
  const std::vector<Event>& Pass(Duration by) {
    clock_.Pass(by);
    return Do(Advance{});
  }

  // ---- Set-up ----
  QueueId AddQueueNamed(std::string_view name, const SkillSet& skills = {}) {
    Do(AddQueue{name, skills});
    return engine_.FindQueue(name);
  }
  AgentId AddAgentNamed(std::string_view name, const SkillSet& skills = {}) {
    Do(AddAgent{name, skills, {}});
    return engine_.FindAgent(name);
  }
  // ... connected with session 1 and available.
  AgentId AddAvailable(std::string_view name, const SkillSet& skills = {}) {
    const AgentId agent = AddAgentNamed(name, skills);
    Do(Connect{agent, SessionId{1}, {}});
    Do(SetActivity{agent, kAvailable});
    return agent;
  }
  SkillSet AddSkillNamed(std::string_view name) {
    Do(AddSkill{name});
    SkillSet skills;
    skills.Add(engine_.FindSkill(name));
    return skills;
  }

  // ---- Everyday commands ----
  // A customer writes to "shop"; gives the conversation.
  ConversationId Write(std::string_view customer, Medium medium = Medium::kEmail,
                       uint64_t ref = 1) {
    Do(Message{medium, customer, "shop", ref, Route{.queue = support_}});
    return engine_.FindOpen(medium, customer, "shop");
  }
  // ... and the agent accepts.
  ConversationId Serve(AgentId agent, std::string_view customer, Medium medium = Medium::kEmail) {
    const ConversationId id = Write(customer, medium);
    AcceptNewest(agent);
    return id;
  }
  // ... and leaves it, and completes the wrap-up.
  ConversationId ServeAndLeave(AgentId agent, std::string_view customer,
                               Medium medium = Medium::kEmail) {
    const ConversationId id = Serve(agent, customer, medium);
    Do(Leave{id, agent});
    Do(Complete{At(id).last_task, agent});
    return id;
  }
  // ... and pauses it.
  ConversationId ServeAndPause(AgentId agent, std::string_view customer,
                               Medium medium = Medium::kEmail) {
    const ConversationId id = Serve(agent, customer, medium);
    Do(Pause{id, agent});
    return id;
  }
  // The agent accepts his newest offer; gives its task.
  TaskId AcceptNewest(AgentId agent) {
    const auto offers = engine_.WorklistOf(agent).offers;
    if (offers.empty()) {
      ADD_FAILURE() << "nothing is offered" << Story();
      return {};
    }
    Do(Accept{engine_.Find(offers[0])->reservation});
    return offers[0];
  }

  // ---- What happened ----
  const std::vector<Event>& last() const { return last_; }
  template <class T>
  std::vector<T> All() const {
    std::vector<T> found;
    for (const Event& event : last_) {
      if (const T* what = As<T>(event)) found.push_back(*what);
    }
    return found;
  }
  template <class T>
  bool Happened() const {
    return !All<T>().empty();
  }
  // The one T of the last command; fails the test if there is not exactly one.
  template <class T>
  T Only() const {
    const auto found = All<T>();
    EXPECT_EQ(found.size(), 1u) << T::kName << Story();
    return found.empty() ? T{} : found[0];
  }
  Refusal refusal() const {
    return Happened<Refused>() ? All<Refused>()[0].reason : Refusal::kNone;
  }
  // The names of the last command's events, in order: for comparing with a trace.
  std::vector<std::string> Trace() const {
    std::vector<std::string> names;
    for (const Event& event : last_) {
      names.emplace_back(std::visit([](const auto& what) { return what.kName; }, event.what));
    }
    return names;
  }
  std::string Story() const {
    std::string out = "\nwhich did:\n";
    for (const Event& event : last_) out += "  " + ToText(event, names_) + "\n";
    return out;
  }

  Engine& engine() { return engine_; }
  const Engine& engine() const { return engine_; }
  ManualClock& clock() { return clock_; }
  const Names& names() const { return names_; }
  QueueId support() const { return support_; }
  Conversation At(ConversationId id) const { return *engine_.Find(id); }
  const Task& At(TaskId id) const { return *engine_.Find(id); }
  const Agent& At(AgentId id) const { return *engine_.Find(id); }
  uint32_t Used(AgentId agent, Medium medium) const {
    return At(agent).For(medium).Used(engine_.settings().task.wrapping_uses_capacity);
  }

 private:
  static const ReroutePolicy& Usual() {
    static const DefaultReroute policy;
    return policy;
  }
  static Engine Make(const Settings& settings, const Clock& clock, const ReroutePolicy& policy) {
    auto engine = Engine::Create(settings, clock, policy);
    EXPECT_TRUE(engine.ok()) << engine.status();
    return *std::move(engine);
  }

  ManualClock clock_;
  Engine engine_;
  Names names_;
  std::vector<Event> last_;
  QueueId support_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_WORLD_H_
