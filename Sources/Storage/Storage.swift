// Storage owns the schema, every SQL statement once, the way between rows and entities, and the SQLite driver.
//
// It does not own: any rule. What must hold across rows is said by the contract in Identity/Store and checked by Tests/StorageConformance.
