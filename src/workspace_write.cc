// src/workspace_write.cc — a workspace as the vendor's JSON: see annex/workspace.h.

#include <map>
#include <utility>

#include "json_tree.h"
#include "parley/annex/workspace.h"
#include "workflow_json.h"
#include "workspace_document.h"

namespace parley {
namespace {

using internal::Json;
using internal::JsonList;
using internal::JsonObject;
using internal::JsonText;
using internal::JsonTexts;
using internal::JsonTruth;
using internal::JsonWhole;
using internal::PutText;

// The sids of one kind, by name; only of what has one.
using Sids = std::map<std::string, std::string>;

template <class T>
Sids SidsOf(const std::vector<T>& things) {
  Sids sids;
  for (const T& thing : things) {
    if (!thing.sid.empty()) sids[thing.name] = thing.sid;
  }
  return sids;
}

// The reference, by sid if there is one, and by name.
void PutReference(Json& json, std::string_view sid_key, std::string_view name_key, const Sids& sids,
                  const std::string& name) {
  if (const auto sid = sids.find(name); sid != sids.end()) PutText(json, sid_key, sid->second);
  PutText(json, name_key, name);
}

Json ThingOf(const std::string& sid, const std::string& name) {
  Json json = JsonObject();
  PutText(json, "sid", sid);
  PutText(json, "friendly_name", name);
  return json;
}

Json ToTree(const WorkspaceQueue& queue) {
  const WorkspaceQueue usual;
  Json json = ThingOf(queue.sid, queue.name);
  PutText(json, "target_workers", queue.agents);
  Put(json, "max_reserved_workers", JsonWhole(queue.max_offers));
  PutText(json, "task_order", internal::kVendorOrders[static_cast<size_t>(queue.order)]);
  if (!queue.skills.empty()) Put(json, "skills", JsonTexts(queue.skills));
  if (queue.point_every != usual.point_every) {
    Put(json, "point_every", JsonWhole(queue.point_every.count()));
  }
  if (queue.credit != usual.credit) Put(json, "credit", JsonWhole(queue.credit));
  if (queue.target != usual.target) Put(json, "target", JsonWhole(queue.target.count()));
  if (queue.warn_before != usual.warn_before) {
    Put(json, "warn_before", JsonWhole(queue.warn_before.count()));
  }
  if (queue.agent_order != usual.agent_order) {
    PutText(json, "agent_order", Name(queue.agent_order));
  }
  PutText(json, "agent_order_by", queue.by);
  return json;
}

Json ToTree(const WorkspaceWorkflow& workflow, const Sids& queues) {
  const auto to_sid = [&queues](WorkflowStep& step) {
    if (const auto sid = queues.find(step.queue); sid != queues.end()) step.queue = sid->second;
  };
  Workflow definition = workflow.definition;
  for (WorkflowFilter& filter : definition.filters) {
    for (WorkflowStep& step : filter.steps) to_sid(step);
  }
  if (definition.otherwise) to_sid(*definition.otherwise);
  Json json = ThingOf(workflow.sid, workflow.name);
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(workflow.reservation_timeout);
  Put(json, "task_reservation_timeout", JsonWhole(seconds.count()));
  Put(json, "configuration", JsonText(definition.ToJson()));
  return json;
}

Json ToTree(const WorkspaceAgent& agent, const Sids& activities, const Sids& channels) {
  Json json = ThingOf(agent.sid, agent.name);
  PutReference(json, "activity_sid", "activity_name", activities, agent.activity);
  if (!agent.skills.empty()) Put(json, "skills", JsonTexts(agent.skills));
  Put(json, "attributes", JsonText(agent.attributes.ToJson()));
  if (agent.budget != 0) Put(json, "budget", JsonWhole(agent.budget));
  Json list = JsonList({});
  for (const WorkspaceCapacity& capacity : agent.capacities) {
    Json& item = list.items.emplace_back(JsonObject());
    PutReference(item, "task_channel_sid", "task_channel_unique_name", channels, capacity.channel);
    Put(item, "configured_capacity", JsonWhole(capacity.capacity));
    Put(item, "available", JsonTruth(capacity.available));
  }
  Put(json, "channels", std::move(list));
  return json;
}

// One object for each thing.
template <class T, class F>
void PutEach(Json& document, std::string_view key, const std::vector<T>& things, F to_tree) {
  Json list = JsonList({});
  for (const T& thing : things) list.items.push_back(to_tree(thing));
  Put(document, key, std::move(list));
}

}  // namespace

std::string Workspace::ToJson() const {
  const Sids of_activities = SidsOf(activities);
  const Sids of_queues = SidsOf(queues);
  Sids of_channels;
  for (const WorkspaceChannel& channel : channels) {
    if (!channel.sid.empty()) of_channels[channel.unique_name] = channel.sid;
  }
  Json self = ThingOf(sid, name);
  PutReference(self, "default_activity_sid", "default_activity_name", of_activities,
               default_activity);
  PutReference(self, "timeout_activity_sid", "timeout_activity_name", of_activities,
               timeout_activity);
  PutReference(self, "logout_activity_sid", "logout_activity_name", of_activities, logout_activity);
  Json document = JsonObject();
  Put(document, "workspace", std::move(self));
  PutEach(document, "activities", activities, [](const WorkspaceActivity& activity) {
    Json json = ThingOf(activity.sid, activity.name);
    Put(json, "available", JsonTruth(activity.available));
    return json;
  });
  PutEach(document, "task_channels", channels, [](const WorkspaceChannel& channel) {
    Json json = ThingOf(channel.sid, channel.name);
    PutText(json, "unique_name", channel.unique_name);
    return json;
  });
  PutEach(document, "task_queues", queues,
          [](const WorkspaceQueue& queue) { return ToTree(queue); });
  PutEach(document, "workflows", workflows,
          [&](const WorkspaceWorkflow& workflow) { return ToTree(workflow, of_queues); });
  PutEach(document, "workers", agents,
          [&](const WorkspaceAgent& agent) { return ToTree(agent, of_activities, of_channels); });
  return WriteJsonLines(document);
}

}  // namespace parley
