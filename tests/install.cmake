# install.cmake: cmake --install under another prefix and below DESTDIR, as packagers do it: nothing
# goes anywhere else, units name the program where it will be, and all of it can be taken away.
set(root ${BUILD}/tests/installed)
set(manifest ${BUILD}/install_manifest.txt)
if(EXISTS ${manifest})
  file(RENAME ${manifest} ${manifest}.kept) # somebody's own installation
endif()

function(run)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE out ERROR_VARIABLE out RESULT_VARIABLE failed)
  if(failed)
    message(SEND_ERROR "${ARGN}: ${failed}\n${out}")
  endif()
endfunction()

# The program that a unit or a crontab below dir runs.
function(check_programs dir wanted)
  foreach(file lib/systemd/system/newsdex-update.service share/doc/newsdex/crontab.example)
    if(NOT EXISTS ${dir}/${file})
      message(SEND_ERROR "${dir}/${file} is not there")
      continue()
    endif()
    file(STRINGS ${dir}/${file} lines REGEX "newsindex update .*--max-age")
    if(NOT lines MATCHES "[= ]${wanted}/newsindex update")
      message(SEND_ERROR "${file}: not ${wanted}: ${lines}")
    endif()
  endforeach()
endfunction()

file(REMOVE_RECURSE ${root})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${root}/own)
check_programs(${root}/own ${root}/own/bin)
run(${CMAKE_COMMAND} --build ${BUILD} --target uninstall)
run(${CMAKE_COMMAND} -E env DESTDIR=${root}/package
  ${CMAKE_COMMAND} --install ${BUILD} --prefix /usr)
check_programs(${root}/package/usr /usr/bin)
run(${CMAKE_COMMAND} -E env DESTDIR=${root}/package
  ${CMAKE_COMMAND} --build ${BUILD} --target uninstall)
file(GLOB_RECURSE left ${root}/*)
if(left)
  message(SEND_ERROR "left behind: ${left}")
endif()
file(REMOVE_RECURSE ${root})
file(REMOVE ${manifest})
if(EXISTS ${manifest}.kept)
  file(RENAME ${manifest}.kept ${manifest})
endif()
