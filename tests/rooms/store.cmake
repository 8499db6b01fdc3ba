nx_unit(store unit/store_test.c LIBS nx_store)
