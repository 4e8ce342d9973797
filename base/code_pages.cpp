#include "base/code_pages.hpp"

#include <cstddef>
#include <cstdint>
#include <link.h>
#include <span>
#include <sys/mman.h>
#include <unistd.h>

namespace peer {
namespace {

using Segments = std::span<const ElfW(Phdr)>;

void* at(std::uintptr_t address) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the linker gives numbers
  return reinterpret_cast<void*>(address);
}

/// Whether the linker wrote into what is read-only now (text relocations): such pages are no longer
/// the file's.
bool was_written(std::uintptr_t base, Segments segments) {
  for (const auto& segment : segments) {
    if (segment.p_type != PT_DYNAMIC) continue;
    for (const auto* entry = static_cast<const ElfW(Dyn)*>(at(base + segment.p_vaddr));
         entry->d_tag != DT_NULL; ++entry)
      if (entry->d_tag == DT_TEXTREL ||
          (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0))
        return true;
  }
  return false;
}

int let_go(dl_phdr_info* object, std::size_t /*size*/, void* /*unused*/) {
  const Segments segments(object->dlpi_phdr, object->dlpi_phnum);
  if (was_written(object->dlpi_addr, segments)) return 0;
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  for (const auto& segment : segments) {
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
    const auto begin = object->dlpi_addr + segment.p_vaddr;
    const auto first = (begin + page - 1) / page * page,
               end = (begin + segment.p_memsz) / page * page;
    if (first < end) (void)::madvise(at(first), end - first, MADV_DONTNEED);
  }
  return 0;
}

}  // namespace

void let_go_of_code_pages() { ::dl_iterate_phdr(let_go, nullptr); }

}  // namespace peer
