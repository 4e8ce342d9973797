# Our folders in the order in which they may include one another (docs/ARCHITECTURE.md), one static library each.
# A new source file needs no line here.

# What nearly every file reads is a third of its compile time. In debug builds each layer reads it once; the others compile every file
# from what it includes itself, so that a missing line is found.
set(layer_headers <algorithm> <array> <charconv> <chrono> <filesystem> <functional> <map> <memory> <mutex> <optional> <set> <span>
  <stop_token> <string> <string_view> <unordered_map> <vector> <fmt/format.h>)

function(peer_layer name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "/isolate/bad_grammar")
  if(NOT sources)
    add_library(peer_${name} INTERFACE)
    target_link_libraries(peer_${name} INTERFACE peer_options ${ARGN})
    return()
  endif()
  add_library(peer_${name} STATIC ${sources})
  target_link_libraries(peer_${name} PUBLIC peer_options ${ARGN})
  if(CMAKE_BUILD_TYPE STREQUAL Debug AND NOT CMAKE_CXX_CLANG_TIDY)  # which would look through all of them for every file
    target_precompile_headers(peer_${name} PRIVATE ${layer_headers})
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
      target_compile_options(peer_${name} PRIVATE -fpch-preprocess)  # for ccache
    endif()
  endif()
endfunction()

peer_layer(base ${CMAKE_DL_LIBS} tl::expected fmt::fmt nlohmann_json::nlohmann_json PkgConfig::NETTLE PkgConfig::YAML)
peer_layer(cache peer_base SQLite::SQLite3 PkgConfig::HIREDIS)
peer_layer(analyzers peer_base tree_walk tree_sitter grammars PkgConfig::RE2 PkgConfig::EXPAT ZLIB::ZLIB)
include(tokens)  # the vocabularies that the analyzers count with

# The built-in rules: checked and put into one library by a program of ours that runs at build time.
add_executable(digest_pack ${PROJECT_SOURCE_DIR}/analyzers/pack/main.cpp)
target_link_libraries(digest_pack PRIVATE peer_analyzers)
file(GLOB_RECURSE pack_rules CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/analyzers/pack/*.yml)
set(pack_source ${PROJECT_BINARY_DIR}/generated/pack.cpp)
add_custom_command(OUTPUT ${pack_source}
  COMMAND digest_pack ${PROJECT_SOURCE_DIR}/analyzers/pack ${pack_source} strict
  DEPENDS digest_pack ${pack_rules} VERBATIM)
add_library(peer_pack STATIC ${pack_source})
set_source_files_properties(${pack_source} PROPERTIES COMPILE_OPTIONS "-O0;-g0")  # tables: there is nothing to optimise or to step through
target_link_libraries(peer_pack PUBLIC peer_analyzers)

peer_layer(llm peer_base peer_cache peer_analyzers)
peer_layer(reporters peer_base peer_cache peer_analyzers peer_llm PkgConfig::HOGWEED)
peer_layer(bot peer_base peer_cache peer_analyzers peer_llm peer_reporters peer_pack PkgConfig::LIBGIT2 PkgConfig::SECCOMP CLI11::CLI11)
peer_embed(peer_reporters reporters/render/embedded_html ${PROJECT_SOURCE_DIR}/reporters/render/html/report.css
  ${PROJECT_SOURCE_DIR}/reporters/render/html/report.js)
file(GLOB_RECURSE llm_data CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/llm/providers/*.yml ${PROJECT_SOURCE_DIR}/llm/prompt/*.md)
peer_embed_table(llm ${llm_data})
target_compile_definitions(peer_base PUBLIC PEER_VERSION="${PROJECT_VERSION}")

if(EXISTS ${PROJECT_SOURCE_DIR}/bot/main.cpp)
  add_executable(peer ${PROJECT_SOURCE_DIR}/bot/main.cpp)
  target_link_libraries(peer PRIVATE peer_bot)
  set_target_properties(peer PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
endif()
