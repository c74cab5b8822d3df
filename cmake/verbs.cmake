# The Makefile's verbs as CMake targets of the same names.
set(out ${CMAKE_BINARY_DIR}/out)

function(lockstep_verb name comment)
  add_custom_target(${name}
    COMMAND $<TARGET_FILE:lockstep> ${ARGN} --out ${out}
    DEPENDS lockstep lockstep-locks
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT ${comment}
    USES_TERMINAL VERBATIM)
endfunction()

lockstep_verb(tour "Lockstep in two minutes" tour)
lockstep_verb(tsan "Every pair under ThreadSanitizer (gcc, clang) and watchdog"
              gate --detector tsan-gcc,tsan-clang,watchdog)
lockstep_verb(helgrind "Every pair under Helgrind" gate --detector helgrind)
lockstep_verb(drd "Every pair under DRD" gate --detector drd)
lockstep_verb(static "Every pair before it runs, under every static analyser"
              gate --family static)
lockstep_verb(explore "Every pair by all its schedules, or by many"
              gate --family exploring)
lockstep_verb(gate "Every pair under every detector" gate)
lockstep_verb(bench "The kernels, measured"
              bench --save ${CMAKE_BINARY_DIR}/bench)

# The explorer on fixed programs that were broken in small ways, and its traces on
# all bugs, again and again.
add_custom_target(mutants
  COMMAND tests/explore/mutants/mutants.py explore
          ${CMAKE_BINARY_DIR}/mutants.jsonl
  COMMAND tests/explore/mutants/mutants.py report
          ${CMAKE_BINARY_DIR}/mutants.jsonl
  DEPENDS lockstep
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  COMMENT "The explorer on broken programs" USES_TERMINAL VERBATIM)
add_custom_target(replays
  COMMAND ${CMAKE_COMMAND} -E env LOCKSTEP=$<TARGET_FILE:lockstep>
          sh tests/explore/replays.sh
  DEPENDS lockstep
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  COMMENT "All traces of the corpus, 100 times" USES_TERMINAL VERBATIM)
add_custom_target(bench-explore
  COMMAND sh tests/bench/explore.sh $<TARGET_FILE:lockstep>
          ${PROJECT_SOURCE_DIR}
  DEPENDS lockstep lockstep-explore
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  COMMENT "The explorer, measured"
  USES_TERMINAL VERBATIM)

# Written beside it first: a catalogue that fails leaves the old page.
add_custom_target(catalogue
  COMMAND sh -c "\"$1\" catalogue >\"$2.new\" && mv \"$2.new\" \"$2\"" sh
          $<TARGET_FILE:lockstep> ${CMAKE_BINARY_DIR}/catalogue.md
  COMMAND sh -c "\"$1\" catalogue $3 >\"$2.new\" && mv \"$2.new\" \"$2\"" sh
          $<TARGET_FILE:lockstep> ${CMAKE_BINARY_DIR}/detectors.md
          "--facts docs/detectors.md --costs docs/costs.json"
  COMMAND ${CMAKE_COMMAND} -E copy_if_different
          ${CMAKE_BINARY_DIR}/catalogue.md ${PROJECT_SOURCE_DIR}/cases/README.md
  COMMAND ${CMAKE_COMMAND} -E copy_if_different
          ${CMAKE_BINARY_DIR}/detectors.md ${PROJECT_SOURCE_DIR}/docs/detectors.md
  DEPENDS lockstep
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  COMMENT "cases/README.md and docs/detectors.md, from the manifests" VERBATIM)

# A hundred times, at moments that no other day has.
add_custom_target(kills
  COMMAND ${CMAKE_COMMAND} -E env LOCKSTEP=$<TARGET_FILE:lockstep>
          SOURCE=${PROJECT_SOURCE_DIR} KILLS=100
          sh -c "SEED=$(date +%s) exec sh tests/e2e/resume.sh"
  DEPENDS lockstep lockstep-locks
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  COMMENT "Runs that are killed and resumed" USES_TERMINAL VERBATIM)

add_custom_target(deps COMMAND ${PROJECT_SOURCE_DIR}/ci/install-deps
                  COMMENT "What Lockstep needs" USES_TERMINAL VERBATIM)

# Most tests wait as long as they compute: two at a time for each core. So does
# .ci/run.
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
math(EXPR tests_at_a_time "2 * ${cores}")

function(lockstep_test_verb name comment)
  add_custom_target(${name}
    COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR}
    COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${CMAKE_BINARY_DIR} -j ${tests_at_a_time}
            --output-on-failure --no-tests=error ${ARGN}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT ${comment} USES_TERMINAL VERBATIM)
endfunction()

lockstep_test_verb(check "All tests")
lockstep_test_verb(lint "The corpus, the layers and Lockstep's own code"
                   -L lint)

file(GLOB_RECURSE formatted CONFIGURE_DEPENDS
     ${PROJECT_SOURCE_DIR}/tools/*.[ch] ${PROJECT_SOURCE_DIR}/tests/*.[ch]
     ${PROJECT_SOURCE_DIR}/cases/*.[ch]
     ${PROJECT_SOURCE_DIR}/examples/*.[ch]
     ${PROJECT_SOURCE_DIR}/sanitizer-configs/*.[ch])
find_program(CLANG_FORMAT clang-format)
if(CLANG_FORMAT)
  add_custom_target(format COMMAND ${CLANG_FORMAT} -i ${formatted}
                    COMMENT "clang-format over all C" VERBATIM)
endif()
