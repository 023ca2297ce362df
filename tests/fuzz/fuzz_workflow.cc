// tests/fuzz/fuzz_workflow.cc — workflows: what is read is written so that it reads back; an engine
// takes it or says where it is wrong, and a task goes through it.

#include <vector>

#include "parley/routing/workflow.h"
#include "targets.h"

namespace parley::fuzz {
namespace {

// Two tasks go through it, then it is changed and one begins again.
std::string Played(Place& place, std::string_view definition) {
  const WorkflowId workflow = place.engine.FindWorkflow("w");
  if (place.engine.DefinitionOf(workflow) != definition) return "another definition";
  Route route{.workflow = workflow};
  for (const std::string_view attributes :
       {R"({"language":"fr","agent":"ann","vip":true,"a":1})", R"({"b":[1,"x"]})"}) {
    route.attributes = attributes;
    place.engine.Apply(Message{Medium::kChat, attributes, "shop", 1, route});
  }
  for (size_t wakes = 0; wakes < kMostWakes; ++wakes) {
    if (const absl::Status audit = place.engine.Audit(); !audit.ok()) return audit.ToString();
    if (wakes == 3 && place.Refuses(UpdateWorkflow{workflow, definition, {}, true})) {
      return "added, and not replaced";
    }
    if (place.engine.NextWake() == Instant::max()) break;
    place.clock.Set(place.engine.NextWake());
    place.engine.Apply(Advance{});
  }
  return {};
}

}  // namespace

std::string TryWorkflow(std::string_view input) {
  TextError error;
  std::vector<std::string> unknown;
  const auto read = Workflow::Parse(input, &unknown, &error);
  Place place;
  for (const std::string_view name : {"support", "nights", "everyone"}) {
    place.engine.Apply(AddQueue{name});
  }
  place.engine.Apply(AddSkill{"french"});
  place.engine.Apply(AddAgent{"ann", {}, {}, R"({"language":"fr","level":2,"a":[1,2]})"});
  place.engine.Apply(SetActivity{place.engine.FindAgent("ann"), kAvailable});

  const uint64_t before = place.engine.Digest();
  const auto events = place.engine.Apply(AddWorkflow{"w", input});
  const auto* refused = events.empty() ? nullptr : As<Refused>(events.back());
  if (!read.ok()) {
    return refused == nullptr ? "an engine took what is no workflow" : WrongError(error, input);
  }
  const std::string json = read->ToJson();
  unknown.clear();
  const auto again = Workflow::Parse(json, &unknown, &error);
  if (!again.ok()) return "not read back: " + json + ToStatus(error).ToString();
  if (*again != *read) return "read back as another workflow: " + json;
  if (!unknown.empty()) return "it writes what it does not know: " + unknown[0];
  if (again->ToJson() != json) return "written in two ways: " + json;
  if (refused == nullptr) return Played(place, input);
  if (refused->at != kUnlimited && refused->at > input.size()) return "a mistake outside the text";
  return place.engine.Digest() == before ? std::string() : "a refusal left a trace";
}

}  // namespace parley::fuzz
