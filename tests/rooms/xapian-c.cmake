nx_unit(xapian unit/xapian_test.c LIBS nx_store m)
nx_unit(xapian_db unit/xapian_db_test.c LIBS nx_store m)
nx_unit(xapian_words unit/xapian_words_test.c LIBS nx_store m)

# The example program adds and finds.
add_test(NAME xapian.example COMMAND sh -c
  "d=$(mktemp -d) && trap 'rm -rf $d' EXIT && '$<TARGET_FILE:xapian_c_example>' $d/db add \
'embassy raid' 'football results' && '$<TARGET_FILE:xapian_c_example>' $d/db search raid minister")
set_tests_properties(xapian.example PROPERTIES PASS_REGULAR_EXPRESSION "%  embassy raid\n$")
