# Compiler cache and a fast linker where there are any; warnings for our own code only.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  # what ccache asks for before it takes code with precompiled headers (its manual, "Precompiled headers")
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# GCC's collector walks all of the precompiled headers each time it runs: with room for one file's whole work it does not.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:--param=ggc-min-heapsize=524288>)
endif()

find_package(Threads REQUIRED)

add_library(peer_options INTERFACE)
target_include_directories(peer_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_options(peer_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
target_link_libraries(peer_options INTERFACE Threads::Threads)
