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

// Asks for the record of the timer with this tag.
void FetchOwner(const State& s, uint64_t tag);

// Walks before the commands of a batch. Each step towards a record needs what the step before it
// brought, so they are taken at different distances.
class Ahead {
 public:
  Ahead(const State& s, std::span<const Command> commands);

  // Command number `next` is about to be carried out. Says in `hashed` what is known of it.
  void Walk(size_t next);

 private:
  static constexpr size_t kFind = 12;   // So many commands before: where is its record told?
  static constexpr size_t kRecord = 8;  // The record itself,
  static constexpr size_t kParts = 4;   // and its address, history and timer.
  static constexpr size_t kSeen = 16;
  static_assert(kSeen > kFind);

  struct Seen {
    Sought address;  // None: it names its conversation, or has none.
    uint32_t slot = UINT32_MAX;
  };

  void Find(size_t number);
  void FetchRecord(size_t number);
  void FetchParts(size_t number);
  Seen& At(size_t number) { return seen_[number % kSeen]; }

  const State& s_;
  std::span<const Command> commands_;
  std::array<Seen, kSeen> seen_;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_AHEAD_H_
