# Compiler settings and the functions that every room's CMakeLists.txt uses.

set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

# Debian's LLVM is built with RTTI, without exceptions and assertions; its
# headers need the same NDEBUG. Our own checks do not depend on assert.
set(atrous_compile_options -Wall -Wextra -Wno-unused-parameter
    -Wno-deprecated-declarations -fno-exceptions -DNDEBUG)
foreach(kind EXE SHARED MODULE)
  string(APPEND CMAKE_${kind}_LINKER_FLAGS " -fuse-ld=lld")
endforeach()

# ccache, told how to work with precompiled headers: by default it refuses to.
find_program(CCACHE ccache)
if(CCACHE)
  set(launcher ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

# clang writes a time stamp into a precompiled header, which defeats ccache.
set(atrous_pch_options "SHELL:-Xclang -fno-pch-timestamp")

# Everything that includes MLIR shares one precompiled header.
add_library(atrous_pch OBJECT ${CMAKE_CURRENT_LIST_DIR}/pch.cpp)
target_include_directories(atrous_pch SYSTEM PRIVATE ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
target_compile_options(atrous_pch PRIVATE ${atrous_compile_options} ${atrous_pch_options})
target_precompile_headers(atrous_pch PRIVATE ${CMAKE_CURRENT_LIST_DIR}/pch.h)

# atrous_tablegen(<td file> <out.inc> <generator option>...)
function(atrous_tablegen td output)
  set(LLVM_TARGET_DEFINITIONS ${td})
  mlir_tablegen(${output} ${ARGN} EXTRA_INCLUDES ${CMAKE_SOURCE_DIR} ${MLIR_INCLUDE_DIRS})
  set(TABLEGEN_OUTPUT ${TABLEGEN_OUTPUT} PARENT_SCOPE)
endfunction()

# atrous_add_library(<name> <sources>... [DEPENDS <targets>...]
#                    [LINK <libraries>...] [EXCEPTIONS])
#
# A static library of compiler code (C++17, MLIR headers through the shared
# precompiled header). EXCEPTIONS is for rooms that call a library that throws
# (ONNX); they catch everything at their border.
function(atrous_add_library name)
  cmake_parse_arguments(ARG "EXCEPTIONS" "" "DEPENDS;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  atrous_configure_target(${name})
  if(ARG_EXCEPTIONS)
    target_compile_options(${name} PRIVATE ${atrous_compile_options} -fexceptions)
  else()
    target_compile_options(${name} PRIVATE ${atrous_compile_options} ${atrous_pch_options})
    target_precompile_headers(${name} REUSE_FROM atrous_pch)
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  # libMLIR does not bring libLLVM with it.
  list(TRANSFORM ARG_LINK REPLACE "^MLIR$" "MLIR;LLVM")
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
endfunction()

# atrous_add_executable(<name> <sources>... [LINK <libraries>...])
function(atrous_add_executable name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  atrous_configure_target(${name})
  # The precompiled header is made with -fPIC; CMake gives executables -fPIE.
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(${name} PRIVATE -fPIC ${atrous_compile_options} ${atrous_pch_options})
  target_precompile_headers(${name} REUSE_FROM atrous_pch)
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
endfunction()

function(atrous_configure_target name)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
  target_include_directories(${name} SYSTEM PUBLIC ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
endfunction()
