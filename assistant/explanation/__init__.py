"""Why it follows, in words: reasons, relevance, smallest changes, other days, and what would follow."""
