"""Files as documents: YAML read safely with places, problems with their remedies, files written whole."""
