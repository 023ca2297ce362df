// examples/embedding.cc — the event loop of a host, on the machine's own clock.
//
// A host does two things: it applies what comes in, and it wakes when the engine asks for it. Here
// one customer writes, nobody answers, and the offer runs out a moment later, by itself.

#include <cstdio>
#include <string>
#include <thread>

#include "parley/annex/text.h"
#include "parley/annex/wall_clock.h"
#include "parley/parley.h"

namespace {

using namespace parley;
using namespace std::chrono_literals;

int offers_run_out = 0;

// What a host does with events: tell desktops, write a log, send them on.
void Publish(const Event& event) {
  std::puts(ToText(event).c_str());
  if (As<ReservationTimedOut>(event) != nullptr) ++offers_run_out;
}

// Sleeps until the engine wants to be woken. A real host waits for a command at the same time.
void SleepUntil(const Clock& clock, Instant wake) {
  while (clock.Now() < wake) std::this_thread::sleep_for(wake - clock.Now());
}

Settings QuickSettings() {
  Settings settings;
  settings.reservation.timeout = 200ms;
  return settings;
}

}  // namespace

int main() {
  const Settings settings = QuickSettings();
  // [readme]
  WallClock clock;
  DefaultReroute policy;  // Where a conversation goes when nobody has it.
  auto engine = Engine::Create(settings, clock, policy);
  if (!engine.ok()) return 1;  // A setting is out of its range; the status says which.

  engine->Apply(AddQueue{"support"});
  engine->Apply(AddAgent{"ann"});
  engine->Apply(SetActivity{engine->FindAgent("ann"), kAvailable});

  const Message hello{Medium::kEmail, "c@example.org", "help@shop.example", /*ref=*/1,
                      {.queue = engine->FindQueue("support")}};
  for (const Event& event : engine->Apply(hello)) Publish(event);  // It is offered to ann.

  SleepUntil(clock, engine->NextWake());  // A timer is due, at the latest now.
  for (const Event& event : engine->Apply(Advance{})) Publish(event);
  // [/readme]
  while (offers_run_out == 0) {
    SleepUntil(clock, engine->NextWake());
    for (const Event& event : engine->Apply(Advance{})) Publish(event);
  }
  return engine->Audit().ok() ? 0 : 1;
}
