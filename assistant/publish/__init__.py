"""What is made to be handed on: the summary, the site, data for other programs, schemas."""
