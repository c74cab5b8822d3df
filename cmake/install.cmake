# Everything stays relocatable: the tool finds its files relative to itself.
install(TARGETS lockstep RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS lockstep-locks
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/lockstep)
install(TARGETS lockstep-server
        RUNTIME DESTINATION ${CMAKE_INSTALL_LIBDIR}/lockstep)
install(DIRECTORY ${CMAKE_BINARY_DIR}/lib/openmp
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/lockstep)
install(DIRECTORY cases sanitizer-configs
        DESTINATION ${CMAKE_INSTALL_DATADIR}/lockstep)
install(FILES docs/lockstep.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES README.md CHANGELOG.md CONTRIBUTING.md LICENSE
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_BINARY_DIR}/lib/liblockstep-explore.a
              ${CMAKE_BINARY_DIR}/lib/explore.wrap
              ${CMAKE_BINARY_DIR}/lib/explore.harmless
              ${CMAKE_BINARY_DIR}/lib/explore.refused
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/lockstep)
install(FILES docs/json.md docs/speedup.md docs/annotations.md docs/detectors.md
              docs/explorer.md docs/explorer-search.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
install(DIRECTORY docs/speedup DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
install(PROGRAMS ci/slurm/lockstep.sbatch
        DESTINATION ${CMAKE_INSTALL_DOCDIR}/ci/slurm)
include(cmake/package.cmake)
