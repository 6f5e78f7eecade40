// From here to target_end.hpp every function is compiled for VALUENET_TARGET. No include guard:
// each user includes it once, after all other headers, so that no standard function is compiled for
// a processor that may not be there and then picked by the linker for everyone.
#define VALUENET_PRAGMA(text) _Pragma(#text)
#if defined(__clang__)
#define VALUENET_COMPILE_FOR(features) \
  VALUENET_PRAGMA(clang attribute push(__attribute__((target(features))), apply_to = function))
VALUENET_COMPILE_FOR(VALUENET_TARGET)
#elif defined(__GNUC__)
#define VALUENET_COMPILE_FOR(features) VALUENET_PRAGMA(GCC target(features))
#pragma GCC push_options
VALUENET_COMPILE_FOR(VALUENET_TARGET)
#endif
#undef VALUENET_COMPILE_FOR
#undef VALUENET_PRAGMA
