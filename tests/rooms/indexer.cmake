# Kept current, killed, searched meanwhile: short runs; by hand: 200 and more.
add_executable(list_articles list_articles.c)
target_link_libraries(list_articles PRIVATE nx_store nx_flags)
add_test(NAME indexer.soak_update COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/soak_update.py ${PROJECT_BINARY_DIR} update 12)
add_test(NAME indexer.kill_versions COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/soak_update.py ${PROJECT_BINARY_DIR} versions 12)
add_test(NAME indexer.kill_add COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/soak_update.py ${PROJECT_BINARY_DIR} add 6)
nx_unit(alert_text unit/alert_text_test.c LIBS nx_indexer)
nx_unit(child unit/child_test.c LIBS nx_indexer)
add_test(NAME indexer.alert_kill COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/alert_kill.py ${PROJECT_BINARY_DIR} 10)
nx_unit(conf unit/conf_test.c LIBS nx_indexer)
nx_fuzz(conf fuzz/fuzz_conf.c LIBS nx_indexer)
nx_unit(families unit/families_test.c LIBS nx_indexer)
nx_unit(history unit/history_test.c LIBS nx_indexer)
nx_unit(spread unit/spread_test.c LIBS nx_indexer)
nx_unit(update unit/update_test.c LIBS nx_indexer)
target_link_options(unit_update PRIVATE -Wl,--wrap=nx_stop_wanted)
nx_fuzz(family_log fuzz/fuzz_family_log.c LIBS nx_indexer)
nx_fuzz(alert_line fuzz/fuzz_alert_line.c LIBS nx_indexer)
nx_oom(alerts oom_alerts.c LIBS nx_indexer)
nx_oom(families oom_families.c LIBS nx_indexer)
