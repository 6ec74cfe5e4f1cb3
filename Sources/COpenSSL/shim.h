#ifndef USHER_COPENSSL_SHIM_H
#define USHER_COPENSSL_SHIM_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

// Swift does not import variadic macros or the function-like macros of OpenSSL; these are the ones we call.

static inline int usher_EVP_PKEY_CTX_set_rsa_keygen_bits(EVP_PKEY_CTX *context, int bits) {
  return EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits);
}

static inline int usher_EVP_PKEY_PUBLIC_KEY(void) {
  return EVP_PKEY_PUBLIC_KEY;
}

// The builder keeps the address of a parameter's name until it is turned into parameters. A Swift string lends its address only for the
// call, so the names have to come from here.
static inline int usher_OSSL_PARAM_BLD_push_RSA_public(OSSL_PARAM_BLD *builder, const BIGNUM *modulus, const BIGNUM *exponent) {
  return OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus)
    && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent);
}

#endif
