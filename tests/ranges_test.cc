// Is each text and number in a command taken up to the end of its range, and not beyond it?

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "world.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLongestWaited = 366 * kDay;

TEST(RangesTest, ANameHas64BytesAtMost) {
  const std::string longest(64, 'n');
  const std::string longer(65, 'n');
  World world;
  for (const auto& [name, wanted] : {std::pair(std::string_view(longest), Refusal::kNone),
                                     std::pair(std::string_view(longer), Refusal::kNameInvalid),
                                     std::pair(std::string_view(), Refusal::kNameInvalid),
                                     std::pair(std::string_view("\x7F"), Refusal::kNameInvalid),
                                     std::pair(std::string_view("\xC3"), Refusal::kNameInvalid),
                                     std::pair(std::string_view("\0", 1), Refusal::kNameInvalid)}) {
    EXPECT_EQ(world.Try(AddSkill{name}), wanted);
    EXPECT_EQ(world.Try(AddQueue{name, {}}), wanted);
    EXPECT_EQ(world.Try(AddAgent{name, {}, {}}), wanted);
    EXPECT_EQ(world.Try(AddActivity{name}), wanted);
  }
}

TEST(RangesTest, AnAddressHas320BytesAtMost) {
  const std::string longest(320, 'a');
  const std::string longer(321, 'a');
  World world;
  const Route route{.queue = world.support()};
  for (const auto& [customer, business, wanted] :
       {std::tuple(longest, longest, Refusal::kNone),
        std::tuple(longer, longest, Refusal::kAddressInvalid),
        std::tuple(longest, longer, Refusal::kAddressInvalid),
        std::tuple(std::string(), longest, Refusal::kAddressInvalid),
        std::tuple(longest, std::string(), Refusal::kAddressInvalid)}) {
    EXPECT_EQ(world.Try(Message{Medium::kSms, customer, business, 1, route}), wanted);
    EXPECT_EQ(world.Try(OpenConversation{Medium::kVoice, customer, business, route}), wanted);
  }
  EXPECT_EQ(world.engine().CustomerOf(world.engine().FindOpen(Medium::kSms, longest, longest)),
            longest);
}

TEST(RangesTest, ACapacityIsTenThousandAtMost) {
  World world;
  const AgentId ann = world.AddAgentNamed("ann");
  for (const auto& [capacity, wanted] :
       {std::pair(0u, Refusal::kNone), std::pair(10'000u, Refusal::kNone),
        std::pair(10'001u, Refusal::kOutOfRange), std::pair(UINT32_MAX, Refusal::kOutOfRange)}) {
    EXPECT_EQ(world.Try(SetCapacity{ann, Medium::kChat, capacity}), wanted) << capacity;
  }
}

// Every command that takes a route, with this one.
void TryRoute(const Route& route, Refusal wanted) {
  Settings settings;
  settings.conversation.on_canceled = OnCanceled::kEmitOnly;
  World world(settings);
  const ConversationId orphan = world.Write("orphan");
  world.Do(CancelTask{world.At(orphan).live_task});
  const TaskId waiting = world.At(world.Write("waiting")).live_task;
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId served = world.Serve(ann, "served", Medium::kSms);
  Route to = route;
  to.queue = world.support();
  EXPECT_EQ(world.Try(Message{Medium::kEmail, "a", "shop", 1, to}), wanted);
  EXPECT_EQ(world.Try(OpenConversation{Medium::kVoice, "a", "shop", to}), wanted);
  EXPECT_EQ(world.Try(CreateTask{.conversation = orphan, .route = to}), wanted);
  EXPECT_EQ(world.Try(UpdateTask{waiting, to}), wanted);
  EXPECT_EQ(world.Try(Transfer{served, ann, {}, to}), wanted);
}

TEST(RangesTest, APriorityIsAnythingFromZeroUp) {
  for (const int32_t priority : {0, 1, std::numeric_limits<int32_t>::max()}) {
    TryRoute(Route{.queue = {}, .skills = {}, .priority = priority}, Refusal::kNone);
  }
  for (const int32_t priority : {-1, std::numeric_limits<int32_t>::min()}) {
    TryRoute(Route{.queue = {}, .skills = {}, .priority = priority}, Refusal::kOutOfRange);
  }
}

TEST(RangesTest, ATaskHasWaitedALeapYearAtMost) {
  const auto waited = [](Duration how_long) {
    return Route{.queue = {}, .skills = {}, .priority = 0, .waited = how_long};
  };
  for (const Duration how_long : {0ms, 1ms, 0ms + kLongestWaited}) {
    TryRoute(waited(how_long), Refusal::kNone);
  }
  for (const Duration how_long : {-1ms, kLongestWaited + 1ms, Duration::min(), Duration::max()}) {
    TryRoute(waited(how_long), Refusal::kOutOfRange);
  }
}

TEST(RangesTest, AnAgentIsPreferredForALeapYearAtMostOrForEver) {
  for (const auto& [how_long, wanted] :
       {std::pair(-1ms, Refusal::kOutOfRange), std::pair(0ms, Refusal::kNone),
        std::pair(0ms + kLongestWaited, Refusal::kNone),
        std::pair(kLongestWaited + 1ms, Refusal::kOutOfRange)}) {
    Settings settings;
    settings.conversation.on_canceled = OnCanceled::kEmitOnly;
    World world(settings);
    const AgentId ann = world.AddAgentNamed("ann");
    const ConversationId orphan = world.Write("orphan");
    world.Do(CancelTask{world.At(orphan).live_task});
    EXPECT_EQ(world.Try(CreateTask{orphan, {ann, how_long}}), wanted) << how_long.count();
  }
}

TEST(RangesTest, ThePrioritiesOfExpiredPausesStopAtTheHighest) {
  Settings settings = LeaveAndPauseOn();
  settings.pause.expired_priority_boost = INT32_MAX;
  World world(settings);
  const AgentId ann = world.AddAvailable("ann");
  const ConversationId c = world.ServeAndPause(ann, "c@x");
  world.Do(SetActivity{ann, kOffline});
  world.Pass(14 * kDay);
  EXPECT_EQ(world.At(world.At(c).live_task).priority, INT32_MAX);
}

}  // namespace
}  // namespace parley
