// Attributes, read with the JSON reader that is there.

#include "attributes.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace parley::model {
namespace {

Value FromJson(const nlohmann::json& json) {
  Value value;
  if (json.is_boolean()) {
    value.type = Value::kBoolean;
    value.number = json.get<bool>() ? 1 : 0;
  } else if (json.is_number_integer()) {
    value = ToValue(json.get<int64_t>());
  } else if (json.is_number()) {
    value.type = Value::kDecimal;
    value.number = std::llround(json.get<double>() * 1000);
  } else if (json.is_string()) {
    value = ToValue(json.get_ref<const std::string&>());
  } else if (json.is_array()) {
    value.type = Value::kArray;
    for (const auto& each : json) value.elements.push_back(FromJson(each));
  } else if (json.is_object()) {
    value.type = Value::kObject;
    for (const auto& [key, each] : json.items()) value.members[key] = FromJson(each);
  }
  return value;
}

}  // namespace

std::optional<uint32_t> ReadJson(std::string_view text, Value& out) {
  try {
    out = FromJson(nlohmann::json::parse(text));
    return {};
  } catch (const nlohmann::json::parse_error& error) {
    return static_cast<uint32_t>(error.byte - 1);
  }
}

std::optional<uint32_t> ReadAttributes(std::string_view text, Value& out) {
  out = {};
  out.type = Value::kObject;
  if (text.empty()) return {};
  Value value;
  if (const auto wrong = ReadJson(text, value)) return wrong;
  if (value.type != Value::kObject) return 0;
  out = value;
  return {};
}

Value At(const Value& root, const std::vector<std::string>& path) {
  const Value* at = &root;
  for (const std::string& step : path) {
    if (step.starts_with('[')) {
      const size_t index = std::stoul(step.substr(1));
      if (index >= at->elements.size()) return {};
      at = &at->elements[index];
    } else {
      const auto member = at->members.find(step);
      if (member == at->members.end()) return {};
      at = &member->second;
    }
  }
  return *at;
}

}  // namespace parley::model
