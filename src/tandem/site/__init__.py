"""Site: from a run folder on disk to published pages.

What it answers: the tree of pages per language, the gates before publishing, and the swap that
publishes. `publish(project, run_folder, publisher)` is all that the cli calls.

What it leaves out: running anything; it reads what `tandem.batch` wrote and imports none of it.

Who may import it: cli.
"""

from tandem.site.problems import Problem, PublishFailed, SiteRefused
from tandem.site.publish import PUBLISHERS, PublishResult, publish

__all__ = ["PUBLISHERS", "Problem", "PublishFailed", "PublishResult", "SiteRefused", "publish"]
