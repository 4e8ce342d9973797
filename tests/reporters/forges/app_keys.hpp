// A key of a GitHub App, made for tests by OpenSSL's command.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "tests/reporters/outside.hpp"

namespace peer::test {

/// As PKCS#8 and PKCS#1; the open half in a file.
struct AppKeys {
  Folder folder;
  std::string pkcs8, pkcs1, open_file;
  AppKeys() {
    const auto file = folder.write("key.pem", "");
    const auto old = folder.write("old.pem", "");
    open_file = folder.write("open.pem", "");
    EXPECT_EQ(run("openssl genrsa -out " + file + " 2048 && openssl rsa -traditional -in " + file +
                  " -out " + old + " && openssl rsa -in " + file + " -pubout -out " + open_file)
                  .code,
              0);
    pkcs8 = run("cat " + file).output;
    pkcs1 = run("cat " + old).output;
  }
};

inline const AppKeys& app_keys() {
  static const AppKeys kKeys;
  return kKeys;
}

}  // namespace peer::test
