// src/workspace_document.cc — the vendor's habits: see workspace_document.h.

#include "workspace_document.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace parley::internal {
namespace {

// Keys that all of the vendor's objects have, without effect here.
constexpr std::string_view kOfAll[] = {"account_sid",  "workspace_sid", "date_created",
                                       "date_updated", "url",           "links"};

// "/workers/*/url" for "/workers/17/url".
std::string PatternOf(std::string_view pointer) {
  std::string pattern;
  while (!pointer.empty()) {
    const size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view part = pointer.substr(1, end - 1);
    const bool index = part.find_first_not_of("0123456789") == part.npos;
    pattern += fmt::format("/{}", index ? "*" : part);
    pointer.remove_prefix(end);
  }
  return pattern;
}

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The words of a text that are sids, each once, by their bytes.
std::set<std::string_view> SidsIn(std::string_view text,
                                  const std::set<std::string, std::less<>>& sids) {
  std::set<std::string_view> found;
  for (size_t begin = 0; begin < text.size(); ++begin) {
    size_t end = begin;
    while (end < text.size() && IsWord(text[end])) ++end;
    const std::string_view word = text.substr(begin, end - begin);
    if (sids.contains(word)) found.insert(word);
    begin = end;
  }
  return found;
}

}  // namespace

bool Book::Add(const std::string& sid, const std::string& name) {
  if (names_.contains(name) || (!sid.empty() && names_.contains(sid))) return false;
  names_[name] = name;
  if (!sid.empty()) names_[sid] = name;
  return true;
}

const std::string* Book::Find(const std::string& text) const {
  const auto found = names_.find(text);
  return found == names_.end() ? nullptr : &found->second;
}

void WorkspaceDocument::ForEach(JsonFields& parent, Keys keys, Keys inner, Ignored ignored,
                                const Reader& read) {
  const Json* const value = parent.Take(keys);
  if (value == nullptr) return;
  if (value->type != JsonType::kObject) {
    ForEachOf(*value, parent.Pointer(), ignored, read);
    return;
  }
  JsonFields answer(*value, parent.Pointer(), problem_);
  if (const Json* const list = answer.Take(inner)) {
    ForEachOf(*list, answer.Pointer(), ignored, read);
  } else {
    problem_.Expect(answer.At(), "a list", answer.Pointer());
  }
  if (const Json* const meta = answer.Take({"meta"})) {
    const Json* const next = meta->Find("next_page_url");
    if (next != nullptr && !next->is_null()) {
      Warn(Below(answer.Pointer(), "next_page_url"), "there are more pages, which are not here");
    }
    ignored_.insert(PatternOf(answer.Pointer()));
  }
  answer.TellRest(&report_.unknown);
}

void WorkspaceDocument::ForEachOf(const Json& list, const std::string& pointer, Ignored ignored,
                                  const Reader& read) {
  if (list.type != JsonType::kArray || list.items.size() > Workspace::kMaxItems) {
    problem_.Expect(list.at, fmt::format("a list of at most {}", Workspace::kMaxItems), pointer);
    return;
  }
  for (size_t i = 0; i < list.items.size(); ++i) {
    JsonFields fields(list.items[i], Below(pointer, i), problem_);
    read(fields);
    Ignore(fields, ignored);
  }
}

void WorkspaceDocument::Ignore(JsonFields& fields, Ignored keys) {
  for (const Ignored some : {Ignored(kOfAll), keys}) {
    for (const std::string_view key : some) {
      if (fields.Take({key}) != nullptr) ignored_.insert(PatternOf(fields.Pointer()));
    }
  }
  fields.TellRest(&report_.unknown);
}

void WorkspaceDocument::Warn(std::string_view pointer, std::string_view what) {
  report_.warnings.push_back(fmt::format("{}: {}", pointer, what));
}

void WorkspaceDocument::ReadNames(JsonFields& fields, Book& book, Keys name_keys, std::string& sid,
                                  std::string& name) {
  sid = fields.Text({"sid"});
  name = fields.Text(name_keys);
  if (name.empty()) {
    problem_.Expect(fields.At(), "a name", fields.Pointer());
  } else if (!book.Add(sid, name)) {
    problem_.Expect(fields.At(), "a name and a sid that nothing before it has", fields.Pointer());
  }
  if (!sid.empty()) sids_.insert(sid);
}

std::string WorkspaceDocument::Reference(JsonFields& fields, const Book& book, Keys sid_keys,
                                         Keys name_keys, bool declared) {
  const std::string sid = fields.Text(sid_keys);
  const std::string* const named = sid.empty() ? nullptr : book.Find(sid);
  const std::string what = fmt::format("{} of this document", book.kind());
  if (!sid.empty() && named == nullptr) problem_.Expect(fields.At(), what, fields.Pointer());
  const std::string name = fields.Text(name_keys);
  if (named != nullptr) {
    if (!name.empty() && name != *named) {
      problem_.Expect(fields.At(), fmt::format("\"{}\", as the sid says,", *named),
                      fields.Pointer());
    }
    return *named;
  }
  if (!name.empty() && declared && book.Find(name) == nullptr) {
    problem_.Expect(fields.At(), what, fields.Pointer());
  }
  return name;
}

void WorkspaceDocument::AddExpression(std::string pointer, std::string_view text) {
  if (!text.empty()) expressions_.emplace_back(std::move(pointer), text);
}

void WorkspaceDocument::Finish() {
  for (const auto& [pointer, text] : expressions_) {
    for (const std::string_view sid : SidsIn(text, sids_)) {
      Warn(pointer, fmt::format("{} is a sid, and nothing has sids here", sid));
    }
  }
  report_.ignored.assign(ignored_.begin(), ignored_.end());
}

}  // namespace parley::internal
