// tests/fuzz/fuzz_commands.cc — any history. The first bytes draw what it begins with, the others
// its times and commands, hostile ones included. After each the engine is audited, and compared
// with a twin that has another hash key, sleeps through its wakes, and never hears of what was
// refused.

#include <algorithm>
#include <deque>
#include <memory>

#include "draw_policy.h"
#include "draw_time.h"
#include "parley/annex/explain.h"
#include "parley/annex/text.h"
#include "parley/annex/workspace.h"
#include "random_values.h"
#include "simulation.h"
#include "targets.h"

namespace parley::fuzz {
namespace {

constexpr size_t kBytesOfBeginning = 3;

class History {
 public:
  explicit History(std::string_view input)
      : beginning_(Draw(input.substr(0, kBytesOfBeginning)).Bits()),
        draw_(input.substr(std::min(input.size(), kBytesOfBeginning))),
        pace_(static_cast<Pace>(beginning_.Below(3))),
        settings_(SettingsDraw(beginning_, pace_).Valid()),
        policy_(SomePolicy(beginning_)),
        clock_(SomeStart(beginning_)),
        engine_(*Engine::Create(settings_, clock_, *policy_)),
        twin_(*Engine::Create(settings_, clock_, *policy_, HashKey{1, 2})),
        time_(draw_, pace_),
        host_(draw_, pace_, engine_) {}

  // What went wrong, after the whole story.
  std::string Play() {
    std::string problem;
    while (!draw_.used_up() && problem.empty()) {
      const Instant at = time_.Next(engine_);
      const Command command = Next();
      told_ += fmt::format("{:>24} {}\n", ToText(at), ToText(command));
      const bool in_order = at >= engine_.Now() && at <= kLastInstant;
      bool slept = false;
      while (in_order && engine_.NextWake() < at) {
        if (++wakes_ > kMostWakes) return {};
        slept = true;
        clock_.Set(engine_.NextWake());
        host_.Learn(engine_.Apply(Advance{}));
      }
      clock_.Set(at);
      problem = Step(command, slept);
    }
    if (problem.empty()) problem = WrongAnswer();
    return problem.empty() ? problem : told_ + problem;
  }

 private:
  Command Next() {
    if (!draw_.OneIn(16)) return host_.Next();
    return hostile_.emplace_back(draw_.Bits()).Any<Command>();
  }

  std::string Step(const Command& command, bool slept) {
    const auto events = engine_.Apply(command);
    host_.Learn(events);
    if (const absl::Status audit = engine_.Audit(); !audit.ok()) return audit.ToString();
    const bool refused = !events.empty() && As<Refused>(events.back()) != nullptr;
    const auto same = twin_.Apply(refused ? Command(Advance{}) : command);
    if (engine_.Digest() != twin_.Digest()) return "a twin's digest";
    if (engine_.NextWake() != twin_.NextWake() && !slept) return "a twin wakes at another time";
    const size_t told = events.size() - (refused ? 1 : 0);
    const size_t also = same.size() - (!same.empty() && As<Refused>(same.back()) ? 1 : 0);
    // Of a twin that slept only the last are comparable.
    if (slept ? told > also : told != also) return "a twin's events are not as many";
    const auto last = same.first(also).last(told);
    return std::ranges::equal(events.first(told), last) ? std::string() : "a twin's events";
  }

  // Whatever can be asked has an answer; what is set up can be written and read.
  std::string WrongAnswer() const {
    for (const TaskId id : engine_.Tasks()) {
      const auto why = engine_.Explain(id);
      if (!why || ToText(*why, engine_).empty()) return "a task without an explanation";
    }
    Workspace has = ReadWorkspace(engine_);
    for (auto& workflow : has.workflows) {  // Its JSON knows whole seconds.
      workflow.reservation_timeout =
          std::chrono::ceil<std::chrono::seconds>(workflow.reservation_timeout);
    }
    const auto read = Workspace::Parse(has.ToJson());
    if (!read.ok()) return "the set-up does not read: " + read.status().ToString();
    return *read == has ? std::string() : "the set-up reads as another";
  }

  Draw beginning_;
  Draw draw_;
  Pace pace_;
  Settings settings_;
  std::unique_ptr<ReroutePolicy> policy_;
  ManualClock clock_;
  Engine engine_;
  Engine twin_;
  TimeDraw time_;
  Host host_;
  std::deque<RandomValues> hostile_;  // Commands hold their texts.
  std::string told_;
  size_t wakes_ = 0;
};

}  // namespace

std::string TryCommands(std::string_view input) { return History(input).Play(); }

}  // namespace parley::fuzz
