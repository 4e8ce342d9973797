#include "reporters/forges/rs256.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <nettle/asn1.h>
#include <nettle/bignum.h>
#include <nettle/rsa.h>
#include <nettle/sha2.h>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "reporters/base64.hpp"

namespace peer {
namespace {

constexpr unsigned kMostBits = 16'384;
constexpr std::size_t kMostPem = 64'000;

/// nettle's key pair, wiped with its owner.
struct KeyPair {
  rsa_public_key open{};
  rsa_private_key secret{};
  KeyPair() {
    rsa_public_key_init(&open);
    rsa_private_key_init(&secret);
  }
  ~KeyPair() {
    rsa_public_key_clear(&open);
    rsa_private_key_clear(&secret);
  }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;
};

/// What stands between the armour of a PEM text, decoded; nullopt where there is none.
std::optional<std::string> from_pem(std::string_view pem, std::string_view kind) {
  const auto begin = "-----BEGIN " + std::string(kind) + "-----";
  const auto end = "-----END " + std::string(kind) + "-----";
  const auto from = pem.find(begin), to = pem.find(end);
  if (from == std::string_view::npos || to == std::string_view::npos || to < from)
    return std::nullopt;
  std::string coded;
  // line ends are sometimes lost on the way through an environment variable: "\n" in letters
  auto inside = replace_all(std::string(pem.substr(from + begin.size(), to - from - begin.size())),
                            "\\n", "\n");
  for (const char c : inside)
    if (c != '\n' && c != '\r' && c != ' ' && c != '\t') coded += c;
  return base64_decode(coded);
}

const std::uint8_t* bytes_of(std::string_view text) {
  // nettle reads bytes, a string_view holds chars: the same object representation
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

/// As it stands in the bytes: nettle's enumeration names only some of the tags there may be.
std::uint32_t tag_of(const asn1_der_iterator& at) {
  std::uint32_t tag = 0;
  static_assert(sizeof tag == sizeof at.type);
  std::memcpy(&tag, &at.type, sizeof tag);
  return tag;
}

/// The PKCS#1 key that a PKCS#8 one wraps: SEQUENCE { version, algorithm, OCTET STRING key }.
std::optional<std::string> unwrap(const std::string& der) {
  asn1_der_iterator outer{}, inner{};
  if (asn1_der_iterator_first(&outer, der.size(), bytes_of(der)) != ASN1_ITERATOR_CONSTRUCTED ||
      tag_of(outer) != ASN1_SEQUENCE)
    return std::nullopt;
  if (asn1_der_decode_constructed(&outer, &inner) != ASN1_ITERATOR_PRIMITIVE) return std::nullopt;
  while (tag_of(inner) != ASN1_OCTETSTRING) {
    const auto next = asn1_der_iterator_next(&inner);
    if (next != ASN1_ITERATOR_PRIMITIVE && next != ASN1_ITERATOR_CONSTRUCTED) return std::nullopt;
  }
  return std::string(reinterpret_cast<const char*>(inner.data), inner.length);
}

/// `x` * `y` = 1 modulo `m`.
bool are_inverse(const mpz_t x, const mpz_t y, const mpz_t m) {
  mpz_t product;
  mpz_init(product);
  mpz_mul(product, x, y);
  mpz_mod(product, product, m);
  const bool one = mpz_cmp_ui(product, 1) == 0;
  mpz_clear(product);
  return one;
}

/// One prime of a key with its exponent: odd, over 2, and the exponent undoes `e` modulo prime - 1.
bool fits(const mpz_t prime, const mpz_t exponent, const mpz_t e) {
  if (mpz_cmp_ui(prime, 3) < 0 || mpz_odd_p(prime) == 0) return false;
  if (mpz_sgn(exponent) <= 0 || mpz_cmp(exponent, prime) >= 0) return false;
  mpz_t less;
  mpz_init(less);
  mpz_sub_ui(less, prime, 1);
  const bool undoes = are_inverse(exponent, e, less);
  mpz_clear(less);
  return undoes;
}

/// The numbers belong together: nettle ends the process over some that do not.
bool is_sound(const KeyPair& keys) {
  const auto& open = keys.open;
  const auto& secret = keys.secret;
  if (mpz_sgn(open.e) <= 0 || !fits(secret.p, secret.a, open.e) ||
      !fits(secret.q, secret.b, open.e))
    return false;
  if (mpz_sgn(secret.c) <= 0 || mpz_cmp(secret.c, secret.p) >= 0) return false;
  mpz_t product;
  mpz_init(product);
  mpz_mul(product, secret.p, secret.q);
  const bool whole = mpz_cmp(product, open.n) == 0;
  mpz_clear(product);
  return whole && are_inverse(secret.c, secret.q, secret.p);
}

bool read_key(std::string_view pem, KeyPair& keys) {
  if (pem.size() > kMostPem) return false;
  auto der = from_pem(pem, "RSA PRIVATE KEY");
  if (!der) {
    const auto wrapped = from_pem(pem, "PRIVATE KEY");
    der = wrapped ? unwrap(*wrapped) : std::nullopt;
  }
  return der &&
         rsa_keypair_from_der(&keys.open, &keys.secret, kMostBits, der->size(), bytes_of(*der)) ==
             1 &&
         is_sound(keys);
}

std::string base64_url(std::string_view bytes) {
  auto text = base64_encode(bytes);
  while (text.ends_with('='))
    text.pop_back();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

}  // namespace

Result<std::string> sign_jwt(std::string_view claims, std::string_view pem) {
  KeyPair keys;
  if (!read_key(pem, keys))
    return fail(ErrorKind::invalid_input,
                "PEER_GITHUB_APP_PRIVATE_KEY is no RSA key in PEM without a password");
  const auto signed_part = base64_url(R"({"alg":"RS256","typ":"JWT"})") + "." + base64_url(claims);
  sha256_ctx hash{};
  sha256_init(&hash);
  sha256_update(&hash, signed_part.size(), bytes_of(signed_part));
  mpz_t signature;
  mpz_init(signature);
  const bool done = rsa_sha256_sign(&keys.secret, &hash, signature) == 1;
  std::vector<std::uint8_t> bytes(keys.open.size);
  if (done) nettle_mpz_get_str_256(bytes.size(), bytes.data(), signature);
  mpz_clear(signature);
  if (!done) return fail(ErrorKind::invalid_input, "this RSA key is too short to sign with");
  return signed_part + "." +
         base64_url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace peer
