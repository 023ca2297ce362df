// src/text_write.cc — commands and events become lines.

#include <iterator>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "parley/annex/text.h"
#include "parley/model/settings_fields.h"
#include "text_words.h"

namespace parley {
namespace {

class Writer {
 public:
  explicit Writer(const Names& names) : names_(names) {}

  template <class T>
  void Line(const T& value) {
    out_ += T::kName;
    Fields(value);
  }
  std::string Take() { return std::move(out_); }

  void Time(Instant at) { out_ += ToText(at) + ' '; }

  void Settings(const parley::Settings& settings) {
    const parley::Settings defaults;
    std::vector<std::string> usual;
    VisitSettings(defaults,
                  [&](const SettingInfo&, const auto& field) { usual.push_back(Word(field)); });
    size_t next = 0;
    VisitSettings(settings, [&](const SettingInfo& info, const auto& field) {
      const std::string word = Word(field);
      if (word != usual[next++])
        fmt::format_to(std::back_inserter(out_), " {}={}", info.name, word);
    });
  }

 private:
  template <Described T>
  void Fields(const T& value) {
    std::apply([&](const auto&... field) { (One(value, field), ...); }, T::kFields);
  }

  template <class T, class Member>
  void One(const T& owner, const Field<T, Member>& field) {
    const Member& value = owner.*field.member;
    if constexpr (std::is_same_v<Member, parley::Settings>) {
      Settings(value);
    } else if constexpr (Described<Member>) {
      Fields(value);
    } else if (!field.optional) {
      fmt::format_to(std::back_inserter(out_), " {}", Word(value));
    } else if (value != T{}.*field.member) {
      fmt::format_to(std::back_inserter(out_), " {}={}", field.name, Word(value));
    }
  }

  std::string Word(bool value) { return value ? "on" : "off"; }
  std::string Word(std::string_view value) { return internal::Quoted(value); }
  std::string Word(Duration value) { return ToText(value); }
  std::string Word(Instant value) { return ToText(value); }
  std::string Word(SessionId value) { return fmt::format("{}", static_cast<uint64_t>(value)); }
  std::string Word(const Version& v) { return fmt::format("{}.{}.{}", v.major, v.minor, v.patch); }
  template <class T>
  requires std::is_integral_v<T> std::string Word(T value) { return fmt::format("{}", value); }
  std::string Word(uint32_t value) {
    return value == kUnlimited ? "unlimited" : fmt::format("{}", value);
  }
  template <Named E>
  std::string Word(E e) {  // A host may send any bits: those without a name are a number.
    return static_cast<size_t>(e) < CountOf<E>() ? std::string(Name(e))
                                                 : fmt::format("#{}", static_cast<uint32_t>(e));
  }
  template <class Tag>
  std::string Word(Id<Tag> id) {
    const std::string_view name = names_.Of(id);
    return name.empty() || !internal::IsName(name) ? ToText(id) : std::string(name);
  }
  std::string Word(const SkillSet& skills) {
    std::vector<std::string> words;
    skills.ForEach([&](SkillId id) { words.push_back(Word(id)); });
    return words.empty() ? "-" : fmt::format("{}", fmt::join(words, ","));
  }
  // By their names; #520 if there are bits that name none.
  std::string Word(MediumSet media) {
    if (media.bits() >> kMedia != 0) return fmt::format("#{}", media.bits());
    std::vector<std::string_view> words;
    for (size_t m = 0; m < kMedia; ++m) {
      if (media.Has(static_cast<Medium>(m))) words.push_back(kMediumNames[m]);
    }
    return words.empty() ? "-" : fmt::format("{}", fmt::join(words, ","));
  }
  std::string Word(const std::array<Duration, 4>& marks) {
    std::vector<std::string> words;
    for (const Duration mark : marks) words.push_back(ToText(mark));
    return fmt::format("{}", fmt::join(words, ","));
  }

  const Names& names_;
  std::string out_;
};

}  // namespace

std::string ToText(Duration duration) {
  struct Unit {
    const char* name;
    uint64_t ms;
  };
  static constexpr Unit kUnits[] = {
      {"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}};
  if (duration == Duration::zero()) return "0s";
  std::string out = duration < Duration::zero() ? "-" : "";
  const auto count = static_cast<uint64_t>(duration.count());
  uint64_t left = duration < Duration::zero() ? uint64_t{0} - count : count;
  for (const Unit& unit : kUnits) {
    if (left >= unit.ms) out += fmt::format("{}{}", left / unit.ms, unit.name);
    left %= unit.ms;
  }
  return out;
}

std::string ToText(Instant at) { return ToText(at.time_since_epoch()); }

std::string ToText(const Settings& settings) {
  Writer writer{Names()};
  writer.Settings(settings);
  return writer.Take();
}

std::string ToText(const Command& command, const Names& names) {
  Writer writer(names);
  std::visit([&writer](const auto& c) { writer.Line(c); }, command);
  return writer.Take();
}

std::string ToText(const Event& event, const Names& names) {
  Writer writer(names);
  writer.Time(event.at);
  std::visit([&writer](const auto& what) { writer.Line(what); }, event.what);
  return writer.Take();
}

namespace internal {

std::string IdText(char letter, uint64_t value) {
  if (value == 0) return "-";
  const uint64_t generation = value >> 32;
  const uint64_t place = value & UINT32_MAX;
  return generation == 0 ? fmt::format("{}{}", letter, place)
                         : fmt::format("{}{}.{}", letter, place, generation + 1);
}

}  // namespace internal
}  // namespace parley
