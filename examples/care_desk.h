// examples/care_desk.h — the people of a recorded log of customer care, played against the engine.
//
// Each company is a queue with a few agents. Customers write when they wrote. Whoever has a
// conversation sends the recorded answer when it was sent, and then leaves it; the reply of days
// later makes a new task of the same conversation. An agent whose answer is hours away pauses every
// second time, and resumes shortly before it, or too late: then the pause has run out, and somebody
// else has the conversation.

#ifndef PARLEY_EXAMPLES_CARE_DESK_H_
#define PARLEY_EXAMPLES_CARE_DESK_H_

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "care_log.h"
#include "care_report.h"
#include "parley/parley.h"
#include "simulation.h"

namespace parley::examples {

using namespace std::chrono_literals;

inline constexpr uint32_t kChatsAtOnce = 3;
inline constexpr size_t kConversationsPerAgent = 20;  // Decides how many agents a company has.
inline constexpr size_t kEveryNthOfferIsMissed = 20;
inline constexpr Duration kReadingTime = 2min;
inline constexpr Duration kWrapUpTime = 30s;
inline constexpr Duration kLongWait = 2h;  // From here on an agent may pause.
inline constexpr Duration kResumesBefore = 5min;

// What the driver plans.
struct MessageDue {  // Of the log.
  size_t message;
};
struct AcceptOffer {
  ReservationId offer;
};
struct WorkOn {  // The agent who has it looks at it.
  size_t conversation;
};
struct LetGo {  // He has read it, and has nothing to say.
  size_t conversation;
};
struct WrapUpDone {
  TaskId task;
};
struct TakeUpAgain {
  ConversationId conversation;
  AgentId owner;
};
using CareStep = std::variant<MessageDue, AcceptOffer, WorkOn, LetGo, WrapUpDone, TakeUpAgain>;

// How far a conversation of the log has come.
struct Thread {
  ConversationId id;           // None before it is opened, and after it is closed.
  size_t due = 0;              // So many of its messages have had their time.
  std::vector<size_t> unsent;  // Agents' messages that were due when nobody had it.
  bool unanswered = false;     // The customer was the last to write.
};

class CareDesk final : public Simulation<CareStep> {
 public:
  // With `agents` for each company; 0: as many as its conversations seem to need.
  CareDesk(const CareLog& log, size_t agents)
      : Simulation(TheSettings(), log.messages.empty() ? Instant() : log.messages[0].at),
        log_(log),
        report_(log),
        threads_(log.conversations.size()) {
    std::vector<size_t> conversations(log.companies.size());
    for (const CareConversation& c : log.conversations) ++conversations[c.company];
    for (size_t i = 0; i < log.companies.size(); ++i) {
      AddCompany(i, agents > 0 ? agents : 2 + conversations[i] / kConversationsPerAgent);
    }
    for (size_t i = 0; i < log.conversations.size(); ++i) by_name_[log.conversations[i].name] = i;
    for (size_t i = 0; i < log.messages.size(); ++i) Plan(log.messages[i].at, MessageDue{i});
  }

  const CareReport& report() const { return report_; }

 private:
  static Settings TheSettings() {
    Settings settings;
    settings.leave.enabled = true;
    settings.pause.enabled = true;
    settings.pause.limit = 1;
    settings.day = 12h;  // No recorded wait for an answer outlasts a pause of 24 hours.
    settings.pause.marks = {4h, 1h};
    settings.For(Medium::kChat).capacity = kChatsAtOnce;
    return settings;
  }

  // ---- Set-up ----

  // A skill of its own keeps a company's conversations with its agents. From the 257th company on,
  // two of them share.
  void AddCompany(size_t company, size_t agents) {
    const std::string& name = log_.companies[company];
    const std::string skill = fmt::format("company-{}", company % SkillSet::kMax);
    if (!engine().FindSkill(skill)) Do(AddSkill{skill});
    SkillSet skills;
    skills.Add(engine().FindSkill(skill));
    Do(AddQueue{name, skills});
    queues_.push_back(engine().FindQueue(name));
    for (size_t i = 1; i <= agents; ++i) AddAgentNamed(fmt::format("{}-{}", name, i), skills);
  }

  void AddAgentNamed(const std::string& name, const SkillSet& skills) {
    Do(AddAgent{name, skills, {}});
    const AgentId agent = engine().FindAgent(name);
    Do(Connect{agent, SessionId{1}, {}});
    Do(SetActivity{agent, kAvailable});
  }

  // ---- What happened: count it, and plan ----

  void See(const Event& event) override {
    report_.See(event, engine());
    if (const auto* opened = As<ConversationOpened>(event)) {
      const size_t index = by_name_.at(engine().CustomerOf(opened->conversation));
      by_id_[opened->conversation] = index;
      threads_[index].id = opened->conversation;
    } else if (const auto* closed = As<ConversationClosed>(event)) {
      threads_[by_id_.at(closed->conversation)].id = {};
    } else if (const auto* offer = As<ReservationCreated>(event)) {
      PlanAccept(*offer);
    } else if (const auto* accepted = As<ReservationAccepted>(event)) {
      Plan(Now(), WorkOn{IndexOf(accepted->task)});
    } else if (const auto* wrap_up = As<ReservationWrapUp>(event)) {
      Plan(Now() + kWrapUpTime, WrapUpDone{wrap_up->task});
    } else if (const auto* paused = As<TaskPaused>(event)) {
      PlanResume(*paused);
    }
  }

  void PlanAccept(const ReservationCreated& offer) {
    ++offers_;
    const bool overdue = !threads_[IndexOf(offer.task)].unsent.empty();
    if (overdue) {
      Plan(Now(), AcceptOffer{offer.reservation});
    } else if (offers_ % kEveryNthOfferIsMissed != 0) {
      const auto thinking = std::chrono::seconds(3 + offers_ * 7 % 25);
      Plan(Now() + thinking, AcceptOffer{offer.reservation});
    }
  }

  // If the pause ends before that, he is too late.
  void PlanResume(const TaskPaused& paused) {
    const Instant answer = *NextAnswer(by_id_.at(paused.conversation));
    Plan(answer - kResumesBefore, TakeUpAgain{paused.conversation, paused.agent});
  }

  // ---- What was planned: do it ----

  void Take(const CareStep& step) override {
    std::visit([this](const auto& planned) { Play(planned); }, step);
  }

  void Play(const MessageDue& step) {
    const CareMessage& message = log_.messages[step.message];
    Thread& thread = threads_[message.conversation];
    ++thread.due;
    if (message.from_agent) {
      thread.unsent.push_back(step.message);
      return SendOrAsk(message.conversation);
    }
    thread.unanswered = true;
    const CareConversation& c = log_.conversations[message.conversation];
    Do(Message{Medium::kChat, c.name, log_.companies[c.company], message.line,
               Route{.queue = queues_[c.company]}});
  }
  void Play(const AcceptOffer& step) {
    const Reservation* offer = engine().Find(step.offer);
    if (offer && offer->state == ReservationState::kPending) Do(Accept{step.offer});
  }
  void Play(const WorkOn& step) { Work(step.conversation); }
  void Play(const LetGo& step) {
    const AgentId agent = AgentOf(step.conversation);
    if (!agent) return;
    report_.SeeUnanswered();
    Do(Leave{threads_[step.conversation].id, agent});
  }
  void Play(const WrapUpDone& step) {
    const Task* task = engine().Find(step.task);
    if (task && task->state == TaskState::kWrapping) Do(Complete{step.task, task->agent});
  }
  void Play(const TakeUpAgain& step) {
    const std::optional<Conversation> c = engine().Find(step.conversation);
    if (c && c->owner == step.owner) Do(Resume{step.conversation, step.owner});
  }

  // An agent's message is due. If nobody has the conversation, whoever is asked says yes at once.
  void SendOrAsk(size_t index) {
    const CareConversation& c = log_.conversations[index];
    Thread& thread = threads_[index];
    if (!thread.id) {  // The agent writes first.
      Do(OpenConversation{Medium::kChat, c.name, log_.companies[c.company],
                          Route{.queue = queues_[c.company]}});
      Do(ChannelReady{thread.id});
    } else if (AgentOf(index)) {
      Work(index);
    } else if (const Task* task = engine().Find(engine().Find(thread.id)->live_task)) {
      if (task->state == TaskState::kReserved) Do(Accept{task->reservation});
    }
  }

  // The agent who has it sends what is due. Then he waits for his next answer, or leaves.
  void Work(size_t index) {
    const AgentId agent = AgentOf(index);
    if (!agent) return;
    Thread& thread = threads_[index];
    for (const size_t message : std::exchange(thread.unsent, {})) Send(thread, agent, message);
    const auto answer = NextAnswer(index);
    if (!answer && thread.unanswered) {
      Plan(Now() + kReadingTime, LetGo{index});
    } else if (!answer) {
      Do(Leave{thread.id, agent});
    } else if (*answer - Now() >= kLongWait && ++long_waits_ % 2 == 0) {
      Do(Pause{thread.id, agent});
    }
  }

  void Send(Thread& thread, AgentId agent, size_t message) {
    const CareMessage& recorded = log_.messages[message];
    Do(Reply{thread.id, agent, recorded.line});
    thread.unanswered = false;
    if (Now() > recorded.at) report_.SeeLate(Now() - recorded.at);
  }

  // ---- Looking up ----

  size_t IndexOf(TaskId task) const { return by_id_.at(engine().Find(task)->conversation); }

  // Who has it now, if anyone.
  AgentId AgentOf(size_t index) const {
    const std::optional<Conversation> c = engine().Find(threads_[index].id);
    return c ? c->participant : AgentId{};
  }

  // When the agent writes next, if he does so before it is the customer's turn again.
  std::optional<Instant> NextAnswer(size_t index) const {
    const auto& messages = log_.conversations[index].messages;
    for (size_t i = threads_[index].due; i < messages.size(); ++i) {
      const CareMessage& message = log_.messages[messages[i]];
      if (message.from_agent) return message.at;
      if (!threads_[index].unanswered) break;
    }
    return std::nullopt;
  }

  const CareLog& log_;
  CareReport report_;
  std::vector<QueueId> queues_;  // By company.
  std::vector<Thread> threads_;  // By conversation of the log.
  std::map<std::string_view, size_t> by_name_;
  std::map<ConversationId, size_t> by_id_;
  size_t offers_ = 0;
  size_t long_waits_ = 0;
};

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_CARE_DESK_H_
