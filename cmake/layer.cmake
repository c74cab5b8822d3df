# lockstep_layer(NAME [USES lower layers] [LIBRARIES ...] [REGISTRY what]):
# one static library from tools/NAME/*.c and tools/NAME/support/*.c.
#
# Style sheets and scripts become arrays of characters in C: NAME/html/page.css
# is `embedded_page_css`, and the SHA-256 of it `embedded_page_css_sha256`, in
# hexadecimal digits.
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

# Sets ${out} to a C file with the files in it, all ASCII.
function(lockstep_embed folder out)
  set(text "/* Made by CMake from the files of tools/${folder}/html. */\n")
  foreach(file IN LISTS ARGN)
    get_filename_component(name ${file} NAME)
    string(MAKE_C_IDENTIFIER ${name} name)
    file(READ ${file} bytes HEX)
    file(SHA256 ${file} sum)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    if(bytes MATCHES "0x[89a-f]")
      message(FATAL_ERROR "${file}: has more than ASCII")
    endif()
    string(APPEND text
           "const char embedded_${name}[] = {${bytes}0};\n"
           "const char embedded_${name}_sha256[] = \"${sum}\";\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  endforeach()
  set(made ${CMAKE_CURRENT_BINARY_DIR}/${folder}_embedded.c)
  file(CONFIGURE OUTPUT ${made} CONTENT "${text}" @ONLY)
  set(${out} ${made} PARENT_SCOPE)
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
  file(GLOB embedded CONFIGURE_DEPENDS
       ${CMAKE_CURRENT_SOURCE_DIR}/${name}/html/*.css
       ${CMAKE_CURRENT_SOURCE_DIR}/${name}/html/*.js)
  if(embedded)
    lockstep_embed(${name} made ${embedded})
    list(APPEND sources ${made})
  endif()
  add_library(lockstep_${name} STATIC ${sources})
  target_include_directories(lockstep_${name} PUBLIC
                             ${CMAKE_CURRENT_SOURCE_DIR})
  list(TRANSFORM L_USES PREPEND lockstep_)
  target_link_libraries(lockstep_${name} PUBLIC lockstep_options ${L_USES}
                        ${L_LIBRARIES})
endfunction()
