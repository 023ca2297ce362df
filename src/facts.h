// src/facts.h — what expressions are told about agents and queues, taken from the records.

#ifndef PARLEY_SRC_FACTS_H_
#define PARLEY_SRC_FACTS_H_

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parley/routing/facts.h"
#include "state.h"

namespace parley::internal {

// An id as it is written: a1, a1.2.
class IdText {
 public:
  IdText() = default;
  template <class Tag>
  explicit IdText(Id<Tag> id) {
    Append(id ? Tag::kLetter : '-');
    if (!id) return;
    Append(uint64_t{id.slot()} + 1);
    if (id.generation() == 0) return;
    Append('.');
    Append(uint64_t{id.generation()} + 1);
  }
  std::string_view text() const { return {text_.data(), size_}; }

 private:
  void Append(char c) { text_[size_++] = c; }
  void Append(uint64_t number) {
    size_ = static_cast<size_t>(std::to_chars(&text_[size_], text_.end(), number).ptr - &text_[0]);
  }

  std::array<char, 24> text_ = {};  // A letter, a point, and two numbers up to 2^32.
  size_t size_ = 0;
};

// One agent's facts. Good until the state changes; not to be copied, for it points into itself.
class AgentSheet {
 public:
  // Skills are looked up only if `uses` says so.
  AgentSheet(const State& s, AgentId agent, const Uses& uses);
  AgentSheet(const AgentSheet&) = delete;
  AgentSheet& operator=(const AgentSheet&) = delete;

  const AgentFacts& facts() const { return facts_; }

 private:
  IdText id_;
  IdText activity_id_;
  std::optional<std::array<std::string_view, SkillSet::kMax>> skills_;
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
  std::vector<IdText> ids_;
  std::vector<CrowdFacts::Activity> activities_;
  CrowdFacts facts_;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_FACTS_H_
