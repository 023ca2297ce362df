// Floor 2 · store/chain.h — many short lists out of one pool.
//
// A record that keeps a list keeps a Chain, twelve bytes; the nodes of all lists live in one
// ChainPool. So a record stays small and plain, an empty list costs nothing more, and a list that
// ends gives its nodes to the next.
//
//   ChainPool<Message> messages;
//   messages.Append(conversation.history, {now, author, reference});
//   messages.ForEach(conversation.history, [](const Message& m) { ... });
//   messages.Clear(conversation.history);  // Before the record goes.
//
// Order      A chain keeps the order of its Appends.
// Errors     None. A broken rule stops the process.
// Cost       Append, PopFirst, Clear, First and Last O(1); ForEach O(size); a copy of the pool
//            O(nodes ever used).
// Memory     4 bytes a node beside the value, in blocks of at most 64 KiB; growth copies nothing.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_STORE_CHAIN_H_
#define PARLEY_STORE_CHAIN_H_

#include <cstdint>
#include <type_traits>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/base/fetch.h"

namespace parley {

template <class T>
class ChainPool {
  // Clear hands nodes back without looking at them.
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  // One list of this pool. A plain value with one owner: change it through one copy only. In a copy
  // of the pool it names the copy of the list.
  struct Chain {
    uint32_t head = kNone;
    uint32_t tail = kNone;
    uint32_t size = 0;
  };

  ChainPool() = default;
  ChainPool(const ChainPool&) = default;
  ChainPool& operator=(const ChainPool&) = default;

  // Adds `value` at the end. Values already in any chain stay where they are.
  // Requires: nodes() < 2^32 - 1.
  void Append(Chain& chain, const T& value);

  // Takes out the first value.
  // Requires: 0 < chain.size.
  void PopFirst(Chain& chain);

  // Empties the chain.
  void Clear(Chain& chain);

  // Calls f(value) for each, oldest first. f must not change this chain; others it may.
  template <class F>
  void ForEach(const Chain& chain, F f);
  template <class F>
  void ForEach(const Chain& chain, F f) const;

  // Requires: 0 < chain.size.
  const T& First(const Chain& chain) const;
  const T& Last(const Chain& chain) const;

  // Asks the memory for where Append() will write to.
  void Fetch(const Chain& chain) const {
    if (chain.size > 0) parley::Fetch(&all_[chain.tail]);
  }

  // After this, Append allocates nothing until `n` nodes are in chains: freed ones go first.
  void Reserve(uint32_t n) { all_.Reserve(n); }
  // ... until `n` more are.
  void MakeRoom(uint32_t n) { Reserve(nodes_ + n); }

  uint32_t nodes() const { return nodes_; }  // In chains now.

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  struct Node {
    T value{};
    uint32_t next = kNone;  // In its chain; in the free list when in none.
  };

  uint32_t TakeNode();

  uint32_t nodes_ = 0;
  uint32_t used_ = 0;  // Nodes before this one were in a chain at some time.
  uint32_t free_ = kNone;
  Blocks<Node> all_;
};

// ---- Only definitions below ----------------------------------------------------------------

template <class T>
void ChainPool<T>::Append(Chain& chain, const T& value) {
  PARLEY_CHECK(chain.size == 0 || all_[chain.tail].next == kNone);  // Its one owner asks.
  const uint32_t index = TakeNode();
  Node& node = all_[index];
  node.value = value;
  node.next = kNone;
  (chain.size == 0 ? chain.head : all_[chain.tail].next) = index;
  chain.tail = index;
  ++chain.size;
  ++nodes_;
  PARLEY_CHECK(nodes_ <= used_);
}

template <class T>
void ChainPool<T>::PopFirst(Chain& chain) {
  PARLEY_CHECK(chain.size > 0 && nodes_ > 0);
  const uint32_t node = chain.head;
  chain.head = all_[node].next;
  if (--chain.size == 0) chain = {};
  all_[node].next = free_;
  free_ = node;
  --nodes_;
}

template <class T>
void ChainPool<T>::Clear(Chain& chain) {
  if (chain.size == 0) return;
  PARLEY_CHECK(chain.size <= nodes_ && all_[chain.tail].next == kNone);
  all_[chain.tail].next = free_;
  free_ = chain.head;
  nodes_ -= chain.size;
  chain = {};
}

template <class T>
template <class F>
void ChainPool<T>::ForEach(const Chain& chain, F f) {
  for (uint32_t node = chain.head; node != kNone; node = all_[node].next) f(all_[node].value);
}

template <class T>
template <class F>
void ChainPool<T>::ForEach(const Chain& chain, F f) const {
  for (uint32_t node = chain.head; node != kNone; node = all_[node].next) f(all_[node].value);
}

template <class T>
const T& ChainPool<T>::First(const Chain& chain) const {
  PARLEY_CHECK(chain.size > 0);
  return all_[chain.head].value;
}

template <class T>
const T& ChainPool<T>::Last(const Chain& chain) const {
  PARLEY_CHECK(chain.size > 0);
  return all_[chain.tail].value;
}

template <class T>
uint32_t ChainPool<T>::TakeNode() {
  if (free_ != kNone) {
    const uint32_t node = free_;
    PARLEY_CHECK(node < used_);
    free_ = all_[node].next;
    if (free_ != kNone) parley::Fetch(&all_[free_]);  // The next to be taken.
    return node;
  }
  PARLEY_CHECK(used_ < kNone);
  Reserve(used_ + 1);
  return used_++;
}

}  // namespace parley

#endif  // PARLEY_STORE_CHAIN_H_
