"""Command line: `tandem run`, `init`, `check`, `publish`, `schema`.

What it answers: how a scheduler or a person starts what the layers below do, and with which exit
code it ends. Only this layer joins the batch with the site.

What it leaves out: doing anything itself. Heavy libraries are imported when a command needs them.

Who may import it: nobody; `tandem` and `python -m tandem` start it.
"""

from tandem.cli.app import main

__all__ = ["main"]
