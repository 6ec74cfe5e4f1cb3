#ifndef USHER_CBENCH_H
#define USHER_CBENCH_H

#include <stddef.h>
#include <stdint.h>

/// The yardstick: PBKDF2-HMAC-SHA-512 in a plain C loop over OpenSSL. Returns 1 on success.
int usher_bench_pbkdf2(const char *password, size_t password_length, const uint8_t *salt, size_t salt_length, int iterations, int times,
                       uint8_t *output, size_t output_length);

#endif
