// AuthZEN owns the translation of the OpenID Authorization API 1.0 to Identity's decision, and nothing more.
//
// It does not own: the decision (AccessControl), its facts (Identity), HTTP (Web).
