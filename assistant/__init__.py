"""What may follow, legally, when a soldier refuses to fight: rules, evidence and a questionnaire."""

__version__ = "0.1.0"
