// OAuth owns the rules of OAuth 2 and OpenID Connect over Identity: one rule a file, one function an endpoint, whose lines are the order of
// the rules.
//
// It does not own: HTTP, cookies and pages (Web), what an account or a grant is (Identity), the shape of documents (Wire).
