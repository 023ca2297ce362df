// src/explain_text.cc — explanations become sentences: see annex/explain.h.

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "parley/annex/explain.h"
#include "parley/annex/text.h"

namespace parley {
namespace {

class Teller {
 public:
  Teller(const Explanation& e, const Engine& engine) : e_(e), engine_(engine) {}

  std::string All() const {
    std::string out = fmt::format("{} {}\n", ToText(e_.task), Head());
    for (const AgentReason& r : e_.agents) {
      out += fmt::format("  {}: {}{}\n", Show(r.agent), Why(r), Until(r));
    }
    for (const OfferReason& offer : e_.offers) out += fmt::format("  {}\n", Choice(offer));
    return out;
  }

 private:
  template <class IdType>
  std::string Show(IdType id) const {
    const std::string_view name = engine_.NameOf(id);
    return name.empty() ? ToText(id) : std::string(name);
  }
  std::string Show(TaskId id) const { return ToText(id); }

  // ---- The task ----

  std::string Head() const {
    std::string out = State();
    if (e_.step > 0) {
      out += fmt::format(", step {} of filter {} of {}", e_.step, e_.filter, Show(e_.workflow));
      if (e_.filter == 0) out = fmt::format("{}, default filter of {}", State(), Show(e_.workflow));
    }
    if (e_.waits_for) out += fmt::format(", for {} alone", Show(e_.waits_for));
    std::vector<std::string> times;
    const auto add = [&times](std::string_view what, Instant at) {
      if (at != Instant::max()) times.push_back(fmt::format("{} at {}", what, ToText(at)));
    };
    add(e_.state == TaskState::kPending ? "next step" : "next step if the offer fails",
        e_.step_ends);
    add(e_.waits_for ? "anyone" : "asked again", e_.wait_ends);
    add(EndName(), e_.ends);
    return times.empty() ? out : fmt::format("{} ({})", out, fmt::join(times, ", "));
  }

  std::string State() const {
    switch (e_.state) {
      case TaskState::kPending:
        return fmt::format("waits in {}{}", Show(e_.queue), Position());
      case TaskState::kReserved:
        return fmt::format("of {} is offered", Show(e_.queue));
      case TaskState::kAssigned:
        return fmt::format("of {} is assigned", Show(e_.queue));
      case TaskState::kWrapping:
        return fmt::format("of {} is in wrap-up", Show(e_.queue));
      case TaskState::kCompleted:
      case TaskState::kCanceled:
        break;
    }
    return fmt::format("of {} is over", Show(e_.queue));
  }

  std::string Position() const {
    if (!e_.position) return {};
    return *e_.position == 0 ? ", first in line" : fmt::format(", {} before it", *e_.position);
  }

  std::string_view EndName() const {
    switch (e_.state) {
      case TaskState::kPending:
      case TaskState::kReserved:
        return "canceled";
      case TaskState::kAssigned:
        return "taken away";
      case TaskState::kWrapping:
        return "completed";
      case TaskState::kCompleted:
      case TaskState::kCanceled:
        break;
    }
    return "forgotten";
  }

  // ---- An agent ----

  std::string Why(const AgentReason& r) const {
    const std::string_view medium = Name(e_.medium);
    switch (r.why) {
      case WhyNot::kNothing:
        return r.offer ? "is asked" : "could take it";
      case WhyNot::kActivity:
        return fmt::format("in {}", Show(engine_.Find(r.agent)->activity));
      case WhyNot::kMediumOff:
        return fmt::format("{} is switched off", medium);
      case WhyNot::kMediumFull:
        return fmt::format("full for {} ({} of {})", medium, r.used, r.limit);
      case WhyNot::kBudgetFull:
        return fmt::format("budget full ({} of {}, and {} costs {})", r.used, r.limit, medium,
                           r.cost);
      case WhyNot::kHeldBack:
        return fmt::format("held back for {}", Show(r.other));
      case WhyNot::kSkills:
        return fmt::format("lacks {}", Skills(r.skills));
      case WhyNot::kQueueExpression:
        return fmt::format("{} wants {}, which is false", Show(e_.queue), r.part);
      case WhyNot::kStepExpression:
        return fmt::format("the step wants {}, which is false", r.part);
      case WhyNot::kKnownAgent:
        return r.wanted ? fmt::format("the step wants {}", Show(r.wanted))
                        : "the step wants somebody who does not serve the queue";
      case WhyNot::kWaitsForAnother:
        return fmt::format("it waits for {}", Show(r.wanted));
      case WhyNot::kLetGo:
        return "let it go, or was excluded";
      case WhyNot::kWakes:
        return fmt::format("was offered {} of what waits for him within a minute", r.limit);
    }
    return {};
  }

  std::string Skills(const SkillSet& skills) const {
    std::vector<std::string> names;
    skills.ForEach([&](SkillId id) { names.push_back(Show(id)); });
    return fmt::format("{}", fmt::join(names, ", "));
  }

  std::string_view When(const AgentReason& r) const {
    switch (r.remedy) {
      case Remedy::kNone:
        return {};
      case Remedy::kActivity:
        return "when the activity changes";
      case Remedy::kMedium:
        return "when it is switched on";
      case Remedy::kRoom:
        return "when work ends or the capacity is raised";
      case Remedy::kOtherTask:
        return "when that one is taken";
      case Remedy::kSkills:
        return "when the skills change";
      case Remedy::kAttributes:
        return "when the agent's attributes change";
      case Remedy::kRouting:
        return "when the task is routed anew";
      case Remedy::kOtherAgent:
        return "when that one lets it go";
    }
    return {};
  }

  std::string Until(const AgentReason& r) const {
    std::vector<std::string> parts;
    if (const std::string_view when = When(r); !when.empty()) parts.emplace_back(when);
    if (r.offer && r.until != Instant::max()) {
      parts.push_back(fmt::format("until {}", ToText(r.until)));
    } else if (r.later) {
      parts.push_back(fmt::format("{} at {}", Ahead(*r.later), ToText(r.later->opens)));
    } else if (r.until != Instant::max() && !IsVague(r.why)) {
      parts.push_back(fmt::format("by itself at {}", ToText(r.until)));
    } else if (r.remedy == Remedy::kNone && r.why != WhyNot::kNothing) {
      parts.emplace_back("for ever");
    }
    return parts.empty() ? std::string() : fmt::format("; {}", fmt::join(parts, ", or "));
  }

  // What anything in the engine may lift: its next wake tells a person nothing.
  static bool IsVague(WhyNot why) { return why >= WhyNot::kHeldBack && why <= WhyNot::kKnownAgent; }

  std::string Ahead(const StepAhead& at) const {
    if (at.filter == 0) return "in the default filter";
    if (at.filter == e_.filter) return fmt::format("in step {}", at.step);
    return fmt::format("in step {} of filter {}", at.step, at.filter);
  }

  // ---- An offer ----

  std::string Choice(const OfferReason& offer) const {
    const Decision& d = offer.decision;
    std::string out = fmt::format("{} was chosen", Show(offer.agent));
    if (d.by == DecidedBy::kName) return fmt::format("{} by name", out);
    if (d.by == DecidedBy::kNobodyElse) return fmt::format("{}: nobody else could be", out);
    out += fmt::format(" before {}",
                       offer.runner_up ? Show(offer.runner_up) : std::string("one who is gone"));
    return fmt::format("{}: {}", out, Because(offer));
  }

  std::string Because(const OfferReason& offer) const {
    const Decision& d = offer.decision;
    switch (d.by) {
      case DecidedBy::kName:
      case DecidedBy::kNobodyElse:
        break;
      case DecidedBy::kLetGo:
        return "the other one let it go before";
      case DecidedBy::kLastReserved:
        return fmt::format("longer without an offer ({} against {})", Time(d.chosen),
                           Time(d.other));
      case DecidedBy::kId:
        return "equal in all else, and the lower id";
      case DecidedBy::kOrder:
        return ByOrder(d, offer.by);
    }
    return {};
  }

  static std::string ByOrder(const Decision& d, const std::string& by) {
    switch (d.order) {
      case AgentOrder::kLastAssigned:
      case AgentOrder::kLastReleased:
      case AgentOrder::kAvailableSince:
        return fmt::format("{} ({} against {})", Name(d.order), Time(d.chosen), Time(d.other));
      case AgentOrder::kRoundRobin:
        return "the next one in turn";
      case AgentOrder::kLeastLoaded:
        return fmt::format("less loaded ({}% against {}%)", d.chosen / 10'000, d.other / 10'000);
      case AgentOrder::kScore:
        return fmt::format("score {} against {} ({})", d.chosen, d.other, by);
      case AgentOrder::kOrderBy:
        return d.missing ? fmt::format("has attribute {} of {}", d.key, by)
                         : fmt::format("{} against {} in attribute {} of {}", d.chosen, d.other,
                                       d.key, by);
      case AgentOrder::kLastReserved:
        break;
    }
    return {};
  }

  static std::string Time(int64_t count) {
    return count == INT64_MIN ? "never" : ToText(Instant(Duration(count)));
  }

  const Explanation& e_;
  const Engine& engine_;
};

}  // namespace

std::string ToText(const Explanation& explanation, const Engine& engine) {
  return Teller(explanation, engine).All();
}

}  // namespace parley
