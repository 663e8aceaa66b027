"""Evaluation suites: data, what is asked, and how it is scored."""
