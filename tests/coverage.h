// What a run has reached: commands done, reasons to refuse, and every value of every enum in every
// event.

#ifndef PARLEY_TESTS_COVERAGE_H_
#define PARLEY_TESTS_COVERAGE_H_

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "parley/machine/channel_machine.h"
#include "parley/parley.h"

namespace parley {

class Coverage {
 public:
  void Count(const Command& command, std::span<const Event> events) {
    const bool refused = !events.empty() && As<Refused>(events.back()) != nullptr;
    ++commands_[command.index()][refused ? 1 : 0];
    for (const Event& event : events) {
      std::visit([&](const auto& what) { CountEvent(event.what.index(), what); }, event.what);
      if (const auto* r = As<ConversationRerouted>(event)) ++routes_[{r->cause, r->action}];
      if (const auto* c = As<ChannelChanged>(event)) ++changes_[{c->from, c->to}];
    }
  }

  // What was never reached, in words. `cannot` are those that never should.
  std::vector<std::string> Missing() const {
    std::vector<std::string> missing;
    EachCommand(missing, std::make_index_sequence<std::variant_size_v<Command>>());
    EachEvent(missing, std::make_index_sequence<std::variant_size_v<Happening>>());
    for (size_t cause = 0; cause < CountOf<RerouteCause>(); ++cause) {
      for (size_t action = 0; action < CountOf<RerouteAction>(); ++action) {
        const std::pair pair(static_cast<RerouteCause>(cause), static_cast<RerouteAction>(action));
        if (pair == std::pair(RerouteCause::kNobodyElse, RerouteAction::kNothing)) continue;
        if (routes_.contains(pair)) continue;
        missing.push_back(fmt::format("{} leads to {}", Name(pair.first), Name(pair.second)));
      }
    }
    for (const auto& row : ChannelMachine::kRows) {
      if (row.from == row.to || changes_.contains({row.from, row.to})) continue;
      missing.push_back(fmt::format("{} becomes {}", Name(row.from), Name(row.to)));
    }
    return missing;
  }

  // One line for each kind of command and event, with how often it came.
  std::string Table() const {
    std::string out;
    AddCommands(out, std::make_index_sequence<std::variant_size_v<Command>>());
    AddEvents(out, std::make_index_sequence<std::variant_size_v<Happening>>());
    return out;
  }

 private:
  static constexpr size_t kFieldsAtMost = 6;
  static constexpr size_t kValuesAtMost = 64;

  template <class T>
  void CountEvent(size_t index, const T& what) {
    ++events_[index];
    size_t next = 0;
    const auto one = [&](const auto& field) {
      using Member = std::remove_cvref_t<decltype(what.*field.member)>;
      if constexpr (Named<Member>) {
        const auto value = static_cast<size_t>(what.*field.member);
        if (value < kValuesAtMost) ++values_[index][next][value];
      }
      ++next;
    };
    std::apply([&](const auto&... field) { (one(field), ...); }, T::kFields);
  }

  template <size_t... I>
  void EachCommand(std::vector<std::string>& missing, std::index_sequence<I...>) const {
    ((commands_[I][0] == 0 ? missing.push_back(fmt::format(
                                 "{} is done", std::variant_alternative_t<I, Command>::kName))
                           : void()),
     ...);
  }
  template <size_t... I>
  void EachEvent(std::vector<std::string>& missing, std::index_sequence<I...>) const {
    (OneEvent<I>(missing), ...);
  }
  template <size_t I>
  void OneEvent(std::vector<std::string>& missing) const {
    using T = std::variant_alternative_t<I, Happening>;
    if (events_[I] == 0) missing.push_back(fmt::format("{} is told", T::kName));
    size_t next = 0;
    const auto one = [&](const auto& field) {
      using Member = std::remove_cvref_t<decltype(std::declval<T>().*field.member)>;
      if constexpr (Named<Member>) {
        for (size_t value = 0; value < CountOf<Member>(); ++value) {
          const auto words =
              fmt::format("{}.{}={}", T::kName, field.name, NamesOf(Member{})[value]);
          if (values_[I][next][value] == 0 && !CannotBe(words)) missing.push_back(words);
        }
      }
      ++next;
    };
    std::apply([&](const auto&... field) { (one(field), ...); }, T::kFields);
  }

  static bool CannotBe(std::string_view words) {
    static constexpr std::array<std::string_view, 11> kCannot = {
        "SessionClosed.reason=locked",
        "SessionClosed.reason=idle",
        "ChannelChanged.from=Failed",
        "ChannelChanged.from=Closed",
        "ChannelChanged.to=Setup",
        "TaskCanceled.reason=none",
        "Refused.reason=None",
        "Refused.reason=OutOfMemory",
        "InvitationFailed.reason=none",
        "InvitationFailed.reason=rerouted",
        "InvitationFailed.reason=workflow-exhausted"};
    return std::ranges::find(kCannot, words) != kCannot.end();
  }

  template <size_t... I>
  void AddCommands(std::string& out, std::index_sequence<I...>) const {
    ((out += fmt::format("{:>10} done {:>10} refused  {}\n", commands_[I][0], commands_[I][1],
                         std::variant_alternative_t<I, Command>::kName)),
     ...);
  }
  template <size_t... I>
  void AddEvents(std::string& out, std::index_sequence<I...>) const {
    ((out += fmt::format("{:>10} told  {}\n", events_[I],
                         std::variant_alternative_t<I, Happening>::kName)),
     ...);
  }

  std::array<std::array<uint64_t, 2>, std::variant_size_v<Command>> commands_ = {};
  std::array<uint64_t, std::variant_size_v<Happening>> events_ = {};
  std::array<std::array<std::array<uint64_t, kValuesAtMost>, kFieldsAtMost>,
             std::variant_size_v<Happening>>
      values_ = {};
  std::map<std::pair<RerouteCause, RerouteAction>, uint64_t> routes_;
  std::map<std::pair<ChannelState, ChannelState>, uint64_t> changes_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_COVERAGE_H_
