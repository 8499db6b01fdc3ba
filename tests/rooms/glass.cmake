# The reference is libxapian itself, so these tests are C++.
add_library(glass_support STATIC unit/glass_support.cc unit/glass_tables.cc)
target_link_libraries(glass_support PUBLIC
  nx_glass nx_flags PkgConfig::XAPIAN PkgConfig::CMOCKA ZLIB::ZLIB Threads::Threads)
nx_unit(glass_diff unit/glass_diff_test.cc LIBS glass_support)
nx_unit(glass_life unit/glass_life_test.cc LIBS glass_support)
