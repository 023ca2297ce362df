// What does a timer cost beside the timers that people use?
//
// Ours, the standard library's and Abseil's ordered containers, and the real timers of libevent,
// libev, libuv and Boost.Asio, as far as they are installed, on a virtual clock
// (timers/virtual_clock.h). All play the same traces (timers/trace.h): set, churn, fire, and a
// realistic mix. Expected: in the mix half of what the best peer takes at a million and ten million
// timers, and in each operation no worse than the best peer for that operation alone, firing apart,
// where a tree has done the sorting before.
//
// Few timers are soon played: each set plays those several times, in turn with the others, and its
// median counts. All must fire the same timers in the same milliseconds, or the process stops. A
// set that needs longer than 20 seconds for a trace is left out there and in the traces that follow
// it; its figure is missing then, and its label says so. The counters are named by their bars
// (bench/README.md); ns are for one timer set, canceled or fired; bytes are for one that is set, of
// resident memory.

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "memory_use.h"
#include "parley/base/check.h"
#include "parley/timer/timer_wheel.h"
#include "timers/compared.h"
#include "timers/fired.h"
#include "timers/own_timers.h"
#include "timers/trace.h"
#include "timers/virtual_clock.h"
#include "yardstick.h"
#ifdef PARLEY_HAS_LIBEV
#include "timers/libev_timers.h"
#endif
#ifdef PARLEY_HAS_LIBEVENT
#include "timers/libevent_timers.h"
#endif
#ifdef PARLEY_HAS_LIBUV
#include "timers/libuv_timers.h"
#endif
#ifdef PARLEY_HAS_BOOST
#include "timers/asio_timers.h"
#endif

namespace parley {
namespace {

constexpr double kPatience = 20;  // Seconds for one trace.

// The traces of one scale at a time.
const TimerTraces& Traces(uint32_t armed) {
  static uint32_t now = 0;
  static std::unique_ptr<TimerTraces> traces;
  if (now != armed) traces.reset();
  if (now != armed) traces = std::make_unique<TimerTraces>(armed);
  now = armed;
  return *traces;
}

template <class Timers>
void Play(Timers& timers, const std::vector<TimerStep>& steps, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i) {
    const TimerStep& step = steps[i];
    if (step.kind == TimerStep::kSet) timers.Set(step.slot, step.time);
    if (step.kind == TimerStep::kCancel) timers.Cancel(step.slot);
    if (step.kind == TimerStep::kAdvance) timers.Advance(step.time);
  }
}

// What it took, in seconds; nothing if it took too long.
template <class Timers>
std::optional<double> Played(Timers& timers, const std::vector<TimerStep>& steps) {
  constexpr size_t kAtATime = 1 << 16;
  double took = 0;
  for (size_t begin = 0; begin < steps.size(); begin += kAtATime) {
    took += Seconds([&] {
      const VirtualTime virtual_time;
      Play(timers, steps, begin, std::min(begin + kAtATime, steps.size()));
    });
    if (took > kPatience) return std::nullopt;
  }
  return took;
}

template <class Timers>
std::unique_ptr<Timers> Made(uint32_t slots) {
  const VirtualTime virtual_time;
  VirtualTime::Set(0);
  return std::make_unique<Timers>(slots);
}

template <class Timers>
void MustHaveFired(Compared& compared, const std::string& trace, const Timers& timers) {
  const Fired& first = compared.fired.try_emplace(trace, timers.fired()).first->second;
  PARLEY_CHECK(timers.fired() == first);
}

template <class Timers>
void Tell(benchmark::State& state, const std::string& counter, double ns, Figures& figures) {
  state.counters[counter] = ns;
  figures.Add(Timers::kName, ns);
}

// Plays set, churn and fire. True if it had the patience for all.
template <class Timers>
bool PlayEach(benchmark::State& state, const TimerTraces& traces, Compared& compared) {
  const auto armed = static_cast<double>(state.range(0));
  const uint64_t before = ResidentBytes();
  const auto timers = Made<Timers>(static_cast<uint32_t>(state.range(0)));
  const auto play = [&](const std::string& name, const auto& steps, double count, auto& figures) {
    const std::optional<double> seconds = Played(*timers, steps);
    if (seconds) Tell<Timers>(state, "ns_" + name, *seconds * 1e9 / count, figures);
    return seconds.has_value();
  };
  if (!play("set", traces.set, armed, compared.set)) return false;
  state.counters["bytes"] = static_cast<double>(ResidentBytes() - before) / armed;
  if (!play("churn", traces.churn, armed, compared.churn)) return false;
  if (!play("fire", traces.fire, armed, compared.fire)) return false;
  PARLEY_CHECK(timers->fired().count == static_cast<uint64_t>(state.range(0)));
  MustHaveFired(compared, "fire", *timers);
  return true;
}

template <class Timers>
bool PlayMix(benchmark::State& state, const TimerTraces& traces, Compared& compared) {
  const auto timers = Made<Timers>(traces.mix_slots);
  if (!Played(*timers, traces.mix_before)) return false;
  const std::optional<double> seconds = Played(*timers, traces.mix);
  if (!seconds) return false;
  const auto changes = static_cast<double>(std::ranges::count_if(
      traces.mix, [](const TimerStep& step) { return step.kind != TimerStep::kAdvance; }));
  Tell<Timers>(state, "ns_mix", *seconds * 1e9 / changes, compared.mix);
  MustHaveFired(compared, "mix", *timers);
  return true;
}

template <class Timers>
void BM_Timers(benchmark::State& state) {
  const TimerTraces& traces = Traces(static_cast<uint32_t>(state.range(0)));
  Compared& compared = ComparedAt(state.range(0));
  for (auto _ : state) {
    const bool each = PlayEach<Timers>(state, traces, compared);
    malloc_trim(0);
    const bool mix = PlayMix<Timers>(state, traces, compared);
    if (!each || !mix) state.SetLabel("left out where it took longer than 20 s");
  }
  malloc_trim(0);
}

void TellRatio(benchmark::State& state, const char* counter, const Figures& figures) {
  if (const auto ratio = figures.ToTheBest(WheelTimers::kName)) state.counters[counter] = *ratio;
}

void BM_ToTheBestPeer(benchmark::State& state) {
  const Compared& compared = ComparedAt(state.range(0));
  const bool many = state.range(0) >= 1'000'000;
  for (auto _ : state) {
    TellRatio(state, many ? "S11a" : "S11b", compared.mix);
    TellRatio(state, many ? "S12a" : "set", compared.set);
    TellRatio(state, many ? "S12b" : "churn", compared.churn);
    TellRatio(state, many ? "S12c" : "fire", compared.fire);
  }
}

// What the wheel holds for each timer, without the id that its owner keeps.
void BM_WheelBytes(benchmark::State& state) {
  const auto armed = static_cast<uint32_t>(state.range(0));
  TraceRandom random;
  for (auto _ : state) {
    const uint64_t before = ResidentBytes();
    TimerWheel wheel(Instant{});
    for (uint32_t i = 0; i < armed; ++i) {
      wheel.Arm(Instant(Duration(random.Within(90 * 86'400'000LL))), i);
    }
    const double each = static_cast<double>(ResidentBytes() - before) / armed;
    state.counters[armed >= 10'000'000 ? "S13" : "bytes"] = each;
  }
}

void BM_NextDeadline(benchmark::State& state) {
  static double with_few = 0;
  TimerWheel wheel(Instant{});
  TraceRandom random;
  for (int64_t i = 0; i < state.range(0); ++i) {
    wheel.Arm(Instant(Duration(random.Within(90 * 86'400'000LL))), static_cast<uint64_t>(i));
  }
  double seconds = 0;
  constexpr int kTimes = 1'000'000;
  for (auto _ : state) {
    seconds += Seconds([&] {
      for (int i = 0; i < kTimes; ++i) benchmark::DoNotOptimize(wheel.NextWake());
    });
  }
  const double each = seconds / static_cast<double>(state.iterations()) / kTimes;
  if (state.range(0) == 10'000) with_few = each;
  state.counters["ns_next"] = each * 1e9;
  if (state.range(0) < 1'000'000) return;
  state.counters["S14a"] = each * 1e6;
  if (with_few > 0) state.counters["S14b"] = each / with_few;
}

// A timer in ninety days; the day before it nothing is due, then it is.
void BM_Jump(benchmark::State& state) {
  TimerWheel wheel(Instant{});
  Instant now{};
  double seconds = 0;
  constexpr int kTimes = 100'000;
  for (auto _ : state) {
    seconds += Seconds([&] {
      for (int i = 0; i < kTimes; ++i) {
        wheel.Arm(now + Duration(91 * 86'400'000LL), 1);
        now += Duration(90 * 86'400'000LL);
        PARLEY_CHECK(!wheel.PopDue(now));
        now += Duration(86'400'000LL);
        PARLEY_CHECK(wheel.PopDue(now));
      }
    });
  }
  const double each = seconds / static_cast<double>(state.iterations()) / kTimes;
  state.counters["ns_jump"] = each * 1e9;
  state.counters["S14a"] = each * 1e6;
}

void Register(const std::string& name, void (*run)(benchmark::State&), int64_t armed) {
  benchmark::RegisterBenchmark(name.c_str(), run)
      ->ArgName("armed")
      ->Arg(armed)
      ->Iterations(1)
      ->Unit(benchmark::kMillisecond);
}

template <class Timers>
void RegisterTimers(int64_t armed) {
  Register(fmt::format("BM_Timers/{}", Timers::kName), BM_Timers<Timers>, armed);
}

void RegisterSets(int64_t armed) {
  RegisterTimers<WheelTimers>(armed);
  RegisterTimers<QueueTimers>(armed);
  RegisterTimers<TreeTimers>(armed);
  RegisterTimers<MultimapTimers>(armed);
#ifdef PARLEY_HAS_LIBEV
  RegisterTimers<LibevTimers>(armed);
#endif
#ifdef PARLEY_HAS_LIBEVENT
  RegisterTimers<LibeventTimers>(armed);
#endif
#ifdef PARLEY_HAS_LIBUV
  RegisterTimers<LibuvTimers>(armed);
#endif
#ifdef PARLEY_HAS_BOOST
  RegisterTimers<AsioTimers>(armed);
#endif
}

void RegisterAll() {
  for (const auto& [armed, rounds] : {std::pair(10'000, 11), {1'000'000, 3}, {10'000'000, 1}}) {
    for (int round = 0; round < rounds; ++round) RegisterSets(armed);
    Register("BM_ToTheBestPeer", BM_ToTheBestPeer, armed);
    Register("BM_WheelBytes", BM_WheelBytes, armed);
    Register("BM_NextDeadline", BM_NextDeadline, armed);
  }
  benchmark::RegisterBenchmark("BM_Jump", BM_Jump);
}

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
  parley::RegisterAll();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
