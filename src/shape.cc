// src/shape.cc — see shape.h.

#include "shape.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>
#include <vector>

#include "lists.h"
#include "state_walk.h"

namespace parley::internal {
namespace {

constexpr uint64_t kFar = 100'000;  // A limit so far ahead is not reached by any search.

// The live ones of a kind in their new order.
template <class IdType>
class Names {
 public:
  void Add(IdType id) { order_.push_back(id); }
  // 0: none; 1: one that is gone.
  uint64_t Of(IdType id) const {
    if (!id) return 0;
    const auto found = std::ranges::find(order_, id);
    return found == order_.end() ? 1 : static_cast<uint64_t>(found - order_.begin()) + 2;
  }
  const std::vector<IdType>& order() const { return order_; }

 private:
  std::vector<IdType> order_;
};

class Shape : public ValueSum {
 public:
  explicit Shape(const State& s) : s_(s) {
    s.queues.ForEach([this](QueueId, const Queue& q) {
      ages_grow_ |= q.rules.order == TaskOrder::kAgeing || q.rules.target > Duration::zero();
    });
    NameTasks();
    NameConversations();
    NameAgents();
  }

  template <class... Values>
  void Add(const Values&... values) {
    (One(values), ...);
  }
  template <class... Values>
  void When(bool decides, const Values&... values) {
    Add(decides);
    if (decides) Add(values...);
  }
  template <class... Values>
  void Told(const Values&...) {}

  // Who is gone bars nobody: of him only the time counts at which the list is looked at again.
  void Barred(const DeclinedPool::Chain& list, bool number) {
    if (number) Add(list.size);
    std::vector<Instant> gone;
    s_.declined.ForEach(list, [&](const Declined& d) {
      if (s_.agents.Find(d.agent) != nullptr) return Add(d.agent, Due{d.until});
      if (d.until > s_.time) gone.push_back(d.until);
    });
    std::ranges::sort(gone);
    const auto rest = std::ranges::unique(gone);
    gone.erase(rest.begin(), rest.end());
    for (const Instant until : gone) Add(Due{until});
  }

  template <class F>
  void Each(const SlotMap<AgentId, Agent>& agents, F f) {
    agents.ForEach(f);
  }
  template <class F>
  void Each(const Conversations& map, F f) {
    for (const ConversationId id : conversations_.order()) f(id, map[id]);
  }
  template <class F>
  void Each(const SlotMap<TaskId, Task>& map, F f) {
    for (const TaskId id : tasks_.order()) f(id, map[id]);
  }
  template <class F>
  void Each(const SlotMap<ReservationId, Reservation>& map, F f) {
    for (const ReservationId id : reservations_.order()) f(id, map[id]);
  }

  // Only of agents: who has the lower slot or id may go first.
  template <class Map>
  void Free(const Map&) {}
  void Free(const SlotMap<AgentId, Agent>& agents) {
    Add(agents.slots());
    agents.ForEachFree(
        [this](uint32_t slot, uint32_t generation) { Add(slot, generation - youngest_); });
  }

  // By deadline, and within one in the order they were armed.
  void Timers(const TimerWheel& wheel) {
    wheel.ForEach([&](Instant deadline, uint64_t tag) {
      const auto slot = static_cast<uint32_t>(tag);
      const uint64_t owner = OwnerOf(static_cast<Timer>(tag >> 32), slot);
      if (owner > 1) Add(Due{deadline}, tag >> 32, owner);
    });
  }

  // To be called once, last: orders are known when all is visited.
  uint64_t Finish() {
    AddOrder(ages_);
    for (const std::vector<Instant>& turns : turns_) AddOrder(turns);
    return value();
  }

 private:
  using ValueSum::One;
  void One(Due due) {
    if (due.at == Instant::max()) return One(UINT64_MAX);
    One(std::max(due.at - s_.time, Duration::zero()));
  }
  void One(Exact exact) { One(s_.time - exact.at); }
  void One(Since since) {
    ages_.push_back(since.at);
    if (ages_grow_) One(s_.time - since.at);
  }
  void One(Turn turn) { turns_[turn.kind].push_back(turn.at); }
  void One(Left left) {
    One(std::min(left.limit - std::min(left.used, left.limit), kFar));
    if (left.any) One(left.used > 0);
  }
  void One(Some some) { One(some.count > 0); }
  void One(TaskId id) { One(tasks_.Of(id)); }
  void One(ReservationId id) { One(reservations_.Of(id)); }
  void One(ConversationId id) { One(conversations_.Of(id)); }
  void One(AgentId id) { One(NameOf(id)); }

  uint64_t NameOf(AgentId id) const {
    if (!id) return 0;
    return s_.agents.Find(id) == nullptr ? 1 : uint64_t{id.slot()} + 2;
  }

  uint64_t OwnerOf(Timer kind, uint32_t slot) const {
    switch (kind) {
      case Timer::kConversation:
        return conversations_.Of(s_.conversations.IdAt(slot));
      case Timer::kReservation:
        return reservations_.Of(s_.reservations.IdAt(slot));
      case Timer::kOffline:
      case Timer::kRequeue:
      case Timer::kWake:
        return NameOf(s_.agents.IdAt(slot));
      case Timer::kTask:
      case Timer::kTaskWait:
      case Timer::kTaskStep:
      case Timer::kLevel:
        break;
    }
    return tasks_.Of(s_.tasks.IdAt(slot));
  }

  // In the order in which they were made, which decides ties; and each one's offers, newest first.
  void NameTasks() {
    std::vector<std::pair<uint64_t, TaskId>> made;
    s_.tasks.ForEach([&](TaskId id, const Task& t) {
      if (!IsOver(t.state)) made.emplace_back(t.number, id);
    });
    std::ranges::sort(made);
    for (const auto& [number, id] : made) {
      tasks_.Add(id);
      ForEachOffer(s_, s_.tasks[id],
                   [this](ReservationId r, const Reservation&) { reservations_.Add(r); });
    }
  }

  // By address; those that are over and only wrap up, by their first task.
  void NameConversations() {
    struct Entry {
      std::tuple<Medium, std::string_view, std::string_view, uint64_t> key;
      ConversationId id;
    };
    std::vector<Entry> entries;
    s_.conversations.ForEach([&](ConversationId id, const Conversation& c) {
      uint64_t first = 0;
      for (size_t i = 0; c.ended && first == 0; ++i) {
        if (s_.tasks[tasks_.order()[i]].conversation == id) first = i + 1;
      }
      const Label address = s_.conversations.AddressesOf(id.slot());
      entries.push_back({{c.medium, address.customer, address.business, first}, id});
    });
    std::ranges::sort(entries, {}, &Entry::key);
    for (const Entry& entry : entries) conversations_.Add(entry.id);
  }

  // Agents keep their slots. Ties between them go by id, and so by generation first; with one alone
  // no difference is left.
  void NameAgents() {
    s_.agents.ForEach([this](AgentId id, const Agent&) { NoteGeneration(id.generation()); });
    s_.agents.ForEachFree([this](uint32_t, uint32_t generation) { NoteGeneration(generation); });
    s_.agents.ForEach([this](AgentId id, const Agent&) { One(id.generation() - youngest_); });
  }
  void NoteGeneration(uint32_t generation) { youngest_ = std::min(youngest_, generation); }

  // How each compares with each other, and with what happens now.
  void AddOrder(const std::vector<Instant>& instants) {
    std::vector<Instant> sorted = instants;
    sorted.push_back(s_.time);
    std::ranges::sort(sorted);
    const auto rest = std::ranges::unique(sorted);
    sorted.erase(rest.begin(), rest.end());
    const auto now = std::ranges::lower_bound(sorted, s_.time);
    for (const Instant at : instants) One(std::ranges::lower_bound(sorted, at) - now);
  }

  const State& s_;
  bool ages_grow_ = false;
  uint32_t youngest_ = UINT32_MAX;  // Generation of an agent's slot.
  Names<TaskId> tasks_;
  Names<ReservationId> reservations_;
  Names<ConversationId> conversations_;
  std::vector<Instant> ages_;
  std::array<std::vector<Instant>, Turn::kKinds> turns_;
};

}  // namespace

uint64_t ShapeOf(const State& s) {
  Shape shape(s);
  Walk(s, shape);
  return shape.Finish();
}

}  // namespace parley::internal
