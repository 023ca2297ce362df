// tests/fuzz/fuzz_model.cc — histories that engine and model (../model/) both know: every event,
// refusal and question to the policy is the same, and now and then everything that can be asked.

#include <algorithm>

#include "differential.h"
#include "simulation.h"
#include "targets.h"

namespace parley::fuzz {
namespace {

constexpr size_t kBytesOfWorld = 3;
constexpr Checks kChecks{.queries = 16, .audit = 16, .digest = 1};

class Comparing {
 public:
  explicit Comparing(std::string_view input)
      : draw_(input.substr(std::min(input.size(), kBytesOfWorld))),
        world_(Draw(input.substr(0, kBytesOfWorld)).Bits()),
        both_(world_, kChecks),
        time_(draw_, world_.pace),
        host_(draw_, world_.pace, both_.engine()) {}

  // What differs, after the whole story.
  std::string Play() {
    std::string problem;
    while (!draw_.used_up() && problem.empty()) {
      Told next{time_.Next(both_.engine()), Narrowed(world_.seed, host_.Next())};
      const bool in_order = next.at >= both_.engine().Now() && next.at <= kLastInstant;
      while (in_order && both_.engine().NextWake() < next.at && problem.empty()) {
        if (++wakes_ > kMostWakes) return {};
        problem = Step({both_.engine().NextWake(), Advance{}});
      }
      if (problem.empty()) problem = Step(next);
    }
    return problem.empty() ? problem : told_ + problem;
  }

 private:
  std::string Step(const Told& told) {
    told_ += fmt::format("{:>24} {}\n", ToText(told.at), ToText(told.command));
    std::string problem = both_.Step(told);
    host_.Learn(both_.did());
    return problem;
  }

  Draw draw_;
  World world_;
  Differential both_;
  TimeDraw time_;
  Host host_;
  std::string told_;
  size_t wakes_ = 0;
};

}  // namespace

std::string TryModel(std::string_view input) { return Comparing(input).Play(); }

}  // namespace parley::fuzz
