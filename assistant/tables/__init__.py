"""Tables of cases, from ten rows to a hundred million, by one query that every engine runs alike."""
