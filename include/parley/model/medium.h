// Floor 3 · model/medium.h — what a conversation is carried by.

#ifndef PARLEY_MODEL_MEDIUM_H_
#define PARLEY_MODEL_MEDIUM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/base/describe.h"

namespace parley {

enum class Medium : uint8_t {
  kVoice,
  kSms,
  kEmail,
  kWeb,
  kWhatsapp,
  kChat,
  kMessenger,
  kGbm,
  kCustom,
};
inline constexpr std::array<std::string_view, 9> kMediumNames = {
    "voice", "sms", "email", "web", "whatsapp", "chat", "messenger", "gbm", "custom"};
constexpr const auto& NamesOf(Medium) { return kMediumNames; }

inline constexpr size_t kMedia = kMediumNames.size();

// Some of the media.
class MediumSet {
 public:
  constexpr MediumSet() = default;
  constexpr explicit MediumSet(uint16_t bits) : bits_(bits) {}

  constexpr bool Has(Medium medium) const {
    return (bits_ >> static_cast<size_t>(medium) & 1) != 0;
  }
  constexpr void Add(Medium medium) {
    bits_ = static_cast<uint16_t>(bits_ | 1u << static_cast<size_t>(medium));
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr uint16_t bits() const { return bits_; }
  friend constexpr bool operator==(MediumSet, MediumSet) = default;

 private:
  uint16_t bits_ = 0;
};

// R-HC-01: these three must not carry conversations that are subject to HIPAA.
constexpr bool IsHipaaEligible(Medium medium) {
  return medium != Medium::kEmail && medium != Medium::kWhatsapp && medium != Medium::kMessenger;
}

}  // namespace parley

#endif  // PARLEY_MODEL_MEDIUM_H_
