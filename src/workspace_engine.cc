// src/workspace_engine.cc — a workspace put into an engine, and read from one.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "parley/annex/workspace.h"
#include "parley/base/check.h"
#include "workspace_check.h"

namespace parley {
namespace {

// Sends the commands, until one is refused.
class Setup {
 public:
  Setup(const Workspace& workspace, Engine& engine, const CommandSink& sink)
      : workspace_(workspace), engine_(engine), sink_(sink) {}

  absl::Status Run() {
    about_ = "the time";
    Do(Advance{});
    for (const auto& activity : workspace_.activities) Add(activity);
    SetRole(ActivityRole::kDefault, workspace_.default_activity);
    SetRole(ActivityRole::kTimeout, workspace_.timeout_activity);
    SetRole(ActivityRole::kLogout, workspace_.logout_activity);
    for (const auto& queue : workspace_.queues) Add(queue);
    for (const auto& workflow : workspace_.workflows) Add(workflow);
    for (const auto& agent : workspace_.agents) Add(agent);
    return status_;
  }

 private:
  void Add(const WorkspaceActivity& activity) {
    if (engine_.FindActivity(activity.name)) return;
    About("activity", activity.name);
    Do(AddActivity{activity.name, activity.available});
  }

  void SetRole(ActivityRole role, const std::string& activity) {
    if (activity.empty()) return;
    about_ = fmt::format("the {} activity", Name(role));
    Do(SetActivityRole{role, Find(activity)});
  }

  void Add(const WorkspaceQueue& queue) {
    About("queue", queue.name);
    const SkillSet skills = Find(queue.skills);
    Do(AddQueue{queue.name,
                skills,
                {.agents = queue.agents,
                 .order = queue.order,
                 .point_every = queue.point_every,
                 .credit = queue.credit,
                 .agent_order = queue.agent_order,
                 .by = queue.by,
                 .max_offers = queue.max_offers,
                 .target = queue.target,
                 .warn_before = queue.warn_before}});
  }

  void Add(const WorkspaceWorkflow& workflow) {
    About("workflow", workflow.name);
    for (const WorkflowFilter& filter : workflow.definition.filters) {
      for (const WorkflowStep& step : filter.steps) Find(step.skills);
    }
    if (workflow.definition.otherwise) Find(workflow.definition.otherwise->skills);
    const std::string definition = workflow.definition.ToJson();
    Do(AddWorkflow{workflow.name, definition, workflow.reservation_timeout});
  }

  void Add(const WorkspaceAgent& agent) {
    About("worker", agent.name);
    const SkillSet skills = Find(agent.skills);
    const ActivityId activity = agent.activity.empty() ? ActivityId() : Find(agent.activity);
    const std::string attributes = agent.attributes.ToJson();
    Do(AddAgent{agent.name, skills, activity, attributes});
    if (!status_.ok()) return;
    const AgentId id = engine_.FindAgent(agent.name);
    if (agent.budget != 0) Do(SetBudget{id, agent.budget});
    for (size_t medium = 0; medium < kMedia; ++medium) {
      SetCapacityOf(id, static_cast<Medium>(medium), agent);
    }
  }

  // Several channels may be the same medium, custom: the largest capacity that is available counts,
  // so that none of them gets more than it had.
  void SetCapacityOf(AgentId id, Medium medium, const WorkspaceAgent& agent) {
    const WorkspaceCapacity* most = nullptr;
    const auto rank = [](const WorkspaceCapacity& c) { return std::pair(c.available, c.capacity); };
    for (const WorkspaceCapacity& capacity : agent.capacities) {
      if (MediumOf(capacity.channel) != medium) continue;
      if (most == nullptr || rank(*most) < rank(capacity)) most = &capacity;
    }
    if (most == nullptr) return;
    Do(SetCapacity{id, medium, most->capacity});
    if (!most->available) Do(SetMediumAvailable{id, medium, false});
  }

  // Makes those that the engine does not know.
  SkillSet Find(const std::vector<std::string>& names) {
    SkillSet skills;
    for (const std::string& name : names) {
      if (!engine_.FindSkill(name)) Do(AddSkill{name});
      if (!status_.ok()) break;
      skills.Add(engine_.FindSkill(name));
    }
    return skills;
  }

  ActivityId Find(const std::string& activity) {
    const ActivityId id = engine_.FindActivity(activity);
    if (!id) Fail(absl::StatusCode::kNotFound, fmt::format("no activity is called {}", activity));
    return id;
  }

  void Do(const Command& command) {
    if (!status_.ok()) return;
    const std::span<const Event> events = engine_.Apply(command);
    for (const Event& event : events) {
      if (const auto* const refused = As<Refused>(event)) Fail(*refused);
    }
    if (sink_ && status_.ok()) sink_(command, events);
  }

  void Fail(const Refused& refused) {
    std::string why = fmt::format("refused, {}", Name(refused.reason));
    if (refused.at != kUnlimited) why += fmt::format(" at byte {}", refused.at);
    Fail(absl::StatusCode::kInvalidArgument, why);
  }
  void Fail(absl::StatusCode code, std::string_view why) {
    if (status_.ok()) status_ = absl::Status(code, fmt::format("{}: {}", about_, why));
  }

  void About(std::string_view kind, std::string_view name) {
    about_ = fmt::format("{} {}", kind, name);
  }

  const Workspace& workspace_;
  Engine& engine_;
  const CommandSink& sink_;
  absl::Status status_;
  std::string about_;  // What is being made.
};

// Whether a fresh engine with the activities and skills of this one takes it.
absl::Status Rehearse(const Workspace& workspace, const Engine& engine) {
  const ManualClock clock;
  const DefaultReroute policy;
  absl::StatusOr<Engine> fresh = Engine::Create(engine.settings(), clock, policy);
  if (!fresh.ok()) return fresh.status();
  if (engine.NameOf(kAvailable).empty()) fresh->Apply(RemoveActivity{kAvailable});
  for (const ActivityView& view : engine.Activities()) {
    const std::string_view name = engine.NameOf(view.activity);
    if (!fresh->NameOf(view.activity).empty()) {
      fresh->Apply(RenameActivity{view.activity, name});
    } else {
      fresh->Apply(AddActivity{name, view.available});
    }
  }
  for (uint32_t i = 0; i < SkillSet::kMax; ++i) {
    const std::string_view skill = engine.NameOf(SkillId::Make(i, 0));
    if (!skill.empty()) fresh->Apply(AddSkill{skill});
  }
  return Setup(workspace, *fresh, nullptr).Run();
}

std::vector<std::string> NamesOf(const SkillSet& skills, const Engine& engine) {
  std::vector<std::string> names;
  skills.ForEach([&](SkillId skill) { names.emplace_back(engine.NameOf(skill)); });
  return names;
}

WorkspaceQueue ReadQueue(const Engine& engine, QueueId id) {
  const QueueRules rules = engine.RulesOf(id);
  WorkspaceQueue queue;
  queue.name = engine.NameOf(id);
  queue.skills = NamesOf(engine.SkillsOf(id), engine);
  queue.agents = rules.agents;
  queue.order = rules.order;
  queue.point_every = rules.point_every;
  queue.credit = rules.credit;
  queue.agent_order = rules.agent_order;
  queue.by = rules.by;
  queue.max_offers = rules.max_offers;
  queue.target = rules.target;
  queue.warn_before = rules.warn_before;
  return queue;
}

WorkspaceAgent ReadAgent(const Engine& engine, const Agent& record) {
  WorkspaceAgent agent;
  agent.name = record.name;
  agent.activity = engine.NameOf(record.activity);
  agent.skills = NamesOf(record.skills, engine);
  agent.attributes = record.attributes;
  agent.budget = record.budget;
  for (size_t medium = 0; medium < kMedia; ++medium) {
    const Capacity& capacity = record.media[medium];
    agent.capacities.push_back(
        {std::string(kMediumNames[medium]), capacity.configured, capacity.available});
  }
  return agent;
}

}  // namespace

Medium MediumOf(std::string_view channel) {
  const auto found = std::ranges::find(kMediumNames, channel);
  return found == kMediumNames.end() ? Medium::kCustom
                                     : static_cast<Medium>(found - kMediumNames.begin());
}

absl::Status ApplyWorkspace(const Workspace& workspace, Engine& engine, const CommandSink& sink) {
  absl::Status status = internal::CheckExpressions(workspace);
  if (status.ok()) status = internal::CheckConflicts(workspace, engine);
  if (status.ok()) status = Rehearse(workspace, engine);
  if (!status.ok()) return status;
  return Setup(workspace, engine, sink).Run();
}

Workspace ReadWorkspace(const Engine& engine) {
  Workspace workspace;
  workspace.default_activity = engine.NameOf(engine.RoleOf(ActivityRole::kDefault));
  workspace.timeout_activity = engine.NameOf(engine.RoleOf(ActivityRole::kTimeout));
  workspace.logout_activity = engine.NameOf(engine.RoleOf(ActivityRole::kLogout));
  for (const ActivityView& view : engine.Activities()) {
    workspace.activities.push_back({"", std::string(engine.NameOf(view.activity)), view.available});
  }
  for (const std::string_view medium : kMediumNames) {
    workspace.channels.push_back({"", std::string(medium), std::string(medium)});
  }
  for (const QueueId id : engine.Queues()) workspace.queues.push_back(ReadQueue(engine, id));
  for (const WorkflowId id : engine.Workflows()) {
    auto definition = Workflow::Parse(engine.DefinitionOf(id));
    PARLEY_CHECK(definition.ok());  // The engine has read it.
    workspace.workflows.push_back({"", std::string(engine.NameOf(id)), *std::move(definition),
                                   engine.ReservationTimeoutOf(id)});
  }
  for (const AgentView& view : engine.Agents()) {
    workspace.agents.push_back(ReadAgent(engine, *engine.Find(view.agent)));
  }
  return workspace;
}

}  // namespace parley
