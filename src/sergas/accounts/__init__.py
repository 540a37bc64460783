"""The account copilot."""
