"""The three agents of the account review on a model: the same tools, words of its own.

What a record says is data. The model finds and words; scores, flags, steps and their evidence stay
computed, and every sentence of a brief is checked against its records before anybody sees it.
"""
