# Web pages and what they embed: JSON trees, linked data, character sets, HTML.
nx_unit(jsonv unit/jsonv_test.c LIBS nx_corpus)
nx_unit(html_tree unit/html_tree_test.c LIBS nx_corpus)
nx_unit(html unit/html_test.c unit/html_kit.c LIBS nx_corpus)
nx_unit(html_facts unit/html_facts_test.c unit/html_kit.c LIBS nx_corpus)
nx_fuzz(jsonv fuzz/fuzz_jsonv.c LIBS nx_corpus)
nx_fuzz(jsonld fuzz/fuzz_jsonld.c LIBS nx_corpus)
nx_fuzz(charset fuzz/fuzz_charset.c LIBS nx_corpus)
nx_fuzz(html fuzz/fuzz_html.c LIBS nx_corpus)
nx_oom(html oom_html.c LIBS nx_corpus)
# For scripts/score-html.
add_executable(extract_html extract_html.c)
target_link_libraries(extract_html PRIVATE nx_corpus)
