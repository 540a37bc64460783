"""Where models are served, which one this server uses, and what can go wrong with a call.

No model SDK is imported here: every runtime that talks to a model shares this.
"""
