// src/digest.cc — one number for the whole state, as it stands.

#include "parley/engine/engine.h"
#include "state_walk.h"

namespace parley {
namespace {

class Sum : public internal::ValueSum {
 public:
  explicit Sum(const internal::State& s) : s_(s) {}

  template <class... Values>
  void Add(const Values&... values) {
    (One(values), ...);
  }
  template <class... Values>
  void When(bool, const Values&... values) {
    Add(values...);
  }
  template <class... Values>
  void Told(const Values&... values) {
    Add(values...);
  }
  void Barred(const DeclinedPool::Chain& list, bool) {
    s_.declined.ForEach(list, [this](const Declined& d) { Add(d.agent, d.until); });
  }
  template <class Map, class F>
  void Each(const Map& map, F f) {
    map.ForEach(f);
  }
  template <class Map>
  void Free(const Map& map) {
    Add(map.slots());
    map.ForEachFree([this](uint32_t slot, uint32_t generation) { Add(slot, generation); });
  }
  void Timers(const TimerWheel& wheel) {
    wheel.ForEach([this](Instant deadline, uint64_t tag) { Add(deadline, tag); });
  }

 private:
  using ValueSum::One;
  void One(Instant at) { One(at.time_since_epoch().count()); }
  void One(internal::Due due) { One(due.at); }
  void One(internal::Exact exact) { One(exact.at); }
  void One(internal::Since since) { One(since.at); }
  void One(internal::Turn turn) { One(turn.at); }
  void One(internal::Left left) { One(left.used); }
  void One(internal::Some some) { One(some.count); }

  const internal::State& s_;
};

}  // namespace

uint64_t Engine::Digest() const {
  Sum sum(*state_);
  internal::Walk(*state_, sum);
  return sum.value();
}

}  // namespace parley
