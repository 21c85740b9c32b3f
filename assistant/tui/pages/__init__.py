"""The pages of the questionnaire: each is a screen of its own."""
