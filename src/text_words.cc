// src/text_words.cc — see text_words.h.

#include "text_words.h"

#include <utility>

#include <fmt/format.h>

namespace parley::internal {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Cuts a line into words.
class Cutter {
 public:
  explicit Cutter(std::string_view line) : line_(line) {}

  absl::StatusOr<std::vector<Word>> Cut() {
    std::vector<Word> words;
    for (SkipSpace(); at_ < line_.size(); SkipSpace()) {
      Word word;
      word.column = at_ + 1;
      if (absl::Status status = One(word); !status.ok()) return status;
      words.push_back(std::move(word));
    }
    return words;
  }

 private:
  void SkipSpace() {
    while (at_ < line_.size() && line_[at_] == ' ') ++at_;
  }
  bool IsAt(char c) const { return at_ < line_.size() && line_[at_] == c; }
  bool IsAtQuotes() const { return IsAt('"') || IsAt('`'); }

  absl::Status One(Word& word) {
    if (!IsAtQuotes()) Bare(word);
    if (IsAt('=')) {
      if (word.value.empty()) return Error(at_ + 1, "a name before the =");
      ++at_;
      word.name = std::exchange(word.value, {});
      if (!IsAtQuotes()) Bare(word);
    }
    if (IsAtQuotes()) {
      if (absl::Status status = Quotes(word); !status.ok()) return status;
    }
    if (at_ < line_.size() && line_[at_] != ' ') return Error(at_ + 1, "a space");
    return absl::OkStatus();
  }

  void Bare(Word& word) {
    while (at_ < line_.size() && (IsPlain(line_[at_]) || line_[at_] == ',' || line_[at_] == '#')) {
      word.value += line_[at_++];
    }
  }

  absl::Status Quotes(Word& word) {
    if (!word.value.empty()) return Error(at_ + 1, "a space before the quotes");
    word.quoted = true;
    const char quotes = line_[at_];
    for (++at_; !IsAt(quotes); ++at_) {
      if (at_ >= line_.size()) return Error(at_ + 1, "closing quotes");
      if (line_[at_] != '\\' || quotes == '`') {
        word.value += line_[at_];
      } else if (!Escape(word)) {
        return Error(at_ + 1, "\\\", \\\\ or \\xHH");
      }
    }
    ++at_;
    return absl::OkStatus();
  }

  // At a backslash; ends at the last character of the escape.
  bool Escape(Word& word) {
    ++at_;
    if (IsAt('"') || IsAt('\\')) {
      word.value += line_[at_];
      return true;
    }
    if (!IsAt('x') || at_ + 2 >= line_.size()) return false;
    const int high = HexDigit(line_[at_ + 1]);
    const int low = HexDigit(line_[at_ + 2]);
    if (high < 0 || low < 0) return false;
    word.value += static_cast<char>(high * 16 + low);
    at_ += 2;
    return true;
  }

  std::string_view line_;
  size_t at_ = 0;
};

}  // namespace

absl::StatusOr<std::vector<Word>> Cut(std::string_view line) { return Cutter(line).Cut(); }

absl::Status Error(size_t column, std::string_view expected) {
  return absl::InvalidArgumentError(fmt::format("column {}: expected {}", column, expected));
}

bool IsName(std::string_view name) {
  const auto is_alpha = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (name.empty() || !is_alpha(name[0])) return false;
  bool looks_like_id = name.size() > 1;
  for (size_t i = 1; i < name.size(); ++i) {
    if (!is_alpha(name[i]) && !is_digit(name[i]) && name[i] != '_' && name[i] != '-') return false;
    looks_like_id = looks_like_id && is_digit(name[i]);
  }
  return !looks_like_id;
}

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-@.+:/").find(c) != std::string_view::npos;
}

// JSON, say: between backquotes nothing needs a backslash.
static bool IsBetterRaw(std::string_view text) {
  bool quotes = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '`' || byte < 0x20 || byte == 0x7F) return false;
    quotes = quotes || c == '"';
  }
  return quotes;
}

std::string Quoted(std::string_view text) {
  bool plain = !text.empty();
  for (const char c : text) plain = plain && IsPlain(c);
  if (plain) return std::string(text);
  if (IsBetterRaw(text)) return fmt::format("`{}`", text);
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace parley::internal
