#include "cbench.h"

#include <openssl/evp.h>

int usher_bench_pbkdf2(const char *password, size_t password_length, const uint8_t *salt, size_t salt_length, int iterations, int times,
                       uint8_t *output, size_t output_length) {
  for (int i = 0; i < times; i++) {
    if (PKCS5_PBKDF2_HMAC(password, (int)password_length, salt, (int)salt_length, iterations, EVP_sha512(), (int)output_length, output) != 1) {
      return 0;
    }
  }
  return 1;
}
