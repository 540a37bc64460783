"""Logs and metrics; imports nothing of ours."""
