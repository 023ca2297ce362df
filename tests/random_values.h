// tests/random_values.h — any value that a host could send, or an engine could tell, drawn from a
// seed: ids of any bits, enums without a name, texts of any bytes, the ends of every range.
//
//   RandomValues values(seed);
//   Command command = values.Any<Command>();
//   Event event{values.Make<Instant>(), values.Any<Happening>()};
//   Settings settings = values.Changed();
//
// Unlike draw.h, which likes what an engine understands, this likes what it does not. Texts live as
// long as their RandomValues.

#ifndef PARLEY_TESTS_RANDOM_VALUES_H_
#define PARLEY_TESTS_RANDOM_VALUES_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "draw.h"
#include "parley/model/settings_fields.h"
#include "parley/parley.h"

namespace parley {

class RandomValues {
 public:
  explicit RandomValues(uint64_t seed) : draw_(seed) {}

  // Any alternative of a variant of described structs.
  template <class Variant>
  Variant Any() {
    return At<Variant>(draw_.Below(std::variant_size_v<Variant>));
  }
  // The one that stands at `index`.
  template <class Variant>
  Variant At(size_t index) {
    Variant out;
    AtIndex<Variant>(index, [&](auto value) { out = Make<decltype(value)>(); });
    return out;
  }

  template <class T>
  T Make() {
    if constexpr (Described<T>) {
      T value{};
      ForEachField(value,
                   [&](auto& field) { field = Make<std::remove_cvref_t<decltype(field)>>(); });
      return value;
    } else {
      return One(T{});
    }
  }

  // Settings of which every field is another than the default, in the range of that field.
  Settings Changed();

  Draw& draw() { return draw_; }

 private:
  bool One(bool) { return draw_.OneIn(2); }
  // The ends, the neighbourhood of zero, and anything.
  template <class T>
    requires std::is_integral_v<T>
  T One(T) {
    switch (draw_.Below(5)) {
      case 0:
        return std::numeric_limits<T>::max();
      case 1:
        return std::numeric_limits<T>::min();
      case 2:
        return static_cast<T>(draw_.Between(-2, 3));
      default:
        return static_cast<T>(draw_.Bits() >> draw_.Below(64));
    }
  }
  template <Named E>
  E One(E) {
    return static_cast<E>(draw_.OneIn(4) ? draw_.Bits() : draw_.Below(CountOf<E>()));
  }
  template <class Tag>
  Id<Tag> One(Id<Tag>) {
    switch (draw_.Below(5)) {
      case 0:
        return {};
      case 1:
        return {draw_.Bits()};
      case 2:
        return {draw_.Bits() << 32};  // Of no slot.
      default:
        return Id<Tag>::Make(static_cast<uint32_t>(draw_.Below(6)),
                             static_cast<uint32_t>(draw_.Below(3)));
    }
  }
  Duration One(Duration) { return Duration(One(int64_t{})); }
  Instant One(Instant) { return Instant(One(Duration())); }
  MediumSet One(MediumSet) { return MediumSet(static_cast<uint16_t>(draw_.Below(1 << kMedia))); }
  SessionId One(SessionId) { return SessionId{One(uint64_t{})}; }
  Version One(Version) { return {One(uint16_t{}), One(uint16_t{}), One(uint16_t{})}; }
  SkillSet One(const SkillSet&);
  std::string_view One(std::string_view);
  Settings One(const Settings&);
  template <class T, size_t n>
  std::array<T, n> One(const std::array<T, n>&) {
    std::array<T, n> out;
    for (T& each : out) each = One(T{});
    return out;
  }

  // Another value of the field's range.
  template <class T>
  void Change(const SettingInfo& info, T& field);

  Draw draw_;
  std::deque<std::string> texts_;
};

// ---- Only definitions below ------------------------------------------------------------------

inline SkillSet RandomValues::One(const SkillSet&) {
  SkillSet skills;
  for (uint64_t left = draw_.OneIn(3) ? draw_.Below(300) : draw_.Below(3); left > 0; --left) {
    skills.Add(SkillId::Make(static_cast<uint32_t>(draw_.Below(SkillSet::kMax)), 0));
  }
  return skills;
}

inline std::string_view RandomValues::One(std::string_view) {
  static constexpr std::array<std::string_view, 12> kTricky = {
      "", "-", "t1", "a2.2", "on", "x=y", "\"", "\\", "\\x41", " ", "#3", "a,b"};
  if (draw_.OneIn(4)) return draw_.OneOf(kTricky);
  std::string& text = texts_.emplace_back();
  const bool any = draw_.OneIn(2);
  for (uint64_t left = draw_.Below(24); left > 0; --left) {
    text += static_cast<char>(any ? draw_.Below(256) : 'a' + draw_.Below(26));
  }
  return text;
}

inline Settings RandomValues::One(const Settings&) {
  Settings settings;
  VisitSettings(settings, [this](const SettingInfo&, auto& field) {
    if (draw_.OneIn(3)) field = Make<std::remove_cvref_t<decltype(field)>>();
  });
  return settings;
}

template <class T>
void RandomValues::Change(const SettingInfo& info, T& field) {
  if constexpr (std::is_same_v<T, bool>) {
    field = !field;
  } else if constexpr (std::is_enum_v<T>) {
    field = static_cast<T>((static_cast<size_t>(field) + 1 + draw_.Below(CountOf<T>() - 1)) %
                           CountOf<T>());
  } else if constexpr (std::is_same_v<T, Duration>) {
    int64_t count = field.count();
    Change(info, count);
    field = Duration(count);
  } else if constexpr (std::is_same_v<T, MediumSet>) {
    field = MediumSet(static_cast<uint16_t>(field.bits() ^ 1u << draw_.Below(kMedia)));
  } else if constexpr (std::is_integral_v<T>) {
    const T old = field;
    while (field == old) field = static_cast<T>(draw_.Between(info.min, info.max));
  } else {  // pause.marks: longest first.
    const T old = field;
    while (field == old) {
      for (auto& mark : field) mark = Duration(draw_.Between(0, 3) * info.max / 42);
      std::ranges::sort(field, std::greater());
    }
  }
}

inline Settings RandomValues::Changed() {
  Settings settings;
  VisitSettings(settings, [this](const SettingInfo& info, auto& field) { Change(info, field); });
  return settings;
}

}  // namespace parley

#endif  // PARLEY_TESTS_RANDOM_VALUES_H_
