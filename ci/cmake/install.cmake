# `cmake --install` and `cpack -G DEB`: the program, its manual page and completion, made by the program itself.
if(TARGET peer)
  # the release tarball brings libraries along; RPATH, not RUNPATH, so that they find each other there too
  # from the start: CMake would hold its place with an RPATH of empty entries, which name the folder the program is started in,
  # and so run what a repository calls libsqlite3.so.0
  set_target_properties(peer PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/peer" BUILD_WITH_INSTALL_RPATH ON)
  target_link_options(peer PRIVATE LINKER:--disable-new-dtags)
  if(PEER_QUICK_START)
    # A symbol is looked for in one library after the other, in the order of loading. Those that most symbols are of come first,
    # though only libgit2 needs some of them.
    execute_process(COMMAND ldd ${LIBGIT2_LINK_LIBRARIES} OUTPUT_VARIABLE below_libgit2 ERROR_QUIET)
    string(REGEX MATCHALL "/[^ ]*/lib(crypto|krb5|mbedcrypto)\\.so[.0-9]*" below_libgit2 "${below_libgit2}")
    target_link_options(peer PRIVATE LINKER:--push-state,--no-as-needed -lstdc++ -lc ${below_libgit2} LINKER:--pop-state)
  endif()
  install(TARGETS peer RUNTIME DESTINATION bin)
  set(shared ${CMAKE_BINARY_DIR}/share)
  file(MAKE_DIRECTORY ${shared})
  add_custom_command(
    OUTPUT ${shared}/peer.1 ${shared}/peer.bash ${shared}/_peer ${shared}/peer.fish
    COMMAND peer man > ${shared}/peer.1
    COMMAND peer completion bash > ${shared}/peer.bash
    COMMAND peer completion zsh > ${shared}/_peer
    COMMAND peer completion fish > ${shared}/peer.fish
    DEPENDS peer VERBATIM)
  add_custom_target(shared_files ALL DEPENDS ${shared}/peer.1)
  # `--target peer` alone makes a tree that installs too: what was not made is left out
  install(FILES ${shared}/peer.1 DESTINATION share/man/man1 OPTIONAL)
  install(FILES ${shared}/peer.bash DESTINATION share/bash-completion/completions RENAME peer OPTIONAL)
  install(FILES ${shared}/_peer DESTINATION share/zsh/vendor-completions OPTIONAL)
  install(FILES ${shared}/peer.fish DESTINATION share/fish/vendor_completions.d OPTIONAL)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME peer)
set(CPACK_PACKAGE_CONTACT "Peer maintainers <peer@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Code review and repair for Git changes")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# loaded on first use, so that the linker cannot know of it
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libcurl4 | libcurl4t64 | libcurl3-gnutls")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
include(CPack)
