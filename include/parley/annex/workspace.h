// Annex · annex/workspace.h — a TaskRouter workspace: read, put into an engine, written back.
//
// Reads the vendor's own JSON: one object with the answers of its list calls, or their arrays.
//
//   {"workspace": {...}, "activities": [...], "task_channels": [...], "task_queues": [...],
//    "workflows": {"workflows": [...], "meta": {...}}, "workers": [...]}
//
//   WorkspaceReport report;
//   auto workspace = Workspace::Parse(json, &report);
//   if (workspace.ok()) absl::Status status = ApplyWorkspace(*workspace, engine);
//   std::string json = ReadWorkspace(engine).ToJson();
//
// The vendor's objects name each other by sid or by name, here always by name. A task channel is
// the medium of that name; any other, as "default" and "video", is custom. Keys of ours, for what
// the vendor has not: "skills" of queues and workers, "budget" of workers, "logout_activity_name"
// of the workspace, and of queues "task_order": "AGEING" with "point_every" (ms), "credit",
// "target" and "warn_before" (ms), "agent_order" and "agent_order_by"; those of workflows are told
// in routing/workflow.h.
//
// Units      Time-outs are whole seconds in the JSON; parts of one are written as a whole one.
// Errors     Parse() gives the place in the text, what was expected, and a JSON pointer. It refuses
//            what is inconsistent: sids that nothing has, names that two things have.
// Cost       Parse() O(bytes x log), in up to 10 times the memory of the text. ApplyWorkspace()
//            makes everything twice, first in an engine of its own.
// Threads    Plain values.

#ifndef PARLEY_ANNEX_WORKSPACE_H_
#define PARLEY_ANNEX_WORKSPACE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "parley/engine/engine.h"
#include "parley/model/attributes.h"
#include "parley/model/command.h"
#include "parley/model/event.h"
#include "parley/model/medium.h"
#include "parley/model/queue.h"
#include "parley/model/text_error.h"
#include "parley/routing/workflow.h"

namespace parley {

// Sids are the vendor's ids, kept to be written back; what was made here has none.

struct WorkspaceActivity {
  std::string sid;
  std::string name;
  bool available = false;
  friend bool operator==(const WorkspaceActivity&, const WorkspaceActivity&) = default;
};

struct WorkspaceChannel {
  std::string sid;
  std::string unique_name;
  std::string name;  // Friendly; may be empty.
  friend bool operator==(const WorkspaceChannel&, const WorkspaceChannel&) = default;
};

// As QueueRules, with texts of its own.
struct WorkspaceQueue {
  std::string sid;
  std::string name;
  std::vector<std::string> skills;
  std::string agents;  // Target workers; empty: everyone.
  TaskOrder order = TaskOrder::kFifo;
  Duration point_every = QueueRules{}.point_every;
  int32_t credit = 0;
  AgentOrder agent_order = AgentOrder::kLastReserved;
  std::string by;
  uint32_t max_offers = 1;
  Duration target = Duration::zero();
  Duration warn_before = Duration::zero();
  friend bool operator==(const WorkspaceQueue&, const WorkspaceQueue&) = default;
};

struct WorkspaceWorkflow {
  std::string sid;
  std::string name;
  Workflow definition;                              // With queues by name.
  Duration reservation_timeout = Duration::zero();  // 0: the setting's.
  friend bool operator==(const WorkspaceWorkflow&, const WorkspaceWorkflow&) = default;
};

struct WorkspaceCapacity {
  std::string channel;  // The unique name of a task channel, or the name of a medium.
  uint32_t capacity = 0;
  bool available = true;
  friend bool operator==(const WorkspaceCapacity&, const WorkspaceCapacity&) = default;
};

struct WorkspaceAgent {
  std::string sid;
  std::string name;
  std::string activity;  // Empty: the default one.
  std::vector<std::string> skills;
  Attributes attributes;
  uint32_t budget = 0;                        // Of all media together (SetBudget); 0: none.
  std::vector<WorkspaceCapacity> capacities;  // Of media that are not listed: as Settings::media.
  friend bool operator==(const WorkspaceAgent&, const WorkspaceAgent&) = default;
};

// What a reader of the document should know. Pointers are JSON pointers into it; a workflow's or
// attributes' own text counts as if it stood there as an object.
struct WorkspaceReport {
  std::vector<std::string> unknown;   // Keys that mean nothing here, as "/workers/3/colour".
  std::vector<std::string> ignored;   // Documented keys without effect here, as "/workers/*/url".
  std::vector<std::string> warnings;  // What will not be as it was: a pointer, and a sentence.
};

struct Workspace {
  std::string sid;
  std::string name;
  std::string default_activity;  // Roles. Empty: as the engine has it.
  std::string timeout_activity;
  std::string logout_activity;
  std::vector<WorkspaceActivity> activities;
  std::vector<WorkspaceChannel> channels;
  std::vector<WorkspaceQueue> queues;
  std::vector<WorkspaceWorkflow> workflows;
  std::vector<WorkspaceAgent> agents;
  friend bool operator==(const Workspace&, const Workspace&) = default;

  static constexpr size_t kMaxBytes = 16'000'000;
  static constexpr size_t kMaxItems = 100'000;  // Of one kind.

  // Refuses: bad JSON, depth, size, numbers out of range, duplicate keys, sids and names that
  // nothing in the document has, or two things. Expressions are checked when an engine gets them.
  static absl::StatusOr<Workspace> Parse(std::string_view json, WorkspaceReport* report = nullptr,
                                         TextError* error = nullptr);
  // Parse() of it gives the same workspace. References are by sid where there is one.
  std::string ToJson() const;
};

// Which medium a task channel is here.
Medium MediumOf(std::string_view channel);

// Gets each command that was carried out, and its events: for a journal, or for Names::Learn().
using CommandSink = std::function<void(const Command&, std::span<const Event>)>;

// Makes all of it in the engine, beside what is there. Activities and skills that are there are
// used; anything else of the same name, and an activity that is available in one and not in the
// other, is refused. So is whatever a fresh engine with the same settings refuses; then nothing has
// changed. If the engine itself refuses a command all the same, what was made so far stays. Fails:
// the status names the object that was refused, and the reason.
absl::Status ApplyWorkspace(const Workspace& workspace, Engine& engine,
                            const CommandSink& sink = nullptr);

// What is set up in an engine, without sids: ApplyWorkspace() makes the same set-up of it in a new
// one, but for skills that nobody uses, and beside the two activities that every engine has.
// Cost: O(agents + queues + workflows).
Workspace ReadWorkspace(const Engine& engine);

}  // namespace parley

#endif  // PARLEY_ANNEX_WORKSPACE_H_
