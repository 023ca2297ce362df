// Floor 2 · store/index.h — from a key's hash to the handle of its record, and no other way in.
//
// An Index holds no keys. It keeps 32 bits of each hash beside a handle, and asks the caller, who
// has the record, whether the key is the one. It offers look-up only: without iteration the hash
// key cannot reach an event, and a host may change it at any restart.
//
//   const uint64_t hash = SipHash13(key, name);
//   const uint32_t slot = index.Find(hash, [&](uint32_t s) { return NameOf(s) == name; });
//   if (slot == Index::kNone) index.Insert(hash, NewRecord(name));
//
// Order      None is visible.
// Errors     std::bad_alloc, and nothing has changed. A broken rule stops the process.
// Cost       O(1) expected: about one cache miss, and one more for the record `equal` looks at. An
//            Insert that grows the table moves every entry; Reserve beforehand. A copy: O(places).
// Memory     8 bytes a place: 10 an entry after Reserve, 10 to 20 otherwise; never shrinks.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_STORE_INDEX_H_
#define PARLEY_STORE_INDEX_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>
#include <vector>

#include "parley/base/check.h"
#include "parley/base/fetch.h"
#include "parley/base/large_pages.h"

namespace parley {

class Index {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;  // Not a handle.

  // What the index keeps of a hash: enough to take a key out again.
  enum class Tag : uint32_t {};
  static Tag TagOf(uint64_t hash) { return static_cast<Tag>(hash >> 32); }

  Index() = default;
  Index(const Index&) = default;
  Index& operator=(const Index&) = default;

  // Returns the handle for which equal(handle) holds, or kNone. `equal` is asked only about handles
  // whose hashes are alike, which is nearly always the right one alone.
  template <class Equal>
  uint32_t Find(uint64_t hash, Equal equal) const;

  // Asks the memory for where Find() will look.
  void Fetch(uint64_t hash) const {
    if (size_ > 0) parley::Fetch(&entries_[HomeOf(TagOf(hash))]);
  }
  // The handle that Find() asks about first, or kNone.
  uint32_t Likely(uint64_t hash) const {
    return Find(hash, [](uint32_t) { return true; });
  }

  // Requires: the key is absent; handle != kNone.
  void Insert(uint64_t hash, uint32_t handle);

  // Returns false, and changes nothing, if `handle` is not there under this hash.
  bool Erase(uint64_t hash, uint32_t handle) { return Erase(TagOf(hash), handle); }
  bool Erase(Tag tag, uint32_t handle);

  // After this, Insert allocates nothing until more than `n` keys are in. A table that grows gets
  // no place more than that takes: it is for whoever knows how many will come.
  void Reserve(uint32_t n);
  // ... until more than `n` more are. A table that grows doubles at least: it may be called as
  // often as one likes.
  void MakeRoom(uint32_t n);

  uint32_t size() const { return size_; }

 private:
  // Open addressing. An entry's home lies as far into the table as its tag does into all tags, so
  // entries can be moved to a table of any size, up to 2^32 places, without their keys. Past the
  // last place comes the first. The invariant Find rests on:
  //
  //   Between an entry's home and its place, all places are taken.
  struct Entry {
    Tag tag{};
    uint32_t handle = kNone;  // kNone: the place is empty.
  };
  static_assert(sizeof(Entry) == 8);

  using Entries = std::vector<Entry, internal::LargePages<Entry>>;
  static constexpr uint64_t kMostPlaces = uint64_t{1} << 32;
  static constexpr uint64_t kFirstPlaces = 8;

  // At most 4 of 5 places are taken, so that every search meets an empty one.
  static constexpr uint64_t PlacesFor(uint64_t n) { return n + (n + 3) / 4; }

  uint32_t HomeOf(Tag tag) const {
    return static_cast<uint32_t>((static_cast<uint64_t>(tag) * entries_.size()) >> 32);
  }
  uint32_t After(uint32_t place) const { return place + 1 < entries_.size() ? place + 1 : 0; }
  // As if the table had 2^32 places: which of two is farther from a third is no different then.
  static uint32_t Distance(uint32_t from, uint32_t to) { return to - from; }
  bool IsEmpty(uint32_t place) const { return entries_[place].handle == kNone; }

  void Put(Entry entry);
  void CloseGap(uint32_t gap);
  void Grow(uint64_t places);

  uint32_t size_ = 0;
  Entries entries_;
};

// ---- Only definitions below ----------------------------------------------------------------

template <class Equal>
uint32_t Index::Find(uint64_t hash, Equal equal) const {
  if (size_ == 0) return kNone;
  const Tag tag = TagOf(hash);
  for (uint32_t place = HomeOf(tag); !IsEmpty(place); place = After(place)) {
    const Entry entry = entries_[place];
    if (entry.tag == tag && equal(entry.handle)) return entry.handle;
  }
  return kNone;
}

inline void Index::Insert(uint64_t hash, uint32_t handle) {
  PARLEY_CHECK(handle != kNone);
  MakeRoom(1);
  Put({TagOf(hash), handle});
  ++size_;
  PARLEY_CHECK(size_ < entries_.size());
}

inline bool Index::Erase(Tag tag, uint32_t handle) {
  if (size_ == 0) return false;
  for (uint32_t place = HomeOf(tag); !IsEmpty(place); place = After(place)) {
    if (entries_[place].tag != tag || entries_[place].handle != handle) continue;
    CloseGap(place);
    PARLEY_CHECK(size_ > 0);
    --size_;
    return true;
  }
  return false;
}

inline void Index::Reserve(uint32_t n) {
  static_assert(PlacesFor(1) == 2 && PlacesFor(4) == 5);  // However few: one is left empty.
  const uint64_t places = PlacesFor(n);
  if (places > entries_.size()) Grow(places);
}

inline void Index::MakeRoom(uint32_t n) {
  const uint64_t places = PlacesFor(uint64_t{size_} + n);
  if (places > entries_.size())
    Grow(std::max<uint64_t>({places, 2 * entries_.size(), kFirstPlaces}));
}

inline void Index::Put(Entry entry) {
  uint32_t place = HomeOf(entry.tag);
  for (; !IsEmpty(place); place = After(place)) {
    PARLEY_CHECK(entries_[place].tag != entry.tag || entries_[place].handle != entry.handle);
  }
  entries_[place] = entry;
}

// Empties a place, and moves back what could no longer be found past it. No tombstones: a table
// that has seen many keys is as fast as a new one.
inline void Index::CloseGap(uint32_t gap) {
  PARLEY_CHECK(!IsEmpty(gap));
  for (uint32_t place = After(gap); !IsEmpty(place); place = After(place)) {
    const uint32_t home = HomeOf(entries_[place].tag);
    if (Distance(home, place) < Distance(gap, place)) continue;
    entries_[gap] = entries_[place];
    gap = place;
  }
  entries_[gap] = {};
}

// Homes are in tag order in both tables, so this reads and writes from front to back.
inline void Index::Grow(uint64_t places) {
  PARLEY_CHECK(places > entries_.size());
  if (places > std::min<uint64_t>(kMostPlaces, entries_.max_size())) throw std::bad_alloc();
  const Entries old = std::exchange(entries_, Entries(static_cast<size_t>(places)));
  for (const Entry& entry : old) {
    if (entry.handle != kNone) Put(entry);
  }
}

}  // namespace parley

#endif  // PARLEY_STORE_INDEX_H_
