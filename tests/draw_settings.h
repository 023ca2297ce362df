// Settings drawn from a seed: with the durations of a contact centre, of any size, or so short that
// every timer races every other.

#ifndef PARLEY_TESTS_DRAW_SETTINGS_H_
#define PARLEY_TESTS_DRAW_SETTINGS_H_

#include <algorithm>
#include <type_traits>

#include "draw.h"
#include "parley/model/settings_fields.h"

namespace parley {

enum class Pace {
  kRace,   // All durations are a few ms, a day of pause.limit too.
  kHuman,  // The usual ones.
  kAny,
};

class SettingsDraw {
 public:
  SettingsDraw(Draw& draw, Pace pace)
      : draw_(draw), pace_(pace), longest_(int64_t{4} << draw.Below(5)) {}

  Settings Valid() {
    Settings settings;
    VisitSettings(settings, [this](const SettingInfo& info, auto& field) { One(info, field); });
    MakeConsistent(settings);
    return settings;
  }
  // ... or, now and then, with one field out of range, or against its purpose.
  Settings Any() {
    Settings settings = Valid();
    if (draw_.OneIn(12)) Break(settings);
    return settings;
  }

 private:
  // Where all is accepted at once, no offer is declined or runs out.
  void One(const SettingInfo& info, bool& field) {
    field = draw_.OneIn(info.name.ends_with(".auto_accept") ? 4 : 2);
  }
  template <Named E>
  void One(const SettingInfo&, E& field) {
    field = static_cast<E>(draw_.Below(CountOf<E>()));
  }
  void One(const SettingInfo& info, Duration& field) {
    if (pace_ == Pace::kRace) {
      field = Duration(draw_.Between(info.min, info.name == "simulation.day" ? 2 : longest_));
    } else if (pace_ == Pace::kAny) {
      field = Duration(std::clamp(draw_.OfAnySize(32) - 1, info.min, info.max));
    }
  }
  void One(const SettingInfo& info, std::array<Duration, 4>& field) {
    if (pace_ == Pace::kHuman && draw_.OneIn(2)) return;
    for (Duration& mark : field) {
      const int64_t longest = pace_ == Pace::kRace ? 8 : info.max;
      mark = draw_.OneIn(3) ? Duration::zero() : Duration(draw_.Between(info.min, longest));
    }
    std::ranges::sort(field, std::greater<>());
  }
  void One(const SettingInfo&, MediumSet& field) {
    if (draw_.OneIn(3)) field = MediumSet(static_cast<uint16_t>(draw_.Below(1 << kMedia)));
  }
  template <class T>
  requires std::is_integral_v<T>
  void One(const SettingInfo& info, T& field) {
    if (info.name.starts_with("limits.")) {
      if (draw_.OneIn(16)) field = static_cast<T>(draw_.Between(info.min, 6));
    } else if (info.name.ends_with(".capacity")) {
      field = static_cast<T>(draw_.Below(4));
    } else if (info.name == "pause.limit") {
      field = static_cast<T>(draw_.Between(info.min, info.max));
    } else if (info.name == "pause.expired_priority_boost") {
      field = static_cast<T>(draw_.OneIn(4) ? info.max : draw_.Between(0, 2));
    } else if (info.name != "pause.max_per_agent" || draw_.OneIn(4)) {
      field = static_cast<T>(draw_.Between(info.min, 6));
    }
  }

  void MakeConsistent(Settings& s) {
    if (!draw_.OneIn(8)) s.leave.enabled = s.pause.enabled = true;
    if (!draw_.OneIn(8)) s.leave_pause_entitled = true;
    if (!s.leave_pause_entitled) s.leave.enabled = s.pause.enabled = false;
    for (Duration& mark : s.pause.marks) mark = std::min<Duration>(mark, s.pause.limit * kDay);
    const auto twice = std::ranges::unique(s.pause.marks);
    std::ranges::fill(twice, Duration::zero());
    s.hipaa_required = draw_.OneIn(8);
    for (size_t m = 0; m < kMedia; ++m) {
      const bool allowed = !s.hipaa_required || IsHipaaEligible(static_cast<Medium>(m));
      s.media[m].enabled = allowed && !draw_.OneIn(8);
    }
  }

  void Break(Settings& settings) {
    if (draw_.OneIn(3)) {
      settings.leave_pause_entitled = false;
      settings.leave.enabled = true;
      return;
    }
    uint64_t left = draw_.Below(CountSettings());
    VisitSettings(settings, [&](const SettingInfo& info, auto& field) {
      if (left-- == 0) BreakOne(info, field);
    });
  }
  void BreakOne(const SettingInfo&, bool& field) { field = !field; }
  template <Named E>
  void BreakOne(const SettingInfo&, E& field) {
    field = static_cast<E>(draw_.Between(static_cast<int64_t>(CountOf<E>()), 255));
  }
  void BreakOne(const SettingInfo& info, Duration& field) {
    field = draw_.OneIn(2) ? Duration(info.max + 1) : Duration(info.min - 1);
  }
  void BreakOne(const SettingInfo&, MediumSet& field) { field = MediumSet(1 << kMedia); }
  void BreakOne(const SettingInfo& info, std::array<Duration, 4>& field) {
    BreakOne(info, field[draw_.Below(4)]);
  }
  template <class T>
  requires std::is_integral_v<T>
  void BreakOne(const SettingInfo& info, T& field) {
    if (info.min > 0) field = static_cast<T>(info.min - 1);
    if (info.min == 0) field = static_cast<T>(info.max + 1);
  }

  Draw& draw_;
  Pace pace_;
  int64_t longest_;  // In a race.
};

}  // namespace parley

#endif  // PARLEY_TESTS_DRAW_SETTINGS_H_
