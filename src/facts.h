// src/facts.h — what expressions are told about agents and queues, taken from the records.

#ifndef PARLEY_SRC_FACTS_H_
#define PARLEY_SRC_FACTS_H_

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "parley/routing/facts.h"
#include "state.h"

namespace parley::internal {

// An id as it is written: a1, a1.2.
template <class Tag>
std::string IdText(Id<Tag> id);

// One agent's facts. Good until the state changes; not to be copied, for it points into itself.
class AgentSheet {
 public:
  // Skills are looked up only if `uses` says so.
  AgentSheet(const State& s, AgentId agent, const Uses& uses);
  AgentSheet(const AgentSheet&) = delete;
  AgentSheet& operator=(const AgentSheet&) = delete;

  const AgentFacts& facts() const { return facts_; }

 private:
  std::string id_;
  std::string activity_id_;
  std::vector<std::string_view> skills_;
  AgentFacts facts_;
};

// A queue's agents by activity, and who waits in it. Cost: O(agents + waiting tasks).
class CrowdSheet {
 public:
  CrowdSheet(const State& s, QueueId queue);
  CrowdSheet(const CrowdSheet&) = delete;
  CrowdSheet& operator=(const CrowdSheet&) = delete;

  const CrowdFacts& facts() const { return facts_; }

 private:
  std::vector<std::string> ids_;
  std::vector<CrowdFacts::Activity> activities_;
  CrowdFacts facts_;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_FACTS_H_
