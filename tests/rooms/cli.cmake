# The two programs as a user meets them.
add_test(NAME cli.cases COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/run.py
  ${PROJECT_BINARY_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/cli/cases)
add_test(NAME cli.manual COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/manual.py
  ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR})
add_test(NAME cli.schema COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/schema.py
  ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR})
add_test(NAME cli.options COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/options.py
  ${PROJECT_BINARY_DIR})
add_test(NAME cli.threads COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/threads.py
  ${PROJECT_BINARY_DIR})
# What scripts/check runs again in the release build, and under the thread sanitizer.
set_tests_properties(cli.cases cli.manual cli.options PROPERTIES LABELS release)
set_tests_properties(cli.threads unit.glass_order PROPERTIES LABELS threads)
