// tests/machine_test.cc — what is allowed? The machines' pages and pictures, and what holds for
// every machine. The tables are the specification; these tests do not repeat them row by row.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "golden.h"
#include "parley/annex/diagram.h"
#include "parley/machine/channel_machine.h"
#include "parley/machine/presence_machine.h"
#include "parley/machine/reservation_machine.h"
#include "parley/machine/task_machine.h"

namespace parley {
namespace {

template <class M>
class MachineTest : public testing::Test {};
using Machines = testing::Types<ChannelMachine, TaskMachine, ReservationMachine, PresenceMachine>;

struct MachineNames {
  template <class M>
  static std::string GetName(int) {
    return std::string(M::kName);
  }
};
TYPED_TEST_SUITE(MachineTest, Machines, MachineNames);

template <class M>
std::string PageName(std::string_view extension) {
  std::string name(M::kName);
  name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
  return fmt::format("{}_machine.{}", name, extension);
}

// Fails when a table and its page drift apart. Rewrite with PARLEY_REWRITE=1, then read the diff:
// each changed line is a promise to a caller.
TYPED_TEST(MachineTest, ItsPageShowsTheTableItExecutes) {
  EXPECT_THAT(ToPage<TypeParam>(), MatchesGolden(PageName<TypeParam>("txt")));
}

TYPED_TEST(MachineTest, ItsPictureShowsEveryChangeOfState) {
  const std::string picture = ToMermaid<TypeParam>();
  EXPECT_THAT(picture, MatchesGolden(PageName<TypeParam>("mmd")));
  for (const auto& row : TypeParam::kRows) {
    if (row.from == row.to) continue;
    const std::string arrow = fmt::format("\n  {} --> {}: ", Name(row.from), Name(row.to));
    const size_t at = picture.find(arrow);
    ASSERT_NE(at, picture.npos) << RowText(row);
    const std::string label = picture.substr(at, picture.find('\n', at + 1) - at);
    EXPECT_THAT(label, testing::HasSubstr(Name(row.on))) << RowText(row);
  }
}

// ---- What holds for every machine ----

// How many of the rows say yes.
template <class M, class Predicate>
auto CountRows(Predicate predicate) {
  return std::ranges::count_if(M::kRows, predicate);
}

TYPED_TEST(MachineTest, EveryTriggerGuardAndEffectIsUsed) {
  using Row = RowOf<TypeParam>;
  for (size_t i = 0; i < CountOf<typename Row::Trigger>(); ++i) {
    const auto on = static_cast<typename Row::Trigger>(i);
    EXPECT_GT(CountRows<TypeParam>([on](const Row& row) { return row.on == on; }), 0) << Name(on);
  }
  for (size_t i = 0; i < CountOf<typename Row::Guard>(); ++i) {
    const auto when = static_cast<typename Row::Guard>(i);
    EXPECT_GT(CountRows<TypeParam>([when](const Row& row) { return row.when == when; }), 0)
        << Name(when);
  }
  for (size_t i = 1; i < CountOf<typename Row::Effect>(); ++i) {  // 0 is "none".
    const auto effect = static_cast<typename Row::Effect>(i);
    const auto does = [effect](const Row& row) { return std::ranges::count(row.does, effect) > 0; };
    EXPECT_GT(CountRows<TypeParam>(does), 0) << Name(effect);
  }
}

TYPED_TEST(MachineTest, EffectsStandTogetherAndEachOnce) {
  using Effect = typename RowOf<TypeParam>::Effect;
  for (const auto& row : TypeParam::kRows) {
    const auto end = std::ranges::find(row.does, Effect{});
    EXPECT_TRUE(std::all_of(end, row.does.end(), [](Effect e) { return e == Effect{}; }))
        << RowText(row);
    for (auto effect = row.does.begin(); effect != end; ++effect) {
      EXPECT_EQ(std::ranges::count(row.does, *effect), 1) << RowText(row) << ": " << Name(*effect);
    }
  }
}

// Against a walk over all rows, for every state, trigger and set of guards that hold.
TYPED_TEST(MachineTest, TheIndexFindsTheRowThatAWalkFinds) {
  using Row = RowOf<TypeParam>;
  for (size_t pair = 0; pair < TypeParam::kStates * TypeParam::kTriggers; ++pair) {
    const auto from = static_cast<typename Row::State>(pair / TypeParam::kTriggers);
    const auto on = static_cast<typename Row::Trigger>(pair % TypeParam::kTriggers);
    for (unsigned set = 0; set < 1u << CountOf<typename Row::Guard>(); ++set) {
      const auto holds = [set](auto guard) {
        return (set >> static_cast<unsigned>(guard) & 1) != 0;
      };
      const Row* walked = nullptr;
      for (const Row& row : TypeParam::kRows) {
        const bool taken = row.from == from && row.on == on &&
                           (row.when == typename Row::Guard{} || holds(row.when));
        if (taken && walked == nullptr) walked = &row;
      }
      EXPECT_EQ(FindRow<TypeParam>(from, on, holds), walked) << Name(from) << ' ' << Name(on);
      EXPECT_EQ(Allows<TypeParam>(from, on), walked != nullptr);
    }
  }
}

// ---- What the compiler checks, checked: each rule catches a machine that breaks it ----

enum class Light { kRed, kGreen, kOff };
constexpr bool IsOver(Light light) { return light == Light::kOff; }
enum class Hand { kPress, kPull };
enum class If { kAlways, kDark };
enum class Act { kNone };
using LightRow = TransitionRow<Light, Hand, If, Act>;

template <LightRow... rows>
struct LightMachine {
  static constexpr Light kStart = Light::kRed;
  static constexpr size_t kStates = 3;
  static constexpr size_t kTriggers = 2;
  static constexpr auto kRows = std::to_array<LightRow>({rows...});
};

constexpr LightRow kOn{Light::kRed, Hand::kPress, If::kAlways, Light::kGreen, {}};
constexpr LightRow kOnInTheDark{Light::kRed, Hand::kPress, If::kDark, Light::kGreen, {}};
constexpr LightRow kPulled{Light::kRed, Hand::kPull, If::kAlways, Light::kRed, {}};
constexpr LightRow kOut{Light::kGreen, Hand::kPull, If::kAlways, Light::kOff, {}};
constexpr LightRow kBack{Light::kOff, Hand::kPull, If::kAlways, Light::kRed, {}};

TEST(TableTest, EachRuleCatchesTheMachineThatBreaksIt) {
  EXPECT_TRUE((RowsAreInOrder<LightMachine<kOn, kPulled, kOut>>()));
  EXPECT_FALSE((RowsAreInOrder<LightMachine<kPulled, kOn, kOut>>()));
  EXPECT_FALSE((RowsAreInOrder<LightMachine<kOut, kOn>>()));

  EXPECT_TRUE((EveryPairIsDecided<LightMachine<kOnInTheDark, kOn, kOut>>()));
  EXPECT_FALSE((EveryPairIsDecided<LightMachine<kOnInTheDark, kOut>>())) << "no row by day";
  EXPECT_FALSE((EveryPairIsDecided<LightMachine<kOn, kOnInTheDark, kOut>>())) << "never reached";

  EXPECT_TRUE((TheEndIsFinal<LightMachine<kOn, kOut>>()));
  EXPECT_FALSE((TheEndIsFinal<LightMachine<kOn, kOut, kBack>>()));

  EXPECT_TRUE((EveryPathCanEnd<LightMachine<kOn, kOut>>()));
  EXPECT_FALSE((EveryPathCanEnd<LightMachine<kOn, kPulled>>())) << "no way out";
  EXPECT_FALSE((EveryPathCanEnd<LightMachine<kPulled, kOut>>())) << "no way to green";
}

// ---- The picture in the README ----

constexpr std::string_view kBegin = "<!-- channel machine -->\n";
constexpr std::string_view kEnd = "<!-- /channel machine -->\n";

TEST(ReadmePictureTest, ItIsTheChannelMachineAsItRuns) {
  const std::string path = std::string(PARLEY_SOURCE_DIR) + "/README.md";
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  std::string readme = text.str();
  const size_t begin = readme.find(kBegin);
  const size_t end = readme.find(kEnd);
  ASSERT_TRUE(begin < end && end != readme.npos) << "README.md has no place for the picture";
  const size_t from = begin + kBegin.size();
  const std::string picture = "```mermaid\n" + ToMermaid<ChannelMachine>() + "```\n";
  if (std::getenv("PARLEY_REWRITE") != nullptr) {
    readme.replace(from, end - from, picture);
    std::ofstream(path) << readme;
    return;
  }
  EXPECT_EQ(readme.substr(from, end - from), picture);
}

}  // namespace
}  // namespace parley
