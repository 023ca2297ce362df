// tests/conformance_versions_and_compliance_test.cc — old clients, and media that HIPAA bars.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parley/model/settings_fields.h"
#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr SessionId kOld{7};

Settings Gated() {
  Settings settings = LeaveAndPauseOn();
  settings.versions_gate = true;
  return settings;
}

// The answer to an agent whose client has this version.
template <class Park>
Refusal Answer(Version version, Medium medium, bool programmatic = false,
               const Settings& settings = Gated()) {
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  world.Do(Connect{ann, kOld, version});
  const ConversationId c = world.Serve(ann, "c", medium);
  return world.Try(Park{c, ann, kOld, programmatic});
}

// Whether a client of this version may.
template <class Park>
bool May(Version version, Medium medium, bool programmatic = false) {
  const Refusal refusal = Answer<Park>(version, medium, programmatic);
  EXPECT_TRUE(refusal == Refusal::kNone || refusal == Refusal::kNotInThisVersion);
  return refusal == Refusal::kNone;
}

// R-VG-01: email can be left from 2.5.0 and paused from 2.7.0.
TEST(ConformanceVersionsTest, EmailIsLeftFrom2_5_0AndPausedFrom2_7_0) {
  EXPECT_FALSE(May<Leave>({2, 4, 9}, Medium::kEmail));
  EXPECT_TRUE(May<Leave>({2, 5, 0}, Medium::kEmail));
  EXPECT_FALSE(May<Pause>({2, 5, 0}, Medium::kEmail));
  EXPECT_FALSE(May<Pause>({2, 6, 9}, Medium::kEmail));
  EXPECT_TRUE(May<Pause>({2, 7, 0}, Medium::kEmail));
  EXPECT_TRUE(May<Pause>({3, 0, 0}, Medium::kEmail));
}

class ConformanceVersionsOnEveryMedium : public testing::TestWithParam<Medium> {};
INSTANTIATE_TEST_SUITE_P(Media, ConformanceVersionsOnEveryMedium, testing::ValuesIn(kAllMedia),
                         NameOfMedium);

// R-VG-02, E-12: every other medium from 2.11.0, the stricter of the two statements.
TEST_P(ConformanceVersionsOnEveryMedium, OtherMediaAreLeftAndPausedFrom2_11_0) {
  const bool email = GetParam() == Medium::kEmail;
  for (const Version version : {Version{2, 9, 0}, Version{2, 10, 65535}}) {
    EXPECT_EQ(May<Leave>(version, GetParam()), email);
    EXPECT_EQ(May<Pause>(version, GetParam()), email);
  }
  EXPECT_TRUE(May<Leave>({2, 11, 0}, GetParam()));
  EXPECT_TRUE(May<Pause>({2, 11, 0}, GetParam()));
}

// R-VG-03: from 2.7.x to 2.10.x that means email only.
TEST_P(ConformanceVersionsOnEveryMedium, From2_7To2_10ItIsEmailOnly) {
  const bool email = GetParam() == Medium::kEmail;
  for (uint16_t minor = 7; minor <= 10; ++minor) {
    EXPECT_EQ(May<Leave>({2, minor, 0}, GetParam()), email) << minor;
    EXPECT_EQ(May<Pause>({2, minor, 0}, GetParam()), email) << minor;
  }
}

// E-12: nothing is held back from a client that gives no version, or where the gate is off.
TEST(ConformanceVersionsTest, WithoutAVersionOrTheGateNothingIsHeldBack) {
  EXPECT_TRUE(May<Leave>({}, Medium::kChat));
  EXPECT_TRUE(May<Pause>({}, Medium::kChat));
  EXPECT_EQ(Answer<Pause>({1, 0, 0}, Medium::kChat, true, LeaveAndPauseOn()), Refusal::kNone);
}

// Ann's client is this old, or new; she has paused something, and the last hour has begun.
struct LastHour {
  explicit LastHour(Version version) : world(Gated()) {
    const AgentId ann = world.AddAgentNamed("ann");
    world.Do(Connect{ann, kOld, version});
    world.Do(SetActivity{ann, kAvailable});
    world.ServeAndPause(ann, "c@x");
    world.Pass(14 * kDay - 1h);
  }
  World world;
};

// R-VG-04: from 2.11.0 a client is told how near the end of a pause is;
TEST(ConformanceVersionsTest, From2_11_0TheMarksAreTold) {
  EXPECT_EQ(LastHour({2, 11, 0}).world.All<PauseExpiring>().size(), 2u);
  EXPECT_EQ(LastHour({}).world.All<PauseExpiring>().size(), 2u);
}

// R-VG-04: ... an older one is not, and its pause runs out all the same.
TEST(ConformanceVersionsTest, Before2_11_0ThePauseRunsOutUnannounced) {
  LastHour last_hour({2, 10, 9});
  World& world = last_hour.world;
  EXPECT_THAT(world.last(), IsEmpty());
  world.Pass(1h);
  EXPECT_TRUE(world.Happened<PauseExpired>());
}

// R-VG-04: one client that can show it is enough.
TEST(ConformanceVersionsTest, TheMarksAreToldIfAnyClientOfHisCanShowThem) {
  LastHour last_hour({2, 10, 9});
  World& world = last_hour.world;
  const AgentId ann = world.engine().FindAgent("ann");
  world.Do(Resume{world.engine().PausedBy(ann)[0].conversation, ann});
  world.Do(Connect{ann, SessionId{8}, {2, 11, 0}});
  world.Do(Pause{world.engine().FindOpen(Medium::kEmail, "c@x", "shop"), ann});
  world.Pass(13 * kDay);
  EXPECT_TRUE(world.Happened<PauseExpiring>());
}

// R-VG-05: exactly 2.12.0 cannot be told by a program to leave or pause,
TEST(ConformanceVersionsTest, Exactly2_12_0TakesNoProgrammaticActions) {
  for (const Medium medium : {Medium::kEmail, Medium::kChat}) {
    EXPECT_FALSE(May<Leave>({2, 12, 0}, medium, /*programmatic=*/true));
    EXPECT_FALSE(May<Pause>({2, 12, 0}, medium, /*programmatic=*/true));
    EXPECT_TRUE(May<Leave>({2, 12, 0}, medium, /*programmatic=*/false));
    EXPECT_TRUE(May<Pause>({2, 12, 0}, medium, /*programmatic=*/false));
    for (const Version other : {Version{2, 11, 65535}, Version{2, 12, 1}}) {
      EXPECT_TRUE(May<Leave>(other, medium, /*programmatic=*/true));
      EXPECT_TRUE(May<Pause>(other, medium, /*programmatic=*/true));
    }
  }
}

// R-VG-05: ... or to resume.
TEST(ConformanceVersionsTest, Exactly2_12_0IsNotResumedByAProgram) {
  World world(Gated());
  const AgentId ann = world.AddAvailable("ann");
  world.Do(Connect{ann, kOld, {2, 12, 0}});
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  EXPECT_EQ(world.Try(Resume{c, ann, kOld, /*programmatic=*/true}), Refusal::kNotInThisVersion);
  EXPECT_EQ(world.Try(Resume{c, ann, kOld, /*programmatic=*/false}), Refusal::kNone);
}

// ---- Compliance ----

bool IsBarred(Medium medium) {
  return medium == Medium::kEmail || medium == Medium::kWhatsapp || medium == Medium::kMessenger;
}

// R-HC-01: email, WhatsApp and Messenger are not eligible for HIPAA, and no other medium is barred.
TEST_P(ConformanceVersionsOnEveryMedium, OnlyEmailWhatsAppAndMessengerAreNotHipaaEligible) {
  EXPECT_EQ(IsHipaaEligible(GetParam()), !IsBarred(GetParam()));
}

// R-HC-01: where HIPAA is required they cannot be on, and the refusal names the one that is;
TEST_P(ConformanceVersionsOnEveryMedium, WhereHipaaIsRequiredABarredMediumCannotBeOn) {
  Settings settings;
  settings.hipaa_required = true;
  for (const Medium medium : kAllMedia) settings.For(medium).enabled = !IsBarred(medium);
  EXPECT_TRUE(Validate(settings).ok());
  settings.For(GetParam()).enabled = true;
  World world;
  EXPECT_EQ(world.Try(ApplySettings{settings}),
            IsBarred(GetParam()) ? Refusal::kSettingsInvalid : Refusal::kNone);
  if (IsBarred(GetParam())) {
    EXPECT_EQ(SettingName(world.Only<Refused>().setting),
              std::string(Name(GetParam())) + ".enabled");
  }
}

// R-HC-01: ... so that no conversation begins on them.
TEST_P(ConformanceVersionsOnEveryMedium, WhereHipaaIsRequiredNothingBeginsOnABarredMedium) {
  Settings settings;
  settings.hipaa_required = true;
  for (const Medium medium : kAllMedia) settings.For(medium).enabled = !IsBarred(medium);
  World world(settings);
  EXPECT_EQ(world.Try(Message{GetParam(), "c", "shop", 1, {.queue = world.support()}}),
            IsBarred(GetParam()) ? Refusal::kMediumOff : Refusal::kNone);
}

}  // namespace
}  // namespace parley
