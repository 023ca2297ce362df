// What an engine has told, remembered: a second set of books, kept from commands and events alone.
//
// shadow_events.h enters each event and says what is wrong with it; shadow_compare.h holds the
// books against the engine's records. An engine whose events leave something out, tell it twice or
// tell it at the wrong time disagrees with its shadow.

#ifndef PARLEY_TESTS_SHADOW_H_
#define PARLEY_TESTS_SHADOW_H_

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley {

inline constexpr Instant kNever = Instant::max();

struct ShadowAgent {
  ActivityId activity;
  Instant since;
  Instant added;
  SkillSet skills;
  std::array<Capacity, kMedia> media = {};  // `over` is not used.
  std::vector<SessionId> sessions;
  uint32_t paused = 0;
  uint32_t reservations = 0;
  uint32_t budget = 0;
  Instant lost_until = kNever;  // When the offline threshold is over, while it runs.
  Instant requeue_at = kNever;  // When his work is taken away, while that is to come.
};

struct ShadowReservation {
  TaskId task;
  AgentId agent;
  ReservationState state = ReservationState::kPending;
  Instant limit;
};

struct ShadowTask {
  ConversationId conversation;
  Medium medium = Medium::kVoice;
  QueueId queue;
  TaskState state = TaskState::kPending;
  AgentId agent;
  uint32_t over_by = 0;  // Of the one agent that it waits for.
  WorkflowId workflow;   // Entered, and not left.
  uint32_t filter = 0;
  uint32_t step = 0;
  std::vector<ReservationId> offers;  // The open ones, newest last.
  bool invitation = false;
  Instant limit;                      // Its ttl, its time assigned, or until when it is kept.
};

struct ShadowQueue {
  SkillSet skills;
  QueueRules rules;
};

struct ShadowConversation {
  Medium medium = Medium::kVoice;
  ChannelState state = ChannelState::kSetup;
  bool closed = false;
  bool asked = false;
  bool orphan_told = false;
  std::vector<HistoryEntry> history;
  uint32_t open_tasks = 0;
  uint32_t in_a_row = 0;  // New tasks that nobody accepted.
  TaskId live;
  TaskId last;
  TaskId invitation;            // The open one.
  std::vector<TaskId> guests;   // Of those who were invited and joined, oldest first.
  AgentId participant;
  AgentId owner;
  uint32_t unread = 0;
  Instant parked_at;
  Instant deadline = kNever;  // Of setup, leave, pause or question.
  std::array<Duration, 4> marks = {};
  size_t marks_given = 0;
};

// A map that never takes the same id twice.
template <class IdType, class Record>
class Book {
 public:
  // The new record, or nullptr if the id was used before.
  Record* Open(IdType id) {
    if (!used_.insert(id.value).second) return nullptr;
    return &open_[id];
  }
  Record* Find(IdType id) {
    const auto found = open_.find(id);
    return found == open_.end() ? nullptr : &found->second;
  }
  Record& none() { return none_ = Record(); }
  void Close(IdType id) { open_.erase(id); }
  std::map<IdType, Record>& open() { return open_; }
  size_t size() const { return open_.size(); }

 private:
  std::map<IdType, Record> open_;
  std::set<uint64_t> used_;
  Record none_;
};

struct Shadow {
  explicit Shadow(const Settings& settings_in) : settings(settings_in) {
    gate_seen = settings.versions_gate;
  }

  Settings settings;
  bool gate_seen = false;                       // Some marks may not have been told (R-VG-04).
  std::vector<bool> available = {false, true};  // By activity slot.
  std::array<ActivityId, 3> roles = {kOffline, ActivityId{}, kOffline};
  std::map<QueueId, ShadowQueue> queues;
  std::map<WorkflowId, Duration> workflows;  // Their own time-outs of offers; 0: none.
  Book<AgentId, ShadowAgent> agents;
  Book<ReservationId, ShadowReservation> reservations;
  Book<TaskId, ShadowTask> tasks;
  Book<ConversationId, ShadowConversation> conversations;
  uint64_t events = 0;
  Instant last_event = Instant::min();

  std::string problem;  // The first one; empty while all is well.

  ShadowAgent& At(AgentId id) { return Get(agents, id); }
  ShadowReservation& At(ReservationId id) { return Get(reservations, id); }
  ShadowTask& At(TaskId id) { return Get(tasks, id); }
  ShadowConversation& At(ConversationId id) { return Get(conversations, id); }

  bool IsAvailable(const ShadowAgent& agent) const { return available[agent.activity.slot()]; }
  uint32_t Used(const ShadowAgent& agent, Medium medium) const {
    return agent.media[static_cast<size_t>(medium)].Used(settings.task.wrapping_uses_capacity);
  }
  // His own capacity for the medium, and his budget, have room for one more.
  // ... or are exceeded by `over` such tasks at most.
  bool HasRoom(const ShadowAgent& agent, Medium medium, uint64_t over = 0) const {
    const Capacity& capacity = agent.media[static_cast<size_t>(medium)];
    const uint64_t cost = settings.For(medium).cost;
    uint64_t load = cost;
    for (size_t m = 0; m < kMedia; ++m) {
      const bool counts = !settings.media[m].interrupted_by.Has(medium);
      if (counts) load += uint64_t{settings.media[m].cost} * Used(agent, static_cast<Medium>(m));
    }
    return capacity.available && Used(agent, medium) < capacity.configured + over &&
           (agent.budget == 0 || load <= agent.budget + over * cost);
  }
  // Who is in the channel: the one with the live task first.
  std::vector<AgentId> In(const ShadowConversation& c) {
    std::vector<AgentId> here;
    if (c.participant) here.push_back(c.participant);
    for (const TaskId guest : c.guests) here.push_back(At(guest).agent);
    return here;
  }
  template <class Tag>
  void Expect(bool holds, std::string_view what, Id<Tag> about) {
    if (holds || !problem.empty()) return;
    problem = what;
    problem += ": ";
    problem += ToText(about);
  }
  void Expect(bool holds, std::string_view what) {
    if (!holds && problem.empty()) problem = what;
  }

 private:
  template <class IdType, class Record>
  Record& Get(Book<IdType, Record>& book, IdType id) {
    Record* record = book.Find(id);
    Expect(record != nullptr, "told of what is not there", id);
    return record == nullptr ? book.none() : *record;
  }
};

}  // namespace parley

#endif  // PARLEY_TESTS_SHADOW_H_
