#include "base/http_origin.hpp"

#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace peer {
namespace {

AddressKind kind(const std::string& text) {
  sockaddr_storage storage{};
  auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
  if (inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1)
    v4->sin_family = AF_INET;
  else if (inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) == 1)
    v6->sin6_family = AF_INET6;
  return kind_of(*reinterpret_cast<sockaddr*>(&storage));
}

TEST(Url, IsTakenApart) {
  const auto url = parse_url("HTTPS://Api.Example.COM/v1/x?y=1");
  ASSERT_TRUE(url.has_value());
  EXPECT_EQ(url->origin, (Origin{"https", "api.example.com", 443}));
  EXPECT_EQ(url->target, "/v1/x?y=1");
  EXPECT_EQ(to_string(url->origin), "https://api.example.com");
  EXPECT_EQ(parse_url("http://h:8080")->target, "/");
  EXPECT_EQ(parse_url("http://h?x")->target, "/?x");
  EXPECT_EQ(to_string(parse_url("http://[0:0::1]:11434/")->origin), "http://[::1]:11434");
}

TEST(Url, ThatCouldBeReadInTwoWaysIsRefused) {
  const std::vector<std::string> tricks{
      "",
      "api.openai.com",
      "//api.openai.com",
      "ftp://api.openai.com/",
      "file:///etc/passwd",
      "gopher://a/",
      "https:/api.openai.com",
      "https://",
      "https:///v1",
      "https://user@api.openai.com/",
      "https://api.openai.com@evil.example/",
      "https://user:pass@evil.example/",
      "https://api.openai.com:443@evil.example/",
      "https://evil.example#@api.openai.com/",
      "https://evil.example\\@api.openai.com/",
      "https://api.openai.com\\.evil.example/",
      "https://api.openai.com./",
      "https://.api.openai.com/",
      "https://api..openai.com/",
      "https://-a.example/",
      "https://a-.example/",
      "https://api.openai.com:/",
      "https://api.openai.com:0/",
      "https://api.openai.com:65536/",
      "https://api.openai.com:4 43/",
      "https://api.openai.com:+443/",
      "https://api.openai.com:443:80/",
      "https://api.openai%2ecom/",
      "https://api.openai.com%00.evil.example/",
      "https://\xd0\xb0pi.openai.com/",
      "https://api\u3002openai.com/",
      "https://api.openai.com/\r\nHost: evil",
      "https://api.openai.com/a b",
      "https://api.openai.com/#x",
      " https://api.openai.com/",
      "https://2130706433/",
      "https://0x7f000001/",
      "https://0177.0.0.1/",
      "https://127.1/",
      "https://127.0.0.1.1/",
      "https://1.2.3/",
      "https://999.1.1.1/",
      "https://[::1/",
      "https://[::1%25eth0]/",
      "https://[fe80::1%eth0]/",
      "https://[127.0.0.1]/",
      "https://[]/",
      "https://[::1]x/",
      "https://a.example:443x/",
      "https://a_b.example,evil.example/",
      "https://" + std::string(300, 'a') + ".example/",
      "https://a.example/" + std::string(9000, 'x'),
  };
  for (const auto& trick : tricks)
    EXPECT_FALSE(parse_url(trick).has_value()) << trick;
  EXPECT_GE(tricks.size(), 50U);
}

TEST(AddressKind, SeesThroughTheSpellingsOfPrivateAddresses) {
  for (const char* text : {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1",
                           "64:ff9b::7f00:1", "::127.0.0.1"})
    EXPECT_EQ(kind(text), AddressKind::loopback) << text;
  for (const char* text : {"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
                           "fd00::1", "fc00::1", "::ffff:10.1.1.1", "2002:0a00:0001::"})
    EXPECT_EQ(kind(text), AddressKind::private_network) << text;
  for (const char* text : {"169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "0.0.0.0", "::",
                           "224.0.0.1", "255.255.255.255", "ff02::1", "198.18.0.1", "fec0::1"})
    EXPECT_EQ(kind(text), AddressKind::link_local) << text;
  for (const char* text :
       {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "11.0.0.1"})
    EXPECT_EQ(kind(text), AddressKind::global) << text;
}

TEST(AllowedOrigin, OfAPublicNameMayNotLeadInside) {
  const AllowedOrigin open{{"https", "api.example.com", 443}, false};
  EXPECT_TRUE(may_connect(open, AddressKind::global));
  EXPECT_FALSE(may_connect(open, AddressKind::loopback));
  EXPECT_FALSE(may_connect(open, AddressKind::private_network));
  EXPECT_FALSE(may_connect(open, AddressKind::link_local));
  const AllowedOrigin own{{"https", "llm.corp.example", 443}, true};
  EXPECT_TRUE(may_connect(own, AddressKind::private_network));
  EXPECT_FALSE(may_connect(own, AddressKind::link_local));
  const AllowedOrigin local{{"http", "localhost", 11434}, false};
  EXPECT_TRUE(may_connect(local, AddressKind::loopback));
  EXPECT_FALSE(may_connect(local, AddressKind::private_network));
  const AllowedOrigin literal{{"http", "10.0.0.7", 8000}, false};
  EXPECT_TRUE(may_connect(literal, AddressKind::private_network));
}

TEST(AllowedOrigin, IsFoundByAllItsParts) {
  const std::vector<AllowedOrigin> list{{{"https", "a.example", 443}, false}};
  EXPECT_NE(find_allowed(list, {"https", "a.example", 443}), nullptr);
  EXPECT_EQ(find_allowed(list, {"http", "a.example", 443}), nullptr);
  EXPECT_EQ(find_allowed(list, {"https", "a.example", 8443}), nullptr);
  EXPECT_EQ(find_allowed(list, {"https", "b.a.example", 443}), nullptr);
}

TEST(Origin, KnowsLoopback) {
  EXPECT_TRUE(is_loopback({"http", "localhost", 1}));
  EXPECT_TRUE(is_loopback({"http", "127.0.0.1", 1}));
  EXPECT_TRUE(is_loopback({"http", "[::1]", 1}));
  EXPECT_FALSE(is_loopback({"http", "127.evil.example", 1}));
  EXPECT_FALSE(is_loopback({"http", "10.0.0.1", 1}));
}

}  // namespace
}  // namespace peer
