// examples/simulation.h — a host with a simulated clock: its own plans, merged with the engine's.
//
// This is the whole loop that a host needs. A real one waits for the network instead of looking at
// its plans, and has a real clock; the rest is the same:
//
//   1. Sleep until something arrives, or until engine.NextWake().
//   2. Apply() the command for it, or Advance{} if only time has passed.
//   3. Look at the events.
//
// A simulation is a class with two methods. Take(step) is called when the time of a step that it
// had planned has come: it gives commands with Do(). See(event) is called for every event: it
// counts and it plans, and gives no command, because the next command ends the life of these
// events.
//
// Order      Timers of the engine, then steps, by time; steps of one time as they were planned.
// Cost       O(log plans) for a step, besides the engine's.

#ifndef PARLEY_EXAMPLES_SIMULATION_H_
#define PARLEY_EXAMPLES_SIMULATION_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <numeric>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley::examples {

template <class Step>
class Simulation {
 public:
  Simulation(const Settings& settings, Instant start)
      : clock_(start), engine_(*Engine::Create(settings, clock_, policy_)) {}
  virtual ~Simulation() = default;
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  // Prints every event from now on, with its time as `time` writes it.
  void TellEvents(std::string (*time)(Instant)) { tell_time_ = time; }

  // Plays until nothing is planned and no timer of the engine is armed.
  void Run() {
    while (true) {
      const Instant wake = engine_.NextWake();
      const Instant planned = plans_.empty() ? Instant::max() : plans_.top().at;
      if (std::min(wake, planned) == Instant::max()) return;
      clock_.Set(std::min(wake, planned));
      if (wake <= planned) {
        Do(Advance{});
      } else {
        const Step step = plans_.top().step;
        plans_.pop();
        Take(step);
      }
    }
  }

  const Engine& engine() const { return engine_; }
  uint64_t commands() const { return commands_; }
  // How many were refused, for whatever reason; or for this one.
  uint64_t Refused() const { return std::accumulate(refused_.begin(), refused_.end(), uint64_t{}); }
  uint64_t Refused(Refusal reason) const { return refused_[static_cast<size_t>(reason)]; }

 protected:
  virtual void Take(const Step& step) = 0;
  virtual void See(const Event& event) = 0;

  Instant Now() const { return clock_.Now(); }
  bool HasPlans() const { return !plans_.empty(); }

  // Takes this step when its time comes; at once, if that is past.
  void Plan(Instant at, Step step) {
    plans_.push({std::max(at, Now()), ++planned_, std::move(step)});
  }

  // Gives the engine a command. Gives why it was refused; kNone if it was not.
  Refusal Do(const Command& command) {
    ++commands_;
    Refusal refusal = Refusal::kNone;
    const auto events = engine_.Apply(command);
    names_.Learn(command, events);
    for (const Event& event : events) {
      if (const auto* refused = As<parley::Refused>(event)) refusal = refused->reason;
      if (tell_time_ != nullptr) Tell(event);
      See(event);
    }
    if (refusal != Refusal::kNone) ++refused_[static_cast<size_t>(refusal)];
    return refusal;
  }

 private:
  struct Planned {
    Instant at;
    uint64_t number;
    Step step;
    friend bool operator>(const Planned& a, const Planned& b) {
      return std::pair(a.at, a.number) > std::pair(b.at, b.number);
    }
  };

  void Tell(const Event& event) const {
    const std::string text = ToText(event, names_);
    fmt::print("{}{}\n", tell_time_(event.at), text.substr(text.find(' ')));
  }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
  Names names_;
  std::string (*tell_time_)(Instant) = nullptr;
  std::priority_queue<Planned, std::vector<Planned>, std::greater<>> plans_;
  uint64_t planned_ = 0;
  uint64_t commands_ = 0;
  std::array<uint64_t, CountOf<Refusal>()> refused_ = {};
};

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_SIMULATION_H_
