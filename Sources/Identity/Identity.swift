// Identity owns the product: organizations, people, invitations, credentials, sessions, applications, grants, roles, keys, audit and the outbox,
// as use cases, and the contract a store must keep for them.
//
// It does not own: HTTP, any RFC's wire rules, SQL, how a letter looks. A sentence that stays true without any of them belongs here.
