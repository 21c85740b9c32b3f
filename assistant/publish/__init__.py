"""Files for other people and programs: the summary, the site, exported data, schemas."""
