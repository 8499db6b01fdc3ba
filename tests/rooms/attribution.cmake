# Who wrote it, where, when, for whom; the building and finishing of articles.
nx_unit(date unit/date_test.c LIBS nx_corpus)
nx_unit(attribution unit/attribution_test.c LIBS nx_corpus)
