"""Batch: which notebooks must run and why, running them, and the record of the run.

What it answers: the plan of jobs, their execution by papermill on an engine of ours, and the run
folder that the site reads.

What it leaves out: pages. papermill is imported here and nowhere below.

Who may import it: cli. Its sibling `tandem.site` may not; the two share the run folder on disk.
"""
