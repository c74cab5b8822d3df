# lockstep_add_test(NAME name COMMAND target [args...] DETECTORS id...
#   [REPEAT n] [TIMEOUT seconds] [EXPECT_EXIT n] [BASELINE file]
#   [SUPPRESSIONS id=file...] [LABELS label...] [RESOURCE_LOCK lock...]
#   [CMAKE_ARGS -Dkey=value...] [REQUIRE] [BUILT])
#
# One CTest test name.id for each detector: the project is configured and built
# once more, for that detector, below ${CMAKE_BINARY_DIR}/lockstep, and target is
# run there. With BUILT the target is run as it is built here, for projects that
# are compiled with the sanitizer already.
#
# A test fails on a finding that the baseline has not, on a hang, a death, or
# another exit code than EXPECT_EXIT (0). It is skipped where its detector is not
# installed; with REQUIRE it fails. TIMEOUT is for one plain run, of which slow
# detectors get a multiple; the test itself is bounded by CTest's own TIMEOUT
# property, which stays unset. Tests have the labels lockstep and lockstep-id,
# and those of one detector, which share a build, do not run at a time.
# CMAKE_ARGS go to the further configurations.
# SPDX-License-Identifier: MIT

# The line that configures and builds the project for a detector.
function(_lockstep_build_command out target arguments)
  set(type "")
  get_property(multi GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(NOT multi)
    set(type "-DCMAKE_BUILD_TYPE=None")
  endif()
  set(words "")
  foreach(argument IN LISTS arguments type)
    string(REPLACE "'" "'\\''" argument "${argument}")
    string(APPEND words " '${argument}'")
  endforeach()
  # BUILD_TESTING stays as it is: the target may be made only with it.
  set(${out} "cmake -S . -B {builddir}\
 -DCMAKE_C_COMPILER={cc} -DCMAKE_CXX_COMPILER={cxx}\
 -DCMAKE_C_FLAGS={cflags} -DCMAKE_CXX_FLAGS={cflags}\
 -DCMAKE_EXE_LINKER_FLAGS={ldflags}${words} &&\
 cmake --build {builddir} --target ${target}" PARENT_SCOPE)
endfunction()

function(_lockstep_check_detectors detectors)
  get_property(known GLOBAL PROPERTY lockstep_detectors)
  if(NOT known)
    get_target_property(tool Lockstep::lockstep IMPORTED_LOCATION)
    execute_process(COMMAND "${tool}" words detectors OUTPUT_VARIABLE known
                    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" known "${known}")
    set_property(GLOBAL PROPERTY lockstep_detectors "${known}")
  endif()
  foreach(id IN LISTS detectors)
    if(NOT id IN_LIST known)
      list(JOIN known ", " known)
      message(FATAL_ERROR "lockstep_add_test: no detector is called '${id}'; "
                          "there are ${known}")
    endif()
  endforeach()
endfunction()

function(lockstep_add_test)
  cmake_parse_arguments(PARSE_ARGV 0 T "REQUIRE;BUILT"
    "NAME;REPEAT;TIMEOUT;EXPECT_EXIT;BASELINE"
    "COMMAND;DETECTORS;SUPPRESSIONS;LABELS;RESOURCE_LOCK;CMAKE_ARGS")
  if(T_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR
            "lockstep_add_test: unknown words: ${T_UNPARSED_ARGUMENTS}")
  endif()
  foreach(needed NAME COMMAND DETECTORS)
    if(NOT T_${needed})
      message(FATAL_ERROR "lockstep_add_test: ${needed} is missing")
    endif()
  endforeach()

  _lockstep_check_detectors("${T_DETECTORS}")
  list(POP_FRONT T_COMMAND target)
  if(NOT TARGET ${target})
    message(FATAL_ERROR "lockstep_add_test: COMMAND begins with a target that "
                        "add_executable made before, not with '${target}'")
  endif()

  set(options --out "${CMAKE_BINARY_DIR}/lockstep")
  foreach(pair "REPEAT repeat" "TIMEOUT timeout" "EXPECT_EXIT expect-exit")
    separate_arguments(pair UNIX_COMMAND "${pair}")
    list(GET pair 0 key)
    list(GET pair 1 option)
    if(DEFINED T_${key})
      list(APPEND options --${option} ${T_${key}})
    endif()
  endforeach()
  if(T_BASELINE)
    cmake_path(ABSOLUTE_PATH T_BASELINE
               BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
    list(APPEND options --baseline "${T_BASELINE}")
  endif()

  if(T_BUILT)
    set(verb run)
    set(program $<TARGET_FILE:${target}>)
  else()
    set(arguments "-DLockstep_DIR=${Lockstep_DIR}" ${T_CMAKE_ARGS})
    _lockstep_build_command(build ${target} "${arguments}")
    set(verb check --build "${build}")
    set(program "{builddir}/$<PATH:RELATIVE_PATH,$<TARGET_FILE:${target}>,${CMAKE_BINARY_DIR}>")
  endif()

  foreach(id IN LISTS T_DETECTORS)
    set(own --detector ${id})
    if(T_REQUIRE)
      list(APPEND own --require ${id})
    endif()
    foreach(file IN LISTS T_SUPPRESSIONS)
      if(file MATCHES "^([^=]+)=(.*)$" AND CMAKE_MATCH_1 STREQUAL id)
        set(path "${CMAKE_MATCH_2}")
        cmake_path(ABSOLUTE_PATH path
                   BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
        list(APPEND own --suppressions "${id}=${path}")
      endif()
    endforeach()
    add_test(NAME ${T_NAME}.${id}
      COMMAND Lockstep::lockstep ${verb} ${options} ${own} -- ${program}
              ${T_COMMAND}
      WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
    set_tests_properties(${T_NAME}.${id} PROPERTIES
      SKIP_RETURN_CODE 77
      LABELS "lockstep;lockstep-${id};${T_LABELS}"
      RESOURCE_LOCK "lockstep-${id};${T_RESOURCE_LOCK}")
  endforeach()
endfunction()
