# Fields, their terms and values, document data.
nx_unit(schema unit/schema_test.c LIBS nx_schema)
nx_fuzz(data fuzz/fuzz_data.c LIBS nx_schema)
nx_unit(docmaker unit/docmaker_test.c LIBS nx_docmaker)
nx_oom(docmaker oom_docmaker.c LIBS nx_docmaker)
