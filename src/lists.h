// src/lists.h — lists threaded through records, by slot: no allocation, O(1) to leave.

#ifndef PARLEY_SRC_LISTS_H_
#define PARLEY_SRC_LISTS_H_

#include "state.h"

namespace parley::internal {

// `Links(slot)` gives the previous and next members of the record in that slot.
template <class Links>
class ThreadedList {
 public:
  explicit ThreadedList(Links links) : links_(links) {}

  void PushBack(SlotList& list, uint32_t slot) { Link(list, slot, list.tail, kNone); }
  void PushFront(SlotList& list, uint32_t slot) { Link(list, slot, kNone, list.head); }

  // Requires: the slot is in this list.
  void Remove(SlotList& list, uint32_t slot) {
    const auto [previous, next] = links_(slot);
    PARLEY_CHECK((*previous == kNone) == (list.head == slot));
    PARLEY_CHECK((*next == kNone) == (list.tail == slot));
    (*previous == kNone ? list.head : *links_(*previous).second) = *next;
    (*next == kNone ? list.tail : *links_(*next).first) = *previous;
    *previous = *next = kNone;
    PARLEY_CHECK(list.size > 0);
    --list.size;
    PARLEY_CHECK((list.size == 0) == (list.head == kNone));
  }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  void Link(SlotList& list, uint32_t slot, uint32_t before, uint32_t after) {
    const auto [previous, next] = links_(slot);
    PARLEY_CHECK(*previous == kNone && *next == kNone && list.head != slot);
    *previous = before;
    *next = after;
    (before == kNone ? list.head : *links_(before).second) = slot;
    (after == kNone ? list.tail : *links_(after).first) = slot;
    ++list.size;
  }

  Links links_;
};

// What an agent has paused, oldest first: slots of `pauses`.
inline auto PausedList(State& s) {
  return ThreadedList([&s](uint32_t slot) {
    PauseLink& link = s.pauses.At(slot);
    return std::pair(&link.previous, &link.next);
  });
}

// An agent's open reservations, newest first (R-EM-02).
inline auto ReservationList(State& s) {
  return ThreadedList([&s](uint32_t slot) {
    Reservation& r = s.reservations.At(slot);
    return std::pair(&r.previous, &r.next);
  });
}

// A task's open reservations, newest first.
inline auto OfferList(State& s) {
  return ThreadedList([&s](uint32_t slot) {
    Reservation& r = s.reservations.At(slot);
    return std::pair(&r.previous_offer, &r.next_offer);
  });
}

// A conversation's guests' tasks, oldest first.
inline auto GuestList(State& s) {
  return ThreadedList([&s](uint32_t slot) {
    Task& task = s.tasks.At(slot);
    return std::pair(&task.previous_guest, &task.next_guest);
  });
}

// f(id, record), in order. f may change records, and must not change the list.
template <class Id, class Record, class F>
void ForEachLinked(const SlotMap<Id, Record>& records, uint32_t head, uint32_t Record::*next, F f) {
  for (uint32_t slot = head; slot != UINT32_MAX;) {
    const Id id = records.IdAt(slot);
    const Record& record = records.At(slot);
    slot = record.*next;
    f(id, record);
  }
}
// f(its conversation's id).
template <class F>
void ForEachPaused(const State& s, const Agent& agent, F f) {
  ForEachLinked(s.pauses, agent.paused.head, &PauseLink::next,
                [&f](PauseId, const PauseLink& link) { f(link.conversation); });
}
template <class F>
void ForEachReservation(const State& s, const Agent& agent, F f) {
  ForEachLinked(s.reservations, agent.reservations.head, &Reservation::next, f);
}
template <class F>
void ForEachGuest(const State& s, const Conversation& c, F f) {
  ForEachLinked(s.tasks, c.guests.head, &Task::next_guest, f);
}
template <class F>
void ForEachOffer(const State& s, const Task& task, F f) {
  ForEachLinked(s.reservations, task.offers.head, &Reservation::next_offer, f);
}

// The task's open reservation for this agent, or none. O(its offers).
inline ReservationId ReservationFor(const State& s, const Task& task, AgentId agent) {
  ReservationId his;
  ForEachOffer(s, task, [&](ReservationId id, const Reservation& r) {
    if (r.agent == agent) his = id;
  });
  return his;
}

}  // namespace parley::internal

#endif  // PARLEY_SRC_LISTS_H_
