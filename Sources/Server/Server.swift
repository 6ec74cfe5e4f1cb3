// Server owns the process: it reads the configuration, assembles the parts in one dull list, runs them, and is the command line.
// It does not own: a rule of any kind. Whatever would still be true in another process stands below.
