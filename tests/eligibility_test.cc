// Who is let in, as the engine keeps it ready, is who is let in when everybody is asked anew: after
// every change of an agent, a queue, a workflow or a task, in made-up histories. The asking is
// independent of the engine: expressions are trees whose meaning is found the plain way.
//
//   PARLEY_SEED=17 build/release/tests/eligibility_test     Begins with another seed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "draw.h"
#include "expression_meaning.h"
#include "expression_tree.h"
#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley {
namespace {

using Operand = Node::Operand;

// A queue knows nothing of tasks: what the expression says of one, it says of the agent.
void TurnToAgent(Operand& operand) {
  if (operand.source == Operand::kTask) operand.source = Operand::kAgent;
  for (Operand& element : operand.elements) TurnToAgent(element);
}
void TurnToAgent(Node& node) {
  TurnToAgent(node.left);
  TurnToAgent(node.right);
  for (Node& part : node.parts) TurnToAgent(part);
}

// What lets an agent in: skills, and an expression with what it means.
struct Rule {
  SkillSet skills;
  std::string text = "1==1";
  std::function<bool(AgentId, const Plain& task)> holds = [](AgentId, const Plain&) {
    return true;
  };
};

class History {
 public:
  explicit History(uint64_t seed)
      : draw_(seed), trees_(draw_), engine_(*Engine::Create(Settings(), clock_, policy_)) {
    for (const std::string_view name : {"x", "y", "z"}) Must(AddSkill{name});
    for (const std::string_view name : {"q1", "q2", "q3"}) Must(AddQueue{name});
    for (const std::string_view name : {"w1", "w2"}) {
      Must(AddWorkflow{name, Definition("q1", Rule())});
      steps_[engine_.FindWorkflow(name)] = {engine_.FindQueue("q1"), Rule()};
    }
    Must(AddActivity{"Break", /*available=*/false});
    for (int i = 0; i < 3; ++i) Hire();
  }

  void Step() {
    clock_.Pass(Duration(draw_.OfAnySize(12)));
    switch (draw_.Below(9)) {
      case 0:
        return Hire();
      case 1:
        return SetRule(draw_.OneOf(engine_.Queues()));
      case 2:
        return Redefine(draw_.OneOf(engine_.Workflows()));
      case 3:
      case 4:
        return Write({});
      default:
        return engine_.Agents().empty() ? Hire() : Change(draw_.OneOf(engine_.Agents()));
    }
  }

  // Everybody is asked anew.
  void Check() {
    for (const QueueId queue : engine_.Queues()) {
      const Plain nothing;
      Compare(engine_.EligibleAgents(queue),
              [&](AgentId agent) { return LetsIn(rules_[queue], agent, nothing); });
    }
    for (const auto& [id, said] : waiting_) {
      const Task& task = *engine_.Find(id);
      ASSERT_EQ(task.state, TaskState::kPending);
      Compare(engine_.EligibleAgents(id), [&, plain = &said](AgentId agent) {
        if (!task.workflow) return LetsIn(rules_[task.queue], agent, *plain);
        const auto& [queue, rule] = steps_[task.workflow];
        return LetsIn(rules_[queue], agent, *plain) && LetsIn(rule, agent, *plain);
      });
    }
  }
  size_t in() const { return in_; }
  size_t out() const { return out_; }

 private:
  template <class F>
  void Compare(const std::vector<AgentId>& told, F is_in) {
    std::vector<AgentId> expected;
    for (const AgentView& view : engine_.Agents()) {
      if (is_in(view.agent)) expected.push_back(view.agent);
    }
    EXPECT_EQ(told, expected) << "after " << last_;
    in_ += expected.size();
    out_ += engine_.Agents().size() - expected.size();
  }
  bool LetsIn(const Rule& rule, AgentId agent, const Plain& task) {
    return engine_.Find(agent)->skills.HasAll(rule.skills) && rule.holds(agent, task);
  }

  void Must(const Command& command) {
    last_ = ToText(command);
    for (const Event& event : engine_.Apply(command)) {
      EXPECT_EQ(As<Refused>(event), nullptr) << last_ << "\n" << ToText(event);
    }
  }

  // Nobody is ever available, so that whoever waits goes on waiting: work comes by direct routing.
  void Hire() {
    const std::string name = fmt::format("agent{}", ++hired_);
    const Plain plain = trees_.Object();
    Must(AddAgent{name, Skills(), kOffline, trees_.Json(plain)});
    about_[engine_.FindAgent(name)] = plain;
  }
  void Change(const AgentView& view) {
    const AgentId agent = view.agent;
    switch (draw_.Below(6)) {
      case 0:
        return Must(SetAgentSkills{agent, Skills()});
      case 1:
        about_[agent] = trees_.Object();
        return Must(SetAgentAttributes{agent, trees_.Json(about_[agent])});
      case 2:
        return Must(SetActivity{agent, draw_.OneIn(2) ? Break() : kOffline});
      case 3:
        return Must(SetCapacity{agent, Medium::kChat, static_cast<uint32_t>(draw_.Below(4))});
      case 4:
        if (view.live > 0) return Must(Complete{engine_.WorklistOf(agent).live[0], agent});
        return Write(agent);
      default:
        if (view.live == 0) Must(RemoveAgent{agent});
    }
  }
  ActivityId Break() const { return engine_.FindActivity("Break"); }

  SkillSet Skills() {
    SkillSet skills;
    for (const std::string_view name : {"x", "y", "z"}) {
      if (draw_.OneIn(2)) skills.Add(engine_.FindSkill(name));
    }
    return skills;
  }

  // A queue's, or a step's, which may look at the task as well.
  Rule DrawRule(bool of_queue) {
    Rule rule;
    if (of_queue && draw_.OneIn(3)) rule.skills = Skills();
    Node root = trees_.DrawNode(/*depth=*/2);
    if (of_queue) TurnToAgent(root);
    rule.text = trees_.Print(root);
    rule.holds = [this, root](AgentId agent, const Plain& task) {
      return ExpressionMeaning(false).Holds(root, task, about_[agent]);
    };
    if (draw_.OneIn(2)) AddState(rule);
    return rule;
  }
  // ... and what changes with every task that he gets.
  void AddState(Rule& rule) {
    const auto [text, holds] = OneState();
    const bool both = draw_.OneIn(2);
    rule.text = fmt::format("({}) {} {}", rule.text, both ? "AND" : "OR", text);
    rule.holds = [first = rule.holds, second = holds, both](AgentId agent, const Plain& task) {
      return both ? first(agent, task) && second(agent) : first(agent, task) || second(agent);
    };
  }
  std::pair<std::string_view, std::function<bool(AgentId)>> OneState() {
    switch (draw_.Below(3)) {
      case 0:
        return {"worker.activity_name == 'Break'",
                [this](AgentId id) { return engine_.Find(id)->activity == Break(); }};
      case 1:
        return {"worker.channel.chat.assigned_tasks == 0",
                [this](AgentId id) { return engine_.WorklistOf(id).live.empty(); }};
      default:
        return {"worker.channel.chat.configured_capacity >= 2", [this](AgentId id) {
                  return engine_.Find(id)->For(Medium::kChat).configured >= 2;
                }};
    }
  }

  void SetRule(QueueId queue) {
    rules_[queue] = DrawRule(/*of_queue=*/true);
    Must(UpdateQueue{queue, rules_[queue].skills, {.agents = rules_[queue].text}});
  }
  static std::string Definition(std::string_view queue, const Rule& rule) {
    std::string text;
    for (const char c : rule.text) {
      if (c == '"') text += '\\';
      text += c == '\n' ? ' ' : c;
    }
    return fmt::format(R"({{"task_routing":{{"filters":[{{"expression":"1==1","targets":[)"
                       R"({{"queue":"{}","expression":"{}"}}]}}]}}}})",
                       queue, text);
  }
  void Redefine(WorkflowId id) {
    const QueueId queue = draw_.OneOf(engine_.Queues());
    const Rule rule = DrawRule(/*of_queue=*/false);
    const std::string definition = Definition(engine_.NameOf(queue), rule);
    Must(UpdateWorkflow{.workflow = id, .definition = definition, .reevaluate = true});
    steps_[id] = {queue, rule};
  }

  // To whom it may concern, or to one agent, who takes it whatever he does.
  void Write(AgentId to) {
    const std::string customer = fmt::format("c{}", ++customers_);
    const Plain said = trees_.Object();
    const std::string json = trees_.Json(said);
    Message message{Medium::kChat, customer, "shop"};
    message.route.attributes = json;
    if (to || draw_.OneIn(2)) {
      message.route.queue = draw_.OneOf(engine_.Queues());
    } else {
      message.route.workflow = draw_.OneOf(engine_.Workflows());
    }
    message.direct = {.prefer = to, .over_by = kUnlimited};
    Must(message);
    const ConversationId id = engine_.FindOpen(Medium::kChat, customer, "shop");
    const TaskId task = engine_.Find(id)->live_task;
    if (!to) {
      waiting_[task] = said;
    } else if (ReservationId offer = engine_.Find(task)->reservation) {
      Must(Accept{offer});
    }
  }

  Draw draw_;
  ExpressionTree trees_;
  ManualClock clock_;
  const DefaultReroute policy_;
  Engine engine_;
  std::map<AgentId, Plain> about_;
  std::map<QueueId, Rule> rules_;
  std::map<WorkflowId, std::pair<QueueId, Rule>> steps_;
  std::map<TaskId, Plain> waiting_;  // With what the customer said.
  std::string last_;
  int hired_ = 0;
  int customers_ = 0;
  size_t in_ = 0;
  size_t out_ = 0;
};

TEST(EligibilityTest, WhoIsLetInIsAlwaysWhoShouldBe) {
  const char* given = std::getenv("PARLEY_SEED");
  const uint64_t first = given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
  size_t in = 0;
  size_t out = 0;
  for (uint64_t seed = first; seed < first + 100; ++seed) {
    History history(seed);
    for (int step = 0; step < 100; ++step) {
      history.Step();
      history.Check();
      ASSERT_FALSE(HasFailure()) << "seed " << seed << ", step " << step;
    }
    in += history.in();
    out += history.out();
  }
  EXPECT_GT(in, out / 10);
  EXPECT_GT(out, in / 10);
}

}  // namespace
}  // namespace parley
