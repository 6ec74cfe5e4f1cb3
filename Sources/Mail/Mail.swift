// Mail owns the way from an outbox row to a delivered letter: words and layout of a message, MIME, SMTP or a folder of files, retries.
//
// It does not own: when a letter is due (Identity writes the row), or the sentences in it (Localization).
