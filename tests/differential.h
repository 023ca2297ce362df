// One history told to an engine and to the model (tests/model/), compared after every command.
//
//   const World world(seed);
//   Differential both(world, checks);
//   if (const std::string difference = both.Step({at, command}); !difference.empty()) ...

#ifndef PARLEY_TESTS_DIFFERENTIAL_H_
#define PARLEY_TESTS_DIFFERENTIAL_H_

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "differential_compare.h"
#include "differential_profile.h"
#include "draw_policy.h"
#include "draw_time.h"
#include "model/model.h"
#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley {

// How deep the comparison goes; each every so many steps, 0 for never.
struct Checks {
  uint64_t queries = 0;
  uint64_t audit = 0;
  uint64_t digest = 0;  // Is it after a refusal what it would have been without the command?
};

inline std::string Shown(const RerouteDecision& d) {
  return fmt::format("{} {} {} p{} age={} {} for {} over {} not {} in {} {}",
                     static_cast<int>(d.action), ToText(d.queue), ToText(d.workflow), d.priority,
                     d.keep_age, ToText(d.agent), d.agent_for.count(), d.over_by, ToText(d.exclude),
                     d.deadline.count(), static_cast<int>(d.when_silent));
}
inline std::string Shown(const RerouteRequest& r) {
  return fmt::format("{} {} {} last {} out={} owner {} {} {} p{} parked {} attempts {} usual {} {}",
                     Name(r.cause), ToText(r.conversation), Name(r.medium), ToText(r.last_agent),
                     r.last_agent_logged_out, ToText(r.owner), ToText(r.queue), ToText(r.workflow),
                     r.priority, r.parked_for.count(), r.attempts, Shown(r.usual),
                     r.usual.skills.words()[0]);
}

inline bool IsSame(const RerouteRequest& a, const RerouteRequest& b) {
  const auto fields = [](const RerouteRequest& r) {
    return std::tie(r.cause, r.conversation, r.medium, r.last_agent, r.last_agent_logged_out,
                    r.owner, r.queue, r.workflow, r.priority, r.parked_for, r.attempts, r.usual);
  };
  return fields(a) == fields(b);
}

// A policy that remembers what it was asked.
class ListeningPolicy final : public ReroutePolicy {
 public:
  explicit ListeningPolicy(const ReroutePolicy& inner) : inner_(inner) {}
  RerouteDecision Decide(const RerouteRequest& request) const override {
    asked_.push_back(request);
    return inner_.Decide(request);
  }
  void Forget() const { asked_.clear(); }
  const std::vector<RerouteRequest>& asked() const { return asked_; }

 private:
  const ReroutePolicy& inner_;
  mutable std::vector<RerouteRequest> asked_;
};

// What a history begins with; all else follows from its commands.
struct World {
  explicit World(uint64_t which)
      : seed(which),
        draw(which),
        pace(draw.OneIn(4)   ? Pace::kHuman
             : draw.OneIn(3) ? Pace::kAny
                             : Pace::kRace),
        settings(draw.OneIn(8) ? Settings() : SettingsDraw(draw, pace).Valid()),
        policy(SomePolicy(draw)),
        start(SomeStart(draw)) {}

  uint64_t seed;
  Draw draw;
  Pace pace;
  Settings settings;
  std::unique_ptr<ReroutePolicy> policy;
  Instant start;
};

struct Told {
  Instant at;
  Command command;
};

class Differential {
 public:
  Differential(const World& world, Checks checks)
      : checks_(checks),
        policy_(*world.policy),
        asked_engine_(*world.policy),
        asked_model_(*world.policy),
        clock_(world.start),
        engine_(*Engine::Create(world.settings, clock_, asked_engine_)),
        model_(world.settings, asked_model_, world.start) {}

  const Engine& engine() const { return engine_; }
  const model::Model& model() const { return model_; }
  std::span<const Event> did() const { return did_; }

  // What differs after this command; nothing if all is the same.
  std::string Step(const Told& told) {
    asked_engine_.Forget();
    asked_model_.Forget();
    ++steps_;
    const std::vector<Event>& also = model_.Apply(told.at, told.command);
    const bool refused = !also.empty() && As<Refused>(also.back()) != nullptr;
    const bool digests = refused && checks_.digest != 0 && steps_ % checks_.digest == 0;
    const uint64_t digest = digests ? DigestWithout(told.at) : 0;
    clock_.Set(told.at);
    did_ = engine_.Apply(told.command);
    if (std::string problem = SameEvents(also); !problem.empty()) return problem;
    if (digests && engine_.Digest() != digest) return "a refusal left a trace";
    if (checks_.audit != 0 && steps_ % checks_.audit == 0) {
      if (const absl::Status audit = engine_.Audit(); !audit.ok()) return audit.ToString();
    }
    if (checks_.queries == 0 || steps_ % checks_.queries != 0) return {};
    return Comparison(engine_, model_).All();
  }

 private:
  // The engine's digest once it is that time, and nothing else was told.
  uint64_t DigestWithout(Instant at) {
    const bool in_order = at >= engine_.Now() && at <= kLastInstant;
    ManualClock clock(in_order ? at : engine_.Now());
    Engine fork = engine_.Fork(clock, policy_);
    if (in_order) fork.Apply(Advance{});
    policy_.Forget();
    return fork.Digest();
  }

  std::string SameEvents(const std::vector<Event>& model) const {
    const auto &asked = asked_engine_.asked(), &also = asked_model_.asked();
    if (std::ranges::equal(asked, also, IsSame) && std::ranges::equal(did_, model)) return {};
    const size_t asks = SameFirst(asked, also, IsSame);
    const size_t events = SameFirst(did_, model, std::equal_to<>());
    const auto lines = [&](const auto& requests, const auto& happened) {
      std::string out;
      const auto some = [&](const auto& list, size_t from, auto shown) {
        from -= std::min<size_t>(from, 3);
        for (size_t i = from; i < std::min(list.size(), from + 12); ++i) out += shown(list[i]);
      };
      some(requests, asks, [](const auto& r) { return fmt::format("    asks {}\n", Shown(r)); });
      some(happened, events, [](const auto& e) { return fmt::format("    {}\n", ToText(e)); });
      return out;
    };
    return fmt::format("after {} events\n  engine:\n{}  model:\n{}", events, lines(asked, did_),
                       lines(also, model));
  }

  // How many are the same from the first one on.
  template <class A, class B, class Is>
  static size_t SameFirst(const A& a, const B& b, Is is_same) {
    const auto most = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
    const auto end = std::mismatch(a.begin(), a.begin() + most, b.begin(), is_same).first;
    return static_cast<size_t>(end - a.begin());
  }

  Checks checks_;
  ListeningPolicy policy_, asked_engine_, asked_model_;
  ManualClock clock_;
  Engine engine_;
  model::Model model_;
  std::span<const Event> did_;
  uint64_t steps_ = 0;
};

}  // namespace parley

#endif  // PARLEY_TESTS_DIFFERENTIAL_H_
