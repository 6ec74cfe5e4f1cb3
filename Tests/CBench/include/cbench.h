#ifndef USHER_CBENCH_H
#define USHER_CBENCH_H

#include <stddef.h>
#include <stdint.h>

/// The yardstick: PBKDF2-HMAC-SHA-512 in a plain C loop over OpenSSL. Returns 1 on success.
int usher_bench_pbkdf2(const char *password, size_t password_length, const uint8_t *salt, size_t salt_length, int iterations, int times,
                       uint8_t *output, size_t output_length);

/// The yardstick: one thread that looks a session up by its secret ('s1' to 's<rows>') again and again, each time in a transaction that
/// reads, and copies every column. Returns how many it did in so many seconds, or -1.
int64_t usher_bench_sqlite_reads(const char *path, int rows, double seconds);

/// The yardstick: one thread that commits a session of an account and its audit entry again and again, each commit synced. Names begin with
/// `prefix`. Returns how many it did in so many seconds, or -1.
int64_t usher_bench_sqlite_writes(const char *path, const char *account, const char *prefix, double seconds);

#endif
