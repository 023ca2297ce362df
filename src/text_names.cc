// src/text_names.cc — the names that lines are written with, and the times in them.

#include <charconv>
#include <string>
#include <utility>

#include "parley/annex/text.h"
#include "text_words.h"

namespace parley {

absl::StatusOr<Duration> TextReader::ReadDuration(std::string_view text) {
  static constexpr std::pair<std::string_view, uint64_t> kUnits[] = {
      {"ms", 1}, {"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}};
  const absl::Status error = internal::Error(1, "a time like 2d3h or 250ms");
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty()) return error;
  const uint64_t limit = (uint64_t{1} << 63) - (negative ? 0 : 1);
  uint64_t sum = 0;
  uint64_t last_unit = UINT64_MAX;
  while (!text.empty()) {
    uint64_t count = 0;
    const auto [stop, bad] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (bad != std::errc()) return error;
    text.remove_prefix(static_cast<size_t>(stop - text.data()));
    uint64_t unit = 0;
    for (const auto& [name, ms] : kUnits) {
      if (unit != 0 || text.substr(0, name.size()) != name) continue;
      unit = ms;
      text.remove_prefix(name.size());
    }
    if (unit == 0 || unit >= last_unit || count > (limit - sum) / unit) return error;
    last_unit = unit;
    sum += count * unit;
  }
  return Duration(static_cast<int64_t>(negative ? uint64_t{0} - sum : sum));
}

absl::StatusOr<Instant> TextReader::ReadInstant(std::string_view text) {
  const auto duration = ReadDuration(text);
  if (!duration.ok()) return duration.status();
  return Instant(*duration);
}

void Names::Learn(const Command& command, std::span<const Event> events) {
  for (const Event& event : events) {
    if (const auto* e = As<AgentAdded>(event)) {
      if (const auto* c = std::get_if<AddAgent>(&command)) Set(e->agent, c->name);
    } else if (const auto* q = As<QueueAdded>(event)) {
      if (const auto* c = std::get_if<AddQueue>(&command)) Set(q->queue, c->name);
    } else if (const auto* k = As<SkillAdded>(event)) {
      if (const auto* c = std::get_if<AddSkill>(&command)) Set(k->skill, c->name);
    } else if (const auto* w = As<WorkflowAdded>(event)) {
      if (const auto* c = std::get_if<AddWorkflow>(&command)) Set(w->workflow, c->name);
    } else if (const auto* y = As<ActivityAdded>(event)) {
      if (const auto* c = std::get_if<AddActivity>(&command)) Set(y->activity, c->name);
    } else if (const auto* r = As<ActivityRenamed>(event)) {
      if (const auto* c = std::get_if<RenameActivity>(&command)) Set(r->activity, c->name);
    }
  }
}

// A name is one id's at a time, the last one's: so it always reads back as what it was written for.
void Names::Put(Book& book, uint64_t id, std::string_view name) {
  if (const auto old = book.names.find(id); old != book.names.end()) book.ids.erase(old->second);
  if (const auto other = book.ids.find(name); other != book.ids.end()) {
    book.names.erase(other->second);
  }
  book.names[id] = std::string(name);
  book.ids[std::string(name)] = id;
}

std::string_view Names::Get(const Book& book, uint64_t id) {
  const auto found = book.names.find(id);
  return found == book.names.end() ? std::string_view() : std::string_view(found->second);
}

uint64_t Names::Find(const Book& book, std::string_view name) {
  const auto found = book.ids.find(name);
  return found == book.ids.end() ? 0 : found->second;
}

}  // namespace parley
