// examples/care_report.h — what a supervisor wants to know of a replayed log, out of the events.

#ifndef PARLEY_EXAMPLES_CARE_REPORT_H_
#define PARLEY_EXAMPLES_CARE_REPORT_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>

#include <fmt/format.h>

#include "care_log.h"
#include "parley/engine/engine.h"
#include "report.h"

namespace parley::examples {

class CareReport {
 public:
  explicit CareReport(const CareLog& log) : log_(log) {
    for (const CareMessage& message : log.messages) kept_[message.line] = {&message, 0};
  }

  // Must be told of every event, in order, right after it happened.
  void See(const Event& event, const Engine& engine) {
    counts_.Add(event);
    if (const auto waited = line_.See(event)) waits_.Add(*waited);
    if (const auto* joined = As<ParticipantJoined>(event)) SeeJoined(*joined);
    if (const auto* message = As<MessageAdded>(event)) SeeMessage(*message, event.at, engine);
    if (const auto* replied = As<ConversationReactivated>(event)) {
      left_by_[replied->conversation] = engine.Find(replied->conversation)->last_agent;
    }
    if (const auto* closed = As<ConversationClosed>(event)) in_closed_ += closed->messages;
    if (const auto* resumed = As<TaskResumed>(event)) {
      resumed_full_ += resumed->how == ResumedHow::kReroutedAtCapacity ? 1 : 0;
    }
  }
  // A recorded message was sent after its time, because nobody had the conversation then.
  void SeeLate(Duration late) { late_.Add(late); }
  // An agent let a conversation go unanswered: the record has no answer.
  void SeeUnanswered() { ++unanswered_; }

  void Print(const Engine& engine, uint64_t commands, uint64_t refused) const;

  // Every message of the file is in exactly one history, once.
  bool NothingIsLost(const Engine& engine) const {
    const bool each_once =
        std::ranges::all_of(kept_, [](const auto& kept) { return kept.second.times == 1; });
    return each_once && in_closed_ + InOpen(engine) == log_.messages.size();
  }

 private:
  struct Kept {
    const CareMessage* recorded = nullptr;
    uint32_t times = 0;
  };
  struct FirstWords {
    Instant customer = Instant::max();
    bool answered = false;
  };

  void SeeJoined(const ParticipantJoined& joined) {
    const auto left = left_by_.find(joined.conversation);
    if (left == left_by_.end()) return;
    ++(left->second == joined.agent ? to_same_ : to_another_);
    left_by_.erase(left);
  }

  // Refs are line numbers.
  void SeeMessage(const MessageAdded& message, Instant at, const Engine& engine) {
    Kept& kept = kept_.at(message.ref);
    const bool from_agent = static_cast<bool>(message.author);
    const std::string& name = log_.conversations[kept.recorded->conversation].name;
    const bool in_place = engine.CustomerOf(message.conversation) == name;
    if (in_place && kept.recorded->from_agent == from_agent) ++kept.times;
    ++(from_agent ? replies_ : written_);
    const Duration since_1970 = kept.recorded->at.time_since_epoch();
    const Duration of_day = since_1970 - std::chrono::floor<std::chrono::days>(since_1970);
    ++by_hour_[static_cast<size_t>(of_day / std::chrono::hours(1))];
    FirstWords& first = first_[message.conversation];
    if (!from_agent) {
      first.customer = std::min(first.customer, at);
    } else if (first.customer <= at && !first.answered) {
      first.answered = true;
      to_first_reply_.Add(at - first.customer);
    }
  }

  static uint64_t InOpen(const Engine& engine) { return engine.Count().messages; }

  void PrintWork(const Engine& engine) const;
  void PrintParking() const;
  void PrintProof(const Engine& engine) const;

  const CareLog& log_;
  EventCounts counts_;
  LineClock line_;
  std::map<ConversationId, AgentId> left_by_;  // Reactivated, and not accepted yet.
  std::map<ConversationId, FirstWords> first_;
  std::map<uint64_t, Kept> kept_;  // By line.
  std::array<uint64_t, 24> by_hour_ = {};
  uint64_t written_ = 0;
  uint64_t replies_ = 0;
  uint64_t to_same_ = 0;
  uint64_t to_another_ = 0;
  uint64_t resumed_full_ = 0;
  uint64_t unanswered_ = 0;
  uint64_t in_closed_ = 0;
  Samples waits_;
  Samples to_first_reply_;
  Samples late_;
};

// ---- Only definitions below ------------------------------------------------------------------

inline void CareReport::PrintWork(const Engine& engine) const {
  Section("Work");
  Line("agents", engine.Count().agents);
  Line("conversations", counts_.Of<ConversationOpened>());
  Line("messages of customers", written_);
  Line("messages of agents", replies_);
  Line("  sent later than recorded", late_.size(), "nobody had the conversation yet");
  Line("let go unanswered", unanswered_, "the record has no answer");
  Line("tasks", counts_.Of<TaskCreated>());
  Line("offers", counts_.Of<ReservationCreated>());
  Line("  accepted", counts_.Of<ReservationAccepted>());
  Line("  timed out", counts_.Of<ReservationTimedOut>());
  const auto busiest = std::ranges::max_element(by_hour_);
  const auto hour = busiest - by_hour_.begin();
  Line("busiest hour of the day (UTC)", fmt::format("{:02}:00-{:02}:00", hour, hour + 1),
       fmt::format("{} messages", *busiest));
}

inline void CareReport::PrintParking() const {
  Section("Leave and pause");
  Line("left", counts_.Of<ConversationLeft>());
  Line("  the customer replied", counts_.Of<ConversationReactivated>());
  Line("    and came to the same agent", to_same_);
  Line("    and came to another", to_another_);
  Line("  expired after 90 days", counts_.Of<LeaveExpired>());
  Line("paused", counts_.Of<TaskPaused>());
  Line("  resumed by their agent", counts_.Of<TaskResumed>());
  Line("    who was at capacity: rerouted", resumed_full_);
  Line("  ran out", counts_.Of<PauseExpired>());
  Line("  marks given before that", counts_.Of<PauseExpiring>());
  Line("  customers wrote meanwhile", counts_.Of<CustomerMessageWhilePaused>());
}

inline void CareReport::PrintProof(const Engine& engine) const {
  Section("Nothing is lost");
  Line("messages in the file", log_.messages.size());
  Line("  in histories of closed conversations", in_closed_);
  Line("  in histories of open conversations", InOpen(engine));
  Line("each once, in its conversation, by its writer", NothingIsLost(engine) ? "yes" : "NO");
}

inline void CareReport::Print(const Engine& engine, uint64_t commands, uint64_t refused) const {
  PrintWork(engine);
  PrintParking();
  SamplesHeader("Times");
  SamplesLine("in line, until accepted", waits_);
  SamplesLine("customer to first reply", to_first_reply_);
  SamplesLine("replies sent too late, by", late_);
  Section("Engine");
  Line("commands", commands);
  Line("  refused", refused);
  Line("events", engine.Count().events);
  PrintProof(engine);
}

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_CARE_REPORT_H_
