"""Scripts of the checkout: set-up, and what the Makefile needs."""
