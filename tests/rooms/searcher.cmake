nx_unit(query_parse unit/query_parse_test.c LIBS nx_query)
nx_fuzz(query fuzz/fuzz_query.c LIBS nx_query)
nx_unit(snippet unit/snippet_test.c LIBS nx_snippet nx_schema)

# Ranking: measures on judged collections as expected output.
add_executable(rank_run rank/rank_run.c)
target_link_libraries(rank_run PRIVATE nx_search nx_flags)
function(nx_rank name collection)
  add_test(NAME rank.${name} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/rank/check.sh
    $<TARGET_FILE:newsindex> $<TARGET_FILE:rank_run> ${collection}
    ${CMAKE_CURRENT_SOURCE_DIR}/rank/${name}.expected)
  set_tests_properties(rank.${name} PROPERTIES SKIP_RETURN_CODE 77)
endfunction()
nx_rank(tiny ${CMAKE_CURRENT_SOURCE_DIR}/rank/tiny)
nx_rank(time ${PROJECT_SOURCE_DIR}/../shared/corpora/ir-time)
nx_rank(cranfield ${PROJECT_SOURCE_DIR}/../shared/corpora/ir-cranfield)

nx_unit(smooth unit/smooth_test.c LIBS nx_search m)
add_test(NAME searcher.while_writing COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/search_while_writing.py ${PROJECT_BINARY_DIR})
add_test(NAME searcher.remote_shards COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/remote_shards.py ${PROJECT_BINARY_DIR})
set_tests_properties(searcher.remote_shards PROPERTIES SKIP_RETURN_CODE 77)
nx_unit(eval unit/eval_test.c LIBS nx_search m)
nx_unit(search unit/search_test.c unit/search_kit.c LIBS nx_search nx_docmaker)
nx_unit(bounds unit/bounds_test.c unit/search_kit.c LIBS nx_search nx_docmaker)
nx_unit(estimate unit/estimate_test.c unit/search_kit.c LIBS nx_search nx_docmaker)
nx_unit(languages unit/languages_test.c unit/search_kit.c LIBS nx_search nx_docmaker)
nx_unit(search_random unit/search_random_test.c unit/search_kit.c LIBS nx_search nx_docmaker m)
nx_unit(sieve unit/sieve_test.c unit/search_kit.c LIBS nx_search nx_docmaker)
nx_oom(query oom_query.c LIBS nx_query)
nx_oom(search oom_search.c LIBS nx_search nx_docmaker)
nx_fuzz(snippet fuzz/fuzz_snippet.c LIBS nx_snippet)
nx_oom(snippet oom_snippet.c LIBS nx_front)
nx_unit(front unit/front_test.c LIBS nx_front)
nx_unit(diff unit/diff_test.c LIBS nx_front)
nx_oom(past oom_past.c LIBS nx_front)
