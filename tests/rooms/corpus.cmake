# XML and what is read out of it: feeds, agency formats, exports; mail.
nx_unit(xml unit/xml_test.c LIBS nx_corpus)
nx_fuzz(xml fuzz/fuzz_xml.c LIBS nx_corpus)
nx_oom(xml oom_xml.c LIBS nx_corpus)
