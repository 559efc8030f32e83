"""Site: from a run folder on disk to published pages.

What it answers: the tree of pages per language, the gates before publishing, and the swap that
publishes.

What it leaves out: running anything; it reads what `tandem.batch` wrote and imports none of it.

Who may import it: cli.
"""
