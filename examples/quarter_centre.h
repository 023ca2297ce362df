// examples/quarter_centre.h — the people of quarter.cc: when they come, and what they do.
//
// Nobody here knows the future. Customers come by chance, one minute at a time; agents do what the
// events ask them to do, sooner or later, or not at all. What comes too late the engine refuses,
// and that is that.

#ifndef PARLEY_EXAMPLES_QUARTER_CENTRE_H_
#define PARLEY_EXAMPLES_QUARTER_CENTRE_H_

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "draw.h"
#include "nightly_check.h"
#include "parley/parley.h"
#include "progress.h"
#include "quarter_customers.h"
#include "quarter_numbers.h"
#include "quarter_report.h"
#include "quarter_steps.h"
#include "simulation.h"

namespace parley::examples {

class QuarterCentre final : public Simulation<QuarterStep> {
 public:
  // New customers come for so many days; then the clock runs until all is over.
  QuarterCentre(int64_t days, uint64_t seed)
      : Simulation(QuarterSettings(), Instant()),
        days_(days),
        draw_(seed),
        customers_(engine(), draw_),
        progress_(static_cast<uint64_t>(days) + 210, "days") {
    Do(AddSkill{"french"});
    Do(AddActivity{"Break"});
    for (const std::string_view topic : kTopics) {
      Do(AddSkill{topic});
      Do(AddQueue{topic, Skill(topic)});
    }
    for (size_t i = 0; i < kAgents; ++i) AddAgentNumber(i);
    Plan(Instant(), MidnightComes{});
    Plan(Instant(), MinutePasses{});
  }

  const QuarterReport& report() const { return report_; }
  const NightlyCheck& check() const { return check_; }
  uint64_t shifts() const { return shifts_; }

 private:
  // ---- Set-up ----

  SkillSet Skill(std::string_view name) const {
    SkillSet skills;
    skills.Add(engine().FindSkill(name));
    return skills;
  }

  // Two topics each; one in four speaks French.
  void AddAgentNumber(size_t number) {
    const std::string name = fmt::format("agent-{}", number + 1);
    const size_t topic = number / kTeams.size();
    SkillSet skills = Skill(kTopics[topic % 4]) | Skill(kTopics[(topic + 1) % 4]);
    if (number % 4 == 0) skills = skills | Skill("french");
    Do(AddAgent{name, skills, {}});
    const AgentId agent = engine().FindAgent(name);
    agents_.push_back(agent);
    const Team& team = kTeams[number % kTeams.size()];
    Do(SetCapacity{agent, Medium::kVoice, team.voice});
    Do(SetCapacity{agent, Medium::kChat, team.chat});
    Do(SetCapacity{agent, Medium::kEmail, team.email});
    Do(SetCapacity{agent, Medium::kWhatsapp, team.whatsapp});
  }

  // ---- What happened: count it, and plan ----

  void See(const Event& event) override {
    report_.See(event, engine());
    if (const auto* offer = As<ReservationCreated>(event)) {
      PlanAnswer(offer->reservation);
    } else if (const auto* accepted = As<ReservationAccepted>(event)) {
      PlanWork(accepted->task);
    } else if (const auto* wrap_up = As<ReservationWrapUp>(event)) {
      PlanWrapUp(wrap_up->task);
    } else if (const auto* left = As<ConversationLeft>(event)) {
      PlanReply(left->conversation);
    } else if (const auto* paused = As<TaskPaused>(event)) {
      PlanPause(*paused);
    }
  }

  void PlanAnswer(ReservationId offer) {
    const Reservation* r = engine().Find(offer);
    if (!r || r->state != ReservationState::kPending) return;  // Resumed: he is not asked.
    const uint64_t answer = draw_.Below(100);
    if (answer >= kAccepts + kDeclines) return;  // Nobody looks; the offer times out.
    Plan(Now() + draw_.Between(2s, 20s), OfferIsAnswered{offer, answer < kAccepts});
  }

  void PlanWork(TaskId task) {
    const Medium medium = engine().Find(task)->medium;
    const MediumNumbers& numbers = NumbersOf(medium);
    const Duration work = draw_.Between(numbers.shortest, numbers.longest);
    Plan(Now() + work, WorkEnds{task});
    if (medium != Medium::kVoice && draw_.Percent(kWritesMeanwhile)) {
      PlanMessage(engine().Find(task)->conversation, draw_.Between(10s, work));
    }
  }

  void PlanWrapUp(TaskId task) {
    Plan(Now() + draw_.Between(10s, 60s), WrapUpEnds{task});
    if (draw_.Percent(kWritesInWrapUp)) PlanMessage(engine().Find(task)->conversation, 5s);
  }

  void PlanPause(const TaskPaused& paused) {
    if (draw_.Percent(kResumes)) {
      Plan(Now() + draw_.Between(20min, 40h), PauseEnds{paused.conversation, paused.agent});
    }
    if (draw_.Percent(kWritesInPause)) PlanMessage(paused.conversation, draw_.Between(1h, 24h));
  }

  void PlanReply(ConversationId left) {
    if (draw_.Percent(kRepliesAfterLeave)) PlanMessage(left, customers_.ReplyDelay());
  }

  void PlanMessage(ConversationId conversation, Duration in) {
    const size_t customer = customers_.Of(conversation);
    if (customers_[customer].medium == Medium::kVoice) return;  // He would have to call again.
    ++messages_to_come_;
    Plan(Now() + in, CustomerWrites{customer});
  }

  // ---- What was planned: do it ----

  void Take(const QuarterStep& step) override {
    std::visit([this](const auto& planned) { Play(planned); }, step);
  }

  void Play(const MidnightComes&) {
    check_.Look(engine());
    progress_.Show(static_cast<uint64_t>(Day()));
    if (HasWork()) PlanShifts();
    if (HasWork() || engine().Count().conversations > 0) Plan(Now() + kDay, MidnightComes{});
  }

  // Somebody is needed today.
  bool HasWork() const {
    return Day() < days_ || messages_to_come_ > 0 || engine().Count().tasks > 0 ||
           !engine().Paused().empty();
  }

  void Play(const MinutePasses&) {
    const auto hour = static_cast<size_t>((Now() - Instant(Day() * kDay)) / 1h);
    for (uint64_t n = customers_.ArrivalsAt(Day(), hour); n > 0; --n) NewCustomer();
    if (Now() + 1min < Instant(days_ * kDay)) Plan(Now() + 1min, MinutePasses{});
  }

  // A call needs a moment until it is through; nobody is asked before.
  void NewCustomer() {
    const size_t number = customers_.Add();
    const Customer& c = customers_[number];
    if (c.medium == Medium::kVoice) {
      Do(OpenConversation{c.medium, c.address, kShop, c.route});
    } else {
      Write(number);
    }
    const ConversationId id = engine().FindOpen(c.medium, c.address, kShop);
    if (c.medium == Medium::kVoice) Plan(Now() + draw_.Between(1s, 4s), CallIsThrough{id});
    const Duration patience = NumbersOf(c.medium).patience;
    if (patience > 0s) Plan(Now() + patience, CustomerTires{id});
  }

  void Write(size_t number) {
    const Customer& c = customers_[number];
    Do(Message{c.medium, c.address, kShop, ++refs_, c.route});
  }

  void Play(const CustomerWrites& step) {
    --messages_to_come_;
    Write(step.customer);
  }
  void Play(const CallIsThrough& step) {
    const bool fails = draw_.Percent(kCallFails);
    Do(fails ? Command(ChannelFailed{step.call}) : Command(ChannelReady{step.call}));
  }
  void Play(const CustomerTires& step) {
    const std::optional<Conversation> c = engine().Find(step.conversation);
    if (!c || c->state != ChannelState::kActive || c->participant) return;
    report_.SeeGone(c->medium);
    Do(Close{step.conversation});
  }

  void Play(const OfferIsAnswered& step) {
    Do(step.yes ? Command(Accept{step.offer}) : Command(Decline{step.offer}));
  }

  // He answers, and decides how to let go of it.
  void Play(const WorkEnds& step) {
    const Task* task = engine().Find(step.task);
    if (!task || task->state != TaskState::kAssigned) return;  // It went to somebody else.
    const AgentId agent = task->agent;
    const ConversationId id = task->conversation;
    const MediumNumbers& numbers = NumbersOf(task->medium);
    if (task->medium != Medium::kVoice) Do(Reply{id, agent, ++refs_});
    const uint64_t choice = draw_.Below(100);
    if (choice < numbers.leave) {
      Do(Leave{id, agent});
    } else if (choice < numbers.leave + numbers.pause) {
      Do(Pause{id, agent});
    } else if (choice < numbers.leave + numbers.pause + numbers.transfer) {
      Do(Transfer{id, agent});
    } else {
      Do(End{id, agent});
    }
  }
  void Play(const WrapUpEnds& step) {
    const Task* task = engine().Find(step.task);
    if (task && task->state == TaskState::kWrapping) Do(Complete{step.task, task->agent});
  }
  // Not at work: on his next shift, unless the pause has run out by then.
  void Play(const PauseEnds& step) {
    const Refusal refusal = Do(Resume{step.conversation, step.agent});
    if (refusal == Refusal::kAgentOffline) for_next_shift_.emplace(step.agent, step);
  }

  // ---- Agents come and go ----

  void PlanShifts() {
    for (size_t i = 0; i < kAgents; ++i) {
      if (!WorksOn(i, Day())) continue;
      const Instant begin = Now() + kShiftBegins[i / kTeams.size() % kShiftBegins.size()];
      Plan(begin + draw_.Between(0s, 5min), ShiftBegins{i});
    }
  }

  void Play(const ShiftBegins& step) {
    ++shifts_;
    Do(Connect{agents_[step.agent], SessionId{1}, {}});
    Do(SetActivity{agents_[step.agent], kAvailable});
    const auto [first, last] = for_next_shift_.equal_range(agents_[step.agent]);
    for (auto it = first; it != last; ++it) Plan(Now() + draw_.Between(1min, 1h), it->second);
    for_next_shift_.erase(first, last);
    Plan(Now() + 4h, BreakBegins{step.agent});
    Plan(Now() + kShiftLength, ShiftEnds{step.agent});
    const uint64_t network = draw_.Below(100);
    if (network >= kShortDrops + kLongDrops) return;
    const Duration lasts =
        network < kShortDrops ? draw_.Between(3s, 25s) : draw_.Between(1min, 20min);
    Plan(Now() + draw_.Between(10min, 8h), NetworkDrops{step.agent, lasts});
  }
  void Play(const BreakBegins& step) {
    Do(SetActivity{agents_[step.agent], engine().FindActivity("Break"), /*reject_pending=*/true});
    Plan(Now() + kBreak, BreakEnds{step.agent});
  }
  void Play(const BreakEnds& step) { Do(SetActivity{agents_[step.agent], kAvailable}); }
  void Play(const NetworkDrops& step) {
    Do(Disconnect{agents_[step.agent], SessionId{1}, DisconnectReason::kNetwork});
    Plan(Now() + step.how_long, NetworkIsBack{step.agent});
  }
  void Play(const NetworkIsBack& step) {
    const AgentId agent = agents_[step.agent];
    Do(Connect{agent, SessionId{1}, {}});
    if (engine().Find(agent)->activity == kOffline) Do(SetActivity{agent, kAvailable});
  }
  // What he has he still ends; he gets nothing new.
  void Play(const ShiftEnds& step) {
    Do(Logout{agents_[step.agent]});
    Do(Disconnect{agents_[step.agent], SessionId{1}, DisconnectReason::kShutdown});
  }

  // ---- Looking up ----

  int64_t Day() const { return Now().time_since_epoch() / kDay; }

  const int64_t days_;
  Draw draw_;
  Customers customers_;
  Progress progress_;
  QuarterReport report_;
  std::vector<AgentId> agents_;
  std::multimap<AgentId, PauseEnds> for_next_shift_;
  uint64_t messages_to_come_ = 0;
  uint64_t refs_ = 0;
  uint64_t shifts_ = 0;
  NightlyCheck check_;
};

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_QUARTER_CENTRE_H_
