// tests/settings_test.cc — settings are checked together, and the first wrong field is named.

#include "parley/model/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <string>
#include <type_traits>

#include "parley/model/settings_fields.h"

namespace parley {
namespace {

using ::testing::HasSubstr;

TEST(SettingsTest, TheDefaultsAreValid) {
  EXPECT_TRUE(Validate(Settings()).ok());
  EXPECT_EQ(FirstInvalidSetting(Settings()), kUnlimited);
}

// Gives the numeric field with this number the value; false if it has no range.
bool SetNumber(Settings& settings, uint32_t number, bool low, int64_t beyond) {
  bool ranged = false;
  uint32_t next = 0;
  VisitSettings(settings, [&](const SettingInfo& info, auto& field) {
    if (next++ != number) return;
    using T = std::remove_cvref_t<decltype(field)>;
    const int64_t value = low ? info.min - beyond : info.max + beyond;
    if constexpr (std::is_same_v<T, Duration>) {
      field = Duration(value);
      ranged = true;
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      const bool fits =
          value >= std::numeric_limits<T>::min() && value <= int64_t{std::numeric_limits<T>::max()};
      if (fits) field = static_cast<T>(value);
      ranged = fits;
    }
  });
  return ranged;
}

TEST(SettingsTest, EveryNumberIsTakenAtBothEndsOfItsRangeAndRefusedBeyond) {
  int checked = 0;
  for (uint32_t number = 0; number < CountSettings(); ++number) {
    for (const bool low : {true, false}) {
      Settings inside;
      inside.pause.marks = {};  // They must fit the limit, whatever it is.
      if (SetNumber(inside, number, low, 0)) {
        EXPECT_EQ(FirstInvalidSetting(inside), kUnlimited) << SettingName(number);
      }
      Settings outside;
      if (!SetNumber(outside, number, low, 1)) continue;
      ++checked;
      EXPECT_EQ(FirstInvalidSetting(outside), number);
      EXPECT_THAT(std::string(Validate(outside).message()),
                  HasSubstr(std::string(SettingName(number))));
    }
  }
  EXPECT_GT(checked, 30);
}

TEST(SettingsTest, AnEnumThatHasNoSuchValueIsRefused) {
  Settings settings;
  settings.leave.routing = static_cast<LeaveRouting>(2);
  EXPECT_EQ(SettingName(FirstInvalidSetting(settings)), "leave.routing");
}

TEST(SettingsTest, MarksGoFromLongToShortAndFitTheLimit) {
  Settings settings;
  settings.pause.limit = 1;
  EXPECT_EQ(FirstInvalidSetting(settings), kUnlimited);  // 24 h is exactly one day.
  settings.pause.marks[0] += Duration(1);
  EXPECT_EQ(SettingName(FirstInvalidSetting(settings)), "pause.marks");
  settings.pause.marks = {std::chrono::hours(1), std::chrono::hours(2)};
  EXPECT_EQ(SettingName(FirstInvalidSetting(settings)), "pause.marks");
}

// R-HC-01: email, WhatsApp and Messenger are not eligible.
TEST(SettingsTest, WhenHipaaIsRequiredItsMediaMustBeOff) {
  Settings settings;
  settings.hipaa_required = true;
  EXPECT_EQ(SettingName(FirstInvalidSetting(settings)), "email.enabled");
  settings.For(Medium::kEmail).enabled = false;
  EXPECT_EQ(SettingName(FirstInvalidSetting(settings)), "whatsapp.enabled");
  settings.For(Medium::kWhatsapp).enabled = false;
  settings.For(Medium::kMessenger).enabled = false;
  EXPECT_TRUE(Validate(settings).ok());
}

// R-CFG-12
TEST(SettingsTest, LeaveAndPauseNeedTheEntitlement) {
  Settings settings;
  settings.leave_pause_entitled = false;
  EXPECT_TRUE(Validate(settings).ok());
  settings.pause.enabled = true;
  EXPECT_THAT(std::string(Validate(settings).message()), HasSubstr("entitled"));
}

// Fills a Settings with a pattern and brings every listed field back: what the list forgets stays.
TEST(SettingsTest, EveryFieldIsInTheList) {
  static_assert(std::is_trivially_copyable_v<Settings>);
  const Settings defaults;
  for (const int pattern : {0, 1}) {
    Settings settings;
    std::memset(static_cast<void*>(&settings), pattern, sizeof settings);
    EXPECT_NE(settings, defaults);
    VisitSettings(settings, [&](const SettingInfo& info, auto& field) {
      VisitSettings(defaults, [&](const SettingInfo& other, const auto& value) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>,
                                     std::remove_cvref_t<decltype(field)>>) {
          if (info.name == other.name) field = value;
        }
      });
    });
    EXPECT_EQ(settings, defaults);
  }
}

}  // namespace
}  // namespace parley
