nx_unit(manifest unit/manifest_test.c LIBS nx_store)
nx_unit(store unit/store_test.c LIBS nx_store)
nx_unit(store_crash unit/store_crash_test.c LIBS nx_store)
nx_fuzz(stub fuzz/fuzz_stub.c LIBS nx_store)
