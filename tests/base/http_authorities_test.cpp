#include "base/http_authorities.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

std::string choose(const std::string& built_in, const std::string& there) {
  return other_authorities(built_in, [&](const std::string& file) { return file == there; });
}

TEST(Authorities, AreTheLibrarysOwnWhereTheyAreThere) {
  EXPECT_EQ(choose("/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/ca-certificates.crt"), "");
  EXPECT_EQ(choose("", "/etc/ssl/cert.pem"), "") << "it has its own way";
}

TEST(Authorities, AreThoseOfTheMachineWhereItKeepsThemElsewhere) {
  for (const auto* file :
       {"/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"})
    EXPECT_EQ(choose("/etc/ssl/certs/ca-certificates.crt", file), file);
  EXPECT_EQ(choose("/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt"),
            "/etc/ssl/certs/ca-certificates.crt");
  EXPECT_EQ(choose("/etc/ssl/certs/ca-certificates.crt", "/srv/own.pem"), "");
  EXPECT_EQ(known_authorities([](const std::string& file) { return file == "/etc/ssl/cert.pem"; }),
            "/etc/ssl/cert.pem");
  EXPECT_EQ(known_authorities([](const std::string&) { return false; }), "");
}

}  // namespace
}  // namespace peer
