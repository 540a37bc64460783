"""Agents of other frameworks, in this process, as agents of a workflow."""
