// tests/fuzz/fuzz_settings.cc — settings in text form: read back as they were, and taken by an
// engine at its beginning and later, or by neither.

#include "parley/annex/text.h"
#include "targets.h"

namespace parley::fuzz {

std::string TrySettings(std::string_view input) {
  TextReader reader;
  const auto read = reader.ReadCommand(fmt::format("settings {}", input));
  if (!read.ok()) return {};
  const Settings& settings = std::get<ApplySettings>(*read).settings;
  const std::string text = ToText(*read);
  const auto again = reader.ReadCommand(text);
  if (!again.ok()) return "not read back: " + text;
  if (*again != *read) return "read back as other settings: " + text;

  Place place;
  const absl::Status valid = Validate(settings);
  const auto made = Engine::Create(settings, place.clock, place.policy);
  if (made.ok() != valid.ok()) return "an engine begins with what is not valid, or does not";
  if (made.ok() && made->settings() != settings) return "an engine begins with other settings";
  const uint64_t before = place.engine.Digest();
  if (place.Refuses(*read) == valid.ok()) return "an engine takes what is not valid, or does not";
  if (!valid.ok() && place.engine.Digest() != before) return "a refusal left a trace";
  return valid.ok() && place.engine.settings() != settings ? "other settings" : std::string();
}

}  // namespace parley::fuzz
