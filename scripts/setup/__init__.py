"""Make a fresh checkout ready to run, check and test, with everything kept inside it.

`python3 -m scripts.setup PART... [-- COMMAND...]` brings the parts up to date, then runs COMMAND.
Only the standard library is used, because nothing is installed yet.
"""
