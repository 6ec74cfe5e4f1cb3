#ifndef USHER_CLIBPQ_SHIM_H
#define USHER_CLIBPQ_SHIM_H

#include <libpq-fe.h>

// The fields of an error are named by characters, which Swift would import as numbers of another width than the call wants.

static inline const char *usher_pq_sqlstate(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline const char *usher_pq_message(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}

static inline const char *usher_pq_constraint(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
}

static inline const char *usher_pq_source_function(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
}

#endif
