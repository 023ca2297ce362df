// How many tasks a second find their agents, beside databases that do the same?
//
// An engine, the query shapes of a call-centre module on SQLite in memory
// (databases/sqlite_desk.h), and a task table with SKIP LOCKED in PostgreSQL on loopback
// (databases/postgres_desk.h) do the same work (databases/work.h): 64 agents, eight queues, few or
// a thousand tasks waiting. All must make the same matches in the same order, or the process stops.
// Expected: ours, with everything that an offer and a conversation mean, some thousand times as
// many.
//
// A database that is not installed is left out when the build is configured. PostgreSQL is asked
// where PARLEY_POSTGRES says, as libpq's parameters; bench/with_postgres starts one and says it.
// Without, its case says so and has no figures. The counters are named in bench/README.md.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>

#include "databases/parley_desk.h"
#include "databases/work.h"
#include "parley/base/check.h"
#ifdef PARLEY_HAS_SQLITE
#include "databases/sqlite_desk.h"
#endif
#ifdef PARLEY_HAS_LIBPQ
#include "databases/postgres_desk.h"
#endif

namespace parley {
namespace {

Work WorkOf(const benchmark::State& state) {
  const auto waiting = static_cast<uint32_t>(state.range(0));
  return {.before = waiting == 0 ? Work::kAgents / 2 : Work::kAgents + waiting, .steps = 2'000};
}

void Scales(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("waiting")->Arg(0)->Arg(1'000)->Iterations(1)->Unit(benchmark::kMillisecond);
}

// An engine alone, for longer.
void BM_Parley(benchmark::State& state) {
  Work work = WorkOf(state);
  work.steps *= 50;
  for (auto _ : state) {
    ParleyDesk engine;
    const Worked ours = Play(engine, work);
    state.counters[state.range(0) >= 1'000 ? "P1" : "ours"] = ours.matches_a_second;
  }
}
BENCHMARK(BM_Parley)->Apply(Scales);

// The peer's matches a second, and how many times as many ours are.
struct Names {
  const char* rate;
  const char* ratio;
};

template <class Desk>
void Compare(benchmark::State& state, Desk& peer, const Names& names) {
  const Work work = WorkOf(state);
  const Worked theirs = Play(peer, work);
  PARLEY_CHECK(theirs.matches.size() > work.steps / 2);
  constexpr int kTimes = 10;  // Once is over too soon to be measured.
  double our_rate = 0;
  for (int i = 0; i < kTimes; ++i) {
    ParleyDesk engine;
    const Worked ours = Play(engine, work);
    PARLEY_CHECK(ours.matches == theirs.matches);
    our_rate += ours.matches_a_second / kTimes;
  }
  const bool named = state.range(0) >= 1'000;
  state.counters["ours"] = our_rate;
  state.counters[named ? names.rate : "theirs"] = theirs.matches_a_second;
  state.counters[named ? names.ratio : "ratio"] = our_rate / theirs.matches_a_second;
}

#ifdef PARLEY_HAS_SQLITE
void BM_Sqlite(benchmark::State& state) {
  for (auto _ : state) {
    SqliteDesk peer;
    Compare(state, peer, {"P2", "P4"});
  }
}
BENCHMARK(BM_Sqlite)->Apply(Scales);
#endif

#ifdef PARLEY_HAS_LIBPQ
void BM_Postgres(benchmark::State& state) {
  const char* where = std::getenv("PARLEY_POSTGRES");
  for (auto _ : state) {
    if (where == nullptr) {
      state.SetLabel("left out: PARLEY_POSTGRES names no server");
      continue;
    }
    PostgresDesk peer(where);
    Compare(state, peer, {"P3", "P5"});
  }
}
BENCHMARK(BM_Postgres)->Apply(Scales);
#endif

}  // namespace
}  // namespace parley

BENCHMARK_MAIN();
