"""Agents on other AG-UI servers."""
