# The front door of corpus/: walking, containers, sniffing, splitting; JSON, CSV, SGML, crawls.
nx_unit(sniff unit/sniff_test.c LIBS nx_corpus)
nx_unit(split unit/split_test.c unit/corpus_kit.c LIBS nx_corpus)
nx_unit(walk unit/walk_test.c unit/corpus_kit.c LIBS nx_corpus)
nx_unit(warc unit/warc_test.c unit/corpus_kit.c LIBS nx_corpus ZLIB::ZLIB)
nx_unit(container unit/container_test.c unit/corpus_kit.c
  LIBS nx_corpus PkgConfig::ARCHIVE ZLIB::ZLIB)
nx_unit(json_reader unit/json_reader_test.c unit/corpus_kit.c LIBS nx_corpus)
nx_unit(table_reader unit/table_reader_test.c unit/corpus_kit.c LIBS nx_corpus)
