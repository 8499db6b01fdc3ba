nx_unit(query_parse unit/query_parse_test.c LIBS nx_query)
nx_fuzz(query fuzz/fuzz_query.c LIBS nx_query)
nx_unit(snippet unit/snippet_test.c LIBS nx_snippet)
