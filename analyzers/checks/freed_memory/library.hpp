// What functions of the C library and of systems do with the pointers that they are given. Constants, by the last part of their names.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace peer::freed_memory {

template <std::size_t kCount>
[[nodiscard]] constexpr bool holds(const std::array<std::string_view, kCount>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Give back what their first argument points to.
inline constexpr std::array<std::string_view, 12> kFree{"free", "kfree", "vfree", "kvfree", "kfree_sensitive", "g_free", "zfree", "xfree", "HeapFree", "LocalFree", "av_free", "cfree"};
inline constexpr std::array<std::string_view, 3> kClose{"fclose", "pclose", "closedir"};
/// Give new memory for that of their first argument.
inline constexpr std::array<std::string_view, 9> kRealloc{"realloc", "xrealloc", "krealloc", "g_realloc", "reallocarray", "reallocf", "zrealloc", "srealloc", "erealloc"};
/// Give new memory.
inline constexpr std::array<std::string_view, 27> kAllocate{"malloc", "calloc", "strdup", "strndup", "xmalloc", "xcalloc", "xstrdup", "xstrndup", "kmalloc", "kzalloc", "kcalloc", "vmalloc", "kstrdup", "g_malloc", "g_malloc0",
                                                            "g_new", "g_strdup", "aligned_alloc", "memalign", "wcsdup", "_strdup", "zmalloc", "zcalloc", "emalloc", "kvmalloc", "valloc", "memdup"};
/// Memory that is gone with the function.
inline constexpr std::array<std::string_view, 3> kOnStack{"alloca", "_alloca", "__builtin_alloca"};
/// Give back their first argument.
inline constexpr std::array<std::string_view, 12> kGivesFirst{"strcpy", "strcat", "strncpy", "strncat", "memcpy", "memmove", "memset", "fgets", "gets", "wcscpy", "wcscat", "move"};
/// Give a place within it.
inline constexpr std::array<std::string_view, 14> kGivesPart{"strchr", "strrchr", "strstr", "strcasestr", "strpbrk", "memchr", "rawmemchr", "strchrnul", "stpcpy", "mempcpy", "strtok", "index", "rindex", "wcschr"};
/// Come back to nobody.
inline constexpr std::array<std::string_view, 17> kNeverReturns{"exit", "_exit", "_Exit", "quick_exit", "abort", "err", "errx", "verr", "verrx", "die", "fatal", "panic", "longjmp", "siglongjmp", "terminate", "__builtin_unreachable", "__builtin_trap"};
/// Read what they are given and change nothing of the program's.
inline constexpr std::array<std::string_view, 54> kOnlyReads{
    "printf", "fprintf", "dprintf", "vprintf", "vfprintf", "puts", "fputs", "putchar", "putc", "fputc", "perror", "syslog", "write", "send", "sendto", "fwrite", "strlen", "strnlen", "strcmp", "strncmp", "strcasecmp", "strncasecmp",
    "memcmp", "atoi", "atol", "atoll", "atof", "strtol", "strtoul", "strtoll", "strtoull", "strtod", "fflush", "feof", "ferror", "fgetc", "getc", "fseek", "ftell", "rewind", "strspn", "strcspn", "sleep", "usleep", "time", "getpid",
    "isdigit", "isspace", "isalpha", "toupper", "tolower", "wcslen", "strerror", "close"};
/// Write into what they are given, and touch nothing else.
inline constexpr std::array<std::string_view, 14> kOnlyWrites{"snprintf", "sprintf", "vsnprintf", "vsprintf", "read", "recv", "recvfrom", "fread", "sscanf", "scanf", "fscanf", "bzero", "strlcpy", "strlcat"};

}  // namespace peer::freed_memory
