// Web owns HTTP in and HTTP out: paths, cookies, headers, limits, pages, and how each kind of failure looks to a browser or a client.
//
// It does not own: any decision. A handler parses, calls one use case or one endpoint of OAuth/AuthZEN, and renders what came back.
