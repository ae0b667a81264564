#ifndef CLIBCRYPTO_SHIM_H
#define CLIBCRYPTO_SHIM_H

#include <openssl/evp.h>
#include <openssl/hmac.h>

// Declared as their headers do, which would bring those of threads into this module as well.
EVP_PKEY *d2i_PUBKEY(EVP_PKEY **key, const unsigned char **bytes, long count);
int CRYPTO_memcmp(const void *one, const void *other, size_t count);
void ERR_clear_error(void);

#endif
