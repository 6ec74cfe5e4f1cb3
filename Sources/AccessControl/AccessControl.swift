// AccessControl owns permissions, roles, who may grant what, and the pure function that turns a request and facts into a decision with reasons.
//
// It does not own: where the facts come from, who is asking over which protocol, or any state.
