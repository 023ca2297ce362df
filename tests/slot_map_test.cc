// What a SlotMap promises, one fact a test. The last test compares it, over many random histories,
// with a std::map from every id ever given to its record.

#include "parley/store/slot_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "parley/base/ids.h"

namespace parley {

struct SlotMapTestPeer {
  template <class Map>
  static void SetGeneration(Map& map, uint32_t slot, uint32_t generation) {
    map.all_[slot].Set(map.all_[slot].names(), generation);
  }
};

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

struct Record {
  int number = 7;
  std::string text;
};
using Records = SlotMap<TaskId, Record>;

std::vector<std::pair<uint32_t, uint32_t>> FreeSlots(const Records& records) {
  std::vector<std::pair<uint32_t, uint32_t>> free;
  records.ForEachFree([&](uint32_t slot, uint32_t next) { free.emplace_back(slot, next); });
  return free;
}

TEST(SlotMapTest, ARecordIsFoundByItsIdUntilItIsRemoved) {
  Records records;
  const TaskId id = records.Add();
  records[id].number = 1;
  ASSERT_NE(records.Find(id), nullptr);
  EXPECT_EQ(records.Find(id)->number, 1);
  EXPECT_EQ(&std::as_const(records)[id], records.Find(id));
  EXPECT_EQ(std::as_const(records).Find(id), records.Find(id));
  EXPECT_EQ(records.size(), 1u);
  records.Remove(id);
  EXPECT_EQ(records.Find(id), nullptr);
  EXPECT_EQ(std::as_const(records).Find(id), nullptr);
  EXPECT_EQ(records.size(), 0u);
}

TEST(SlotMapTest, TheFirstUseOfASlotIsGenerationZero) {
  Records records;
  EXPECT_EQ(records.Add(), TaskId::Make(0, 0));
  EXPECT_EQ(records.Add(), TaskId::Make(1, 0));
  records.Remove(TaskId::Make(0, 0));
  EXPECT_EQ(records.Add(), TaskId::Make(0, 1));
}

TEST(SlotMapTest, AStaleIdIsAnsweredWithNothing) {
  Records records;
  const TaskId old = records.Add();
  records.Remove(old);
  const TaskId next = records.Add();
  EXPECT_EQ(next.slot(), old.slot());
  EXPECT_EQ(records.Find(old), nullptr);
  EXPECT_NE(records.Find(next), nullptr);
}

TEST(SlotMapTest, AnIdNotYetGivenIsAnsweredWithNothing) {
  Records records;
  records.Remove(records.Add());
  EXPECT_EQ(records.Find(TaskId::Make(0, 1)), nullptr);
  EXPECT_FALSE(records.WasIssued(TaskId::Make(0, 1)));
  EXPECT_EQ(records.Find(TaskId::Make(1, 0)), nullptr);
  EXPECT_FALSE(records.WasIssued(TaskId::Make(1, 0)));
}

TEST(SlotMapTest, AnyBitsMayBeAsked) {
  Records empty;
  Records records;
  const TaskId live = records.Add();
  std::mt19937_64 random(1);
  for (int i = 0; i < 100'000; ++i) {
    const TaskId id{random() >> (random() % 64) << (random() % 64)};
    EXPECT_EQ(empty.Find(id), nullptr);
    EXPECT_FALSE(empty.WasIssued(id));
    EXPECT_EQ(records.Find(id) != nullptr, id == live);
    EXPECT_EQ(records.WasIssued(id), id == live);
  }
  for (const uint64_t bits : {uint64_t{0}, UINT64_MAX, uint64_t{1} << 32, uint64_t{UINT32_MAX}}) {
    EXPECT_EQ(records.Find(TaskId{bits}), nullptr);
    EXPECT_FALSE(records.WasIssued(TaskId{bits}));
  }
  EXPECT_EQ(records.IdAt(UINT32_MAX), TaskId{});
}

TEST(SlotMapTest, AReusedSlotStartsAgainFromNothing) {
  Records records;
  const TaskId old = records.Add();
  records[old] = {1, "a name"};
  records.Remove(old);
  const TaskId next = records.Add();
  EXPECT_EQ(records[next].number, 7);
  EXPECT_EQ(records[next].text, "");
}

TEST(SlotMapTest, ARemovedRecordLetsGoWhatItHeldAtOnce) {
  SlotMap<TaskId, std::shared_ptr<int>> records;
  const auto held = std::make_shared<int>(1);
  const TaskId id = records.Add();
  records[id] = held;
  records.Remove(id);
  EXPECT_EQ(held.use_count(), 1);
}

TEST(SlotMapTest, ReferencesStayGoodWhileOthersAreAdded) {
  Records records;
  std::vector<std::pair<TaskId, const Record*>> known;
  for (int i = 0; i < 20'000; ++i) {
    ASSERT_EQ(records.Find(TaskId::Make(records.slots(), 0)), nullptr);
    const TaskId id = records.Add();
    known.emplace_back(id, &records[id]);
  }
  for (const auto& [id, record] : known) EXPECT_EQ(records.Find(id), record);
}

TEST(SlotMapTest, FreeSlotsAreReusedLastInFirstOutAsForEachFreeSays) {
  Records records;
  std::vector<TaskId> ids;
  for (int i = 0; i < 4; ++i) ids.push_back(records.Add());
  EXPECT_THAT(FreeSlots(records), IsEmpty());
  for (const size_t i : {1u, 3u, 0u}) records.Remove(ids[i]);
  EXPECT_THAT(FreeSlots(records), ElementsAre(Pair(0, 1), Pair(3, 1), Pair(1, 1)));
  for (const uint32_t slot : {0u, 3u, 1u}) EXPECT_EQ(records.Add(), TaskId::Make(slot, 1));
  EXPECT_EQ(records.Add(), TaskId::Make(4, 0));
}

TEST(SlotMapTest, ACopyGivesOutTheSameIdsAndHasRecordsOfItsOwn) {
  Records records;
  const TaskId first = records.Add();
  const TaskId second = records.Add();
  records[second].number = 2;
  records.Remove(first);
  Records copy = records;
  EXPECT_EQ(copy.Find(first), nullptr);
  EXPECT_EQ(copy[second].number, 2);
  EXPECT_EQ(copy.Add(), records.Add());
  EXPECT_EQ(copy.Add(), records.Add());
  copy[second].number = 3;
  copy.Remove(second);
  EXPECT_EQ(records[second].number, 2);
}

TEST(SlotMapTest, ForEachGoesBySlotAndMayChangeTheRecords) {
  Records records;
  for (int i = 0; i < 4; ++i) records[records.Add()].number = i;
  records.Remove(TaskId::Make(1, 0));
  records.ForEach([](TaskId, Record& record) { record.number *= 10; });
  std::vector<std::pair<uint32_t, int>> seen;
  std::as_const(records).ForEach(
      [&](TaskId id, const Record& record) { seen.emplace_back(id.slot(), record.number); });
  EXPECT_THAT(seen, ElementsAre(Pair(0, 0), Pair(2, 20), Pair(3, 30)));
}

TEST(SlotMapTest, BehindTheLastSlotNothingIsLookedAt) {
  SlotMap<TaskId, std::array<char, 65'536>> records;  // Each fills a block.
  const TaskId only = records.Add();
  EXPECT_EQ(records.IdAt(1), TaskId{});
  records.ForEach([&](TaskId id, const auto&) { EXPECT_EQ(id, only); });
  std::as_const(records).ForEach([&](TaskId id, const auto&) { EXPECT_EQ(id, only); });
  records.Fetch(1);
}

TEST(SlotMapTest, AWornOutSlotIsRetired) {
  Records records;
  records.Remove(records.Add());
  SlotMapTestPeer::SetGeneration(records, 0, UINT32_MAX);
  const TaskId last = records.Add();
  EXPECT_EQ(last, TaskId::Make(0, UINT32_MAX));
  EXPECT_TRUE(records.WasIssued(last));
  records.Remove(last);
  EXPECT_THAT(FreeSlots(records), IsEmpty());
  EXPECT_EQ(records.Add(), TaskId::Make(1, 0));
  EXPECT_EQ(records.Find(last), nullptr);
  EXPECT_EQ(records.Find(TaskId::Make(0, 0)), nullptr);
  EXPECT_EQ(records.IdAt(0), TaskId{});
  EXPECT_TRUE(records.WasIssued(last));
  EXPECT_EQ(records.size(), 1u);
  EXPECT_EQ(records.slots(), 2u);
}

// A block is made of records, so where none is made, no block is.
struct Counted {
  static inline int made = 0;
  Counted() { ++made; }
};

TEST(SlotMapTest, NothingIsAllocatedWithinTheReserve) {
  SlotMap<TaskId, Counted> records;
  records.Reserve(10'000);
  const int before = Counted::made;
  EXPECT_GE(before, 10'000);
  for (int i = 0; i < 10'000; ++i) records.Add();
  EXPECT_EQ(Counted::made, before);
  for (uint32_t slot = 0; slot < 10'000; ++slot) records.Remove(records.IdAt(slot));
  const int after_removal = Counted::made;
  for (int i = 0; i < 10'000; ++i) records.Add();
  EXPECT_EQ(Counted::made, after_removal);
}

TEST(SlotMapTest, RoomIsForSoManyMoreWhateverWasRemovedOrRetired) {
  SlotMap<TaskId, Counted> records;
  for (int i = 0; i < 5'000; ++i) records.Add();
  for (uint32_t slot = 0; slot < 3'000; ++slot) {
    SlotMapTestPeer::SetGeneration(records, slot, UINT32_MAX);
    records.Remove(records.IdAt(slot));
  }
  EXPECT_EQ(records.slots() - records.size(), 3'000u);  // None of which can be used again.
  records.MakeRoom(6'000);
  const int before = Counted::made;
  for (int i = 0; i < 6'000; ++i) records.Add();
  EXPECT_EQ(Counted::made, before);
}

TEST(SlotMapDeathTest, ADeadIdIsNotARecord) {
  Records records;
  const TaskId id = records.Add();
  records.Remove(id);
  EXPECT_DEATH(records[id], "PARLEY_CHECK");
  EXPECT_DEATH(std::as_const(records)[id], "PARLEY_CHECK");
  EXPECT_DEATH(records.Remove(id), "PARLEY_CHECK");
  EXPECT_DEATH(records.Remove(TaskId{}), "PARLEY_CHECK");
}

// Every id ever given, and the record if it is live.
using Model = std::map<TaskId, std::optional<int>>;

void ExpectAlike(const Records& records, const Model& model) {
  std::map<uint32_t, std::pair<TaskId, int>> by_slot;
  for (const auto& [id, number] : model) {
    ASSERT_TRUE(records.WasIssued(id));
    ASSERT_EQ(records.Find(id) != nullptr, number.has_value());
    if (!number) continue;
    ASSERT_EQ(records[id].number, *number);
    by_slot[id.slot()] = {id, *number};
  }
  ASSERT_EQ(records.size(), by_slot.size());
  auto expected = by_slot.begin();
  records.ForEach([&](TaskId id, const Record& record) {
    ASSERT_EQ(records.IdAt(expected->first), id);
    ASSERT_EQ((expected++)->second, std::pair(id, record.number));
  });
  ASSERT_EQ(expected, by_slot.end());
  ASSERT_EQ(FreeSlots(records).size(), records.slots() - records.size());
}

class SlotMapAgainstModelTest : public testing::TestWithParam<uint32_t> {};

TEST_P(SlotMapAgainstModelTest, AgreesOnEveryIdOfARandomHistory) {
  std::mt19937_64 random(GetParam());
  Records records;
  Model model;
  std::vector<TaskId> live;
  for (int step = 0; step < 1'500; ++step) {
    // The tide turns now and then, so that the free list is long, short and empty.
    if (random() % 10 < (step / 200 % 2 == 0 ? 7u : 3u)) {
      const auto free = FreeSlots(records);
      const auto [slot, generation] = free.empty() ? std::pair(records.slots(), 0u) : free[0];
      const TaskId id = records.Add();
      ASSERT_EQ(id, TaskId::Make(slot, generation));
      records[id].number = step;
      ASSERT_TRUE(model.emplace(id, step).second) << "given twice";
      live.push_back(id);
    } else if (!live.empty()) {
      std::swap(live[random() % live.size()], live.back());
      records.Remove(live.back());
      model[live.back()].reset();
      live.pop_back();
    }
    if (step % 50 != 0) continue;
    ASSERT_NO_FATAL_FAILURE(ExpectAlike(records, model));
  }
  ASSERT_NO_FATAL_FAILURE(ExpectAlike(records, model));
}

INSTANTIATE_TEST_SUITE_P(Seeds, SlotMapAgainstModelTest, testing::Range(0u, 20u));

}  // namespace
}  // namespace parley
