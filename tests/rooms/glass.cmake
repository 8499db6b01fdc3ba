# The reference is libxapian itself, so these tests are C++.
add_library(glass_support STATIC unit/glass_support.cc unit/glass_tables.cc)
target_link_libraries(glass_support PUBLIC
  nx_glass nx_flags PkgConfig::XAPIAN PkgConfig::CMOCKA ZLIB::ZLIB Threads::Threads)
nx_unit(glass_deflate unit/glass_deflate_test.c LIBS nx_glass ZLIB::ZLIB)
nx_unit(glass_diff unit/glass_diff_test.cc LIBS glass_support)
nx_unit(glass_order unit/glass_order_test.cc LIBS glass_support)
nx_unit(glass_life unit/glass_life_test.cc LIBS glass_support)
nx_unit(glass_fail unit/glass_fail_test.c LIBS nx_glass)
target_link_options(unit_glass_fail PRIVATE
  -Wl,--wrap=write -Wl,--wrap=fsync -Wl,--wrap=rename)
nx_oom(glass oom_glass.c LIBS nx_glass)
nx_fuzz(deflate fuzz/fuzz_deflate.c LIBS nx_glass ZLIB::ZLIB)
nx_fuzz(glass fuzz/fuzz_glass.cc LIBS nx_glass PkgConfig::XAPIAN)
