"""The door: everything that talks to a client."""
