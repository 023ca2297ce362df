// src/audit.h — what the two halves of the audit share.

#ifndef PARLEY_SRC_AUDIT_H_
#define PARLEY_SRC_AUDIT_H_

#include <string>

#include <fmt/format.h>

#include "state.h"

namespace parley::internal {

template <class Tag>
std::string ShowId(Id<Tag> id) {
  if (!id) return "-";
  const char letter = Tag::kLetter;
  return id.generation() == 0 ? fmt::format("{}{}", letter, id.slot() + 1)
                              : fmt::format("{}{}.{}", letter, id.slot() + 1, id.generation() + 1);
}

// What does not hold of who could take what, who is free, who waits, and that nobody waits for
// nothing; empty if all holds. Cost: O((queues + needs + waiting tasks) x agents).
std::string AuditRouting(const State& s);

}  // namespace parley::internal

#endif  // PARLEY_SRC_AUDIT_H_
