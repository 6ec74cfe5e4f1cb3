// OAuth owns the rules of OAuth 2 and OpenID Connect over Identity: who may ask for what, in which order that is checked, what tokens say and
// when they count.
//
// It does not own: HTTP, pages, cookies, people and their passwords, or where anything is stored.
