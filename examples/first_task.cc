// examples/first_task.cc — the smallest useful program: a customer writes, an agent answers.

#include <cstdio>
#include <string>

#include "parley/annex/text.h"
#include "parley/parley.h"

int main() {
  using namespace parley;
  using namespace std::chrono_literals;

  ManualClock clock;
  DefaultReroute policy;
  auto engine = Engine::Create(Settings(), clock, policy);
  if (!engine.ok()) return 1;

  // Every command returns what happened. Here we only print it.
  Names names;
  const auto apply = [&](const Command& command) {
    const auto events = engine->Apply(command);
    names.Learn(command, events);
    for (const Event& event : events) std::puts(ToText(event, names).c_str());
    return events;
  };

  apply(AddQueue{"support", {}});
  const QueueId support = engine->FindQueue("support");
  apply(AddAgent{"ann", {}, {}});
  const AgentId ann = engine->FindAgent("ann");
  apply(Connect{ann, SessionId{1}, {}});
  apply(SetActivity{ann, kAvailable});

  // A customer writes: the conversation opens, and its task is offered in the same step.
  ReservationId offer;
  for (const Event& event : apply(Message{Medium::kEmail, "c@example.org", "help@shop.example",
                                          /*ref=*/1, Route{.queue = support}})) {
    if (const auto* created = As<ReservationCreated>(event)) offer = created->reservation;
  }

  clock.Pass(5s);
  apply(Accept{offer});
  const TaskId task = engine->WorklistOf(ann).live.at(0);
  const ConversationId conversation = engine->Find(task)->conversation;
  apply(Reply{conversation, ann, /*ref=*/2});
  apply(End{conversation, ann});
  apply(Complete{task, ann});
  return engine->Audit().ok() ? 0 : 1;
}
