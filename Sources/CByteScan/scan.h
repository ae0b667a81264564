// Finds bytes among sixteen at once, which Swift's vectors cannot: they have no instruction that says where a match is.
#pragma once
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

typedef uint8_t byte_scan_vector __attribute__((ext_vector_type(16)));

// The number of bytes before the first that is a quote, a backslash, a control character or no ASCII; 16 if there is none.
static inline __attribute__((always_inline)) uint32_t byte_scan_plain_prefix(byte_scan_vector bytes) {
#if defined(__SSE2__)
    __m128i text = (__m128i)bytes;
    // As signed numbers, bytes outside ASCII are less than a space too.
    __m128i stops = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8('"')), _mm_cmpeq_epi8(text, _mm_set1_epi8('\\'))),
        _mm_cmplt_epi8(text, _mm_set1_epi8(0x20)));
    return (uint32_t)__builtin_ctz((uint32_t)_mm_movemask_epi8(stops) | 0x10000u);
#elif defined(__ARM_NEON) && defined(__aarch64__)
    uint8x16_t text = (uint8x16_t)bytes;
    uint8x16_t stops = vorrq_u8(
        vorrq_u8(vceqq_u8(text, vdupq_n_u8('"')), vceqq_u8(text, vdupq_n_u8('\\'))),
        vcltq_s8(vreinterpretq_s8_u8(text), vdupq_n_s8(0x20)));
    // Four bits for each byte.
    uint64_t bits = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(stops), 4)), 0);
    return bits ? (uint32_t)__builtin_ctzll(bits) / 4 : 16;
#else
    uint32_t count = 0;
    while (count < 16 && bytes[count] != '"' && bytes[count] != '\\' && bytes[count] >= 0x20 && bytes[count] < 0x80) count++;
    return count;
#endif
}
