# What is true of the whole tree.
add_test(NAME whole.rules COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/rules.py ${PROJECT_SOURCE_DIR})
add_test(NAME whole.headers COMMAND ${CMAKE_COMMAND} -DDIR=${PROJECT_SOURCE_DIR} -DCC=${CMAKE_C_COMPILER}
  -DCXX=${CMAKE_CXX_COMPILER} -P ${CMAKE_CURRENT_SOURCE_DIR}/headers.cmake)
add_test(NAME whole.install COMMAND ${CMAKE_COMMAND} -DBUILD=${PROJECT_BINARY_DIR}
  -P ${CMAKE_CURRENT_SOURCE_DIR}/install.cmake)
