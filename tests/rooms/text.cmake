# Analysis, sentences, digests.
nx_unit(analysis unit/analysis_test.c LIBS nx_text)
