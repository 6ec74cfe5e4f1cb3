// Primitives owns what an RFC assumes you already have: time, randomness, identifiers, secrets, encodings, JSON for hot paths, password
// hashing, sealing at rest and JOSE.
//
// It does not own: anything that knows what an account or a token of Usher is, any I/O, any clock that is read behind the caller's back.
