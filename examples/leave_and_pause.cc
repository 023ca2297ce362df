// examples/leave_and_pause.cc — a week at a help desk: leave, reply, pause, mark, resume, expiry.
//
// The story is told line by line; below each line stands what the engine says happened.

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "parley/annex/text.h"
#include "parley/parley.h"

namespace {

using namespace parley;
using namespace std::chrono_literals;

constexpr std::string_view kShop = "help@shop.example";

class HelpDesk {
 public:
  HelpDesk() : engine_(*Engine::Create(TheSettings(), clock_, policy_)) {
    Silently(AddQueue{"support", {}});
    support_ = engine_.FindQueue("support");
  }

  AgentId Hire(std::string_view name) {
    Silently(AddAgent{name, {}, {}});
    const AgentId agent = engine_.FindAgent(name);
    Silently(Connect{agent, SessionId{1}, {}});
    Silently(SetActivity{agent, kAvailable});
    return agent;
  }

  // Says what is being told, then what the engine made of it.
  void Tell(std::string_view line, const Command& command) {
    fmt::print("\n{:<10} {}\n", ToText(engine_.Now()), line);
    for (const Event& event : engine_.Apply(command)) {
      fmt::print("           | {}\n", ToText(event, names_));
    }
  }

  // Lets time pass; the host wakes when the engine asks for it.
  void Wait(Duration how_long, std::string_view line) {
    const Instant until = clock_.Now() + how_long;
    fmt::print("\n{:<10} {}\n", ToText(engine_.Now()), line);
    while (clock_.Now() < until) {
      clock_.Set(std::min(until, engine_.NextWake()));
      for (const Event& event : engine_.Apply(Advance{})) {
        fmt::print("           | {}\n", ToText(event, names_));
      }
    }
  }

  void Write(std::string_view line, uint64_t ref) {
    Tell(line, Message{Medium::kEmail, "mia@mail.example", kShop, ref, {.queue = support_}});
  }
  void Accept(AgentId agent, std::string_view line) {
    const TaskId task = engine_.WorklistOf(agent).offers.at(0);
    Tell(line, parley::Accept{engine_.Find(task)->reservation});
  }

  TaskId Wrapping(AgentId agent) const { return engine_.WorklistOf(agent).wrapping.at(0); }
  ConversationId Mia() const { return engine_.FindOpen(Medium::kEmail, "mia@mail.example", kShop); }
  const Engine& engine() const { return engine_; }

 private:
  static Settings TheSettings() {
    Settings settings;
    settings.leave.enabled = true;
    settings.pause.enabled = true;
    settings.pause.limit = 3;  // Days.
    return settings;
  }

  void Silently(const Command& command) { names_.Learn(command, engine_.Apply(command)); }

  ManualClock clock_;
  DefaultReroute policy_;
  Engine engine_;
  Names names_;
  QueueId support_;
};

int Run() {
  HelpDesk desk;
  const AgentId ann = desk.Hire("ann");
  const AgentId bob = desk.Hire("bob");

  desk.Write("Mia writes: where is my order? Ann has waited longest, so it is offered to her.", 1);
  desk.Accept(ann, "Ann accepts,");
  desk.Tell("answers,", Reply{desk.Mia(), ann, 2});
  desk.Tell("and leaves: the conversation waits for Mia, for 90 days at most.",
            Leave{desk.Mia(), ann});
  desk.Tell("Her wrap-up is done.", Complete{desk.Wrapping(ann), ann});

  desk.Wait(26h, "A day goes by.");
  desk.Write("Mia replies: a new task of the same conversation, for anyone. It is Bob's turn.", 3);
  desk.Accept(bob, "Bob accepts. He sees all that was said.");
  desk.Tell("He has to ask the warehouse, and pauses. His capacity is free at once.",
            Pause{desk.Mia(), bob});
  desk.Wait(2h, "Two hours later the warehouse answers.");
  desk.Tell("Bob resumes: a new task, his without asking.", Resume{desk.Mia(), bob});
  desk.Tell("The warehouse was wrong. He pauses again, and this time he forgets.",
            Pause{desk.Mia(), bob});
  desk.Wait(72h, "The marks come 24 hours and 1 hour before the end; then it is somebody else's.");
  desk.Accept(ann, "Ann accepts, reads,");
  desk.Tell("answers,", Reply{desk.Mia(), ann, 4});
  desk.Tell("and ends it.", End{desk.Mia(), ann});
  desk.Tell("With her wrap-up the conversation is closed.", Complete{desk.Wrapping(ann), ann});

  const absl::Status audit = desk.engine().Audit();
  fmt::print("\nAudit: {}\n", audit.ok() ? "every invariant holds." : audit.ToString());
  return audit.ok() ? 0 : 1;
}

}  // namespace

int main() { return Run(); }
