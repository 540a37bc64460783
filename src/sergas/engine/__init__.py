"""The life of a run: start, control, executor, workflow, translate, log, follow, fold."""
