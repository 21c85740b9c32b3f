"""The statuses of a batch of rows, by the data frame library."""
