// Floor 2 · store/waiting_line.h — who waits, in one total order.
//
// The order is in the key, and the key ends in an id: (priority, since when, task). So nobody is
// ever beside anybody else, and the first in line does not depend on who came by which way.
//
//   struct Key {
//     uint32_t rank;
//     uint64_t sequence;
//     TaskId task;
//     friend auto operator<=>(const Key&, const Key&) = default;
//   };
//   WaitingLine<Key> line;
//   for (const Key* key = line.First(); key; key = line.After(*key)) Consider(key->task);
//
// Order      The key's own, smallest first.
// Errors     None. A broken rule stops the process.
// Cost       O(log n), and few cache misses: a B-tree. First, empty and size O(1).
// Memory     The key and about a third more; nodes are allocated and freed as the line moves.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_STORE_WAITING_LINE_H_
#define PARLEY_STORE_WAITING_LINE_H_

#include <compare>
#include <cstddef>

#include "absl/container/btree_set.h"
#include "parley/base/check.h"

namespace parley {

// Key has operator<=> and ==, both total. Pointers given out are good until the next change.
template <class Key>
class WaitingLine {
  static_assert(std::three_way_comparable<Key, std::strong_ordering>);

 public:
  // Requires: key is absent.
  void Insert(const Key& key);

  // Requires: key is present. `key` may be the one First or After pointed to.
  void Erase(const Key& key);

  // Returns the first key, or nullptr if nobody waits.
  const Key* First() const { return keys_.empty() ? nullptr : &*keys_.begin(); }

  // Returns the first key greater than `key`, or nullptr at the end. `key` itself need not be in
  // the line, so a walk survives the removal of where it stands, given a copy.
  const Key* After(const Key& key) const;

  // Calls f(key) for each, in order. f must not change the line.
  template <class F>
  void ForEach(F f) const;

  bool Has(const Key& key) const { return keys_.contains(key); }
  bool empty() const { return keys_.empty(); }
  size_t size() const { return keys_.size(); }

 private:
  absl::btree_set<Key> keys_;
};

// ---- Only definitions below ----------------------------------------------------------------

template <class Key>
void WaitingLine<Key>::Insert(const Key& key) {
  const bool absent = keys_.insert(key).second;
  PARLEY_CHECK(absent);
}

template <class Key>
void WaitingLine<Key>::Erase(const Key& key) {
  const auto found = keys_.find(key);
  PARLEY_CHECK(found != keys_.end());
  keys_.erase(found);
}

template <class Key>
const Key* WaitingLine<Key>::After(const Key& key) const {
  const auto next = keys_.upper_bound(key);
  return next == keys_.end() ? nullptr : &*next;
}

template <class Key>
template <class F>
void WaitingLine<Key>::ForEach(F f) const {
  for (const Key& key : keys_) f(key);
}

}  // namespace parley

#endif  // PARLEY_STORE_WAITING_LINE_H_
