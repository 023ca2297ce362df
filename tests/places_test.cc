// What Places promises: ids as a SlotMap gives them, and what was said of each slot.

#include "places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "heap.h"
#include "parley/store/slot_map.h"

namespace parley::internal {

struct PlacesTestPeer {
  static void SetGeneration(Places& places, uint32_t slot, uint32_t generation) {
    places.all_[slot].generation = generation & Places::kLastGeneration;
  }
};

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::Pointee;

using FreeSlots = std::vector<std::pair<uint32_t, uint32_t>>;

template <class Map>
FreeSlots FreeOf(const Map& map) {
  FreeSlots free;
  map.ForEachFree([&](uint32_t slot, uint32_t next) { free.emplace_back(slot, next); });
  return free;
}

TEST(PlacesTest, ASlotKeepsWhatWasSaidOfIt) {
  Places places;
  const ConversationId a = places.Add(7);
  const ConversationId b = places.Add(UINT32_MAX);
  EXPECT_EQ(places.RecordOf(a.slot()), 7u);
  EXPECT_EQ(places.RecordOf(b.slot()), UINT32_MAX);
  EXPECT_FALSE(places.IsParcel(a.slot()));
  for (uint8_t kind = 0; kind < CellPool::kKinds; ++kind) {
    places.SetParcel(a.slot(), {UINT32_MAX - kind, kind});
    EXPECT_TRUE(places.IsParcel(a.slot()));
    EXPECT_EQ(places.ParcelOf(a.slot()), (Cell{UINT32_MAX - kind, kind}));
  }
  EXPECT_EQ(places.RecordOf(b.slot()), UINT32_MAX);
  EXPECT_EQ(places.IdAt(a.slot()), a);
  places.SetRecord(a.slot(), 9);
  EXPECT_EQ(places.RecordOf(a.slot()), 9u);
}

TEST(PlacesTest, AnyBitsMayBeAsked) {
  Places places;
  const ConversationId id = places.Add(0);
  for (const uint64_t bits : {uint64_t{0}, uint64_t{2}, UINT64_MAX, uint64_t{1} << 32,
                              id.value | uint64_t{1} << 32, uint64_t{UINT32_MAX}}) {
    EXPECT_FALSE(places.IsLive({bits})) << bits;
    EXPECT_FALSE(places.WasIssued({bits})) << bits;
    EXPECT_EQ(places.FindRecord({bits}), nullptr) << bits;
  }
  EXPECT_EQ(places.IdAt(1), ConversationId{});
  EXPECT_EQ(places.IdAt(UINT32_MAX), ConversationId{});
  places.Fetch(0);
  places.Fetch(1);
  places.Fetch(UINT32_MAX);
  EXPECT_THAT(places.FindRecord(id), Pointee(places.RecordOf(id.slot())));
  EXPECT_TRUE(places.IsLive(id));
  places.SetParcel(id.slot(), {1, 1});
  EXPECT_TRUE(places.IsLive(id) && places.FindRecord(id) == nullptr);
}

TEST(PlacesTest, BehindTheLastSlotNothingIsLookedAt) {
  Places places;
  constexpr uint32_t kBlock = 65'536 / 8;
  for (uint32_t i = 0; i < kBlock; ++i) places.Add(i);
  const auto behind = ConversationId::Make(kBlock, 0);
  EXPECT_EQ(places.IdAt(kBlock), ConversationId{});
  EXPECT_FALSE(places.IsLive(behind));
  EXPECT_EQ(places.FindRecord(behind), nullptr);
  EXPECT_FALSE(places.WasIssued(behind));
  places.Fetch(kBlock);
}

TEST(PlacesTest, AWornOutSlotIsRetired) {
  Places places;
  places.Remove(places.Add(1));
  PlacesTestPeer::SetGeneration(places, 0, Places::kLastGeneration);
  const ConversationId last = places.Add(1);
  EXPECT_EQ(last, ConversationId::Make(0, Places::kLastGeneration));
  places.SetParcel(0, {5, 5});
  places.Remove(last);
  EXPECT_THAT(FreeOf(places), IsEmpty());
  EXPECT_EQ(places.Add(1), ConversationId::Make(1, 0));
  EXPECT_FALSE(places.IsLive(last));
  EXPECT_EQ(places.IdAt(0), ConversationId{});
  EXPECT_TRUE(places.WasIssued(last));
  EXPECT_TRUE(places.WasIssued(ConversationId::Make(0, 0)));
  EXPECT_FALSE(places.WasIssued(ConversationId::Make(0, Places::kLastGeneration + 1)));
  EXPECT_EQ(places.size(), 1u);
  EXPECT_EQ(places.slots(), 2u);
  places.Remove(ConversationId::Make(1, 0));
  EXPECT_THAT(FreeOf(places), ElementsAre(Pair(1, 1)));
}

TEST(PlacesTest, RoomIsForSoManyMoreWhateverWasRemovedOrRetired) {
  Places places;
  for (uint32_t i = 0; i < 5'000; ++i) places.Add(i);
  for (uint32_t slot = 0; slot < 3'000; ++slot) {
    PlacesTestPeer::SetGeneration(places, slot, Places::kLastGeneration);
    places.Remove(places.IdAt(slot));
  }
  for (uint32_t slot = 3'000; slot < 4'000; ++slot) places.Remove(places.IdAt(slot));
  places.MakeRoom(
      39'000);  // Without the retired ones this would end just before the end of a block.
  const size_t before = Heap::calls;
  for (uint32_t i = 0; i < 39'000; ++i) places.Add(i);
  EXPECT_EQ(Heap::calls, before);
  EXPECT_EQ(places.slots(), 43'000u);
}

TEST(PlacesTest, ACopyGivesOutTheSameIdsAndHasSlotsOfItsOwn) {
  Places places;
  const ConversationId a = places.Add(1);
  places.Remove(places.Add(2));
  Places copy = places;
  places.SetParcel(a.slot(), {3, 3});
  EXPECT_EQ(copy.RecordOf(a.slot()), 1u);
  EXPECT_EQ(copy.Add(5), places.Add(6));
  EXPECT_EQ(copy.RecordOf(1), 5u);
  EXPECT_EQ(places.RecordOf(1), 6u);
}

TEST(PlacesDeathTest, WhatIsNotThereIsNotLookedAt) {
  Places places;
  const ConversationId id = places.Add(1);
  EXPECT_DEATH(places.ParcelOf(id.slot()), "PARLEY_CHECK");
  EXPECT_DEATH(places.SetParcel(id.slot(), Cell{}), "PARLEY_CHECK");
  EXPECT_DEATH(places.IsParcel(1), "PARLEY_CHECK");
  places.SetParcel(id.slot(), {1, 1});
  EXPECT_DEATH(places.RecordOf(id.slot()), "PARLEY_CHECK");
  places.Remove(id);
  EXPECT_DEATH(places.Remove(id), "PARLEY_CHECK");
  EXPECT_DEATH(places.IsParcel(id.slot()), "PARLEY_CHECK");
  EXPECT_DEATH(places.SetRecord(id.slot(), 1), "PARLEY_CHECK");
}

class PlacesAgainstSlotMapTest : public testing::TestWithParam<uint32_t> {};

TEST_P(PlacesAgainstSlotMapTest, GivesTheSameIdsInEveryHistory) {
  std::mt19937_64 random(GetParam());
  Places places;
  SlotMap<ConversationId, uint32_t> map;
  std::vector<ConversationId> given;
  for (uint32_t step = 0; step < 3'000; ++step) {
    if (map.size() == 0 || random() % 10 < (step / 200 % 2 == 0 ? 7u : 3u)) {
      given.push_back(places.Add(step));
      ASSERT_EQ(given.back(), map.Add());
      map[given.back()] = step;
    } else {
      const ConversationId id = given[random() % given.size()];
      if (!map.Find(id)) continue;
      if (random() % 2 == 0) places.SetParcel(id.slot(), {step, 3});
      places.Remove(id);
      map.Remove(id);
    }
    ASSERT_EQ(places.size(), map.size());
    ASSERT_EQ(places.slots(), map.slots());
    if (step % 50 != 0) continue;
    ASSERT_EQ(FreeOf(places), FreeOf(map));
    for (const ConversationId id : given) {
      ASSERT_EQ(places.IsLive(id), map.Find(id) != nullptr);
      ASSERT_TRUE(places.WasIssued(id));
      const ConversationId next{id.value + (uint64_t{1} << 32)};
      ASSERT_EQ(places.WasIssued(next), map.WasIssued(next));
      ASSERT_EQ(places.IdAt(id.slot()), map.IdAt(id.slot()));
      if (!map.Find(id)) continue;
      ASSERT_EQ(places.RecordOf(id.slot()), map[id]);
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, PlacesAgainstSlotMapTest, testing::Range(0u, 10u));

}  // namespace
}  // namespace parley::internal
