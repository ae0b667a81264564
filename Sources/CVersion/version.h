// The version of the product. scripts/package.sh writes commit.h as it builds.
#define GATEWAY_VERSION "0.9.0"

#if __has_include("commit.h")
#include "commit.h"
#endif

#ifndef GATEWAY_COMMIT
#define GATEWAY_COMMIT ""
#endif
