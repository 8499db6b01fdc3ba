# Who wrote it, where, when, for whom; the building and finishing of articles.
nx_unit(date unit/date_test.c LIBS nx_corpus)
nx_unit(attribution unit/attribution_test.c LIBS nx_corpus)
nx_unit(finish unit/finish_test.c LIBS nx_corpus)
nx_fuzz(plain fuzz/fuzz_plain.c LIBS nx_corpus)
nx_fuzz(date fuzz/fuzz_date.c LIBS nx_corpus)
nx_fuzz(url fuzz/fuzz_url.c LIBS nx_corpus)
nx_fuzz(byline fuzz/fuzz_byline.c LIBS nx_corpus)
nx_oom(article oom_article.c LIBS nx_corpus)
