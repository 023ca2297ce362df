// Values drawn from a seed: for any field of any command, mostly sensible and sometimes hostile.
//
//   Draw draw(seed);
//   ValueDraw values(draw, known);
//   SetCapacity command;
//   values.Fill(command);
//
// The same seed gives the same values on every machine. A fuzzer gives bytes instead of a seed.

#ifndef PARLEY_TESTS_DRAW_H_
#define PARLEY_TESTS_DRAW_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "parley/parley.h"

namespace parley {

class Draw {
 public:
  explicit Draw(uint64_t seed) : state_(seed) {}
  // From bytes, which must outlive it: each choice takes as many as its range needs. What is drawn
  // after the last of them is as from the seed 0.
  explicit Draw(std::string_view bytes) : bytes_(bytes) {}
  bool used_up() const { return bytes_.empty(); }

  uint64_t Bits() { return bytes_.empty() ? Mixed() : Taken(64); }
  uint64_t Below(uint64_t n) {
    return (bytes_.empty() ? Mixed() : Taken(static_cast<int>(std::bit_width(n - 1)))) % n;
  }
  bool OneIn(uint64_t n) { return Below(n) == 0; }
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Below(static_cast<uint64_t>(high - low) + 1));
  }
  template <class List>
  const auto& OneOf(const List& list) {
    return list[Below(list.size())];
  }
  // Any size is as likely as any other: 1 to 2^bits.
  int64_t OfAnySize(uint32_t bits) {
    return static_cast<int64_t>(Below(uint64_t{1} << Below(bits)) + 1);
  }

 private:
  uint64_t Mixed() {  // SplitMix64.
    uint64_t x = state_ += 0x9E3779B97F4A7C15;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return x ^ (x >> 31);
  }
  // So many bits of the bytes, in whole bytes.
  uint64_t Taken(int bits) {
    uint64_t taken = 0;
    for (; bits > 0 && !bytes_.empty(); bits -= 8) {
      taken = taken << 8 | static_cast<uint8_t>(bytes_[0]);
      bytes_.remove_prefix(1);
    }
    return taken;
  }

  uint64_t state_ = 0;
  std::string_view bytes_;
};

template <class T>
inline constexpr bool kIsId = false;
template <class Tag>
inline constexpr bool kIsId<Id<Tag>> = true;

// f(field) for every field of a described value, those of described fields included.
template <Described T, class F>
void ForEachField(T& value, F f) {
  const auto one = [&f](auto& field) {
    if constexpr (Described<std::remove_cvref_t<decltype(field)>>) {
      ForEachField(field, f);
    } else {
      f(field);
    }
  };
  std::apply([&](const auto&... field) { (one(value.*field.member), ...); },
             std::remove_const_t<T>::kFields);
}

// The newest ids of each kind, as the events told them; some of their things are gone by now.
class KnownIds {
 public:
  template <class IdType>
  const std::vector<IdType>& Of() const {
    return std::get<std::vector<IdType>>(lists_);
  }
  template <class IdType>
  void Learn(IdType id) {
    auto& list = std::get<std::vector<IdType>>(lists_);
    if (!id || std::ranges::find(list, id) != list.end()) return;
    if (list.size() >= kKept) list.erase(list.begin());
    list.push_back(id);
  }
  void Learn(std::span<const Event> events) {
    for (const Event& event : events) {
      std::visit([this](const auto& what) { LearnFrom(what); }, event.what);
    }
  }

 private:
  static constexpr size_t kKept = 16;

  template <class T>
  void LearnFrom(const T& what) {
    ForEachField(what, [&](const auto& field) {
      if constexpr (kIsId<std::remove_cvref_t<decltype(field)>>) Learn(field);
    });
  }

  std::tuple<std::vector<TaskId>, std::vector<ReservationId>, std::vector<ConversationId>,
             std::vector<AgentId>, std::vector<QueueId>, std::vector<ActivityId>,
             std::vector<SkillId>, std::vector<WorkflowId>>
      lists_;
};

// Names and addresses, some of which are refused. They live for ever: commands hold views.
inline const std::vector<std::string>& SomeNames() {
  static const std::vector<std::string> names = {"ann",
                                                 "bob",
                                                 "Ann",
                                                 "a1",
                                                 "a2.2",
                                                 "-",
                                                 "on call",
                                                 "Lunch",
                                                 "Offline",
                                                 std::string(64, 'n'),
                                                 "",
                                                 "tab\tname",
                                                 "q=1",
                                                 "k1",
                                                 "\"\\",
                                                 "é",
                                                 std::string(65, 'n')};
  return names;
}
inline const std::vector<std::string>& SomeAddresses() {
  static const std::vector<std::string> addresses = {
      "c@x", "d@x", "+49 30 1", "e", "f\"\\\x01", std::string(320, 'g'), "", std::string(321, 'h')};
  return addresses;
}

class ValueDraw {
 public:
  ValueDraw(Draw& draw, const KnownIds& known) : draw_(draw), known_(known) {}

  template <Described T>
  void Fill(T& value) {
    ForEachField(value, [&](auto& field) { field = One(field); });
  }

  template <class Tag>
  Id<Tag> One(Id<Tag>) {
    const auto& known = known_.Of<Id<Tag>>();
    const auto slot = static_cast<uint32_t>(draw_.Below(8));
    switch (draw_.Below(12)) {
      case 0:
        return Id<Tag>::Make(slot, static_cast<uint32_t>(draw_.Below(4)));
      case 1:
        return draw_.OneIn(4) ? Id<Tag>{draw_.Bits()} : Id<Tag>{draw_.Below(3) << 32};
      default:
        return known.empty() ? Id<Tag>::Make(slot, 0) : draw_.OneOf(known);
    }
  }
  template <Named E>
  E One(E) {
    if (draw_.OneIn(40)) return static_cast<E>(draw_.Below(256));
    return static_cast<E>(draw_.Below(CountOf<E>()));
  }
  bool One(bool) { return draw_.OneIn(2); }
  template <class T>
  requires std::is_integral_v<T> T One(T) {
    if (draw_.OneIn(20)) return static_cast<T>(draw_.Bits());
    if (draw_.OneIn(20)) return std::numeric_limits<T>::max();
    return static_cast<T>(draw_.Below(4));
  }
  Duration One(Duration) {
    switch (draw_.Below(10)) {
      case 0:
        return Duration(static_cast<int64_t>(draw_.Bits()));
      case 1:
        return Duration(draw_.OfAnySize(36));
      default:
        return Duration(draw_.Between(0, 4));
    }
  }
  SessionId One(SessionId) { return SessionId{draw_.Below(4)}; }
  Version One(Version) {
    static constexpr std::array<Version, 7> kVersions = {
        {{}, {2, 4, 9}, {2, 5, 0}, {2, 7, 0}, {2, 11, 0}, {2, 12, 0}, {2, 13, 1}}};
    return draw_.OneOf(kVersions);
  }
  SkillSet One(const SkillSet&) {
    SkillSet skills;
    if (draw_.OneIn(2)) return skills;
    const auto& known = known_.Of<SkillId>();
    for (uint64_t i = draw_.Below(3); i > 0 && !known.empty(); --i) skills.Add(draw_.OneOf(known));
    if (draw_.OneIn(40)) {
      skills.Add(SkillId::Make(static_cast<uint32_t>(draw_.Below(SkillSet::kMax)), 0));
    }
    return skills;
  }
  std::string_view One(std::string_view) { return Name(); }
  Settings One(const Settings& settings) { return settings; }  // Drawn in draw_settings.h.

  std::string_view Name() { return draw_.OneOf(SomeNames()); }
  std::string_view Address() {
    const auto& all = SomeAddresses();
    return draw_.OneIn(30) ? draw_.OneOf(all) : std::string_view(all[draw_.Below(4)]);
  }

 private:
  Draw& draw_;
  const KnownIds& known_;
};

// f(T()) for the T that stands at `index` in a variant.
template <class Variant, class F, size_t I = 0>
void AtIndex(size_t index, F f) {
  if constexpr (I < std::variant_size_v<Variant>) {
    if (index == I) return f(std::variant_alternative_t<I, Variant>());
    AtIndex<Variant, F, I + 1>(index, f);
  }
}

}  // namespace parley

#endif  // PARLEY_TESTS_DRAW_H_
