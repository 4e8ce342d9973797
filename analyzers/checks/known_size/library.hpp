// What functions of the C library and of systems read and write by the sizes that they are given.
// Constants.
#pragma once

#include <array>
#include <string_view>

namespace peer::known_size {

/// The call reads or writes `unit` bytes, times argument `size`, times argument `count` where that
/// is not kNone, from argument `memory` on.
struct Access {
  static constexpr int kNone = -1;
  std::string_view name;
  int memory = 0;
  int size = 2;
  bool writes = true;
  int count = kNone;
  int unit = 1;
  bool from_outside = false;  ///< what it writes comes from outside
};

inline constexpr int kWide = 4;  // bytes of wchar_t

inline constexpr std::array kAccesses{
    Access{.name = "memcpy"},
    Access{.name = "memcpy", .memory = 1, .writes = false},
    Access{.name = "memmove"},
    Access{.name = "memmove", .memory = 1, .writes = false},
    Access{.name = "mempcpy"},
    Access{.name = "memset"},
    Access{.name = "bzero", .size = 1},
    Access{.name = "explicit_bzero", .size = 1},
    Access{.name = "ZeroMemory", .size = 1},
    Access{.name = "CopyMemory"},
    Access{.name = "wmemcpy", .unit = kWide},
    Access{.name = "wmemset", .unit = kWide},
    Access{.name = "wmemmove", .unit = kWide},
    Access{.name = "memcmp", .writes = false},
    Access{.name = "memcmp", .memory = 1, .writes = false},
    Access{.name = "strncpy"},
    Access{.name = "wcsncpy", .unit = kWide},
    Access{.name = "strlcpy"},
    Access{.name = "strlcat"},
    Access{.name = "snprintf", .size = 1},
    Access{.name = "vsnprintf", .size = 1},
    Access{.name = "swprintf", .size = 1, .unit = kWide},
    Access{.name = "strftime", .size = 1},
    Access{.name = "strcpy_s", .size = 1},
    Access{.name = "sprintf_s", .size = 1},
    Access{.name = "memcpy_s", .size = 1},
    Access{.name = "fgets", .size = 1, .from_outside = true},
    Access{.name = "fgetws", .size = 1, .unit = kWide, .from_outside = true},
    Access{.name = "read", .memory = 1, .from_outside = true},
    Access{.name = "pread", .memory = 1, .from_outside = true},
    Access{.name = "recv", .memory = 1, .from_outside = true},
    Access{.name = "recvfrom", .memory = 1, .from_outside = true},
    Access{.name = "SSL_read", .memory = 1, .from_outside = true},
    Access{.name = "fread", .size = 1, .count = 2, .from_outside = true},
    Access{.name = "getcwd", .size = 1},
    Access{.name = "gethostname", .size = 1},
    Access{.name = "readlink", .memory = 1, .from_outside = true},
    Access{.name = "write", .memory = 1, .writes = false},
    Access{.name = "send", .memory = 1, .writes = false},
    Access{.name = "fwrite", .size = 1, .writes = false, .count = 2},
};

}  // namespace peer::known_size
