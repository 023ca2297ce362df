// src/records.cc — finding and sharing records: needs, addresses, names.

#include <algorithm>

#include "state.h"

namespace parley::internal {
namespace {

uint64_t SkillHash(const State& s, const SkillSet& skills, uint64_t salt) {
  Digest64 digest;
  digest.Add(s.key.k0);
  digest.Add(salt);
  for (const uint64_t word : skills.words()) digest.Add(word);
  digest.Add(s.key.k1);
  return digest.value();
}

template <class Id, class Record>
Id FindByName(const State& s, const Index& index, const SlotMap<Id, Record>& records,
              std::string_view name) {
  const uint32_t slot = index.Find(SipHash13(s.key, name), [&](uint32_t handle) {
    return records[records.IdAt(handle)].name == name;
  });
  return slot == Index::kNone ? Id{} : records.IdAt(slot);
}

}  // namespace

uint32_t TakeNeed(State& s, QueueId queue, Medium medium, const SkillSet& extra) {
  const uint64_t hash = SkillHash(s, extra, queue.value * kMedia + static_cast<uint64_t>(medium));
  uint32_t slot = s.by_need.Find(hash, [&](uint32_t handle) {
    const Need& need = s.NeedOf(handle);
    return need.queue == queue && need.medium == medium && need.extra == extra;
  });
  if (slot == Index::kNone) {
    const NeedId id = s.needs.Add();
    slot = id.slot();
    Need& need = s.needs[id];
    need.queue = queue;
    need.medium = medium;
    need.extra = extra;
    ++s.queues[queue].needs;
    s.by_need.Insert(hash, slot);
  }
  ++s.NeedOf(slot).users;
  return slot;
}

void ReturnNeed(State& s, uint32_t slot) {
  Need& need = s.NeedOf(slot);
  PARLEY_CHECK(need.users > 0);
  if (--need.users > 0) return;
  PARLEY_CHECK(need.line.empty() && need.returned.empty());
  const uint64_t hash =
      SkillHash(s, need.extra, need.queue.value * kMedia + static_cast<uint64_t>(need.medium));
  s.by_need.Erase(hash, slot);
  --s.queues[need.queue].needs;
  if (need.hot) std::erase(s.hot_needs, slot);
  s.needs.Remove(s.needs.IdAt(slot));
}

uint32_t TakeTerms(State& s, const std::array<Duration, 4>& marks) {
  auto found = std::ranges::find_if(
      s.terms, [&](const PauseTerms& t) { return t.users > 0 && t.marks == marks; });
  if (found == s.terms.end()) found = std::ranges::find(s.terms, 0u, &PauseTerms::users);
  if (found == s.terms.end()) found = s.terms.insert(s.terms.end(), PauseTerms{});
  found->marks = marks;
  ++found->users;
  return static_cast<uint32_t>(found - s.terms.begin());
}

uint64_t AddressHash(const State& s, Medium medium, std::string_view customer,
                     std::string_view business) {
  Digest64 digest;
  digest.Add(SipHash13(s.key, customer));
  digest.Add(SipHash13(s.key, business));
  digest.Add(static_cast<uint64_t>(medium));
  return digest.value();
}

ConversationId FindOpen(const State& s, Medium medium, std::string_view customer,
                        std::string_view business) {
  const uint64_t hash = AddressHash(s, medium, customer, business);
  const uint32_t slot = s.by_address.Find(hash, [&](uint32_t handle) {
    const Conversation& c = s.conversations[s.conversations.IdAt(handle)];
    return c.medium == medium && CustomerOf(s, c) == customer && BusinessOf(s, c) == business;
  });
  return slot == Index::kNone ? ConversationId{} : s.conversations.IdAt(slot);
}

std::string_view CustomerOf(const State& s, const Conversation& c) {
  return s.texts.View(c.key).substr(0, c.customer_size);
}
std::string_view BusinessOf(const State& s, const Conversation& c) {
  return s.texts.View(c.key).substr(c.customer_size);
}

AgentId FindAgentByName(const State& s, std::string_view name) {
  return FindByName(s, s.agent_names, s.agents, name);
}
QueueId FindQueueByName(const State& s, std::string_view name) {
  return FindByName(s, s.queue_names, s.queues, name);
}
ActivityId FindActivityByName(const State& s, std::string_view name) {
  const auto found = std::ranges::find(s.activities, name, &Activity::name);
  if (name.empty() || found == s.activities.end()) return {};
  return ActivityId::Make(static_cast<uint32_t>(found - s.activities.begin()), 0);
}
SkillId FindSkillByName(const State& s, std::string_view name) {
  const auto found = std::ranges::find(s.skills, name);
  if (found == s.skills.end()) return {};
  return SkillId::Make(static_cast<uint32_t>(found - s.skills.begin()), 0);
}

uint32_t UsedBy(const State& s, const Agent& agent, Medium medium) {
  return agent.For(medium).Used(s.settings.task.wrapping_uses_capacity);
}
bool HasRoom(const State& s, const Agent& agent, Medium medium) {
  const Capacity& capacity = agent.For(medium);
  return capacity.available && UsedBy(s, agent, medium) < capacity.configured;
}
bool IsAvailable(const State& s, const Agent& agent) {
  return s.activities[agent.activity.slot()].available;
}

}  // namespace parley::internal
