// Floor 2 · store/line_pool.h — who waits, in one total order; many lines out of one pool.
//
// The order is in the key, and the key ends in an id: (priority, since when, task). So nobody is
// ever beside anybody else, and the first in line does not depend on who came by which way. A
// record keeps a Line, sixteen bytes; the nodes of all lines live in one LinePool. So who joins a
// line takes a node that somebody else has left, and nothing is allocated.
//
//   struct Key {
//     uint32_t rank;
//     uint64_t sequence;
//     TaskId task;
//     friend auto operator<=>(const Key&, const Key&) = default;
//   };
//   LinePool<Key> pool;
//   LinePool<Key>::Line line;
//   const LinePool<Key>::Spot spot = pool.Insert(line, {2, 7, task});
//   for (const Key* key = pool.First(line); key; key = pool.After(line, *key)) Consider(key->task);
//   pool.Erase(line, spot, {2, 7, task});
//
// Order      The key's own, smallest first.
// Errors     None. A broken rule stops the process.
// Cost       First O(1). Insert at either end, and Erase of any, O(1) expected; Insert elsewhere,
// Has
//            and After O(log n) expected. A copy of the pool O(nodes ever used).
// Memory     12 bytes a key beside it, in blocks of at most 64 KiB; growth copies nothing.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_STORE_LINE_POOL_H_
#define PARLEY_STORE_LINE_POOL_H_

#include <compare>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/base/fetch.h"

namespace parley {

// Key has operator<=> and ==, both total. Pointers given out are good until the next change of
// their line.
template <class Key>
class LinePool {
  static_assert(std::three_way_comparable<Key, std::strong_ordering>);
  static_assert(std::is_trivially_copyable_v<Key>);

 public:
  // One line of this pool. A plain value with one owner: change it through one copy only. In a copy
  // of the pool it names the copy of the line. It must be empty before it goes.
  struct Line {
    uint32_t root = kNone;
    uint32_t first = kNone;
    uint32_t last = kNone;
    uint32_t size = 0;

    bool empty() const { return size == 0; }
  };

  // Where a key stands in its line, until it leaves; the same in a copy of the pool. Whoever keeps
  // it need not be looked for.
  using Spot = uint32_t;

  LinePool() = default;
  LinePool(const LinePool&) = default;
  LinePool& operator=(const LinePool&) = default;

  // Requires: key is absent; nodes() < 2^32 - 1.
  Spot Insert(Line& line, const Key& key);

  // Requires: key stands in that spot of this line.
  void Erase(Line& line, Spot spot, const Key& key);

  // Returns the first key, or nullptr if nobody waits.
  const Key* First(const Line& line) const { return KeyOf(line.first); }

  // Returns the first key greater than `key`, or nullptr at the end. `key` itself need not be in
  // the line, so a walk survives the removal of where it stands, given a copy.
  const Key* After(const Line& line, const Key& key) const;

  // Calls f(key) for each, in order. f must not change this line; others it may.
  template <class F>
  void ForEach(const Line& line, F f) const;

  // ... until it returns true.
  template <class F>
  void ForEachUntil(const Line& line, F f) const;

  // Whether key stands in that spot of this line. Any bits are safe.
  bool Has(const Line& line, Spot spot, const Key& key) const;

  // Asks the memory for what Erase() touches first. Any bits are safe.
  void Fetch(Spot spot) const {
    if (spot < used_) parley::Fetch(&all_[spot]);
  }

  // After this, Insert allocates nothing until `n` keys are in lines.
  void Reserve(uint32_t n) { all_.Reserve(n); }
  // ... until `n` more are.
  void MakeRoom(uint32_t n) { Reserve(nodes_ + n); }

  uint32_t nodes() const { return nodes_; }  // In lines now.

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  // A treap: a search tree by key that is a heap by rank. Ranks look random and are all different,
  // for a rank is its node's index, mixed; so a tree is as deep as one that grew in random order,
  // whatever the order of the keys, and its shape tells nobody anything.
  struct Node {
    Key key{};
    uint32_t left = kNone;  // In the free list: the next one.
    uint32_t right = kNone;
    uint32_t parent = kNone;  // ... itself.
  };

  // A bijection of 32 bits.
  static uint32_t RankOf(uint32_t node) {
    node = (node ^ (node >> 16)) * 0x85EBCA6B;
    node = (node ^ (node >> 13)) * 0xC2B2AE35;
    return node ^ (node >> 16);
  }

  const Key* KeyOf(uint32_t node) const { return node == kNone ? nullptr : &all_[node].key; }
  bool IsInUse(uint32_t node) const { return node < used_ && all_[node].parent != node; }
  uint32_t Next(uint32_t node) const;
  uint32_t BeforeLast(const Line& line) const;
  uint32_t TakeNode(const Key& key);
  void Hang(Line& line, uint32_t node);
  void Raise(Line& line, uint32_t node);
  void Replace(Line& line, uint32_t node, uint32_t by);

  uint32_t nodes_ = 0;
  uint32_t used_ = 0;  // Nodes before this one were in a line at some time.
  uint32_t free_ = kNone;
  Blocks<Node> all_;
};

// ---- Only definitions below ----------------------------------------------------------------

template <class Key>
typename LinePool<Key>::Spot LinePool<Key>::Insert(Line& line, const Key& key) {
  const uint32_t node = TakeNode(key);
  Hang(line, node);
  while (all_[node].parent != kNone && RankOf(all_[node].parent) < RankOf(node)) Raise(line, node);
  ++line.size;
  PARLEY_CHECK(line.size <= nodes_);
  return node;
}

template <class Key>
void LinePool<Key>::Erase(Line& line, Spot node, const Key& key) {
  PARLEY_CHECK(IsInUse(node) && all_[node].key == key && line.size > 0);
  if (node == line.first) line.first = Next(node);
  if (node == line.last) line.last = BeforeLast(line);
  while (all_[node].left != kNone && all_[node].right != kNone) {
    const uint32_t left = all_[node].left;
    const uint32_t right = all_[node].right;
    Raise(line, RankOf(left) < RankOf(right) ? right : left);
  }
  Replace(line, node, all_[node].left != kNone ? all_[node].left : all_[node].right);
  all_[node].left = free_;
  all_[node].parent = free_ = node;
  --line.size;
  --nodes_;
  PARLEY_CHECK(line.empty() == (line.root == kNone));
}

template <class Key>
const Key* LinePool<Key>::After(const Line& line, const Key& key) const {
  if (line.size == 0 || all_[line.last].key <= key) return nullptr;
  if (key < all_[line.first].key) return &all_[line.first].key;
  uint32_t found = kNone;
  for (uint32_t node = line.root; node != kNone;) {
    const bool beyond = key < all_[node].key;
    if (beyond) found = node;
    node = beyond ? all_[node].left : all_[node].right;
  }
  return KeyOf(found);
}

template <class Key>
template <class F>
void LinePool<Key>::ForEach(const Line& line, F f) const {
  for (uint32_t node = line.first; node != kNone; node = Next(node)) f(all_[node].key);
}

template <class Key>
template <class F>
void LinePool<Key>::ForEachUntil(const Line& line, F f) const {
  uint32_t node = line.first;
  while (node != kNone && !f(all_[node].key)) node = Next(node);
}

template <class Key>
bool LinePool<Key>::Has(const Line& line, Spot spot, const Key& key) const {
  if (!IsInUse(spot) || all_[spot].key != key) return false;
  while (all_[spot].parent != kNone) spot = all_[spot].parent;
  return spot == line.root;
}

template <class Key>
uint32_t LinePool<Key>::Next(uint32_t node) const {
  if (uint32_t below = all_[node].right; below != kNone) {
    while (all_[below].left != kNone) below = all_[below].left;
    return below;
  }
  uint32_t from = node;
  for (node = all_[node].parent; node != kNone && all_[node].right == from;) {
    from = std::exchange(node, all_[node].parent);
  }
  return node;
}

// Nothing hangs to the right of the last, and it hangs to the right of its parent.
template <class Key>
uint32_t LinePool<Key>::BeforeLast(const Line& line) const {
  uint32_t below = all_[line.last].left;
  if (below == kNone) return all_[line.last].parent;
  while (all_[below].right != kNone) below = all_[below].right;
  return below;
}

template <class Key>
uint32_t LinePool<Key>::TakeNode(const Key& key) {
  uint32_t node = free_;
  if (node != kNone) {
    PARLEY_CHECK(node < used_);
    free_ = all_[node].left;
    Fetch(free_);  // The next to be taken: they lie about in memory.
  } else {
    PARLEY_CHECK(used_ < kNone);
    Reserve(used_ + 1);
    node = used_++;
  }
  all_[node] = {key, kNone, kNone, kNone};
  ++nodes_;
  PARLEY_CHECK(nodes_ <= used_);
  return node;
}

// Makes it a leaf where it belongs. Most who come are the last of all, or the first.
template <class Key>
void LinePool<Key>::Hang(Line& line, uint32_t node) {
  if (line.size == 0) {
    PARLEY_CHECK(line.root == kNone);
    line.root = line.first = line.last = node;
    return;
  }
  const Key& key = all_[node].key;
  uint32_t parent = line.root;
  if (all_[line.last].key < key) {
    parent = std::exchange(line.last, node);
  } else if (key < all_[line.first].key) {
    parent = std::exchange(line.first, node);
  } else {
    for (uint32_t at = line.root; at != kNone;) {
      parent = at;
      PARLEY_CHECK(all_[at].key != key);  // Nobody waits twice.
      at = key < all_[at].key ? all_[at].left : all_[at].right;
    }
  }
  PARLEY_CHECK(all_[parent].key != key);
  (key < all_[parent].key ? all_[parent].left : all_[parent].right) = node;
  all_[node].parent = parent;
}

// Turns it and its parent round; the order of the keys stays.
template <class Key>
void LinePool<Key>::Raise(Line& line, uint32_t node) {
  const uint32_t parent = all_[node].parent;
  PARLEY_CHECK(parent != kNone);
  const bool is_left = all_[parent].left == node;
  const uint32_t between = is_left ? all_[node].right : all_[node].left;
  Replace(line, parent, node);
  (is_left ? all_[parent].left : all_[parent].right) = between;
  if (between != kNone) all_[between].parent = parent;
  (is_left ? all_[node].right : all_[node].left) = parent;
  all_[parent].parent = node;
}

// Where a node hangs there hangs another one, or none.
template <class Key>
void LinePool<Key>::Replace(Line& line, uint32_t node, uint32_t by) {
  const uint32_t parent = all_[node].parent;
  PARLEY_CHECK((parent == kNone) == (line.root == node));
  uint32_t& place = parent == kNone             ? line.root
                    : all_[parent].left == node ? all_[parent].left
                                                : all_[parent].right;
  place = by;
  if (by != kNone) all_[by].parent = parent;
}

}  // namespace parley

#endif  // PARLEY_STORE_LINE_POOL_H_
