#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

// Input buffers are constant.
#define ZLIB_CONST
#include <zlib.h>

// zlib's own names for these are macros with a cast in them, which Swift cannot see.

/// Begins compression in gzip form: 16 more window bits mean a gzip header and trailer.
static inline int gw_zlib_begin_gzip(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
}

/// Begins decompression; the window bits say of which form.
static inline int gw_zlib_begin_inflate(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

#endif
