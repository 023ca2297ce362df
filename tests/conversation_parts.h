// Conversations with messages, and what they say of them.

#ifndef PARLEY_TESTS_CONVERSATION_PARTS_H_
#define PARLEY_TESTS_CONVERSATION_PARTS_H_

#include <cstdint>
#include <vector>

#include "conversations.h"
#include "parcel_parts.h"

namespace parley::internal {

inline HistoryEntry Entry(uint64_t number) {
  const AgentId author = number % 2 == 0 ? AgentId{} : AgentId::Make(7, 1);
  return {author, kNow + Duration(static_cast<int64_t>(number) * 1'000), 1'000'000'000 + number};
}

inline std::vector<HistoryEntry> HistoryOf(const Conversations& all, ConversationId id) {
  std::vector<HistoryEntry> history;
  all.ForEachMessage(all[id], [&](const HistoryEntry& entry) { history.push_back(entry); });
  return history;
}

inline void Leave(Conversations& all, ConversationId id) {
  all[id].state = ChannelState::kInactive;
  all.MayClose(id);
  all.CloseUp();
}

}  // namespace parley::internal

#endif  // PARLEY_TESTS_CONVERSATION_PARTS_H_
