# lockstep_layer(NAME [USES lower layers] [LIBRARIES ...] [REGISTRY what]):
# one static library from tools/NAME/*.c and tools/NAME/support/*.c.
#
# lockstep_registry(FOLDER WHAT PREFIX): finds the plug-ins of a folder, every
# FOLDER/PREFIX<id>.c that defines `const struct WHAT WHAT_<id>`, and writes the
# C file, set in FOLDER_registry, with the array WHATs of their addresses.

function(lockstep_registry folder what prefix)
  file(GLOB sources CONFIGURE_DEPENDS
       ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/${prefix}*.c)
  list(SORT sources)
  set(declarations "")
  set(entries "")
  foreach(source IN LISTS sources)
    get_filename_component(id ${source} NAME_WE)
    string(LENGTH "${prefix}" skip)
    string(SUBSTRING ${id} ${skip} -1 id)
    file(STRINGS ${source} definition
         REGEX "^const struct ${what} ${what}_${id} = {")
    if(definition)
      string(APPEND declarations
             "extern const struct ${what} ${what}_${id};\n")
      string(APPEND entries "    &${what}_${id},\n")
    endif()
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  endforeach()
  set(registry ${CMAKE_CURRENT_BINARY_DIR}/${folder}_registry.c)
  file(CONFIGURE OUTPUT ${registry} CONTENT
"/* Made by CMake from the files of tools/${folder}. */
#include \"${folder}/${what}.h\"

#include <stddef.h>

${declarations}
const struct ${what} *const ${what}s[] = {
${entries}    NULL,
};
")
  set(${folder}_registry ${registry} PARENT_SCOPE)
endfunction()

function(lockstep_layer name)
  cmake_parse_arguments(L "" "REGISTRY" "USES;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS
       ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.c
       ${CMAKE_CURRENT_SOURCE_DIR}/${name}/support/*.c)
  if(L_REGISTRY)
    lockstep_registry(${name} ${L_REGISTRY} "")
    list(APPEND sources ${${name}_registry})
  endif()
  add_library(lockstep_${name} STATIC ${sources})
  target_include_directories(lockstep_${name} PUBLIC
                             ${CMAKE_CURRENT_SOURCE_DIR})
  list(TRANSFORM L_USES PREPEND lockstep_)
  target_link_libraries(lockstep_${name} PUBLIC lockstep_options ${L_USES}
                        ${L_LIBRARIES})
endfunction()
