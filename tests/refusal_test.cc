// Is every reason to refuse given, and does a refused command leave no trace? Each case brings a
// world to where a command is out of place. The command is refused with its reason and nothing
// else: the state, the counts and the next wake stand as before, and a timer that was armed fires
// when it was to fire.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "parley/model/settings_fields.h"
#include "refusal_cases.h"
#include "refusal_invite_cases.h"
#include "refusal_set_up_cases.h"
#include "refusal_supervisor_cases.h"

namespace parley {
namespace {

std::vector<RefusalCase> AllCases() {
  std::vector<RefusalCase> all;
  for (const auto* some : {&AboutTimeAndIds(), &AboutTasks(), &AboutLeaveAndPause(), &AboutSetUp(),
                           &AboutAgents(), &AboutBeginnings(), &AboutSupervisors(),
                           &AboutInvitations()}) {
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

// All that can be seen of an engine at once.
struct Snapshot {
  explicit Snapshot(const Engine& engine)
      : digest(engine.Digest()),
        wake(engine.NextWake()),
        now(engine.Now()),
        tasks(engine.Count().tasks),
        timers(engine.Count().timers),
        messages(engine.Count().messages),
        events(engine.Count().events) {}
  friend bool operator==(const Snapshot&, const Snapshot&) = default;

  uint64_t digest;
  Instant wake;
  Instant now;
  uint32_t tasks;
  uint32_t timers;
  uint64_t messages;
  uint64_t events;
};

class RefusalTest : public testing::TestWithParam<RefusalCase> {
 protected:
  static Settings SettingsFor(const RefusalCase& c) {
    Settings settings = LeaveAndPauseOn();
    c.set(settings);
    return settings;
  }
};

TEST_P(RefusalTest, LeavesNoTraceButItsReason) {
  World world(SettingsFor(GetParam()));
  const Command command = GetParam().arrange(world);
  const Snapshot before(world.engine());
  world.Do(command);
  ASSERT_EQ(world.last().size(), 1u) << world.Story();
  EXPECT_EQ(world.refusal(), GetParam().reason) << GetParam().when << world.Story();
  EXPECT_EQ(world.last()[0].at, before.now);
  EXPECT_TRUE(Snapshot(world.engine()) == before) << GetParam().when;
  const uint32_t setting = world.Only<Refused>().setting;
  EXPECT_EQ(setting != kUnlimited, GetParam().reason == Refusal::kSettingsInvalid);
  const bool text = GetParam().reason == Refusal::kAttributesInvalid ||
                    GetParam().reason == Refusal::kExpressionInvalid ||
                    GetParam().reason == Refusal::kWorkflowInvalid;
  EXPECT_EQ(world.Only<Refused>().at != kUnlimited, text);
}

TEST_P(RefusalTest, LeavesTheTimersToTheirDeadlines) {
  World world(SettingsFor(GetParam()));
  world.Do(OpenConversation{Medium::kVoice, "witness", "shop", Route{.queue = world.support()}});
  const auto witness = world.engine().FindOpen(Medium::kVoice, "witness", "shop");
  const Instant deadline = world.At(witness).deadline;
  world.Do(GetParam().arrange(world));
  ASSERT_TRUE(world.Happened<Refused>()) << GetParam().when;
  world.clock().Set(deadline - 1ms);
  world.Do(Advance{});
  ASSERT_EQ(world.At(witness).state, ChannelState::kSetup);
  world.Pass(1ms);
  EXPECT_TRUE(world.Happened<ConversationClosed>()) << world.Story();
}

// Refused late, when timers have come due with it, it still leaves what Advance{} would have left.
TEST_P(RefusalTest, IsAnAdvanceForEverybodyElse) {
  World world(SettingsFor(GetParam()));
  World twin(SettingsFor(GetParam()));
  const Command command = GetParam().arrange(world);
  GetParam().arrange(twin);
  for (World* w : {&world, &twin}) w->clock().Pass(90 * kDay);
  world.Do(Advance{});
  const auto told = world.last();
  twin.Do(command);
  if (world.Happened<Refused>() || !twin.Happened<Refused>())
    return;  // The clock; in place by now.
  EXPECT_EQ(twin.last().size(), told.size() + 1);
  for (size_t i = 0; i < told.size(); ++i) EXPECT_EQ(twin.last()[i], told[i]);
  EXPECT_EQ(twin.engine().Digest(), world.engine().Digest());
}

std::string NameOfCase(const testing::TestParamInfo<RefusalCase>& info) {
  std::string name = std::to_string(info.index) + "_";
  name += Name(info.param.reason);
  return name;
}
INSTANTIATE_TEST_SUITE_P(All, RefusalTest, testing::ValuesIn(AllCases()), NameOfCase);

TEST(RefusalTableTest, EveryReasonHasACase) {
  std::set<Refusal> shown = {Refusal::kNone, Refusal::kOutOfMemory};  // memory_test shows that.
  for (const RefusalCase& c : AllCases()) shown.insert(c.reason);
  for (size_t i = 0; i < CountOf<Refusal>(); ++i) {
    const auto reason = static_cast<Refusal>(i);
    EXPECT_TRUE(shown.contains(reason)) << Name(reason);
  }
}

TEST(RefusalTableTest, RefusedSettingsNameTheFieldThatIsWrong) {
  World world;
  ApplySettings command{world.engine().settings()};
  command.settings.task.ttl = Duration(0);
  world.Do(command);
  EXPECT_EQ(SettingName(world.Only<Refused>().setting), "task.ttl");
}

}  // namespace
}  // namespace parley
