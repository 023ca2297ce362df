// tests/fuzz/fuzz_attributes.cc — attributes: what is read is written so that it reads back, every
// member is found by its key, and an engine takes exactly what can be read.

#include "targets.h"

namespace parley::fuzz {
namespace {

// Calls itself at most Attributes::kMaxDepth times.
std::string WrongValue(const AttributeView& value) {
  const bool has_keys = value.type() == AttributeType::kObject;
  if (value.at(value.size()).type() != AttributeType::kNull) return "an element behind the last";
  for (size_t i = 0; i < value.size(); ++i) {
    if (has_keys && value.Find(value.key(i)).bytes() != value.at(i).bytes()) return "a lost member";
    if (has_keys && i > 0 && value.key(i - 1) >= value.key(i)) return "keys out of order";
    if (std::string problem = WrongValue(value.at(i)); !problem.empty()) return problem;
  }
  return {};
}

}  // namespace

std::string TryAttributes(std::string_view input) {
  TextError error;
  const auto read = Attributes::Parse(input, &error);
  Place place;
  if (place.Refuses(AddAgent{"ann", {}, {}, input}) == read.ok()) return "the engine disagrees";
  if (!read.ok()) return WrongError(error, input);

  const std::string json = read->ToJson();
  // Some bytes are written longer than they may have been read; then the limit may be in the way.
  const auto again = Attributes::Parse(json, &error);
  if (!again.ok() && json.size() <= Attributes::kMaxBytes) return "not read back: " + json;
  if (again.ok() && *again != *read) return "read back as another value: " + json;
  return WrongValue(read->root());
}

}  // namespace parley::fuzz
