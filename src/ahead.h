// src/ahead.h — what is touched next is asked of the memory while something else is being done.
//
// Only hints: whatever is guessed wrong here costs time and changes nothing.

#ifndef PARLEY_SRC_AHEAD_H_
#define PARLEY_SRC_AHEAD_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "parley/model/command.h"
#include "state.h"

namespace parley::internal {

// Asks for the record of the timer with this tag; of a conversation's, for where that stands.
void FetchOwner(const State& s, uint64_t tag);
// ... for what stands there, once that was brought.
void FetchOwnerBody(const State& s, uint64_t tag);

// Walks before the commands of a batch. Each step towards a record needs what the step before it
// brought, so they are taken at different distances.
class Ahead {
 public:
  Ahead(const State& s, std::span<const Command> commands);

  // Command number `next` is about to be carried out. Says in `hashed` what is known of it.
  void Walk(size_t next);

 private:
  static constexpr size_t kFind = 12;  // So many commands before: what is its id?
  static constexpr size_t kPlace = 9;  // Where it stands,
  static constexpr size_t kBody = 6;   // what stands there,
  static constexpr size_t kTimer = 3;  // and its timer.
  static constexpr size_t kSeen = 16;
  static_assert(kSeen > kFind);

  struct Seen {
    Sought address;  // None: it names its conversation, or has none.
    uint32_t slot = UINT32_MAX;
  };

  void Find(size_t number);
  void FetchPlace(size_t number);
  void FetchBody(size_t number);
  void FetchTimer(size_t number);
  Seen& At(size_t number) { return seen_[number % kSeen]; }

  const State& s_;
  std::span<const Command> commands_;
  std::array<Seen, kSeen> seen_;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_AHEAD_H_
