// src/ahead.cc — see ahead.h.

#include "ahead.h"

#include <algorithm>
#include <variant>

#include "commands.h"

namespace parley::internal {
namespace {

template <class C>
concept ByAddress = requires(const C& c) {
  c.customer.size();
};
template <class C>
concept ByConversation = requires(const C& c) {
  c.conversation.slot();
};

}  // namespace

void FetchOwner(const State& s, uint64_t tag) {
  const auto slot = static_cast<uint32_t>(tag);
  switch (static_cast<Timer>(tag >> 32)) {
    case Timer::kConversation:
      return s.conversations.FetchPlace(slot);
    case Timer::kTask:
    case Timer::kTaskWait:
    case Timer::kTaskStep:
    case Timer::kLevel:
      return s.tasks.Fetch(slot);
    case Timer::kReservation:
      return s.reservations.Fetch(slot);
    case Timer::kOffline:
    case Timer::kRequeue:
    case Timer::kWake:
      return s.agents.Fetch(slot);
  }
}

void FetchOwnerBody(const State& s, uint64_t tag) {
  if (static_cast<Timer>(tag >> 32) != Timer::kConversation) return;
  s.conversations.FetchBody(static_cast<uint32_t>(tag));
}

Ahead::Ahead(const State& s, std::span<const Command> commands) : s_(s), commands_(commands) {
  for (size_t i = 0; i < kFind; ++i) Find(i);
  for (size_t i = 0; i < kPlace; ++i) FetchPlace(i);
  for (size_t i = 0; i < kBody; ++i) FetchBody(i);
  for (size_t i = 0; i < kTimer; ++i) FetchTimer(i);
}

void Ahead::Walk(size_t next) {
  PARLEY_CHECK(next < commands_.size());
  s_.hashed = At(next).address;
  Find(next + kFind);
  FetchPlace(next + kPlace);
  FetchBody(next + kBody);
  FetchTimer(next + kTimer);
}

void Ahead::Find(size_t number) {
  if (number >= commands_.size()) return;
  Seen& seen = At(number) = {};
  std::visit(
      [&]<class C>(const C& command) {
        if constexpr (ByAddress<C>) {
          const C& c = command;
          if (std::max(c.customer.size(), c.business.size()) > kLongestAddress) return;
          const uint64_t hash = AddressHash(s_, c.medium, c.customer, c.business);
          seen.address = {c.medium, c.customer, c.business, hash, {}};
          s_.by_address.Fetch(hash);
        } else if constexpr (ByConversation<C>) {
          seen.slot = command.conversation.slot();
        }
      },
      commands_[number]);
}

void Ahead::FetchPlace(size_t number) {
  if (number >= commands_.size()) return;
  Seen& seen = At(number);
  if (!seen.address.customer.empty()) seen.slot = s_.by_address.Likely(seen.address.hash);
  s_.conversations.FetchPlace(seen.slot);
}

void Ahead::FetchBody(size_t number) {
  if (number < commands_.size()) s_.conversations.FetchBody(At(number).slot);
}

void Ahead::FetchTimer(size_t number) {
  if (number < commands_.size()) s_.wheel.Fetch(s_.conversations.LimitAt(At(number).slot));
}

}  // namespace parley::internal
