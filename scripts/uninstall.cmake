# uninstall.cmake: removes the files that cmake --install has put where its list in the build
# directory says, below DESTDIR if that is set: cmake --build build/release --target uninstall
if(NOT EXISTS install_manifest.txt)
  message(FATAL_ERROR "nothing was installed from this build directory")
endif()
file(STRINGS install_manifest.txt installed)
foreach(file ${installed})
  message(STATUS "Removing: $ENV{DESTDIR}${file}")
  file(REMOVE $ENV{DESTDIR}${file})
endforeach()
