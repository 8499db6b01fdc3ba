nx_unit(base unit/base_test.c LIBS nx_base)
nx_oom(base oom_base.c LIBS nx_base)
