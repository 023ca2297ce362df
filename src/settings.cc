// src/settings.cc — checking settings, and naming what is wrong with them.

#include "parley/model/settings.h"

#include <string>
#include <type_traits>
#include <vector>

#include <fmt/format.h>

#include "parley/model/settings_fields.h"

namespace parley {
namespace {

bool Within(const SettingInfo& info, int64_t value) {
  return value >= info.min && value <= info.max;
}

template <class T>
bool IsValid(const SettingInfo& info, const T& field) {
  if constexpr (std::is_same_v<T, bool>) {
    return true;
  } else if constexpr (std::is_same_v<T, MediumSet>) {
    return field.bits() >> kMedia == 0;
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<size_t>(field) < CountOf<T>();
  } else if constexpr (std::is_same_v<T, Duration>) {
    return Within(info, field.count());
  } else if constexpr (std::is_integral_v<T>) {
    return Within(info, int64_t{field});
  } else {  // pause.marks: each shorter than the one before, then zeroes.
    bool valid = true;
    for (size_t i = 0; i < field.size(); ++i) {
      const bool shorter = i == 0 || field[i] == Duration::zero() || field[i] < field[i - 1];
      valid = valid && Within(info, field[i].count()) && shorter;
    }
    return valid;
  }
}

template <class T>
std::string Text(const T& field) {
  if constexpr (std::is_same_v<T, Duration>) {
    return fmt::format("{} ms", field.count());
  } else if constexpr (std::is_same_v<T, MediumSet>) {
    return fmt::format("{:#x}", field.bits());
  } else if constexpr (std::is_enum_v<T>) {
    return fmt::format("{}", static_cast<int>(field));
  } else if constexpr (std::is_arithmetic_v<T>) {
    return fmt::format("{}", field);
  } else {
    std::vector<std::string> words;
    for (const auto& part : field) words.push_back(Text(part));
    return fmt::format("{}", fmt::join(words, ", "));
  }
}

// A mark later than the limit allows would stand before the pause began.
bool MarksFit(const Settings& s) { return s.pause.marks[0] <= s.pause.limit * kDay; }

// Which medium is on that must not be, or none.
bool IsForbidden(const Settings& s, size_t medium) {
  return s.hipaa_required && s.media[medium].enabled &&
         !IsHipaaEligible(static_cast<Medium>(medium));
}

uint32_t NumberOf(std::string_view name) {
  uint32_t number = 0;
  while (SettingName(number) != name) ++number;
  return number;
}

}  // namespace

std::string_view SettingName(uint32_t number) {
  std::string_view name;
  uint32_t next = 0;
  Settings settings;
  VisitSettings(settings, [&](const SettingInfo& info, const auto&) {
    if (next++ == number) name = info.name;
  });
  return name;
}

uint32_t FirstInvalidSetting(const Settings& settings) {
  uint32_t first = kUnlimited;
  uint32_t next = 0;
  VisitSettings(settings, [&](const SettingInfo& info, const auto& field) {
    if (!IsValid(info, field) && first == kUnlimited) first = next;
    ++next;
  });
  if (first != kUnlimited) return first;
  if (!MarksFit(settings)) return NumberOf("pause.marks");
  for (size_t m = 0; m < kMedia; ++m) {
    if (IsForbidden(settings, m)) return NumberOf(fmt::format("{}.enabled", kMediumNames[m]));
  }
  return kUnlimited;
}

absl::Status Validate(const Settings& settings) {
  const uint32_t first = FirstInvalidSetting(settings);
  std::string message;
  uint32_t next = 0;
  VisitSettings(settings, [&](const SettingInfo& info, const auto& field) {
    if (next++ != first) return;
    message = fmt::format("{}: {} is not allowed; {}", info.name, Text(field), info.says);
    if (info.max > 0) message += fmt::format("; {} to {}", info.min, info.max);
  });
  if (!message.empty()) return absl::InvalidArgumentError(message);
  if (!settings.leave_pause_entitled && (settings.leave.enabled || settings.pause.enabled)) {
    return absl::InvalidArgumentError("account.leave_pause_entitled: needed by Leave and Pause");
  }
  return absl::OkStatus();
}

}  // namespace parley
