# The vocabularies of tokenizers, in blocks that the assembler puts into the program as they are: read-only pages that no
# run touches unless it counts tokens. A program of ours makes them from npm's rank files, with the classes of characters
# as Node's regular expressions know them.
find_program(NODE NAMES node nodejs REQUIRED)
set(ranks ${PEER_NODE_MODULES}/gpt-tokenizer/data)
if(NOT EXISTS ${ranks})
  message(FATAL_ERROR "No rank files in ${ranks}: run ci/setup")
endif()
set(tokens ${PROJECT_SOURCE_DIR}/analyzers/compress/tokens)
set(made ${PROJECT_BINARY_DIR}/generated/tokens)
file(MAKE_DIRECTORY ${made})
add_executable(make_token_tables ${tokens}/main.cpp)
target_link_libraries(make_token_tables PRIVATE peer_options)
add_custom_command(OUTPUT ${made}/classes.txt
  COMMAND ${NODE} ${tokens}/classes.mjs > ${made}/classes.txt
  DEPENDS ${tokens}/classes.mjs VERBATIM)
add_custom_command(OUTPUT ${made}/o200k_base.bin ${made}/cl100k_base.bin ${made}/classes.bin
  COMMAND make_token_tables ${ranks}/o200k_base.tiktoken ${ranks}/cl100k_base.tiktoken ${made}/classes.txt ${made}
  DEPENDS make_token_tables ${ranks}/o200k_base.tiktoken ${ranks}/cl100k_base.tiktoken ${made}/classes.txt VERBATIM)

set(text "// Made by ci/cmake/tokens.cmake.\n")
foreach(name o200k_base cl100k_base classes)
  string(APPEND text "__asm__(\".section .rodata\\n.balign 64\\n.globl peer_${name}_block\\npeer_${name}_block:\\n\"\n"
    "        \".incbin \\\"${made}/${name}.bin\\\"\\n.byte 0\\n.previous\\n\");\n")
endforeach()
file(CONFIGURE OUTPUT ${made}/blocks.cpp CONTENT "${text}" @ONLY)
set_source_files_properties(${made}/blocks.cpp PROPERTIES OBJECT_DEPENDS
  "${made}/o200k_base.bin;${made}/cl100k_base.bin;${made}/classes.bin")
target_sources(peer_analyzers PRIVATE ${made}/blocks.cpp)
