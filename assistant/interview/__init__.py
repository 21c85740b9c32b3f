"""A conversation as a value: replies, the next question, typed answers, receipts, encrypted files."""
