# The two programs as a user meets them.
add_test(NAME cli.cases COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/run.py
  ${PROJECT_BINARY_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/cli/cases)
