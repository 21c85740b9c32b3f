"""What is said of a finding, a citation, a question or a reason: as messages, worded here only, without layout."""
