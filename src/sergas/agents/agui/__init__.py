"""Agents that speak AG-UI themselves, here or on another server, as agents of a workflow."""
