// src/records.cc — finding and sharing records: needs, rules, attributes, addresses, names.

#include <algorithm>
#include <utility>

#include "state.h"

namespace parley::internal {
namespace {

uint64_t WishHash(const State& s, const Wish& wish) {
  Digest64 digest;
  digest.Add(s.key.k0);
  digest.Add(wish.queue.value * kMedia + static_cast<uint64_t>(wish.medium));
  for (const uint64_t word : wish.extra.words()) digest.Add(word);
  digest.Add(uint64_t{wish.rule} << 1 | (wish.alone ? 1u : 0u));
  digest.Add(wish.only.value);
  digest.Add(s.key.k1);
  return digest.value();
}

uint64_t RuleHash(const State& s, const Expression& test, uint32_t attributes) {
  Digest64 digest;
  digest.Add(SipHash13(s.key, test.text()));
  digest.Add(test.HashTaskValues(s.key, AttributesAt(s, attributes)));
  return digest.value();
}

// A rule that no need has any more is forgotten.
void ReturnRule(State& s, RuleId id) {
  Rule& rule = s.rules[id];
  PARLEY_CHECK(rule.users > 0);
  if (--rule.users > 0) return;
  const bool known = s.by_rule.Erase(RuleHash(s, *rule.test, rule.attributes), id.slot());
  PARLEY_CHECK(known);
  ReturnAttributes(s, rule.attributes);
  s.rules.Remove(id);
}

template <class Id, class Record>
Id FindByName(const State& s, const Index& index, const SlotMap<Id, Record>& records,
              std::string_view name) {
  const uint32_t slot = index.Find(
      SipHash13(s.key, name), [&](uint32_t handle) { return records.At(handle).name == name; });
  return slot == Index::kNone ? Id{} : records.IdAt(slot);
}

}  // namespace

uint32_t TakeNeed(State& s, const Wish& wish) {
  const uint64_t hash = WishHash(s, wish);
  uint32_t slot = s.by_need.Find(hash, [&](uint32_t handle) {
    const Need& need = s.NeedOf(handle);
    return need.queue == wish.queue && need.medium == wish.medium && need.extra == wish.extra &&
           need.rule == wish.rule && need.alone == wish.alone && need.only == wish.only;
  });
  if (slot == Index::kNone) {
    const NeedId id = s.needs.Add();
    slot = id.slot();
    Need& need = s.needs[id];
    need.queue = wish.queue;
    need.medium = wish.medium;
    need.extra = wish.extra;
    need.rule = wish.rule;
    need.alone = wish.alone;
    need.only = wish.only;
    if (wish.rule != UINT32_MAX) ++s.rules.At(wish.rule).users;
    ++s.queues[wish.queue].needs;
    s.by_need.Insert(hash, slot);
  }
  ++s.NeedOf(slot).users;
  PARLEY_CHECK(s.NeedOf(slot).users > 0 && s.queues[wish.queue].needs > 0);
  return slot;
}

uint32_t UseNeed(State& s, uint32_t slot) {
  PARLEY_CHECK(s.NeedOf(slot).users > 0);
  ++s.NeedOf(slot).users;
  return slot;
}

void ReturnNeed(State& s, uint32_t slot) {
  Need& need = s.NeedOf(slot);
  PARLEY_CHECK(need.users > 0);
  if (--need.users > 0) return;
  PARLEY_CHECK(need.line.empty() && need.returned.empty() && !need.listed);
  const Wish wish{need.queue, need.medium, need.extra, need.rule, need.alone, need.only};
  const bool known = s.by_need.Erase(WishHash(s, wish), slot);
  PARLEY_CHECK(known && s.queues[need.queue].needs > 0);
  --s.queues[need.queue].needs;
  if (need.hot) std::erase(s.hot_needs, slot);
  if (need.known) {
    std::erase(s.fickle_needs, slot);
    need.fits.Clear();
    if (s.spare.sets.size() < s.spare.sets.capacity()) {
      s.spare.sets.push_back(std::move(need.fits));
    }
  }
  s.needs.Remove(s.needs.IdAt(slot));
  if (wish.rule != UINT32_MAX) ReturnRule(s, s.rules.IdAt(wish.rule));
}

uint32_t FindRule(State& s, const std::shared_ptr<const Expression>& test, uint32_t attributes) {
  if (test == nullptr) return UINT32_MAX;
  const uint64_t hash = RuleHash(s, *test, attributes);
  uint32_t slot = s.by_rule.Find(hash, [&](uint32_t handle) {
    const Rule& rule = s.rules.At(handle);
    return rule.test == test &&
           test->SameTaskValues(AttributesAt(s, rule.attributes), AttributesAt(s, attributes));
  });
  if (slot != Index::kNone) return slot;
  const RuleId id = s.rules.Add();
  s.rules[id] = {test, attributes, 0};
  UseAttributes(s, attributes);
  s.by_rule.Insert(hash, id.slot());
  return id.slot();
}

uint32_t AddAttributes(State& s, Attributes value) {
  if (value.empty()) return UINT32_MAX;
  PARLEY_CHECK(s.attributes.size() < UINT32_MAX - 2);
  const AttributesId id = s.attributes.Add();
  s.attributes[id] = {std::move(value), 1};
  return id.slot();
}
void UseAttributes(State& s, uint32_t slot) {
  if (slot == UINT32_MAX) return;
  SharedAttributes& shared = s.attributes.At(slot);
  PARLEY_CHECK(shared.users > 0);
  ++shared.users;
}
void ReturnAttributes(State& s, uint32_t slot) {
  if (slot == UINT32_MAX) return;
  const AttributesId id = s.attributes.IdAt(slot);
  PARLEY_CHECK(s.attributes[id].users > 0);
  if (--s.attributes[id].users == 0) s.attributes.Remove(id);
}
const Attributes& AttributesAt(const State& s, uint32_t slot) {
  static const Attributes none;
  return slot == UINT32_MAX ? none : s.attributes.At(slot).value;
}

uint32_t TakeTerms(State& s, const std::array<Duration, 4>& marks) {
  auto found = std::ranges::find_if(
      s.terms, [&](const PauseTerms& t) { return t.users > 0 && t.marks == marks; });
  if (found == s.terms.end()) found = std::ranges::find(s.terms, 0u, &PauseTerms::users);
  if (found == s.terms.end()) found = s.terms.insert(s.terms.end(), PauseTerms{});
  found->marks = marks;
  ++found->users;
  PARLEY_CHECK(found->users > 0);
  return static_cast<uint32_t>(found - s.terms.begin());
}

uint64_t AddressHash(const State& s, Medium medium, std::string_view customer,
                     std::string_view business) {
  return SipHash13(s.key, static_cast<uint8_t>(medium), customer, business);
}

ConversationId FindOpen(const State& s, Medium medium, std::string_view customer,
                        std::string_view business) {
  const bool hashed = s.hashed.Is(medium, customer, business);
  const uint64_t hash = hashed ? s.hashed.hash : AddressHash(s, medium, customer, business);
  const uint32_t slot = s.by_address.Find(hash, [&](uint32_t handle) {
    const Label its = s.conversations.AddressesOf(handle);
    return its.customer == customer && its.business == business &&
           s.conversations[s.conversations.IdAt(handle)].medium == medium;
  });
  s.sought = {medium, customer, business, hash, {}};
  if (slot == Index::kNone) return {};
  s.sought.open = s.conversations.IdAt(slot);
  PARLEY_CHECK(!s.conversations[s.sought.open].ended);
  return s.sought.open;
}

Duration SpentIn(const State& s, const Agent& agent, ActivityId activity) {
  Duration time{};
  s.times.ForEach(agent.spent, [&](const TimeSpent& t) {
    if (t.activity == activity) time = t.time;
  });
  return time;
}
void Spend(State& s, Agent& agent, ActivityId activity, Duration time) {
  PARLEY_CHECK(time >= Duration::zero());
  bool found = false;
  s.times.ForEach(agent.spent, [&](TimeSpent& t) {
    if (t.activity != activity) return;
    t.time += time;
    found = true;
  });
  if (!found) s.times.Append(agent.spent, {activity, time});
}

AgentId FindAgentByName(const State& s, std::string_view name) {
  return FindByName(s, s.agent_names, s.agents, name);
}
QueueId FindQueueByName(const State& s, std::string_view name) {
  return FindByName(s, s.queue_names, s.queues, name);
}
WorkflowId FindWorkflowByName(const State& s, std::string_view name) {
  return FindByName(s, s.workflow_names, s.workflows, name);
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

void SetRoute(State& s, Conversation& c, QueueId queue, const SkillSet& extra, int32_t priority) {
  c.priority = priority;
  const Need& now = s.NeedOf(c.need);
  PARLEY_CHECK(now.users > 0 && now.medium == c.medium && now.rule == UINT32_MAX && !now.alone);
  if (now.queue == queue && now.extra == extra) return;
  const uint32_t need = TakeNeed(s, {queue, c.medium, extra});
  ReturnNeed(s, c.need);
  c.need = need;
}

bool IsHere(const State& s, AgentId id) {
  const Agent* agent = s.agents.Find(id);
  return agent != nullptr && agent->presence != PresenceState::kRemoved;
}

bool IsAvailable(const State& s, const Agent& agent) {
  return s.activities[agent.activity.slot()].available;
}

}  // namespace parley::internal
