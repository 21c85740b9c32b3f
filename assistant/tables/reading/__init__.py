"""Read tables: typed answers for valid rows, all reasons for invalid ones."""
