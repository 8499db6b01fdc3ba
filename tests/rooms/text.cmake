# Analysis, sentences, digests.
nx_unit(analysis unit/analysis_test.c LIBS nx_text)
nx_unit(analysis_letters unit/analysis_letters_test.c LIBS nx_text)
nx_unit(sentence unit/sentence_test.c LIBS nx_text)
nx_fuzz(analysis fuzz/fuzz_analysis.c LIBS nx_text)
nx_fuzz(sentence fuzz/fuzz_sentence.c LIBS nx_text)
nx_oom(text oom_text.c LIBS nx_text)
