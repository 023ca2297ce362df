// Do the figures say what happened? After every command of random histories they are held against
// the engine's own records, and in the end against a slow recount of what was recorded.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <vector>

#include "draw_policy.h"
#include "draw_time.h"
#include "parley/annex/figures.h"
#include "parley/annex/text.h"
#include "recount.h"
#include "simulation.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

struct RealTime {
  std::array<uint64_t, 4> by_state = {};
  std::map<int32_t, uint64_t> by_priority{};
  std::vector<TaskId> waiting{};  // Not accepted.
};

class History {
 public:
  explicit History(uint64_t seed)
      : draw_(seed),
        pace_(draw_.OneIn(2) ? Pace::kRace : Pace::kHuman),
        policy_(SomePolicy(draw_)),
        engine_(*Engine::Create(SettingsDraw(draw_, pace_).Valid(), clock_, *policy_)),
        time_(draw_, pace_),
        host_(draw_, pace_, engine_),
        figures_(Thresholds()) {}

  void Step() {
    clock_.Set(time_.Next(engine_));
    const auto events = engine_.Apply(host_.Next());
    host_.Learn(events);
    for (const Event& event : events) {
      figures_.Add(event);
      if (As<Refused>(event) == nullptr) stream_.push_back(event);
    }
  }
  static std::vector<Duration> Thresholds() { return {0ms, 2ms, 100ms, 20s, 1h}; }

  void ExpectLikeTheEngine() const {
    std::map<Figures::Key, RealTime> records;
    for (const TaskId id : engine_.Tasks()) {
      const Task& task = *engine_.Find(id);
      if (IsOver(task.state)) continue;
      RealTime& record = records[{task.queue, task.medium}];
      ++record.by_state[static_cast<size_t>(task.state)];
      ++record.by_priority[task.priority];
      if (task.state <= TaskState::kReserved) record.waiting.push_back(id);
    }
    for (const Figures::Key& key : figures_.Seen()) {
      const RealTime& record = records[key];
      const QueueFigures& q = figures_.Of(key.queue, key.medium);
      EXPECT_EQ(q.by_state, record.by_state);
      EXPECT_EQ(q.by_priority, record.by_priority);
      ExpectLongest(key, record.waiting);
      records.erase(key);
    }
    EXPECT_TRUE(records.empty()) << "tasks that the figures have not seen";
    ExpectWaitingLikeTheLines();
    ExpectAgents();
  }
  void ExpectLikeARecount() const {
    const auto stories = StoriesIn(stream_);
    for (const Figures::Key& key : figures_.Seen()) {
      const QueueFigures& q = figures_.Of(key.queue, key.medium);
      QueueFigures counted = Recount(stories, key, q.splits).figures();
      counted.by_state = q.by_state;
      counted.by_priority = q.by_priority;
      EXPECT_EQ(q.tasks, counted.tasks);
      EXPECT_EQ(q.offers, counted.offers);
      EXPECT_EQ(q, counted);
    }
  }
  void ExpectLikeTheRecordedText() const {
    Figures read(Thresholds());
    TextReader reader;
    for (const Event& event : stream_) {
      const auto same = reader.ReadEvent(ToText(event));
      ASSERT_TRUE(same.ok()) << same.status();
      read.Add(*same);
    }
    EXPECT_EQ(read, figures_);
  }

  const Engine& engine() const { return engine_; }
  const std::vector<Event>& stream() const { return stream_; }
  const Figures& figures() const { return figures_; }

 private:
  void ExpectLongest(const Figures::Key& key, const std::vector<TaskId>& waiting) const {
    const Instant now = engine_.Now();
    const auto longest = figures_.LongestWaiting(key.queue, key.medium, now);
    ASSERT_EQ(longest.has_value(), !waiting.empty());
    if (!longest) return;
    Duration age = Duration::zero();
    for (const TaskId id : waiting) age = std::max(age, now - engine_.Find(id)->created);
    EXPECT_EQ(longest->age, age);
    EXPECT_EQ(now - engine_.Find(longest->oldest)->created, age);
    EXPECT_LE(longest->age_in_queue, age);
    EXPECT_THAT(waiting, testing::Contains(longest->oldest_in_queue));
  }
  void ExpectWaitingLikeTheLines() const {
    std::map<QueueId, uint64_t> pending;
    for (const Figures::Key& key : figures_.Seen()) {
      pending[key.queue] += figures_.Of(key.queue, key.medium).In(TaskState::kPending);
    }
    for (const auto& [queue, count] : pending) {
      EXPECT_EQ(engine_.WaitingIn(queue).size(), count);
    }
  }
  void ExpectAgents() const {
    uint64_t available = 0;
    for (const ActivityView& view : engine_.Activities()) {
      EXPECT_EQ(figures_.AgentsIn(view.activity), view.agents);
      available += view.available ? view.agents : 0;
    }
    EXPECT_EQ(figures_.AvailableAgents(), available);
    for (const AgentView& agent : engine_.Agents()) {
      for (const ActivityView& view : engine_.Activities()) {
        EXPECT_EQ(figures_.TimeIn(agent.agent, view.activity, engine_.Now()),
                  engine_.TimeIn(agent.agent, view.activity));
      }
    }
  }

  Draw draw_;
  Pace pace_;
  std::unique_ptr<ReroutePolicy> policy_;
  ManualClock clock_;
  Engine engine_;
  TimeDraw time_;
  Host host_;
  Figures figures_;
  std::vector<Event> stream_;
};

constexpr uint64_t kHistories = 60;

TEST(FiguresHistoryTest, AfterEveryCommandTheRealTimeFiguresAreTheEnginesRecords) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    History history(seed);
    for (int i = 0; i < 600; ++i) {
      history.Step();
      history.ExpectLikeTheEngine();
      if (HasFailure()) FAIL() << "seed " << seed << " after " << i;
    }
  }
}

TEST(FiguresHistoryTest, TheSumsAreThoseOfASlowRecountAndOfTheRecordedText) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    History history(seed);
    for (int i = 0; i < 1500; ++i) history.Step();
    history.ExpectLikeARecount();
    history.ExpectLikeTheRecordedText();
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

// Who begins to watch in the middle counts from there on, and sees the present as it is.
TEST(FiguresHistoryTest, FiguresOfARunningEngineGoOnAsIfTheyHadSeenItAll) {
  for (uint64_t seed = 1; seed <= kHistories; ++seed) {
    History history(seed);
    for (int i = 0; i < 400; ++i) history.Step();
    Figures late = Figures::From(history.engine(), History::Thresholds());
    const Figures early = history.figures();
    const size_t begin = history.stream().size();
    for (int i = 0; i < 400; ++i) history.Step();
    for (size_t i = begin; i < history.stream().size(); ++i) late.Add(history.stream()[i]);
    uint64_t accepted = 0;
    for (const Figures::Key& key : history.figures().Seen()) {
      const QueueFigures& q = late.Of(key.queue, key.medium);
      const QueueFigures& all = history.figures().Of(key.queue, key.medium);
      const QueueFigures& before = early.Of(key.queue, key.medium);
      accepted += all.offers.accepted - before.offers.accepted - q.offers.accepted;
      ASSERT_EQ(q.by_state, all.by_state) << "seed " << seed;
      ASSERT_EQ(q.by_priority, all.by_priority) << "seed " << seed;
      ASSERT_EQ(q.tasks.created, all.tasks.created - before.tasks.created) << "seed " << seed;
      ASSERT_EQ(q.until_accepted.total, all.until_accepted.total - before.until_accepted.total)
          << "seed " << seed;
    }
    EXPECT_EQ(accepted, 0u) << "seed " << seed;  // An offer may count for another queue.
    for (const AgentView& agent : history.engine().Agents()) {
      for (const ActivityView& view : history.engine().Activities()) {
        ASSERT_EQ(late.TimeIn(agent.agent, view.activity, history.engine().Now()),
                  history.engine().TimeIn(agent.agent, view.activity));
      }
    }
  }
}

}  // namespace
}  // namespace parley
