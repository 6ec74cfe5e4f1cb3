// Wire owns the shape of every message Usher speaks, in both directions, as plain values: OAuth and OpenID Connect metadata, AuthZEN requests
// and answers, management resources, RFC 9457 problems.
//
// It does not own: what a message means, whether it is allowed, or how it travels.
