// src/json_tree.cc — JSON trees taken apart, put together and written: see json_tree.h.

#include "json_tree.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace parley::internal {
namespace {

// `indent` is that of the value, none to write it in one line. No deeper than JsonLimits::depth.
void Append(std::string& out, const Json& json, std::optional<size_t> indent) {
  switch (json.type) {
    case JsonType::kNull:
      out += "null";
      return;
    case JsonType::kBoolean:
      out += json.truth ? "true" : "false";
      return;
    case JsonType::kNumber:
      out += json.text;
      return;
    case JsonType::kText:
      AppendJsonText(out, json.text);
      return;
    case JsonType::kArray:
    case JsonType::kObject:
      break;
  }
  const bool object = json.type == JsonType::kObject;
  const bool lines = indent && !json.items.empty();
  const auto inner = indent ? std::optional(*indent + 2) : std::nullopt;
  out += object ? '{' : '[';
  for (size_t i = 0; i < json.items.size(); ++i) {
    if (i > 0) out += ',';
    if (lines) out += fmt::format("\n{:{}}", "", *inner);
    if (object) {
      AppendJsonText(out, json.items[i].key);
      out += lines ? ": " : ":";
    }
    Append(out, json.items[i], inner);
  }
  if (lines) out += fmt::format("\n{:{}}", "", *indent);
  out += object ? '}' : ']';
}

std::optional<int64_t> ToWhole(const Json& json) {
  if (json.type != JsonType::kNumber && json.type != JsonType::kText) return std::nullopt;
  int64_t number = 0;
  const char* const end = json.text.data() + json.text.size();
  const auto [stop, problem] = std::from_chars(json.text.data(), end, number);
  if (problem != std::errc() || stop != end) return std::nullopt;
  return number;
}

}  // namespace

void AppendJsonText(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

const Json* Json::Find(std::string_view name) const {
  if (type != JsonType::kObject) return nullptr;
  const auto found = std::ranges::find(items, name, &Json::key);
  return found == items.end() ? nullptr : &*found;
}

Json JsonText(std::string_view text) {
  Json json;
  json.type = JsonType::kText;
  json.text = text;
  return json;
}

Json JsonWhole(int64_t number) {
  Json json;
  json.type = JsonType::kNumber;
  json.text = fmt::format("{}", number);
  return json;
}

Json JsonTruth(bool truth) {
  Json json;
  json.type = JsonType::kBoolean;
  json.truth = truth;
  return json;
}

Json JsonList(std::vector<Json> items) {
  Json json;
  json.type = JsonType::kArray;
  json.items = std::move(items);
  return json;
}

Json JsonTexts(const std::vector<std::string>& texts) {
  Json json = JsonList({});
  for (const std::string& text : texts) json.items.push_back(JsonText(text));
  return json;
}

Json JsonObject() {
  Json json;
  json.type = JsonType::kObject;
  return json;
}

void Put(Json& object, std::string_view key, Json value) {
  value.key = key;
  object.items.push_back(std::move(value));
}

void PutText(Json& object, std::string_view key, std::string_view text) {
  if (!text.empty()) Put(object, key, JsonText(text));
}

std::string WriteJson(const Json& json) {
  std::string out;
  Append(out, json, std::nullopt);
  return out;
}

std::string WriteJsonLines(const Json& json) {
  std::string out;
  Append(out, json, 0);
  out += '\n';
  return out;
}

std::string Below(std::string_view pointer, std::string_view key) {
  std::string out(pointer);
  out += '/';
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Below(std::string_view pointer, size_t index) {
  return fmt::format("{}/{}", pointer, index);
}

void JsonProblem::Expect(size_t at, std::string_view what, std::string_view pointer) {
  if (!ok()) return;
  error_ = {at, pointer.empty() ? std::string(what) : fmt::format("{} for {}", what, pointer)};
}

JsonFields::JsonFields(const Json& json, std::string pointer, JsonProblem& problem)
    : json_(json), pointer_(std::move(pointer)), problem_(problem), at_(json.at) {
  if (json.type == JsonType::kObject) {
    taken_.resize(json.items.size());
  } else {
    problem_.Expect(json.at, "an object", pointer_);
  }
}

bool JsonFields::Has(std::string_view key) const {
  const Json* const value = json_.Find(key);
  return value != nullptr && !value->is_null();
}

const Json* JsonFields::Take(Keys keys) {
  const Json* found = nullptr;
  last_ = *keys.begin();
  at_ = json_.at;
  for (const std::string_view key : keys) {
    const Json* const value = json_.Find(key);
    if (value == nullptr) continue;
    taken_[static_cast<size_t>(value - json_.items.data())] = true;
    if (value->is_null()) continue;
    if (found != nullptr) {
      problem_.Expect(value->at, fmt::format("{} or {}, not both", found->key, key), pointer_);
      return nullptr;
    }
    found = value;
    last_ = value->key;
    at_ = value->at;
  }
  return found;
}

std::string JsonFields::Text(Keys keys) {
  const Json* const value = Take(keys);
  if (value == nullptr) return {};
  if (value->type != JsonType::kText) problem_.Expect(value->at, "a text", Pointer());
  return value->type == JsonType::kText ? value->text : std::string();
}

std::optional<bool> JsonFields::Truth(Keys keys) {
  const Json* const value = Take(keys);
  if (value == nullptr) return std::nullopt;
  if (value->type != JsonType::kBoolean) problem_.Expect(value->at, "true or false", Pointer());
  return value->truth;
}

std::optional<int64_t> JsonFields::Whole(Keys keys, int64_t least, int64_t most) {
  const Json* const value = Take(keys);
  if (value == nullptr) return std::nullopt;
  const std::optional<int64_t> number = ToWhole(*value);
  if (number && *number >= least && *number <= most) return number;
  problem_.Expect(value->at, fmt::format("a whole number from {} to {}", least, most), Pointer());
  return std::nullopt;
}

size_t JsonFields::Word(Keys keys, std::span<const std::string_view> words, size_t otherwise) {
  const Json* const value = Take(keys);
  if (value == nullptr) return otherwise;
  for (size_t i = 0; i < words.size(); ++i) {
    if (value->type == JsonType::kText && value->text == words[i]) return i;
  }
  problem_.Expect(value->at, fmt::format("\"{}\"", fmt::join(words, "\" or \"")), Pointer());
  return otherwise;
}

std::vector<std::string> JsonFields::Texts(Keys keys, size_t most) {
  const auto& list = List(keys, most);
  std::vector<std::string> texts;
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i].type != JsonType::kText) {
      problem_.Expect(list[i].at, "a text", Below(Pointer(), i));
    }
    texts.push_back(list[i].text);
  }
  return texts;
}

const std::vector<Json>& JsonFields::List(Keys keys, size_t most) {
  static const std::vector<Json> kNone;
  const Json* const value = Take(keys);
  if (value == nullptr) return kNone;
  if (value->type == JsonType::kArray && value->items.size() <= most) return value->items;
  problem_.Expect(value->at, fmt::format("a list of at most {}", most), Pointer());
  return kNone;
}

void JsonFields::TellRest(std::vector<std::string>* pointers) const {
  if (pointers == nullptr) return;
  for (size_t i = 0; i < taken_.size(); ++i) {
    if (!taken_[i]) pointers->push_back(Below(pointer_, json_.items[i].key));
  }
}

}  // namespace parley::internal
