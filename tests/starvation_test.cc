// No medium starves when it has priority (P13): calls that need a whole desk, and stand before all
// else, come to agents whose desks are never empty, since small work keeps coming. If calls go
// first, each is offered by the time at which the work at hand is over; if not, it waits for a
// lucky moment.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "draw.h"
#include "parley/parley.h"

namespace parley {
namespace {

constexpr Duration kLongestWork = std::chrono::seconds(60);
constexpr Duration kBetweenCalls = std::chrono::seconds(240);

class Centre {
 public:
  Centre(uint64_t seed, bool calls_go_first)
      : draw_(seed), engine_(*Engine::Create(Rules(calls_go_first), clock_, policy_)) {
    Do(AddQueue{"q"});
    queue_ = engine_.FindQueue("q");
    for (int i = 0; i < 3; ++i) {
      const std::string name = fmt::format("agent{}", i);
      Do(AddAgent{name});
      const AgentId agent = engine_.FindAgent(name);
      Do(SetBudget{agent,
                   1 + static_cast<uint32_t>(draw_.Below(4)) * 2});  // Some too small for it.
      Do(Connect{agent, SessionId{1}, {}});
      Do(SetActivity{agent, kAvailable});
    }
    Do(SetBudget{engine_.FindAgent("agent0"), 3});
  }

  // Two hours in which there is always a chat that waits. Gives the longest wait of a call.
  Duration LongestWaitOfACall() {
    const Instant end = clock_.Now() + std::chrono::hours(2);
    Instant chat = clock_.Now();
    Instant call = clock_.Now() + kLongestWork;
    while (clock_.Now() < end) {
      const auto over =
          std::ranges::min_element(work_, {}, [](const auto& work) { return work.second; });
      const Instant next = std::min({chat, call, over == work_.end() ? end : over->second});
      clock_.Set(std::max(clock_.Now(), next));
      if (next == chat) {
        chat += Duration(draw_.OfAnySize(12));
        if (engine_.WaitingIn(queue_).size() < 20) Come(Medium::kChat);
      } else if (next == call) {
        call += kBetweenCalls;
        Come(Medium::kVoice);
      } else {
        const TaskId task = over->first;
        work_.erase(over);
        Do(Close{engine_.Find(task)->conversation, ParkMode::kCompleteNow});
      }
    }
    for (const auto& [task, since] : calls_) longest_ = std::max(longest_, clock_.Now() - since);
    return longest_;
  }
  uint64_t chats() const { return chats_; }

 private:
  static Settings Rules(bool calls_go_first) {
    Settings settings;
    settings.media[static_cast<size_t>(Medium::kVoice)].cost = 3;
    settings.media[static_cast<size_t>(Medium::kVoice)].goes_first = calls_go_first;
    settings.media[static_cast<size_t>(Medium::kChat)].capacity = 9;
    return settings;
  }

  void Come(Medium medium) {
    const std::string customer = fmt::format("c{}", ++customers_);
    const int32_t priority = medium == Medium::kVoice ? 1 : 0;
    Do(Message{medium, customer, "shop", 1, {.queue = queue_, .priority = priority}});
  }

  // Whatever is offered is accepted at once, and is over within kLongestWork.
  void Do(const Command& command) {
    const auto told = engine_.Apply(command);
    const std::vector<Event> events(told.begin(), told.end());
    std::vector<ReservationId> offers;
    for (const Event& event : events) {
      ASSERT_EQ(As<Refused>(event), nullptr);
      if (const auto* made = As<TaskCreated>(event); made && made->medium == Medium::kVoice) {
        calls_[made->task] = event.at;
      }
      if (const auto* offer = As<ReservationCreated>(event)) offers.push_back(offer->reservation);
    }
    for (const ReservationId offer : offers) Take(offer);
  }
  void Take(ReservationId offer) {
    const TaskId task = engine_.Find(offer)->task;
    if (const auto call = calls_.find(task); call != calls_.end()) {
      longest_ = std::max(longest_, clock_.Now() - call->second);
      calls_.erase(call);
    } else {
      ++chats_;
    }
    work_[task] = clock_.Now() + Duration(draw_.Between(1, kLongestWork.count()));
    Do(Accept{offer});
  }

  Draw draw_;
  ManualClock clock_;
  const DefaultReroute policy_;
  Engine engine_;
  QueueId queue_;
  int customers_ = 0;
  std::map<TaskId, Instant> work_;   // When it is over.
  std::map<TaskId, Instant> calls_;  // That wait, since when.
  Duration longest_ = Duration::zero();
  uint64_t chats_ = 0;
};

TEST(StarvationTest, ACallThatGoesFirstWaitsNoLongerThanTheWorkAtHand) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    Centre centre(seed, /*calls_go_first=*/true);
    EXPECT_LE(centre.LongestWaitOfACall(), kLongestWork) << "seed " << seed;
    EXPECT_GT(centre.chats(), 100u) << "seed " << seed;  // Nor do chats, meanwhile.
  }
}

// What the test above would say of an engine that knows no going first.
TEST(StarvationTest, ACallThatDoesNotWaitsFarLonger) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    Centre centre(seed, /*calls_go_first=*/false);
    EXPECT_GT(centre.LongestWaitOfACall(), 5 * kLongestWork) << "seed " << seed;
  }
}

}  // namespace
}  // namespace parley
