"""The words of the house: ids, runs, threads, chunks, errors, and the ports where rooms meet."""
