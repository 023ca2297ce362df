// What base/hash.h promises: SipHash-1-3 as published, and a digest in which order counts.

#include "parley/base/hash.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace parley {
namespace {

// The key and the inputs of the published tables: bytes 0, 1, 2 ... and their first n.
constexpr HashKey kPublishedKey{0x0706050403020100, 0x0F0E0D0C0B0A0908};

std::string FirstBytes(size_t n) {
  std::string text;
  for (size_t i = 0; i < n; ++i) text.push_back(static_cast<char>(i));
  return text;
}

std::string RandomText(std::mt19937_64& random, size_t size) {
  std::string text;
  while (text.size() < size) text.push_back(static_cast<char>(random() % 256));
  return text;
}

// SipHash-1-3 once more, written from the paper and not from the header: the message is padded in
// memory, and words are put together by arithmetic.
uint64_t SipHash13ByTheBook(HashKey key, std::string message) {
  const uint64_t length = message.size();
  while (message.size() % 8 != 7) message.push_back('\0');
  message.push_back(static_cast<char>(length % 256));

  std::array<uint64_t, 4> v = {key.k0 ^ 0x736f6d6570736575, key.k1 ^ 0x646f72616e646f6d,
                               key.k0 ^ 0x6c7967656e657261, key.k1 ^ 0x7465646279746573};
  const auto half_round = [&v](size_t a, size_t b, size_t c, size_t d, int s, int t) {
    v[a] += v[b];
    v[c] += v[d];
    v[b] = std::rotl(v[b], s) ^ v[a];
    v[d] = std::rotl(v[d], t) ^ v[c];
    v[a] = std::rotl(v[a], 32);
  };
  const auto sip_round = [&half_round] {
    half_round(0, 1, 2, 3, 13, 16);
    half_round(2, 1, 0, 3, 17, 21);
  };
  for (size_t word = 0; word < message.size(); word += 8) {
    uint64_t m = 0;
    for (size_t i = 8; i-- > 0;) m = m * 256 + static_cast<unsigned char>(message[word + i]);
    v[3] ^= m;
    sip_round();
    v[0] ^= m;
  }
  v[2] ^= 0xff;
  sip_round();
  sip_round();
  sip_round();
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}

// From the 64-entry table that Rust's standard library tests its SipHasher13 with (bytes there,
// little-endian words here), and, for the zero key, from OCaml's and CPython's.
TEST(SipHash13Test, GivesThePublishedValues) {
  EXPECT_EQ(SipHash13(kPublishedKey, FirstBytes(0)), 0xABAC0158050FC4DCu);
  EXPECT_EQ(SipHash13(kPublishedKey, FirstBytes(1)), 0xC9F49BF37D57CA93u);
  EXPECT_EQ(SipHash13(kPublishedKey, FirstBytes(7)), 0xD3927D989BB11140u);
  EXPECT_EQ(SipHash13(kPublishedKey, FirstBytes(8)), 0x369095118D299A8Eu);
  EXPECT_EQ(SipHash13(kPublishedKey, FirstBytes(15)), 0xD320D86D2A519956u);
  EXPECT_EQ(SipHash13(kPublishedKey, FirstBytes(16)), 0xCC4FDD1A7D908B66u);
  EXPECT_EQ(SipHash13(kPublishedKey, FirstBytes(63)), 0x9D199062B7BBB3A8u);
  EXPECT_EQ(SipHash13({0, 0}, ""), 0xD1FBA762150C532Cu);
  EXPECT_EQ(SipHash13({0, 0}, "Where is my order?"), static_cast<uint64_t>(-8904638707273678946));
}

TEST(SipHash13Test, AgreesWithAnIndependentImplementation) {
  std::mt19937_64 random(1);
  for (size_t size = 0; size < 600; ++size) {
    const HashKey key{random(), random()};
    const std::string text = RandomText(random, size);
    ASSERT_EQ(SipHash13(key, text), SipHash13ByTheBook(key, text)) << size << " bytes";
  }
}

// What is hashed of two texts: 28 bits of each size and 8 of the kind, then the texts, filled up.
std::string Joined(uint8_t kind, const std::string& first, const std::string& second) {
  std::string bytes;
  const uint64_t head = first.size() + second.size() * (1u << 28) + (uint64_t{kind} << 56);
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<char>(head >> (8 * i)));
  for (const std::string& text : {first, second}) {
    bytes += text;
    while (bytes.size() % 8 != 0) bytes.push_back('\0');
  }
  return bytes;
}

TEST(SipHash13Test, OfTwoTextsAgreesWithAnIndependentImplementation) {
  std::mt19937_64 random(2);
  for (size_t size = 0; size < 40; ++size) {
    for (size_t other = 0; other < 40; ++other) {
      const HashKey key{random(), random()};
      const auto kind = static_cast<uint8_t>(random());
      const std::string first = RandomText(random, size);
      const std::string second = RandomText(random, other);
      ASSERT_EQ(SipHash13(key, kind, first, second),
                SipHash13ByTheBook(key, Joined(kind, first, second)))
          << size << " and " << other << " bytes";
    }
  }
}

TEST(SipHash13Test, OfTwoTextsTellsThemApart) {
  const uint64_t hash = SipHash13({}, 1, "ab", "c");
  EXPECT_NE(SipHash13({}, 1, "a", "bc"), hash);
  EXPECT_NE(SipHash13({}, 1, "abc", ""), hash);
  EXPECT_NE(SipHash13({}, 1, "c", "ab"), hash);
  EXPECT_NE(SipHash13({}, 2, "ab", "c"), hash);
  EXPECT_NE(SipHash13({}, 1, std::string("ab\0", 3), "c"), hash);
}

TEST(SipHash13Test, DoesNotDependOnWhereTheTextStands) {
  const std::string text = FirstBytes(45);
  for (size_t offset = 0; offset < 16; ++offset) {
    const std::string moved = std::string(offset, 'x') + text;
    EXPECT_EQ(SipHash13({}, std::string_view(moved).substr(offset)), SipHash13({}, text));
  }
}

TEST(SipHash13Test, EveryBitOfTheKeyCounts) {
  const uint64_t hash = SipHash13({}, "c@x");
  for (int bit = 0; bit < 64; ++bit) {
    EXPECT_NE(SipHash13({HashKey{}.k0 ^ (uint64_t{1} << bit), HashKey{}.k1}, "c@x"), hash);
    EXPECT_NE(SipHash13({HashKey{}.k0, HashKey{}.k1 ^ (uint64_t{1} << bit)}, "c@x"), hash);
  }
}

TEST(SipHash13Test, IsKnownToTheCompiler) {
  static_assert(SipHash13(kPublishedKey, "") == 0xABAC0158050FC4DCu);
  static_assert(SipHash13({}, "c@x") != SipHash13({}, "c@y"));
}

uint64_t DigestOf(const std::vector<uint64_t>& words) {
  Digest64 digest;
  for (const uint64_t word : words) digest.Add(word);
  return digest.value();
}

// A digest that changes from one release to the next makes every recorded one worthless.
TEST(Digest64Test, GivesTheSameValueForEver) {
  EXPECT_EQ(DigestOf({}), 0xA4093822299F31D0u);
  EXPECT_EQ(DigestOf({1, 2, 3}), 0x501F82037659180Eu);
}

TEST(Digest64Test, OrderCounts) { EXPECT_NE(DigestOf({1, 2}), DigestOf({2, 1})); }

// The word that makes the state zero before mixing is the one after which zeros could be lost.
TEST(Digest64Test, ZerosCount) {
  for (const uint64_t first : {uint64_t{0}, Digest64().value()}) {
    std::set<uint64_t> seen;
    std::vector<uint64_t> words = {first};
    for (int i = 0; i < 100; ++i, words.push_back(0)) {
      EXPECT_TRUE(seen.insert(DigestOf(words)).second) << words.size() << " words";
    }
  }
}

TEST(Digest64Test, ShortHistoriesOfSmallWordsDiffer) {
  std::set<uint64_t> seen;
  size_t histories = 0;
  for (uint64_t a = 0; a < 40; ++a) {
    for (uint64_t b = 0; b < 40; ++b) {
      for (uint64_t c = 0; c < 40; ++c, ++histories) seen.insert(DigestOf({a, b, c}));
    }
  }
  EXPECT_EQ(seen.size(), histories);
}

TEST(Digest64Test, OneBitInChangesAboutHalfTheBitsOut) {
  std::mt19937_64 random(2);
  int changed = 0;
  for (int round = 0; round < 1'000; ++round) {
    const uint64_t word = random();
    const uint64_t other = word ^ (uint64_t{1} << (round % 64));
    const int bits = std::popcount(DigestOf({word}) ^ DigestOf({other}));
    EXPECT_GE(bits, 8);
    changed += bits;
  }
  EXPECT_GE(changed, 31'000);
  EXPECT_LE(changed, 33'000);
}

}  // namespace
}  // namespace parley
