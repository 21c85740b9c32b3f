"""Tables of scenarios: from ten rows to a hundred million, by the data frame library, which nothing else imports."""
