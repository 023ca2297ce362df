// src/text_read.cc — lines become commands and events.

#include <algorithm>
#include <charconv>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "parley/annex/text.h"
#include "parley/model/settings_fields.h"
#include "text_words.h"

namespace parley {
namespace {

using internal::Cut;
using internal::Error;
using internal::Word;

template <class T>
bool ReadNumber(std::string_view text, T& out) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, out);
  return error == std::errc() && stop == end && !text.empty();
}

bool ReadId(std::string_view text, char letter, uint64_t& value) {
  if (text == "-") {
    value = 0;
    return true;
  }
  if (text.empty() || text[0] != letter) return false;
  const size_t dot = text.find('.');
  uint32_t place = 0;
  uint64_t use = 1;
  if (!ReadNumber(text.substr(1, dot == text.npos ? dot : dot - 1), place)) return false;
  if (dot != text.npos && !ReadNumber(text.substr(dot + 1), use)) return false;
  if (use == 0 || use > uint64_t{1} << 32) return false;
  value = (use - 1) << 32 | place;
  return true;
}

// Gives words to fields.
class Filler {
 public:
  Filler(std::vector<Word> words, size_t next, const Names& names, std::deque<std::string>& texts)
      : words_(std::move(words)), next_(next), names_(names), texts_(texts) {}

  template <class T>
  absl::Status Fill(T& value) {
    Fields(value);
    for (size_t i = next_; i < words_.size() && status_.ok(); ++i) {
      if (words_[i].used) continue;
      status_ = Error(words_[i].column, "the end of the line, or a field of this line");
    }
    return status_;
  }

 private:
  template <Described T>
  void Fields(T& value) {
    std::apply([&](const auto&... field) { (One(value, field), ...); }, T::kFields);
  }

  template <class T, class Member>
  void One(T& owner, const Field<T, Member>& field) {
    Member& value = owner.*field.member;
    if constexpr (std::is_same_v<Member, Settings>) {
      VisitSettings(value, [&](const SettingInfo& info, auto& one) { ByName(info.name, one); });
    } else if constexpr (Described<Member>) {
      Fields(value);
    } else if (field.optional) {
      ByName(field.name, value);
    } else {
      ByPlace(field.name, value);
    }
  }

  template <class T>
  void ByName(std::string_view name, T& value) {
    for (size_t i = next_; i < words_.size() && status_.ok(); ++i) {
      if (words_[i].name != name || words_[i].used) continue;
      words_[i].used = true;
      if (!Read(words_[i], value)) status_ = Error(words_[i].column, Wanted(name, value));
      return;
    }
  }

  template <class T>
  void ByPlace(std::string_view name, T& value) {
    if (!status_.ok()) return;
    while (next_ < words_.size() && words_[next_].used) ++next_;
    const bool there = next_ < words_.size() && words_[next_].name.empty();
    if (there && Read(words_[next_], value)) {
      words_[next_++].used = true;
      return;
    }
    const size_t end = words_.empty() ? 1 : words_.back().column + words_.back().value.size();
    status_ = Error(next_ < words_.size() ? words_[next_].column : end, Wanted(name, value));
  }

  template <class T>
  static std::string Wanted(std::string_view name, const T&) {
    std::string out(name);
    if constexpr (std::is_same_v<T, Duration> || std::is_same_v<T, Instant>) {
      out += ", a time like 2d3h or 250ms";
    } else if constexpr (Named<T>) {
      out += ", one of";
      for (const std::string_view choice : NamesOf(T{})) out += fmt::format(" {}", choice);
    } else if constexpr (std::is_same_v<T, bool>) {
      out += ", on or off";
    }
    return out;
  }

  bool Read(const Word& w, bool& out) {
    out = w.value == "on";
    return !w.quoted && (w.value == "on" || w.value == "off");
  }
  bool Read(const Word& w, std::string_view& out) {
    if (w.value.empty() && !w.quoted) return false;
    out = texts_.emplace_back(w.value);
    return true;
  }
  bool Read(const Word& w, Duration& out) {
    const auto duration = TextReader::ReadDuration(w.value);
    if (duration.ok()) out = *duration;
    return duration.ok() && !w.quoted;
  }
  bool Read(const Word& w, Instant& out) {
    const auto instant = TextReader::ReadInstant(w.value);
    if (instant.ok()) out = *instant;
    return instant.ok() && !w.quoted;
  }
  bool Read(const Word& w, SessionId& out) {
    uint64_t number = 0;
    const bool ok = ReadNumber(w.value, number);
    out = SessionId{number};
    return ok && !w.quoted;
  }
  bool Read(const Word& w, Version& out) {
    const std::string_view text = w.value;
    const size_t first = text.find('.');
    const size_t second = first == text.npos ? text.npos : text.find('.', first + 1);
    return second != text.npos && !w.quoted && ReadNumber(text.substr(0, first), out.major) &&
           ReadNumber(text.substr(first + 1, second - first - 1), out.minor) &&
           ReadNumber(text.substr(second + 1), out.patch);
  }
  template <class T>
  requires std::is_integral_v<T>
  bool Read(const Word& w, T& out) { return !w.quoted && ReadNumber(w.value, out); }
  bool Read(const Word& w, uint32_t& out) {
    const bool all = !w.quoted && w.value == "unlimited";
    if (all) out = kUnlimited;
    return all || (!w.quoted && ReadNumber(w.value, out));
  }
  template <Named E>
  bool Read(const Word& w, E& out) {
    const auto& choices = NamesOf(E{});
    for (size_t i = 0; i < choices.size(); ++i) {
      if (choices[i] == w.value && !w.value.empty()) {
        out = static_cast<E>(i);
        return true;
      }
    }
    std::underlying_type_t<E> number{};
    const bool raw = w.value.size() > 1 && w.value[0] == '#';
    if (!raw || !ReadNumber(std::string_view(w.value).substr(1), number)) return false;
    out = static_cast<E>(number);
    return true;
  }
  template <class Tag>
  bool Read(const Word& w, Id<Tag>& out) {
    return !w.quoted && ReadOneId(w.value, out);
  }
  template <class Tag>
  bool ReadOneId(std::string_view text, Id<Tag>& out) {
    out = internal::IsName(text) ? names_.Find(text, Id<Tag>{}) : Id<Tag>{};
    return out.value != 0 || ReadId(text, Tag::kLetter, out.value);
  }
  bool Read(const Word& w, SkillSet& out) {
    out = SkillSet();
    if (w.quoted) return false;
    if (w.value == "-") return true;
    return ForEachPart(w.value, [&](std::string_view part) {
      SkillId id;
      const bool ok =
          ReadOneId(part, id) && id && id.generation() == 0 && id.slot() < SkillSet::kMax;
      if (ok) out.Add(id);
      return ok;
    });
  }
  bool Read(const Word& w, MediumSet& out) {
    out = MediumSet();
    if (w.quoted) return false;
    if (w.value == "-") return true;
    if (w.value.starts_with('#')) {
      uint16_t bits = 0;
      const bool ok = ReadNumber(std::string_view(w.value).substr(1), bits);
      out = MediumSet(bits);
      return ok;
    }
    return ForEachPart(w.value, [&](std::string_view part) {
      const auto found = std::ranges::find(kMediumNames, part);
      if (found == kMediumNames.end()) return false;
      out.Add(static_cast<Medium>(found - kMediumNames.begin()));
      return true;
    });
  }
  bool Read(const Word& w, std::array<Duration, 4>& out) {
    out = {};
    size_t next = 0;
    return !w.quoted && ForEachPart(w.value, [&](std::string_view part) {
      const auto duration = TextReader::ReadDuration(part);
      const bool ok = duration.ok() && next < out.size();
      if (ok) out[next++] = *duration;
      return ok;
    });
  }
  template <class F>
  static bool ForEachPart(std::string_view text, F f) {
    for (size_t comma = text.find(','); comma != text.npos; comma = text.find(',')) {
      if (!f(text.substr(0, comma))) return false;
      text.remove_prefix(comma + 1);
    }
    return f(text);
  }

  std::vector<Word> words_;
  size_t next_;
  const Names& names_;
  std::deque<std::string>& texts_;
  absl::Status status_ = absl::OkStatus();
};

// Sets `out` to an empty T of the variant whose kName is `name`.
template <size_t I = 0, class... Ts>
bool Choose(std::string_view name, std::variant<Ts...>& out) {
  if constexpr (I < sizeof...(Ts)) {
    using T = std::variant_alternative_t<I, std::variant<Ts...>>;
    if (name != T::kName) return Choose<I + 1>(name, out);
    out = T{};
    return true;
  } else {
    return false;
  }
}

template <class Variant>
absl::Status ReadVariant(std::vector<Word> words, size_t first, std::string_view what,
                         const Names& names, std::deque<std::string>& texts, Variant& out) {
  if (words.size() <= first) {
    return Error(words.empty() ? 1 : words.back().column + words.back().value.size(), what);
  }
  const Word& word = words[first];
  const size_t column = word.column;
  if (!word.name.empty() || word.quoted || !Choose(word.value, out)) return Error(column, what);
  Filler filler(std::move(words), first + 1, names, texts);
  return std::visit([&filler](auto& value) { return filler.Fill(value); }, out);
}

}  // namespace

absl::StatusOr<Command> TextReader::ReadCommand(std::string_view line, const Names& names) {
  auto words = Cut(line);
  if (!words.ok()) return words.status();
  Command command;
  absl::Status status = ReadVariant(*std::move(words), 0, "a command", names, texts_, command);
  if (!status.ok()) return status;
  return command;
}

absl::StatusOr<Event> TextReader::ReadEvent(std::string_view line, const Names& names) {
  auto words = Cut(line);
  if (!words.ok()) return words.status();
  if (words->empty()) return Error(1, "a time");
  const Word& first = (*words)[0];
  const auto at = ReadInstant(first.value);
  if (!at.ok() || first.quoted || !first.name.empty()) return Error(first.column, "a time");
  Event event{*at, {}};
  absl::Status status = ReadVariant(*std::move(words), 1, "an event", names, texts_, event.what);
  if (!status.ok()) return status;
  return event;
}

}  // namespace parley
