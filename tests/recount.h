// The figures of a recorded stream, counted again the slow way: for one queue and medium, by going
// through all events for each number. It holds nothing between two events but what it looks for.

#ifndef PARLEY_TESTS_RECOUNT_H_
#define PARLEY_TESTS_RECOUNT_H_

#include <map>
#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

#include "parley/annex/figures.h"
#include "parley/parley.h"

namespace parley {

// What became of one task, in the order in which it was told.
struct TaskStory {
  TaskCreated created{};
  std::vector<Event> events{};  // All that name it, with `created` first.

  Instant begin() const { return events.front().at; }
  // In which queue it is after the first `n` of its events.
  QueueId QueueAfter(size_t n) const {
    QueueId queue = created.queue;
    for (size_t i = 0; i < n; ++i) {
      if (const auto* queued = As<TaskQueued>(events[i])) queue = queued->queue;
      if (const auto* updated = As<TaskUpdated>(events[i])) queue = updated->queue;
    }
    return queue;
  }
  // When it came into the queue where it is after the first `n`; none if it never waited.
  std::optional<Instant> EnteredBy(size_t n) const {
    std::optional<Instant> entered;
    for (size_t i = 0; i < n; ++i) {
      const bool queued = As<TaskQueued>(events[i]) != nullptr;
      if (QueueAfter(i + 1) != QueueAfter(i) || (queued && !entered)) entered = events[i].at;
    }
    return entered;
  }
  // Where the offer was made that an event is about; there may be several at a time.
  std::optional<size_t> OfferOf(const Event& event, size_t before) const {
    const auto id = std::visit(
        [](const auto& what) {
          if constexpr (requires { what.reservation; }) return what.reservation;
          return ReservationId{};
        },
        event.what);
    for (size_t i = 0; i < before; ++i) {
      const auto* made = As<ReservationCreated>(events[i]);
      if (made != nullptr && made->reservation == id) return i;
    }
    return std::nullopt;
  }
  template <class T>
  std::optional<size_t> Last(size_t before) const {
    for (size_t i = before; i > 0; --i) {
      if (As<T>(events[i - 1])) return i - 1;
    }
    return std::nullopt;
  }
};

// By id; a task's id is never used again.
inline std::map<TaskId, TaskStory> StoriesIn(const std::vector<Event>& stream) {
  std::map<TaskId, TaskStory> stories;
  for (const Event& event : stream) {
    std::visit(
        [&](const auto& what) {
          using T = std::decay_t<decltype(what)>;
          if constexpr (std::is_same_v<T, TaskCreated>) stories[what.task].created = what;
          if constexpr (requires { what.task; } && !std::is_same_v<T, TaskResumed> &&
                        !std::is_same_v<T, CustomerMessageDuringWrapUp>) {
            stories[what.task].events.push_back(event);
          }
        },
        event.what);
  }
  return stories;
}

class Recount {
 public:
  Recount(const std::map<TaskId, TaskStory>& stories, Figures::Key key,
          const std::vector<Split>& splits)
      : key_(key) {
    for (const Split& split : splits) figures_.splits.push_back({.threshold = split.threshold});
    for (const auto& [id, story] : stories) {
      if (story.created.medium != key.medium) continue;
      for (size_t i = 0; i < story.events.size(); ++i) See(story, i);
    }
  }
  // Without the real-time part.
  const QueueFigures& figures() const { return figures_; }

 private:
  void See(const TaskStory& story, size_t i) {
    const Event& event = story.events[i];
    const bool here = story.QueueAfter(i) == key_.queue;
    const QueueId to = story.QueueAfter(i + 1);
    if (to != story.QueueAfter(i)) {
      figures_.tasks.moved += here;
      figures_.tasks.entered += to == key_.queue;
    } else if (As<TaskQueued>(event) && !story.EnteredBy(i)) {
      figures_.tasks.entered += here;
    }
    if (here) Task(story, i);
    Offer(story, i);
  }

  void Task(const TaskStory& story, size_t i) {
    const Event& event = story.events[i];
    const auto entered = story.EnteredBy(i);
    figures_.tasks.created += As<TaskCreated>(event) != nullptr;
    if (As<ReservationAccepted>(event) && entered) {
      figures_.until_accepted.Add(event.at - story.begin());
      figures_.in_queue_until_accepted.Add(event.at - *entered);
      for (Split& s : figures_.splits) s.accepted += event.at - story.begin() <= s.threshold;
    }
    figures_.tasks.at_risk += As<ServiceLevelAtRisk>(event) != nullptr;
    figures_.tasks.missed += As<ServiceLevelMissed>(event) != nullptr;
    if (const auto* canceled = As<TaskCanceled>(event)) {
      ++figures_.tasks.canceled;
      figures_.tasks.exhausted += canceled->reason == CancelReason::kWorkflowExhausted;
      if (!entered) return;
      figures_.until_canceled.Add(event.at - story.begin());
      for (Split& s : figures_.splits) s.canceled += event.at - story.begin() <= s.threshold;
    }
    if (As<TaskCompleted>(event)) ++figures_.tasks.completed;
    const auto wrapping = story.Last<TaskWrapUp>(i);
    const auto accepted = story.Last<ReservationAccepted>(i);
    if (As<TaskCompleted>(event) && wrapping) {
      figures_.wrap_up.Add(event.at - story.events[*wrapping].at);
    } else if (As<TaskCompleted>(event) || As<TaskWrapUp>(event)) {
      figures_.handling.Add(event.at - story.events[*accepted].at);
    }
  }

  void Offer(const TaskStory& story, size_t i) {
    const Event& event = story.events[i];
    const auto made = story.OfferOf(event, i + 1);
    if (!made || story.QueueAfter(*made) != key_.queue) return;
    figures_.offers.created += As<ReservationCreated>(event) != nullptr;
    figures_.offers.accepted += As<ReservationAccepted>(event) != nullptr;
    figures_.offers.declined += As<ReservationDeclined>(event) != nullptr;
    figures_.offers.timed_out += As<ReservationTimedOut>(event) != nullptr;
    figures_.offers.canceled += As<ReservationCanceled>(event) != nullptr;
    figures_.offers.rescinded += As<ReservationRescinded>(event) != nullptr;
    if (!As<ReservationAccepted>(event)) return;
    figures_.offer_until_accepted.Add(event.at - story.events[*made].at);
  }

  Figures::Key key_;
  QueueFigures figures_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_RECOUNT_H_
