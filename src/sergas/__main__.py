"""`python -m sergas` is `sergas`."""

from sergas.cli import main

main()
