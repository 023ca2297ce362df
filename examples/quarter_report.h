// examples/quarter_report.h — a quarter in numbers, out of the events.

#ifndef PARLEY_EXAMPLES_QUARTER_REPORT_H_
#define PARLEY_EXAMPLES_QUARTER_REPORT_H_

#include <array>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "parley/engine/engine.h"
#include "quarter_numbers.h"
#include "report.h"

namespace parley::examples {

class QuarterReport {
 public:
  // Must be told of every event, in order, right after it happened.
  void See(const Event& event, const Engine& engine) {
    counts_.Add(event);
    if (const auto waited = line_.See(event)) {
      const auto task = std::get<ReservationAccepted>(event.what).task;
      media_[static_cast<size_t>(engine.Find(task)->medium)].waits.Add(*waited);
    }
    if (const auto* opened = As<ConversationOpened>(event)) ++Of(opened->medium).conversations;
    if (const auto* message = As<MessageAdded>(event)) {
      ++OfConversation(engine, message->conversation).messages;
    }
    if (const auto* left = As<ConversationLeft>(event)) {
      ++OfConversation(engine, left->conversation).left;
    }
    if (const auto* replied = As<ConversationReactivated>(event)) {
      ++OfConversation(engine, replied->conversation).replied;
    }
    if (const auto* paused = As<TaskPaused>(event)) {
      ++OfConversation(engine, paused->conversation).paused;
    }
    if (const auto* resumed = As<TaskResumed>(event)) {
      resumed_full_ += resumed->how == ResumedHow::kReroutedAtCapacity ? 1 : 0;
    }
    if (const auto* changed = As<ActivityChanged>(event)) {
      lost_ += changed->cause == ActivityCause::kDisconnectThreshold ? 1 : 0;
    }
    if (const auto* closed = As<ConversationClosed>(event)) closed_messages_ += closed->messages;
  }
  // A customer had no patience left.
  void SeeGone(Medium medium) { ++Of(medium).gone; }

  // Everything that was opened is over, with all that was said in it.
  bool NothingIsLost(const Engine& engine) const {
    return engine.Count().conversations == 0 && engine.Count().tasks == 0 &&
           counts_.Of<ConversationClosed>() == counts_.Of<ConversationOpened>() &&
           closed_messages_ == counts_.Of<MessageAdded>();
  }

  void Print(const Engine& engine, uint64_t shifts) const {
    PrintMedia();
    PrintWork();
    PrintParking();
    PrintAgents(engine, shifts);
  }

 private:
  struct OfMedium {
    uint64_t conversations = 0;
    uint64_t messages = 0;
    uint64_t left = 0;
    uint64_t replied = 0;
    uint64_t paused = 0;
    uint64_t gone = 0;
    Samples waits;
  };

  OfMedium& Of(Medium medium) { return media_[static_cast<size_t>(medium)]; }
  OfMedium& OfConversation(const Engine& engine, ConversationId id) {
    return Of(engine.Find(id)->medium);
  }

  void PrintMedia() const;
  void PrintWork() const;
  void PrintParking() const;
  void PrintAgents(const Engine& engine, uint64_t shifts) const;

  EventCounts counts_;
  LineClock line_;
  std::array<OfMedium, kMedia> media_;
  uint64_t resumed_full_ = 0;
  uint64_t lost_ = 0;
  uint64_t closed_messages_ = 0;
};

// ---- Only definitions below ------------------------------------------------------------------

inline void QuarterReport::PrintMedia() const {
  fmt::print("\n{:<12}{:>14}{:>10}{:>10}{:>10}{:>10}{:>10}\n", "Media", "conversations", "messages",
             "gone", "left", "replied", "paused");
  for (const MediumNumbers& numbers : kQuarterMedia) {
    const OfMedium& m = media_[static_cast<size_t>(numbers.medium)];
    fmt::print("  {:<10}{:>14}{:>10}{:>10}{:>10}{:>10}{:>10}\n", Name(numbers.medium),
               m.conversations, m.messages, m.gone, m.left, m.replied, m.paused);
  }
  SamplesHeader("Waits in line");
  for (const MediumNumbers& numbers : kQuarterMedia) {
    SamplesLine(Name(numbers.medium), media_[static_cast<size_t>(numbers.medium)].waits);
  }
}

inline void QuarterReport::PrintWork() const {
  Section("Work");
  Line("conversations", counts_.Of<ConversationOpened>());
  Line("messages", counts_.Of<MessageAdded>());
  Line("  during wrap-up", counts_.Of<CustomerMessageDuringWrapUp>());
  Line("tasks", counts_.Of<TaskCreated>());
  Line("  canceled before anyone had them", counts_.Of<TaskCanceled>());
  Line("offers", counts_.Of<ReservationCreated>());
  Line("  accepted", counts_.Of<ReservationAccepted>());
  Line("  declined", counts_.Of<ReservationDeclined>());
  Line("  timed out", counts_.Of<ReservationTimedOut>());
  Line("rerouted conversations", counts_.Of<ConversationRerouted>());
}

inline void QuarterReport::PrintParking() const {
  Section("Leave and pause");
  Line("left", counts_.Of<ConversationLeft>());
  Line("  the customer replied", counts_.Of<ConversationReactivated>());
  Line("  expired after 90 days", counts_.Of<LeaveExpired>());
  Line("paused", counts_.Of<TaskPaused>());
  Line("  resumed", counts_.Of<TaskResumed>());
  Line("    at capacity: rerouted", resumed_full_);
  Line("  ran out", counts_.Of<PauseExpired>());
  Line("  marks given before that", counts_.Of<PauseExpiring>());
  Line("  customers wrote meanwhile", counts_.Of<CustomerMessageWhilePaused>());
}

inline void QuarterReport::PrintAgents(const Engine& engine, uint64_t shifts) const {
  Duration active = Duration::zero();
  const auto agents = engine.Agents();
  for (const AgentView& agent : agents) active += engine.ActiveTime(agent.agent);
  Section("Agents");
  Line("agents", agents.size());
  Line("shifts", shifts);
  Line("hours active, each agent", active / static_cast<int64_t>(agents.size()) / 1h);
  Line("  a shift", Short(active / static_cast<int64_t>(shifts)));
  Line("connections lost for a moment", counts_.Of<AgentReconnected>());
  Line("connections lost for so long: logged out", lost_);
}

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_QUARTER_REPORT_H_
