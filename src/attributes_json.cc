// src/attributes_json.cc — JSON becomes attributes.

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "attribute_bytes.h"
#include "json_tree.h"
#include "parley/model/attributes.h"

namespace parley {
namespace {

using internal::Json;
using internal::JsonType;

// Exactly as it is written, unless it is a whole number of 64 bits.
void AppendNumber(std::string& out, std::string_view written) {
  int64_t whole = 0;
  const char* end = written.data() + written.size();
  const auto [stop, error] = std::from_chars(written.data(), end, whole);
  if (error == std::errc() && stop == end) return internal::AppendInteger(out, whole);
  internal::AppendText(out, AttributeType::kDecimal, written);
}

// Calls itself once for each level; there are at most kMaxDepth.
void Append(std::string& out, const Json& json) {
  switch (json.type) {
    case JsonType::kNull:
      return internal::AppendNull(out);
    case JsonType::kBoolean:
      return internal::AppendBoolean(out, json.truth);
    case JsonType::kNumber:
      return AppendNumber(out, json.text);
    case JsonType::kText:
      return internal::AppendText(out, AttributeType::kText, json.text);
    case JsonType::kArray:
    case JsonType::kObject:
      break;
  }
  const bool keys = json.type == JsonType::kObject;
  std::vector<const Json*> members;
  for (const Json& item : json.items) members.push_back(&item);
  if (keys) std::ranges::sort(members, {}, &Json::key);
  std::vector<std::string> items;
  for (const Json* member : members) {
    std::string value;
    Append(value, *member);
    items.push_back(keys ? internal::Member(member->key, value) : std::move(value));
  }
  internal::AppendItems(out, keys ? AttributeType::kObject : AttributeType::kArray, items);
}

}  // namespace

absl::StatusOr<Attributes> Attributes::Parse(std::string_view json, TextError* error) {
  if (json.empty()) return Attributes();
  const absl::StatusOr<Json> tree = internal::ReadJson(json, {kMaxBytes, kMaxDepth}, error);
  if (!tree.ok()) return tree.status();
  if (tree->type != JsonType::kObject) {
    TextError problem{tree->at, "an object"};
    absl::Status status = ToStatus(problem);
    if (error != nullptr) *error = std::move(problem);
    return status;
  }
  std::string bytes;
  Append(bytes, *tree);
  return Attributes(std::move(bytes));
}

}  // namespace parley
