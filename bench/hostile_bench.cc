// Can whoever chooses the addresses make the engine slow?
//
// 100,000 customers write for the first time. Their addresses are either random, or picked so that
// all would stand in one 64th of the index if its key were known: that of an engine that was given
// none. Expected: with a key of its own it makes no difference; the bar is in bench/README.md.
// `ratio_key_known` shows what the key is for: 20,000 such addresses to an engine without one.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "parley/parley.h"

namespace parley {
namespace {

constexpr HashKey kSecret{0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B};
constexpr std::string_view kBusiness = "shop";
constexpr Medium kMedium = Medium::kChat;
constexpr size_t kCustomers = 100'000;
constexpr size_t kFew = 20'000;

// As src/records.cc does it; nothing that the sources say is a secret. `ratio_key_known` would be 1
// if it were not so any more.
uint64_t AddressHash(HashKey key, std::string_view customer) {
  return SipHash13(key, static_cast<uint8_t>(kMedium), customer, kBusiness);
}

std::vector<std::string> Addresses(size_t count, bool hostile) {
  std::vector<std::string> addresses;
  for (uint64_t number = 0; addresses.size() < count; ++number) {
    std::string address = fmt::format("{:016x}", number * 0x9E3779B97F4A7C15);
    if (!hostile || AddressHash({}, address) >> 58 == 0) addresses.push_back(std::move(address));
  }
  return addresses;
}

double SecondsToWrite(HashKey key, const std::vector<std::string>& addresses, size_t count) {
  const ManualClock clock;
  const DefaultReroute policy;
  Engine engine = *Engine::Create({}, clock, policy, key);
  engine.Apply(AddQueue{"queue"});
  const Route route{.queue = engine.FindQueue("queue")};
  const auto start = std::chrono::steady_clock::now();
  for (size_t i = 0; i < count; ++i) {
    engine.Apply(Message{kMedium, addresses[i], kBusiness, 1, route});
  }
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  return spent.count();
}

void BM_HostileAddresses(benchmark::State& state) {
  const auto count = static_cast<size_t>(state.range(0));
  const auto random = Addresses(count, /*hostile=*/false);
  const auto hostile = Addresses(count, /*hostile=*/true);
  const size_t few = std::min(count, kFew);
  double with_random = 0;
  double with_hostile = 0;
  double known_random = 0;
  double known_hostile = 0;
  for (auto _ : state) {
    with_random += SecondsToWrite(kSecret, random, count);
    with_hostile += SecondsToWrite(kSecret, hostile, count);
    known_random += SecondsToWrite({}, random, few);
    known_hostile += SecondsToWrite({}, hostile, few);
  }
  state.counters["ns_random"] =
      with_random * 1e9 / static_cast<double>(state.iterations() * state.range(0));
  state.counters["ratio_to_random"] = with_hostile / with_random;
  if (count == kCustomers) state.counters["S16"] = with_hostile / with_random;
  state.counters["ratio_key_known"] = known_hostile / known_random;
}
BENCHMARK(BM_HostileAddresses)
    ->ArgName("customers")
    ->Arg(1'000)
    ->Arg(kCustomers)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parley

BENCHMARK_MAIN();
