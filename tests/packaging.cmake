# Can a stranger use us? tests/consumer is built against what was installed, against the build tree,
# as a subdirectory, and with nothing but pkg-config and the compiler.
set(consumer ${CMAKE_CURRENT_LIST_DIR}/consumer)
set(work ${PROJECT_BINARY_DIR}/consumer)

add_test(NAME consumer.install
  COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${work}/prefix)
set_tests_properties(consumer.install PROPERTIES FIXTURES_SETUP installed)

# consumer_test(name option...): the stranger configures with the options, builds and runs.
function(consumer_test name)
  add_test(NAME consumer.${name}
    COMMAND ${CMAKE_CTEST_COMMAND} --build-and-test ${consumer} ${work}/${name}
      --build-generator ${CMAKE_GENERATOR} --build-noclean
      --build-options -DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE}
        -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}
        $<$<BOOL:${PARLEY_CCACHE}>:-DCMAKE_CXX_COMPILER_LAUNCHER=${PARLEY_CCACHE}> ${ARGN}
      --test-command consumer)
  set_tests_properties(consumer.${name} PROPERTIES TIMEOUT 300)
endfunction()

consumer_test(find_package -DCMAKE_PREFIX_PATH=${work}/prefix)
set_tests_properties(consumer.find_package PROPERTIES FIXTURES_REQUIRED installed)
if(parley_exports)
  consumer_test(build_tree -Dparley_DIR=${PROJECT_BINARY_DIR})
endif()
# It builds all of parley once more: as quickly as can be.
consumer_test(add_subdirectory -DPARLEY_SOURCE=${PROJECT_SOURCE_DIR} -DPARLEY_PRECOMPILE=ON
  -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0)
set_tests_properties(consumer.add_subdirectory PROPERTIES PROCESSORS 2)

find_program(PARLEY_PKG_CONFIG pkg-config)
mark_as_advanced(PARLEY_PKG_CONFIG)
if(PARLEY_PKG_CONFIG)
  add_test(NAME consumer.pkg_config COMMAND sh -ec "
    export PKG_CONFIG_PATH='${work}/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig'
    flags=$('${PARLEY_PKG_CONFIG}' --cflags --libs parley)
    '${CMAKE_CXX_COMPILER}' '${consumer}/main.cc' -o '${work}/by_pkg_config' $flags
    '${work}/by_pkg_config'")
  set_tests_properties(consumer.pkg_config PROPERTIES FIXTURES_REQUIRED installed TIMEOUT 300)
endif()
